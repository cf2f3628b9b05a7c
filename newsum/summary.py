"""What comes out: a summary, its lines, and for every line the receipts that prove it.

`Summary.verify` re-checks those receipts (receipts.py) from the articles alone: no model, no network. JSON is
`to_dict()` of these types, field for field, with each line's derived `outlets`, `also` and `cited`.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from newsum.articles import Article, Story
from newsum.errors import SummaryError
from newsum.jsonable import plain, typed, written
from newsum.outlets.citations import cited
from newsum.receipts import Evidence, Failure, Source, failures

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
Span = tuple[int, int]


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
        lines = [(*line.evidence, *line.corroboration) for line in self.lines]
        return tuple(failures(self.sources, lines, [item.positions for item in self.disagreements], given))

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


# --- JSON -------------------------------------------------------------------------------------


def _line_to_dict(line: Line) -> dict[str, Any]:
    return {**plain(line), "outlets": list(line.outlets), "also": list(line.also), "cited": list(line.cited)}
