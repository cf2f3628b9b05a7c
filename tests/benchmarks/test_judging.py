"""The judges' benchmark: its cases, the turns that make them, and its table."""

import random

import numpy as np
import pytest
from scripted_judge import ScriptedJudge

from benchmarks.judging.__main__ import print_table
from benchmarks.judging.judges import Shuffled, judge_alone, newsum_with, tfidf
from benchmarks.judging.turning import TURNS, Case, fixture_cases

CASES = [
    Case(
        "figure",
        "The council voted 7-3 to close the pier on Tuesday.",
        "The council voted 9-1 to open the pier.",
        False,
    ),
    Case(
        "whole", "The council voted 7-3 to close the pier on Tuesday.", "The council voted 7-3 to close the pier.", True
    ),
]


@pytest.mark.parametrize("table", ["fixtures", "blind"])
def test_every_fixture_has_a_kind_a_premise_and_a_line_of_its_own(table: str) -> None:
    cases = fixture_cases(table)
    assert len({(case.premise, case.line) for case in cases}) == len(cases) > 160
    assert all(case.kind and case.premise.endswith((".", "”")) and case.line.endswith((".", "”")) for case in cases)
    assert {case.entailed for case in cases} == {True, False}


@pytest.mark.parametrize(
    ("kind", "sentence", "expected"),
    [
        ("weekday", "The council met on Tuesday.", None),
        (
            "true: tail cut",
            "The council of Harlow closed the old pier, which burnt.",
            "The council of Harlow closed the old pier.",
        ),
        ("names exchanged", "On Monday Ines Roth sued Tom Ferris again.", "On Monday Tom Ferris sued Ines Roth again."),
        ("figure", "It rained.", None),
    ],
)
def test_a_turn_changes_what_its_kind_says(kind: str, sentence: str, expected: str | None) -> None:
    found = TURNS[kind](sentence, random.Random(1))
    assert found != sentence
    if kind != "weekday":
        assert found == expected


def test_the_rules_pass_a_clause_and_tfidf_scores_it_above_the_altered_line() -> None:
    scores, threshold = newsum_with(None)(CASES)
    assert scores[1] >= threshold
    scores, _ = tfidf(CASES)
    assert scores[1] > scores[0]


def test_a_judge_refuses_what_it_does_not_find_and_shuffled_answers_are_dealt_to_others() -> None:
    judge = ScriptedJudge()  # neither line stands in its premise word for word
    scores, threshold = judge_alone(judge)(CASES)
    assert (scores < threshold).all()
    dealt = Shuffled(judge, [("The pier burnt.", "The pier burnt."), ("It rained.", "The pier burnt.")])
    found = [answer.entailed for answer in dealt.entailment([("a", "b")] * 20)]
    assert set(found) == {0.9, 0.1}


def test_the_table_has_a_row_a_kind_and_the_rates(capsys: pytest.CaptureFixture[str]) -> None:
    always = {"always": lambda cases: (np.ones(len(cases)), 0.5)}
    print_table("two", CASES, always)
    told = capsys.readouterr().out
    assert "| figure | 1 | 1 |" in told
    assert "| **false lines passed** | 1 | 100.0% |" in told
    assert "| **true lines refused** | 1 | 0.0% |" in told
