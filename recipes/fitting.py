"""Fits logistic regression with a ridge penalty to rows of numbers, and says how well scores tell right from wrong."""

import json
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

__all__ = ["RIDGE", "STEPS", "auc", "fit_logistic", "parts", "squashed", "write_fitted"]

Floats = NDArray[np.float64]

RIDGE = 10.0  # on numbers of unit variance; 3 to 30 move no score of SPARK by more than a point
STEPS = 25  # of Newton's; it stands still after ten


def fit_logistic(found: Floats, right: Floats, *, weight: Floats | None = None, ridge: float = RIDGE) -> Floats:
    """(columns and a constant,), by Newton's method; columns are put on one scale.

    Args:
        found: (rows, columns).
        right: (rows,): 0 or 1, or a share between.
        weight: (rows,), of each row.
    """
    weight = np.ones(len(right)) if weight is None else weight
    middle, spread = found.mean(axis=0), found.std(axis=0) + 1e-9
    scaled = np.column_stack([(found - middle) / spread, np.ones(len(found))])
    penalty = np.append(np.full(found.shape[1], ridge), 1e-6)
    weights = np.zeros(scaled.shape[1])
    for _ in range(STEPS):
        share = squashed(scaled @ weights)
        slope = scaled.T @ (weight * (right - share)) - penalty * weights
        bend = (scaled * (weight * share * (1 - share))[:, None]).T @ scaled + np.diag(penalty)
        weights = weights + np.linalg.solve(bend, slope)
    factors = weights[:-1] / spread
    return np.append(factors, weights[-1] - factors @ middle)


def parts(stories: Sequence[str], folds: int) -> NDArray[np.int64]:
    """(rows,): the fold of each row, all of a story in one."""
    fold = {story: n % folds for n, story in enumerate(sorted(set(stories)))}
    return np.array([fold[story] for story in stories])


def squashed(logits: Floats) -> Floats:
    """The probabilities of log odds."""
    result: Floats = 1 / (1 + np.exp(-np.clip(logits, -30, 30)))
    return result


def write_fitted(out: Path, features: Sequence[str], weights: Iterable[float]) -> None:
    """Writes the features and their weights, the constant last, as newsum/checking reads them."""
    stored = {"features": features, "weights": [round(float(weight), 4) for weight in weights]}
    out.write_text(json.dumps(stored, indent=1) + "\n", encoding="utf-8")


def auc(true: Floats, false: Floats) -> float:
    """How often a true one scores above a false one; ties count half."""
    if not len(true) or not len(false):
        return float("nan")
    others = np.sort(false)
    below = np.searchsorted(others, true) + np.searchsorted(others, true, side="right")
    return float(below.mean() / 2 / len(others))
