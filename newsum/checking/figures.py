"""Compares figures: whether one of the line is one of a source, that one rounded, or another for the same thing.

A figure of a line is altered where its evidence counts the same thing and comes to another value. Relative dates of a
source ("on Thursday") are resolved first (context.py), so that "5 February" is found.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from newsum.system.patterns import regex
from newsum.text.analysis import Analysis
from newsum.text.lexicon import FUNCTION_WORDS, MONTH, MONTHS
from newsum.text.quantities import Quantity, may_have_one_unit
from newsum.text.units import MEASURES, one_measure
from newsum.text.words import is_function, stem

__all__ = ["Figure", "are_equal", "are_rivals", "figures", "is_same", "label", "rounds"]

_EXACT = 1e-9  # of the value: what two ways of writing one figure differ by in arithmetic
_MONTH_BEFORE = regex(rf"\b({MONTH})\.?\s(?:the\s)?$")
_MONTH_AFTER = regex(rf"\s(?:of\s)?({MONTH})\b")
_FULL_MONTHS = {month[:3]: month for month in MONTHS}  # "Sept." is September
_COUNTED = regex(r"[\s-]*(?:of (?:the )?|or so )?([^\W\d_]{3,})")
_ROUGHLY = regex(
    r"\b(?:about|around|roughly|approximately|some|nearly|almost|over|under|up to|at least|more than|fewer than|"
    r"less than|just|as many as|close to)\s[$£€]?$",
    re.IGNORECASE,
)
_LABEL = regex(r"(?:^|\s)(?P<label>[A-Z][\w’'-]*|[Nn]umber) #?$")
_PLACED = regex(r"\b(?:in|at|on|near|from|across|of) (?:\w+ ){0,3}$", re.IGNORECASE)  # "in western Calderra 118 died"
_LABELLED = regex(r" (?P<label>[A-Z][\w’'-]*[^\Ws])\b")
_ROUNDED, _ROUGH = 0.02, 0.15  # of the value: "4.9" for 4.89 is a rounding, "nearly 5,000" for 4,312 a rough figure
_NEAR = 30  # characters before a figure that are searched; "approximately $" has fifteen
_LAST_DAY = 31  # a figure up to it may be the day of another month


class Figure(NamedTuple):  # made three times as fast as a dataclass
    """A figure with what it counts (a stem), the month that makes it a date, and how it is written with that."""

    quantity: Quantity
    counted: str
    month: str
    text: str


def figures(sentence: Analysis) -> Iterator[Figure]:
    """The figures of a sentence, in order."""
    text = sentence.text
    for quantity in sentence.quantities:
        before = _MONTH_BEFORE.search(text, max(0, quantity.start - _NEAR), quantity.start)
        after = _MONTH_AFTER.match(text, quantity.end)
        month = before or after
        noun = _COUNTED.match(text, quantity.end)
        counted = stem(noun[1]) if noun and noun[1].lower() not in FUNCTION_WORDS else ""
        shown = text[before.start() if before else quantity.start : after.end() if after else quantity.end]
        yield Figure(quantity, counted, _FULL_MONTHS[month[1][:3]] if month else "", shown)


def label(text: str, figure: Figure) -> str:
    """The name that a figure is a part of, so that it counts nothing: "Max" of "Max 8" and "737 Max"; "" of others.

    >>> from newsum.text.analysis import analyse
    >>> text = "The 737 Max 8 has 178 seats."
    >>> [label(text, figure) for figure in figures(analyse(text))]
    ['Max', 'Max', '']
    """
    own = figure.quantity
    if figure.month or own.unit:
        return ""
    after = _LABELLED.match(text, own.end) if text[own.start].isdigit() else None
    before = _LABEL.search(text, max(0, own.start - _NEAR), own.start)
    if before and _PLACED.search(text, max(0, before.start("label") - _NEAR), before.start("label")):
        before = None
    return next((one["label"] for one in (before, after) if one and not is_function(one["label"])), "")


def are_equal(left: Quantity, right: Quantity) -> bool:
    """Whether two figures have one value, and one unit and measure where both have any."""
    one_unit = may_have_one_unit(left.unit, right.unit) or not (_is_of_kind(left) and _is_of_kind(right))
    is_equal = abs(left.value - right.value) <= _EXACT * max(1.0, abs(left.value))
    return one_unit and (is_equal if left.measure == right.measure else _is_one_amount(left, right))


def _is_of_kind(figure: Quantity) -> bool:
    """Whether a figure says what it is of: per cent, a currency, a measure."""
    return bool(figure.unit or figure.measure)


def _is_one_amount(left: Quantity, right: Quantity) -> bool:
    return one_measure((left.value, left.measure), (right.value, right.measure))


def rounds(value: float, exact: float, slack: float) -> bool:
    """Whether a value is another with fewer digits, within a share of it: "5,000" for 4,973."""
    rounder = len(f"{value:.9g}".rstrip("0")) < len(f"{exact:.9g}".rstrip("0"))
    return rounder and abs(value - exact) <= slack * abs(exact)


def is_same(figure: Figure, known: Figure, line: str) -> bool:
    """Whether a figure of a line is a source's: of one month where it is a day, roughly it where the line says so."""
    ours, theirs = figure.quantity, known.quantity
    if figure.month != known.month and (ours.value <= _LAST_DAY or (figure.month and known.month)):
        return False
    is_day = bool(figure.month and known.month)  # "May 1st" is "1 May"
    if ours.unit and not is_day and not may_have_one_unit(ours.unit, theirs.unit):
        return False
    if are_equal(ours, theirs):
        return True
    if (
        figure.month
        or (_is_year(figure) and _is_year(known))
        or not ours.value
        or not may_have_one_unit(ours.unit, theirs.unit)
        or _are_measured_apart(ours, theirs)
    ):
        return False
    return rounds(
        ours.value, theirs.value, _ROUGH if _ROUGHLY.search(line, max(0, ours.start - _NEAR), ours.start) else _ROUNDED
    )


def _is_year(figure: Figure) -> bool:
    """Whether a figure is written as years are: 2020, not 2,020."""
    return figure.text.isdigit() and figure.quantity.may_be_year


def are_rivals(figure: Figure, known: Figure) -> bool:
    """Whether two figures that differ count the same thing."""
    if figure.month or known.month:
        same_day = figure.quantity.value == known.quantity.value
        return bool(figure.month and known.month) and (figure.month == known.month or same_day)
    ours, theirs = figure.quantity, known.quantity
    if not may_have_one_unit(ours.unit, theirs.unit) or _are_measured_apart(ours, theirs):
        is_money = not {ours.unit, theirs.unit} & {"", "th"}
        return ours.value == theirs.value and (is_money or _are_of_one_dimension(ours, theirs))
    return bool(ours.unit) or bool(figure.counted and figure.counted == known.counted)


def _are_measured_apart(left: Quantity, right: Quantity) -> bool:
    """Whether both are measured, in different measures."""
    return bool(left.measure and right.measure) and left.measure != right.measure


def _are_of_one_dimension(left: Quantity, right: Quantity) -> bool:
    """Whether both are measured, and of one thing: two lengths, two spans of time."""
    return _are_measured_apart(left, right) and MEASURES[left.measure][0] == MEASURES[right.measure][0]
