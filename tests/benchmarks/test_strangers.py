"""The benchmark of lines held against other stories counts what it says it counts."""

import pytest

from benchmarks import strangers
from benchmarks.strangers import Credited, measured
from newsum import Article, Story


def story(name, place):
    text = f"{name} resigned as mayor of {place} on Monday. Aides of {name} gave no reason. Rain fell on {place}."
    return Story([Article("BBC", text), Article("Reuters", f"The council of {place} meets. {text}")], id=name)


def test_lines_of_other_stories_are_counted_alone_and_among_the_storys():
    stories = [(story(*of), [f"{of[0]} resigned on Monday as mayor of {of[1]}."]) for of in (
        ("Oldham", "Karrow"), ("Brandvik", "Lindenhaven"), ("Sollenberg", "Halmstrand")
    )]  # fmt: skip
    found = measured(stories)
    assert (found.own, found.lines) == (1.0, 6)
    assert found.alone <= found.among
    assert found.unnoticed <= found.among


def test_the_exit_status_says_whether_the_fixtures_bar_holds(monkeypatch, capsys):
    monkeypatch.setattr(strangers, "fixtures", list)
    for alone, status in ((0.0, 0), (0.5, 1)):
        monkeypatch.setattr(strangers, "measured", lambda stories, alone=alone: Credited(1.0, alone, alone, 0.0, 10))
        assert strangers.main(["--fixtures"]) == status
        assert f"| fixtures | 100.0% | {alone:.1%} |" in capsys.readouterr().out


def test_few_lines_of_other_fixtures_are_credited():
    found = measured(strangers.fixtures()[:4])
    assert found.own == 1.0
    assert found.alone == pytest.approx(0, abs=0.03)
