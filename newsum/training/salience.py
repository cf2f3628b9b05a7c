"""Stories with an editor's summary -> newsum/data/salience.json: the weights of salience's features.

    python -m newsum.training.salience allsides_train.jsonl.gz --out newsum/data/salience.json

Ridge regression; a sentence's target is the F1 of its words and word pairs with the summary's (half and
half), less the story's mean, since only the order within a story counts. Held-out stories stay out.
"""

import argparse
import gzip
import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from newsum.articles import Story
from newsum.language import words
from newsum.salience import FEATURES, features, view_of
from newsum.training.pairs import held_out

__all__ = ["main"]

_RIDGE = 1.0


def _f1(left: list[str], right: list[str], run: int) -> float:
    def grams(keys: list[str]) -> set[tuple[str, ...]]:
        return {tuple(keys[i : i + run]) for i in range(len(keys) - run + 1)}

    a, b = grams(left), grams(right)
    return 2 * len(a & b) / (len(a) + len(b)) if a and b else 0.0


def rows(path: Path) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """For each training story, its sentences' features and targets, both less their means."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for record in map(json.loads, lines):
            if held_out(record["story_id"]):
                continue
            view = view_of(Story.from_dict(record))
            if len(view.candidates) < 5:
                continue
            reference = [w.key for w in words(record["reference"])]
            keys = [[w.key for w in words(c.sentence.text)] for c in view.candidates]
            target = np.array([0.5 * _f1(k, reference, 1) + 0.5 * _f1(k, reference, 2) for k in keys])
            found = features(view)
            yield found - found.mean(axis=0), target - target.mean()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("stories", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    settings = parser.parse_args()
    pairs = list(rows(settings.stories))
    found, target = (np.concatenate(part) for part in zip(*pairs, strict=True))
    weights = np.linalg.solve(found.T @ found + _RIDGE * np.eye(found.shape[1]), found.T @ target)
    named = {name: round(float(w), 5) for name, w in zip(FEATURES, weights, strict=True)}
    settings.out.write_text(json.dumps({"stories": len(pairs), "weights": named}, indent=2) + "\n")
    explained = 1 - ((target - found @ weights) ** 2).sum() / (target**2).sum()
    print(f"{len(pairs)} stories, {len(target)} sentences, R2 {explained:.3f}")


if __name__ == "__main__":
    main()
