"""Bounds what one source may cost: how many rows it has, and how many of its faults are kept.

In: the rows of a table, or the entries of a file, as they come. Out: the same, up to the bounds; what is beyond them
is one `Problem`. A file of a million broken lines is then no million problems.
"""

from collections.abc import Iterable, Iterator
from typing import TypeVar

from newsum.reading.entries import Problem

__all__ = ["MOST_PROBLEMS", "MOST_ROWS", "few_problems", "few_rows"]

MOST_ROWS = 1_000_000  # a table of 200 MB, the most that is read, holds 40,000 articles
MOST_PROBLEMS = 100  # of one source: nobody reads more
_GIVEN_UP = 10_000  # so many, and it is no table of articles

T = TypeVar("T")


def few_problems(entries: Iterable[T], source: str) -> Iterator[T | Problem]:
    """The entries, with the first hundred problems, and one that says how many more there are.

    >>> from newsum.reading.entries import Problem
    >>> [*few_problems((Problem("a.csv", n, "broken") for n in range(1, 500)), "a.csv")][-1].message
    '399 more lines or articles of it cannot be read'
    """
    found = 0
    for entry in entries:
        if isinstance(entry, Problem):
            found += 1
            if found == _GIVEN_UP:
                yield Problem(source, entry.line, f"it is given up after {found:,} lines that cannot be read")
                return
            if found > MOST_PROBLEMS:
                continue
        yield entry
    if found > MOST_PROBLEMS:
        yield Problem(source, None, f"{found - MOST_PROBLEMS:,} more lines or articles of it cannot be read")


def few_rows(rows: Iterable[T], source: str) -> Iterator[T | Problem]:
    """The rows up to the most that a table may have, and a problem where there are more."""
    for number, row in enumerate(rows, start=1):
        if number > MOST_ROWS:
            yield Problem(source, None, f"it has more than {MOST_ROWS:,} rows, newsum's limit for a table; split it")
            return
        yield row
