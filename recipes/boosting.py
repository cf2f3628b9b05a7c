"""Rows of features and what they are worth -> boosted trees as plain lists, which newsum/planning/trees.py evaluates.

Gradient boosting by LightGBM (Ke et al. 2017). Shallow trees, each on part of the features: the stories are few.
"""

from collections.abc import Mapping
from typing import Any

from newsum.errors import MissingExtra
from newsum.planning.salience import Floats

__all__ = ["fit", "listed"]

_LEAVES = 8
_ALL = (1 << _LEAVES) - 1  # as bits
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
    return {name: [tree[name] for tree in grown] for name in ("feature", "threshold", "keeps", "leaf")}


def listed(root: Mapping[str, Any]) -> Mapping[str, list[Any]]:
    """One tree as `Trees` has it, all in lists of one length: a tree that grew fewer forks has some that keep all."""
    forks = _LEAVES - 1
    tree: dict[str, list[Any]] = {
        "feature": [0] * forks,
        "threshold": [0.0] * forks,
        "keeps": [_ALL] * forks,
        "leaf": [],
    }

    def below(node: Mapping[str, Any]) -> int:
        """The leaves below a node, as bits."""
        if "leaf_value" in node:
            tree["leaf"].append(round(node["leaf_value"], 7))
            return 1 << (len(tree["leaf"]) - 1)
        at, left = node["split_index"], below(node["left_child"])
        tree["feature"][at], tree["threshold"][at] = node["split_feature"], round(node["threshold"], 6)
        tree["keeps"][at] = _ALL & ~left
        return left | below(node["right_child"])

    below(root)
    tree["leaf"] += [0.0] * (_LEAVES - len(tree["leaf"]))
    return tree
