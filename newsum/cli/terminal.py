"""A command's result and remarks -> stdout or a file, and stderr.

In: the result as text, and remarks of one sentence each. Out: the result alone on stdout, or in a file that is written
whole or not at all; remarks, warnings and a spinner on stderr.
"""

import os
import sys
import warnings
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from newsum.cli.loudness import is_quiet
from newsum.errors import ReadingWarning, SettingsError
from newsum.system.atomic_files import replace_file
from newsum.system.choices import Form
from newsum.system.paths import is_file, is_link, is_there

if TYPE_CHECKING:
    from newsum.articles import Article
    from newsum.summary import Summary

__all__ = [
    "bar",
    "deliver",
    "deliver_brief",
    "open_streams",
    "print_result",
    "progress",
    "reason",
    "row",
    "save",
    "say",
    "show_only_ours",
    "use_utf8",
]


def open_streams() -> None:
    """Puts the null device where standard input, output or error is closed, or the next file would take its number."""
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115


def use_utf8() -> None:
    """Prints UTF-8 whatever the locale, for HTML and JSON say that they are."""
    for stream in (sys.stdout, sys.stderr):
        if reconfigure := getattr(stream, "reconfigure", None):  # not where a test or notebook has replaced it
            reconfigure(encoding="utf-8", errors="backslashreplace")


def deliver_brief(
    summary: "Summary",
    form: Form,
    out: Path | None,
    *,
    articles: "Sequence[Article]" = (),
    evidence: bool = False,
    width: int | None = None,
) -> None:
    """Writes the brief into its file, or prints it; text is fitted to the terminal that it is printed in.

    Args:
        articles: the brief's, which a page shows.
        evidence: print the quotes under each line of a text.
        width: of a text's rows, in columns; as wide as the terminal when not given, not wrapped where there is none.
    """
    from newsum.rendering.forms import rendered

    if form == "text" and (width or out is None):
        from newsum.cli.styled import styled, takes_styles

        if width or takes_styles():
            return deliver(styled(summary, evidence=evidence, width=width), out)
    return deliver(rendered(summary, form, articles, evidence=evidence), out)


def deliver(text: str, out: Path | None) -> None:
    """Writes the result into its file, or prints it where none is named."""
    if out is None:
        print_result(text)
    else:
        save(text, out)


def save(text: str, out: Path, *, option: str = "--out") -> None:
    """Writes the file whole or not at all: whoever reads it meanwhile sees the old one."""
    data = text.encode("utf-8", "backslashreplace")  # half a character of a tampered file: JSON spells it so too
    try:
        if is_there(out) and not is_file(out):  # a pipe or device cannot be replaced
            out.write_bytes(data)
        elif is_link(out) and out.parent == Path("/dev"):  # /dev/stdout, where a shell has led it into a file
            with out.open("ab") as stream:
                stream.write(data)
        else:
            replace_file(out, [data])
    except OSError as error:
        raise SettingsError(f"{option} {out} cannot be written: {reason(error)}") from error


def print_result(text: str) -> None:
    """Prints the result; a reader such as `head` that has seen enough is no error.

    Raises:
        SettingsError: standard output is closed, or on a full disk.
    """
    if sys.stdout is None:
        raise SettingsError("the result cannot be printed, for standard output is closed: name a file with --out")
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except OSError as error:
        _hush(sys.stdout)
        if not isinstance(error, BrokenPipeError):
            raise SettingsError(f"the result cannot be printed: {reason(error)}") from error


def say(message: str, *, error: bool = False) -> None:
    """Prints a remark on stderr; where --quiet is given, errors alone."""
    if not error and is_quiet():
        return
    try:
        print(f"newsum: {row(message)}", file=sys.stderr)
        sys.stderr.flush()
    except OSError:  # nobody listens, or the disk is full: what is done is done all the same
        _hush(sys.stderr)


def _hush(stream: TextIO) -> None:
    """Leads a stream that cannot be written to nowhere, or the flush at exit would fail again."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def row(message: object) -> str:
    """The message on one row: file names and quotes in it may hold line ends or terminal controls."""
    from newsum.rendering.plain import plain

    return plain(str(message))


def reason(error: OSError) -> str:
    return (error.strerror or type(error).__name__).lower()


def progress(doing: str) -> AbstractContextManager[object]:
    """A spinner where a person watches stderr, nothing where a file or pipe takes it."""
    if is_quiet() or not sys.stderr.isatty():
        return nullcontext()
    from rich.console import Console

    return Console(stderr=True).status(f"{doing} ...")


def bar(what: str) -> AbstractContextManager[Callable[[int, int | None], None]]:
    """A bar where a person watches stderr, to be told how many are through and of how many."""
    if is_quiet() or not sys.stderr.isatty():
        return nullcontext(lambda through, total: None)
    from newsum.system.progress import bar as shown

    return shown(what)


def show_only_ours() -> None:
    """Newsum's warnings as one row each; other libraries' are for programmers, who may ask for them with -W."""

    def show(message: Warning | str, *_: object, **__: object) -> None:
        say(f"warning: {message}")

    if not sys.warnoptions:
        warnings.simplefilter("ignore")
    warnings.simplefilter("always", ReadingWarning)
    warnings.showwarning = show
