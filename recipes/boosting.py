"""Rows of features and what they are worth -> boosted trees as plain lists, which newsum/planning/trees.py evaluates.

Gradient boosting by LightGBM (Ke et al. 2017). Shallow trees, each on part of the features: the stories are few.
"""

from collections.abc import Mapping
from typing import Any

from newsum.errors import MissingExtra
from newsum.planning.salience import Floats

__all__ = ["fit", "listed"]

_LEAVES = 8
_SETTINGS = {
    "objective": "regression",
    "num_leaves": _LEAVES,
    "bagging_freq": 1,
    "lambda_l2": 5,
    "num_threads": 1,
    "seed": 1,
    "deterministic": True,
    "verbose": -1,
}


def fit(
    found: Floats, target: Floats, *, trees: int, weight: Floats | None = None, **settings: float
) -> Mapping[str, Any]:
    """The trees as the plain lists that `Trees.read` takes.

    Args:
        found: (rows, features).
        target, weight: (rows,); how much a row counts, one where not given.
        settings: LightGBM's, over `_SETTINGS`.

    Raises:
        MissingExtra: LightGBM is not installed.
    """
    try:
        import lightgbm
    except ImportError as error:
        raise MissingExtra('fitting trees needs LightGBM: pip install "newsum[train]"') from error
    model = lightgbm.train({**_SETTINGS, **settings}, lightgbm.Dataset(found, target, weight=weight), trees)
    grown = [listed(tree["tree_structure"]) for tree in model.dump_model()["tree_info"]]
    return {name: [tree[name] for tree in grown] for name in ("feature", "threshold", "left", "right", "leaf")}


def listed(root: Mapping[str, Any]) -> Mapping[str, list[Any]]:
    """One tree, all its forks in lists of one length: a tree that grew fewer has some that nothing leads to."""
    forks = _LEAVES - 1
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
