"""Faults are put in as they are named, and the benchmark of them counts rightly and can fail."""

import numpy as np
import pytest
from fixture_stories import story

from benchmarks.faults import FLOORS, Judged, below, flagged, main, sentences_of, shares
from benchmarks.voted import balanced, bins, calibration_error
from recipes.corrupting import KINDS, corrupted, spliced, story_names, with_stranger
from recipes.fitting import fit_logistic
from recipes.support import isotonic as steps
from recipes.support import isotonic_at

TREATY = story("treaty")


@pytest.mark.parametrize(
    ("kind", "line", "options"),
    [
        ("date", "They met on Monday.", {f"They met on {d}day." for d in "Tues Wednes Thurs Fri Satur Sun".split()}),
        ("negation", "They did not meet.", {"They did meet."}),
        ("negation", "They didn't meet.", {"They did meet."}),
        ("negation", "They will meet.", {"They will not meet."}),
        ("direction", "Prices rose.", {"Prices fell."}),
        ("hedge", "They may meet.", {"They will meet."}),
    ],
)
def test_a_fault_is_the_one_that_it_is_called(kind, line, options):
    assert corrupted(line, kind, TREATY, 0) in options


def test_a_number_keeps_its_length_and_changes():
    altered = corrupted("About 1,800 jobs would go.", "number", TREATY, 0)
    assert altered != "About 1,800 jobs would go."
    assert len(altered) == len("About 1,800 jobs would go.")


def test_a_name_becomes_another_of_the_story_or_a_strangers():
    names = story_names(TREATY)
    line = "Prime Minister Marta Sollenberg signed the treaty."
    swapped, strange = corrupted(line, "name", TREATY, 0), with_stranger(line, TREATY, story("election"), 0)
    assert "Sollenberg" not in swapped
    assert any(name in swapped for name in names)
    assert not any(name in strange.removeprefix("Prime Minister ") for name in names)


def test_where_there_is_nothing_to_alter_there_is_no_fault():
    assert [corrupted("they came.", kind, TREATY, 0) for kind in KINDS] == [None] * len(KINDS)


def test_an_invented_end_is_another_lines():
    assert spliced("One two three four.", "Five six seven eight.") == "One two seven eight."


def test_the_same_seed_gives_the_same_verdicts():
    stories = [story("treaty"), story("storm")]
    runs = [list(flagged(stories, lambda s: sentences_of(s)[:2])) for _ in range(2)]
    assert runs[0] == runs[1]
    assert {line.kind for line in runs[0]} >= {"untouched", "negation", "foreign"}


def test_shares_are_counted_by_kind_with_an_interval_about_them():
    lines = [Judged(f"s{n}", "number", n % 4 > 0, 0.1) for n in range(40)]
    assert shares(lines)["number"][0] == 0.75
    low, high = shares(lines)["number"][1:3]
    assert 0.55 < low < 0.75 < high < 0.95


def test_a_share_below_its_floor_is_named_and_no_other():
    good = {kind: (0.0 if kind == "untouched" else 1.0, 0.0, 1.0, 9) for kind in FLOORS}
    assert below(good) == []
    assert below({**good, "untouched": (0.5, 0, 1, 9), "date": (0.5, 0, 1, 9)}) == [
        "untouched: 50.0% flagged, at most 3%",
        "date: 50.0% flagged, at least 95%",
    ]


def test_the_fixtures_hold_their_floors_and_a_higher_one_fails(capsys, monkeypatch):
    assert main(["--fixtures"]) == 0
    assert "Every floor on the fixtures holds." in capsys.readouterr().out
    monkeypatch.setitem(FLOORS, "number", 1.01)
    assert main(["--fixtures"]) == 1
    assert "BELOW THE FLOOR: number" in capsys.readouterr().out


def test_calibration_error_is_nought_for_a_true_score_and_its_distance_for_a_false_one():
    true = [(n / 10, k < n) for n in range(1, 10) for k in range(10)]
    assert calibration_error([(0.8, k < 8) for k in range(10)] * 10) == pytest.approx(0.0, abs=0.05)
    assert calibration_error([(0.9, False)] * 50) == pytest.approx(0.9)
    assert sum(count for _, _, count in bins(true)) == len(true)


def test_balanced_accuracy_of_a_score_that_parts_the_lines_is_one_and_of_none_a_half():
    units, good = np.arange(60), np.arange(60) % 3 > 0
    assert balanced(good.astype(float), good, units)[0] == 1.0
    assert balanced(np.zeros(60), good, units)[0] == pytest.approx(0.5)


def test_the_scale_never_falls_and_meets_the_shares():
    logits = np.linspace(-3, 3, 90)
    target = (np.arange(90) % 3 < np.repeat([0, 1, 3], 30)).astype(float)
    at, probabilities = steps(logits, target, np.ones(90))
    assert probabilities == sorted(probabilities)
    assert isotonic_at(-3.0, (at, probabilities)) == 0.0
    assert isotonic_at(3.0, (at, probabilities)) == 1.0


def test_the_fit_finds_the_weights_that_made_the_data():
    found = np.random.default_rng(0).normal(size=(4000, 2))
    chance = 1 / (1 + np.exp(-(2 * found[:, 0] - found[:, 1] + 0.5)))
    target = (np.random.default_rng(1).random(4000) < chance).astype(float)
    assert fit_logistic(found, target) == pytest.approx([2, -1, 0.5], abs=0.2)
