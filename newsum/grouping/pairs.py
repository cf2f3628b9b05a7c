"""Says how likely two articles tell of one event: by the names that they share, and those that only one of them has.

Two reports of one kind of event have their words in common (quake, magnitude, struck), two events of one place, club or
firm their names. One event shares both, or its names in other words. What that comes to is learnt: boosted trees over
a few features of a pair (newsum/grouping/pairs.json, which `recipes.grouping` fits).

In: a heap's articles and their weighted terms. Out: a probability for each pair that is asked about.
"""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from newsum.articles import Article
from newsum.grouping.vectors import Floats, Integers, Vectors, Weighed, Words, day
from newsum.planning.trees import Trees
from newsum.similarity.vectors import SIZE, vectors
from newsum.system.patterns import regex
from newsum.text.lexicon import NUMERALS, WEEKDAY, WEEKDAYS, any_of
from newsum.text.words import is_function, stem

__all__ = ["FEATURES", "features", "likelihoods"]

FEATURES = (
    "cosine",  # of all terms
    "of names",  # the part of it that names make
    "of others",  # the cosine of the terms that are no names
    "names found",  # of the names that one article opens with, the share that the other has: the larger of both ways,
    "least names found",  # and the smaller
    "strangers",  # the rarities of those that the other lacks: the smaller of both ways,
    "most strangers",  # and the larger
    "rarest name",  # of those that both have, its rarity
    "headline found",  # of the words of one's title, by their rarity, the share that the other has: the larger way
    "meaning",  # the cosine of the mean vectors of the words that are no names
    "figures apart",  # what both give figures of, none of them the same
    "days of events apart",  # between the weekdays that they name
    "days apart",  # between their publishing
    "shorter",  # the logarithm of how many words each has
    "longer",
)
_TREES = Path(__file__).with_name("pairs.json")
_OPENING = 45  # words of a text that say with its title what it is on
_GLANCE = 600  # characters in which figures and weekdays are looked for
_NEAR = 7.0  # days; of articles further apart the weekdays say nothing more
_UNTITLED = 0.4  # of a headline that is not there
_EVENT_APART = 1.0  # where not told
_UNDATED = 2.0  # days, where one of two has no date
# Time is the clusters' to weigh: two articles are judged as if no more days were between them
_AS_IF = 2.0


def likelihoods(articles: Sequence[Article], found: Weighed, lefts: Integers, rights: Integers) -> Floats:
    """(pairs,): the probability that two articles tell of one event, as if published within two days.

    Args:
        found: the articles' terms.
        lefts, rights: of each pair, the places of its articles.
    """
    rows = features(articles, found, lefts, rights)
    apart = FEATURES.index("days apart")
    rows[:, apart] = np.minimum(rows[:, apart], _AS_IF)
    result: Floats = 1 / (1 + np.exp(-_trees().predict(rows)))
    return result


def features(articles: Sequence[Article], found: Weighed, lefts: Integers, rights: Integers) -> Floats:
    """(pairs, FEATURES)."""
    asked, places = np.unique(np.concatenate([lefts, rights]), return_inverse=True)
    lefts, rights = places[: len(lefts)], places[len(lefts) :]
    told = _Told.of([articles[place] for place in asked], found, asked)
    apart = np.abs(told.days[lefts] - told.days[rights])
    events = np.abs(told.events[lefts] - told.events[rights])
    return np.column_stack(
        [
            _by_terms(told, lefts, rights),
            np.einsum("ij,ij->i", told.meanings[lefts], told.meanings[rights]),
            [_apart(told.figures[a], told.figures[b]) for a, b in zip(lefts.tolist(), rights.tolist(), strict=True)],
            np.where(np.isnan(events) | ~(apart <= _NEAR), _EVENT_APART, events),
            np.where(np.isnan(apart), _UNDATED, apart),
            *np.sort([told.sizes[lefts], told.sizes[rights]], axis=0),
        ]
    )


@cache
def _trees() -> Trees:
    return Trees.read(_TREES, FEATURES)


# --- what an article tells ----------------------------------------------------------------------


@dataclass(frozen=True, slots=True, eq=False)
class _Told:
    """What each article tells, as far as pairs are compared by it.

    Attributes:
        bodies: the weighted terms.
        named: of each entry of `bodies`, how far it is a name, 0..1.
        others: of each article, the length of its row without names.
        opening: the names that it opens with, by their rarity.
        titles: the words of the title, by their rarity.
        meanings: the mean vector of its other words, of length 1.
        figures: of a word, the figures beside it.
        events, days: the day of the weekday that it names, and of its publishing; not a number where there is none.
        sizes: the logarithm of how many words are compared.
    """

    bodies: Vectors
    named: Floats
    others: Floats
    opening: Vectors
    titles: Vectors
    rarities: Floats
    meanings: Floats
    figures: tuple[Mapping[str, frozenset[str]], ...]
    events: Floats
    days: Floats
    sizes: Floats

    @classmethod
    def of(cls, articles: Sequence[Article], found: Weighed, places: Integers) -> "_Told":
        """What some of a heap's articles tell.

        Args:
            found: the terms of the whole heap.
            places: where these stand in it.
        """
        shares = np.zeros(len(found.stems))
        bodies = _sparse([found.bodies.row(place) for place in places], found.bodies.width)
        named, opening, meanings = [np.zeros(0)], [], np.zeros((len(articles), SIZE))
        for number, place in enumerate(places.tolist()):
            stems, share, weights, opens = _names(found.title_words[place], found.text_words[place], found.rarities)
            shares[stems] = share
            named.append(shares[found.parts[bodies.row(number)[0]]].mean(axis=1))
            meanings[number] = (weights * (1 - share)) @ vectors([found.stems[stem] for stem in stems.tolist()])
            opening.append((stems[opens > 0], opens[opens > 0]))
        all_named = np.concatenate(named)
        days = [day(article.published) for article in articles]
        return cls(
            bodies,
            all_named,
            np.sqrt(_each(np.add, (bodies.weights * (1 - all_named)) ** 2, bodies.starts)),
            _sparse(opening, bodies.width),
            _sparse([_distinct(found.title_words[place], found.rarities) for place in places], bodies.width),
            found.rarities,
            meanings / np.maximum(np.linalg.norm(meanings, axis=1, keepdims=True), 1e-9),
            tuple([_figures(f"{a.title}. {a.text[:_GLANCE]}") for a in articles]),
            np.array([_event(a.text[:_GLANCE], when) for a, when in zip(articles, days, strict=True)]),
            np.array([math.nan if when is None else when for when in days]),
            np.log1p([len(found.text_words[place].stems) for place in places]),
        )


def _names(title: Words, text: Words, rarities: Floats) -> tuple[Integers, Floats, Floats, Floats]:
    """Of each stem of an article: its number, how far it is a name, its weight, and that of a name in the opening."""
    both = np.concatenate([title.stems, title.stems, text.stems])  # a title's words count twice
    stems, places, counts = np.unique(both, return_inverse=True, return_counts=True)
    capitals = np.concatenate([title.named, title.named, text.named])
    share = np.bincount(places, capitals, minlength=len(stems)) / np.maximum(counts, 1)
    weights = (1 + np.log(counts)) * rarities[stems]
    begin = len(title.stems)
    opens = np.bincount(places[begin : 2 * begin + _OPENING], minlength=len(stems))
    own = np.where(opens > 0, (1 + np.log(np.maximum(opens, 1))) * rarities[stems] * share, 0)
    return stems, share, weights, own


def _distinct(title: Words, rarities: Floats) -> tuple[Integers, Floats]:
    """The words of a title, each once, and their rarities."""
    stems = np.unique(title.stems)
    return stems, rarities[stems]


_FIGURE = regex(
    rf"""(?:([A-Za-z]+)\ )?[$£€]?
         (?<![\w.,])(\d+(?:[.,]\d+)*(?:[-–]\d+)?|(?:{any_of(NUMERALS[2:])})\b)
         (?:\ ?(%)|[ -]([A-Za-z]+))?""",
    re.IGNORECASE | re.VERBOSE,
)
_VALUES = {name: str(value) for value, name in enumerate(NUMERALS)}
_YEAR = regex(r"(?:19|20)\d\d")


def _figures(text: str) -> dict[str, frozenset[str]]:
    """The figures that stand beside a word, by its stem."""
    found: dict[str, set[str]] = {}
    for before, digits, share, after in _FIGURE.findall(text):
        if not _YEAR.fullmatch(digits):
            value = _VALUES.get(digits.lower()) or digits.replace(",", "").replace("–", "-")
            for word in ("-",) if "-" in value else (before, share or after):
                if word and not is_function(word):
                    found.setdefault("%" if word == "percent" else stem(word), set()).add(value)
    return {word: frozenset(values) for word, values in found.items()}


def _apart(left: Mapping[str, frozenset[str]], right: Mapping[str, frozenset[str]]) -> int:
    return sum(left[word].isdisjoint(right[word]) for word in left.keys() & right.keys())


_WEEKDAY = regex(rf"\b{WEEKDAY}\b")


def _event(text: str, published: float | None) -> float:
    """The day that the first weekday in a text means, the last one of that name; not a number where not told."""
    named = _WEEKDAY.search(text)
    if named is None or published is None:
        return math.nan
    when = math.floor(published)
    return float(when - (when - 1 - WEEKDAYS.index(named[0])) % len(WEEKDAYS))  # day 1 was a Monday


# --- the features that terms make -----------------------------------------------------------------


def _by_terms(told: _Told, lefts: Integers, rights: Integers) -> Floats:
    """(pairs, 9): the first features; all pairs of one article on the right at once."""
    rows = np.zeros((len(lefts), 9))
    scratch = np.zeros((4, told.bodies.width))
    order = np.argsort(rights, kind="stable")
    for part in np.split(order, np.flatnonzero(np.diff(rights[order])) + 1):
        if len(part):
            rows[part] = _with_others(told, int(rights[part[0]]), lefts[part], scratch)
    return rows


def _with_others(told: _Told, number: int, others: Integers, scratch: Floats) -> Floats:
    """(others, 9): the first features of one article with each of the others.

    Args:
        scratch: (4, terms) of zeros, which it leaves so.
    """
    weight, named, opens, heads = scratch
    own, own_weights = told.bodies.row(number)
    opening, rarities = told.opening.row(number)
    weight[own], named[own] = own_weights, told.named[told.bodies.starts[number] : told.bodies.starts[number + 1]]
    opens[opening] = rarities
    title, title_rarities = told.titles.row(number)
    heads[title] = title_rarities

    entries, starts = _entries(told.bodies, others)
    terms = told.bodies.terms[entries]
    products, their_named, own_named = told.bodies.weights[entries] * weight[terms], told.named[entries], named[terms]
    found = opens[terms]
    cosine = _each(np.add, products, starts)
    of_names = _each(np.add, products * np.minimum(their_named, own_named), starts)
    of_others = _each(np.add, products * (1 - their_named) * (1 - own_named), starts)
    there = _each(np.add, found, starts)
    rarest = _each(np.maximum, _rarities(told, terms, found), starts)
    headed = [_share(_each(np.add, heads[terms], starts), np.full(len(others), title_rarities.sum()))]

    entries, starts = _entries(told.opening, others)
    terms, weights = told.opening.terms[entries], told.opening.weights[entries]
    found = np.where(weight[terms] > 0, weights, 0)
    here, all_here = _each(np.add, found, starts), _each(np.add, weights, starts)
    rarest = np.maximum(rarest, _each(np.maximum, _rarities(told, terms, found), starts))
    entries, starts = _entries(told.titles, others)
    terms, weights = told.titles.terms[entries], told.titles.weights[entries]
    headed.append(
        _share(_each(np.add, np.where(weight[terms] > 0, weights, 0), starts), _each(np.add, weights, starts))
    )
    scratch[:, own] = 0
    opens[opening] = heads[title] = 0

    all_there = np.full(len(others), rarities.sum())
    shares = np.sort([here / np.maximum(all_here, 1e-9), there / np.maximum(all_there, 1e-9)], axis=0)
    strangers = np.sort([all_here - here, all_there - there], axis=0)
    lengths = np.maximum(told.others[others] * told.others[number], 1e-9)
    return np.column_stack(
        [cosine, of_names, of_others / lengths, *shares[::-1], *strangers, rarest, np.maximum(*headed)]
    )


def _share(found: Floats, of: Floats) -> Floats:
    """The share of a headline that is found."""
    return np.where(of > 0, found / np.maximum(of, 1e-9), _UNTITLED)


def _rarities(told: _Told, terms: Integers, found: Floats) -> Floats:
    """The rarities of the terms that are found, all of them words."""
    return np.where(found > 0, told.rarities[np.minimum(terms, len(told.rarities) - 1)], 0)


# --- rows of many at once -----------------------------------------------------------------------


def _sparse(rows: Sequence[tuple[Integers, Floats]], width: int) -> Vectors:
    starts = np.cumsum([0, *(len(terms) for terms, _ in rows)])
    terms = np.concatenate([np.zeros(0, dtype=np.int64), *(terms for terms, _ in rows)])
    return Vectors(starts, terms, np.concatenate([np.zeros(0), *(weights for _, weights in rows)]), width)


def _entries(rows: Vectors, numbers: Integers) -> tuple[Integers, Integers]:
    """The entries of the rows, and where each row's begin among them, and where the last one's end."""
    sizes = rows.starts[numbers + 1] - rows.starts[numbers]
    ends = np.cumsum(sizes)
    entries = np.arange(ends[-1]) + np.repeat(rows.starts[numbers] - ends + sizes, sizes)
    return entries, np.concatenate([[0], ends])


def _each(combine: np.ufunc, values: Floats, starts: Integers) -> Floats:
    """What the values of each row come to; 0 for an empty one."""
    result = np.zeros(len(starts) - 1)
    filled = starts[1:] > starts[:-1]
    if filled.any():
        result[filled] = combine.reduceat(values, starts[:-1][filled])
    return result
