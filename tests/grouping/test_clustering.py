"""Clusters of pairs whose likelihood is told: doubt keeps apart what is alike."""

import numpy as np
import pytest

from newsum.articles import Article
from newsum.grouping.clustering import Item, Measure, clusters
from newsum.grouping.vectors import weighed

TEXTS = (  # all alike
    "The quake shook Vellano and cracked the quay.",
    "The quake shook Vellano and cracked a wall.",
    "The quake shook Vellano and cracked a dam.",
    "The quake shook Vellano and cracked a road.",
)
MEASURE = Measure(alike=0.1, fades=4, lasts=0.4, sure=0.5)


def together(likely, measure=MEASURE, otherwise=0.0):
    """The clusters where only some pairs are likely."""

    def likelihoods(lefts, rights):
        pairs = zip(lefts.tolist(), rights.tolist(), strict=True)
        return np.array([likely.get(pair, otherwise) for pair in pairs])

    bodies = weighed([Article("", text) for text in TEXTS]).bodies
    return sorted(sorted(found) for found in clusters(bodies, [Item(1.0)] * len(TEXTS), measure, likelihoods))


def test_what_is_alike_but_unlikely_stays_apart():
    assert together({}) == [[0], [1], [2], [3]]
    assert together({(0, 1): 1.0, (2, 3): 1.0}) == [[0, 1], [2, 3]]


def test_one_likely_pair_is_enough_for_two_clusters():
    assert together({(0, 1): 1.0, (2, 3): 1.0, (1, 2): 0.9}) == [[0, 1, 2, 3]]
    assert together({(0, 3): 0.9, (1, 3): 0.9, (2, 3): 0.9}) == [[0, 1, 2, 3]]


def test_a_measure_that_need_not_be_sure_asks_nobody():
    assert together({}, Measure(alike=0.1, fades=4, lasts=0.4)) == [[0, 1, 2, 3]]


@pytest.mark.parametrize(("chance", "left"), [(0.5, 1.0), (1.0, 1.0), (0.25, 0.125), (0.0, 0.0)])
def test_doubt_takes_the_more_the_deeper_it_is(chance, left):
    assert MEASURE.left_by(chance) == left
