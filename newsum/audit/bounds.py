"""Holds a given brief to what can be checked in seconds: so many characters and lines, and so many characters a line.

In: the brief as it was given, and its lines once they are found. Out: the same up to the bounds, and a sentence for the
reader on what is beyond them. The figures of one line are compared with each other, and each line with those above it,
so a line or a brief without end would take for ever.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from newsum.briefs.parsing import GivenLine

__all__ = ["MOST_CHARACTERS", "MOST_LINES", "beginning", "first_lines", "in_parts"]

MOST_CHARACTERS = 30_000  # 5,000 words, more than twice the longest brief that newsum writes
MOST_LINES = 500  # three times those of the longest brief that newsum writes; 4,000 take twelve seconds
_LONGEST_LINE = 1_000  # characters; the longest sentence of 60,000 in news has about 900


def beginning(text: str | Sequence[str]) -> tuple[str | list[str], list[str]]:
    """The brief up to the most that is checked, and a notice where there is more.

    >>> kept, notices = beginning("It fell. " * 10_000)
    >>> len(kept), notices
    (30000, ['The brief has 90,000 characters; what follows the first 30,000 was not checked.'])
    """
    size = len(text) if isinstance(text, str) else sum(map(len, text))
    if size <= MOST_CHARACTERS:
        return text if isinstance(text, str) else list(text), []
    notice = f"The brief has {size:,} characters; what follows the first {MOST_CHARACTERS:,} was not checked."
    return (text[:MOST_CHARACTERS] if isinstance(text, str) else list(_first(text))), [notice]


def _first(rows: Iterable[str]) -> Iterator[str]:
    left = MOST_CHARACTERS
    for row in rows:
        if left <= 0:
            return
        yield row[:left]
        left -= len(row)


def in_parts(lines: Iterable[GivenLine]) -> Iterator[GivenLine]:
    """The lines, one that is too long in parts that end at spaces; each part keeps its tags."""
    for line in lines:
        rest = line.text
        while len(rest) > _LONGEST_LINE:
            end = rest.rfind(" ", 1, _LONGEST_LINE) + 1 or _LONGEST_LINE
            yield replace(line, text=rest[:end].rstrip())
            rest = rest[end:].lstrip()
        if rest or not line.text:
            yield replace(line, text=rest)


def first_lines(lines: Sequence[GivenLine]) -> tuple[Sequence[GivenLine], list[str]]:
    """The lines up to the most that are checked, and a notice where there are more."""
    if len(lines) <= MOST_LINES:
        return lines, []
    return lines[:MOST_LINES], [
        f"The brief has {len(lines):,} lines; what follows the first {MOST_LINES} was not checked."
    ]
