"""A summary -> its report, a whole page that needs nothing beside itself.

In: a `Summary` and its articles. Out: HTML. The templates escape all that they are given (Jinja2's
autoescape), and it is plain strings; a page runs and loads nothing but its own script and style, which its
Content-Security-Policy names by their hashes.
"""

from base64 import b64encode
from collections.abc import Iterable
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import TYPE_CHECKING

from newsum.articles import Article
from newsum.rendering.plain import spelt
from newsum.rendering.report import report_of
from newsum.summary import Summary

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

__all__ = ["asset", "policy", "templates", "to_html"]


def to_html(summary: Summary, articles: Iterable[Article] = ()) -> str:
    """The report: a self-contained page, light and dark, that loads nothing.

    Args:
        articles: the summary's; the page then shows each quote in its article, and says whether every receipt holds.
            Without them it shows the quotes alone.
    """
    return templates().get_template("report.html.jinja").render(report=report_of(summary, articles))


@cache
def templates() -> "Environment":
    """Those in the folder beside this file; whatever is put into them is escaped."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    loader = PackageLoader("newsum.rendering", "templates")
    made = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    made.globals.update(asset=asset, policy=policy, date=spelt)
    return made


@cache
def asset(*names: str) -> "Markup":
    """Styles or a script of ours, one after the other, to stand in a page as they are."""
    from markupsafe import Markup

    folder = files("newsum.rendering") / "templates"
    return Markup("".join((folder / name).read_text(encoding="utf-8") for name in names))


@cache
def policy(styles: tuple[str, ...], script: str) -> str:
    """The Content-Security-Policy of a page: these styles and the script of ours, and nothing else from anywhere."""
    sources = {"style-src": styles, "script-src": (script,)}
    allowed = (f"{kind} '{_hash(asset(*names))}'" for kind, names in sources.items())
    return "; ".join(("default-src 'none'", *allowed, "base-uri 'none'", "form-action 'none'"))


def _hash(text: str) -> str:
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"
