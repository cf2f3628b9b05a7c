"""Makes intervals and significance of per-story scores; the same seed gives the same digits on every machine.

Intervals are percentile bootstraps over stories (Efron and Tibshirani, "An Introduction to the Bootstrap", 1993,
chapter 13). Significance is by approximate randomisation (Noreen, "Computer-Intensive Methods for Testing
Hypotheses", 1989), which Riezler and Maxwell ("On Some Pitfalls in Automatic Evaluation and Significance Testing for
MT", 2005) found less prone to false alarms than tests by bootstrap: the two systems' results are swapped story by
story at random, and p is how often the difference comes out at least as large.

A score of a story carries a weight (the lines it was measured on, 1 for ROUGE), 0 where the story has no such score;
the mean is over the weights. Random sums are of whole numbers below 2**53, which are exact in whatever order a
processor adds them.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # numpy is loaded when something is measured, so that `newsum --help` need not wait for it
    import numpy as np
    from numpy.typing import NDArray

    Matrix = NDArray[np.float64]

__all__ = ["Comparison", "Interval", "Measured", "Weighted", "comparisons", "intervals"]

Weighted = tuple[float, int]  # a story's score, and how much it counts
Measured = Sequence[Mapping[str, Weighted]]  # each story's scores by name

_MISSING: Weighted = (0.0, 0)
_CELLS = 1 << 22  # draws held in memory at a time: 32 MiB


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


def intervals(
    measured: Measured, names: Sequence[str], *, seed: int, samples: int, confidence: float
) -> dict[str, Interval]:
    """Every score's weighted mean over the stories with its bootstrap interval."""
    columns = [_column(measured, name) for name in names]
    units = [_unit(column) for column in columns]
    totals = _resampled(_fixed(columns, units), seed, samples)
    found = {}
    for i, (name, column) in enumerate(zip(names, columns, strict=True)):
        mid = _mean(column)
        low, high = _bounds(_ratio(totals, i) / units[i], confidence)
        found[name] = Interval(min(low, mid), mid, max(high, mid), sum(weight > 0 for _, weight in column))
    return found


def comparisons(
    first: Measured, second: Measured, names: Sequence[str], *, seed: int, samples: int, confidence: float
) -> dict[str, Comparison]:
    """Two systems' scores of the same stories, in the same order; a story counts where both have the score."""
    found = {}
    for name in names:
        pairs = zip(_column(first, name), _column(second, name), strict=True)
        both = [(one, two) for one, two in pairs if one[1] and two[1]]
        if both:
            found[name] = _compare([one for one, _ in both], [two for _, two in both], seed, samples, confidence)
    return found


def _compare(
    one: Sequence[Weighted], two: Sequence[Weighted], seed: int, samples: int, confidence: float
) -> Comparison:
    unit = _unit([*one, *two])
    rows = _fixed([one, two], [unit, unit])
    totals = _resampled(rows, seed, samples)
    low, high = _bounds((_ratio(totals, 0) - _ratio(totals, 1)) / unit, confidence)
    difference = _mean(one) - _mean(two)
    return Comparison(difference, min(low, difference), max(high, difference), _p(rows, seed, samples), len(one))


def _p(rows: "Matrix", seed: int, samples: int) -> float:
    """The share of random swaps, the one found among them, that give at least the difference found."""
    import numpy as np

    found = rows.sum(axis=0, keepdims=True)
    change = rows[:, [2, 3, 0, 1]] - rows
    extreme = 0
    generator = np.random.Generator(np.random.PCG64(seed))
    for size in _sizes(samples, len(rows)):
        swapped = generator.integers(2, size=(size, len(rows))).astype(np.float64)
        extreme += int(np.count_nonzero(_gap(found + swapped @ change) >= _gap(found)))
    return (extreme + 1) / (samples + 1)


def _gap(totals: "Matrix") -> "Matrix":
    return abs(_ratio(totals, 0) - _ratio(totals, 1))


def _ratio(totals: "Matrix", i: int) -> "Matrix":
    """The mean of the i-th score in each sample; not a number where a sample has no story with that score."""
    import numpy as np

    with np.errstate(invalid="ignore"):
        ratio: Matrix = totals[:, 2 * i] / totals[:, 2 * i + 1]
    return ratio


def _column(measured: Measured, name: str) -> list[Weighted]:
    return [story.get(name, _MISSING) for story in measured]


def _mean(scores: Sequence[Weighted]) -> float:
    return math.fsum(value * weight for value, weight in scores) / sum(weight for _, weight in scores)


def _unit(scores: Sequence[Weighted]) -> float:
    """The power of two by which the scores are scaled, so that no sum of as many of them reaches 2**53."""
    largest = max(abs(value * weight) for value, weight in scores) * len(scores)
    return 2.0 ** (52 - math.ceil(math.log2(largest))) if largest else 1.0


def _fixed(columns: Sequence[Sequence[Weighted]], units: Sequence[float]) -> "Matrix":
    """A row a story: for each score that times its weight, as a whole number, and the weight."""
    import numpy as np

    cells = [
        [float(x) for value, weight in scores for x in (round(value * weight * unit), weight)]
        for scores, unit in zip(columns, units, strict=True)
    ]
    return np.hstack([np.array(column).reshape(-1, 2) for column in cells])


def _resampled(rows: "Matrix", seed: int, samples: int) -> "Matrix":
    """The column sums of as many rows drawn with replacement, `samples` times over."""
    import numpy as np

    stories = len(rows)
    generator = np.random.Generator(np.random.PCG64(seed))
    sums = []
    for size in _sizes(samples, stories):
        drawn = generator.integers(stories, size=(size, stories)) + stories * np.arange(size)[:, None]
        times = np.bincount(drawn.ravel(), minlength=size * stories).reshape(size, stories)
        sums.append(times.astype(np.float64) @ rows)
    return np.concatenate(sums)


def _sizes(samples: int, stories: int) -> Iterator[int]:
    most = max(1, _CELLS // stories)
    return (min(most, samples - done) for done in range(0, samples, most))


def _bounds(values: "Matrix", confidence: float) -> tuple[float, float]:
    import numpy as np

    tail = 50 * (1 - confidence)
    low, high = np.nanpercentile(values, [tail, 100 - tail])
    return float(low), float(high)
