"""Clusters weighted terms and days by average link, without comparing all with all.

Candidates come from an index of each one's most telling terms: one is compared with those that hold such a term too,
of a term that many hold only with the ones next in time. Two clusters are as alike as their members are on average
(the cosine of each with each, which is the product of the clusters' sums), less what lies between them in time, and
the most alike are joined first, until no two are alike enough (UPGMA: Sokal and Michener 1958). What speaks against two
items being together (pairs.py) speaks against their clusters as long as it does for each pair of them: the likeness
falls where even the likeliest pair is unlikely. Two clusters wait with the likeness that they had when last looked at,
and are looked at again when their turn comes, or when one of them takes what was likelier.
"""

import heapq
import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from newsum.grouping.vectors import Floats, Integers, Row, Vectors, product, total

__all__ = ["Item", "Likelihoods", "Measure", "clusters"]

Likelihoods = Callable[[Integers, Integers], Floats]  # numbers of items, and of others -> how likely each pair is one

_TELLING = 16  # terms of an item, by which others are found
_NEIGHBOURS = 50  # items before it in time that hold such a term
_CANDIDATES = 40  # of those, the ones that its likeness is taken to
# The power of doubt: with 1 small heaps of the kept tenth (recipes.grouping) fare worse (B-cubed F1 0.853, not 0.858),
# the mixtures of AllSides the same
_DOUBT = 3
_UNKNOWN = 3.0  # days, where one of two has no date


@dataclass(frozen=True, slots=True)
class Measure:
    """How alike two clusters must be to become one.

    Attributes:
        alike: the least likeness, 0..1.
        fades: days; after so many, past the first, the part of a likeness that fades is down to a third.
        lasts: the part of a likeness that no time takes away, 0..1.
        sure: how likely the likeliest pair of two clusters must be for their likeness to count in full; 0 where only
            likeness counts.
    """

    alike: float
    fades: float
    lasts: float
    sure: float = 0.0

    def left_after(self, days: float) -> float:
        """The part of a likeness that is left when so many days lie between two clusters."""
        return self.lasts + (1 - self.lasts) * math.exp(-max(days - 1, 0) / self.fades)

    def left_by(self, chance: float) -> float:
        """The part of a likeness that doubt leaves, where the likeliest pair of two clusters is so likely."""
        return min(1.0, chance / self.sure) ** _DOUBT if self.sure else 1.0


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

    __slots__ = ("dated", "day", "items", "known", "language", "near", "row")

    def __init__(self, item: Item, number: int, row: Row) -> None:
        self.items, self.row = [number], row
        self.near: dict[int, float] = {}  # the number of another cluster -> how likely the likeliest pair is
        self.day, self.dated = item.day or 0.0, int(item.day is not None)
        self.language, self.known = item.language, item.known

    def take(self, other: "_Cluster") -> None:
        self.row = total([self.row, other.row])
        self.items += other.items
        self.day += other.day
        self.dated += other.dated
        self.language = self.language or other.language
        self.known = other.known if self.known is None else self.known

    def likeness(self, other: "_Cluster", measure: Measure, chance: float) -> float:
        """The mean cosine of each item of one with each of the other, less what time takes and doubt; 0 for what never
        fits.

        Args:
            chance: how likely their likeliest pair is.
        """
        if self.known is not None and other.known is not None:
            return 0.0
        if self.language != other.language and self.language and other.language:
            return 0.0
        cosine = product(self.row, other.row) / (len(self.items) * len(other.items))
        return cosine * measure.left_after(_between(self, other)) * measure.left_by(chance)


def _between(left: _Cluster, right: _Cluster) -> float:
    """The days between the means of two clusters."""
    if not (left.dated and right.dated):
        return _UNKNOWN
    return abs(left.day / left.dated - right.day / right.dated)


def clusters(
    vectors: Vectors, items: Sequence[Item], measure: Measure, likelihoods: Likelihoods | None = None
) -> list[list[int]]:
    """The numbers of the items that belong together.

    Args:
        items: one for each row, in the order of time; who is together depends on that order alone, and only where
            likenesses are equal or a term is in very many.
        likelihoods: of pairs of items, asked where the measure wants to be sure.
    """
    own = [_Cluster(item, number, vectors.row(number)) for number, item in enumerate(items)]
    home = list(range(len(items)))
    founders: dict[int, int] = {}
    for number, item in enumerate(items):
        if item.known is not None and (founder := founders.setdefault(item.known, number)) != number:
            own[founder].take(own[number])
            home[number] = founder
    pairs = _candidates(vectors, items, measure.alike)
    chances = likelihoods(*pairs) if likelihoods is not None and measure.sure else np.ones(len(pairs[0]))
    for left, right, chance in zip(*(found.tolist() for found in (*pairs, chances)), strict=True):
        _bring_near(own, _at(home, left), _at(home, right), chance)
    _join(own, home, measure)
    return [own[number].items for number in range(len(items)) if _at(home, number) == number]


def _at(home: list[int], number: int) -> int:
    while home[number] != number:
        home[number] = number = home[home[number]]
    return number


def _bring_near(own: list[_Cluster], left: int, right: int, chance: float) -> bool:
    """Notes how likely a pair of two clusters is; whether none of theirs was as likely."""
    if left == right or own[left].near.get(right, -1.0) >= chance:
        return False
    own[left].near[right] = own[right].near[left] = chance
    return True


def _join(own: list[_Cluster], home: list[int], measure: Measure) -> None:
    """Joins the most alike first. A waiting pair holds the sizes that it was measured at, to see whether they grew."""
    waiting: list[tuple[float, int, int, int, int]] = []
    measured: set[tuple[int, int, int, int, float]] = set()

    def measure_again(left: int, right: int) -> None:
        left, right = sorted((left, right))
        entry = left, right, len(own[left].items), len(own[right].items)
        if left != right and (*entry, chance := own[left].near[right]) not in measured:
            measured.add((*entry, chance))
            if (likeness := own[left].likeness(own[right], measure, chance)) >= measure.alike:
                heapq.heappush(waiting, (-likeness, *entry))

    for left in range(len(own)):
        for right in own[left].near:
            if left < right:
                measure_again(left, right)
    while waiting:
        _, *entry = heapq.heappop(waiting)
        left, right = _at(home, entry[0]), _at(home, entry[1])
        if left == right:
            continue
        if [left, right, len(own[left].items), len(own[right].items)] == entry:
            if len(own[left].near) < len(own[right].near):
                left, right = right, left
            own[left].take(own[right])
            home[right] = left
            for other in _handed_over(own, right, left):
                measure_again(left, other)
        else:
            measure_again(left, right)


def _handed_over(own: list[_Cluster], right: int, left: int) -> Iterator[int]:
    """The clusters that come nearer to `left` as it takes what is near to `right`; they may be more alike now."""
    for other, chance in own[right].near.items():
        del own[other].near[right]
        if _bring_near(own, left, other, chance):
            yield other
    own[right].near = {}


# --- candidates -------------------------------------------------------------------------------


def _candidates(vectors: Vectors, items: Sequence[Item], alike: float) -> tuple[Integers, Integers]:
    """Pairs of items whose cosine is high enough, of those that share telling terms: the earlier ones and the later."""
    index = _Index(vectors)
    known = np.array([item.known is not None for item in items], dtype=bool)
    row = np.zeros(vectors.width)
    found = [np.zeros(0, dtype=np.int64)]
    for number in range(len(items)):
        others = index.before(number)
        if known[number]:
            others = others[~known[others]]
        if len(others):
            terms, row[terms] = vectors.row(number)
            cosines = _products(vectors, others, row)
            row[terms] = 0
            others = others[cosines >= alike]
        found.append(others)
    lefts = np.concatenate(found)
    return lefts, np.repeat(np.arange(len(items)), [len(others) for others in found[1:]])


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
