"""Reads training stories, those that are in two files as one, each title once in an event."""

import gzip
import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from newsum.articles import Article, Story
from newsum.reading.dates import to_iso
from recipes.aside import held_out

__all__ = ["read"]

_LEAST = 80  # characters
_TELLING = 15  # characters of a title that two stories do not share by chance

Tellings = tuple[Article, ...]


def read(paths: Iterable[Path], *, aside: bool) -> list[Tellings]:
    """The articles of each story; an article may be there whole and as an excerpt.

    Args:
        aside: those of the tenth that is kept aside, or all others.
    """
    found: list[list[Article]] = []
    home: dict[str, int] = {}
    for path in paths:
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for row in map(json.loads, lines):
                if held_out(row["story_id"]) == aside:
                    _add(Story.from_dict(row), found, home)
    return [tuple(articles) for articles in found if articles]


def _add(story: Story, found: list[list[Article]], home: dict[str, int]) -> None:
    articles = [_dated(article) for article in story.articles if len(article.text) >= _LEAST]
    keys = [key for a in articles for key in (a.title, a.url) if key and len(key) > _TELLING]
    homes = sorted({home[key] for key in keys if key in home})
    first = homes[0] if homes else len(found)
    if not homes:
        found.append([])
    found[first] += articles
    for other in homes[1:]:
        found[first] += found[other]
        found[other] = []
        home.update({key: first for key, at in home.items() if at == other})
    home.update(dict.fromkeys(keys, first))


def _dated(article: Article) -> Article:
    return replace(article, published=to_iso(article.published or ""))


def once(articles: Sequence[Article]) -> list[Article]:
    """One of each title."""
    return list({article.title or article.text: article for article in articles}.values())
