"""Fitted regression trees as plain arrays, and what they say of rows of features: no pickle, no library to load."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["Trees"]

Floats = NDArray[np.float64]
Bits = NDArray[np.uint8]
_ALL_LEAVES = 0xFF
_WORD = 8  # bytes
# The place of a byte's lowest bit
_LOWEST = np.array([0, *((n & -n).bit_length() - 1 for n in range(1, 256))], dtype=np.int32)


@dataclass(frozen=True, slots=True, eq=False)
class Trees:
    """Regression trees as arrays, a row a tree; the forks of all trees are asked together, feature by feature.

    A fork that a row passes on the right clears its left side's leaves; the first leaf that is left, from the left, is
    the row's (QuickScorer, Lucchese et al. 2015). What all forks on one feature clear together depends on how many of
    their thresholds a row passes, and is looked up.

    Attributes:
        feature, threshold: (trees, forks): at a fork, the feature and the largest value that goes left.
        left, right: (trees, forks): the next fork, or ~leaf.
        leaf: (trees, leaves): what a leaf adds to the sum; at most 8 of them.
    """

    feature: NDArray[np.int64]
    threshold: Floats
    left: NDArray[np.int64]
    right: NDArray[np.int64]
    leaf: Floats

    @classmethod
    def read(cls, path: Path, features: Sequence[str]) -> "Trees":
        """The trees that recipes.boosting wrote for these features."""
        stored = json.loads(path.read_text(encoding="utf-8"))
        assert stored["features"] == list(features)
        return cls.of(stored)

    @classmethod
    def of(cls, stored: Mapping[str, Any]) -> "Trees":
        """The trees from their plain lists."""
        whole = {name: np.array(stored[name], dtype=np.int64) for name in ("feature", "left", "right")}
        return cls(**whole, threshold=np.array(stored["threshold"]), leaf=np.array(stored["leaf"]))

    def predict(self, found: Floats) -> Floats:
        """(rows,): the sum over the trees for each row of features."""
        forks, leaf = _laid_out(self)
        kept = np.full((len(found), len(leaf)), _ALL_LEAVES, dtype=np.uint8)
        for feature, thresholds, keeps in forks:
            kept &= keeps[np.searchsorted(thresholds, found[:, feature])]
        places = np.arange(0, leaf.size, leaf.shape[1], dtype=np.int32) + _LOWEST[kept]
        result: Floats = leaf.take(places).sum(axis=1)
        return result


@cache
def _laid_out(trees: Trees) -> tuple[list[tuple[int, Floats, Bits]], Floats]:
    """For each feature its number, its thresholds, lowest first, and (thresholds + 1, trees): as bits, the leaves left
    past so many of them; (trees, leaves): from the left.
    """
    keeps, leaf = _leaves_in_order(trees)
    forks = []
    is_fork = keeps != _ALL_LEAVES
    width = -(-len(keeps) // _WORD) * _WORD
    for feature in sorted(set(trees.feature[is_fork].tolist())):
        tree, fork = np.nonzero((trees.feature == feature) & is_fork)
        order = np.argsort(trees.threshold[tree, fork])
        tree, fork = tree[order], fork[order]
        left = np.full((len(tree) + 1, width), _ALL_LEAVES, dtype=np.uint8)
        left[np.arange(1, len(tree) + 1), tree] = keeps[tree, fork]
        words = left.view(np.uint64)  # eight trees at a time
        np.bitwise_and.accumulate(words, axis=0, out=words)
        forks.append((feature, trees.threshold[tree, fork], left[:, : len(keeps)]))
    return forks, leaf


def _leaves_in_order(trees: Trees) -> tuple[Bits, Floats]:
    """(trees, forks): as bits, the leaves that are left past a fork's right side; (trees, leaves): from the left."""
    each = (_in_order(*sides) for sides in zip(trees.left.tolist(), trees.right.tolist(), strict=True))
    keeps, orders = zip(*each, strict=True)
    ordered = np.zeros_like(trees.leaf)
    for row, own, order in zip(ordered, trees.leaf, orders, strict=True):
        row[: len(order)] = own[order]
    return np.array(keeps, dtype=np.uint8), ordered


def _in_order(left: list[int], right: list[int]) -> tuple[list[int], list[int]]:
    """What each fork of one tree keeps, all where nothing leads to it, and its leaves from the left."""
    keeps = [_ALL_LEAVES] * len(left)
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
