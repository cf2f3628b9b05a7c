"""Fits the trees that say whether two articles tell of one event."""

import argparse
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csr_array

import recipes.grouping
from newsum.articles import Article
from newsum.grouping.pairs import FEATURES, features
from newsum.grouping.vectors import Floats, Integers, Vectors, weighed
from newsum.planning.trees import Trees
from recipes.boosting import fit
from recipes.grouping.heaps import Heap, large_heaps, small_heaps
from recipes.grouping.stories import read

__all__ = ["main", "measured", "rows"]

_SMALL, _ASIDE = 7000, 300  # heaps
_LEAST = 0.03  # of a cosine; pairs below are never asked about
_HARDEST = 10  # others of an article, in a large heap
_COPIES = 0.6  # of the shorter one's words
_TREES = 400
_WEIGHT = 3.0  # of a pair of the large heaps, which are fewer and as articles come
_LONG_WEIGHT = 0.3  # of a pair of a small heap of long articles: two whole articles seldom differ in names alone
_LONG = np.log1p(150)  # words
_RISING = {  # which way a feature may move what is likely: +1 where it speaks for one event
    "cosine": 1,
    "of names": 1,
    "of others": 1,
    "names found": 1,
    "least names found": 1,
    "strangers": -1,
    "most strangers": -1,
    "rarest name": 1,
    "headline found": 1,
    "meaning": 1,
    "figures apart": -1,
    "days of events apart": -1,
    "days apart": -1,
}
_SETTINGS: dict[str, Any] = {
    "objective": "binary",
    "learning_rate": 0.07,
    "min_data_in_leaf": 150,
    "feature_fraction": 0.6,
    "bagging_fraction": 0.7,
    "monotone_constraints": [_RISING.get(name, 0) for name in FEATURES],
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


def _pairs(bodies: Vectors, events: Integers, hardest: int | None) -> tuple[Integers, Integers]:
    """The pairs that are asked about: the earlier articles and the later."""
    table = csr_array((bodies.weights, bodies.terms, bodies.starts), shape=(len(events), bodies.width))
    cosines = (table @ table.T).toarray()
    np.fill_diagonal(cosines, 0)
    asked = cosines >= _LEAST
    if hardest is not None:
        least = np.sort(cosines, axis=1)[:, -min(hardest, len(cosines))]
        asked &= (cosines >= np.minimum(least, least[:, None])) | (events == events[:, None])
    lefts, rights = np.nonzero(np.triu(asked, 1))
    return lefts, rights


def _copies(left: Article, right: Article) -> bool:
    a, b = (set(article.text.lower().split()) for article in (left, right))
    return len(a & b) > _COPIES * min(len(a), len(b))


def measured(trees: Trees, rows_aside: Rows) -> str:
    """How often a pair on one event comes before one that is not: by the trees, and by the cosine alone."""
    by_trees, by_cosine = (
        _auc(chance, rows_aside.right) for chance in (trees.predict(rows_aside.found), rows_aside.found[:, 0])
    )
    return f"{len(rows_aside.right)} pairs kept aside: AUC {by_trees:.3f}, of the cosine alone {by_cosine:.3f}"


def _auc(chance: Floats, right: Floats) -> float:
    ranks = np.argsort(np.argsort(chance, kind="stable"), kind="stable") + 1
    positive = right.sum()
    return float((ranks[right > 0].sum() - positive * (positive + 1) / 2) / (positive * (len(right) - positive)))


def main() -> None:
    parser = argparse.ArgumentParser(
        description=recipes.grouping.__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("stories", type=Path, nargs="+")
    parser.add_argument("--out", type=Path, required=True, metavar="FILE")
    chosen = parser.parse_args()
    stories = read(chosen.stories, aside=False)
    small = rows(small_heaps(stories, _SMALL, seed=1), hardest=None, weight=1.0)
    large = rows(large_heaps(stories, seed=5), hardest=_HARDEST, weight=_WEIGHT)
    found, right, weight = (
        np.concatenate([getattr(part, name) for part in (small, large)]) for name in ("found", "right", "weight")
    )
    trees = fit(found, right, weight=weight, trees=_TREES, **_SETTINGS)
    counts = {"stories": len(stories), "pairs": len(right)}
    stored = json.dumps({**counts, "features": FEATURES, **trees}, separators=(",", ":"))
    chosen.out.write_text(f"{stored}\n", encoding="utf-8")
    print(chosen.out, counts)
    aside = small_heaps(read(chosen.stories, aside=True), _ASIDE, seed=2)
    print(measured(Trees.read(chosen.out, FEATURES), rows(aside, hardest=None, weight=1.0)))


if __name__ == "__main__":
    main()
