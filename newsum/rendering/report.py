"""A summary, and its articles where they are at hand -> all that the report's page prints, as plain strings.

In: a `Summary`; articles, paired with its sources by id. Out: a `Report`: the lines by paragraph, each with its chips,
faults and the places of its evidence; the articles cut at their evidence; the table of lines by outlets; the verdict
on a given text. The template lays it out and escapes it; nothing here is markup.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Any

from newsum.articles import Article
from newsum.rendering import wording
from newsum.rendering.names import Names, named
from newsum.rendering.passages import Mark, Paragraphs, anchor, content_keys, quotes_alone, quotes_in
from newsum.rendering.plain import day, harmless, link, plain, quoted, spelt, unmistakable
from newsum.rendering.verdict import OF_WORDS, FaultView, Verdict, faults_of, verdict_of
from newsum.summary import Evidence, Line, Source, Span, Summary
from newsum.text.words import word_count

__all__ = ["Chip", "LineView", "Report", "colour_of", "report_of"]

COLOURS = 12  # in outlets.css; with more outlets they come round again, and the names tell them apart


def colour_of(place: int) -> str:
    """The class of the outlet at that place, from 0."""
    return f"c{place % COLOURS}"


@dataclass(frozen=True, slots=True)
class Chip:
    """An outlet beside a line.

    Attributes:
        kind: "credited", "also", "copy", or "near" (on the same matter only: not shown beside the line).
        target: the anchor of its evidence; "" where there is none.
    """

    kind: str
    name: str
    colour: str
    target: str


@dataclass(frozen=True, slots=True)
class LineView:
    """A line as the page prints it.

    Attributes:
        pieces: its text in stretches, each with what is wrong with it: "" or "gap" (no quote has it) or "wrong".
        claims: outlets that a given line names, each with "found", "lost" or "".
        copied: what the button copies: the text with its tag.
        told: the evidence in a sentence, for a screen reader.
    """

    number: int
    paragraph: int
    pieces: tuple[tuple[str, str], ...]
    chips: tuple[Chip, ...]
    nobody: str
    claims: tuple[tuple[str, str], ...]
    standing: str
    faults: tuple[FaultView, ...]
    untagged: bool
    copied: str
    told: str


@dataclass(frozen=True, slots=True)
class ArticleView:
    """An article, whole or as the quotes from it.

    Attributes:
        lost: quotes that its text no longer holds.
        credited_in: the lines that credit it.
        touched_in: all lines that have a quote of it.
    """

    number: int
    name: str
    colour: str
    title: str
    link: str | None
    day: str
    paragraphs: Paragraphs
    lost: Paragraphs
    whole: bool
    credited_in: tuple[int, ...]
    touched_in: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Position:
    """What one outlet has on a point where outlets differ."""

    chip: Chip
    quote: str


@dataclass(frozen=True, slots=True)
class Report:
    """Everything on the page."""

    title: str
    facts: tuple[str, ...]
    verdict: Verdict | None
    paragraphs: tuple[tuple[LineView, ...], ...]
    kinds: frozenset[str]
    disagreements: tuple[tuple[str, tuple[Position, ...]], ...]
    notices: tuple[str, ...]
    failures: tuple[str, ...]
    articles: tuple[ArticleView, ...]
    timeline: tuple[ArticleView, ...]
    table: tuple[tuple[Chip, tuple[Chip | None, ...]], ...]
    provenance: tuple[tuple[str, str], ...]


def report_of(summary: Summary, articles: Iterable[Article] = ()) -> Report:
    """What the page of a summary prints.

    Args:
        articles: those of its sources that are at hand; where none is, only the quotes can be shown.
    """
    given = tuple(articles)
    return _Builder(summary, given).report()


class _Builder:
    """What all parts of one page ask for: names, and where each quote stands."""

    def __init__(self, summary: Summary, articles: Sequence[Article]) -> None:
        self.summary, self.given, self.names = summary, articles, Names(summary)
        self.texts = {article.id: article.text for article in articles}
        self.numbers = {source.article: number for number, source in enumerate(summary.sources, start=1)}
        self.faults = faults_of(summary)
        self.is_given = bool(summary.faults) or any(line.origin == "given" for line in summary.lines)

    def report(self) -> Report:
        summary = self.summary
        lines = tuple(self._line(number, line) for number, line in enumerate(summary.lines, start=1))
        articles = self._articles()
        failures = tuple(plain(str(failure)) for failure in summary.verify(self.given)) if self.given else ()
        return Report(
            title=plain(summary.title),
            facts=tuple(self._facts(failures)),
            verdict=verdict_of(summary) if self.is_given else None,
            paragraphs=tuple(tuple(group) for _, group in groupby(lines, key=lambda line: line.paragraph)),
            kinds=frozenset(_kinds(lines)),
            disagreements=tuple(
                (differing.kind, tuple(map(self._position, differing.positions))) for differing in summary.disagreements
            ),
            notices=tuple(map(plain, summary.notices)),
            failures=failures,
            articles=articles,
            timeline=tuple(sorted(articles, key=lambda article: (not article.day, article.day, article.number))),
            table=tuple(self._table(lines)),
            provenance=tuple(_provenance(summary, is_given=self.is_given)),
        )

    # --- lines --------------------------------------------------------------------------------------

    def _line(self, number: int, line: Line) -> LineView:
        faults = self.faults.get(number - 1, ())
        wrong = [
            span for fault in faults if fault.severity == "error" and fault.kind in OF_WORDS for span in fault.spans
        ]
        copied = " ".join((unmistakable(line.text), wording.tag(line, self.names)))
        return LineView(
            number,
            line.paragraph,
            tuple(_pieces(line.text, line.support.unsupported, wrong)),
            tuple(self._chips(line)),
            "" if line.outlets else wording.no_credit(line, self.names),
            tuple(_claims(line, faults)),
            wording.standing(line),
            tuple(fault for fault in faults if fault.kind != "untagged"),
            any(fault.kind == "untagged" for fault in faults),
            copied,
            self._told(number, line),
        )

    def _chips(self, line: Line) -> Iterator[Chip]:
        """An outlet once, as the most that it is to the line."""
        seen: set[str] = set()
        for kind, evidence in self._roles(line):
            name = self.names.by(evidence)
            if name not in seen:
                seen.add(name)
                cites = wording.credit(evidence.outlet, line, self.names) if kind == "credited" else name
                yield self._chip(kind, cites, evidence)

    def _roles(self, line: Line) -> Iterator[tuple[str, Evidence]]:
        carriers = wording.carriers(line)
        for each in line.evidence:
            yield ("credited" if each.outlet in line.outlets else "near"), each
        yield from (("also", each) for outlet in line.also for each in line.corroboration if each.outlet == outlet)
        yield from (("copy", each) for each in carriers)
        yield from (("near", each) for each in line.corroboration)

    def _chip(self, kind: str, name: str, evidence: Evidence) -> Chip:
        return Chip(kind, name, self._colour(evidence.outlet), self._anchor(evidence))

    def _colour(self, outlet: str) -> str:
        place = self.names.colour(outlet)
        return "" if place is None else colour_of(place)

    def _anchor(self, evidence: Evidence) -> str:
        number = self.numbers.get(evidence.article)
        return "" if number is None else anchor(self._prefix(number, evidence), evidence.start)

    def _prefix(self, number: int, evidence: Evidence) -> str:
        return f"a{number}" if self._stands(evidence) else f"a{number}-quote"

    def _stands(self, evidence: Evidence) -> bool:
        """Whether the quote stands at its place in an article that is at hand."""
        text = self.texts.get(evidence.article)
        return text is not None and bool(evidence.quote) and text[evidence.start : evidence.end] == evidence.quote

    def _told(self, number: int, line: Line) -> str:
        rests, others = len(line.evidence), len(line.corroboration)
        credits = wording.tag(line, self.names).strip("[]")
        quotes = f"{rests} quote{'s' * (rests != 1)}"
        more = f"; {others} more on the same" if others else ""
        return f"Line {number}: {credits}, {quotes}{more}."

    # --- articles -----------------------------------------------------------------------------------

    def _articles(self) -> tuple[ArticleView, ...]:
        marks: Mapping[str, list[Mark]] = defaultdict(list)
        for mark in _marks(self.summary):
            marks[mark.evidence.article].append(mark)
        return tuple(
            self._article(number, source, marks.get(source.article, ()))
            for number, source in enumerate(self.summary.sources, start=1)
        )

    def _article(self, number: int, source: Source, marks: Sequence[Mark]) -> ArticleView:
        text = self.texts.get(source.article)
        lost = [mark for mark in marks if not self._stands(mark.evidence)]
        found = [mark for mark in marks if self._stands(mark.evidence)]
        return ArticleView(
            number,
            wording.source_name(source, self.names),
            self._colour(source.outlet or f"source {number}"),
            plain(source.title),
            link(source.url),
            day(source.published),
            quotes_in(text, found, f"a{number}") if text is not None else [],
            quotes_alone(lost, f"a{number}-quote"),
            text is not None,
            self._credited_in(source),
            tuple(_line_numbers(marks)),
        )

    def _credited_in(self, source: Source) -> tuple[int, ...]:
        """The lines that credit it; not those of which it is only the nearest."""
        return tuple(
            number
            for number, line in enumerate(self.summary.lines, start=1)
            if any(each.article == source.article and each.outlet in line.outlets for each in line.evidence)
        )

    def _position(self, evidence: Evidence) -> Position:
        return Position(self._chip("credited", self.names.by(evidence), evidence), quoted(evidence.quote))

    # --- overview -----------------------------------------------------------------------------------

    def _facts(self, failures: Sequence[str]) -> Iterator[str]:
        summary = self.summary
        words = sum(word_count(line.text) for line in summary.lines)
        yield f"{_counted(len(summary.lines), 'line')}, {_counted(words, 'word')}"
        outlets = {source.outlet or source.article for source in summary.sources}
        yield f"{len(summary.credits)} of {_counted(len(outlets), 'outlet')} credited"
        days = sorted(filter(None, (day(source.published) for source in summary.sources)))
        if days:
            yield " to ".join(map(spelt, dict.fromkeys((days[0], days[-1]))))
        quotes = sum(len(line.evidence) + len(line.corroboration) for line in summary.lines)
        if self.given and not failures and quotes:
            yield f"all {_counted(quotes, 'quote')} looked up: letter for letter in the articles"

    def _table(self, lines: Sequence[LineView]) -> Iterator[tuple[Chip, tuple[Chip | None, ...]]]:
        """An outlet a row, a line a column."""
        cells = [
            {self.names.by(e): self._chip(kind, "", e) for kind, e in reversed([*self._roles(line)])}
            for line in self.summary.lines
        ]
        seen: set[str] = set()
        for number, source in enumerate(self.summary.sources, start=1):
            name = self.names.of(source.article)
            if name not in seen:
                seen.add(name)
                label = source.outlet or f"source {number}"
                yield Chip("outlet", name, self._colour(label), f"a{number}"), tuple(own.get(name) for own in cells)


# --- parts ------------------------------------------------------------------------------------------


def _marks(summary: Summary) -> Iterator[Mark]:
    for number, line in enumerate(summary.lines, start=1):
        keys = content_keys(line.text)
        for each in line.evidence:
            yield Mark(each, f"l{number}", True, keys)
        for each in line.corroboration:
            yield Mark(each, f"l{number}", False, keys)
    for number, differing in enumerate(summary.disagreements, start=1):
        for each in differing.positions:
            yield Mark(each, f"d{number}", True)


def _line_numbers(marks: Iterable[Mark]) -> list[int]:
    return sorted({int(mark.holder[1:]) for mark in marks if mark.holder.startswith("l")})


def _pieces(text: str, gaps: Iterable[Span], wrong: Iterable[Span]) -> Iterator[tuple[str, str]]:
    """The text cut where spans begin and end; spans may overlap, or lie outside it in a tampered file."""
    spans = [(start, end, "gap") for start, end in gaps] + [(start, end, "wrong") for start, end in wrong]
    bounds = sorted(
        {0, len(text), *(place for start, end, _ in spans for place in (start, end) if 0 < place < len(text))}
    )
    for start, end in pairwise(bounds):
        kinds = {kind for a, b, kind in spans if a <= start and end <= b}
        yield harmless(text[start:end]), "wrong" if "wrong" in kinds else "gap" if kinds else ""


def _claims(line: Line, faults: Iterable[FaultView]) -> Iterator[tuple[str, str]]:
    """The outlets that a given line names, and whether they are found; "" where nothing is said against one."""
    doubted = any(fault.kind == "groundless credit" for fault in faults)
    borne_out = {*line.outlets, *line.also, *(each.outlet for each in wording.carriers(line))}
    for outlet in line.claimed:
        yield named(outlet), "found" if outlet in borne_out else "lost" if doubted else ""


def _kinds(lines: Iterable[LineView]) -> Iterator[str]:
    """What the legend has to explain."""
    for line in lines:
        yield from (chip.kind for chip in line.chips)
        yield from (kind for _, kind in line.pieces if kind)
        yield from (("claim",) if line.claims else ())


def _provenance(summary: Summary, *, is_given: bool) -> Iterator[tuple[str, str]]:
    made = summary.provenance
    yield "Made by", f"newsum {_shown(made.get('newsum', ''))}".strip()
    yield "Writer", _model(made.get("writer")) or ("somebody else" if is_given else "none: the articles' own sentences")
    yield "Judge", _model(made.get("judge")) or "none: rules alone"
    settings = made.get("settings")
    if isinstance(settings, Mapping) and settings:
        yield "Settings", ", ".join(f"{plain(str(name))} = {_shown(value)}" for name, value in settings.items())
    if summary.story_id:
        yield "Story", plain(summary.story_id)


def _model(stated: Any) -> str:
    if not isinstance(stated, Mapping):
        return ""
    details = (f"{word} {_shown(stated[word])}" for word in ("revision", "backend") if stated.get(word))
    return ", ".join((_shown(stated.get("name", "")), *details))


def _shown(value: Any) -> str:
    return plain(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str))


def _counted(count: int, what: str) -> str:
    return f"{count} {what}{'s' * (count != 1)}"
