"""A summary -> a pandas DataFrame, a line a row.

In: a `Summary`. Out: what each line says, whom it credits, its verdict and its quotes.
"""

from typing import Any

from newsum.errors import needing
from newsum.summary import Summary

__all__ = ["to_frame"]

_COLUMNS = (
    "line",
    "paragraph",
    "text",
    "outlets",
    "also",
    "cited",
    "label",
    "score",
    "origin",
    "quotes",
    "quoted",
    "faults",
)


def to_frame(summary: Summary) -> Any:
    """The lines as `_COLUMNS` name their parts.

    Raises:
        MissingExtra: pandas is not installed.
    """
    with needing("datasets", "a brief as a DataFrame"):
        import pandas

    return pandas.DataFrame([_row(summary, number) for number in range(len(summary.lines))], columns=_COLUMNS)


def _row(summary: Summary, number: int) -> tuple[Any, ...]:
    """A line as `_COLUMNS` name its parts; lines count from 1."""
    line = summary.lines[number]
    return (
        number + 1,
        line.paragraph,
        line.text,
        line.outlets,
        line.also,
        line.cited,
        line.support.label,
        line.support.score,
        line.origin,
        tuple(each.quote for each in line.evidence),
        tuple(each.outlet for each in line.evidence),
        tuple(fault.message for fault in summary.faults if fault.line == number),
    )
