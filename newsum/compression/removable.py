"""Finds the parts that a sentence can lose by themselves, and says what it leaves without some of them.

A part is found by its marks and its first word, and is one only where the rules of deletion_rules.py let the sentence
lose it.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations, islice, pairwise
from typing import Literal, get_args

from newsum.compression.deletion_rules import (
    CLAUSE_HEADS,
    DETERMINERS,
    LINKS,
    LINKS_BACK,
    PHRASE_HEADS,
    VERB,
    WEEKDAY,
    Token,
    may_lose_lead,
    may_lose_middle,
    may_lose_tail,
    tokens,
)
from newsum.text.lexicon import FUNCTION_WORDS
from newsum.text.words import word_count

__all__ = ["KINDS", "Kind", "Part", "choices", "parts", "without", "without_weekdays"]

Kind = Literal["lead", "day", "bracket", "insertion", "phrase", "tone", "tail"]
KINDS: tuple[Kind, ...] = get_args(Kind)

_FEWEST = 8  # words of a cut sentence; below, a line says too little
_AT_ONCE = 3  # parts that one cut may lose
_MOST = 40  # cuts of one sentence
_LINKING = re.compile(rf"(?<!\bbut)(?<!\band)(?<!\bonly)(?: also(?= [a-z])|, (?:{'|'.join(sorted(LINKS_BACK))}),)")
_LONGEST_PHRASE = 9  # words
_VOWELS = "aeiou"

_QUOTE_MARK = re.compile(r"[“”\"]")
_DAY = re.compile(
    rf" (?:(?:late |early )?on |late |early )?{WEEKDAY}"
    r"(?: (?:morning|afternoon|evening|night))?(?=[ .,])"
)
_OF_DAY = re.compile(
    r"[ ,]*(?:and|or|to|through|\d|[A-Z]|(?:[a-z]+ )?(?:session|meeting|vote|edition|game|attack|event)\b)"
)
_LEADS_ON = re.compile(
    rf"\b(?:{'|'.join(sorted(PHRASE_HEADS | LINKS | DETERMINERS))}|last|this|next|each|published|released|dated|aired|"
    r"issued|posted|scheduled|due|set|starting|beginning|until)$",
    re.IGNORECASE,
)
_MARK = re.compile(r", |\s?[—–]\s?| [―-]{1,2} ")
_BRACKETS = re.compile(r" [(\[][^()\[\]]{1,80}[)\]]|, [DRI]-[A-Z][A-Za-z.]*(?:,(?= )|(?=\.$))")  # ", R-Utah,"
_TONE = frozenset(  # how somebody found it, or how it was done; never whether
    "formally officially publicly angrily sharply strongly quickly swiftly immediately suddenly finally firmly "
    "harshly forcefully fiercely openly repeatedly abruptly briefly whopping stunning shocking explosive "
    "controversial scathing stinging blistering brazen audacious dramatic dramatically remarkable extraordinary "
    "incredible astonishing famous famously infamous notorious iconic embattled outspoken fiery brutal horrific "
    "horrifying terrifying tragic bizarre heartbreaking sensational spectacular staggering".split()
)
_ENDS_PHRASE = PHRASE_HEADS | {"to", "for", "with"}
_LEADS_BACK = PHRASE_HEADS - CLAUSE_HEADS | {"for", "to", "with"}  # to what stands before: "met Ali, | in Doha"
_ALL_OR_NONE = re.compile(
    r"\b(?:not|no|never|none|nobody|nothing|neither|nor|without|all|every|each|any|only|most|few|fewer|half|majority)\b|"
    r"n[’']t\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, order=True)
class Part:
    """Where a part of a sentence stands."""

    start: int
    end: int
    kind: Kind


def choices(text: str) -> Iterator[tuple[str, tuple[Part, ...]]]:
    """The shorter sentences that a sentence leaves without up to three parts, and those parts; fewest parts first.

    >>> [left for left, lost in choices("The bank (the fifth largest) will close 96 branches on Monday.")]
    ['The bank will close 96 branches on Monday.', 'The bank (the fifth largest) will close 96 branches.']
    """
    losable = parts(text)
    sets = (c for n in range(1, _AT_ONCE + 1) for c in combinations(losable, n) if _are_apart(c))
    found: dict[str, tuple[Part, ...]] = {}
    for lost in islice(sets, 4 * _MOST):
        found.setdefault(without(text, lost), lost)
    return islice(((left, lost) for left, lost in found.items() if word_count(left) >= _FEWEST), _MOST)


def _are_apart(lost: Sequence[Part]) -> bool:
    return all(left.end <= right.start for left, right in pairwise(lost))


def without(text: str, lost: Sequence[Part]) -> str:
    """The text less some parts, spaces and marks mended, its first letter a capital."""
    ends = [0, *(part.end for part in lost)]
    starts = [*(part.start for part in lost), len(text)]
    kept = "".join(text[a:b] for a, b in zip(ends, starts, strict=True))
    kept = " ".join(kept.split()).replace(" ,", ",").replace(" .", ".").replace(",.", ".")
    return kept[:1].upper() + kept[1:]


def without_weekdays(text: str) -> str:
    """The text less the weekdays that it can lose."""
    return without(text, [Part(start, end, "day") for start, end in _days((), text)])


@lru_cache(maxsize=256)  # a sentence's parts are weighed, then put together
def parts(text: str) -> tuple[Part, ...]:
    """What the sentence can lose by itself, from left to right, none of it in a quotation."""
    whole = tokens(text)
    if len(whole) < _FEWEST:
        return ()
    ways = (_lead, _days, _brackets, _insertions, _phrases, _tone, _tails)
    marks = [m.start() for m in _QUOTE_MARK.finditer(text)]
    spans = {
        (start, end): kind
        for kind, way in reversed(list(zip(KINDS, ways, strict=True)))
        for start, end in way(whole, text)
        if bisect_left(marks, start) % 2 == 0 and bisect_left(marks, end) % 2 == 0
    }
    return tuple(sorted(Part(start, end, kind) for (start, end), kind in spans.items()))


# --- the kinds --------------------------------------------------------------------------------------------

_Spans = Iterator[tuple[int, int]]


def _lead(whole: Sequence[Token], text: str) -> _Spans:
    """What stands before the first comma."""
    first = next((n for n in range(1, len(whole)) if text[whole[n - 1].end :].startswith(", ")), None)
    if first is not None and may_lose_lead(whole[:first], whole[first], text):
        yield 0, whole[first].start


def _days(_: Sequence[Token], text: str) -> _Spans:
    for found in _DAY.finditer(text):
        before = text[: found.start()]
        if not (_OF_DAY.match(text, found.end()) or before.endswith(",") or _LEADS_ON.search(before)):
            yield found.span()


def _brackets(_: Sequence[Token], text: str) -> _Spans:
    return (found.span() for found in _BRACKETS.finditer(text))


def _insertions(whole: Sequence[Token], text: str) -> _Spans:
    """What stands between two commas or dashes; one comma stays before a clause."""
    lead = next((end for _, end in _lead(whole, text)), 0)
    marks = [n for n, (left, right) in enumerate(pairwise(whole)) if _MARK.fullmatch(text[left.end : right.start])]
    for place, before in enumerate(marks):
        for after in (mark + 1 for mark in marks[place + 1 : place + 3]):
            left, right = whole[before], whole[after]
            gap = text[left.end : right.start]
            takes_subject = left.end < lead and VERB.match(text, right.start)  # "Meanwhile, | Kerry, of Ohio, | said"
            if takes_subject or not may_lose_middle(whole, before, after, text):
                continue
            goes_on = right.key.endswith("ing") or right.key in CLAUSE_HEADS  # "in Doha, | calling it a test"
            closes = gap.startswith(", ") and gap.endswith(", ")
            if closes and (goes_on or _is_apposed(text[lead : left.end])):
                yield left.end, right.start - 2
            elif VERB.match(text, right.start) or not gap.startswith(",") or right.key in _LEADS_BACK:
                yield left.end, right.start - 1


def _is_apposed(before: str) -> bool:
    """Whether a subject's comma is still open: "Its chairman, Ms. Quill, | of Doha, | has won"; but no list's."""
    *_, last = before.split(", ")
    return last != before and " and " not in f" {last}" and not VERB.search(before)


def _phrases(whole: Sequence[Token], text: str) -> _Spans:
    """A phrase without marks of its own, up to a verb, another phrase or a comma: "the party | in Berlin | is off"."""
    for first in range(2, len(whole) - 2):
        opens = whole[first].key in PHRASE_HEADS and whole[first - 1].key not in PHRASE_HEADS
        before = text[: whole[first].start]
        if not opens or not before.endswith(f"{whole[first - 1].text} ") or _limits(before):
            continue
        for after in range(first + 2, min(first + _LONGEST_PHRASE, len(whole))):
            gap = text[whole[after - 1].end : whole[after].start]
            begins = whole[after].key in _ENDS_PHRASE or VERB.match(text, whole[after].start)
            ends = gap == ", " or (gap == " " and bool(begins))
            if ends and whole[after - 1].key not in FUNCTION_WORDS and may_lose_middle(whole, first - 1, after, text):
                yield whole[first - 1].end, whole[after - 1].end
            if gap != " ":
                break


def _limits(kept: str) -> bool:
    """Whether a clause so far speaks of all or none, which what follows may narrow: "No one | in the car | died"."""
    return bool(_ALL_OR_NONE.search(re.split(r"[,;:—–]", kept)[-1]))


def _tone(whole: Sequence[Token], text: str) -> _Spans:
    """Words of judgement and manner, and those that link a sentence to the one before it."""
    yield from (m.span() for m in _LINKING.finditer(text))
    for left, word, right in zip(whole, whole[1:], whole[2:], strict=False):
        alone = word.key in _TONE and right.key not in ("and", "but", "or", "because", "as", "for", "of", "in")
        an = left.key in ("a", "an") and (word.key[0] in _VOWELS) != (right.key[0] in _VOWELS)
        if alone and not an and text[left.end : right.start] == f" {word.text} ":
            yield left.end, word.end


def _tails(whole: Sequence[Token], text: str) -> _Spans:
    """What follows a comma or dash, or begins with a preposition, up to the full stop."""
    if not text.endswith("."):
        return
    for last in range(_FEWEST - 1, len(whole) - 1):
        gap = text[whole[last].end : whole[last + 1].start]
        opens = gap == " " and whole[last + 1].key in PHRASE_HEADS | CLAUSE_HEADS
        bare = opens and not _limits(text[: whole[last].end])
        if (bare or _MARK.fullmatch(gap)) and may_lose_tail(whole, last, text):
            yield whole[last].end, len(text) - 1
