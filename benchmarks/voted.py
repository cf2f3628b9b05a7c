"""QAGS: lines that people judged against an article; how well newsum's score parts them, and how true it is.

Each system's threshold, and newsum's own weights, come from other articles (ten folds, five times over); the figure
is balanced accuracy with a 95% bootstrap over articles. Calibration is newsum's error over ten bins of equal size, on
these lines and on sentences with and without faults together; plots.reliability draws the same bins.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.data import data_folder, read_jsonl
from benchmarks.minilm import encoder
from newsum.articles import Article
from newsum.errors import MissingExtra
from newsum.text.sentences import sentences
from newsum.text.words import words
from recipes.support import Example, crossed, examples, isotonic_at, scale, votes

__all__ = ["balanced", "bins", "calibration_error", "crossed_votes", "print_votes"]

Floats = NDArray[np.float64]

_SEED, _FOLDS, _TIMES, _SAMPLES, _BINS = 0, 10, 5, 1000, 10


def print_votes(judged: Sequence[tuple[float, bool]]) -> None:
    """Balanced accuracy of newsum, ROUGE-2 and MiniLM, and calibration together with lines judged elsewhere."""
    folder = data_folder()
    if folder is None or not (folder / "support" / "qags_cnndm.jsonl.gz").is_file():
        return
    rows = list(read_jsonl("support/qags_cnndm"))
    lines = [(number, s["text"], s["consistent"]) for number, row in enumerate(rows) for s in row["sentences"]]
    units, good = np.array([n for n, _, _ in lines]), np.array([c for _, _, c in lines])
    own = crossed_votes(rows)
    systems: dict[str, Floats | str] = {"newsum": own, "ROUGE-2": _rouge2(rows), "MiniLM": _minilm(rows)}
    print(f"\nQAGS: {len(lines)} lines, {good.mean():.0%} of them consistent; balanced accuracy")
    for name, scores in systems.items():
        if isinstance(scores, str):
            print(f"  {name:<8} {scores}")
            continue
        mid, low, high = balanced(scores, good, units)
        print(f"  {name:<8} {mid:.1%}  ({low:.1%} to {high:.1%})")
    both = [*zip(own.tolist(), good.tolist(), strict=True), *judged]
    for title, pairs in (("QAGS alone", both[: len(lines)]), ("QAGS and faults", both)):
        print(f"  expected calibration error, {title}: {calibration_error(pairs):.3f}")
    print("  score -> share backed: " + ", ".join(f"{score:.2f} -> {share:.2f}" for score, share, _ in bins(both)))


def crossed_votes(rows: Sequence[Mapping[str, Any]]) -> Floats:
    """newsum's score of each voted line, weights and scale from the other articles; 0.02 where it has no evidence."""
    made = list(examples(list(read_jsonl("stories/allsides_train"))))
    known = list(votes(rows))
    everything: list[Example] = [*made, *known]
    logits = crossed(everything)
    found: dict[tuple[int, str], float] = {}
    fold = np.array([line.unit % _FOLDS for line in everything])
    for number in range(_FOLDS):
        rest = np.flatnonzero(fold != number)
        steps = scale([everything[n] for n in rest], logits[rest])
        for n in np.flatnonzero(fold == number):
            if everything[n].source == "voted":
                found[everything[n].unit, everything[n].text] = isotonic_at(logits[n], steps)
    return np.array([found.get((n, s["text"]), 0.02) for n, row in enumerate(rows) for s in row["sentences"]])


# --- the peers ----------------------------------------------------------------------------------------


def _rouge2(rows: Sequence[Mapping[str, Any]]) -> Floats:
    """The share of a line's pairs of stems that the article has: the better of ROUGE-2's three for lines so short."""
    shares = []
    for row in rows:
        whole = _pairs(row["article"])
        for sentence in row["sentences"]:
            own = _pairs(sentence["text"])
            shares.append((own & whole).total() / max(1, own.total()))
    return np.array(shares)


def _pairs(text: str) -> Counter[tuple[str, str]]:
    return Counter(pairwise(w.key for w in words(text)))


def _minilm(rows: Sequence[Mapping[str, Any]]) -> Floats | str:
    """The cosine of a line with the article's nearest sentence; why not, where the weights are not installed."""
    try:
        encoded = encoder()
    except MissingExtra as error:
        return f"not measured: {error}"
    best: list[float] = []
    for row in rows:
        source = encoded([s.text for s in sentences(Article("", row["article"]))])
        best += (encoded([s["text"] for s in row["sentences"]]) @ source.T).max(axis=1).tolist()
    return np.array(best)


# --- numbers ------------------------------------------------------------------------------------------


def balanced(scores: Floats, good: NDArray[np.bool_], units: NDArray[np.int64]) -> tuple[float, float, float]:
    """Balanced accuracy, with its interval; the threshold is the best one of the other folds' articles."""
    right = np.zeros(len(good))
    for time in range(_TIMES):
        fold = np.random.default_rng(_SEED + time).permutation(units.max() + 1)[units] % _FOLDS
        for number in range(_FOLDS):
            rest = fold != number
            threshold = max(np.unique(scores[rest]), key=lambda t: _balanced(scores[rest] >= t, good[rest]))
            own = ~rest
            right[own] += ((scores[own] >= threshold) == good[own]) / _TIMES
    drawn = np.random.default_rng(_SEED).integers(units.max() + 1, size=(_SAMPLES, units.max() + 1))
    times = np.stack([np.bincount(row, minlength=units.max() + 1) for row in drawn])[:, units]
    means = [(times[:, kind] @ right[kind]) / times[:, kind].sum(axis=1) for kind in (good, ~good)]
    low, high = np.percentile(sum(means) / 2, [2.5, 97.5])
    return float((right[good].mean() + right[~good].mean()) / 2), float(low), float(high)


def _balanced(said: NDArray[np.bool_], good: NDArray[np.bool_]) -> float:
    return float(said[good].mean() + (~said[~good]).mean()) / 2


def bins(judged: Sequence[tuple[float, bool]]) -> list[tuple[float, float, int]]:
    """Ten bins of equal size by score: mean score, share backed, how many."""
    ordered = sorted(judged, key=lambda line: line[0])
    parts = [part for part in np.array_split(np.array(ordered, dtype=float), _BINS) if len(part)]
    return [(float(part[:, 0].mean()), float(part[:, 1].mean()), len(part)) for part in parts]


def calibration_error(judged: Sequence[tuple[float, bool]]) -> float:
    """How far a bin's mean score is from the share backed, on average over lines."""
    return sum(abs(score - share) * count for score, share, count in bins(judged)) / len(judged)
