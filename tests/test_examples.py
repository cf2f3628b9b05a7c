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


def test_the_notebook_is_committed_without_output():
    cells = code(notebook().cells)
    assert len(cells) == 8
    assert all(cell.outputs == [] and cell.execution_count is None for cell in cells)


def test_the_notebook_runs_from_top_to_bottom(monkeypatch):
    need("dev")
    from nbclient import NotebookClient

    for name, value in OFFLINE.items():
        monkeypatch.setenv(name, value)
    resources = {"metadata": {"path": str(EXAMPLES)}}
    done = NotebookClient(notebook(), timeout=300, kernel_name="python3", resources=resources).execute()
    outputs = [[o for o in cell.outputs if o.get("name") != "stderr"] for cell in code(done.cells)]
    read, brief, line, place, faults, checked, verified, changed = outputs
    assert len(read[0].text.splitlines()) == 5
    assert "Meridian Press Agency" in read[0].text
    assert "Sources" in brief[0].data["text/html"]
    assert re.search(r'class="newsum-tag">\[\w', brief[0].data["text/html"])
    assert "support:  supported" in line[0].text
    assert re.search(r">>> .+ <<<", place[0].text)
    told = "".join(output.text for output in faults)  # a busy kernel sends what is printed in pieces
    assert "Rupert Oldham" in told
    assert "“72” where Capital Dispatch has “48”" in told
    assert "Faults" in checked[0].data["text/html"]
    assert verified[0].text == "Verified: every receipt holds.\n"
    assert changed[0].text.startswith("quote: Line 1: ")


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
