"""A value of newsum's, or several of one type -> what a notebook shows of it, as a fragment of HTML or as Markdown.

In: a `Summary`, `Line`, `Article`, `Story`, `Fault` ..., or a sequence of one of these. Out: HTML that brings its own
style, for light and dark surroundings, without a script; or Markdown. Both hold the same; in both an article's text
stays text, as in the briefs themselves.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from newsum.rendering import wording
from newsum.rendering.html import templates
from newsum.rendering.markdown import escaped, inner, linked, to_markdown
from newsum.rendering.names import Names
from newsum.rendering.plain import day, link, plain, quoted, unmistakable
from newsum.rendering.report import LineView, report_of
from newsum.rendering.tables import Cell, Table, table_of
from newsum.rendering.verdict import faults_told_once, is_checked
from newsum.summary import Evidence, Line, Source, Summary

__all__ = ["table_fragment", "table_note", "to_fragment", "to_note"]


def to_fragment(shown: Any) -> str:
    """A value, or a sequence of values of one type, as a fragment of HTML."""
    if isinstance(shown, Summary):
        return _rendered("brief", _brief(shown))
    values = _several(shown)
    if isinstance(values[0], Line):
        return _rendered("lines", {"lines": _lines(_around(values))})
    return table_fragment(table_of(values))


def to_note(shown: Any) -> str:
    """A value, or a sequence of values of one type, as Markdown."""
    if isinstance(shown, Summary):
        return to_markdown(shown)
    values = _several(shown)
    if isinstance(values[0], Line):
        return "\n".join(_line_notes(_around(values))) + "\n"
    return table_note(table_of(values))


def table_fragment(table: Table) -> str:
    """A table as a fragment of HTML."""
    return _rendered("table", {"table": table})


def table_note(table: Table) -> str:
    """A table as Markdown, its text as paragraphs below it."""
    title = f"### {escaped(table.title)}\n\n" if table.title else ""
    rows = (table.head, ("---",) * len(table.head))
    written = [" | ".join(row) for row in rows]
    written += [" | ".join(" ".join(map(_stretch, cells)) for cells in row) for row in table.rows]
    more = f"\nand {table.more} more\n" if table.more else ""
    text = "".join(f"\n{escaped(paragraph)}\n" for paragraph in table.text)
    return title + "".join(f"| {row} |\n" for row in written) + more + text


def _several(shown: Any) -> Sequence[Any]:
    return shown if isinstance(shown, list | tuple) else (shown,)


def _rendered(form: str, values: dict[str, Any]) -> str:
    return templates().get_template(f"notebook-{form}.html.jinja").render(values)


def _stretch(cell: Cell) -> str:
    if cell.link:
        return linked(cell.text, cell.link)
    text = inner(cell.text)
    return f"**{text}**" if cell.kind == "outlet" and text else text


# --- briefs and their lines ---------------------------------------------------------------------------


def _around(lines: Sequence[Line]) -> Summary:
    """A brief of these lines, and of the sources that their evidence tells of."""
    outlets = {each.article: each.outlet for line in lines for each in (*line.evidence, *line.corroboration)}
    sources = (Source(key, outlet, False, "", None, None, "") for key, outlet in outlets.items())
    return Summary(tuple(lines), sources=tuple(sources))


def _brief(summary: Summary) -> dict[str, Any]:
    names = Names(summary)
    whole = faults_told_once(summary).get(None, ())
    return {
        "lines": _lines(summary),
        "no_lines": wording.NO_LINES,
        "checked": wording.checked(summary) if is_checked(summary) else "",
        "title": plain(summary.title),
        "disagreements": [wording.disagreement(differing, names) for differing in summary.disagreements],
        "faults": [wording.fault(fault) for fault in whole],
        "notices": [plain(notice) for notice in summary.notices],
        "sources": [_source(source, names) for source in summary.sources],
        "credited": wording.credited(summary, names),
    }


def _lines(summary: Summary) -> list[dict[str, Any]]:
    """The lines of a brief, as the template prints them."""
    names = Names(summary)
    links = {source.article: link(source.url) for source in summary.sources}
    views = (line for paragraph in report_of(summary).paragraphs for line in paragraph)
    faults = faults_told_once(summary)
    return [
        {**_line(line, view, links, names), "faults": [wording.fault(fault) for fault in faults.get(number, ())]}
        for number, (line, view) in enumerate(zip(summary.lines, views, strict=True))
    ]


def _line(line: Line, view: LineView, links: dict[str, str | None], names: Names) -> dict[str, Any]:
    return {
        "pieces": view.pieces,
        "chips": [chip for chip in view.chips if chip.kind != "near"],
        "nobody": view.nobody,
        "standing": view.standing,
        "quotes": [
            {"outlet": names.by(each), "text": quoted(each.quote), "link": links.get(each.article), "note": note}
            for each, note in _quotes(line, names)
        ],
    }


def _quotes(line: Line, names: Names) -> Iterator[tuple[Evidence, str]]:
    """Each quote behind a line, and what it is to it."""
    for each in line.evidence:
        yield each, wording.carrying(each, names)
    for each in line.corroboration:
        yield each, wording.carrying(each, names) or wording.agreeing(each, line)


def _source(source: Source, names: Names) -> dict[str, Any]:
    return {
        "name": wording.source_name(source, names),
        "title": plain(source.title),
        "address": plain(source.url or ""),
        "link": link(source.url),
        "date": day(source.published),
    }


def _line_notes(summary: Summary) -> Iterator[str]:
    """The lines as a list in Markdown, each quote below its line."""
    names = Names(summary)
    for number, line in enumerate(summary.lines, start=1):
        remarks = map(escaped, wording.remarks(line, names))
        tag = f"**{escaped(wording.tag(line, names))}**"
        yield " ".join((f"{number}.", escaped(unmistakable(line.text)), tag, *remarks))
        for each, note in _quotes(line, names):
            said = f" ({note})" if note else ""
            yield f"    - {escaped(f'{names.by(each)}{said}: {quoted(each.quote)}')}"
