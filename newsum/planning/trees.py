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
        keeps: (trees, forks): as bits, the leaves that are left past a fork's right side; all where nothing forks.
        leaf: (trees, leaves): what a leaf adds to the sum, from the left; at most 8 of them.
    """

    feature: NDArray[np.int64]
    threshold: Floats
    keeps: Bits
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
        kinds = {"feature": np.int64, "threshold": np.float64, "keeps": np.uint8, "leaf": np.float64}
        return cls(**{name: np.array(stored[name], dtype=kind) for name, kind in kinds.items()})

    def predict(self, found: Floats) -> Floats:
        """(rows,): the sum over the trees for each row of features."""
        kept = np.full((len(found), _padded(self)), _ALL_LEAVES, dtype=np.uint8)
        words = kept.view(np.uint64)  # eight trees at a time
        for feature, thresholds, keeps in _laid_out(self):
            words &= keeps.take(thresholds.searchsorted(found[:, feature]), axis=0)
        lowest = _LOWEST.take(kept[:, : len(self.leaf)])
        places = np.arange(0, self.leaf.size, self.leaf.shape[1], dtype=np.int32) + lowest
        result: Floats = self.leaf.take(places).sum(axis=1)
        return result


@cache
def _laid_out(trees: Trees) -> list[tuple[int, Floats, NDArray[np.uint64]]]:
    """For each feature its number, its thresholds, lowest first, and (thresholds + 1, trees / 8): as bits, the leaves
    left past so many of them.
    """
    forks = []
    is_fork = trees.keeps != _ALL_LEAVES
    for feature in sorted(set(trees.feature[is_fork].tolist())):
        tree, fork = np.nonzero((trees.feature == feature) & is_fork)
        order = np.argsort(trees.threshold[tree, fork])
        tree, fork = tree[order], fork[order]
        left = np.full((len(tree) + 1, _padded(trees)), _ALL_LEAVES, dtype=np.uint8)
        left[np.arange(1, len(tree) + 1), tree] = trees.keeps[tree, fork]
        words = left.view(np.uint64)
        np.bitwise_and.accumulate(words, axis=0, out=words)
        forks.append((feature, trees.threshold[tree, fork], words))
    return forks


def _padded(trees: Trees) -> int:
    """As many bytes as there are trees, made up to whole words."""
    return -(-len(trees.keeps) // _WORD) * _WORD
