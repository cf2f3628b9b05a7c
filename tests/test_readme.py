"""The README's first screen is what newsum prints."""

import doctest
import re
from pathlib import Path

import pytest

import newsum

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.fixture
def at_the_root(monkeypatch):
    monkeypatch.chdir(ROOT)


def test_the_brief_shown_first_is_printed_by_the_commands_beneath_it(at_the_root):
    shown = re.search(r"```\n(.+?)\n```", README, re.DOTALL)[1]
    articles = newsum.read("examples/stories/ferry-strike")
    summary = newsum.summarise(articles, words=60)
    printed = str(summary).split("\n\n")
    written = [line.text for line in summary.lines if line.origin == "model"]  # may turn on a CPU's last digit
    differing = [part for part in shown.split("\n\n") if part not in printed]
    assert len(differing) <= len(written) <= 1
    assert len(printed) == len(shown.split("\n\n"))


def test_the_session_shown_gives_what_it_shows(at_the_root):
    session = re.search(r"```pycon\n(.+?)```", README, re.DOTALL)[1]
    parsed = doctest.DocTestParser().get_doctest(session, {}, "README", "README.md", 0)
    result = doctest.DocTestRunner(verbose=False).run(parsed)
    assert result.attempted == 8
    assert result.failed == 0


def test_every_file_that_the_readme_links_is_there():
    links = re.findall(r"\]\((?!https?:)([^)#]+)\)", README)
    assert len(links) > 4
    assert [link for link in links if not (ROOT / link).exists()] == []
