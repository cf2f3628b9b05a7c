"""Boosted trees are listed as plain numbers that say what the trees said."""

import numpy as np
from extras import need

from newsum.planning.trees import Trees
from recipes import boosting


def test_a_boosted_tree_is_the_same_once_it_is_listed():
    dumped = {
        "split_index": 0,
        "split_feature": 2,
        "threshold": 0.25,
        "left_child": {"leaf_index": 0, "leaf_value": 0.1},
        "right_child": {
            "split_index": 1,
            "split_feature": 0,
            "threshold": 3.0,
            "left_child": {"leaf_index": 1, "leaf_value": 0.2},
            "right_child": {"leaf_index": 2, "leaf_value": 0.4},
        },
    }
    tree = boosting.listed(dumped)
    trees = Trees.of({name: [values] for name, values in tree.items()})
    rows = np.array([[0.0, 0.0, 0.25], [3.0, 0.0, 0.3], [3.1, 0.0, 0.3]])
    assert trees.predict(rows).tolist() == [0.1, 0.2, 0.4]
    leaf = Trees.of({name: [values] for name, values in boosting.listed({"leaf_value": 0.7}).items()})
    assert leaf.predict(rows).tolist() == [0.7, 0.7, 0.7]


def test_fitted_trees_tell_high_from_low():
    need("train")
    generator = np.random.default_rng(3)
    found = generator.random((3000, 5))
    target = np.where(found[:, 3] > 0.5, 0.8, 0.2)
    fitted = boosting.fit(found, target, trees=60, min_data_in_leaf=20, learning_rate=0.1)
    trees = Trees.of(fitted)
    error = np.abs(trees.predict(found) - target).mean()
    assert error < 0.15 < np.abs(target - target.mean()).mean()
