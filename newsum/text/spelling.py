"""Reads numbers in words: "two hundred and fifty thousand", "nineteen ninety-nine", "the one hundred and fifth".

In: a text and the place where such a number begins. Out: where it ends, and what it comes to.
"""

import math
import re
from collections.abc import Sequence
from itertools import takewhile
from typing import NamedTuple

from newsum.system.patterns import regex
from newsum.text.lexicon import NUMERALS, ORDINALS, SCALES, TENS, TENS_ORDINALS

__all__ = ["NUMBER_WORDS", "Spelt", "spelt"]

_UNITS = {name: value for value, name in enumerate(NUMERALS)}
_TENS = {name: 10 * n for n, name in enumerate(TENS, 2)}
_BELOW_HUNDRED = {**_UNITS, **_TENS}
_DECADES = {f"{name[:-1]}ies": value for name, value in _TENS.items()}  # "the nineteen-nineties"
_RANKS = {name: n for n, name in enumerate(ORDINALS, 1)} | {name: 10 * n for n, name in enumerate(TENS_ORDINALS, 2)}
_SCALE_RANKS = {f"{name}th": value for name, value in SCALES.items()}
_ALONE = {name for name, n in _RANKS.items() if n > 2}  # "at first", "a second later": seldom ranks
_CENTURIES = range(13, 21)  # that a year in words begins with

# What a number in words may begin with; "a" does before a scale
NUMBER_WORDS = frozenset({*_BELOW_HUNDRED, *_ALONE, *_SCALE_RANKS})

_KNOWN = frozenset({*_BELOW_HUNDRED, *_RANKS, *SCALES, *_SCALE_RANKS, *_DECADES})
_LONE = {
    **{form: (float(value), 1.0, False) for form, value in _BELOW_HUNDRED.items()},
    **{form: (float(value), 1.0, True) for form, value in {**_RANKS, **_SCALE_RANKS}.items()},
}

_NEXT = regex(r"(?P<joint>[-\s]\s?(?:and\s)?|,\sand\s|,\s)?(?P<word>[a-z]+)\b(?P<hyphen>-(?=[a-z]))?", re.IGNORECASE)
_LONGEST = 24  # words


class Spelt(NamedTuple):
    """A number in words that ends at `end`: `value` times `scale`, the scale word that it closes with, or 1."""

    end: int
    value: float
    scale: float
    is_rank: bool


class _Word(NamedTuple):
    """A number's word, what joins it to the one before, where it ends, and whether a word hangs on it by a hyphen."""

    joint: str
    form: str
    end: int
    hyphen: bool


def spelt(text: str, start: int) -> Spelt:
    """The number in words that begins at a place, where one does.

    >>> spelt("two hundred and fifty-three people", 0), spelt("nineteen ninety-nine", 0).value
    (Spelt(end=27, value=253.0, scale=1.0, is_rank=False), 1999.0)
    >>> spelt("three million", 0)[1:]
    (3.0, 1000000.0, False)
    """
    first = _NEXT.match(text, start)
    assert first is not None
    after = _NEXT.match(text, first.end("word"))
    if after is None or after["word"].casefold() not in _KNOWN:  # nearly all: told in a third of the time
        form = first["word"].casefold()
        return Spelt(first.end("word"), *_LONE[form])
    words = _words(text, start)
    between = text[max(0, start - 8) : start].lower() == "between "
    size, value, is_rank = _year(words) or _number(words, joined=not between or _goes_on(words))
    scales = [SCALES[word.form] for word in words[:size] if word.form in SCALES]
    closing = list(takewhile(lambda word: word.form in SCALES, reversed(words[:size])))
    scale = math.prod(scales) if len(closing) == len(scales) else 1.0
    return Spelt(words[size - 1].end, value / scale, scale, is_rank)


def _words(text: str, start: int) -> list[_Word]:
    """The words from there on that may be of a number."""
    found: list[_Word] = []
    while len(found) < _LONGEST and (match := _NEXT.match(text, start)) is not None:
        form = match["word"].casefold()
        if form not in _KNOWN and (found or form != "a"):
            break
        found.append(_Word((match["joint"] or "").casefold(), form, match.end("word"), match["hyphen"] is not None))
        start = match.end("word")
    return found


def _goes_on(words: Sequence[_Word]) -> bool:
    """Whether "between two hundred and fifty and three hundred" has an "and" of its own for its two ends."""
    return sum("and" in word.joint for word in words) > 1


_Found = tuple[int, float, bool]  # how many words, what they come to, whether they are a rank


def _year(words: Sequence[_Word]) -> _Found | None:
    """ "nineteen ninety-nine", "twenty thirty", "the nineteen-nineties"; not "nineteen twelve-year-olds"."""
    if len(words) < 2 or _BELOW_HUNDRED.get(words[0].form) not in _CENTURIES or not _is_plain(words[1]):
        return None
    century = 100 * _BELOW_HUNDRED[words[0].form]
    if words[1].form in _DECADES:
        return 2, century + _DECADES[words[1].form], False
    size, rest, is_rank = _below_hundred(words[1:])
    last, after = words[size], words[size + 1 : size + 2]
    if rest < 10 or is_rank or last.hyphen or (after and after[0].form in SCALES):
        return None
    return 1 + size, century + rest, False


def _number(words: Sequence[_Word], *, joined: bool) -> _Found:
    """The longest number that the words begin with.

    Args:
        joined: "two thousand and five" is one number.
    """
    size, value, is_rank, scale = _group(words, joined=joined)
    total = value
    while scale >= 1000 and not is_rank and size < len(words):
        joint = words[size].joint
        more, added, rank, its_scale = _group(words[size:], joined=joined)
        fits = 0 < added < scale and not words[size + more - 1].hyphen
        if "and" in joint:
            fits = fits and joined and (added < 100 or its_scale >= 1000)
        elif "," in joint:
            fits = fits and added >= 100
        if not fits:
            break
        size, total, is_rank, scale = size + more, total + added, rank, its_scale
    return size, total, is_rank


def _group(words: Sequence[_Word], *, joined: bool) -> tuple[int, float, bool, float]:
    """A number below a thousand times what scales it: words, value, whether a rank, the scale."""
    if words[0].form in _SCALE_RANKS:
        return 1, _SCALE_RANKS[words[0].form], True, 1
    if words[0].form == "a":
        size, value, is_rank = 1, 1.0, False
    else:
        size, value, is_rank = _below_hundred(words)
    scale = 1.0
    if not is_rank and _is_next(words, size, "hundred"):
        size, value, is_rank = _hundreds(words, size + 1, 100 * value, joined=joined)
    while not is_rank and size < len(words) and _is_plain(words[size]) and words[size].form in SCALES:
        scale = SCALES[words[size].form]
        size, value = size + 1, value * scale
    if not is_rank and size < len(words) and _is_plain(words[size]) and words[size].form in _SCALE_RANKS:
        size, value, is_rank = size + 1, value * _SCALE_RANKS[words[size].form], True
    return size, value, is_rank, scale


def _hundreds(words: Sequence[_Word], size: int, value: float, *, joined: bool) -> _Found:
    """What follows "hundred" below it: "and fifty", "fifth"."""
    after = words[size] if size < len(words) else None
    if after is None or after.form in SCALES or after.form in _SCALE_RANKS or "," in after.joint:
        return size, value, False
    more, added, is_rank = _below_hundred(words[size:])
    end = size + more
    fits = added > 0 and not words[end - 1].hyphen and not _is_next(words, end, "hundred")
    return (end, value + added, is_rank) if fits and (joined or "and" not in after.joint) else (size, value, False)


def _below_hundred(words: Sequence[_Word]) -> _Found:
    """ "twenty-two", "twenty-second", "twelve", "third"; nothing for what is no such number."""
    form = words[0].form
    if form in _RANKS:
        return 1, _RANKS[form], True
    value = _BELOW_HUNDRED.get(form, 0)
    if form in _TENS and len(words) > 1 and _is_plain(words[1]):
        after = words[1].form
        if 0 < _UNITS.get(after, 0) < 10:
            return 2, value + _UNITS[after], False
        if 0 < _RANKS.get(after, 0) < 10 and (after != "second" or not words[1].hyphen):
            return 2, value + _RANKS[after], True
    return 1, value, False


def _is_plain(word: _Word) -> bool:
    return "," not in word.joint and "and" not in word.joint


def _is_next(words: Sequence[_Word], at: int, form: str) -> bool:
    return at < len(words) and words[at].form == form and _is_plain(words[at])
