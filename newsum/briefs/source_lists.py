"""Reads the list of sources at a brief's end: which number stands for whom.

In: the rows of a brief. Out: for each row that is an entry, its number and the outlet that it names.
An entry may be a name, a title, an address or all of them, numbered in any way, under a heading or without one.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from newsum.briefs.outlet_tags import Outlets
from newsum.reading.markdown import Row
from newsum.system.patterns import regex

__all__ = ["LIST_HEAD", "entries_of_row", "entry", "named_by", "tail"]

LIST_HEAD = regex(
    r"(?:list of )?(?:sources?(?: (?:used|cited|list))?|references?|citations?|credits|footnotes?|notes|links|"
    r"bibliography|works cited|further reading|read more|learn more|articles(?: (?:used|cited))?):?",
    re.IGNORECASE,
)
_LEAD = regex(rf"{LIST_HEAD.pattern.removesuffix(':?')}\s*:\s*", re.IGNORECASE)
_NUMBERED = regex(
    r"(?:\[\^?(\d{1,3})\]:?|\[\^([A-Za-z][\w.-]{0,30})\]:|【(\d{1,3})】:?|\^(\d{1,3})[:.]?|([⁰¹²³⁴-⁹]{1,3})|\(?(\d{1,3})[.):])\s*"
)
_PARTED = regex(r"(?:^|[\s;,|]\s*)(?=(?:\[\^?\d{1,3}\]|【\d{1,3}】|\(?\d{1,3}[.)])\s)")
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_ADDRESS = regex(r"https?://[^\s)>\]]+")
_PARTS = regex(r"\s*[,:|]\s+|\s+[–—-]\s+|\s*[“\"(]|\.\s+[“\"]?")
_PROPER = regex(r"[A-Z\d][\w&.'’-]*(?:\s(?:(?:of|the|and|&)\s)?[A-Z\d][\w&.'’-]*){0,5}")


def entry(row: Row) -> Row:
    """The row with the number that it opens with as its mark.

    >>> entry(Row("[^2]: Harlow Wire")).mark, entry(Row("Harlow Wire")).mark
    ('2', '')
    """
    match = _NUMBERED.match(row.text)
    if match is None or match.end() == len(row.text):
        return row
    number = next(group for group in match.groups() if group)
    links = tuple(link.moved(-match.end()) for link in row.links)
    return replace(row, text=row.text[match.end() :], mark=number.translate(_RAISED), links=links)


def entries_of_row(row: Row) -> list[Row]:
    """The entries of a list that stands in one row: "Sources: [1] BBC; [2] Reuters"; none where it is no such list."""
    lead = _LEAD.match(row.text)
    if lead is None:
        return []
    parts = [part.strip(" ;,|") for part in _PARTED.split(row.text[lead.end() :])]
    found = [entry(Row(part)) for part in parts if part]
    return found if found and all(row.mark for row in found) else []


def tail(rows: Sequence[Row], outlets: Outlets) -> int:
    """Where the closing rows begin that are entries of a list without a heading; the end where there are none."""
    start = len(rows)
    while (
        start and (found := entry(rows[start - 1])) is not rows[start - 1] and named_by(found, outlets, strictly=True)
    ):
        start -= 1
    return start


def named_by(row: Row, outlets: Outlets, *, strictly: bool = False) -> str:
    """The outlet that an entry names, known or not; "" where the row is no entry.

    Args:
        strictly: only by an address, an article's title, or a name that opens it.
    """
    addresses = [*(link.address for link in row.links), *_ADDRESS.findall(row.text)]
    if found := next((name for url in addresses if (name := outlets.article_at(url))), ""):
        return found
    parts = [part for part in _PARTS.split(row.text) if part]
    named = next((name for part in (parts[:1] if strictly else parts) if (name := outlets.named(part))), "")
    if found := named or outlets.titled(row.text):
        return found
    if found := next((name for url in addresses if (name := outlets.behind(url))), ""):
        return found
    if strictly:
        return ""
    mentioned = outlets.mentioned(row.text)
    if len(mentioned) == 1:
        return mentioned[0]
    return parts[0] if row.mark and parts and _PROPER.fullmatch(parts[0]) else ""
