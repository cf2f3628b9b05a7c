"""Fits text to a terminal: rows of its width; of a brief a bold title, tags coloured by outlet, sources as links.

In: a `Summary`, or rows in parts. Out: text with the terminal's codes, or without where it takes none: rich asks the
terminal and the usual variables (NO_COLOR, FORCE_COLOR, COLUMNS, TERM). No markup is read: what an article says stays
text.
"""

import os
import shutil
import sys
import textwrap
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from newsum.rendering.text import Part, Row, Style, blocks
from newsum.summary import Summary

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

__all__ = ["fitted", "styled", "takes_styles"]

_ASKED_FOR = frozenset(("FORCE_COLOR", "TTY_COMPATIBLE"))  # by which what is no terminal is taken for one
_WIDEST = 100  # columns; longer rows are hard to read
# Names of the terminal's own colours, which its user has chosen to be readable; red is left to errors.
_COLOURS = (
    "cyan",
    "magenta",
    "green",
    "blue",
    "yellow",
    "bright_cyan",
    "bright_magenta",
    "bright_green",
    "bright_blue",
)
_STYLES: dict[Style, str] = {
    "": "",
    "title": "bold",
    "outlet": "bold",
    "remark": "dim",
    "doubt": "yellow",
    "error": "red",
    "warning": "yellow",
    "note": "italic",
    "heading": "bold",
    "quote": "",
    "address": "dim",
}


def takes_styles() -> bool:
    """Whether stdout is a terminal, or FORCE_COLOR says that it is to be taken for one."""
    may_be = bool(_ASKED_FOR & os.environ.keys()) or (sys.stdout is not None and sys.stdout.isatty())
    return may_be and _console().is_terminal  # rich takes 25 ms to load


def styled(summary: Summary, *, evidence: bool = False, width: int | None = None) -> str:
    """The brief for the terminal, or in plain rows of a width where stdout is none.

    Args:
        width: in columns; the terminal's when not given, but no more than 100.
    """
    return fitted(blocks(summary, evidence=evidence), width=width)


def fitted(blocks: Iterable[Iterable[Row]], *, width: int | None = None) -> str:
    """Blocks of rows, a blank line between them, as `styled` has them."""
    console = _console()
    width = width or min(shutil.get_terminal_size().columns, _WIDEST)  # rich says 80 of every dumb terminal
    with console.capture() as printed:
        for number, rows in enumerate(blocks):
            if number:
                console.print()
            for row in rows:
                for text in _fitted(row, console, width):
                    console.print(text, soft_wrap=True)
    return printed.get()


def _console() -> "Console":
    from rich.console import Console

    return Console(file=sys.stdout, highlight=False, markup=False, emoji=False)


def _fitted(row: Row, console: "Console", width: int) -> Iterator["Text"]:
    """A row as rows that fit; what follows a number, a dash or an indent hangs under itself."""
    from rich.text import Text

    hangs = len(row) > 1 and (row[0].text.strip(" -.").isdigit() or not row[0].text.strip(" -"))
    mark, parts = (row[0].text, row[1:]) if hangs else ("", row)
    text = Text()
    for part in parts:
        text.append(*_shown(part, console))
    for number, line in enumerate(text.divide(_breaks(text.plain, max(width - len(mark), 1)))):
        line.rstrip()
        yield Text.assemble(" " * len(mark) if number else mark, line)


def _breaks(text: str, width: int) -> list[int]:
    """Where the second row begins, and each after it; an address is never cut."""
    at, found = 0, []
    for row in textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False):
        at = text.index(row, at)
        found.append(at)
        at += len(row)
    return found[1:]


def _shown(part: Part, console: "Console") -> tuple[str, str]:
    """A part's text and style. Where an address can be a link, its host is enough to see."""
    takes_links = console.color_system is not None and not console.legacy_windows
    style = _STYLES[part.style]
    if part.colour is not None:
        style = f"{style} {_COLOURS[part.colour % len(_COLOURS)]}"
    if part.link is None or not takes_links:
        return part.text, style
    host = urlsplit(part.link).hostname if part.style == "address" else None
    return host or part.text, f"{style} link {part.link}".strip()
