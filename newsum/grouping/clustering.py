"""Clusters weighted terms and days by average link, without comparing all with all.

Candidates come from an index of each one's most telling terms: one is compared with those that hold such a term too,
of a term that many hold only with the ones next in time. Two clusters are as alike as their members are on average
(the cosine of each with each, which is the product of the clusters' sums), less what lies between them in time, and
the most alike are joined first, until no two are alike enough (UPGMA: Sokal and Michener 1958). A likeness only falls
as clusters grow, so a pair waits with the one that it had when last looked at, and is looked at again when its turn
comes: the same result as recomputing them all, in near-linear time.
"""

import heapq
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from newsum.grouping.vectors import Floats, Integers, Row, Vectors, product, total

__all__ = ["Item", "Measure", "clusters"]

_TELLING = 16  # terms of an item, by which others are found
_NEIGHBOURS = 50  # items before it in time that hold such a term
_CANDIDATES = 40  # of those, the ones that its likeness is taken to
_UNKNOWN = 3.0  # days, where one of two has no date


@dataclass(frozen=True, slots=True)
class Measure:
    """How alike two clusters must be to become one.

    Attributes:
        alike: the least likeness, 0..1.
        fades: days; after so many, past the first, the part of a likeness that fades is down to a third.
        lasts: the part of a likeness that no time takes away, 0..1.
    """

    alike: float
    fades: float
    lasts: float

    def left_after(self, days: float) -> float:
        """The part of a likeness that is left when so many days lie between two clusters."""
        return self.lasts + (1 - self.lasts) * math.exp(-max(days - 1, 0) / self.fades)


@dataclass(frozen=True, slots=True)
class Item:
    """What is said of a row of the vectors.

    Attributes:
        day: when it was published, or None.
        language: two of different languages are never together; "" fits all.
        known: the number of the cluster that it belongs to from the start, or None.
    """

    day: float | None
    language: str = ""
    known: int | None = None


class _Cluster:
    """Its items, the sums of their rows and days, and what else they say."""

    __slots__ = ("dated", "day", "items", "known", "language", "row")

    def __init__(self, item: Item, number: int, row: Row) -> None:
        self.items, self.row = [number], row
        self.day, self.dated = item.day or 0.0, int(item.day is not None)
        self.language, self.known = item.language, item.known

    def take(self, other: "_Cluster") -> None:
        self.row = total([self.row, other.row])
        self.items += other.items
        self.day += other.day
        self.dated += other.dated
        self.language = self.language or other.language
        self.known = other.known if self.known is None else self.known

    def likeness(self, other: "_Cluster", measure: Measure) -> float:
        """The mean cosine of each item of one with each of the other, less what time takes; 0 for what never fits."""
        if self.known is not None and other.known is not None:
            return 0.0
        if self.language != other.language and self.language and other.language:
            return 0.0
        cosine = product(self.row, other.row) / (len(self.items) * len(other.items))
        return cosine * measure.left_after(_between(self, other))


def _between(left: _Cluster, right: _Cluster) -> float:
    """The days between the means of two clusters."""
    if not (left.dated and right.dated):
        return _UNKNOWN
    return abs(left.day / left.dated - right.day / right.dated)


def clusters(vectors: Vectors, items: Sequence[Item], measure: Measure) -> list[list[int]]:
    """The numbers of the items that belong together.

    Args:
        items: one for each row, in the order of time; who is together depends on that order alone, and only where
            likenesses are equal or a term is in very many.
    """
    own = [_Cluster(item, number, vectors.row(number)) for number, item in enumerate(items)]
    home = list(range(len(items)))
    founders: dict[int, int] = {}
    for number, item in enumerate(items):
        if item.known is not None and (founder := founders.setdefault(item.known, number)) != number:
            own[founder].take(own[number])
            home[number] = founder
    _join(own, home, _candidates(vectors, items, measure.alike), measure)
    return [own[number].items for number in range(len(items)) if _at(home, number) == number]


def _at(home: list[int], number: int) -> int:
    while home[number] != number:
        home[number] = number = home[home[number]]
    return number


def _join(own: list[_Cluster], home: list[int], pairs: Iterable[tuple[int, int]], measure: Measure) -> None:
    """Joins the most alike first. A waiting pair holds the sizes that it was measured at, to see whether they grew."""
    waiting: list[tuple[float, int, int, int, int]] = []
    measured: set[tuple[int, int, int, int]] = set()

    def measure_again(left: int, right: int) -> None:
        left, right = sorted((left, right))
        entry = left, right, len(own[left].items), len(own[right].items)
        if left != right and entry not in measured:
            measured.add(entry)
            if (likeness := own[left].likeness(own[right], measure)) >= measure.alike:
                heapq.heappush(waiting, (-likeness, *entry))

    for left, right in pairs:
        measure_again(_at(home, left), _at(home, right))
    while waiting:
        _, *entry = heapq.heappop(waiting)
        left, right = _at(home, entry[0]), _at(home, entry[1])
        if [left, right, len(own[left].items), len(own[right].items)] == entry:
            own[left].take(own[right])
            home[right] = left
        else:
            measure_again(left, right)


# --- candidates -------------------------------------------------------------------------------


def _candidates(vectors: Vectors, items: Sequence[Item], alike: float) -> Iterator[tuple[int, int]]:
    """Pairs of items whose cosine is high enough, of those that share telling terms."""
    index = _Index(vectors)
    known = np.array([item.known is not None for item in items], dtype=bool)
    row = np.zeros(vectors.width)
    for number in range(len(items)):
        others = index.before(number)
        if known[number]:
            others = others[~known[others]]
        if len(others):
            terms, row[terms] = vectors.row(number)
            cosines = _products(vectors, others, row)
            row[terms] = 0
            yield from ((int(other), number) for other in others[cosines >= alike])


def _products(vectors: Vectors, numbers: Integers, row: Floats) -> Floats:
    """The product of each of the rows with one that is written out in full."""
    sizes = vectors.starts[numbers + 1] - vectors.starts[numbers]
    ends = np.cumsum(sizes)
    places = np.arange(ends[-1]) + np.repeat(vectors.starts[numbers] - ends + sizes, sizes)
    products: Floats = np.add.reduceat(vectors.weights[places] * row[vectors.terms[places]], ends - sizes)
    return products


class _Index:
    """Term -> the items of which it is a telling one, in the order of time, with its weight in each."""

    def __init__(self, vectors: Vectors) -> None:
        count = len(vectors.starts) - 1
        telling = [vectors.starts[n] + np.argsort(-vectors.row(n)[1], kind="stable")[:_TELLING] for n in range(count)]
        places = np.concatenate([np.zeros(0, dtype=np.int64), *telling])
        items = np.repeat(np.arange(count), [len(found) for found in telling])
        order = np.lexsort((items, vectors.terms[places]))
        terms, places = vectors.terms[places][order], places[order]
        self._items, self._weights = items[order], vectors.weights[places]
        entries = np.arange(len(order))
        self._begins = np.maximum(np.searchsorted(terms, terms), entries - _NEIGHBOURS)
        self._entries = np.argsort(self._items, kind="stable")
        self._starts = np.searchsorted(self._items[self._entries], np.arange(count + 1))

    def before(self, number: int) -> Integers:
        """The items before one that share its telling terms: those that share most."""
        entries = self._entries[self._starts[number] : self._starts[number + 1]]
        spans = [slice(begin, end) for begin, end in zip(self._begins[entries], entries, strict=True)]
        if not spans:
            return entries
        others, places = np.unique(np.concatenate([self._items[span] for span in spans]), return_inverse=True)
        shared = np.concatenate([self._weights[span] * self._weights[span.stop] for span in spans])
        best = np.argsort(-np.bincount(places, shared, minlength=len(others)), kind="stable")
        return others[best[:_CANDIDATES]]
