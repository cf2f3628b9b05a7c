"""Per-story scores in, intervals and significance out; the same seed gives the same digits on every machine.

Intervals are percentile bootstraps over stories (Efron and Tibshirani, "An Introduction to the Bootstrap", 1993,
chapter 13). Significance is by approximate randomisation (Noreen, "Computer-Intensive Methods for Testing
Hypotheses", 1989), which Riezler and Maxwell ("On Some Pitfalls in Automatic Evaluation and Significance Testing for
MT", 2005) found less prone to false alarms than tests by bootstrap: the two systems' results are swapped story by
story at random, and p is how often the difference comes out at least as large.

A score of a story carries a weight (the lines it was measured on, 1 for ROUGE); the mean is over the weights. Random
sums are sums of integers, so that the order of adding, which differs between processors, changes nothing.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # numpy is loaded when something is measured, so that `newsum --help` need not wait for it
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["Comparison", "Interval", "Weighted", "compare", "interval"]

Weighted = tuple[float, int]  # a story's score, and how much it counts

_UNIT = 2**32  # scores are rounded to 2e-10 in random sums; 10,000 stories of 1,000 words stay below 2**63
_CELLS = 1 << 22  # draws held in memory at a time


@dataclass(frozen=True, slots=True)
class Interval:
    """A score: `mid` is the mean over stories, `low` and `high` bound it; `stories` had this score."""

    low: float
    mid: float
    high: float
    stories: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """One system less another on one score.

    Attributes:
        difference: the first's mean less the second's; `low` and `high` bound it (paired bootstrap).
        p: how likely a difference as large would be if it made no odds which system wrote which brief.
    """

    difference: float
    low: float
    high: float
    p: float
    stories: int


def interval(scores: Sequence[Weighted], *, seed: int, samples: int, confidence: float = 0.95) -> Interval:
    """The weighted mean of the stories' scores with its bootstrap interval."""
    mid = _mean(scores)
    totals = _resampled(_fixed(scores), seed, samples)
    low, high = _bounds(totals[:, 0] / totals[:, 1] / _UNIT, confidence)
    return Interval(min(low, mid), mid, max(high, mid), len(scores))


def compare(
    first: Sequence[Weighted],
    second: Sequence[Weighted],
    *,
    seed: int,
    samples: int,
    confidence: float = 0.95,
) -> Comparison:
    """Two systems' scores of the same stories, in the same order."""
    one, two = _fixed(first), _fixed(second)
    totals = _resampled(np.hstack([one, two]), seed, samples)
    low, high = _bounds(_difference(totals) / _UNIT, confidence)
    difference = _mean(first) - _mean(second)
    return Comparison(difference, min(low, difference), max(high, difference), _p(one, two, seed, samples), len(first))


def _p(one: "NDArray[np.int64]", two: "NDArray[np.int64]", seed: int, samples: int) -> float:
    """The share of random swaps, the one found among them, that give at least the difference found."""
    import numpy as np

    base = np.hstack([one.sum(axis=0), two.sum(axis=0)])
    found = abs(_difference(base[None, :])[0])
    change = np.hstack([two - one, one - two])
    generator = np.random.Generator(np.random.PCG64(seed))
    extreme = 0
    for size in _sizes(samples, len(one)):
        swapped = generator.integers(2, size=(size, len(one)))
        extreme += int(np.count_nonzero(abs(_difference(base + swapped @ change)) >= found))
    return (extreme + 1) / (samples + 1)


def _difference(totals: "NDArray[np.int64]") -> "NDArray[np.float64]":
    result: NDArray[np.float64] = totals[:, 0] / totals[:, 1] - totals[:, 2] / totals[:, 3]
    return result


def _mean(scores: Sequence[Weighted]) -> float:
    return math.fsum(value * weight for value, weight in scores) / sum(weight for _, weight in scores)


def _fixed(scores: Sequence[Weighted]) -> "NDArray[np.int64]":
    """One row a story: score times weight, as an integer, and the weight."""
    import numpy as np

    return np.array([(round(value * weight * _UNIT), weight) for value, weight in scores], dtype=np.int64)


def _resampled(rows: "NDArray[np.int64]", seed: int, samples: int) -> "NDArray[np.int64]":
    """The column sums of as many rows drawn with replacement, `samples` times over."""
    import numpy as np

    generator = np.random.Generator(np.random.PCG64(seed))
    draws = (generator.integers(len(rows), size=(size, len(rows))) for size in _sizes(samples, len(rows)))
    return np.concatenate([rows[drawn].sum(axis=1) for drawn in draws])


def _sizes(samples: int, stories: int) -> list[int]:
    most = max(1, _CELLS // stories)
    return [min(most, samples - done) for done in range(0, samples, most)]


def _bounds(values: "NDArray[np.float64]", confidence: float) -> tuple[float, float]:
    import numpy as np

    tail = 50 * (1 - confidence)
    low, high = np.percentile(values, [tail, 100 - tail])
    return float(low), float(high)
