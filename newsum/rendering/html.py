"""A summary -> a fragment of HTML for a notebook or a page, or a whole page.

In: a `Summary`. Out: HTML without scripts, its style confined to the fragment, every quote that a line rests on in a
fold under that line. The template escapes all that it is given (Jinja2's autoescape); what it is given is plain
strings, and addresses that `wording.link` let through.
"""

from collections.abc import Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING, Any

from newsum.rendering import wording
from newsum.summary import Evidence, Line, Source, Span, Summary

if TYPE_CHECKING:
    from jinja2 import Environment

__all__ = ["templates", "to_html", "to_html_page"]


def to_html(summary: Summary) -> str:
    """The brief as a fragment of HTML that brings its own style, in light and dark surroundings."""
    return templates().get_template("brief.html.jinja").render(_view(summary))


def to_html_page(summary: Summary) -> str:
    """The brief as a whole HTML document, which is forbidden to load or run anything."""
    return templates().get_template("page.html.jinja").render(_view(summary))


@cache
def templates() -> "Environment":
    """Those in the folder beside this file; whatever is put into them is escaped."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    loader = PackageLoader("newsum.rendering", "templates")
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)


def _view(summary: Summary) -> dict[str, Any]:
    """All that the templates print, as plain strings."""
    links = {source.article: wording.link(source.url) for source in summary.sources}
    return {
        "title": wording.plain(summary.title),
        "lines": [_line(line, links, summary) for line in summary.lines],
        "no_lines": wording.NO_LINES,
        "disagreements": [wording.disagreement(differing) for differing in summary.disagreements],
        "faults": [wording.fault(fault) for fault in summary.faults],
        "notices": [wording.plain(notice) for notice in summary.notices],
        "sources": [_source(number, source) for number, source in enumerate(summary.sources, start=1)],
        "credited": wording.credited(summary),
    }


def _line(line: Line, links: dict[str, str | None], summary: Summary) -> dict[str, Any]:
    return {
        "pieces": [(wording.harmless(text), backed) for text, backed in _pieces(line.text, line.support.unsupported)],
        "tag": wording.tag(line),
        "remarks": wording.remarks(line),
        "quotes": [
            *(_quote(evidence, links, wording.carrying(evidence, summary)) for evidence in line.evidence),
            *(
                _quote(evidence, links, wording.carrying(evidence, summary) or wording.agreeing(evidence, line))
                for evidence in line.corroboration
            ),
        ],
    }


def _pieces(text: str, unsupported: Iterable[Span]) -> Iterator[tuple[str, bool]]:
    """The text cut at the spans that nothing backs: (piece, whether it is backed). Spans may overlap."""
    at = 0
    for start, end in sorted(unsupported):
        start, end = max(start, at), min(end, len(text))
        if start < end:
            yield text[at:start], True
            yield text[start:end], False
            at = end
    yield text[at:], True


def _quote(evidence: Evidence, links: dict[str, str | None], note: str) -> dict[str, Any]:
    return {
        "outlet": wording.outlet(evidence.outlet),
        "text": wording.quoted(evidence.quote),
        "link": links.get(evidence.article),
        "note": note,
    }


def _source(number: int, source: Source) -> dict[str, Any]:
    return {
        "name": wording.source_name(number, source),
        "title": wording.plain(source.title),
        "address": wording.plain(source.url or ""),
        "link": wording.link(source.url),
        "date": wording.date(source.published),
    }
