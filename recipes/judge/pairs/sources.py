"""Reads the training files' news as articles of sentences fit to make pairs of.

In: text/news_articles, stories/allsides_train (less its kept tenth), allsides_excerpts_train, roundups_2021_train.
Out: `News`: outlet, title, day, sentences; and stories of several outlets with their editor's summary.
"""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from recipes.judge.house import canonical, held_out, sentences_of
from recipes.judge.rows import read_json

__all__ = ["News", "Told", "articles", "is_plain", "stories"]

_HEAD = 20  # sentences
_MOST = 40  # sentences of an article that are looked at: the news stands at its head
_JUNK = re.compile(
    r"https?:|www\.|@\w|\||©|_{2}|\.{4}|[\[\]{}<>#*]|\b(?:Photo|Getty|AP Photo|Click here|Follow|Subscribe|Sign up|"
    r"Story Continued|MORE on|Read more|Advertisement|Image|Video|Watch)\b"
)
_DATELINE = re.compile(r"^[A-Z][A-Z .,'’-]{3,40}(?:, [A-Z][a-z]+\.?)?(?: \([A-Z][A-Za-z ]+\))? ?[-–—]+ ?")


class News(NamedTuple):
    """One article; `day` is None where its date is not known."""

    outlet: str
    title: str
    day: date | None
    sentences: tuple[str, ...]


class Told(NamedTuple):
    """One event as several outlets tell it, with an editor's summary of them in sentences."""

    articles: tuple[News, ...]
    summary: tuple[str, ...]

    @property
    def heads(self) -> tuple[str, ...]:
        """The first sentences of each article, which name whom the story is about."""
        return tuple(s for article in self.articles for s in article.sentences[:_HEAD])


def articles(folder: Path) -> Iterator[News]:
    """Every article of the plain training text."""
    for found in read_json(folder / "text/news_articles.jsonl.gz"):
        yield _news(found)


def stories(folder: Path) -> Iterator[Told]:
    """Every training story with its summary; the kept tenth left out, in each of its two forms."""
    for name in ("allsides_train", "allsides_excerpts_train", "roundups_2021_train"):
        for found in read_json(folder / "stories" / f"{name}.jsonl.gz"):
            if not held_out(found["story_id"]):
                summary = tuple(sentences_of(found.get("reference") or ""))
                yield Told(tuple(_news(article) for article in found["articles"]), summary)


def is_plain(sentence: str) -> bool:
    """Whether a sentence is whole, of common length, and free of a page's leavings."""
    words = sentence.split()
    return (
        7 <= len(words) <= 42
        and sentence[-1] in '.”"'
        and (sentence[0].isupper() or sentence[0] in '“"')
        and sentence.count("“") == sentence.count("”")
        and sentence.count('"') % 2 == 0
        and sentence.count("(") == sentence.count(")")
        and not _JUNK.search(sentence)
    )


def _news(found: dict[str, Any]) -> News:
    sentences = [_DATELINE.sub("", sentence) for sentence in sentences_of(found["text"])[:_MOST]]
    return News(
        canonical(re.sub(r" *(?:\(.*|- News|Online News)$", "", found.get("outlet") or "").strip()),
        " ".join((found.get("title") or "").split()),
        _day(found.get("date")),
        tuple(sentence for sentence in sentences if sentence),
    )


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat((text or "")[:10])
    except ValueError:
        return None
