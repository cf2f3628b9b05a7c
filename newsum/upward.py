"""Lets the types call the rooms above them: to show themselves, and to have a summary's lines checked again.

The types stand on storeys below the rooms that render them and check lines; this module is the one place from which
they call these. Values show themselves on one row in a console, as HTML or Markdown in a notebook, and `Summary` in
every form that it has methods for; `differences` is for `Summary.verify(judge=...)`.
"""

import sys
from collections.abc import Callable, Sequence
from typing import Any

__all__ = [
    "Shown",
    "differences",
    "frame_of",
    "markdown_of",
    "page_of",
    "saved_as",
    "short",
    "show_lists",
    "text_of",
]

_WIDTH = 60  # characters of a text in a row of the console


class Shown:
    """A value that a notebook shows by what it holds, with every text of outlets escaped."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        return _fragment_of(self)

    def _repr_markdown_(self) -> str:
        return _note_of(self)


def _fragment_of(shown: Any) -> str:
    from newsum.rendering import to_fragment

    return to_fragment(shown)


def _note_of(shown: Any) -> str:
    from newsum.rendering import to_note

    return to_note(shown)


def short(text: str, width: int = _WIDTH) -> str:
    r"""The beginning of a text on one row, in quotes; what drives a terminal is spelt out.

    >>> short("A treaty\nwas \x1b[31msigned.", 16)
    "'A treaty was \\x1b[…'"
    """
    begun = text[: 2 * width + 2]  # long texts are not folded whole
    row = " ".join(begun.split())
    return repr(row if len(row) <= width and begun == text else f"{row[: width - 1]}…")


# --- briefs, for Summary's own methods ----------------------------------------------------------------


def text_of(summary: Any) -> str:
    """The brief as text."""
    from newsum.rendering import to_text

    return to_text(summary)


def markdown_of(summary: Any) -> str:
    """The brief as Markdown."""
    from newsum.rendering import to_markdown

    return to_markdown(summary)


def page_of(summary: Any, articles: Any) -> str:
    """The brief's report, a whole page."""
    from newsum.rendering import to_html

    return to_html(summary, articles)


def frame_of(summary: Any) -> Any:
    """The brief as a pandas DataFrame."""
    from newsum.rendering import to_frame

    return to_frame(summary)


def saved_as(summary: Any, suffix: str, articles: Any) -> bytes:
    """What a file of that suffix holds of the brief."""
    from newsum.rendering.forms import encoded, form_of, rendered

    return encoded(rendered(summary, form_of(suffix), articles))


def differences(summary: Any, articles: Sequence[Any], judge: Any) -> tuple[Any, ...]:
    """A `Failure` for each label and credit that a judge and the rules give otherwise."""
    from newsum.audit.rechecking import differences as found

    return tuple(found(summary, articles, judge))


# --- lists, in a notebook -----------------------------------------------------------------------------


def show_lists() -> None:
    """Has IPython, where this process runs in it, show lists and tuples of newsum's values as it shows one of them.

    A list of anything else is left to itself, and how somebody has already said that lists are shown stays.
    """
    shell = getattr(sys.modules.get("IPython"), "get_ipython", lambda: None)()
    formatters = getattr(getattr(shell, "display_formatter", None), "formatters", {})
    for form, method, show in (
        ("text/html", "_repr_html_", _fragment_of),
        ("text/markdown", "_repr_markdown_", _note_of),
    ):
        for kind in (list, tuple):
            if form in formatters and kind not in formatters[form].type_printers:
                formatters[form].for_type(kind, _of_ours(show, method))


def _of_ours(show: Callable[[Any], str], method: str) -> Callable[[Any], Any]:
    """The way to show a list of values of one of newsum's types; None, where it is another, lets IPython go on."""

    def shown(values: Any) -> Any:
        if own := getattr(values, method, None):  # a kind of list that shows itself
            return own()
        is_ours = bool(values) and isinstance(values[0], Shown) and len({type(value) for value in values}) == 1
        return show(values) if is_ours else None

    return shown
