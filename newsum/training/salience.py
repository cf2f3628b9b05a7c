"""Stories with an editor's summary -> newsum/data/salience.json: the trees of newsum/salience.py.

    python -m newsum.training.salience allsides_train.jsonl.gz --out newsum/data/salience.json

Gradient boosting (LightGBM). The rows are the sentences that can stand alone and the cuts of the articles' first ones;
a row's target is the share of its neighbouring words, and a little of its words, that the summary has. Held-out
stories stay out. Shallow trees, each on half of the features: the stories are few.
"""

import argparse
import gzip
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from newsum.articles import Story
from newsum.cutting import cuts
from newsum.errors import MissingExtra
from newsum.language import words
from newsum.readable import stands_alone
from newsum.salience import FEATURES, Numbers, View, features, view_of, with_cuts
from newsum.training.pairs import held_out

__all__ = ["fit", "listed", "main", "rows"]

_OF_WORDS = 0.1  # of the target; the rest is pairs of words. Ten folds of allsides_train, R1/R2/RLsum of briefs with
# cuts, 45 words: 38.2/15.3/31.2 with 0.4, 38.3/15.8/31.2 with 0.1, 38.3/16.1/31.2 with 0, whose briefs are too short
_EARLY = 8  # sentences of an article whose cuts are learned from
_SETTINGS = {
    "objective": "regression",
    "learning_rate": 0.03,
    "num_leaves": 8,
    "min_data_in_leaf": 200,
    "feature_fraction": 0.5,
    "bagging_fraction": 0.7,
    "bagging_freq": 1,
    "lambda_l2": 5,
    "num_threads": 1,
    "seed": 1,
    "deterministic": True,
    "verbose": -1,
}
_TREES = 300


def rows(path: Path) -> Iterator[tuple[Numbers, Numbers]]:
    """For each training story, its sentences' features and targets."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for record in map(json.loads, lines):
            if held_out(record["story_id"]):
                continue
            view = _with_all_cuts(view_of(Story.from_dict(record)))
            summary = [w.key for w in words(record["reference"])]
            alone = [n for n, c in enumerate(view.candidates) if stands_alone(c.text)]
            keys = [[w.key for w in words(view.candidates[n].text)] for n in alone]
            taken = [_OF_WORDS * _share(k, summary, 1) + (1 - _OF_WORDS) * _share(k, summary, 2) for k in keys]
            yield features(view)[alone], np.array(taken)


def _with_all_cuts(view: View) -> View:
    early = (n for n, c in enumerate(view.candidates) if c.index < _EARLY and stands_alone(c.text))
    return with_cuts(view, [(n, text) for n in early for text in cuts(view.candidates[n].text)])


def _share(of: Sequence[str], by: Sequence[str], run: int) -> float:
    """The share of a text's runs of words that another has."""
    mine, theirs = ([tuple(keys[i : i + run]) for i in range(len(keys) - run + 1)] for keys in (of, by))
    known = set(theirs)
    return sum(gram in known for gram in mine) / len(mine) if mine else 0.0


def fit(found: Numbers, target: Numbers, *, trees: int = _TREES) -> Mapping[str, Any]:
    """The trees as the plain lists that salience.json holds.

    Raises:
        MissingExtra: LightGBM is not installed.
    """
    try:
        import lightgbm
    except ImportError as error:
        raise MissingExtra('fitting salience needs LightGBM: pip install "newsum[train]"') from error
    model = lightgbm.train(_SETTINGS, lightgbm.Dataset(found, target), trees)
    grown = [listed(tree["tree_structure"]) for tree in model.dump_model()["tree_info"]]
    return {name: [tree[name] for tree in grown] for name in ("feature", "threshold", "left", "right", "leaf")}


def listed(root: Mapping[str, Any]) -> Mapping[str, list[Any]]:
    """One tree, all its forks in lists of one length: a tree that grew fewer has some that nothing leads to."""
    forks = _SETTINGS["num_leaves"] - 1  # type: ignore[operator]
    tree: dict[str, list[Any]] = {name: [0] * forks for name in ("feature", "threshold", "left", "right")}
    tree["leaf"] = [0.0] * (forks + 1)
    if "leaf_value" in root:  # nothing to tell apart: one leaf, both ways
        tree["leaf"][0] = round(root["leaf_value"], 7)
        tree["left"][0] = tree["right"][0] = ~0
        return tree
    waiting = [root]
    while waiting:
        node = waiting.pop()
        at = node["split_index"]
        tree["feature"][at], tree["threshold"][at] = node["split_feature"], round(node["threshold"], 6)
        for side in ("left", "right"):
            child = node[f"{side}_child"]
            if "split_index" in child:
                tree[side][at] = child["split_index"]
                waiting.append(child)
            else:
                tree[side][at] = ~child["leaf_index"]
                tree["leaf"][child["leaf_index"]] = round(child["leaf_value"], 7)
    return tree


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("stories", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    settings = parser.parse_args()
    pairs = list(rows(settings.stories))
    found, target = (np.concatenate(part) for part in zip(*pairs, strict=True))
    stored = {"stories": len(pairs), "sentences": len(target), "features": FEATURES, **fit(found, target)}
    settings.out.write_text(json.dumps(stored, separators=(",", ":")) + "\n", encoding="utf-8")
    print(f"{len(pairs)} stories, {len(target)} sentences")


if __name__ == "__main__":
    main()
