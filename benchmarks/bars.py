"""What must hold, beside what is measured: a row that says so, and the exit code.

In: a figure, and whether it holds. Out: "holds: ..." or "FAILED: ..."; a command that printed one of the latter ends
with 1.
"""

from collections.abc import Iterable

__all__ = ["bar", "printed"]

_HOLDS, _FAILED = "holds: ", "FAILED: "


def bar(figure: str, *, holds: bool) -> str:
    """The row of a figure that must hold."""
    return (_HOLDS if holds else _FAILED) + figure


def printed(rows: Iterable[str]) -> int:
    """Prints each row as it comes; the exit code."""
    code = 0
    for row in rows:
        print(row, flush=True)
        code = 1 if row.startswith(_FAILED) else code
    return code
