"""The speed benchmark: ratios repeat by repeat, stories of any size, a table of what was asked for."""

import json

from benchmarks.speed import Timed, compared, made_story, main
from newsum.coverage import origins
from newsum.language import word_count


def test_a_ratio_is_taken_repeat_by_repeat():
    fast, slow = Timed((1.0, 2.0, 1.0)), Timed((4.0, 4.0, 3.0))
    assert fast.over(slow) == (3.0, 2.0, 4.0)
    assert slow.over(slow) == (1.0, 1.0, 1.0)


def test_every_work_is_warmed_up_once_and_then_done_in_turns():
    done = []
    taken = compared({"a": lambda: done.append("a"), "b": lambda: done.append("b")}, 3)
    assert done == ["a", "b"] * 4
    assert all(len(timed.seconds) == 3 and min(timed.seconds) >= 0 for timed in taken.values())


def test_a_made_story_has_the_size_asked_for_and_independent_articles():
    story = made_story(5, 200, seed=3)
    assert len(story.outlets) == len(story.articles) == 5
    assert all(200 <= word_count(a.text) < 280 for a in story.articles)
    assert set(origins(story.articles).values()) == {a.id for a in story.articles}
    assert made_story(5, 200, seed=3) == story != made_story(5, 200, seed=4)


def test_the_parts_asked_for_are_measured_and_kept(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("NEWSUM_DATA", str(tmp_path))
    assert main(["--parts", "stages", "--stories", "1", "--out", str(tmp_path)]) == 0
    rows = json.loads((tmp_path / "speed.json").read_text(encoding="utf-8"))
    assert [row["what"] for row in rows] == ["prepare and plan", "write", "fill, attribute and check"]
    assert abs(sum(row["share"] for row in rows) - 1) < 1e-9
    assert "| write |" in capsys.readouterr().out
