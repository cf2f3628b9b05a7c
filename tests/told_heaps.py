"""Reads small heaps with the event that each article tells of.

In: a text file: "# what the heap is", "== event | outlet | date | title", and below it the article.
Out: the heaps by name, each an article list with the event of each.
"""

from pathlib import Path

from newsum.articles import Article

__all__ = ["told_heaps"]

Heap = list[tuple[str, Article]]


def told_heaps(path: Path) -> dict[str, Heap]:
    """Name of the heap -> its (event, article) pairs."""
    heaps: dict[str, Heap] = {}
    for part in path.read_text(encoding="utf-8").split("# ")[1:]:
        name, *articles = part.split("\n== ")
        heaps[name.strip()] = [_article(article) for article in articles]
    return heaps


def _article(told: str) -> tuple[str, Article]:
    head, _, text = told.strip().partition("\n")
    event, outlet, day, title = (field.strip() for field in head.split("|"))
    return event, Article(outlet, text, title, published=day or None)
