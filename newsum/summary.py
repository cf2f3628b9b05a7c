"""The types of what comes out hold a summary, its lines, and for every line the receipts that prove it.

They work nothing out: who is credited is decided in newsum/attribution/credits.py and stored. `Summary.verify`
re-checks the receipts and credits (receipts.py) without model or network. JSON is `to_dict()` of these types, field
for field, and the number of its schema.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import Any, Literal, overload

from newsum.articles import Article, Story
from newsum.errors import SettingsError, SummaryError
from newsum.jsonable import plain, typed, written
from newsum.receipts import Evidence, Failure, Source, failures, miscredits
from newsum.system.atomic_files import replace_file
from newsum.system.paths import expanded
from newsum.upward import Shown, differences, frame_of, markdown_of, page_of, saved_as, short, text_of

__all__ = [
    "SEVERITIES",
    "WORST_FIRST",
    "Disagreement",
    "Evidence",
    "Failure",
    "Fault",
    "Line",
    "Source",
    "Summary",
    "Support",
]

_DIGESTED = 3  # the first schema with a digest
SCHEMA = 4  # raised when a reader of the old JSON would misread the new

SupportLabel = Literal["supported", "partly", "unsupported", "contradicted"]
LineOrigin = Literal["model", "source", "given"]
DisagreementKind = Literal["number", "date", "name", "statement"]
FaultKind = Literal["untagged", "groundless credit", "missing credit", "contradiction", "untraceable", "repetition"]
Severity = Literal["error", "warning", "note"]
WORST_FIRST: tuple[Severity, ...] = ("error", "warning", "note")
Span = tuple[int, int]

# How grave a fault of a kind is: an error where the text says or credits what is not so, a warning where it only
# keeps silent on whom it rests on.
SEVERITIES: Mapping[FaultKind, Severity] = {
    "untagged": "warning",
    "groundless credit": "error",
    "missing credit": "warning",
    "contradiction": "error",
    "untraceable": "error",
    "repetition": "note",
}


@dataclass(frozen=True, slots=True)
class Support:
    """The verdict on a line.

    Attributes:
        label: "supported"; "partly", where a part of the line has nothing behind it; "unsupported", where hardly
            any has; "contradicted", where the evidence says otherwise.
        score: 0..1, the probability that the evidence backs the line.
        unsupported: half-open spans of the line's text that nothing backs.
    """

    label: SupportLabel
    score: float
    unsupported: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True, repr=False)
class Line(Shown):
    """One sentence of a summary with what it rests on and whom it credits.

    A line made by hand gets its `outlets`, `also` and `cited` from `newsum.attribution.credits.with_credits`.

    Attributes:
        text: the sentence, without tags.
        evidence: the smallest set of source sentences that together say the line.
        corroboration: evidence from other articles on the same; copies are marked.
        support: the verdict on it.
        origin: "model" (written), "source" (a sentence taken over), "given" (somebody else's).
        claimed: the outlet tags that a given line carried.
        outlets: the outlets credited, each once: those of the evidence. Empty where nothing backs the line, and where
            it is a given one whose evidence is only the nearest there is.
        also: outlets, not credited themselves, that say the same independently: carriers of one text, and its origin,
            count once, and corroboration that says a part of it only, or less surely, is not named.
        cited: outlets, not credited themselves, whose reporting the evidence cites: "BBC, citing Reuters".
        paragraph: the paragraph that it stands in, from 0.
    """

    text: str
    evidence: tuple[Evidence, ...] = ()
    corroboration: tuple[Evidence, ...] = ()
    support: Support = Support("unsupported", 0.0)
    origin: LineOrigin = "model"
    claimed: tuple[str, ...] = ()
    outlets: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    cited: tuple[str, ...] = ()
    paragraph: int = 0

    def __repr__(self) -> str:
        credits = ", ".join(map(short, self.outlets)) or "nobody"
        return f"<Line {short(self.text)} by {credits}, {self.support.label}>"


@dataclass(frozen=True, slots=True, repr=False)
class Disagreement(Shown):
    """A point on which two or more outlets differ.

    Attributes:
        kind: what they differ on: a "number", "date" or "name", or a whole "statement".
        positions: evidence of each, two or more from two or more outlets.
        spans: of each position's quote, half-open, the figure on which it differs; empty where none can be named.
    """

    kind: DisagreementKind
    positions: tuple[Evidence, ...]
    spans: tuple[Span, ...] = ()

    def __repr__(self) -> str:
        sides = ", ".join(f"{short(side.outlet)} {short(side.quote, 40)}" for side in self.positions)
        return f"<Disagreement on a {self.kind}: {sides}>"


@dataclass(frozen=True, slots=True, repr=False)
class Fault(Shown):
    """What is wrong with a given text.

    Attributes:
        kind: "untagged", "groundless credit" or "missing credit" (of its tags); "contradiction" or "untraceable" (of
            what it says).
        severity: "error" (it says or credits what is not so), "warning" (it leaves out whom it rests on), "note".
        line: index into `Summary.lines`, or None where the fault is the whole text's.
        spans: half-open spans of that line's text.
        message: one sentence that says what is wrong, with the words in question.
    """

    kind: FaultKind
    severity: Severity
    line: int | None
    spans: tuple[Span, ...]
    message: str

    def __repr__(self) -> str:
        where = "whole" if self.line is None else f"lines[{self.line}]"
        return f"<Fault {self.severity}, {self.kind}, {where}: {short(self.message, 100)}>"


@dataclass(frozen=True, slots=True, repr=False)
class Summary(Shown):
    """A brief: lines, the sources they rest on, and what the reader should know.

    Attributes:
        lines: its sentences, in order.
        story_id: the id of the story, where it has one.
        title: an article's headline, verbatim.
        sources: every article of the story; "source 3" is the third of them.
        disagreements: where the outlets differ on what the lines say.
        faults: what is wrong with a given text; none of newsum's own.
        notices: sentences for the reader (text left out, one source only, not English).
        provenance: how it was made, in JSON values only: "newsum" (the version), "writer" and "judge" (each None, or
            its "name", "revision" and "backend") and "settings".
        digest: the hash of all other fields, as the JSON had it that the summary was read from; "" for a new one.
    """

    lines: tuple[Line, ...]
    story_id: str | None = None
    title: str = ""
    sources: tuple[Source, ...] = ()
    disagreements: tuple[Disagreement, ...] = ()
    faults: tuple[Fault, ...] = ()
    notices: tuple[str, ...] = ()
    provenance: Mapping[str, Any] = field(default_factory=dict, hash=False)
    digest: str = field(default="", compare=False)

    def __iter__(self) -> Iterator[Line]:
        return iter(self.lines)

    def __len__(self) -> int:
        return len(self.lines)

    def __bool__(self) -> bool:
        """A brief is there even where it has no line."""
        return True

    @overload
    def __getitem__(self, place: int) -> Line: ...

    @overload
    def __getitem__(self, place: slice) -> tuple[Line, ...]: ...

    def __getitem__(self, place: int | slice) -> Line | tuple[Line, ...]:
        return self.lines[place]

    def __repr__(self) -> str:
        credits = ", ".join(map(short, self.credits)) or "nobody"
        return f"<Summary {short(self.title)} {len(self.lines)} lines, credited: {credits}>"

    @property
    def text(self) -> str:
        """The lines alone, one a row, without tags or title."""
        return "\n".join(line.text for line in self.lines)

    @property
    def credits(self) -> tuple[str, ...]:
        """Exactly the outlets that lines rest on, in the order of first use."""
        return tuple(dict.fromkeys(outlet for line in self.lines for outlet in line.outlets))

    def verify(self, articles: Story | Article | Iterable[Article], *, judge: Any = None) -> tuple[Failure, ...]:
        """Look up every quote, offset and credit, and whatever was changed by hand; return each one that fails.

        An article is paired with its source by what it is, else by id, URL, or outlet and title, so a
        changed article is recognised and the lines resting on it are named. A line must credit those whom it
        rests on, and nobody else. A quote that stands elsewhere is said to be moved, one whose marks or words are
        others now changed, else gone. Stored fields are held against each other and the articles, and a summary read
        from JSON against its digest, which no edit by hand leaves right. Needs no model but the judge that is named.

        Args:
            judge: the model of meaning by which the label and the credits of each line are made again, and what comes
                out otherwise told: "bundled", the folder of another, or anything that `newsum.Judge` describes. None
                asks none.

        Returns:
            The failures in the order of the lines, then of the disagreements and the sources; empty when
            every receipt holds.

        Raises:
            ArticleError: what was given are not articles, or a judge is named and none has text.
            CheckpointError: the judge's folder is not there or not whole.
        """
        from newsum.receipts.stored import inconsistencies  # 7 ms to load: only where a summary is verified

        given = _articles(articles)
        lines = [(*line.evidence, *line.corroboration) for line in self.lines]
        looked_up = failures(self.sources, lines, [item.positions for item in self.disagreements], given)
        credits = chain.from_iterable(_credit_failures(n, line) for n, line in enumerate(self.lines))
        title = articles.title if isinstance(articles, Story) else ""
        stored = inconsistencies(self, given, SEVERITIES, title)
        judged = () if judge is None else differences(self, given, judge)
        everything = chain(looked_up, credits, stored, judged, self._edited())
        return tuple(sorted(everything, key=lambda f: (f.line is None, f.line or 0)))

    def _edited(self) -> Iterator[Failure]:
        """That the summary is not the one whose digest was written into the JSON that it was read from."""
        if self.digest and self.digest != (own := _digest(self)):
            told = f"digest is “{self.digest[:80]}”, but what is stored makes “{own}”: something was changed by hand."
            yield Failure("digest", None, "", told)

    def to_dict(self) -> dict[str, Any]:
        values: dict[str, Any] = {**plain(self), "digest": _digest(self)}
        return {"schema": SCHEMA, "story_id": self.story_id, "title": self.title, **values}  # as a reader would look

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> "Summary":
        """The summary that `to_dict` wrote, equal to the original; what an older newsum wrote is read too.

        Raises:
            SummaryError: a field is missing, unknown or of the wrong type, or the schema is newer than this newsum.
        """
        if not isinstance(values, Mapping) or "lines" not in values:
            raise SummaryError("this is not a newsum summary: it has no lines")
        schema = values.get("schema", SCHEMA)
        if isinstance(schema, int) and schema > SCHEMA:
            raise SummaryError(
                f"the summary was written by a newer newsum (schema {schema}; this one reads {SCHEMA}): upgrade newsum"
            )
        if isinstance(schema, bool) or schema not in range(1, SCHEMA + 1):
            raise SummaryError(f"the summary has schema {schema!r}; this newsum reads schemas 1 to {SCHEMA}")
        values = _of_schema_1(values) if schema == 1 else values
        values = {"digest": "", **values} if schema < _DIGESTED else values
        values = _of_schema_3(values) if schema < SCHEMA else values
        if schema >= _DIGESTED and values.get("digest") == "":
            raise SummaryError("the digest of the summary is empty, so it was changed by hand: write it again")
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
        """The brief as Markdown: CommonMark, in which every text of an article stays text."""
        return markdown_of(self)

    def to_html(self, articles: Story | Article | Iterable[Article] = ()) -> str:
        """The report: a self-contained HTML page, which shows each quote in its article where `articles` are given."""
        return page_of(self, _articles(articles))

    def save(self, path: str | Path, articles: Story | Article | Iterable[Article] = ()) -> Path:
        """Write the brief into a file, whole or not at all; its suffix says the form.

        Args:
            path: ".html" is the report, ".md" Markdown, ".json" what `from_json` reads, ".txt" the text.
            articles: the brief's, which a report shows.

        Returns:
            The file.

        Raises:
            SettingsError: the suffix is another, or the file cannot be written.
        """
        file = expanded(path)
        content = saved_as(self, file.suffix, _articles(articles))
        try:
            replace_file(file, [content])
        except (OSError, ValueError) as error:  # a NUL in its name is a ValueError
            reason = getattr(error, "strerror", None) or str(error)
            raise SettingsError(f"{file} cannot be written: {reason.lower()}") from error
        return file

    def to_frame(self) -> Any:
        """The lines as a pandas DataFrame, one a row: what each says, whom it credits, its verdict and its quotes.

        Raises:
            MissingExtra: pandas is not installed.
        """
        return frame_of(self)

    def __str__(self) -> str:
        return text_of(self)


def _articles(given: Story | Article | Iterable[Article]) -> tuple[Article, ...]:
    if isinstance(given, Story):
        return given.articles
    return (given,) if isinstance(given, Article) else Story(given).articles  # type: ignore[arg-type]


# --- verification -----------------------------------------------------------------------------


def _digest(summary: Summary) -> str:
    """The hash of all that a summary holds, as JSON in one way of writing it.

    A disagreement that names no words is hashed without its `spans`, which schema 3 had not.
    """
    values = {name: value for name, value in plain(summary).items() if name != "digest"}
    values["disagreements"] = [
        {name: value for name, value in item.items() if name != "spans" or value} for item in values["disagreements"]
    ]
    return hashlib.sha256(json.dumps(values, sort_keys=True).encode("ascii")).hexdigest()


def _credit_failures(index: int, line: Line) -> Iterator[Failure]:
    """What a line's credits say that its evidence does not; a given line that nothing backs may credit nobody."""
    is_doubted = line.origin == "given" and line.support.label == "unsupported"
    credits = (line.outlets, line.also, line.cited)
    for what in miscredits(*credits, line.evidence, line.corroboration, may_be_silent=is_doubted):
        yield Failure("credit", index, "", f"Line {index + 1}: {what}")


# --- older schemas ----------------------------------------------------------------------------


def _of_schema_3(values: Mapping[str, Any]) -> dict[str, Any]:
    """What schemas 2 and 3 held, in schema 4: no disagreement names the words that differ."""
    if "disagreements" not in values:
        return dict(values)
    return {**values, "disagreements": _each(values["disagreements"], lambda item: {"spans": [], **item})}


def _of_schema_1(values: Mapping[str, Any]) -> dict[str, Any]:
    """What schema 1 held, in schema 2: its credits as they stand, one paragraph, faults as grave as their kind."""
    changes = {
        "lines": lambda lines: _each(lines, lambda line: {"cited": [], "paragraph": 0, **line}),
        "faults": lambda faults: _each(faults, lambda fault: {"severity": _severity(fault.get("kind")), **fault}),
        "provenance": _provenance,
    }
    return {name: changes[name](value) if name in changes else value for name, value in values.items()}


def _each(items: Any, change: Callable[[Mapping[str, Any]], dict[str, Any]]) -> Any:
    """The list with each object changed; what is none is left for `typed` to name."""
    if not isinstance(items, list | tuple):
        return items
    return [change(item) if isinstance(item, Mapping) else item for item in items]


def _severity(kind: Any) -> Severity:
    return next((severity for known, severity in SEVERITIES.items() if known == kind), "error")


def _provenance(old: Any) -> Any:
    """Schema 1 had the writer's "model", "revision" and "backend" beside the settings, and no judge."""
    if not isinstance(old, Mapping) or "model" not in old:
        return old
    rest = {name: value for name, value in old.items() if name not in ("model", "revision", "backend")}
    writer = {"name": old["model"], "revision": old.get("revision"), "backend": old.get("backend")}
    return {**rest, "writer": None if old["model"] is None else writer, "judge": None}
