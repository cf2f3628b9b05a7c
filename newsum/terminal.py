"""A command's result and remarks -> stdout or a file, and stderr.

In: the result as text, and remarks of one sentence each. Out: the result alone on stdout, or in a file that is written
whole or not at all; remarks, warnings and a spinner on stderr.
"""

import os
import re
import shutil
import sys
import textwrap
import warnings
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

from newsum.errors import ReadingWarning, SettingsError

__all__ = ["print_result", "progress", "reason", "row", "save", "say", "show_only_ours", "use_utf8", "wrapped"]


def use_utf8() -> None:
    """Prints UTF-8 whatever the locale, for HTML and JSON say that they are."""
    for stream in (sys.stdout, sys.stderr):
        if reconfigure := getattr(stream, "reconfigure", None):  # not where a test or notebook has replaced it
            reconfigure(encoding="utf-8", errors="backslashreplace")


def wrapped(text: str) -> str:
    """The text in rows no wider than the terminal; items hang under their numbers."""
    width = shutil.get_terminal_size().columns
    return "".join(f"{_wrapped_row(row, width)}\n" for row in text.splitlines())


def _wrapped_row(row: str, width: int) -> str:
    mark = re.match(r"(?:\d+\.|-) ", row)
    indent = " " * len(mark[0]) if mark else ""
    return textwrap.fill(row, width, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)


def save(text: str, out: Path) -> None:
    """Writes the file whole or not at all: whoever reads it meanwhile sees the old one."""
    data = text.encode("utf-8", "backslashreplace")  # half a character of a tampered file: JSON spells it so too
    target = out.resolve()  # a link stays one
    draft = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    try:
        if target.exists() and not target.is_file():  # a pipe or device cannot be replaced
            target.write_bytes(data)
            return
        try:
            draft.write_bytes(data)
            if target.exists():
                shutil.copymode(target, draft)
            draft.replace(target)
        finally:
            draft.unlink(missing_ok=True)
    except OSError as error:
        raise SettingsError(f"--out {out} cannot be written: {reason(error)}") from error


def print_result(text: str) -> None:
    """Prints the result; a reader such as `head` that has seen enough is no error."""
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # or the flush at exit would fail again


def say(message: str) -> None:
    print(f"newsum: {row(message)}", file=sys.stderr)


def row(message: object) -> str:
    """The message on one row: file names and quotes in it may hold line ends or terminal controls."""
    from newsum.rendering.wording import plain

    return plain(str(message))


def reason(error: OSError) -> str:
    return (error.strerror or type(error).__name__).lower()


def progress(doing: str) -> AbstractContextManager[object]:
    """A spinner where a person watches stderr, nothing where a file or pipe takes it."""
    if not sys.stderr.isatty():
        return nullcontext()
    from rich.console import Console

    return Console(stderr=True).status(f"{doing} ...")


def show_only_ours() -> None:
    """Newsum's warnings as one row each; other libraries' are for programmers, who may ask for them with -W."""

    def show(message: Warning | str, *_: object, **__: object) -> None:
        say(f"warning: {message}")

    if not sys.warnoptions:
        warnings.simplefilter("ignore")
    warnings.simplefilter("always", ReadingWarning)
    warnings.showwarning = show
