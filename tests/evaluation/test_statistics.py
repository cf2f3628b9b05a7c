"""Intervals and significance: known cases, seeds, weights."""

import math
import random

import pytest

from newsum.evaluation.statistics import comparisons, intervals

DRAWS = {"seed": 1, "samples": 2000, "confidence": 0.95}


def column(values, weight=1):
    return [{"score": (value, weight)} for value in values]


def normal(count, seed, shift=0.0):
    choose = random.Random(seed)
    return [choose.gauss(0.5 + shift, 0.1) for _ in range(count)]


def test_a_constant_score_has_an_interval_of_no_width():
    found = intervals(column([0.3] * 7), ["score"], **DRAWS)["score"]
    assert (found.low, found.high) == pytest.approx((0.3, 0.3), abs=1e-15)
    assert (found.mid, found.stories) == (0.3, 7)


def test_the_interval_of_a_mean_is_about_two_standard_errors_either_way():
    values = normal(400, 5)
    found = intervals(column(values), ["score"], **DRAWS)["score"]
    mean = math.fsum(values) / 400
    error = math.sqrt(sum((v - mean) ** 2 for v in values) / 400) / 20
    assert found.mid == pytest.approx(mean)
    assert found.low == pytest.approx(mean - 1.96 * error, abs=0.12 * error)
    assert found.high == pytest.approx(mean + 1.96 * error, abs=0.12 * error)


def test_the_digits_depend_on_the_seed_alone():
    values = column(normal(50, 2))
    first, again = (intervals(values, ["score"], **DRAWS)["score"] for _ in range(2))
    other = intervals(values, ["score"], **{**DRAWS, "seed": 2})["score"]
    assert first == again
    assert (first.low, first.high) != (other.low, other.high)
    # Written down, so that another machine or another numpy shows if it gives other digits
    assert (first.low, first.high) == (0.4335642801585226, 0.49546981786329636)


def test_the_order_of_the_stories_changes_no_mean():
    values = normal(101, 8)
    forward = intervals(column(values), ["score"], **DRAWS)["score"].mid
    assert forward == intervals(column(values[::-1]), ["score"], **DRAWS)["score"].mid


def test_a_story_counts_by_its_weight_and_not_at_all_without_the_score():
    stories = [{"score": (1.0, 3)}, {"score": (0.0, 1)}, {}]
    found = intervals(stories, ["score"], **DRAWS)["score"]
    assert (found.mid, found.stories) == (0.75, 2)
    assert (found.low, found.high) == (0.0, 1.0)


def test_one_story_alone_has_a_score_and_no_width():
    found = intervals(column([0.25]), ["score"], **DRAWS)["score"]
    assert (found.low, found.mid, found.high) == (0.25, 0.25, 0.25)


def test_a_system_does_not_differ_from_itself():
    values = column(normal(30, 1))
    found = comparisons(values, values, ["score"], **DRAWS)["score"]
    assert (found.difference, found.low, found.high, found.p) == (0.0, 0.0, 0.0, 1.0)


def test_a_difference_in_every_story_is_no_chance():
    worse = normal(30, 1)
    better = [value + 0.01 for value in worse]
    found = comparisons(column(better), column(worse), ["score"], **DRAWS)["score"]
    assert found.difference == pytest.approx(0.01)
    assert (found.low, found.high) == pytest.approx((0.01, 0.01))
    assert found.p == 1 / 2001


def test_p_is_the_share_of_swaps_that_give_as_much():
    # Three stories, each better by the same: of eight ways to swap two give |difference| as large, so p is 1/4
    found = comparisons(column([0.5] * 3), column([0.4] * 3), ["score"], **{**DRAWS, "samples": 20_000})["score"]
    assert found.p == pytest.approx(0.25, abs=0.01)


def test_differences_without_cause_are_called_significant_one_time_in_twenty():
    ps = [
        comparisons(
            column(normal(25, 2 * n)), column(normal(25, 2 * n + 1)), ["score"], seed=n, samples=200, confidence=0.95
        )
        for n in range(200)
    ]
    assert sum(found["score"].p <= 0.05 for found in ps) == pytest.approx(10, abs=8)


def test_only_stories_that_both_scored_are_compared():
    first = [{"score": (1.0, 1)}, {"score": (0.5, 1)}, {}]
    second = [{"score": (0.0, 1)}, {}, {"score": (0.5, 1)}]
    found = comparisons(first, second, ["score"], **DRAWS)["score"]
    assert (found.difference, found.stories) == (1.0, 1)
