"""Tests that a brief in a file is checked with the links and footnotes that credit its lines, whatever its format."""

import gzip
import json
from pathlib import Path

import pytest

from newsum.cli import main

ARTICLES = {
    "Harlow Wire": ("https://www.harlowwire.example/pier-bill", "The work on the pier will cost 14 million euros."),
    "Bay Post": ("https://www.baypost.example/rents", "Shopkeepers on the pier road want their rents halved."),
}
COST, RENTS = (text for _, text in ARTICLES.values())
WIRE, POST = (url for url, _ in ARTICLES.values())
RIGHT = {
    "numbers that are links": f"{COST[:-1]} [[1]]({WIRE}). {RENTS[:-1]} [[2]]({POST}).",
    "outlets that are links": f"{COST[:-1]} ([Harlow Wire]({WIRE})). {RENTS[:-1]} ([Bay Post]({POST})).",
    "footnotes": f"{COST[:-1]}[^1]. {RENTS[:-1]}[^2].\n\n[^1]: Harlow Wire\n[^2]: Bay Post\n",
    "named footnotes": f"{COST[:-1]}[^w]. {RENTS[:-1]}[^p].\n\n[^w]: [Harlow Wire]({WIRE})\n[^p]: [Bay Post]({POST})\n",
    "a list of links": f"- {COST[:-1]} [1].\n- {RENTS[:-1]} [2].\n\n## Links\n1. [Harlow Wire]({WIRE})\n2. <{POST}>\n",
    "front matter": f"---\ntitle: Pier\n---\n# Pier\n\n{COST[:-1]} [[1]]({WIRE}).\n\n**{RENTS[:-1]}** [[2]]({POST}).\n",
}
WRONG = {
    "footnotes exchanged": f"{COST[:-1]}[^1]. {RENTS[:-1]}[^2].\n\n[^1]: Bay Post\n[^2]: Harlow Wire\n",
    "links exchanged": f"{COST[:-1]} [[1]]({POST}). {RENTS[:-1]} [[2]]({WIRE}).",
    "a footnote that is not there": f"{COST[:-1]}[^1]. {RENTS[:-1]}[^7].\n\n[^1]: Harlow Wire\n[^2]: Bay Post\n",
}


def _checked(brief: str, name: str) -> tuple[int, dict]:
    rows = [{"outlet": outlet, "url": url, "text": text} for outlet, (url, text) in ARTICLES.items()]
    Path("a.json").write_text(json.dumps(rows), encoding="utf-8")
    data = brief.encode()
    Path(name).write_bytes(gzip.compress(data) if name.endswith(".gz") else data)
    code = main(["attribute", name, "a.json", "--judge", "none", "--out", "checked.json"])
    return code, json.loads(Path("checked.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", ["brief.md", "brief.md.gz", "brief.txt"])
@pytest.mark.parametrize("form", RIGHT)
def test_a_right_brief_has_no_fault_and_credits_each_line(tmp_path, monkeypatch, form, name):
    monkeypatch.chdir(tmp_path)
    code, checked = _checked(RIGHT[form], name)
    assert [line["claimed"] for line in checked["lines"]] == [["Harlow Wire"], ["Bay Post"]]
    assert (code, checked["faults"]) == (0, [])


@pytest.mark.parametrize("form", WRONG)
def test_a_wrong_credit_in_markdown_is_an_error(tmp_path, monkeypatch, form):
    monkeypatch.chdir(tmp_path)
    code, checked = _checked(WRONG[form], "brief.md")
    assert code == 1
    assert {fault["kind"] for fault in checked["faults"]} & {"groundless credit"}


def test_a_brief_of_markdown_that_cannot_be_read_is_one_error(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    Path("a.txt").write_text(COST, encoding="utf-8")
    Path("brief.md").write_bytes(b"%PDF-1.7")
    assert main(["attribute", "brief.md", "a.txt", "--judge", "none"]) == 2
    assert "the brief cannot be read: brief.md: it is a PDF document" in capsys.readouterr().err
