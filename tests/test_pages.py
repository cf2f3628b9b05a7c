"""The README and the pages in docs/ are true: each block of code runs as it stands there, in a folder like a clone's,
and what a page says is printed is what is printed."""

import contextlib
import doctest
import importlib
import io
import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import NamedTuple

import pytest
from extras import need
from servers import completion, send, serving

import newsum
from docs import pages
from newsum.cli import main

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
STORIES = ("election", "ferry-strike", "storm", "treaty")  # enough of the twelve for what the pages do
NEEDED = {"machines.md": ("ray", "datasets"), "evaluation.md": ("plot",), "notebook.md": ("datasets",)}
SERVERS = ("http://localhost:11434/v1", "https://models.example/v1")
WRITTEN = "Osterland and Kestria signed a 15-year treaty on energy and security on Thursday."


class Block(NamedTuple):
    language: str
    text: str


def name(page):
    return str(page.relative_to(ROOT))


def blocks_of(page):
    return [Block(*found) for found in re.findall(r"^```(\w*)\n(.*?)^```$", page.read_text(), re.DOTALL | re.MULTILINE)]


@pytest.fixture
def clone(tmp_path, monkeypatch):
    """A folder with the examples, as a clone's root has them, fewer stories aside."""
    others = {path.name for path in (ROOT / "examples" / "stories").iterdir()} - set(STORIES)
    shutil.copytree(ROOT / "examples", tmp_path / "examples", ignore=lambda folder, names: others & set(names))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    return tmp_path


@pytest.fixture
def server():
    with serving(lambda handler, body: send(handler, completion(WRITTEN))) as server:
        yield server.url


# --- blocks run ---------------------------------------------------------------------------------


def run_python(text, session):
    exec(compile(text, "a block", "exec"), session)


def run_pycon(text, session):
    parsed = doctest.DocTestParser().get_doctest(text, session, "a block", None, 0)
    result = doctest.DocTestRunner(verbose=False).run(parsed, clear_globs=False)
    session.update(parsed.globs)
    assert result.attempted > 0
    assert result.failed == 0


def run_sh(text, session):
    for row in text.splitlines():
        words = shlex.split(row, comments=True)
        said = re.search(r"# exit code (\d)", row)
        assert COMMANDS[words[0]](words) == (int(said[1]) if said else 0), row


def is_made(words):
    return 0 if re.search(rf"^{words[1]}:", (ROOT / "Makefile").read_text(), re.MULTILINE) else 1


def is_installed(words):
    extras = re.fullmatch(r"\.(?:\[(\w+)\])?", words[2])
    return 0 if extras and extras[1] in (None, *PROJECT["project"]["optional-dependencies"]) else 1


def is_run(words):
    return subprocess.run([sys.executable, *words[1:]], capture_output=True).returncode


COMMANDS = {"newsum": lambda words: main(words[1:]), "make": is_made, "pip": is_installed, "python": is_run}
LANGUAGES = {"python": run_python, "pycon": run_pycon, "sh": run_sh, "text": lambda text, session: None}


@pytest.mark.parametrize("page", pages.PAGES, ids=name)
def test_every_block_runs_as_it_stands(page, clone, server, monkeypatch):
    for extra in NEEDED.get(page.name, ()) if page.parent.name == "howto" else ():
        need(extra)
    monkeypatch.setattr("logging.root.handlers", [])
    session = {"__name__": "__main__"}
    for block in blocks_of(page):
        text = block.text
        for address in SERVERS:
            text = text.replace(address, server)
        with contextlib.redirect_stdout(io.StringIO()):
            LANGUAGES[block.language](text, session)


def test_there_are_blocks_of_every_language():
    found = [block.language for page in pages.PAGES for block in blocks_of(page)]
    assert {language: found.count(language) >= 3 for language in LANGUAGES} == dict.fromkeys(LANGUAGES, True)


# --- what is printed ----------------------------------------------------------------------------


@pytest.mark.parametrize("shown", pages.blocks(), ids=lambda shown: shown.command)
def test_what_is_shown_is_what_is_printed(shown):
    """Of a brief one paragraph may turn on a processor's last digit. `python docs/pages.py` writes all anew."""
    printed, text = pages.printed(shown.command).split("\n\n"), shown.text.split("\n\n")
    differing = [paragraph for paragraph in text if paragraph not in printed]
    assert differing == [] or ("--help" not in shown.command and len(differing) == 1)
    assert len(printed) == len(text)


def test_the_help_of_every_command_is_shown():
    shown = {block.command for block in pages.blocks()}
    listed = pages.printed("newsum --help").partition("Commands:\n")[2]
    commands = re.findall(r"^  (\w+)", listed, re.MULTILINE)
    assert len(commands) >= 10
    assert {f"newsum {command} --help" for command in commands} <= shown


# --- the README ---------------------------------------------------------------------------------

README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_readme_is_about_five_hundred_words():
    prose = re.sub(r"```.*?```|<!--.*?-->|\]\([^)]*\)|^\|.*?$", " ", README, flags=re.DOTALL | re.MULTILINE)
    assert 300 < len(prose.split()) < 600


def test_the_readme_shows_the_report_a_brief_and_two_make_commands():
    assert "](docs/report.png)" in README
    assert next(pages.blocks()).command.startswith("newsum summarise examples/stories/")
    assert "```sh\nmake demo\nmake test\n```" in README


@pytest.mark.parametrize("picture", [pages.PICTURE, pages.FIGURE], ids=name)
def test_a_picture_is_small(picture):
    assert 10_000 < picture.stat().st_size < 200_000


# --- links and references -----------------------------------------------------------------------


@pytest.mark.parametrize("page", [*pages.PAGES, ROOT / "CONTRIBUTING.md", ROOT / "SECURITY.md"], ids=name)
def test_every_file_that_a_page_links_is_there(page):
    prose = re.sub(r"```.*?```|`[^`\n]+`+", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    links = re.findall(r"\]\((?!https?:|#)([^)#]+)", prose)
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_every_public_name_stands_in_the_reference():
    reference = "\n".join(page.read_text(encoding="utf-8") for page in (ROOT / "docs" / "reference").glob("*.md"))
    targets = re.findall(r"^::: (\S+)$", reference, re.MULTILINE)
    documented = list(map(_target, [target for target in targets if target != "newsum.evaluation.plots.Plot"]))
    errors = [getattr(newsum.errors, error) for error in newsum.errors.__all__]
    missing = [name for name in newsum.__all__ if getattr(newsum, name) not in (*documented, *errors)]
    assert missing == []


def _target(dotted):
    """What a reference names; a module where it is one."""
    with contextlib.suppress(ImportError):
        return importlib.import_module(dotted)
    module, _, attribute = dotted.rpartition(".")
    try:
        return getattr(importlib.import_module(module), attribute)
    except newsum.MissingExtra as error:
        return str(error)


def test_the_storeys_shown_are_those_of_the_contract():
    shown = (
        (ROOT / "docs" / "architecture.md").read_text().partition("<!-- storeys -->\n```text\n")[2].partition("```")[0]
    )
    layers = PROJECT["tool"]["importlinter"]["contracts"][0]["layers"]
    assert shown.splitlines() == [layer.replace("newsum.", "") for layer in layers]


def test_the_rooms_shown_are_those_that_there_are():
    shown = (ROOT / "docs" / "architecture.md").read_text().partition("newsum/\n")[2].partition("```")[0]
    rooms = {path.name for path in (ROOT / "newsum").iterdir() if path.is_dir() and not path.name.startswith("_")}
    assert {room for room in rooms if f"{room}/" not in shown} == set()


# --- the site -----------------------------------------------------------------------------------


def test_the_site_builds_without_a_warning(tmp_path):
    need("docs")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(tmp_path / "site")]
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    cards = (tmp_path / "site" / "cards" / "index.html").read_text(encoding="utf-8")
    assert [card.parent.name for card in pages.cards()] != []
    for card in pages.cards():
        heading = re.search(r"^# (.+)$", card.read_text(encoding="utf-8"), re.MULTILINE)[1]
        assert heading.replace("'", "’") in cards.replace("'", "’").replace("&#x27;", "’")
    assert "summarise_many" in (tmp_path / "site" / "reference" / "briefs" / "index.html").read_text(encoding="utf-8")
