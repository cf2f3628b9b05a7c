"""A summary -> plain text, one row for each line, not wrapped; and the same in parts, for a terminal to colour.

In: a `Summary`. Out: blocks with a blank line between them, as a newsroom would send the brief: its lines are
paragraphs, numbered only where faults speak of them by number. Where the evidence is asked for, it stands under each
line.
"""

from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

from newsum.rendering import wording
from newsum.rendering.names import Names
from newsum.rendering.plain import day, link, plain, quoted, unmistakable
from newsum.rendering.verdict import FaultView, faults_told_once, is_checked
from newsum.summary import Evidence, Line, Source, Summary

__all__ = ["INDENT", "Part", "Row", "Style", "blocks", "to_text"]

Style = Literal["", "title", "outlet", "remark", "doubt", "error", "warning", "note", "heading", "quote", "address"]
INDENT = "    "  # of a quote under its line


class Part(NamedTuple):
    """A stretch of a row.

    Attributes:
        colour: the place of the outlet that it names.
        link: the address that it leads to, percent-encoded.
    """

    text: str
    style: Style = ""
    colour: int | None = None
    link: str | None = None


Row = tuple[Part, ...]


def to_text(summary: Summary, *, evidence: bool = False) -> str:
    """The brief as text: title, tagged lines, disagreements, notices, sources, credits.

    Of a given text the verdict stands on top, each line's faults under it, and the whole text's below.

    Args:
        evidence: print under each line what it rests on and who else is on it, quoted.
    """
    return "\n\n".join("\n".join(map(_joined, rows)) for rows in blocks(summary, evidence=evidence))


def _joined(row: Row) -> str:
    return "".join(part.text for part in row)


def blocks(summary: Summary, *, evidence: bool = False) -> Iterator[list[Row]]:
    """The blocks of the text, each a list of rows."""
    names = Names(summary)
    links = {source.outlet: link(source.url) for source in reversed(summary.sources)}
    faults = faults_told_once(summary)
    if is_checked(summary):
        yield [(Part(wording.checked(summary), "heading"),)]
    if title := plain(summary.title):
        yield [(Part(title, "title"),)]
    for number, line in enumerate(summary.lines, start=1):
        mark = (Part(f"{number}. "),) if summary.faults else ()
        own = (_fault(found, INDENT) for found in faults.get(number - 1, ()))
        yield [(*mark, *_line(line, names, links)), *own, *(_quotes(line, names) if evidence else ())]
    if not summary.lines:
        yield [(Part(wording.NO_LINES),)]
    if summary.disagreements:
        yield [(Part(wording.disagreement(differing, names), "note"),) for differing in summary.disagreements]
    if whole := faults.get(None):
        yield [(Part("Faults:", "heading"),), *(_fault(found) for found in whole)]
    if summary.notices:
        yield [(Part(f"Note: {plain(notice)}", "note"),) for notice in summary.notices]
    if summary.sources:
        listed, rest = wording.listed(summary)
        rows = [_source(number, source, names) for number, source in listed]
        yield [(Part("Sources:", "heading"),), *rows, *([(Part(rest, "remark"),)] if rest else ())]
    yield [(Part(wording.credited(summary, names), "remark"),)]


def _fault(found: FaultView, indent: str = "") -> Row:
    return Part(f"{indent}- "), Part(wording.fault(found), found.severity)


def _line(line: Line, names: Names, links: dict[str, str | None]) -> Iterator[Part]:
    yield Part(f"{unmistakable(line.text)} ")
    credits = [
        Part(wording.credit(outlet, line, names), "outlet", names.colour(outlet), links.get(outlet))
        for outlet in line.outlets
    ]
    yield Part("[", "outlet")
    yield from _separated(credits or [Part(wording.no_credit(line, names), "doubt")], "; ")
    yield Part("]", "outlet")
    standing = wording.standing(line)
    for remark in wording.remarks(line, names):
        yield Part(" ")
        yield Part(remark, "doubt" if remark == f"({standing})" else "remark")


def _separated(parts: Iterable[Part], mark: str) -> Iterator[Part]:
    for place, part in enumerate(parts):
        if place:
            yield Part(mark, "outlet")
        yield part


def _quotes(line: Line, names: Names) -> Iterator[Row]:
    for each in line.evidence:
        yield _quote(each, names, wording.carrying(each, names) or "the line rests on this")
    for each in line.corroboration:
        yield _quote(each, names, wording.carrying(each, names) or wording.agreeing(each, line))


def _quote(evidence: Evidence, names: Names, role: str) -> Row:
    place = f", characters {evidence.start} to {evidence.end}, {role}: "
    whose = Part(names.by(evidence), "outlet", names.colour(evidence.outlet))
    return Part(INDENT), whose, Part(place, "remark"), Part(quoted(evidence.quote), "quote")


def _source(number: int, source: Source, names: Names) -> Row:
    # The address stands last, where no comma of ours can be taken for a part of it.
    target = link(source.url)
    parts = [Part(wording.source_name(source, names), "outlet", names.colour(source.outlet or f"source {number}"))]
    if plain(source.title):
        parts.append(Part(quoted(source.title), "remark", link=target))
    if published := day(source.published):
        parts.append(Part(published, "remark"))
    if address := plain(source.url or ""):
        parts.append(Part(address, "address", link=target))
    return Part(f"{number}. "), *_separated(parts, ", ")
