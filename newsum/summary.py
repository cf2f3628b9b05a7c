"""What comes out: a summary, its lines, and for every line the receipts that prove it.

`Summary.verify` re-checks those receipts from the articles alone: no model, no network. JSON is
`to_dict()` of these types, field for field, with each line's derived `outlets` and `also`.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, get_args

from newsum.articles import Article, Story
from newsum.errors import SummaryError

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
        score: 0..1, how well the quote covers what the line says.
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
        """The outlets credited: those that the line rests on, each once."""
        return tuple(dict.fromkeys(e.outlet for e in self.evidence))

    @property
    def also(self) -> tuple[str, ...]:
        """Outlets that say the same independently; carriers of a copied text are left out."""
        independent = (e.outlet for e in self.corroboration if e.copy_of is None)
        return tuple(o for o in dict.fromkeys(independent) if o not in self.outlets)


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
        line: index into `Summary.lines`, or None where an article as a whole failed.
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
    provenance: Mapping[str, Any] = field(default_factory=dict)

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

        An article is paired with its source by id, else by URL, else by outlet and title, so a
        changed article is recognised and the lines resting on it are named. Needs no model.

        Returns:
            The failures in the order of the lines; empty when every receipt holds.
        """
        return tuple(_verify(self, tuple(getattr(articles, "articles", articles))))

    def to_dict(self) -> dict[str, Any]:
        return {
            "schema": SCHEMA,
            "story_id": self.story_id,
            "title": self.title,
            "lines": [_line_to_dict(line) for line in self.lines],
            "sources": [_plain(source) for source in self.sources],
            "disagreements": [_plain(item) for item in self.disagreements],
            "faults": [_plain(fault) for fault in self.faults],
            "notices": list(self.notices),
            "provenance": dict(self.provenance),
        }

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> "Summary":
        """The summary that `to_dict` wrote, equal to the original.

        Raises:
            SummaryError: a field is missing or malformed, the schema is newer than this newsum, or
                a line's `outlets` are not those of its evidence.
        """
        if not isinstance(values, Mapping) or "lines" not in values:
            raise SummaryError("this is not a newsum summary: it has no lines")
        if values.get("schema", SCHEMA) != SCHEMA:
            raise SummaryError(f"the summary has schema {values['schema']!r}; this newsum reads schema {SCHEMA}")
        try:
            return _summary_from_dict(values)
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            if isinstance(error, SummaryError):
                raise
            raise SummaryError(f"this is not a well-formed newsum summary: {error}") from error

    def to_json(self, *, indent: int | None = 2) -> str:
        return json.dumps(self.to_dict(), ensure_ascii=False, indent=indent)

    @classmethod
    def from_json(cls, text: str) -> "Summary":
        """Raises SummaryError where the text is not JSON or not a summary."""
        try:
            return cls.from_dict(json.loads(text))
        except json.JSONDecodeError as error:
            raise SummaryError(f"this is not JSON: {error}") from error

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


def _pair(source: Source, articles: Sequence[Article]) -> Article | None:
    """The article that a source speaks of: same id, else same URL, else same outlet and title."""
    keys = (
        lambda a: a.id == source.article and a.sha256 == source.sha256,
        lambda a: a.sha256 == source.sha256 and a.outlet == source.outlet,
        lambda a: a.id == source.article,
        lambda a: bool(source.url) and a.url == source.url,
        lambda a: bool(source.title) and (a.outlet, a.title) == (source.outlet, source.title),
    )
    return next((a for key in keys for a in articles if key(a)), None)


def _verify(summary: Summary, articles: Sequence[Article]) -> Iterable[Failure]:
    names = {s.article: s.outlet or f"source {n}" for n, s in enumerate(summary.sources, start=1)}
    paired = {s.article: _pair(s, articles) for s in summary.sources}
    changed = {
        s.article: article
        for s in summary.sources
        if (article := paired[s.article]) is not None and article.sha256 != s.sha256
    }
    for index, line in enumerate(summary.lines):
        for evidence in (*line.evidence, *line.corroboration):
            yield from _verify_evidence(index, evidence, paired, names)
    for source in summary.sources:
        name = names[source.article]
        lines = _lines_on(summary, source.article)
        where = f"lines {', '.join(map(str, lines))} rest on it" if lines else "no line rests on it"
        if source.article in changed:
            message = f"The article of {name} has changed since the summary was made; {where}."
            yield Failure("changed article", None, source.article, message)
        elif paired[source.article] is None:
            message = f"The article of {name} is not among those given; {where}."
            yield Failure("missing article", None, source.article, message)


def _lines_on(summary: Summary, article: str) -> list[int]:
    """The lines, numbered from 1, with evidence or corroboration in the article."""
    return [
        number
        for number, line in enumerate(summary.lines, start=1)
        if any(e.article == article for e in (*line.evidence, *line.corroboration))
    ]


def _verify_evidence(
    index: int, evidence: Evidence, paired: Mapping[str, Article | None], names: Mapping[str, str]
) -> Iterable[Failure]:
    def fail(kind: FailureKind, what: str) -> Failure:
        return Failure(kind, index, evidence.article, f"Line {index + 1}: {what}")

    if evidence.article not in names:
        yield fail("missing article", f"its evidence names article {evidence.article}, which no source lists.")
        return
    if evidence.outlet != names[evidence.article]:
        yield fail("outlet", f"it credits {evidence.outlet}, but that article is by {names[evidence.article]}.")
    article = paired[evidence.article]
    if article is None:
        yield fail("missing article", f"the article of {evidence.outlet} that it rests on is not among those given.")
    elif not 0 <= evidence.start < evidence.end <= len(article.text):
        where = f"{evidence.start} to {evidence.end}"
        yield fail("quote", f"characters {where} lie outside the article of {evidence.outlet}.")
    elif article.text[evidence.start : evidence.end] != evidence.quote:
        where = f"characters {evidence.start} to {evidence.end} of the article of {evidence.outlet}"
        yield fail("quote", f"{where} do not read “{evidence.quote}”.")


# --- JSON -------------------------------------------------------------------------------------


def _plain(value: Any) -> Any:
    """A dataclass as a dict, tuples as lists, all the way down."""
    if hasattr(value, "__dataclass_fields__"):
        return {name: _plain(getattr(value, name)) for name in value.__dataclass_fields__}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value


def _line_to_dict(line: Line) -> dict[str, Any]:
    return {**_plain(line), "outlets": list(line.outlets), "also": list(line.also)}


def _spans(values: Iterable[Sequence[int]]) -> tuple[Span, ...]:
    return tuple((int(start), int(end)) for start, end in values)


def _one_of(value: Any, allowed: Any) -> Any:
    if value not in get_args(allowed):
        raise SummaryError(f"{value!r} is not one of {', '.join(get_args(allowed))}")
    return value


def _evidence(values: Iterable[Mapping[str, Any]]) -> tuple[Evidence, ...]:
    return tuple(Evidence(**v) for v in values)


def _line_from_dict(values: Mapping[str, Any]) -> Line:
    support = values["support"]
    line = Line(
        text=values["text"],
        evidence=_evidence(values["evidence"]),
        support=Support(_one_of(support["label"], SupportLabel), support["score"], _spans(support["unsupported"])),
        corroboration=_evidence(values["corroboration"]),
        origin=_one_of(values["origin"], LineOrigin),
        claimed=tuple(values["claimed"]),
    )
    for name in ("outlets", "also"):
        if name in values and tuple(values[name]) != getattr(line, name):
            found, true = ", ".join(values[name]) or "nobody", ", ".join(getattr(line, name)) or "nobody"
            raise SummaryError(f"a line's {name} ({found}) are not those of its evidence ({true}): “{line.text}”")
    return line


def _summary_from_dict(values: Mapping[str, Any]) -> Summary:
    return Summary(
        lines=tuple(_line_from_dict(line) for line in values["lines"]),
        story_id=values["story_id"],
        title=values["title"],
        sources=tuple(Source(**source) for source in values["sources"]),
        disagreements=tuple(
            Disagreement(_one_of(d["kind"], DisagreementKind), _evidence(d["positions"]))
            for d in values["disagreements"]
        ),
        faults=tuple(
            Fault(_one_of(f["kind"], FaultKind), f["line"], _spans(f["spans"]), f["message"]) for f in values["faults"]
        ),
        notices=tuple(values["notices"]),
        provenance=dict(values["provenance"]),
    )
