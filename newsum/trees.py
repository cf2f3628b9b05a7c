"""Fitted regression trees as plain arrays, and what they say of rows of features: no pickle, no library to load."""

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

__all__ = ["Trees"]

Numbers = NDArray[np.float64]
_ALL_LEAVES = np.int64(2**32 - 1)


@dataclass(frozen=True, slots=True, eq=False)
class Trees:
    """Regression trees as arrays, a row a tree; every fork of every tree is asked at once.

    A fork that a row passes on the right clears its left side's leaves; the first leaf that is left, from the left, is
    the row's (QuickScorer, Lucchese et al. 2015): five times as fast as walking down the trees together.

    Attributes:
        feature, threshold: (trees, forks): at a fork, the feature and the largest value that goes left.
        left, right: (trees, forks): the next fork, or ~leaf.
        leaf: (trees, leaves): what a leaf adds to the sum; at most 32 of them.
    """

    feature: NDArray[np.int64]
    threshold: Numbers
    left: NDArray[np.int64]
    right: NDArray[np.int64]
    leaf: Numbers

    def predict(self, found: Numbers) -> Numbers:
        """(rows,): the sum over the trees for each row of features."""
        keeps, leaf = _leaves_in_order(self)
        goes_right = found[:, self.feature.ravel()] > self.threshold.ravel()
        kept = np.where(goes_right, keeps.ravel(), _ALL_LEAVES).reshape(len(found), *keeps.shape)
        left = np.bitwise_and.reduce(kept, axis=2)
        first = np.log2((left & -left).astype(float)).astype(np.int64)  # the place of the lowest bit
        result: Numbers = leaf[np.arange(len(leaf)), first].sum(axis=1)
        return result


@cache
def _leaves_in_order(trees: Trees) -> tuple[NDArray[np.int64], Numbers]:
    """(trees, forks): as bits, the leaves that are left past a fork's right side; (trees, leaves): from the left."""
    each = (_in_order(*sides) for sides in zip(trees.left.tolist(), trees.right.tolist(), strict=True))
    keeps, orders = zip(*each, strict=True)
    ordered = np.zeros_like(trees.leaf)
    for row, own, order in zip(ordered, trees.leaf, orders, strict=True):
        row[: len(order)] = own[order]
    return np.array(keeps), ordered


def _in_order(left: list[int], right: list[int]) -> tuple[list[int], list[int]]:
    """What each fork of one tree keeps, all where nothing leads to it, and its leaves from the left."""
    keeps = [int(_ALL_LEAVES)] * len(left)
    order: list[int] = []

    def below(node: int) -> int:
        if node < 0:
            order.append(~node)
            return 1 << (len(order) - 1)
        lost = below(left[node])
        keeps[node] &= ~lost
        return lost | below(right[node])

    below(0)
    return keeps, order
