"""The rows of a batch's index -> a page of cards that link the briefs, and the ways from brief to brief.

In: rows as `newsum.batch` writes them to index.jsonl, one at a time. Out: HTML in pieces, so that the page of a
hundred thousand briefs is never in memory as a whole. Ids, titles and reasons come from articles and files that
anybody may have written: the template escapes all of them, and only paths of the batch's own making become links.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from html import escape
from typing import Any
from urllib.parse import quote

from newsum.rendering.html import templates
from newsum.rendering.names import named
from newsum.rendering.plain import plain
from newsum.system.patterns import regex

__all__ = ["index_page", "with_turns"]

_FIRST = ("html", "md", "text", "json")  # the form that a reader would rather open


def index_page(rows: Iterable[Mapping[str, Any]], heading: str) -> Iterator[str]:
    """The page's pieces; `heading` says how many briefs there are."""
    template = templates().get_template("index.html.jinja")
    yield from template.generate(heading=plain(heading), rows=map(_card, rows))


def _card(row: Mapping[str, Any]) -> dict[str, Any]:
    links = [(form, quote(row["files"][form])) for form in _FIRST if form in row["files"]]
    return {
        "title": plain(row["title"] or row["id"] or "untitled"),
        "links": links,
        "day": plain(row.get("day") or ""),
        "first": plain(row.get("first") or ""),
        "lines": row.get("lines") or 0,
        "disagreements": row.get("disagreements") or 0,
        "facts": list(_facts(row)),
        "outlets": list(map(named, row["outlets"])),
        "remarks": [plain(remark) for remark in (row["reason"], *row["problems"]) if remark],
        "failed": row["status"] != "done",
    }


def _facts(row: Mapping[str, Any]) -> Iterator[str]:
    counts = ((row.get("lines"), "line"), (row["articles"], "article"), (row.get("disagreements"), "disagreement"))
    return (f"{count} {what}{'s' * (count != 1)}" for count, what in counts if count)


def with_turns(page: str, before: tuple[str, str] | None, after: tuple[str, str] | None) -> str:
    """A report with the ways to the index, and to the briefs before and after it, in its head.

    Args:
        before, after: title and file name, beside the page itself; None at either end of the batch.
    """
    ways = "".join((_way("before", "← ", before), '<a href="../index.html">All briefs</a>', _way("next", "→ ", after)))
    nav = f'<nav class="turns" aria-label="Other briefs">{ways}</nav>'
    return _TURNS.sub(lambda found: f"{found[1]}{nav}{found[2]}", page, count=1)


# As report.html.jinja has them; whatever comes from outside is escaped there, and opens no comment.
_TURNS = regex(r"(<!-- turns -->).*?(<!-- end of turns -->)", re.DOTALL)


def _way(kind: str, arrow: str, to: tuple[str, str] | None) -> str:
    if to is None:
        return ""
    title, file = to
    return f'<a class="{kind}" href="{quote(file)}">{arrow}<bdi>{escape(plain(title) or "untitled")}</bdi></a>'
