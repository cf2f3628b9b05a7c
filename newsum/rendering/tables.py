"""Articles, stories, faults and the like -> the table that a notebook shows of them, a row each.

In: one value of newsum's types, or several of one type. Out: a `Table` of plain strings, which notebook.py writes as
HTML or Markdown; nothing here is markup.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from newsum.articles import Article, Sentence, Story
from newsum.rendering.names import named
from newsum.rendering.plain import day, link, plain, quoted, unmistakable
from newsum.rendering.report import colour_of
from newsum.summary import Disagreement, Evidence, Failure, Fault, Source, Summary
from newsum.text.words import word_count

__all__ = ["Cell", "Table", "figures", "table_of"]

_ROWS = 100  # of a long list
_BEGINNING = 20_000  # characters of an article's text
_NAMES = 6  # outlets in a cell


@dataclass(frozen=True, slots=True)
class Cell:
    """A stretch of a row.

    Attributes:
        kind: "outlet", a severity, "number", "date", or "" for plain text.
        colour: an outlet's class in outlets.css; "" where it has none.
    """

    text: str
    kind: str = ""
    colour: str = ""
    link: str | None = None


Row = tuple[tuple[Cell, ...], ...]  # cells, each of one stretch or more


@dataclass(frozen=True, slots=True)
class Table:
    """What is shown.

    Attributes:
        title: what stands above it; "" for nothing.
        more: how many rows were left out.
        text: paragraphs to unfold below it.
    """

    head: tuple[str, ...]
    rows: tuple[Row, ...]
    title: str = ""
    more: int = 0
    text: tuple[str, ...] = ()


def table_of(values: Sequence[Any]) -> Table:
    """The table of one value or more, all of one type.

    Raises:
        KeyError: newsum shows no table of that type.
    """
    return _TABLES[type(values[0])](values)


def figures(head: Sequence[str], rows: Iterable[Sequence[str | int]]) -> Table:
    """A table of figures, each row with a name first."""
    kinds = ("", *("number",) * (len(head) - 1))
    cells = (tuple((Cell(plain(str(value)), kind),) for value, kind in zip(row, kinds, strict=True)) for row in rows)
    return Table(tuple(head), tuple(cells))


class _Colours:
    """The outlets' colours, in the order in which they are met, as a report has them."""

    def __init__(self) -> None:
        self._places: dict[str, int] = {}

    def outlet(self, label: str, name: str = "") -> Cell:
        place = self._places.setdefault(label, len(self._places))
        return Cell(name or named(label), "outlet", colour_of(place))

    def outlets(self, labels: Sequence[str]) -> tuple[Cell, ...]:
        """Several in one cell, the first few by name."""
        shown = tuple(map(self.outlet, labels[:_NAMES]))
        more = len(labels) - len(shown)
        return (*shown, Cell(f"and {more} more")) if more else shown


def _table(head: Sequence[str], values: Sequence[Any], row: Callable[[int, Any], Iterable[Any]], **rest: Any) -> Table:
    rows = (_row(row(number, value)) for number, value in enumerate(values[:_ROWS], start=1))
    return Table(tuple(head), tuple(rows), more=max(0, len(values) - _ROWS), **rest)


def _row(cells: Iterable[Any]) -> Row:
    return tuple(cell if isinstance(cell, tuple) else (_cell(cell),) for cell in cells)


def _cell(value: Any) -> Cell:
    if isinstance(value, Cell):
        return value
    return Cell(plain(value)) if isinstance(value, str) else Cell(str(value), "number")


# --- what comes in ------------------------------------------------------------------------------------


def _articles(articles: Sequence[Article], title: str = "") -> Table:
    colours = _Colours()

    def row(number: int, article: Article) -> Iterator[Any]:
        yield from _published(number, article, colours)
        yield word_count(article.text)

    text = _paragraphs(articles[0].text) if len(articles) == 1 and not title else ()
    return _table(("outlet", "date", "headline", "words"), articles, row, title=title, text=text)


def _published(number: int, one: Article | Source, colours: _Colours) -> Iterator[Cell]:
    """Who published it, when, and under which headline."""
    label = one.outlet or f"source {number}"
    yield colours.outlet(label, "" if one.outlet else label)
    yield Cell(day(one.published), "date")
    yield Cell(plain(one.title) or "untitled", link=link(one.url))


def _paragraphs(text: str) -> tuple[str, ...]:
    rows = tuple(filter(None, map(plain, text[:_BEGINNING].splitlines())))
    return (*rows, "…") if len(text) > _BEGINNING else rows


def _stories(stories: Sequence[Story]) -> Table:
    if len(stories) == 1:
        (story,) = stories
        return _articles(story.articles, plain(story.title) or plain(story.id or "") or "A story")
    colours = _Colours()

    def row(_: int, story: Story) -> Iterator[Any]:
        days = sorted(filter(None, (day(article.published) for article in story.articles)))
        yield plain(story.title) or plain(story.id or "") or "untitled"
        yield len(story.articles)
        yield colours.outlets(story.outlets)
        yield " to ".join(dict.fromkeys((days[0], days[-1]))) if days else ""

    return _table(("story", "articles", "outlets", "dates"), stories, row)


def _sentences(sentences: Sequence[Sentence]) -> Table:
    colours = _Colours()

    def row(_: int, sentence: Sentence) -> Iterator[Any]:
        yield colours.outlet(sentence.article.outlet)
        yield f"{sentence.start} to {sentence.end}"
        yield quoted(sentence.text)

    return _table(("outlet", "characters", "sentence"), sentences, row)


# --- what comes out -----------------------------------------------------------------------------------


def _summaries(summaries: Sequence[Summary]) -> Table:
    colours = _Colours()

    def row(_: int, summary: Summary) -> Iterator[Any]:
        yield plain(summary.title) or plain(summary.story_id or "") or "untitled"
        yield unmistakable(summary.lines[0].text) if summary.lines else ""
        yield len(summary.lines)
        yield colours.outlets(summary.credits)
        yield len(summary.faults)

    return _table(("brief", "first line", "lines", "credited", "faults"), summaries, row)


def _evidence(evidence: Sequence[Evidence]) -> Table:
    colours = _Colours()

    def row(_: int, one: Evidence) -> Iterator[Any]:
        yield colours.outlet(one.outlet)
        yield f"{one.start} to {one.end}"
        yield quoted(one.quote)
        yield Cell(f"{one.score:.2f}", "number")

    return _table(("outlet", "characters", "quote", "score"), evidence, row)


def _sources(sources: Sequence[Source]) -> Table:
    colours = _Colours()

    def row(number: int, source: Source) -> Iterator[Any]:
        yield from _published(number, source, colours)

    return _table(("outlet", "date", "headline"), sources, row)


def _disagreements(disagreements: Sequence[Disagreement]) -> Table:
    colours = _Colours()
    sides = [(point, side) for point, differing in enumerate(disagreements, start=1) for side in differing.positions]

    def row(_: int, told: tuple[int, Evidence]) -> Iterator[Any]:
        point, side = told
        yield point
        yield disagreements[point - 1].kind
        yield colours.outlet(side.outlet)
        yield quoted(side.quote)

    return _table(("point", "on a", "outlet", "says"), sides, row)


def _faults(faults: Sequence[Fault]) -> Table:
    def row(_: int, fault: Fault) -> Iterator[Any]:
        yield "whole" if fault.line is None else fault.line + 1
        yield Cell(plain(fault.severity), fault.severity)
        yield plain(fault.kind)
        yield plain(fault.message)

    return _table(("line", "severity", "kind", "what is wrong"), faults, row)


def _failures(failures: Sequence[Failure]) -> Table:
    def row(_: int, failure: Failure) -> Iterator[Any]:
        yield "whole" if failure.line is None else failure.line + 1
        yield plain(failure.kind)
        yield plain(failure.message)

    return _table(("line", "kind", "what does not hold"), failures, row)


_TABLES: Mapping[type, Callable[[Sequence[Any]], Table]] = {
    Article: _articles,
    Disagreement: _disagreements,
    Evidence: _evidence,
    Failure: _failures,
    Fault: _faults,
    Sentence: _sentences,
    Source: _sources,
    Story: _stories,
    Summary: _summaries,
}
