"""Mixed heaps of articles with their true stories, and the peers that newsum's grouping is measured beside.

The heaps that are reported are news_cluster_dev, basil_dev with allsides_val, and ecbplus_dev. Settings, the peers' and
newsum's own, are chosen on mixtures of the training sets: dense and diverse ones, dated and not, with and without
articles that nobody else's joins.
"""

import math
import random
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import numpy as np

from benchmarks.data import data_folder, read_jsonl
from benchmarks.sets import FIXTURES
from newsum.articles import Article, Story
from newsum.grouping.vectors import day
from newsum.reading import read_stories
from newsum.reading.dates import to_iso
from newsum.text.words import content_words, words

__all__ = ["Heap", "Labels", "b_cubed", "connected", "heaps", "mixtures", "single_pass", "stories_of"]

_SEED = 7

Labels = Sequence[int]
Score = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Heap:
    """Articles and the number of the true story of each; mixed, so that their order tells nothing."""

    name: str
    articles: tuple[Article, ...]
    truth: tuple[int, ...]

    @classmethod
    def of(cls, name: str, stories: Iterable[Story]) -> "Heap":
        told = [(article, number) for number, story in enumerate(stories) for article in story.articles if article.text]
        random.Random(_SEED).shuffle(told)
        named = (replace(article, id=f"{name}-{place}") for place, (article, _) in enumerate(told))
        return cls(name, tuple(named), tuple(number for _, number in told))


def b_cubed(found: Labels, truth: Labels, weights: Sequence[float] | None = None) -> Score:
    """Precision, recall and F1, the mean over articles.

    Args:
        weights: how often each article counts; once where not given.
    """
    stories, clusters, both = Counter(truth), Counter(found), Counter(zip(found, truth, strict=True))
    counted = np.ones(len(truth)) if weights is None else np.asarray(weights, dtype=float)
    shared = np.array([both[pair] for pair in zip(found, truth, strict=True)], dtype=float)
    precision = float((counted * shared / [clusters[label] for label in found]).sum() / counted.sum())
    recall = float((counted * shared / [stories[label] for label in truth]).sum() / counted.sum())
    return precision, recall, 2 * precision * recall / (precision + recall)


# --- the heaps --------------------------------------------------------------------------------


def heaps() -> list[Heap]:
    """The heaps that are reported; the fixtures alone where there is no data."""
    if data_folder() is None:
        return [Heap.of("12 fixture stories", read_stories(FIXTURES))]
    return [
        Heap.of("news_cluster_dev", stories_of("news_cluster_dev")),
        Heap.of("basil_dev + allsides_val", [*stories_of("basil_dev"), *stories_of("allsides_val")]),
        Heap.of("ecbplus_dev", stories_of("ecbplus_dev")),
        Heap.of("ecbplus_dev, topics", _topics(stories_of("ecbplus_dev"))),
    ]


def mixtures() -> Iterator[Heap]:
    """The heaps that settings are chosen on."""
    rng = random.Random(_SEED)
    allsides, roundups = stories_of("allsides_train"), stories_of("roundups_2021_train")
    rng.shuffle(allsides)
    for part in range(4):
        yield Heap.of(f"allsides {part + 1}", allsides[part * 220 :][:220])
    yield Heap.of("allsides, half of them lone", [_perhaps_lone(story, rng) for story in allsides[:300]])
    yield Heap.of("roundups", roundups)
    clusters = [story for story in _multi_news() if len(story.articles) > 1]
    rng.shuffle(clusters)
    yield Heap.of("multi_news", clusters[:500])
    yield Heap.of("multi_news, half of them lone", [_perhaps_lone(story, rng) for story in clusters[500:800]])
    large = [story for story in clusters if len(story.articles) > 3]
    for part in range(3):
        yield Heap.of(f"multi_news, large {part + 1}", large[part * 28 :][:28])


def stories_of(name: str) -> list[Story]:
    return [Story.from_dict(_with_days(row)) for row in read_jsonl(f"stories/{name}")]


def _topics(stories: Iterable[Story]) -> list[Story]:
    """ "ecb-2-ecb" and "ecb-2-ecbplus", two events of one kind, as one."""
    topics: dict[str, list[Article]] = {}
    for story in stories:
        topics.setdefault(str(story.id).rpartition("-")[0], []).extend(story.articles)
    return [Story(tuple(articles), topic) for topic, articles in topics.items()]


def _multi_news() -> Iterator[Story]:
    for row in read_jsonl("training/multi_news_train_1"):
        kept = [a for a in row["articles"] if a["relevant"] and len(a["text"]) > 200]
        yield Story.from_dict({**row, "articles": kept})


def _with_days(row: dict[str, Any]) -> dict[str, Any]:
    """The row with dates as `newsum.read` would have them."""
    return {**row, "articles": [{**a, "date": to_iso(a.get("date") or "")} for a in row["articles"]]}


def _perhaps_lone(story: Story, rng: random.Random) -> Story:
    return replace(story, articles=(rng.choice(story.articles),)) if rng.random() < 0.5 else story


# --- peers ------------------------------------------------------------------------------------

# The defaults are the best of those that `python -m benchmarks.grouping --tune` tries, by mean F1 over the mixtures.


def single_pass(articles: Sequence[Article], alike: float = 0.14, window: float = 2) -> Labels:
    """In the order of time, each article joins the story whose mean is nearest, or opens one.

    Args:
        alike: the least cosine with the story's mean.
        window: days after its last article in which a story takes another.
    """
    cosines, days = _compared(tuple(articles))
    labels = np.zeros(len(articles), dtype=np.int64)
    squares, last = np.zeros(len(articles)), np.full(len(articles), math.nan)  # of each story: of its sum's length; day
    done: list[int] = []
    stories = 0
    for place in sorted(range(len(articles)), key=lambda n: (math.isnan(days[n]), days[n], n)):
        products = np.bincount(labels[done], cosines[place, done], minlength=stories)
        closed = days[place] - last[:stories] > window
        near = np.where(closed, 0, products / np.sqrt(np.maximum(squares[:stories], 1e-9)))
        best = int(near.argmax()) if stories else 0
        if not stories or near[best] < alike:
            best, stories = stories, stories + 1
            products = np.append(products, 0)
        labels[place] = best
        squares[best] += 2 * products[best] + 1
        last[best] = last[best] if math.isnan(days[place]) else days[place]
        done.append(place)
    return labels.tolist()


def connected(articles: Sequence[Article], alike: float = 0.2, window: float = 2) -> Labels:
    """The connected components of the pairs that are alike enough, and no more than `window` days apart."""
    cosines, days = _compared(tuple(articles))
    near = (cosines >= alike) & ~(np.abs(days[:, None] - days) > window)
    labels = np.full(len(articles), -1)
    for start in range(len(articles)):
        waiting = [start] if labels[start] < 0 else []
        while waiting:
            place = waiting.pop()
            labels[place] = start
            waiting += np.flatnonzero(near[place] & (labels < 0)).tolist()
    return labels.tolist()


@lru_cache(maxsize=1)
def _compared(articles: tuple[Article, ...]) -> tuple[np.ndarray, np.ndarray]:
    """(articles, articles) cosines, and the days. A term weighs 1 + log of its count, times its rarity in the heap."""
    counts = [Counter(word.key for word in content_words(words(f"{a.title}\n{a.text[:4000]}"))) for a in articles]
    held = Counter(term for count in counts for term in count)
    column = {term: number for number, term in enumerate(held)}
    rows = np.zeros((len(articles), len(column)), dtype=np.float32)
    for row, count in zip(rows, counts, strict=True):
        for term, times in count.items():
            row[column[term]] = (1 + math.log(times)) * math.log(len(articles) / held[term])
    rows /= np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)
    days = [math.nan if (when := day(article.published)) is None else when for article in articles]
    return rows @ rows.T, np.array(days)
