"""The benchmarks of reading, grouping, copies and batches: their measures, and that each fails below its bar."""

import argparse
import json
from pathlib import Path

import pytest

from benchmarks import batching, copies, grouping, pages
from benchmarks.bars import bar, printed
from benchmarks.data import data_folder
from benchmarks.heaps import Heap, b_cubed
from newsum.articles import Article, Story

needs_data = pytest.mark.skipif(data_folder() is None, reason="no benchmark data: NEWSUM_DATA names no folder")


def test_a_row_below_its_bar_makes_the_exit_code_one(capsys):
    assert printed([bar("2 of 2", holds=True), "| FAILED: a cell |"]) == 0
    assert printed([bar("1 of 2", holds=False), bar("2 of 2", holds=True)]) == 1
    assert capsys.readouterr().out.splitlines()[2:] == ["FAILED: 1 of 2", "holds: 2 of 2"]


def test_b_cubed_is_that_of_a_worked_example():
    # Two true stories of three and two; the system's clusters are {1, 2} and {3, 4, 5}. Of the five articles, the
    # precisions are 1, 1, 1/3, 2/3, 2/3 and the recalls 2/3, 2/3, 1/3, 1, 1.
    precision, recall, f1 = b_cubed([0, 0, 1, 1, 1], [0, 0, 0, 1, 1])
    assert precision == pytest.approx(11 / 15)
    assert recall == pytest.approx(11 / 15)
    assert f1 == pytest.approx(11 / 15)


def test_a_heap_is_mixed_and_its_truth_goes_with_it():
    stories = [Story(tuple(Article("BBC", f"Story {s}, part {n}.") for n in range(5)), str(s)) for s in range(4)]
    heap = Heap.of("made", stories)
    assert [int(a.text[6]) for a in heap.articles] == list(heap.truth) != sorted(heap.truth)


@pytest.fixture
def no_data(monkeypatch, tmp_path):
    monkeypatch.setenv("NEWSUM_DATA", str(tmp_path / "none"))


def test_grouping_fails_where_every_article_is_put_into_one_story(no_data, monkeypatch, capsys):
    monkeypatch.setattr("sys.argv", ["grouping"])
    monkeypatch.setattr(grouping, "_SYSTEMS", {"newsum": lambda articles: [0] * len(articles)})
    assert grouping.main() == 1
    assert "FAILED: 12 fixture stories: B-cubed F1 0.154 (0.9)" in capsys.readouterr().out


def test_grouping_holds_on_the_fixtures(no_data, monkeypatch, capsys):
    monkeypatch.setattr("sys.argv", ["grouping"])
    monkeypatch.setattr(grouping, "_SYSTEMS", {"newsum": grouping.newsum})
    assert grouping.main() == 0
    assert "holds: 12 fixture stories" in capsys.readouterr().out


def test_copies_fail_where_none_is_found_and_where_all_are_joined(no_data, monkeypatch, capsys):
    def finding(finder):
        monkeypatch.setattr(copies.score, "__defaults__", (finder,))
        return copies.main()

    assert finding(lambda texts: []) == 1
    assert finding(lambda texts: [list(range(len(texts)))]) == 1
    assert finding(copies.families) == 0
    assert capsys.readouterr().out.count("FAILED") == 2


def test_independent_articles_that_are_joined_are_counted():
    texts = ["The boats left the harbour at noon on Tuesday, said the master.", "Nobody voted for the fee.", "A third."]
    joined = copies.joined_though_independent([*texts, texts[0]], lambda _: [[0, 3], [1, 2]])
    assert joined == (2, [(1, 2)])


def test_a_large_heap_is_as_large_as_asked_and_half_of_it_repeats(monkeypatch):
    stories = [Story((Article("BBC", f"Story {n} tells of a harbour and its boats. " * 9),), str(n)) for n in range(10)]
    monkeypatch.setattr(grouping, "stories_of", lambda name: stories)
    monkeypatch.setattr(grouping, "read_jsonl", lambda name: iter(()))
    monkeypatch.setattr(grouping, "_SIZES", (20, 40))
    heap = grouping.large_heap(40)
    assert (len(heap), len({article.id for article in heap})) == (40, 40)
    assert len({article.text for article in heap}) > 20


def test_scale_fails_where_memory_is_beyond_its_bar(monkeypatch):
    def run(command, **_):
        size = int(command[-1])
        row = {"articles": size, "stories": 9, "wall": size / 1e4, "cpu": size / 1e4, "read": 1.0, "peak": 3.5}
        return type("Done", (), {"stdout": json.dumps(row)})

    monkeypatch.setattr(grouping.subprocess, "run", run)
    verdicts = [row for row in grouping.scale_report() if row.startswith(("holds", "FAILED"))]
    assert verdicts == [
        "holds: 30,000 articles: 3.0 s of the clock (120)",
        "FAILED: 30,000 articles: 3.50 GB (3)",
        "holds: CPU time grows as n^1.00, from 8,000 articles on n^1.00 (n^1.2)",
    ]


def test_rows_of_a_site_are_told_from_an_articles():
    rows = ["Sign up for Tide Tables.", "Nobody voted.", "Boats at dawn (Jo Pell/Getty Images)", "See also: Boats"]
    assert pages.of_the_site("\n".join(rows)) == [rows[0], rows[2], rows[3]]


@needs_data
def test_all_that_must_hold_of_the_saved_pages_does():
    verdicts = [row for row in pages.report(Path(str(data_folder())) / "html") if row.startswith(("holds", "FAILED"))]
    assert [row for row in verdicts if row.startswith("FAILED")] == []
    assert "holds: outlet, title and date right on 12 of 12 pages" in verdicts
    assert len(verdicts) == 6


def test_a_killed_batch_holds_where_its_bytes_are_those_of_an_undisturbed_one(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(batching, "KILLS", 2)
    asked = argparse.Namespace(stories=17, model="none", jobs=1, seed=1)
    assert batching.kill(tmp_path, asked)
    assert "resumed after 2 kills: byte-identical (54 files)" in capsys.readouterr().out
    (tmp_path / "undisturbed" / "index.jsonl").write_text("{}")
    assert batching.tree(tmp_path / "out") != batching.tree(tmp_path / "undisturbed")


def test_engines_hold_by_the_median_of_their_rounds_and_only_with_the_same_bytes(tmp_path, monkeypatch, capsys):
    told = {"one process": [10, 10, 10], "two processes": [17, 5, 18], "Ray, two workers": [20, 16, 4]}

    def rate(table, out, engine, model):
        (out / "briefs").mkdir(parents=True)
        (out / "briefs" / "s.json").write_text(written)
        return 1.0, told[out.name.rpartition(" ")[0]][int(out.name[-1])]

    monkeypatch.setattr(batching, "rate", rate)
    asked = argparse.Namespace(stories=12, model="none", rounds=3)
    written = "{}"
    for name in ("even", "slow", "other"):
        (tmp_path / name).mkdir()
    assert batching.speed(tmp_path / "even", asked)
    assert "two processes: 1.70 times, the median; Ray, two workers: 1.60 times" in capsys.readouterr().out
    told["Ray, two workers"] = [15, 16, 4]
    assert not batching.speed(tmp_path / "slow", asked)
    monkeypatch.setattr(batching, "tree", lambda folder: {folder.name: b""})
    told["Ray, two workers"] = [20, 20, 20]
    assert not batching.speed(tmp_path / "other", asked)
