"""Says how alike two texts are by their weighted terms: the cosine, and the share of one that others have."""

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import chain, count
from typing import cast

import numpy as np
from numpy.typing import NDArray

from newsum.text.terms import Terms

__all__ = ["TermMatrix", "cosine", "cover", "numbered"]

Floats = NDArray[np.float64]


def cover(of: Terms, by: Iterable[Terms], *, pairs: bool = True) -> float:
    """The share, 0..1, of one text's weight that others together have.

    Args:
        pairs: count neighbouring words too, so that what was put otherwise counts for less.
    """
    others = [other.weights for other in by]
    mine = of.weights if pairs else {key: w for key, w in of.weights.items() if " " not in key}
    total = sum(mine.values())
    said = sum([w for key, w in mine.items() if any(key in other for other in others)])
    return said / total if total else 0.0


def cosine(left: Terms, right: Terms) -> float:
    """Cosine of two texts' weighted terms, 0..1."""
    if not (left.norm and right.norm):
        return 0.0
    mine, theirs = left.weights, right.weights
    shared = math.fsum([mine[key] * theirs[key] for key in mine.keys() & theirs.keys()])  # in whatever order
    return min(1.0, shared / (left.norm * right.norm))


def numbered(keys: Iterable[str]) -> tuple[dict[str, int], NDArray[np.int64]]:
    """The keys with their numbers, in the order first met, and the number of each key that was given."""
    known: dict[str, int] = defaultdict(count().__next__)
    numbers = list(map(known.__getitem__, keys))
    return dict(known), np.array(numbers, dtype=np.int64)


class TermMatrix:
    """Texts' terms as the rows of one matrix (texts, terms): all likenesses at once, where one by one is slow.

    Attributes:
        columns: term -> its column, in the order first met.
        weights: (texts, terms); 0 where the text lacks the term.
        norms: (texts,).
        sizes: (texts,), how many terms each has.
    """

    def __init__(self, texts: Sequence[Terms]) -> None:
        self.columns, columns = numbered(chain.from_iterable([text.weights for text in texts]))
        self.weights: Floats = np.zeros((len(texts), len(self.columns)))
        self.sizes = np.array([len(text.weights) for text in texts], dtype=np.int64)
        values = list(chain.from_iterable([text.weights.values() for text in texts]))
        self.weights[np.repeat(np.arange(len(texts)), self.sizes), columns] = values
        self.norms: Floats = np.array([text.norm for text in texts])
        self._often = np.bincount(columns, minlength=len(self.columns))

    @cached_property
    def is_single(self) -> NDArray[np.bool_]:
        """(terms,): which terms are single words or figures rather than neighbours."""
        return np.array([" " not in key for key in self.columns], dtype=bool)

    @cached_property
    def has(self) -> NDArray[np.bool_]:
        """(texts, terms): which text has which term."""
        return self.weights > 0

    @cached_property
    def _totals(self) -> Floats:
        return cast(Floats, self.weights.sum(axis=1))

    @cached_property
    def _singles(self) -> tuple[Floats, Floats]:
        """The columns of single words and figures, and their sums."""
        weights = self.weights[:, self.is_single]
        return weights, weights.sum(axis=1)

    def cosines(self) -> Floats:
        """(texts, texts): the cosine of each text with each."""
        shared = self.weights[:, self._often > 1]  # the rest, most of them, meet in no product
        return _cosines(shared @ shared.T, self.norms, self.norms)

    def cosines_with(self, others: Sequence[Terms]) -> Floats:
        """(texts, others): the cosine of each text with each of the others."""
        return _cosines(self.weights @ self._rows_of(others).T, self.norms, np.array([text.norm for text in others]))

    def _rows_of(self, others: Sequence[Terms]) -> Floats:
        """(others, terms): other texts' weights in this matrix's columns; what it has no column for is left out."""
        theirs = np.zeros((len(others), len(self.columns)))
        for row, text in zip(theirs, others, strict=True):
            for key, weight in text.weights.items():
                if key in self.columns:
                    row[self.columns[key]] = weight
        return theirs

    def covers(self, by: Sequence[int] | slice = slice(None), *, pairs: bool = True) -> Floats:
        """(texts, by): the share of each text's weight that each of the texts at `by` has (`cover`, for all texts)."""
        weights, total = (self.weights, self._totals) if pairs else self._singles
        return _divided(weights @ (weights[by] > 0).T, total[:, None])


def _cosines(products: Floats, left: Floats, right: Floats) -> Floats:
    return np.minimum(1.0, _divided(products, np.outer(left, right)))


def _divided(above: Floats, below: Floats) -> Floats:
    """The quotients; 0 where there is nothing to divide by."""
    result: Floats = np.divide(above, below, out=np.zeros_like(above), where=below > 0)
    return result
