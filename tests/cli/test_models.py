"""`newsum models` lists what is at hand, tells one model's facts, and names what somebody may have meant."""

import json
import shutil
from importlib import resources
from pathlib import Path

import pytest

from newsum.cli import main

MINI = Path(str(resources.files("newsum") / "models" / "mini"))
COMMIT = "0123456789abcdef0123456789abcdef01234567"


@pytest.fixture
def hub(tmp_path, monkeypatch):
    """A cache of the hub with one checkpoint, "northgate/brief-writer", whose weights are the bundled ones."""
    snapshot = tmp_path / "models--northgate--brief-writer" / "snapshots" / COMMIT
    snapshot.mkdir(parents=True)
    for file in MINI.iterdir():
        shutil.copy(file, snapshot / file.name)
    refs = tmp_path / "models--northgate--brief-writer" / "refs"
    refs.mkdir()
    (refs / "main").write_text(COMMIT)
    (tmp_path / "models--northgate--brief-writer" / "blobs").mkdir()
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_CACHE", str(tmp_path))
    return snapshot


def test_the_bundled_and_the_cached_are_listed_with_size_licence_and_fit(hub, capsys):
    assert main(["models"]) == 0
    shown = capsys.readouterr().out
    rows = shown.splitlines()
    assert rows[0].split() == ["model", "where", "family", "size", "licence", "runs", "in", "fits", "this", "machine"]
    assert rows[1].startswith("mini ")
    for wanted in ("bundled", "bart", "60 MB", "apache-2.0", "ctranslate2", "yes: takes 39 MB of "):
        assert wanted in rows[1]
    assert rows[2].startswith("northgate/brief-writer  cache")
    assert "hf download NAME --local-dir FOLDER" in shown


def test_one_is_told_with_its_figures(capsys):
    assert main(["models", "newsum-mini"]) == 0
    shown = capsys.readouterr().out
    assert "name: mini\n" in shown
    assert "parameters: 29" in shown
    assert "figures: Cross-entropy on held-out pairs" in shown


def test_json_has_the_same_facts(hub, capsys):
    assert main(["models", "--format", "json"]) == 0
    mini, cached = json.loads(capsys.readouterr().out)
    assert (mini["name"], mini["where"], mini["runs_in"], mini["trouble"]) == ("mini", "bundled", "ctranslate2", "")
    assert cached["parameters"] == mini["parameters"] > 29_000_000


def test_what_cannot_be_loaded_is_listed_with_the_reason(hub, capsys):
    (hub / "model.safetensors").rename(hub / "pytorch_model.bin")
    assert main(["models", "northgate/brief-writer"]) == 0
    shown = capsys.readouterr().out
    assert "fits this machine: cannot be loaded\n" in shown
    assert "has only pickled weights (pytorch_model.bin)" in shown


@pytest.mark.parametrize(
    ("name", "meant"),
    [("mimi", " (did you mean mini?)"), ("brief-writer", " (did you mean northgate/brief-writer?)"), ("qqqq", "")],
)
def test_a_name_that_nobody_has_is_told_with_those_near_it(hub, capsys, name, meant):
    assert main(["models", name]) == 2
    assert capsys.readouterr().err == (
        f"newsum: error: no model {name} is at hand{meant}; newsum models lists those that are\n"
    )
