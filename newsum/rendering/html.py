"""A summary -> its report, a whole page that needs nothing beside itself; or a fragment for a notebook.

In: a `Summary`, and for the page its articles. Out: HTML. The templates escape all that they are given (Jinja2's
autoescape), and it is plain strings; a page runs and loads nothing but its own script and style, which its
Content-Security-Policy names by their hashes.
"""

from base64 import b64encode
from collections.abc import Iterable
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from newsum.articles import Article
from newsum.rendering import wording
from newsum.rendering.names import Names
from newsum.rendering.plain import day, link, plain, quoted, spelt
from newsum.rendering.report import LineView, report_of
from newsum.summary import Evidence, Line, Source, Summary

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

__all__ = ["asset", "policy", "templates", "to_fragment", "to_html"]


def to_html(summary: Summary, articles: Iterable[Article] = ()) -> str:
    """The report: a self-contained page, light and dark, that loads nothing.

    Args:
        articles: the summary's; the page then shows each quote in its article, and says whether every receipt holds.
            Without them it shows the quotes alone.
    """
    return templates().get_template("report.html.jinja").render(report=report_of(summary, articles))


def to_fragment(summary: Summary) -> str:
    """The brief as a fragment of HTML that brings its own style, in light and dark surroundings; without a script."""
    return templates().get_template("notebook.html.jinja").render(_fragment(summary))


@cache
def templates() -> "Environment":
    """Those in the folder beside this file; whatever is put into them is escaped."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    loader = PackageLoader("newsum.rendering", "templates")
    made = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    made.globals.update(asset=asset, policy=policy, date=spelt)
    return made


@cache
def asset(name: str) -> "Markup":
    """A style or script of ours, to stand in a page as it is."""
    from markupsafe import Markup

    return Markup((files("newsum.rendering") / "templates" / name).read_text(encoding="utf-8"))


@cache
def policy(style: str, script: str) -> str:
    """The Content-Security-Policy of a page: this style and script of ours, and nothing else from anywhere."""
    sources = {"style-src": style, "script-src": script}
    allowed = (f"{kind} '{_hash(asset(name))}'" for kind, name in sources.items())
    return "; ".join(("default-src 'none'", *allowed, "base-uri 'none'", "form-action 'none'"))


def _hash(text: str) -> str:
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"


# --- the notebook's fragment --------------------------------------------------------------------------


def _fragment(summary: Summary) -> dict[str, Any]:
    names = Names(summary)
    links = {source.article: link(source.url) for source in summary.sources}
    views = (line for paragraph in report_of(summary).paragraphs for line in paragraph)
    return {
        "title": plain(summary.title),
        "lines": [_line(line, view, links, names) for line, view in zip(summary.lines, views, strict=True)],
        "no_lines": wording.NO_LINES,
        "disagreements": [wording.disagreement(differing, names) for differing in summary.disagreements],
        "faults": [wording.fault(fault) for fault in summary.faults],
        "notices": [plain(notice) for notice in summary.notices],
        "sources": [_source(source, names) for source in summary.sources],
        "credited": wording.credited(summary, names),
    }


def _line(line: Line, view: LineView, links: dict[str, str | None], names: Names) -> dict[str, Any]:
    return {
        "pieces": view.pieces,
        "tag": wording.tag(line, names),
        "remarks": wording.remarks(line, names),
        "quotes": [
            *(_quote(each, links, names, wording.carrying(each, names)) for each in line.evidence),
            *(
                _quote(each, links, names, wording.carrying(each, names) or wording.agreeing(each, line))
                for each in line.corroboration
            ),
        ],
    }


def _quote(evidence: Evidence, links: dict[str, str | None], names: Names, note: str) -> dict[str, Any]:
    return {
        "outlet": names.by(evidence),
        "text": quoted(evidence.quote),
        "link": links.get(evidence.article),
        "note": note,
    }


def _source(source: Source, names: Names) -> dict[str, Any]:
    return {
        "name": wording.source_name(source, names),
        "title": plain(source.title),
        "address": plain(source.url or ""),
        "link": link(source.url),
        "date": day(source.published),
    }
