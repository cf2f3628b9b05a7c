"""Reads the figures of a sentence as what they count, and says which of two cannot both be right of one thing.

In: analysed sentences. Out: `Counted`s, truth values.

A bound that leaves room for the other, "four members" and "three others", ages of two people, votes for and against,
and counts over other spans of time are no rivals.
"""

import re
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from newsum.checking.company import Company, company_of
from newsum.checking.figures import Figure, figures, label
from newsum.similarity.counts import spans
from newsum.summary import Span
from newsum.system.patterns import regex
from newsum.text.analysis import Analysis
from newsum.text.lexicon import AT_LEAST, AT_MOST, FALLS, NUMERALS, RISES, ROUGHLY, any_of
from newsum.text.quantities import may_have_one_unit

__all__ = ["Counted", "are_of_one_kind", "are_one", "counted", "may_differ"]

_SAME = 0.02  # of a value: the same figure, rounded
_ROUNDED = 0.1  # and where one of the two is said to be rough
_MOST = 20  # figures of a sentence; news has a fifth
_OLD = 120  # years, the most of an age
_REACH = 30  # characters before a figure that are searched
_AGE = regex(r"[- ]years?[- ]old\b|[- ]months?[- ]old\b", re.IGNORECASE)
_WHOSE = regex(r"^[- ]years?[- ]old (?:[a-z]+ )?([a-z]+)")
_AGAINST = regex(rf"(?: votes)? to (?:\d|one\b|{any_of(NUMERALS)}\b)|[-–]\d", re.IGNORECASE)
_AGAINST_BEFORE = regex(rf"(?:\d|\bone|\b{any_of(NUMERALS)})(?: votes)? to $|\d[-–]$", re.IGNORECASE)
_MOVED = regex(rf"\b{any_of(RISES | FALLS)}(?: by| \w+ by| to)? $", re.IGNORECASE)
_HOUR = regex(r"\s?[ap]\.?\s?m\b|\s?o['’]clock\b", re.IGNORECASE)
_AT_LEAST, _AT_MOST, _ROUGH = (
    regex(rf"\b{any_of(words)}[ -](?:the )?[$£€]?$", re.IGNORECASE) for words in (AT_LEAST, AT_MOST, ROUGHLY)
)
_OTHERS = regex(r"^\W+(?:[\w-]+ )?others?\b|^\W+(?:more|additional|further)\b", re.IGNORECASE)
_OTHERS_BEFORE = regex(r"\b(?:other|another|additional|further) $", re.IGNORECASE)
_MARK = regex(r"[,;:()–—] ?")


@dataclass(frozen=True, eq=False)
class Counted:
    """A figure of a sentence: a day, an age or a count."""

    sentence: Analysis
    figure: Figure
    kind: str

    @cached_property
    def company(self) -> Company:
        """The words that it keeps company with."""
        return company_of(self.sentence, self.figure)

    @cached_property
    def value(self) -> float:
        return self.figure.quantity.value

    @cached_property
    def nature(self) -> str:
        """What it must have in common with another to be held against it."""
        return _nature(self)

    @cached_property
    def spans(self) -> set[str]:
        """The spans of time that it is counted over."""
        return _spans(self)

    @cached_property
    def is_rough(self) -> bool:
        """Whether it is said to be so about."""
        return bool(_ROUGH.search(self.before))

    @property
    def span(self) -> Span:
        return self.figure.quantity.start, self.figure.quantity.end

    @cached_property
    def is_of_others(self) -> bool:
        """Whether it counts others than those told of: "three others"."""
        return bool(_OTHERS.search(self.after) or _OTHERS_BEFORE.search(self.before))

    @cached_property
    def is_least(self) -> bool:
        """Whether it is a bound that leaves room above: "more than 20"."""
        return bool(_AT_LEAST.search(self.before))

    @cached_property
    def is_most(self) -> bool:
        """Whether it is one that leaves room below."""
        return bool(_AT_MOST.search(self.before))

    @property
    def before(self) -> str:
        """What stands right before it."""
        return self.sentence.text[max(0, self.figure.quantity.start - _REACH) : self.figure.quantity.start]

    @property
    def after(self) -> str:
        """What stands right after it."""
        return self.sentence.text[self.figure.quantity.end : self.figure.quantity.end + _REACH]


def _kind(sentence: Analysis, figure: Figure) -> str:
    """Of which figures one may be held against: "date", "age", "count"; none where it is an hour, a rank or a year."""
    own = figure.quantity
    if figure.month:
        return "date"
    if own.unit == "th" or own.may_be_year:
        return ""
    if own.unit:
        return "count"
    is_apposed = sentence.text[: own.start].endswith(", ") and sentence.text[own.end : own.end + 1] == ","
    if _AGE.match(sentence.text, own.end) or (is_apposed and own.value < _OLD):
        return "age"
    return "" if _HOUR.match(sentence.text, own.end) else "count"


def counted(sentence: Analysis) -> tuple[Counted, ...]:
    """The figures of a sentence that may be held against others'."""
    known = islice(figures(sentence), _MOST) if sentence.quantities else ()
    found = ((figure, _kind(sentence, figure)) for figure in known)
    return tuple(Counted(sentence, figure, kind) for figure, kind in found if kind)


def are_of_one_kind(ours: Counted, theirs: Counted) -> bool:
    """Whether two figures are days, ages or counts alike, of one unit and measure."""
    left, right = ours.figure.quantity, theirs.figure.quantity
    return ours.kind == theirs.kind and may_have_one_unit(left.unit, right.unit) and left.measure == right.measure


def are_one(ours: Counted, theirs: Counted) -> bool:
    """Whether two figures of one kind say the same, rounded where one of them is."""
    if ours.kind == "date":
        return (ours.figure.month, ours.value) == (theirs.figure.month, theirs.value)
    left, right = ours.value, theirs.value
    apart, larger = abs(left - right), max(abs(left), abs(right))
    if apart <= _SAME * larger or apart > _ROUNDED * larger:
        return apart <= _SAME * larger
    return ours.is_rough or theirs.is_rough


def may_differ(ours: Counted, theirs: Counted) -> bool:
    """Whether two figures of one kind cannot both be right of one thing, as they are said."""
    if not are_of_one_kind(ours, theirs) or are_one(ours, theirs):
        return False
    less, more = (ours, theirs) if ours.value < theirs.value else (theirs, ours)
    if less.is_least > more.is_least or more.is_most > less.is_most:  # the bound leaves room for the other
        return False
    if ours.is_of_others or theirs.is_of_others:
        return False
    return ours.nature == theirs.nature and ours.spans == theirs.spans


def _nature(one: Counted) -> str:
    """What figures must have in common before anything else: the name that they are a part of, whose age they are, that
    they are of a vote, or a share by which something rose or fell.
    """
    if one.kind == "age":
        return _whose(one)
    if one.figure.quantity.unit:
        return "moved" if one.figure.quantity.unit == "%" and _MOVED.search(one.before) else ""
    if one.kind == "count" and (_AGAINST.match(one.after) or _AGAINST_BEFORE.search(one.before)):
        return "against"
    return label(one.sentence.text, one.figure)


def _whose(one: Counted) -> str:
    """Whose age a figure is: "Arrelo" of "Arrelo, 23,", "girl" of "a four-year-old girl"."""
    if found := _WHOSE.search(one.after):
        return found[1]
    end = one.figure.quantity.start - len(", ")
    name = next((name for name in one.sentence.names if name.end == end), None)
    return name.keys[-1] if name and name.keys else f"@{one.sentence.text}"


def _spans(one: Counted) -> set[str]:
    """The spans of time that a figure is counted over; what happened in a week and in a day are two things."""
    own, text = one.figure.quantity, one.sentence.text
    first = max((mark.end() for mark in _MARK.finditer(text, 0, own.start)), default=0)
    last = next((mark.start() for mark in _MARK.finditer(text, own.end)), len(text))
    return spans(text[first : own.start]) | spans(text[own.end : last])
