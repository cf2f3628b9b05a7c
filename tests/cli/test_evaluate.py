"""`newsum evaluate`, and the example scripts that evaluate."""

import csv
import json
import runpy
import sys

import pytest
import typer
from extras import need
from typer.testing import CliRunner

from newsum.cli.evaluate import evaluate
from newsum.errors import SettingsError

app = typer.Typer()
app.command()(evaluate)


@pytest.fixture
def files(tmp_path):
    paths = {}
    for name, texts in {
        "mine": ["A treaty was signed.", "Ferries stood still for three days."],
        "theirs": ["Nothing.", "Ferries."],
        "references": ["A treaty was signed.", "Crews walked out for three days."],
    }.items():
        paths[name] = tmp_path / f"{name}.txt"
        paths[name].write_text("\n".join(texts) + "\n")
    return paths


def run(*arguments):
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def test_scores_are_printed_with_intervals(files):
    result = run(files["mine"], files["references"])
    assert result.exit_code == 0
    assert result.output.splitlines()[0] == "2 stories, max over references; 95% intervals, seed 1"
    assert result.output.splitlines()[1].split() == ["rouge1", "0.7500", "0.5000", "to", "1.0000"]


def test_json_holds_scores_stories_settings_and_the_comparison(files):
    result = run(files["mine"], files["references"], "--against", files["theirs"], "--format", "json", "--jobs", 2)
    found = json.loads(result.output)
    assert found["scores"]["rouge1"]["mid"] == 0.75
    assert [row["rouge1"] for row in found["table"]] == [1.0, 0.5]
    assert found["against"]["rouge1"]["difference"] == 0.75
    assert found["settings"]["seed"] == 1


def test_two_systems_are_set_side_by_side(files):
    result = run(files["mine"], files["references"], "--against", files["theirs"])
    line = next(line for line in result.output.splitlines() if line.startswith("rouge1") and "p =" in line)
    assert line.split()[1:5] == ["+0.7500", "+0.5000", "to", "+1.0000"]


def test_every_storys_scores_are_written_to_a_table(files, tmp_path):
    run(files["mine"], files["references"], "--table", tmp_path / "table.csv")
    with (tmp_path / "table.csv").open() as file:
        assert [(row["story"], row["rouge1"]) for row in csv.DictReader(file)] == [("1", "1.0"), ("2", "0.5")]


def test_a_table_that_cannot_be_written_is_said_before_anything_is_scored(files, tmp_path):
    result = run(files["mine"], files["references"], "--table", tmp_path / "none" / "table.csv")
    assert isinstance(result.exception, SettingsError)
    assert "there is no folder" in str(result.exception)


# --- examples -----------------------------------------------------------------------------------


def example(monkeypatch, name, *arguments):
    monkeypatch.setattr(sys, "argv", [name, *map(str, arguments)])
    runpy.run_path(f"examples/{name}", run_name="__main__")


def test_the_example_of_ones_own_system_runs(monkeypatch, capsys):
    example(monkeypatch, "own_system.py")
    assert "ROUGE-1 less lead in turn: -" in capsys.readouterr().out


def test_the_example_that_compares_two_systems_runs(monkeypatch, capsys):
    example(monkeypatch, "compare_models.py", "lead", "centroid", "--limit", 4)
    output = capsys.readouterr().out
    assert output.startswith("lead less centroid, 4 stories")
    assert "rougeLsum" in output


def test_the_example_that_scores_a_folder_of_briefs_runs(monkeypatch, capsys, tmp_path):
    (tmp_path / "treaty.txt").write_text("Osterland and Kestria signed a treaty.\nA vote is due on 24 March.")
    (tmp_path / "storm.txt").write_text("A storm came.")
    example(monkeypatch, "evaluate_folder.py", tmp_path)
    output = capsys.readouterr().out
    assert output.startswith("2 stories")
    assert [line.split()[0] for line in output.splitlines()[-2:]] == ["storm", "treaty"]


def test_the_example_that_sweeps_a_setting_runs_and_plots(monkeypatch, capsys, tmp_path):
    need("bench")
    plot = tmp_path / "sweep.png"
    example(monkeypatch, "sweep_setting.py", "--system", "lead", "--words", 30, 60, "--out", plot)
    assert [line.split()[:2] for line in capsys.readouterr().out.splitlines()[:2]] == [["30", "words"], ["60", "words"]]
    assert plot.read_bytes().startswith(b"\x89PNG")
