"""The table of what the judge must reach: its rows, the answers that are kept, and figures planted in the fixtures."""

import pytest
from extras import need
from scripted_judge import ScriptedJudge

need("torch")

from benchmarks.judging.answers import Remembered
from benchmarks.judging.briefs import planted
from benchmarks.judging.measured import Measured, share
from benchmarks.judging.promises import PROMISES, main, row_of
from newsum import Entailment

PAIR, OTHER = ("It rained.", "It rained."), ("It rained.", "It snowed.")


def test_a_pair_is_asked_once_and_its_answer_survives_the_run(tmp_path):
    judge, path = ScriptedJudge(), tmp_path / "answers.jsonl"
    kept = Remembered(judge, path)
    first = kept.entailment([PAIR, OTHER, PAIR])
    assert [answer.entailed for answer in first] == [0.9, 0.1, 0.9]
    assert judge.asked == [PAIR, OTHER]
    again = Remembered(ScriptedJudge(), path)
    assert again.entailment([OTHER, PAIR]) == [first[1], first[0]]
    assert again.asked == 2


def test_answers_of_another_revision_are_not_read(tmp_path):
    class Revised(ScriptedJudge):
        revision = "2"

        def entailment(self, pairs):
            return [Entailment(0.0, 1.0, 0.0) for _ in pairs]

    path = tmp_path / "answers.jsonl"
    Remembered(ScriptedJudge(), path).entailment([PAIR])
    assert Remembered(Revised(), path).entailment([PAIR])[0].entailed == 0.0


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (Measured("found", 25.0, 24, True, "30 figures"), "| found | 25 | ≥ 24 | 30 figures |"),
        (Measured("lost", 0.1, 0.08, False, "9 lines"), "| lost | 0.1 (missed) | ≤ 0.08 | 9 lines |"),
    ],
)
def test_a_row_says_whether_its_bar_holds(row, expected):
    assert row_of(row) == expected


def test_the_share_of_nothing_is_nothing():
    assert (share([]), share([True, False])) == (0.0, 0.5)


def test_thirty_figures_are_planted_in_the_fixtures():
    (row,) = planted(ScriptedJudge(), 30)
    assert row.of == "30 figures planted in the fixtures"
    assert 0 <= row.value <= 30
    assert len(row.read) == 30 - row.value


def test_a_name_that_is_none_is_an_error_that_lists_them(monkeypatch, capsys):
    monkeypatch.setattr("sys.argv", ["promises", "nothing"])
    with pytest.raises(SystemExit):
        main()
    assert f"there are {', '.join(PROMISES)}" in capsys.readouterr().err
