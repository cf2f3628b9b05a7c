"""Stories with an editor's summary -> what of a story belongs in a brief.

    python -m recipes.salience allsides_train.jsonl.gz --out newsum/planning/salience.json

It says of a sentence (newsum/planning/salience.py) what share of its neighbouring words, and a little of its words, the
summary has. Held-out stories stay out. The salience.json that ships was fitted with rows of another kind besides: the
cuts of early sentences that newsum made by rule before its writer. What this makes replaces it once its briefs score no
less.
"""

import argparse
import gzip
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from newsum.articles import Story
from newsum.planning.salience import FEATURES, Floats, features, view_of
from newsum.similarity.stories import analyse_story
from newsum.text.leaning import stands_alone
from newsum.text.words import words
from recipes.aside import held_out
from recipes.boosting import fit

__all__ = ["Row", "main", "rows", "share"]

_OF_WORDS = 0.1  # of the target; the rest is pairs of words. Ten folds of allsides_train, R1/R2/RLsum of briefs of 45
# words: 38.2/15.3/31.2 with 0.4, 38.3/15.8/31.2 with 0.1, 38.3/16.1/31.2 with 0, whose briefs are too short
_SETTINGS: Mapping[str, Any] = {
    "learning_rate": 0.03,
    "min_data_in_leaf": 200,
    "feature_fraction": 0.5,
    "bagging_fraction": 0.7,
}
_TREES = 300
_EARLY = 8  # sentences of an article, which count so many times in the second fit


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """A story to learn from.

    Attributes:
        found, taken: (sentences, FEATURES) and (sentences,): features and targets of those that can stand alone.
    """

    found: Floats
    taken: Floats


def rows(path: Path) -> Iterator[Row]:
    """The training stories."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for record in map(json.loads, lines):
            if held_out(record["story_id"]):
                continue
            view = view_of(analyse_story(Story.from_dict(record)))
            summary = [w.key for w in words(record["reference"])]
            alone = [n for n, c in enumerate(view.candidates) if stands_alone(c.text)]
            told, found = [view.candidates[n] for n in alone], features(view)
            yield Row(found[alone], np.array([share(c.text, summary) for c in told]))


def share(text: str, summary: Sequence[str]) -> float:
    """The share of a text's pairs of neighbouring words, and a little of its words, that a summary has."""
    keys = [w.key for w in words(text)]
    return _OF_WORDS * _share(keys, summary, 1) + (1 - _OF_WORDS) * _share(keys, summary, 2)


def _share(of: Sequence[str], by: Sequence[str], run: int) -> float:
    """The share of a text's runs of words that another has."""
    mine, theirs = ([tuple(keys[i : i + run]) for i in range(len(keys) - run + 1)] for keys in (of, by))
    known = set(theirs)
    return sum(gram in known for gram in mine) / len(mine) if mine else 0.0


def _trees(pairs: Sequence[Row]) -> dict[str, Any]:
    """Two fits, averaged: on all sentences alike, and the early ones counting more.

    Either alone scores less on one kind of brief, the first on long ones, the second on short ones.
    """
    found, taken = np.concatenate([r.found for r in pairs]), np.concatenate([r.taken for r in pairs])
    early = np.expm1(found[:, FEATURES.index("index")]) < _EARLY
    weight = np.where(early, float(_EARLY), 1.0)
    fits = [fit(found, taken, trees=_TREES, weight=counted, **_SETTINGS) for counted in (None, weight)]
    grown: dict[str, Any] = {name: [*fits[0][name], *fits[1][name]] for name in fits[0]}
    grown["leaf"] = [[round(leaf / len(fits), 7) for leaf in tree] for tree in grown["leaf"]]
    return grown


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("stories", type=Path)
    parser.add_argument("--out", type=Path, required=True, metavar="FILE")
    settings = parser.parse_args()
    pairs = list(rows(settings.stories))
    counts = {"stories": len(pairs), "sentences": sum(len(row.taken) for row in pairs)}
    stored = json.dumps({**counts, "features": FEATURES, **_trees(pairs)}, separators=(",", ":"))
    settings.out.write_text(f"{stored}\n", encoding="utf-8")
    print(settings.out, counts)


if __name__ == "__main__":
    main()
