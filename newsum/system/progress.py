"""Shows how far a long work has come: a bar with rate and time left, on stderr, in a terminal, a notebook or a log."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console

__all__ = ["bar"]

_NOTEBOOK = 100  # characters; a cell has no width that can be asked for


@contextmanager
def bar(what: str) -> Iterator[Callable[[int, int | None], None]]:
    """A bar, to be told how many are through and of how many, where that is known."""
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )

    columns = BarColumn(), MofNCompleteColumn(), TextColumn("{task.description}"), TimeElapsedColumn()
    left = TextColumn("left:"), TimeRemainingColumn()
    # What the caller prints while the bar stands goes above it, but never from a file or pipe into the terminal.
    above = sys.stdout.isatty()
    with Progress(*columns, *left, console=_console(), redirect_stdout=above, refresh_per_second=4) as shown:
        task = shown.add_task(what, total=None)

        def tell(through: int, total: int | None) -> None:
            elapsed = shown.tasks[0].elapsed or 0
            rate = f"{through / elapsed:.1f} {what}/s" if elapsed else what
            shown.update(task, completed=through, total=total, description=rate)

        yield tell


def _console() -> "Console":
    from rich.console import Console

    console = Console(stderr=True)
    if not console.is_jupyter:
        return console
    # rich draws in a cell by ipywidgets, which may not be there; a cell also heeds the returns of a terminal's bar.
    return Console(stderr=True, force_jupyter=False, force_terminal=True, width=_NOTEBOOK)
