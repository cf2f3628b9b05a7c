"""What comes out: a summary, its lines, and for every line the receipts that prove it.

`Summary.verify` re-checks those receipts from the articles alone: no model, no network. JSON is
`to_dict()` of these types, field for field, with each line's derived `outlets`, `also` and `cited`.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from newsum.articles import Article, Story
from newsum.citing import cited
from newsum.errors import SummaryError
from newsum.jsonable import plain, typed, written

__all__ = [
    "Disagreement",
    "Evidence",
    "Failure",
    "Fault",
    "Line",
    "Source",
    "Summary",
    "Support",
]

SCHEMA = 1  # raised when a reader of the old JSON would misread the new

# Read off the fixtures' briefs: below it an outlet has the speaker's name, an earlier count or half of the line.
_SAYS_THE_SAME = 0.75
# Of a given line that is unsupported: below it evidence is only the nearest there is. Of the fixtures' lines put into
# other stories' briefs 9% find evidence and 1.4% have it by this; of SPARK's own lines 2% fall short.
_CREDITED = 0.1

SupportLabel = Literal["supported", "partly", "unsupported", "contradicted"]
LineOrigin = Literal["model", "source", "given"]
DisagreementKind = Literal["number", "date", "name", "statement"]
FaultKind = Literal["untagged", "groundless credit", "missing credit", "contradiction", "untraceable"]
FailureKind = Literal["missing article", "changed article", "quote", "outlet"]
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Evidence:
    """A stretch of one article that a line rests on: `quote == article.text[start:end]`.

    Attributes:
        article: the article's id.
        outlet: the name to credit: the article's outlet, or "source 3" where that is unknown.
        score: 0..1, how likely the line was written from the quote, or says the same.
        copy_of: the id of the article whose text this one carries (wire copy), else None.
    """

    article: str
    outlet: str
    start: int
    end: int
    quote: str
    score: float
    copy_of: str | None = None


@dataclass(frozen=True, slots=True)
class Support:
    """The verdict on a line.

    Attributes:
        score: 0..1, the probability that the evidence backs the line.
        unsupported: half-open spans of the line's text that nothing backs.
    """

    label: SupportLabel
    score: float
    unsupported: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence of a summary with what it rests on.

    Attributes:
        evidence: the smallest set of source sentences that together say the line.
        corroboration: evidence from other articles that say the same; copies are marked.
        origin: "model" (written), "source" (a sentence taken over), "given" (somebody else's).
        claimed: the outlet tags that a given line carried.
    """

    text: str
    evidence: tuple[Evidence, ...] = ()
    corroboration: tuple[Evidence, ...] = ()
    support: Support = Support("unsupported", 0.0)
    origin: LineOrigin = "model"
    claimed: tuple[str, ...] = ()

    @property
    def outlets(self) -> tuple[str, ...]:
        """The outlets credited: those that the line rests on, each once.

        Nobody is credited with an unsupported line of somebody else's whose evidence is only the nearest there is.
        """
        doubted = self.origin == "given" and self.support.label == "unsupported"
        if doubted and max((e.score for e in self.evidence), default=0.0) < _CREDITED:
            return ()
        return tuple(dict.fromkeys(e.outlet for e in self.evidence))

    @property
    def also(self) -> tuple[str, ...]:
        """Outlets that say the same independently; carriers of one text, and its origin, count once.

        Corroboration that says a part of it only, or less surely, is not named.
        """
        carried = {e.copy_of for e in self.evidence}
        same = (e for e in self.corroboration if e.score >= _SAYS_THE_SAME)
        independent = (e.outlet for e in same if e.copy_of is None and e.article not in carried)
        return tuple(o for o in dict.fromkeys(independent) if o not in self.outlets)

    @property
    def cited(self) -> tuple[str, ...]:
        """Outlets, not credited themselves, whose reporting the evidence cites: "BBC, citing Reuters"."""
        return tuple(dict.fromkeys(name for e in self.evidence for name in cited(e.quote, besides=self.outlets)))


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A point on which two or more outlets differ, each position with its evidence."""

    kind: DisagreementKind
    positions: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """One article as the summary saw it; `sha256` is the hash of its text."""

    article: str
    outlet: str
    outlet_guessed: bool
    title: str
    url: str | None
    published: str | None
    sha256: str

    @classmethod
    def of(cls, article: Article) -> "Source":
        return cls(
            article.id,
            article.outlet,
            article.outlet_guessed,
            article.title,
            article.url,
            article.published,
            article.sha256,
        )


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a given text.

    Attributes:
        line: index into `Summary.lines`, or None where the fault is the whole text's.
        spans: half-open spans of that line's text.
    """

    kind: FaultKind
    line: int | None
    spans: tuple[Span, ...]
    message: str


@dataclass(frozen=True, slots=True)
class Failure:
    """A receipt that did not hold when `Summary.verify` looked it up.

    Attributes:
        line: index into `Summary.lines`, or None where an article as a whole, or a disagreement, failed.
        article: the id of the article in question.
    """

    kind: FailureKind
    line: int | None
    article: str
    message: str

    def __str__(self) -> str:
        return self.message


@dataclass(frozen=True, slots=True)
class Summary:
    """A brief: lines, the sources they rest on, and what the reader should know.

    Attributes:
        title: an article's headline, verbatim.
        notices: sentences for the reader (text left out, one source only, not English).
        provenance: model, revision, newsum version and settings; JSON values only.
    """

    lines: tuple[Line, ...]
    story_id: str | None = None
    title: str = ""
    sources: tuple[Source, ...] = ()
    disagreements: tuple[Disagreement, ...] = ()
    faults: tuple[Fault, ...] = ()
    notices: tuple[str, ...] = ()
    provenance: Mapping[str, Any] = field(default_factory=dict, hash=False)

    @property
    def text(self) -> str:
        """The lines alone, one a row, without tags or title."""
        return "\n".join(line.text for line in self.lines)

    @property
    def credits(self) -> tuple[str, ...]:
        """Exactly the outlets that lines rest on, in the order of first use."""
        return tuple(dict.fromkeys(outlet for line in self.lines for outlet in line.outlets))

    def verify(self, articles: Story | Iterable[Article]) -> tuple[Failure, ...]:
        """Look up every quote and offset in the articles; return each one that fails.

        An article is paired with its source by what it is, else by id, URL, or outlet and title, so a
        changed article is recognised and the lines resting on it are named. Needs no model.

        Returns:
            The failures in the order of the lines, then of the disagreements and the sources; empty when
            every receipt holds.

        Raises:
            ArticleError: what was given are not articles.
        """
        given = articles.articles if isinstance(articles, Story) else Story(articles).articles  # type: ignore[arg-type]
        return tuple(_failures(self, given))

    def to_dict(self) -> dict[str, Any]:
        return {
            "schema": SCHEMA,
            "story_id": self.story_id,
            "title": self.title,
            "lines": [_line_to_dict(line) for line in self.lines],
            "sources": [plain(source) for source in self.sources],
            "disagreements": [plain(item) for item in self.disagreements],
            "faults": [plain(fault) for fault in self.faults],
            "notices": list(self.notices),
            "provenance": dict(self.provenance),
        }

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> "Summary":
        """The summary that `to_dict` wrote, equal to the original.

        Raises:
            SummaryError: a field is missing, unknown or of the wrong type, the schema is newer than this
                newsum, or a line's `outlets` are not those of its evidence.
        """
        if not isinstance(values, Mapping) or "lines" not in values:
            raise SummaryError("this is not a newsum summary: it has no lines")
        schema = values.get("schema", SCHEMA)
        if isinstance(schema, int) and schema > SCHEMA:
            raise SummaryError(
                f"the summary was written by a newer newsum (schema {schema}; this one reads {SCHEMA}): upgrade newsum"
            )
        if schema != SCHEMA:
            raise SummaryError(f"the summary has schema {schema!r}; this newsum reads schema {SCHEMA}")
        return typed(cls, {name: value for name, value in values.items() if name != "schema"}, "the summary")

    def to_json(self, *, indent: int | None = 2) -> str:
        """The summary as JSON that any UTF-8 file can hold."""
        return written(self.to_dict(), indent=indent)

    @classmethod
    def from_json(cls, text: str) -> "Summary":
        """Raises SummaryError where the text is not JSON or not a summary."""
        try:
            values = json.loads(text)
        except RecursionError as error:
            raise SummaryError("this is not a newsum summary: it is nested too deeply") from error
        except ValueError as error:
            raise SummaryError(f"this is not JSON: {error}") from error
        return cls.from_dict(values)

    def to_markdown(self) -> str:
        from newsum.rendering import to_markdown

        return to_markdown(self)

    def to_html(self) -> str:
        from newsum.rendering import to_html

        return to_html(self)

    def _repr_html_(self) -> str:
        return self.to_html()

    def __str__(self) -> str:
        from newsum.rendering import to_text

        return to_text(self)


# --- verification -----------------------------------------------------------------------------

_SAME: tuple[Callable[[Source, Article], bool], ...] = (
    lambda s, a: (s.article, s.sha256, s.outlet) == (a.id, a.sha256, a.outlet),
    lambda s, a: (s.sha256, s.outlet) == (a.sha256, a.outlet),
    lambda s, a: s.article == a.id,
    lambda s, a: bool(s.url) and s.url == a.url,
    lambda s, a: bool(s.outlet or s.title) and (s.outlet, s.title) == (a.outlet, a.title),
    lambda s, a: s.sha256 == a.sha256,
)


def _paired(sources: Sequence[Source], articles: Iterable[Article]) -> list[Article | None]:
    """For each source the article it speaks of. No article serves two sources, and the surest pairs are made first,
    so that of two articles at one URL the changed one is not taken for the other."""
    found: list[Article | None] = [None] * len(sources)
    free = list(articles)
    for same in _SAME:
        for n, source in enumerate(sources):
            match = next((a for a in free if same(source, a)), None) if found[n] is None else None
            if match is not None:
                found[n] = match
                free = [a for a in free if a is not match]
    return found


def _label(outlet: str, number: int) -> str:
    return outlet or f"source {number}"


def _failures(summary: Summary, articles: Sequence[Article]) -> Iterator[Failure]:
    pairs = _paired(summary.sources, articles)
    labels = {s.article: _label(s.outlet, n) for n, s in enumerate(summary.sources, start=1)}
    found = dict(zip((s.article for s in summary.sources), pairs, strict=True))
    for index, line in enumerate(summary.lines):
        for evidence in (*line.evidence, *line.corroboration):
            yield from _of_evidence(evidence, index, f"Line {index + 1}", found, labels)
    for number, disagreement in enumerate(summary.disagreements, start=1):
        for evidence in disagreement.positions:
            yield from _of_evidence(evidence, None, f"Disagreement {number}", found, labels)
    for number, (source, article) in enumerate(zip(summary.sources, pairs, strict=True), start=1):
        yield from _of_source(source, article, number, _resting(summary, source.article))


def _of_source(source: Source, article: Article | None, number: int, resting: str) -> Iterator[Failure]:
    """What is wrong with an article as a whole."""
    name = _label(source.outlet, number)
    if article is None:
        message = f"The article of {name} is not among those given; {resting}."
        yield Failure("missing article", None, source.article, message)
        return
    if article.sha256 != source.sha256:
        message = f"The article of {name} has changed since the summary was made; {resting}."
        yield Failure("changed article", None, source.article, message)
    if article.outlet != source.outlet:
        message = f"The article credited to {name} is by {article.outlet or 'an unknown outlet'}; {resting}."
        yield Failure("outlet", None, source.article, message)


def _resting(summary: Summary, article: str) -> str:
    """Which lines have evidence or corroboration in the article: "lines 1, 3 rest on it"."""
    lines = [
        str(number)
        for number, line in enumerate(summary.lines, start=1)
        if any(e.article == article for e in (*line.evidence, *line.corroboration))
    ]
    if not lines:
        return "no line rests on it"
    return f"line {lines[0]} rests on it" if len(lines) == 1 else f"lines {', '.join(lines)} rest on it"


def _of_evidence(
    evidence: Evidence,
    index: int | None,
    where: str,
    found: Mapping[str, Article | None],
    labels: Mapping[str, str],
) -> Iterator[Failure]:
    def fail(kind: FailureKind, what: str, article: str = evidence.article) -> Failure:
        return Failure(kind, index, article, f"{where}: {what}")

    if evidence.copy_of is not None and evidence.copy_of not in labels:
        what = f"its evidence is said to copy article {evidence.copy_of}, which no source lists."
        yield fail("missing article", what, evidence.copy_of)
    if evidence.article not in labels:
        yield fail("missing article", f"its evidence names article {evidence.article}, which no source lists.")
        return
    if evidence.outlet != labels[evidence.article]:
        yield fail("outlet", f"it credits {evidence.outlet}, but that article is by {labels[evidence.article]}.")
    article, start, end = found[evidence.article], evidence.start, evidence.end
    if article is None:
        yield fail("missing article", f"the article of {evidence.outlet} that it rests on is not among those given.")
    elif not 0 <= start < end <= len(article.text):
        yield fail("quote", f"characters {start} to {end} lie outside the article of {evidence.outlet}.")
    elif article.text[start:end] != evidence.quote:
        moved = article.text.find(evidence.quote) if evidence.quote else -1
        now = f"; these words now stand at {moved}" if moved >= 0 else ""
        what = f"characters {start} to {end} of the article of {evidence.outlet} do not read “{evidence.quote}”{now}."
        yield fail("quote", what)


# --- JSON -------------------------------------------------------------------------------------


def _line_to_dict(line: Line) -> dict[str, Any]:
    return {**plain(line), "outlets": list(line.outlets), "also": list(line.also), "cited": list(line.cited)}
