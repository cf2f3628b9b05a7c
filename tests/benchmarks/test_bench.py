"""The benchmark and its gate, run on the fixtures with the quick systems."""

import json
from dataclasses import replace

import pytest
from extras import need

from benchmarks import bench, gate
from benchmarks.attributing import fixture_lines
from benchmarks.bench import MARKS, insert
from benchmarks.sets import fixture_sets, real_sets
from benchmarks.systems import SYSTEMS, available
from newsum.errors import CheckpointError
from newsum.evaluation.baselines import BASELINES, lead


@pytest.fixture(autouse=True)
def without_real_data(monkeypatch, tmp_path):
    monkeypatch.setenv("NEWSUM_DATA", str(tmp_path / "none"))


@pytest.fixture
def quick(monkeypatch):
    """The gate over two systems that need no model, and six stories."""
    stories = next(fixture_sets())
    monkeypatch.setattr(gate, "GATED", ("lead", "centroid"))
    monkeypatch.setattr(gate, "fixture_sets", lambda: [replace(stories, examples=stories.examples[:6])])


def test_the_fixtures_are_measured_at_both_lengths_without_any_data():
    sets = list(fixture_sets())
    assert [(s.name, s.words, len(s.examples)) for s in sets] == [("fixtures-60", 60, 12), ("fixtures-120", 120, 12)]
    assert list(real_sets()) == []


def test_real_sets_are_found_in_the_data_folder(tmp_path, monkeypatch):
    import gzip

    folder = tmp_path / "data" / "stories"
    folder.mkdir(parents=True)
    row = {
        "story_id": "a",
        "articles": [{"outlet": "Wire", "text": "One."}],
        "reference": "R.",
        "references": ["R.", "S."],
    }
    (folder / "multiling2011_dev.jsonl.gz").write_bytes(gzip.compress(json.dumps(row).encode()))
    monkeypatch.setenv("NEWSUM_DATA", str(tmp_path / "data"))
    (found,) = real_sets()
    assert (found.name, found.words, found.references) == ("multiling", 250, [["R.", "S."]])


def test_the_hash_changes_with_a_word_of_a_reference_and_not_from_run_to_run():
    first, again = next(fixture_sets()), next(fixture_sets())
    assert first.sha256 == again.sha256
    changed = (replace(first.examples[0], references=("Another.",)), *first.examples[1:])
    assert replace(first, examples=changed).sha256 != first.sha256


def test_every_system_is_there_or_says_why_not(monkeypatch):
    assert set(BASELINES) < set(SYSTEMS)

    def cannot(stories):
        raise CheckpointError("there is no such model")

    monkeypatch.setitem(SYSTEMS, "absent", cannot)
    found = dict(available(next(fixture_sets()), ["lead", "absent"]))
    assert found == {"lead": lead, "absent": "there is no such model"}


def test_a_row_holds_the_scores_and_every_story():
    stories = next(fixture_sets())
    row, scores = bench.measure(stories, "lead", lead)
    assert row["system"] == "lead"
    assert len(row["table"]) == 12
    assert row["scores"]["rouge1"]["mid"] == scores["rouge1"].mid
    assert 0.3 < scores["rouge1"].mid < 0.6
    assert row["seconds"] > 0


def test_the_lines_of_the_fixtures_know_the_articles_they_rest_on():
    lines = list(fixture_lines())
    assert len(lines) == 24
    ids = {article.id for story in lines for article in story.story.articles}
    assert all(credits and credits <= ids for story in lines for credits in story.credits)


def test_one_command_writes_table_numbers_and_page(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(bench, "attribution_rows", lambda sets: [])
    page = tmp_path / "figures.md"
    page.write_text(f"# newsum\n\n{MARKS[0]}\nold\n{MARKS[1]}\nafter\n")
    arguments = ["--systems", "lead", "centroid", "--sets", "fixtures-60", "--out", str(tmp_path / "r")]
    assert bench.main([*arguments, "--page", str(page)]) == 0
    results = json.loads((tmp_path / "r" / "results.json").read_text())
    assert [row["system"] for row in results["rows"]] == ["lead", "centroid"]
    assert results["sets"]["fixtures-60"]["sha256"] == next(fixture_sets()).sha256
    assert {"Python", "numpy", "rouge-score"} <= set(results["versions"])
    table = (tmp_path / "r" / "table.md").read_text()
    mid = 100 * results["rows"][0]["scores"]["rouge1"]["mid"]
    assert f"| lead | {mid:.1f} (" in table
    assert f"seed {results['seed']}" in table
    assert results["sets"]["fixtures-60"]["sha256"][:12] in table
    assert page.read_text() == f"# newsum\n\n{MARKS[0]}\n{table}{MARKS[1]}\nafter\n"
    assert table in capsys.readouterr().out


def test_a_page_without_a_place_for_the_table_is_an_error():
    with pytest.raises(ValueError, match="the page has no place for the table"):
        insert("# newsum", "table")


def test_plots_are_drawn_of_what_was_measured(tmp_path):
    need("bench")
    from benchmarks import plots

    stories = next(fixture_sets())
    row = bench.measure(replace(stories, examples=stories.examples[:3]), "lead", lead)[0]
    results = {
        "rows": [row],
        "sets": {stories.name: {"title": "fixtures"}},
        "judged": [(0.05, False), (0.95, True), (1.0, True), (0.9, False)],
        "attribution": [{"set": "fixtures", "counted": "credited", "f1": 0.8, "exact": 0.5}],
    }
    made = plots.plot(results, tmp_path)
    assert sorted(path.name for path in made) == ["attribution.png", "reliability.png", "rouge.png", "speed.png"]
    assert all(path.read_bytes().startswith(b"\x89PNG") for path in made)


def test_reliability_bins_hold_mean_score_share_and_count():
    need("bench")
    from benchmarks import plots

    judged = [(0.05, False), (0.95, True), (1.0, True), (0.9, False)]
    assert plots.reliability(judged) == [(0.05, 0.0, 1), (pytest.approx(0.95), pytest.approx(2 / 3), 3)]


# --- the gate -----------------------------------------------------------------------------------


def run(tmp_path, *options):
    return gate.main(["--fixtures", "--floors", str(tmp_path / "floors.json"), *options])


def floors(tmp_path):
    return json.loads((tmp_path / "floors.json").read_text())


def shift(tmp_path, by):
    """Move every floor of centroid at 60 words."""
    content = floors(tmp_path)
    kept = content["sets"]["fixtures-60"]["systems"]["centroid"]
    kept["rouge1"] = [value + by for value in kept["rouge1"]]
    (tmp_path / "floors.json").write_text(json.dumps(content))


def test_floors_are_set_and_then_hold(tmp_path, quick, capsys):
    assert run(tmp_path, "--raise") == 0
    assert set(floors(tmp_path)["sets"]["fixtures-60"]["systems"]) == {"lead", "centroid"}
    assert run(tmp_path) == 0
    assert "fixtures-60, centroid: holds" in capsys.readouterr().out


def test_a_drop_past_noise_fails_and_raising_does_not_hide_it(tmp_path, quick, capsys):
    run(tmp_path, "--raise")
    shift(tmp_path, 0.002)  # every story a fifth of a point lower: small, but no chance
    before = floors(tmp_path)
    assert run(tmp_path) == 1
    assert "fixtures-60, centroid: rouge1 is" in capsys.readouterr().out
    assert run(tmp_path, "--raise") == 1
    assert floors(tmp_path) == before


def test_a_gain_passes_and_raises_the_floor_only_when_told(tmp_path, quick):
    run(tmp_path, "--raise")
    true = floors(tmp_path)
    shift(tmp_path, -0.05)
    lower = floors(tmp_path)
    assert run(tmp_path) == 0
    assert floors(tmp_path) == lower
    assert run(tmp_path, "--raise") == 0
    assert floors(tmp_path) == true


def test_lowering_needs_a_reason_and_leaves_a_trace(tmp_path, quick):
    run(tmp_path, "--raise")
    true = floors(tmp_path)
    shift(tmp_path, 0.002)
    with pytest.raises(SystemExit):
        run(tmp_path, "--lower", " ")
    assert run(tmp_path, "--lower", "the splitter now keeps captions apart") == 0
    found = floors(tmp_path)
    assert found["sets"] == true["sets"]
    (trace,) = found["lowered"]
    assert trace["reason"] == "the splitter now keeps captions apart"
    assert (trace["set"], trace["system"], trace["score"]) == ("fixtures-60", "centroid", "rouge1")
    assert trace["from"] - trace["to"] == pytest.approx(0.002, abs=1e-6)
    assert run(tmp_path) == 0


def test_floors_of_other_stories_fail_until_they_are_measured_anew(tmp_path, quick, capsys):
    run(tmp_path, "--raise")
    content = floors(tmp_path)
    content["sets"]["fixtures-60"]["sha256"] = "0" * 64
    (tmp_path / "floors.json").write_text(json.dumps(content))
    assert run(tmp_path) == 1
    assert "the stories are not those that the floors were measured on (000000000000)" in capsys.readouterr().out
    assert run(tmp_path, "--lower", "a fixture story was corrected") == 0
    assert floors(tmp_path)["lowered"][0]["data"][0] == "0" * 64
    assert run(tmp_path) == 0


def test_noise_that_goes_both_ways_is_no_drop():
    held = {"rouge1": [0.30, 0.40, 0.50, 0.60]}
    assert list(gate.check(held, {"rouge1": [0.31, 0.38, 0.51, 0.59]}, "here")) == []
    (drop,) = gate.check(held, {"rouge1": [0.31, 0.32, 0.51, 0.59]}, "here")
    assert drop.startswith("here: rouge1 is 43.25, its floor is 45.00")
