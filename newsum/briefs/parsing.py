"""Takes somebody's brief apart: its title, its lines with the outlets that they credit, and its credit lines.

What a brief is made of is told by its form: headings, bulleted or numbered rows, tags in brackets or after a
dash, "Credited from: BBC" at the head, "Sources:" and "Further details can be found in ..." at the close. Briefs
that newsum printed, as text or as Markdown, are read back with their remarks and lists left out.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from newsum.briefs.citing import Mark, marks
from newsum.briefs.outlet_tags import Outlets
from newsum.briefs.source_lists import LIST_HEAD, entries_of_row, entry, named_by, tail
from newsum.reading.markdown import Link, Row, blocks
from newsum.system.patterns import regex
from newsum.text.lexicon import FUNCTION_WORDS
from newsum.text.sentences import split
from newsum.text.words import word_count

__all__ = ["Brief", "Credit", "GivenLine", "read_brief"]


@dataclass(frozen=True, slots=True)
class GivenLine:
    """A line without its tags, the outlets that these name, and the marks that lead nowhere, as they are written."""

    text: str
    claimed: tuple[str, ...] = ()
    nowhere: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Credit:
    """Words that credit outlets for the whole text: a header, a closing sentence, a list of sources."""

    text: str
    outlets: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Brief:
    """A given text, taken apart."""

    lines: tuple[GivenLine, ...]
    title: str = ""
    credits: tuple[Credit, ...] = ()
    has_list: bool = False


def read_brief(text: str | Sequence[str], outlets: Outlets) -> Brief:
    """Take a brief apart; the rows of a sequence are lines already and are not split."""
    given = [text] if isinstance(text, str) else [" ".join(row.split()) for row in text]
    rows = [row for part in given for row in (_rows(part) if isinstance(text, str) else [_one_row(part)]) if row.text]
    own = any(_OWN_CREDIT.match(row.text) for row in rows)
    body, credits, numbered = _parted(rows, outlets, own=own)
    outlets.with_footnotes(numbered)
    title, body = _without_headings(body, outlets, own=own, whole=isinstance(text, str))
    lines: list[GivenLine] = []
    for row in body:
        for line in _lines(row, outlets, whole=isinstance(text, str)):
            if (credit := _credit(line.text, outlets)) is not None:
                credits.append(replace(credit, outlets=credit.outlets or line.claimed))
            elif any(map(str.isalnum, line.text)):
                lines.append(line)
            elif lines and (line.claimed or line.nowhere):  # a tag on a row of its own belongs to what stands before it
                claimed, nowhere = (*lines[-1].claimed, *line.claimed), (*lines[-1].nowhere, *line.nowhere)
                lines[-1] = replace(lines[-1], claimed=_once(*claimed), nowhere=_once(*nowhere))
    return Brief(tuple(lines), title, tuple(c for c in credits if c.outlets), outlets.has_list)


# --- rows ---------------------------------------------------------------------------------------

_MARK = regex(r"(?:(?P<bullet>[-*+•])|\(?(?P<number>\d{1,3})[.)])\s+")  # of lists that are not Markdown's


def _rows(text: str) -> Iterator[Row]:
    """The rows of a text; where it is hard-wrapped, its paragraphs."""
    written = list(blocks(text, brief=True))
    paragraphs = ["\n".join(row.text for row in rows) for rows in written]
    wrapped = any("\n" in text[start:end] for text in paragraphs if "\n" in text for start, end in split(text))
    for rows in written:
        yield from map(_row, [_joined(rows)] if wrapped else rows)


def _one_row(text: str) -> Row:
    return _row(_joined([row for rows in blocks(text, brief=True) for row in rows]))


def _joined(rows: Sequence[Row]) -> Row:
    text, links = "", list[Link]()
    for row in rows:
        text += " " if text else ""
        links += [link.moved(len(text)) for link in row.links]
        text += row.text
    return Row(text, rows[0].mark if rows else "", all(row.bold for row in rows), tuple(links))


def _row(row: Row) -> Row:
    """The row with the mark that it has in fact: a heading's where all of it is bold."""
    text, mark, cut = " ".join(row.text.split()), row.mark, 0
    if not mark and (found := _MARK.match(text)) is not None:
        text, mark, cut = text[found.end() :], found["number"] or "-", found.end()
    links = tuple(
        Link(_squeezed(row.text, a.start) - cut, _squeezed(row.text, a.end) - cut, a.address) for a in row.links
    )
    return replace(row, text=text, mark="#" if mark.startswith("#") or (row.bold and not mark) else mark, links=links)


def _squeezed(text: str, at: int) -> int:
    """Where a place in a text is once each white space of it is one."""
    before = text[:at]
    return len(" ".join(before.split())) + (before[-1:].isspace() and bool(before.strip()))


# --- what is not a line -----------------------------------------------------------------------------

_OWN_CREDIT = regex(r"Credited: ")
_OWN_NOTE = regex(
    r"Note: |Outlets differ \(\w+\): |This brief has no lines\.$|Checked: |(?:error|warning|note), [a-z ]+: |"
    r"and \d+ more that no line rests on$"
)
_CREDIT = regex(
    r"(?P<lead>(?:credit(?:s|ed)?(?:\s(?:from|to))?|sources?|source articles?|compiled from|based on|reporting by|"
    r"with reporting (?:by|from)|reported by|originally (?:published|reported) by)(?P<colon>\s*:)?)\s*(?P<names>.+)",
    re.IGNORECASE,
)
_CLOSING = regex(
    r"\b(?:(?:further|more|full|additional)\s(?:details?|information|reading|coverage)\b.*\b(?:found|available|see|"
    r"read|from|in|at)|original (?:articles?|reports?|reporting|stories)\b.*\b(?:from|by|in|at|of)|(?:this|the above) "
    r"(?:article|brief|summary|report|text|digest) (?:draws on|is based on|was (?:compiled|written) from|relies on))\b",
    re.IGNORECASE,
)
_TAIL = regex(r"\b(?:from|by|at|in|on|of|uses|to)\s+(?:the\s)?(?=[A-Z\d])")
_PROPER = regex(r"[A-Z\d][\w&.'’-]*(?:\s(?:(?:of|the|and|&)\s)?[A-Z\d][\w&.'’-]*){0,5}")


def _credit(text: str, outlets: Outlets) -> Credit | None:
    """The row or sentence as a credit for the whole text, or None."""
    bare = text.rstrip(" .")
    if (found := _CREDIT.fullmatch(bare)) is not None:
        names = outlets.listed(found["names"])
        if names is None and found["colon"]:  # an outlet may be credited that nobody knows
            parts = [p.strip() for p in re.split(r"\s*[;,]\s*(?:and\s)?|\sand\s", found["names"])]
            names = tuple(outlets.named(p) or p for p in parts) if all(map(_PROPER.fullmatch, parts)) else None
        if names is not None:
            return Credit(text, names)
    if _CLOSING.search(bare) and (word_count(bare) < 40):
        tails = (outlets.listed(bare[m.end() :]) for m in _TAIL.finditer(bare))
        named = next((names for names in tails if names), None) or outlets.mentioned(bare)
        if named or re.search(r"\boriginal (?:articles?|reports?|stories)\b", bare):
            return Credit(text, named)
    return None


def _parted(rows: Sequence[Row], outlets: Outlets, *, own: bool) -> tuple[list[Row], list[Credit], dict[str, str]]:
    """The rows that may be lines; the credits among the others; and what a list of sources numbers.

    newsum's own list of sources names all that was read; whom it credits stands in its last row.
    """
    body: list[Row] = []
    listed: list[str] = []
    credits: list[Credit] = []
    numbered: dict[str, str] = {}
    section = ""
    closing = len(rows) if own else tail(rows, outlets)
    for place, row in enumerate(rows):
        if LIST_HEAD.fullmatch(row.text):
            section = "sources"
        elif not own and (inline := entries_of_row(row)):
            named = {each.mark: name for each in inline if (name := named_by(each, outlets))}
            listed += named.values()
            numbered |= named
        elif own and row.text.rstrip(":") == "Faults":
            section = "faults"
        elif (own and _OWN_NOTE.match(row.text)) or (section == "faults" and row.mark == "-"):
            continue
        elif (section == "sources" or place >= closing) and (name := named_by(source := entry(row), outlets)):
            listed.append(name)
            numbered[source.mark if source.mark[:1].isalnum() else str(len(listed))] = name
        elif (credit := _credit(row.text, outlets)) is not None:
            credits.append(credit)
            section = ""
        else:
            body.append(row)
            section = ""
    if listed and not own:
        credits.append(Credit("the list of sources", _once(*listed)))
    return body, credits, numbered


_STOPPED = regex(r"[.!?…:;,][\"'”’)\]]*$")
_LONGEST_HEADING = 25  # words


def _without_headings(rows: list[Row], outlets: Outlets, *, own: bool, whole: bool) -> tuple[str, list[Row]]:
    """The title, and the rows without it and without headings inside the text."""
    cut = [_cut_tags(row, outlets) for row in rows]
    stopped = sum(bool(_STOPPED.search(text)) or bool(marks) for text, marks in cut)

    def heads(n: int) -> bool:
        row, (text, marks) = rows[n], cut[n]
        if row.mark == "#":
            return True
        if not whole or row.mark or marks or n == len(rows) - 1 or not any(map(str.isalnum, text)):
            return False
        if own:
            return n == 0  # each of its lines has a tag; only its title has none
        unfinished = not _STOPPED.search(text) and word_count(text) <= _LONGEST_HEADING
        return unfinished and (n == 0 or stopped >= (len(rows) - 1) / 2)

    headings = [n for n in range(len(rows)) if heads(n)]
    title = rows[0].text if 0 in headings else ""
    return title, [row for n, row in enumerate(rows) if n not in headings]


# --- lines and their tags ---------------------------------------------------------------------------

_AT_END = regex(
    r"(?:\s+[—–-]{1,2}\s*|\s+\|\s+|(?<=[.!?”\"])\s*[—–]\s*|\s*\b(?:[Ss]ources?|[Cc]redits?|[Vv]ia):?\s+)([^—–]{2,120})$"
)
_OWN_REMARK = regex(r"\s*\((?:partly supported|not supported|contradicted by the sources)\b(?:[^()“”]|“[^”]*”)*\)")
_AT_START = regex(r"([^:—–.|]{2,60}?)(?::|\s+[—–|-])\s+(?=\S)")


class _Tag(NamedTuple):
    """Where in its row, without its tags, one stood; whom it names, and which of it leads nowhere."""

    at: int
    names: tuple[str, ...]
    nowhere: tuple[str, ...] = ()


def _lines(row: Row, outlets: Outlets, *, whole: bool) -> Iterator[GivenLine]:
    """The sentences of a row, each with the tags that stand after it, or before it where the row opens with one."""
    text, tags = _cut_tags(row, outlets)
    spans = split(text) if whole else ((0, len(text)),)
    claims: list[list[_Tag]] = [[] for _ in spans] or [[]]
    leading = bool(tags) and tags[0].at == 0 and tags[-1].at < len(text)
    for tag in tags:
        before = [n for n, (start, _) in enumerate(spans) if start < tag.at]
        after = [n for n, (start, _) in enumerate(spans) if start >= tag.at]
        order = (after or before) if leading else (before[::-1] or after)
        claims[order[0] if order else 0].append(tag)
    if not spans:
        yield _given("", claims[0])
    for (start, end), own in zip(spans, claims, strict=False):
        for part in _run_together(text[start:end]) if whole else [text[start:end]]:
            yield _given(part, own, outlets.in_prose(part))


def _given(text: str, tags: Sequence[_Tag], in_prose: Sequence[str] = ()) -> GivenLine:
    names = (name for tag in tags for name in tag.names)
    return GivenLine(text, _once(*names, *in_prose), _once(*(mark for tag in tags for mark in tag.nowhere)))


def _cut_tags(row: Row, outlets: Outlets) -> tuple[str, list[_Tag]]:
    """The text of a row without its tags, and where in it each stood."""
    text, kept, at = row.text, "", 0
    tags: list[_Tag] = []
    found = [(mark, tag) for mark in marks(row) if (tag := _read(mark, outlets)) is not None]
    found += [(Mark(*remark.span(), ""), _Tag(0, ())) for remark in _OWN_REMARK.finditer(text)]
    for mark, tag in sorted(found, key=lambda pair: (pair[0].start, -pair[0].end)):
        if mark.start < at:
            continue
        kept += text[at : mark.end if mark.is_prose else mark.start]
        kept = kept if mark.is_prose else kept.rstrip()
        tags.append(tag._replace(at=len(kept)))
        at = mark.end
    kept = kept + text[at:] if kept else text[at:].lstrip()
    return _without_names(kept, tags, outlets)


def _read(mark: Mark, outlets: Outlets) -> _Tag | None:
    """Whom a mark names; None where it is text."""
    if mark.address and (mark.is_prose or not outlets.tag(mark.content)):
        return _linked(mark, outlets)
    if mark.address and (name := outlets.article_at(mark.address)):
        return _Tag(0, (name,))
    if not mark.numbers or outlets.named(mark.content):  # "source 3" may be an outlet's name
        names = outlets.tag(mark.content)
        return None if names is None else _Tag(0, names)
    known = [name for number in mark.numbers if (name := outlets.leads(number))]
    if len(known) < len(mark.numbers) and not mark.is_sure:
        return None
    nowhere = tuple(f"[{number}]" for number in mark.numbers if not outlets.leads(number))
    return _Tag(0, _once(*known), nowhere)


def _linked(mark: Mark, outlets: Outlets) -> _Tag | None:
    """Whom a linked mark names: behind a number its address, behind the sentence's words only an article's."""
    article = outlets.article_at(mark.address)
    if mark.numbers:
        known = tuple(name for number in mark.numbers if (name := outlets.leads(number)))
        name = article or ("" if known else outlets.behind(mark.address))
        return _Tag(0, (name,) if name else known)
    return _Tag(0, (article,)) if article else None


def _without_names(kept: str, tags: list[_Tag], outlets: Outlets) -> tuple[str, list[_Tag]]:
    """The text without the names that stand at its end or its beginning with no brackets around them."""
    if (last := _AT_END.search(kept)) is not None and (names := outlets.listed(last[1].rstrip(" ."))) is not None:
        kept = kept[: last.start()].rstrip()
        tags.append(_Tag(len(kept), names))
    if (first := _AT_START.match(kept)) is not None and (names := outlets.listed(first[1])) is not None:
        kept, cut = kept[first.end() :], first.end()
        tags = [_Tag(0, names), *(tag._replace(at=max(0, tag.at - cut)) for tag in tags)]
    return kept.rstrip(), tags


_OPENERS = (
    "The|It|In|A|An|This|These|They|But|However|Meanwhile|Under|After|Both|While|Although|According|Despite|There"
)
_RUN_ON = regex(rf"(?<=[a-z]{{3}})\s+(?=(?P<opener>{_OPENERS})(?:,\s|\s)(?P<next>[a-z][\w’'-]*))")
# "vitamin A deficiency", "the film The apartment": here a capital begins no sentence
_BEFORE_CAPITAL = frozenset(
    "vitamin hepatitis group plan grade class type category level series league section part annex article point "
    "influenza film movie book novel song album show game magazine paper play called titled named entitled".split()
)
_LEAST_PART = 4  # words on either side


def _run_together(sentence: str) -> list[str]:
    """Two sentences where a full stop was left out before a word that surely begins one, else the sentence."""
    for found in _RUN_ON.finditer(sentence):
        left, right = sentence[: found.start()], sentence[found.end() :]
        last = left.rsplit(None, 1)[-1].lower()
        quoted = left.count('"') % 2 or left.count("“") > left.count("”") or left.count("(") > left.count(")")
        if quoted or last in FUNCTION_WORDS or last in _BEFORE_CAPITAL:
            continue
        if found["opener"] == "A" and found["next"] in FUNCTION_WORDS | {"levels", "level"}:
            continue
        if min(word_count(left), word_count(right)) >= _LEAST_PART:
            return [left, *_run_together(right)]
    return [sentence]


def _once(*names: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))
