"""`newsum evaluate`, and the example scripts that evaluate."""

import csv
import errno
import json
import os
import runpy
import subprocess
import sys
from pathlib import Path

import pytest
from extras import need

from newsum.cli import main


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


@pytest.fixture
def run(capsys):
    """Runs the command; returns its exit code, what it printed, and what it said."""

    def run(*arguments):
        code = main(["evaluate", *map(str, arguments)])
        return code, *capsys.readouterr()

    return run


def test_scores_are_printed_with_intervals(files, run):
    code, printed, said = run(files["mine"], files["references"])
    assert (code, said) == (0, "")
    assert printed.splitlines()[0] == "2 stories, max over references; 95% intervals, seed 1"
    assert printed.splitlines()[1].split() == ["rouge1", "0.7500", "0.5000", "to", "1.0000"]


def test_json_holds_scores_stories_settings_and_the_comparison(files, run):
    options = ["--against", files["theirs"], "--format", "json", "--jobs", 2]
    found = json.loads(run(files["mine"], files["references"], *options)[1])
    assert found["scores"]["rouge1"]["mid"] == 0.75
    assert [row["rouge1"] for row in found["table"]] == [1.0, 0.5]
    assert found["against"]["rouge1"]["difference"] == 0.75
    assert found["settings"]["seed"] == 1


def test_two_systems_are_set_side_by_side(files, run):
    _, printed, _ = run(files["mine"], files["references"], "--against", files["theirs"])
    line = next(line for line in printed.splitlines() if line.startswith("rouge1") and "p =" in line)
    assert line.split()[1:5] == ["+0.7500", "+0.5000", "to", "+1.0000"]


def test_the_name_of_the_other_system_cannot_drive_the_terminal(files, run):
    theirs = files["theirs"].rename(files["theirs"].with_name("the\x1b[2J\nirs.txt"))
    _, printed, _ = run(files["mine"], files["references"], "--against", theirs)
    assert f"\nless {theirs.parent}/the[2J irs.txt\n" in printed


def test_the_scores_are_written_to_a_file_in_the_form_of_its_name(files, run, tmp_path):
    assert run(files["mine"], files["references"], "--out", tmp_path / "scores.json") == (0, "", "")
    assert json.loads((tmp_path / "scores.json").read_text())["scores"]["rouge1"]["mid"] == 0.75
    assert run(files["mine"], files["references"], "--out", tmp_path / "scores.txt") == (0, "", "")
    assert (tmp_path / "scores.txt").read_text() == run(files["mine"], files["references"])[1]


def test_a_reader_that_leaves_early_is_no_error(files):
    read_end, write_end = os.pipe()
    os.close(read_end)
    command = [sys.executable, "-m", "newsum", "evaluate", str(files["mine"]), str(files["references"])]
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    done = subprocess.run(command, stdout=write_end, stderr=subprocess.PIPE, timeout=60, env=environment)
    os.close(write_end)
    assert (done.returncode, done.stderr) == (0, b"")


def test_every_storys_scores_are_written_to_a_table(files, run, tmp_path):
    run(files["mine"], files["references"], "--table", tmp_path / "table.csv")
    with (tmp_path / "table.csv").open() as file:
        assert [(row["story"], row["rouge1"]) for row in csv.DictReader(file)] == [("1", "1.0"), ("2", "0.5")]


def test_a_failed_write_leaves_the_old_table(files, run, tmp_path, monkeypatch):
    table = tmp_path / "table.csv"
    table.write_text("old")

    def refuse(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "replace", refuse)
    code, printed, said = run(files["mine"], files["references"], "--table", table)
    assert (code, printed) == (2, "")
    assert said == f"newsum: error: --table {table} cannot be written: no space left on device\n"
    assert table.read_text() == "old"


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--table", "none/table.csv"], "--table none/table.csv cannot be written: there is no folder none"),
        (["--out", "none/s.txt"], "--out none/s.txt cannot be written: there is no folder none"),
        (["--table", "mine.txt"], "--table mine.txt is also an input, which would be overwritten"),
        (["--out", "theirs.txt", "--against", "theirs.txt"], "--out theirs.txt is also an input"),
        (["--out", "s.csv", "--table", "s.csv"], "--table s.csv is also"),
        (["--multiple", "least"], "'least' is not one of 'max', 'mean'"),
    ],
)
def test_what_cannot_be_is_said_before_anything_is_scored(files, run, tmp_path, monkeypatch, options, message):
    monkeypatch.chdir(tmp_path)
    code, printed, said = run("mine.txt", "references.txt", *options)
    assert (code, printed) == (2, "")
    assert message in said
    assert files["mine"].read_text().startswith("A treaty")


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
