"""Finds who carries whose text: the independent origins among several articles.

Five outlets that run one agency's text are one voice. Which articles carry one text, copies.py finds; whose text it
is, is told here: that of the outlet which the texts name at their ends ("(Northgate Wire) -"), else of the earlier one.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from newsum.articles import Article
from newsum.similarity.copies import Body, carried, families

__all__ = ["origins"]

_BYLINE = 200  # characters at either end in which an agency is named


def origins(articles: Sequence[Article]) -> dict[str, str]:
    """Article id -> the id of the article whose text it carries; its own id where it is independent.

    The order of the articles makes no difference. Only articles that share runs of words are compared, and those of
    one family of copies only with its origins.
    """
    origin = {a.id: a.id for a in articles}
    distinct = sorted({a.id: a for a in articles}.values(), key=lambda a: a.id)
    for family in families([a.text for a in distinct]):
        origin |= _settled([distinct[place] for place in family])
    return origin


def _settled(family: Sequence[Article]) -> dict[str, str]:
    """The origins in a family: the likeliest first, then each that is a copy of none before it."""
    ends = [(a.outlet, f"{a.text[:_BYLINE]}\n{a.text[-_BYLINE:]}") for a in family]
    order = sorted(family, key=lambda a: (-_named(a, ends), _when(a), a.id))
    firsts: list[tuple[Article, Body]] = []
    origin: dict[str, str] = {}
    for article in order:
        body = Body.of(article.text)
        shares = [(carried(first_body, body), first) for first, first_body in firsts]
        most, found = max(shares, key=lambda one: one[0], default=(0.0, article))
        if not most:
            firsts.append((article, body))
        origin[article.id] = (found if most else article).id
    return origin


def _named(article: Article, ends: Iterable[tuple[str, str]]) -> int:
    """How many texts name its outlet at their beginning or end: other outlets', or its own as agencies sign theirs."""
    if not article.outlet:
        return 0
    name = re.compile(rf"(?<!\w){re.escape(article.outlet)}(?!\w)")
    signed = f"({article.outlet})".casefold() in article.text[:_BYLINE].casefold()
    others = (end for outlet, end in ends if outlet != article.outlet and article.outlet in end)
    return signed + sum(bool(name.search(end)) for end in others)


def _when(article: Article) -> datetime:
    """When it was published, for comparing; a day alone is its first minute, no date comes last."""
    try:
        when = datetime.fromisoformat(article.published or "")
    except ValueError:
        return datetime.max.replace(tzinfo=UTC)
    return when if when.tzinfo else when.replace(tzinfo=UTC)
