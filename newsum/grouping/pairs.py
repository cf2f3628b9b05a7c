"""Says how likely two articles tell of one event: by the names that they share, and those that only one of them has.

Two reports of one kind of event have their words in common (quake, magnitude, struck), two events of one place, club or
firm their names. One event shares both, or its names in other words. What that comes to is learnt: boosted trees over
a few features of a pair (newsum/grouping/pairs.json, which `recipes.grouping` fits).

In: a heap's articles and their weighted terms. Out: a probability for each pair that is asked about.
"""

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from newsum.articles import Article
from newsum.grouping.vectors import Floats, Integers, Vectors, Weighed, Words, day
from newsum.planning.trees import Trees
from newsum.similarity.vectors import SIZE, vectors
from newsum.text.lexicon import NUMERALS, WEEKDAY, WEEKDAYS, any_of
from newsum.text.words import is_function, stem

__all__ = ["FEATURES", "Told"]

FEATURES = (
    "cosine",  # of all terms
    "of names",  # the part of it that names make
    "of others",  # the cosine of the terms that are no names
    "names found",  # of the names that one article opens with, the share that the other has: the larger of both ways,
    "least names found",  # and the smaller
    "strangers",  # the rarities of those that the other lacks: the smaller of both ways,
    "most strangers",  # and the larger
    "rarest name",  # of those that both have, its rarity
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
_EVENT_APART = 1.0  # where not told
_UNDATED = 2.0  # days, where one of two has no date
# Time is the clusters' to weigh: two articles are judged as if no more days were between them
_AS_IF = 2.0


@dataclass(frozen=True, slots=True, eq=False)
class Told:
    """What each article of a heap tells, as far as pairs are compared by it."""

    bodies: Vectors
    named: Floats  # of each entry of `bodies`: 1 for a name, 0 for none, or the share of its places
    others: Floats  # of each article: the length of its row, names left out
    opening: Vectors  # the names that it opens with, by their rarity
    rarities: Floats
    meanings: Floats
    figures: tuple[Mapping[str, frozenset[str]], ...]
    events: Floats
    days: Floats
    sizes: Floats

    @classmethod
    def of(cls, articles: Sequence[Article], found: Weighed) -> "Told":
        """What the articles tell.

        Args:
            found: their terms.
        """
        table = vectors(found.stems)
        names = [_names(title, text, found.rarities) for title, text in zip(found.title_words, found.text_words, strict=True)]
        shares = np.zeros(len(found.stems))
        named, meanings = [np.zeros(0)], np.zeros((len(articles), SIZE))
        for place, (stems, share, weights, _) in enumerate(names):
            shares[stems] = share
            named.append(shares[found.parts[found.bodies.row(place)[0]]].mean(axis=1))
            shares[stems] = 0
            meanings[place] = (weights * (1 - share)) @ table[stems]
        days = [day(article.published) for article in articles]
        others = found.bodies.weights * (1 - np.concatenate(named))
        return cls(
            found.bodies,
            np.concatenate(named),
            np.sqrt(_each(np.add, others**2, found.bodies.starts)),
            _sparse([(stems[own > 0], own[own > 0]) for stems, _, _, own in names], found.bodies.width),
            found.rarities,
            meanings / np.maximum(np.linalg.norm(meanings, axis=1, keepdims=True), 1e-9),
            tuple([_figures(f"{a.title}. {a.text[:_GLANCE]}") for a in articles]),
            np.array([_event(a.text[:_GLANCE], when) for a, when in zip(articles, days, strict=True)]),
            np.array([math.nan if when is None else when for when in days]),
            np.log1p([len(text.stems) for text in found.text_words]),
        )

    def likelihoods(self, lefts: Integers, rights: Integers) -> Floats:
        """(pairs,): the probability that two articles tell of one event, published about one day."""
        found = self.features(lefts, rights)
        apart = FEATURES.index("days apart")
        found[:, apart] = np.minimum(found[:, apart], _AS_IF)
        result: Floats = 1 / (1 + np.exp(-_trees().predict(found)))
        return result

    def features(self, lefts: Integers, rights: Integers) -> Floats:
        """(pairs, FEATURES)."""
        rows = np.zeros((len(lefts), len(FEATURES)))
        order = np.argsort(rights, kind="stable")
        for part in np.split(order, np.flatnonzero(np.diff(rights[order])) + 1):
            if len(part):
                rows[part, :8] = self._by_terms(int(rights[part[0]]), lefts[part])
        rows[:, 8] = np.einsum("ij,ij->i", self.meanings[lefts], self.meanings[rights])
        rows[:, 9] = [_apart(self.figures[left], self.figures[right]) for left, right in zip(lefts.tolist(), rights.tolist(), strict=True)]
        apart = np.abs(self.days[lefts] - self.days[rights])
        events = np.abs(self.events[lefts] - self.events[rights])
        rows[:, 10] = np.where(np.isnan(events) | ~(apart <= _NEAR), _EVENT_APART, events)
        rows[:, 11] = np.where(np.isnan(apart), _UNDATED, apart)
        sizes = np.sort([self.sizes[lefts], self.sizes[rights]], axis=0)
        rows[:, 12], rows[:, 13] = sizes
        return rows

    def _by_terms(self, number: int, others: Integers) -> Floats:
        """(others, 8): the first features of one article with each of the others."""
        width = self.bodies.width
        row, named, own = np.zeros(width), np.zeros(width), np.zeros(width)
        terms, weights = self.bodies.row(number)
        row[terms], named[terms] = weights, self.named[self.bodies.starts[number] : self.bodies.starts[number + 1]]
        opening, rarities = self.opening.row(number)
        own[opening] = rarities

        places, starts = _places(self.bodies, others)
        terms = self.bodies.terms[places]
        products = self.bodies.weights[places] * row[terms]
        cosine = _each(np.add, products, starts)
        of_names = _each(np.add, products * np.minimum(self.named[places], named[terms]), starts)
        of_others = _each(np.add, products * (1 - self.named[places]) * (1 - named[terms]), starts)
        of_others /= np.maximum(self.others[others] * self.others[number], 1e-9)
        found = own[terms]
        there = _each(np.add, found, starts)
        rarest = _each(np.maximum, self._rarity(terms, found), starts)

        places, starts = _places(self.opening, others)
        terms, weights = self.opening.terms[places], self.opening.weights[places]
        found = np.where(row[terms] > 0, weights, 0)
        here = _each(np.add, found, starts)
        rarest = np.maximum(rarest, _each(np.maximum, self._rarity(terms, found), starts))
        all_here, all_there = _each(np.add, weights, starts), rarities.sum()
        shares = np.sort([here / np.maximum(all_here, 1e-9), np.full(len(others), 1 / max(all_there, 1e-9)) * there], axis=0)
        strangers = np.sort([all_here - here, all_there - there], axis=0)
        return np.column_stack([cosine, of_names, of_others, shares[1], shares[0], strangers[0], strangers[1], rarest])

    def _rarity(self, terms: Integers, found: Floats) -> Floats:
        """The rarities of the terms that are found, all of them words."""
        return np.where(found > 0, self.rarities[np.minimum(terms, len(self.rarities) - 1)], 0)


@cache
def _trees() -> Trees:
    return Trees.read(_TREES, FEATURES)


# --- what an article tells ----------------------------------------------------------------------


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


def _sparse(rows: Sequence[tuple[Integers, Floats]], width: int) -> Vectors:
    starts = np.cumsum([0, *(len(terms) for terms, _ in rows)])
    terms = np.concatenate([np.zeros(0, dtype=np.int64), *(terms for terms, _ in rows)])
    return Vectors(starts, terms, np.concatenate([np.zeros(0), *(weights for _, weights in rows)]), width)


_FIGURE = re.compile(
    rf"(?:([A-Za-z]+) )?[$£€]?(?<![\w.,])(\d+(?:[.,]\d+)*(?:[-–]\d+)?|(?:{any_of(NUMERALS[2:])})\b)(?: ?(%)|[ -]([A-Za-z]+))?",
    re.IGNORECASE,
)
_VALUES = {name: str(value) for value, name in enumerate(NUMERALS)}
_YEAR = re.compile(r"(?:19|20)\d\d")


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


_WEEKDAY = re.compile(rf"\b{WEEKDAY}\b")


def _event(text: str, published: float | None) -> float:
    """The day that the first weekday in a text means, the last one of that name; not a number where not told."""
    named = _WEEKDAY.search(text)
    if named is None or published is None:
        return math.nan
    when = math.floor(published)
    return float(when - (when - 1 - WEEKDAYS.index(named[0])) % len(WEEKDAYS))  # day 1 was a Monday


# --- rows of many at once -----------------------------------------------------------------------


def _places(rows: Vectors, numbers: Integers) -> tuple[Integers, Integers]:
    """The places of the entries of the rows, and where each row's begin among them, and end."""
    sizes = rows.starts[numbers + 1] - rows.starts[numbers]
    ends = np.cumsum(sizes)
    places = np.arange(ends[-1]) + np.repeat(rows.starts[numbers] - ends + sizes, sizes)
    return places, np.concatenate([[0], ends])


def _each(combine: np.ufunc, values: Floats, starts: Integers) -> Floats:
    """What the values of each row come to; 0 for an empty one."""
    result = np.zeros(len(starts) - 1)
    filled = starts[1:] > starts[:-1]
    if filled.any():
        result[filled] = combine.reduceat(values, starts[:-1][filled])
    return result
