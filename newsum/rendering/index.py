"""The rows of a batch's index -> a page that links the briefs, piece by piece.

In: rows as `newsum.batch` writes them to index.jsonl, one at a time. Out: HTML in pieces, so that the page of a
hundred thousand briefs is never in memory as a whole. Ids, titles and reasons come from articles and files that
anybody may have written: the template escapes all of them, and only paths of the batch's own making become links.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import quote

from newsum.rendering import wording
from newsum.rendering.html import templates

__all__ = ["index_page"]

_FIRST = ("html", "md", "text", "json")  # the form that a reader would rather open


def index_page(rows: Iterable[Mapping[str, Any]], heading: str) -> Iterator[str]:
    """The page's pieces; `heading` says how many briefs there are."""
    template = templates().get_template("index.html.jinja")
    yield from template.generate(heading=wording.plain(heading), rows=map(_row, rows))


def _row(row: Mapping[str, Any]) -> dict[str, Any]:
    links = [(form, quote(row["files"][form])) for form in _FIRST if form in row["files"]]
    return {
        "title": wording.plain(row["title"] or row["id"] or "untitled"),
        "id": wording.plain(row["id"] or ""),
        "links": links,
        "outlets": [wording.outlet(outlet) for outlet in row["outlets"]],
        "remarks": [wording.plain(remark) for remark in (row["reason"], *row["problems"]) if remark],
        "failed": row["status"] != "done",
    }
