"""Finds the marks by which a brief cites: numbers in brackets of every kind, raised figures, and links.

In: a row of a brief with its links. Out: `Mark`s, in order: where each stands, what it says, and where it leads.
What a number means stands in the list of sources (source_lists.py); who is behind a name or an address, outlet_tags.py
knows.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from newsum.outlets.names import is_host
from newsum.reading.markdown import Row
from newsum.system.patterns import regex

__all__ = ["Mark", "marks", "numbers"]

_MARK = regex(
    r"\[(?P<first>\^?\d{1,3})\]\s?[-–]\s?\[(?P<last>\^?\d{1,3})\]|"  # [1]-[3]
    r"\((?P<round>[^()]*(?:\([^()]*\)[^()]*)?)\)|\[(?P<square>[^\[\]]*)\]|【(?P<full>[^【】]*)】|"
    r"<sup>\s*\[?(?P<html>\d{1,3})\]?\s*</sup>|(?<=[.,;:!?”\"’)\w])(?<!\bm)(?<!\bkm)(?<!\bcm)(?<!\bft)(?P<raised>[⁰¹²³⁴-⁹]+)|"
    r"\ue200(?:cite)?\ue202?(?P<private>[^\ue200\ue201]*)\ue201"
)
_AFTER_DASH = regex(r"\s+[—–]\s*([A-Z][^.—–]{1,80}?)(?=\.(?:\s|$))")
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_NUMBERS = regex(
    r"(?:(?:sources?|refs?|references?|citations?|cite|note|fn|see)\b[.:]?\s*)?"
    r"(?P<all>\^?\d{1,3}(?::\d{1,3})?\^?(?:\s*(?:[,;&–-]|and)\s*\^?\d{1,3}\^?)*)(?:\s*†[^\]】]*)?"
    r"|\^(?P<name>[A-Za-z][\w.-]{0,30})",  # [^wire], a footnote by its name
    re.IGNORECASE,
)
_PART = regex(r"(?P<joint>[–-])?\s*\^?(?P<number>\d{1,3})")
_LONGEST_RANGE = 50
_POINTERS = frozenset({"source", "link", "article", "report", "here", "↗", "→"})  # linked words that say nothing
_WRAPPING = "()[]【】 ^*"


class Mark(NamedTuple):
    """A mark at start..end of a row, half-open.

    Attributes:
        content: what stands in it.
        numbers: the numbers that it holds, where it holds nothing else.
        address: where it leads.
        is_sure: its brackets hold only citations, so that a number in them is one whatever it leads to.
        is_prose: the words of the sentence themselves are the link.
    """

    start: int
    end: int
    content: str
    numbers: tuple[str, ...] = ()
    address: str = ""
    is_sure: bool = False
    is_prose: bool = False


def marks(row: Row) -> list[Mark]:
    """What may be a mark in a row, in order; of two that overlap the outer one goes first."""
    found = [*_written(row), *(Mark(m.start(), m.end(), m[1]) for m in _AFTER_DASH.finditer(row.text)), *_linked(row)]
    return sorted(found, key=lambda mark: (mark.start, -mark.end, not mark.address))


def numbers(content: str) -> tuple[str, ...]:
    """The numbers of a citation, ranges filled, or its footnote's name; nothing where it is none.

    >>> numbers("1-3"), numbers("2†source"), numbers("cite: 1, 4"), numbers("^wire"), numbers("BBC")
    (('1', '2', '3'), ('2',), ('1', '4'), ('wire',), ())
    """
    match = _NUMBERS.fullmatch(content.strip())
    if match is None:
        return ()
    if match["name"]:
        return (match["name"],)
    found: list[int] = []
    for part in _PART.finditer(re.sub(r":\d+", "", match["all"])):
        number = int(part["number"])
        if part["joint"] and found and found[-1] < number <= found[-1] + _LONGEST_RANGE:
            found += range(found[-1] + 1, number + 1)
        else:
            found.append(number)
    return tuple(map(str, found))


def _written(row: Row) -> Iterator[Mark]:
    """Brackets and raised figures."""
    for match in _MARK.finditer(row.text):
        if match["first"]:
            content = f"{match['first']}-{match['last']}"
        else:
            content = next((part for part in match.groups() if part is not None), "")
        if match["raised"]:
            content = content.translate(_RAISED)
        found = (content,) if match["private"] is not None else numbers(content)
        is_sure = match["round"] is None and bool(found)
        inside = [link for link in row.links if match.start() <= link.start and link.end <= match.end()]
        address = inside[0].address if len(inside) == 1 else ""
        yield Mark(match.start(), match.end(), content, found, address, is_sure)


def _linked(row: Row) -> Iterator[Mark]:
    """Links: of a number or a name, which are marks, or of the sentence's own words."""
    for link in row.links:
        words = row.text[link.start : link.end]
        bare = words.strip(_WRAPPING)
        found = numbers(bare)
        is_prose = not found and bare.lower() not in _POINTERS and not is_host(bare)
        yield Mark(link.start, link.end, bare, found, link.address, bool(found), is_prose)
