"""Makes heaps of events that are easily taken for one another, and large ones of stories as they are.

In: training stories. Out: articles, each with the number of its event.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
from scipy.sparse import csr_array

from newsum.articles import Article
from newsum.grouping.vectors import Floats, weighed
from newsum.text.sentences import split
from recipes.grouping.elsewhere import Names, changed, names_of, next_names, other_figures, other_names, taken_names
from recipes.grouping.stories import Tellings, once

__all__ = ["Heap", "large_heaps", "small_heaps"]

Heap = list[tuple[int, Article]]

_NEAREST = 12  # stories
_ONE = 0.45  # of a cosine; two stories that are more alike may be one that an editor took up twice
_READ = 4000  # characters, of which sentences are taken
_WHOLE = 1200  # characters; an excerpt has fewer
_FIRST_DAY = date(2015, 1, 1)
_LATER = (0, 0, 0, 0, 0, 1, 1, 2, 3, 4, 5, 7)  # days, of another event of the heap
_AGAIN = (2, 3, 3, 4, 5, 6, 7)
_LARGE = (  # how articles are cut, stories, heaps
    ("whole", 200, 6),
    ("middle", 200, 3),
    ("short", 200, 3),
    (None, 200, 4),
    ("whole", 40, 10),
    (None, 40, 16),
    ("middle", 15, 30),
    ("whole", 15, 20),
)


def small_heaps(stories: Sequence[Tellings], heaps: int, seed: int) -> Iterator[Heap]:
    """Heaps of a story, of its kind elsewhere, of others with its names, and of its neighbours."""
    maker = _Maker(stories, random.Random(seed))
    for _ in range(heaps):
        yield maker.heap()


class _Maker:
    """The stories with their names and neighbours, to make heaps of."""

    def __init__(self, stories: Sequence[Tellings], rng: random.Random) -> None:
        self._stories, self._rng = stories, rng
        self._names = [names_of(articles) for articles in stories]
        self._pool = sorted({name for found in self._names for name in found.central})
        self._alike = _likenesses(stories)
        self._near = np.argsort(-self._alike, axis=1, kind="stable")[:, :_NEAREST]

    def heap(self) -> Heap:
        """A heap of a few events, told in full or in a few sentences, dated or not."""
        rng = self._rng
        number = rng.randrange(len(self._stories))
        self._cut = rng.choice((None, None, "short", "middle"))
        own, figures = self._renamed(number) if rng.random() < 0.75 else ({}, {})
        first = _FIRST_DAY + timedelta(days=rng.randrange(3000))
        events = [self._event(number, own, figures, first)]
        for _ in range(rng.choice((0, 1, 1, 2, 2))):
            events.append(self._elsewhere(number, own, first))
        for _ in range(rng.choice((0, 1, 2, 3))):
            events.append(self._of_same(number, own, first))
        for _ in range(rng.choice((0, 1, 2, 2, 3))):
            events.append(self._event(int(rng.choice(self._near[number])), {}, {}, first, beside=number))
        if rng.random() < 1 / 3:
            events.append(self._event(rng.randrange(len(self._stories)), {}, {}, first, beside=number))
        undated = rng.random() < 0.2
        return [(event, self._bare(article, undated=undated)) for event, told in enumerate(events) for article in told]

    def _renamed(self, number: int) -> tuple[dict[str, str], dict[str, str]]:
        """The story in other names: what nobody has heard of yet."""
        kept = {word for word in sorted(self._names[number].counts) if self._rng.random() < 0.1}
        all_but = Names({w: c for w, c in self._names[number].counts.items() if w not in kept}, frozenset())
        return other_names(all_but, self._pool, self._rng), other_figures(self._stories[number], self._rng)

    def _elsewhere(self, number: int, own: dict[str, str], first: date) -> list[Article]:
        """The story elsewhere; or there again, days later, with some others."""
        again = self._rng.random() < 0.3
        names = (next_names if again else other_names)(self._names[number], self._pool, self._rng)
        later = self._rng.choice(_AGAIN if again else _LATER)
        figures = other_figures(self._stories[number], self._rng)
        return self._event(number, {**own, **names}, figures, first, later=later)

    def _of_same(self, number: int, own: dict[str, str], first: date) -> list[Article]:
        is_any = self._rng.random() < 0.6
        other = self._rng.randrange(len(self._stories)) if is_any else int(self._rng.choice(self._near[number]))
        names = taken_names(self._names[other], self._names[number], self._rng)
        return self._event(other, {word: own.get(new, new) for word, new in names.items()}, {}, first, beside=number)

    def _event(
        self,
        number: int,
        names: dict[str, str],
        figures: dict[str, str],
        first: date,
        *,
        beside: int | None = None,
        later: int | None = None,
    ) -> list[Article]:
        """Some of a story's articles, changed; none where the story may be the one that it stands beside."""
        rng = self._rng
        if beside is not None and (beside == number or self._alike[beside, number] >= _ONE):
            return []
        articles = list(self._stories[number])
        rng.shuffle(articles)
        articles = once(articles)[: rng.choice((1, 2, 2, 3, 3))]
        dates = _dates(articles, rng)
        if later is None:
            later = 0 if beside is None else rng.choice(_LATER)
        later += (first - min(dates)).days
        dated = (replace(a, published=when.isoformat()) for a, when in zip(articles, dates, strict=True))
        told = [changed(article, names, figures, later) for article in dated]
        return [replace(article, text=_cut(article.text, self._cut, rng)) for article in told]

    def _bare(self, article: Article, *, undated: bool) -> Article:
        if undated or self._rng.random() < 0.03:
            article = replace(article, published=None)
        return replace(article, title="") if self._rng.random() < 0.08 else article


def _likenesses(stories: Sequence[Tellings]) -> Floats:
    """(stories, stories): the cosines of what their articles begin with; 0 of each with itself."""
    begins = (" ".join(f"{a.title} {a.text[:600]}" for a in articles[:3]) for articles in stories)
    found = weighed([Article("", text) for text in begins]).bodies
    rows = csr_array((found.weights, found.terms, found.starts), shape=(len(stories), found.width))
    alike: Floats = (rows @ rows.T).toarray()
    np.fill_diagonal(alike, 0)
    return alike


def _dates(articles: Sequence[Article], rng: random.Random) -> list[date]:
    """When they were published, the undated ones about the day of the first; no more than twelve days later."""
    known = [date.fromisoformat(a.published[:10]) for a in articles if a.published]
    first = min(known, default=_FIRST_DAY)
    last = first + timedelta(days=12)
    return [
        min(date.fromisoformat(a.published[:10]), last)
        if a.published
        else first + timedelta(days=rng.choice((0, 0, 0, 1, 1, 2)) if not known else 0)
        for a in articles
    ]


def _cut(text: str, how: str | None, rng: random.Random) -> str:
    """The text whole, or the sentences that it begins with."""
    how = how or rng.choice(("short", "short", "middle", "middle", "whole"))
    if how == "whole":
        return text
    sentences = split(text[:_READ])[: rng.choice((1, 2, 2) if how == "short" else (3, 4, 5, 6))]
    return text[: sentences[-1][1]] if sentences else text


def large_heaps(stories: Sequence[Tellings], seed: int) -> Iterator[Heap]:
    """Heaps of many stories as they are, some of them in small letters or without dates."""
    rng = random.Random(seed)
    for how, size, heaps in _LARGE:
        for _ in range(heaps):
            is_lower, undated = rng.random() < 0.15, rng.random() < 0.15
            yield [
                (event, _as_found(article, how, rng, is_lower=is_lower, undated=undated))
                for event, articles in enumerate(rng.sample(stories, min(size, len(stories))))
                for article in _some(articles, how, rng)
            ]


def _some(articles: Tellings, how: str | None, rng: random.Random) -> list[Article]:
    found = [article for article in articles if len(article.text) > _WHOLE] if how == "whole" else list(articles)
    rng.shuffle(found)
    return once(found)[: rng.choice((1, 2, 3, 3, 4))]


def _as_found(article: Article, how: str | None, rng: random.Random, *, is_lower: bool, undated: bool) -> Article:
    text, title = _cut(article.text, how, rng), article.title
    if is_lower:
        title = title.lower()
        text = ". ".join(sentence.capitalize() for sentence in text.split(". "))
    return replace(article, title=title, text=text, published=None if undated else article.published, id="")
