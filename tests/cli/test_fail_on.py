"""`newsum attribute --fail-on` says from which severity on a fault sets the exit code."""

import json
from pathlib import Path

import pytest

from newsum.cli import main

ARTICLE = {"outlet": "Harlow Wire", "text": "The work on the pier will cost 14 million euros. It starts in May."}
UNTAGGED = "The work on the pier will cost 14 million euros."


@pytest.mark.parametrize(
    ("brief", "fail_on", "code"),
    [
        (f"{UNTAGGED} (Harlow Wire)", "warning", 0),
        (UNTAGGED, "warning", 1),
        (UNTAGGED, "error", 0),
        ("The work on the pier will cost 41 million euros. (Harlow Wire)", "error", 1),
    ],
)
def test_the_exit_code_is_one_from_the_named_severity_on(tmp_path, monkeypatch, brief, fail_on, code):
    monkeypatch.chdir(tmp_path)
    Path("brief.txt").write_text(brief, encoding="utf-8")
    Path("a.json").write_text(json.dumps(ARTICLE), encoding="utf-8")
    assert main(["attribute", "brief.txt", "a.json", "--fail-on", fail_on, "--judge", "none"]) == code
