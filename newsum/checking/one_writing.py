"""Writes the names and figures of a premise as a line writes them, where they are the same.

In: the text that a judge is to read, and the line. Out: the text, "$4-5 billion" as "$4 billion to $5 billion" where
the line has it so.

Whether two figures are one is for the rules to say, which read values; a small judge reads letters, and takes one range
in two ways of writing for two ranges. So it gets figures that are one in one writing, and judges the rest.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from newsum.checking.figures import are_equal
from newsum.checking.one_name import named_alike
from newsum.summary import Span
from newsum.system.patterns import regex
from newsum.text.quantities import Quantity, may_have_one_unit, quantities

__all__ = ["in_one_writing"]

_JOINT = regex(r"\s?[\w°²³%]*\s?(?:(?:to|or|and)\s|[-–—−]\s?)")  # a measure may stand before it: "12 km to 14 km"
_BETWEEN = regex(r"\bbetween\s$", re.IGNORECASE)
_FROM = regex(r"\bfrom\s(?:about\s|some\s|nearly\s)?$", re.IGNORECASE)  # "rose from 2 to 3 million" is no range
_AND = regex(r"and\s$")
_NEAR = 13  # characters before a range that are searched


@dataclass(frozen=True, slots=True)
class _Writing:
    """One figure, or both ends of a range, as a text has it."""

    figures: tuple[Quantity, ...]
    span: Span


def in_one_writing(premise: str, line: str) -> str:
    """The premise with the line's writing of each name and figure that both have.

    >>> in_one_writing("It will cost $4-5 billion, Holm said.", "It will cost $4 billion to $5 billion.")
    'It will cost $4 billion to $5 billion, Holm said.'
    >>> in_one_writing("Some 240 of ninety men fell.", "Two hundred and forty fell.")
    'Some Two hundred and forty of ninety men fell.'
    """
    premise, ours = named_alike(premise, line), quantities(line)
    if not ours:
        return premise
    known = [(each, line[slice(*each.span)]) for each in _writings(line, ours)]
    parts, end, texts = list[str](), 0, {text for _, text in known}
    for each in _writings(premise, quantities(premise)):
        written = premise[slice(*each.span)]
        other = next((text for own, text in known if _are_one(own, each)), None)
        if each.span[0] >= end and other is not None and written not in texts:
            parts += premise[end : each.span[0]], other
            end = each.span[1]
    return "".join((*parts, premise[end:]))


def _writings(text: str, figures: Sequence[Quantity]) -> Iterator[_Writing]:
    """The ranges and figures of a text; a range before its ends."""
    for n, figure in enumerate(figures):
        far = figures[n + 1] if n + 1 < len(figures) else None
        if far is not None and (start := _range(text, figure, far)) is not None:
            yield _Writing((figure, far), (start, far.end))
        yield _Writing((figure,), (figure.start, figure.end))


def _range(text: str, near: Quantity, far: Quantity) -> int | None:
    """Where the range between two figures begins; None where it is none."""
    before = text[max(0, near.start - _NEAR) : near.start]
    between = _BETWEEN.search(before)
    if _JOINT.fullmatch(text, near.end, far.start) is None or _FROM.search(before) or near.value >= far.value:
        return None
    if _AND.search(text, near.end, far.start) and not between:
        return None
    return near.start - len(between[0]) if between else near.start


def _are_one(left: _Writing, right: _Writing) -> bool:
    return len(left.figures) == len(right.figures) and all(
        are_equal(a, b) and may_have_one_unit(a.unit, b.unit) for a, b in zip(left.figures, right.figures, strict=True)
    )
