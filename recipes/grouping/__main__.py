"""Fits the trees that say whether two articles tell of one event."""

import argparse
import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, triu

import recipes.grouping
from newsum.articles import Article
from newsum.grouping.pairs import FEATURES, features
from newsum.grouping.vectors import Floats, Vectors, weighed
from recipes.boosting import fit
from recipes.grouping.heaps import Heap, large_heaps, small_heaps
from recipes.grouping.stories import read

__all__ = ["main", "rows"]

_SMALL = 7000  # heaps
_LEAST = 0.03  # of a cosine; pairs below are never asked about
_HARDEST = 10  # others of an article, in a large heap
_COPIES = 0.6  # of the shorter one's words
_TREES = 200
_WEIGHT = 3.0  # of a pair of the large heaps, which are fewer and as articles come
_LONG_WEIGHT = 0.3  # of a pair of a small heap of long articles: two whole articles seldom differ in names alone
_LONG = np.log1p(150)  # words
_SETTINGS = {
    "objective": "binary",
    "learning_rate": 0.07,
    "min_data_in_leaf": 150,
    "feature_fraction": 0.6,
    "bagging_fraction": 0.7,
}
_RISING = {  # which way a feature may move what is likely: +1 for those that speak for one event
    "cosine": 1,
    "of names": 1,
    "of others": 1,
    "names found": 1,
    "least names found": 1,
    "strangers": -1,
    "most strangers": -1,
    "rarest name": 1,
    "meaning": 1,
    "figures apart": -1,
    "days of events apart": -1,
    "days apart": -1,
}


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """Pairs to learn from: (pairs, FEATURES), and (pairs,) whether they are on one event and how much they count."""

    found: Floats
    right: Floats
    weight: Floats


def rows(heaps: Iterable[Heap], *, hardest: int | None, weight: float) -> Rows:
    """The pairs of heaps that have something in common, those that are copies of one text left out.

    Args:
        hardest: so many others of each article, the most alike, and all that are on one event with it.
    """
    found, right = [np.zeros((0, len(FEATURES)))], [np.zeros(0)]
    for heap in heaps:
        events = np.array([event for event, _ in heap])
        articles = [article for _, article in heap]
        if len(articles) > 1:
            terms = weighed(articles)
            lefts, rights = _pairs(terms.bodies, events, hardest)
            one = events[lefts] == events[rights]
            kept = np.array(
                [
                    not (same and _copies(articles[a], articles[b]))
                    for a, b, same in zip(lefts, rights, one, strict=True)
                ],
                dtype=bool,
            )
            found.append(features(articles, terms, lefts[kept], rights[kept]))
            right.append(one[kept].astype(np.float64))
    all_found = np.concatenate(found)
    weights = np.full(len(all_found), weight)
    if hardest is None:
        weights[all_found[:, FEATURES.index("shorter")] > _LONG] *= _LONG_WEIGHT
    return Rows(all_found, np.concatenate(right), weights)


def _pairs(
    bodies: Vectors, events: NDArray[np.int64], hardest: int | None
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    table = csr_array((bodies.weights, bodies.terms, bodies.starts), shape=(len(events), bodies.width))
    cosines = triu(table @ table.T, 1).toarray()
    asked = cosines >= _LEAST
    if hardest is not None:
        both = cosines + cosines.T
        least = np.sort(both, axis=1)[:, -min(hardest, len(both))]
        asked &= (both >= np.minimum(least, least[:, None])) | (events == events[:, None])
    lefts, rights = np.nonzero(asked)
    return lefts, rights


def _copies(left: Article, right: Article) -> bool:
    a, b = (set(article.text.lower().split()) for article in (left, right))
    return len(a & b) > _COPIES * min(len(a), len(b))


def _auc(chance: Floats, right: Floats) -> float:
    ranks = np.argsort(np.argsort(chance)) + 1
    positive = right.sum()
    return float((ranks[right > 0].sum() - positive * (positive + 1) / 2) / (positive * (len(right) - positive)))


def main(given: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(
        description=recipes.grouping.__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("stories", type=Path, nargs="+")
    parser.add_argument("--out", type=Path, required=True, metavar="FILE")
    parser.add_argument("--heaps", type=int, default=_SMALL, help="small ones")
    chosen = parser.parse_args(given)
    stories = read(chosen.stories, aside=False)
    small = rows(small_heaps(stories, chosen.heaps, seed=1), hardest=None, weight=1.0)
    large = rows(large_heaps(stories, seed=5), hardest=_HARDEST, weight=_WEIGHT)
    np.savez(
        "/tmp/x/rows.npz",
        sf=small.found,
        sr=small.right,
        sw=small.weight,
        lf=large.found,
        lr=large.right,
        lw=large.weight,
    )
    both = [np.concatenate([getattr(part, name) for part in (small, large)]) for name in ("found", "right", "weight")]
    settings = {**_SETTINGS, "monotone_constraints": [_RISING.get(name, 0) for name in FEATURES]}
    trees = fit(both[0], both[1], weight=both[2], trees=_TREES, **settings)
    counts = {"stories": len(stories), "pairs": len(both[0])}
    stored = json.dumps({**counts, "features": FEATURES, **trees}, separators=(",", ":"))
    chosen.out.write_text(f"{stored}\n", encoding="utf-8")
    print(chosen.out, counts)


if __name__ == "__main__":
    sys.exit(main())
