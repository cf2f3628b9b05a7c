"""A heap of articles -> stories, by what they tell and when; tomorrow's articles join today's stories.

    articles -> families of copies -> weighted terms, day, language -> pairs -> clusters -> Story

In: articles in any order, and the stories that are known already. Out: a list of `Story`, each article in one of
them. Near-linear in time: copies and candidates come from indexes (copies.py, clustering.py), nothing compares all
with all.
"""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, count
from types import MappingProxyType
from typing import get_args

import numpy as np
from numpy.typing import NDArray

from newsum.articles import Article, Story, no_article
from newsum.errors import ArticleError, SettingsError
from newsum.grouping.clustering import Item, Likelihoods, Measure, clusters
from newsum.grouping.vectors import Floats, Integers, Weighed, day, product, total, weighed
from newsum.reading.given import Given, articles_of
from newsum.similarity.copies import families
from newsum.system.choices import Breadth
from newsum.system.logs import timed
from newsum.text.language import language

__all__ = ["Breadth", "group"]

_GLANCE = 600  # characters that tell an article's language
_CAPITALS = 0.03  # of a text's words are names in 99 of 100 articles, in 3 of 4 that are in small letters fewer
_FEW = 30  # words

# "story" has the best mean B-cubed F1 over mixtures of training sets: stories told by a few outlets in two days
# (AllSides, roundups) or without dates (Multi-News), alone or among as many articles that nobody else joins (0.93; any
# likeness from 0.12 to 0.16 fares nearly as well). Stories there last longer than what was best, two thirds of a
# likeness lost in time, allows for. "event" puts together wrongly less than half as often; "topic" makes half as many
# stories, and does not ask how likely two articles tell of one event. With `sure` at 0.3 the mixtures fare the same and
# heaps of like events a little better (0.860 for 0.858); the development heaps, half a point worse, chose 0.25.
_MEASURES: Mapping[str, Measure] = MappingProxyType(
    {
        "event": Measure(alike=0.2, fades=3, lasts=0.2, sure=0.25),
        "story": Measure(alike=0.14, fades=4, lasts=0.4, sure=0.25),
        "topic": Measure(alike=0.09, fades=30, lasts=0.8),
    }
)


def group(articles: Given, *, breadth: Breadth = "story", known: Iterable[Story] = ()) -> list[Story]:
    """The articles as stories, those of most articles first.

    Copies of one text are together and count once. An article without a date is told by its words alone. The order of
    the articles makes no difference, and one that is given twice is taken once.

    Args:
        articles: in any order; or the files and folders that `newsum.read` reads them from.
        breadth: "event" puts together what tells of one happening on its days, "story" that and what follows from it,
            "topic" what is on one matter, over months.
        known: stories of earlier days. They keep their ids, titles and articles; others join them or make new
            stories. Two known stories never become one, and what is known already is not taken again.

    Returns:
        The known stories and the new ones. A new story's id is that of its first article, its title that of the
        article nearest to all of them. Articles stand in the order of time, undated ones last; those that join a known
        story follow its own.

    Raises:
        ArticleError: two different articles have one id.
        SettingsError: `breadth` has another value.

    >>> first = Article("BBC", "Osterland signed a gas treaty.", published="2026-02-05")
    >>> second = Article("CNN", "Gas treaty signed by Osterland.", published="2026-02-06")
    >>> [story.outlets for story in group([second, first])]
    [('BBC', 'CNN')]
    """
    if breadth not in _MEASURES:
        allowed = ", ".join(f'"{choice}"' for choice in get_args(Breadth))
        raise SettingsError(f"breadth={breadth!r} is not allowed: use {allowed}")
    known = list(known)
    home = _homes(known)
    heap = _once(articles_of(articles), chain(*(story.articles for story in known)))
    units = _units(heap, home)
    with timed("grouped %d articles", len(heap)):
        terms = weighed(heap)
        bodies, titles = terms.bodies, terms.titles
        vectors = bodies.means(units)
        items = [_item(heap, unit, home) for unit in units]
        found = []
        for cluster in clusters(vectors, items, _MEASURES[breadth], _chances(heap, terms, units, items)):
            places = sorted(chain(*(units[unit] for unit in cluster)))
            whole = total([vectors.row(unit) for unit in cluster])
            near = [product(bodies.row(place), whole) + product(titles.row(place), whole) for place in places]
            found.append(_found([heap[place] for place in places], near, home))
    return sorted(_stories(found, known), key=lambda story: -len(story.articles))


# --- what is compared -------------------------------------------------------------------------


def _homes(known: Sequence[Story]) -> dict[str, int]:
    """Article id -> the number of the known story that has it; the first one where two have."""
    home: dict[str, int] = {}
    for number, story in enumerate(known):
        for article in story.articles:
            home.setdefault(article.id, number)
    return home


def _once(articles: Iterable[Article], known: Iterable[Article]) -> list[Article]:
    """Each article once, in the order of time, those without a date last; one that is known stays as it is known."""
    found = {article.id: article for article in known}
    settled = set(found)
    for article in articles:
        if not isinstance(article, Article):
            raise no_article(article)
        if found.setdefault(article.id, article) != article and article.id not in settled:
            raise ArticleError(f'two different articles have the id "{article.id}": leave ids out, or make them differ')
    return sorted(found.values(), key=_time)


def _time(article: Article) -> tuple[float, str]:
    when = day(article.published)
    return (math.inf if when is None else when, article.id)


def _units(heap: Sequence[Article], home: Mapping[str, int]) -> list[list[int]]:
    """The places in the heap of what counts as one: an article, or the copies of one text in several outlets.

    What one outlet repeats (the background of a running story, an offer to subscribe) does not make one story. Copies
    in different known stories stay there; the others join the first of these.
    """
    first = list(range(len(heap)))
    for family in families([article.text for article in heap]):
        if len({heap[place].outlet or heap[place].id for place in family}) > 1:
            homes = [home.get(heap[place].id) for place in family]
            joined = min((own for own in homes if own is not None), default=None)
            firsts: dict[int | None, int] = {}
            for place, own in zip(family, homes, strict=True):
                first[place] = firsts.setdefault(joined if own is None else own, place)
    units: dict[int, list[int]] = {}
    for place, leader in enumerate(first):
        units.setdefault(leader, []).append(place)
    return list(units.values())


def _item(heap: Sequence[Article], unit: Iterable[int], home: Mapping[str, int]) -> Item:
    """What is said of a unit: the first of its articles that says it, says it for all."""
    articles = [heap[place] for place in unit]
    days = (day(article.published) for article in articles)
    languages = (language(f"{a.title}\n{a.text[:_GLANCE]}") for a in articles)
    return Item(
        day=next((found for found in days if found is not None), None),
        language=next(filter(None, languages), ""),
        known=next((home[article.id] for article in articles if article.id in home), None),
    )


def _chances(
    heap: Sequence[Article], terms: Weighed, units: Sequence[Sequence[int]], items: Sequence[Item]
) -> Likelihoods:
    """How likely two units tell of one event, by the first article of each.

    What is not in English, or in small letters, is told by its words alone: names are found by English capitals.
    """
    firsts = np.array([unit[0] for unit in units], dtype=np.int64)
    named = np.array(
        [
            item.language in ("", "en") and _has_capitals(terms.text_words[unit[0]].named)
            for item, unit in zip(items, units, strict=True)
        ],
        dtype=bool,
    )

    def chances(lefts: Integers, rights: Integers) -> Floats:
        from newsum.grouping.pairs import likelihoods  # with its trees; "topic" never asks

        asked = named[lefts] & named[rights]
        found = np.ones(len(lefts))
        found[asked] = likelihoods(heap, terms, firsts[lefts[asked]], firsts[rights[asked]])
        return found

    return chances


def _has_capitals(named: NDArray[np.bool_]) -> bool:
    """Whether names would have capitals in a text, of whose words these are the names; a short one may have none."""
    return len(named) < _FEW or float(named.mean()) >= _CAPITALS


# --- what comes out ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Found:
    """The articles of a cluster that no known story has, the best title, and the known story that they join."""

    articles: tuple[Article, ...]
    title: str
    known: int | None


def _found(articles: Sequence[Article], near: Sequence[float], home: Mapping[str, int]) -> _Found:
    """What a cluster says; `near` is how near each article, and its title, are to all."""
    best = max(range(len(articles)), key=lambda n: (bool(articles[n].title), near[n]))
    known = next((home[article.id] for article in articles if article.id in home), None)
    return _Found(tuple(a for a in articles if a.id not in home), articles[best].title, known)


def _stories(found: Sequence[_Found], known: Sequence[Story]) -> Iterator[Story]:
    """The known stories with what joined them, then the new ones."""
    joining = {cluster.known: cluster for cluster in found if cluster.known is not None}
    taken = {story.id for story in known if story.id is not None}
    for number, story in enumerate(known):
        extra = joining.get(number, _Found((), "", number))
        articles = (*story.articles, *extra.articles)
        yield Story(articles, story.id or _free_id(articles, taken), story.title or extra.title)
    for cluster in found:
        if cluster.known is None:
            yield Story(cluster.articles, _free_id(cluster.articles, taken), cluster.title)


def _free_id(articles: Sequence[Article], taken: set[str]) -> str:
    """The id of the first article; another's, or that with a number, where a story is called so already."""
    ids = [article.id for article in articles] or ["story"]
    free = next(name for name in chain(ids, (f"{ids[0]}-{n}" for n in count(2))) if name not in taken)
    taken.add(free)
    return free
