"""`newsum models` lists what is at hand, tells one model's facts, and names what somebody may have meant."""

import json
import re

import pytest
from extras import need

from newsum.cli import main

need("torch")

import tiny_models

CARD = "---\nlicense: apache-2.0\n---\n# A writer\n\n**Scores.** Of briefs, few.\n"
COMMIT = "0123456789abcdef0123456789abcdef01234567"


@pytest.fixture
def hub(tmp_path, monkeypatch):
    """A cache of the hub with one checkpoint, "northgate/brief-writer"."""
    snapshot = tmp_path / "models--northgate--brief-writer" / "snapshots" / COMMIT
    tiny_models.build("bart", snapshot)
    (snapshot / "README.md").write_text(CARD)
    refs = tmp_path / "models--northgate--brief-writer" / "refs"
    refs.mkdir()
    (refs / "main").write_text(COMMIT)
    (tmp_path / "models--northgate--brief-writer" / "blobs").mkdir()
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_CACHE", str(tmp_path))
    return snapshot


def test_the_cached_are_listed_with_size_licence_and_fit(hub, capsys):
    assert main(["models"]) == 0
    shown = capsys.readouterr().out
    rows = shown.splitlines()
    assert rows[0].split() == ["model", "where", "family", "size", "licence", "runs", "in", "fits", "this", "machine"]
    assert rows[1].startswith("newsum-135m ")
    assert rows[2].startswith("northgate/brief-writer  cache ")
    for wanted in ("0 MB", "apache-2.0", "ctranslate2", "yes: takes 0 MB of "):
        assert wanted in rows[2]
    assert "hf download NAME --local-dir FOLDER" in shown


def test_one_is_told_with_its_figures(hub, capsys):
    assert main(["models", "northgate/brief-writer"]) == 0
    shown = capsys.readouterr().out
    assert "name: northgate/brief-writer\n" in shown
    assert re.search(r"^parameters: \d{5}$", shown, re.MULTILINE)
    assert "figures: Of briefs, few.\n" in shown


def test_json_has_the_same_facts(hub, capsys):
    assert main(["models", "--format", "json"]) == 0
    bundled, one = json.loads(capsys.readouterr().out)
    assert (bundled["name"], bundled["where"]) == ("newsum-135m", "bundled")
    assert (one["name"], one["where"]) == ("northgate/brief-writer", "cache")
    assert (one["runs_in"], one["licence"], one["trouble"]) == ("ctranslate2", "apache-2.0", "")


def test_what_cannot_be_loaded_is_listed_with_the_reason(hub, capsys):
    (hub / "model.safetensors").rename(hub / "pytorch_model.bin")
    assert main(["models", "northgate/brief-writer"]) == 0
    shown = capsys.readouterr().out
    assert "fits this machine: cannot be loaded\n" in shown
    assert "has only pickled weights (pytorch_model.bin)" in shown


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("brief-writer", " (did you mean northgate/brief-writer?)"),
        ("newsum-135", " (did you mean newsum-135m?)"),
        ("newsum135m", " (did you mean newsum-135m?)"),
        ("qqqq", ""),
    ],
)
def test_a_name_that_nobody_has_is_told_with_those_near_it(hub, capsys, name, meant):
    assert main(["models", name]) == 2
    assert capsys.readouterr().err == (
        f"newsum: error: no model {name} is at hand{meant}; newsum models lists those that are\n"
    )
