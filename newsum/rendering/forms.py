"""The forms that a brief can be written in, by name.

In: a `Summary` and "text", "md", "html" or "json"; for a page its articles.
Out: the content of its file, with one line end behind it.
"""

from collections.abc import Iterable

from newsum.articles import Article
from newsum.errors import SettingsError
from newsum.summary import Summary

__all__ = ["SUFFIXES", "encoded", "form_of", "rendered"]

SUFFIXES = {"text": ".txt", "md": ".md", "html": ".html", "json": ".json"}


def rendered(summary: Summary, form: str, articles: Iterable[Article] = (), *, evidence: bool = False) -> str:
    """The brief as a file of that form holds it.

    Args:
        articles: the summary's, which a page shows whole.
        evidence: print the quotes under each line of a text.

    Raises:
        SettingsError: there is no such form.
    """
    match form:
        case "text":
            from newsum.rendering.text import to_text

            text = to_text(summary, evidence=evidence)
        case "md":
            from newsum.rendering.markdown import to_markdown

            text = to_markdown(summary)
        case "html":
            from newsum.rendering.html import to_html

            text = to_html(summary, articles)
        case "json":
            text = summary.to_json()
        case _:
            raise SettingsError(f'form="{form}" is not allowed: use {", ".join(SUFFIXES)}')
    return text.rstrip("\n") + "\n"


def form_of(suffix: str) -> str:
    """The form of a file with that suffix.

    Raises:
        SettingsError: no form has it.

    >>> form_of(".HTML")
    'html'
    """
    found = next((form for form, own in SUFFIXES.items() if own == suffix.lower()), None)
    if found is None:
        raise SettingsError(f'a file is called {", ".join(SUFFIXES.values())} by what it is to hold, not "{suffix}"')
    return found


def encoded(text: str) -> bytes:
    """The text in UTF-8; half a character of a tampered file is spelt as JSON spells it."""
    return text.encode("utf-8", "backslashreplace")
