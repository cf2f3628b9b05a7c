"""The examples of reading, summarising and verifying, run as a reader runs them: in a process of their own, offline,
from another folder. (Those that evaluate are run in test_evaluation_command.py.)"""

import json
import os
import re
import runpy
import subprocess
import sys
from pathlib import Path

from extras import need

EXAMPLES = Path(__file__).parents[1] / "examples"
OFFLINE = {"HF_HUB_OFFLINE": "1", "TRANSFORMERS_OFFLINE": "1", "PYTHONUTF8": "1"}
HEADING = re.compile(r"^=== (.+) ===$", re.MULTILINE)
TAGGED = re.compile(r"^\S.+[.”\"] \[[^\]]+\](?: \(.+\))?$", re.MULTILINE)


def run(folder, name, *arguments):
    command = [sys.executable, str(EXAMPLES / name), *map(str, arguments)]
    environment = {**os.environ, **OFFLINE}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, encoding="utf-8", timeout=300)


def parts(output):
    """What stands below each heading, by heading; "" is what stands above the first."""
    before, *rest = HEADING.split(output)
    return {"": before, **dict(zip(rest[::2], rest[1::2], strict=True))}


# --- quickstart.py ------------------------------------------------------------------------------


def test_the_quickstart_prints_tagged_briefs_and_verifies_each(tmp_path):
    done = run(tmp_path, "quickstart.py", "ferry-strike", "storm", "--words", 20)
    assert (done.returncode, done.stderr) == (0, "")
    *stories, end = parts(done.stdout).items()
    assert [heading for heading, _ in stories[1:]] == ["1 of 2: ferry-strike, 5 articles", "2 of 2: storm, 5 articles"]
    for _, brief in stories[1:]:
        assert len(TAGGED.findall(brief)) >= 1
        assert "\n5. " in brief.partition("\nSources:\n")[2]
        assert re.search(r"\nVerified: ([1-9]\d*) of \1 receipts", brief)
    assert re.fullmatch(r"Briefs written and verified: 2, in \d+\.\d seconds", end[0])


def test_the_quickstart_names_a_story_that_is_not_there(tmp_path):
    done = run(tmp_path, "quickstart.py", "moon-landing")
    assert done.returncode == 1
    assert done.stderr.startswith("error: nothing to read: ")
    assert "moon-landing" in done.stderr


# --- own_articles.py ----------------------------------------------------------------------------


def test_own_articles_show_their_lines_and_a_rewritten_sentence_is_found(tmp_path):
    done = run(tmp_path, "own_articles.py", "--words", 25, "--save", tmp_path / "brief.json")
    assert (done.returncode, done.stderr) == (0, "")
    _, by_hand, lines, saved, rewritten = parts(done.stdout).values()
    assert TAGGED.search(by_hand)
    assert "\nCredited: " in by_hand
    summary = json.loads((tmp_path / "brief.json").read_text(encoding="utf-8"))
    for line in summary["lines"]:
        assert f"\n{line['text']}\n  credited: {', '.join(line['outlets'])}\n  support:  supported" in lines
        assert all(f"“{evidence['quote']}”" in lines for evidence in line["evidence"])
    assert saved.strip() == "Verified: every receipt holds."
    outlet = summary["lines"][0]["evidence"][0]["outlet"]
    assert rewritten.startswith("\n  quote: Line 1: ")
    assert f"changed article: The article of {outlet} has changed since the summary was made" in rewritten
    assert rewritten.rstrip().endswith("Not verified.")


# --- custom_model.py ----------------------------------------------------------------------------


def test_an_untrained_model_is_marked_where_it_is_kept_and_replaced_where_not(tmp_path):
    need("torch")
    done = run(tmp_path, "custom_model.py", "--words", 30)
    assert done.returncode == 0
    introduction, flagged, replaced = parts(done.stdout).values()
    assert "Such a model writes nonsense" in introduction
    assert "[no source found]" in flagged
    assert TAGGED.search(replaced)
    assert "[no source found]" not in replaced
    assert re.search(r"\n0 of [1-9]\d* lines are the model's own words", replaced)
    assert re.search(r"\nModel: untrained-bart, revision sha256:[0-9a-f]{16}\n", replaced)
    assert replaced.endswith("\nVerified: every receipt holds.\n")


def test_a_checkpoint_of_ones_own_is_taken_from_its_folder(tmp_path, monkeypatch, capsys):
    need("torch")
    from tiny_models import build

    monkeypatch.setattr(sys, "argv", ["custom_model.py", str(build("t5", tmp_path / "my-t5")), "--words", "10"])
    runpy.run_path(str(EXAMPLES / "custom_model.py"), run_name="__main__")
    printed = capsys.readouterr().out
    assert "No model was named" not in printed
    assert "\nModel: my-t5, revision sha256:" in printed


def test_a_folder_without_a_checkpoint_is_said_in_one_sentence(tmp_path):
    done = run(tmp_path, "custom_model.py", tmp_path)
    assert done.returncode == 1
    assert done.stderr.startswith("error: ")
    assert done.stderr.count("\n") == 1


# --- quickstart.ipynb ---------------------------------------------------------------------------


def notebook():
    need("dev")
    import nbformat

    return nbformat.read(EXAMPLES / "quickstart.ipynb", as_version=4)


def code(cells):
    return [cell for cell in cells if cell.cell_type == "code"]


def held_by(cells):
    """What the cells of code have put out: the texts of streams, and each result by its form."""
    return [
        {"stream": "".join(o.text for o in cell.outputs if o.get("name") == "stdout"), **result}
        for cell in code(cells)
        for result in [next((o.data for o in cell.outputs if o.output_type == "execute_result"), {})]
    ]


def is_as_told(cells):
    """That each cell shows what the text around it says."""
    read, brief, line, place, faults, checked, verified, changed, figure, compared = held_by(cells)
    assert "Meridian Press Agency" in read["text/html"]
    assert read["text/markdown"].count("\n") == 7
    assert read["text/plain"].startswith("[<Article 'Meridian Press Agency' ")
    assert "Sources" in brief["text/html"]
    assert re.search(r'class="newsum-chip credited c\d"><bdi>\w', brief["text/html"])
    assert "support:  supported" in line["stream"]
    assert re.search(r">>> .+ <<<", place["stream"])
    assert "Rupert Oldham" in faults["text/html"]
    assert "“72” where Capital Dispatch has “48”" in faults["text/html"]
    assert "Checked: " in checked["text/html"]
    assert verified["stream"] == "Verified: every receipt holds.\n"
    assert "<td" in changed["text/html"]
    assert "Line 1: " in changed["text/html"]
    assert "<svg" in figure["image/svg+xml"]
    assert "| rouge1 | " in compared["text/markdown"]


def test_the_notebook_is_committed_as_it_ran_from_top_to_bottom():
    cells = notebook().cells
    assert [cell.execution_count for cell in code(cells)] == list(range(1, 11))
    assert {o.output_type for cell in code(cells) for o in cell.outputs} <= {"stream", "execute_result"}
    assert {o.get("name", "stdout") for cell in code(cells) for o in cell.outputs} == {"stdout"}
    assert str(EXAMPLES.parents[0]) not in (EXAMPLES / "quickstart.ipynb").read_text(encoding="utf-8")
    is_as_told(cells)


def without_figures(held):
    """What cells hold to be read, decimals aside: a judge's last digits are the processor's."""
    return [re.sub(r"\d*\.\d+", "#", f"{cell['stream']}{cell.get('text/markdown', '')}") for cell in held]


def test_the_notebook_runs_from_top_to_bottom_and_holds_what_it_puts_out_today(monkeypatch):
    need("dev")
    need("plot")
    from nbclient import NotebookClient

    for name, value in OFFLINE.items():
        monkeypatch.setenv(name, value)
    resources = {"metadata": {"path": str(EXAMPLES)}}
    done = NotebookClient(notebook(), timeout=300, kernel_name="python3", resources=resources).execute()
    is_as_told(done.cells)
    committed, today = without_figures(held_by(notebook().cells)), without_figures(held_by(done.cells))
    assert committed == today, "python docs/pages.py notebook keeps what it puts out"


# --- batch_folder.py ----------------------------------------------------------------------------


def test_a_batch_is_gone_on_with_when_stories_have_come(tmp_path):
    done = run(tmp_path, "batch_folder.py", "--out", tmp_path / "briefs", "--model", "none", "--words", 40)
    assert (done.returncode, done.stderr) == (0, "")
    first, second, *rows = done.stdout.splitlines()
    assert first == "first run: 5 done, 0 skipped, 0 failed"
    assert second == "second run: 7 done, 5 skipped, 0 failed"
    assert len(rows) == 12
    assert all(re.fullmatch(r"\S+ +[1-9]\d* lines, credited to \w.+", row) for row in rows)
    assert "12 briefs" in (tmp_path / "briefs" / "index.html").read_text(encoding="utf-8")


# --- README.md ----------------------------------------------------------------------------------


def test_the_readme_names_every_example():
    readme = (EXAMPLES / "README.md").read_text(encoding="utf-8")
    names = [path.name for path in EXAMPLES.iterdir() if path.suffix in (".py", ".ipynb")]
    assert [name for name in names if f"`{name}`" not in readme] == []
