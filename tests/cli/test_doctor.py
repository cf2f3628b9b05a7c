"""`newsum doctor` looks at everything that a brief needs, and its exit code says whether something is wrong."""

import json
import shutil
import subprocess
import sys
from importlib import resources
from pathlib import Path

import pytest

from newsum.cli import main
from newsum.cli.health import CHECKS

MODELS = Path(str(resources.files("newsum") / "models"))


@pytest.fixture
def only(monkeypatch):
    """Leaves one check of all."""

    def leave(name):
        for other in set(CHECKS) - {name}:
            monkeypatch.delitem(CHECKS, other)

    return leave


def looked(capsys):
    code = main(["doctor", "--format", "json"])
    return code, json.loads(capsys.readouterr().out)


def test_this_installation_is_well(capsys):
    code, found = looked(capsys)
    assert code == 0
    assert [finding for finding in found if finding["state"] == "wrong"] == []
    assert list(dict.fromkeys(finding["what"] for finding in found)) == list(CHECKS)
    (sample,) = (finding["told"] for finding in found if finding["what"] == "sample")
    assert "every receipt verified" in sample


def test_it_is_told_one_finding_a_row(only, capsys):
    only("threads")
    assert main(["doctor"]) == 0
    *rows, verdict = capsys.readouterr().out.splitlines()
    assert rows[0].startswith("ok     threads  ")
    assert verdict == "Nothing is wrong."


def test_what_a_check_raises_is_a_finding_and_hides_no_other(monkeypatch, only, capsys):
    def broken():
        yield "ok", "begun"
        raise RuntimeError("the disk\nis gone")

    monkeypatch.setitem(CHECKS, "cache", broken)
    for other in set(CHECKS) - {"cache", "versions", "threads"}:
        monkeypatch.delitem(CHECKS, other)
    assert main(["doctor"]) == 1
    shown = capsys.readouterr().out
    assert "\nWRONG  cache     RuntimeError: the disk is gone\n" in shown
    assert "\nok     threads   " in shown
    assert shown.endswith("\n1 thing is wrong.\n")


@pytest.mark.parametrize("damage", ["cut short", "a pointer"])
def test_a_model_that_is_not_whole_is_named(damage, only, monkeypatch, tmp_path, capsys):
    room = next(path for path in sorted(MODELS.iterdir()) if list(path.glob("*.safetensors")))
    shutil.copytree(room, tmp_path / "models" / room.name)
    file = next((tmp_path / "models" / room.name).glob("*.safetensors"))
    file.write_bytes(file.read_bytes()[:-1] if damage == "cut short" else b"version https://git-lfs.example/spec/v1\n")
    monkeypatch.setattr("importlib.resources.files", lambda package: tmp_path)
    only("models")
    code, (finding,) = looked(capsys)
    assert (code, finding["state"]) == (1, "wrong")
    assert finding["told"] == f"{room.name} is not whole: {file.name}; install newsum again"


def test_a_cache_that_cannot_be_written_is_a_note(only, monkeypatch, capsys):
    monkeypatch.setenv("NEWSUM_CACHE", "/proc/newsum-cache")
    only("cache")
    code, (finding,) = looked(capsys)
    assert (code, finding["state"]) == (0, "note")
    assert "/proc/newsum-cache cannot be written (" in finding["told"]


def test_an_empty_cache_is_well(only, monkeypatch, tmp_path, capsys):
    monkeypatch.setenv("NEWSUM_CACHE", str(tmp_path / "none" / "yet"))
    only("cache")
    code, (finding,) = looked(capsys)
    assert (code, finding["told"]) == (0, f"{tmp_path / 'none' / 'yet'}, writable, 0 converted models, 0 MB")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("package", ["lxml_html_clean", "trafilatura"])
def test_a_package_without_which_no_page_is_read_is_wrong(package):
    code = f"""import sys; sys.modules[{package!r}] = None
from newsum.cli.health import CHECKS
for name in set(CHECKS) - {{"pages"}}: del CHECKS[name]
from newsum.cli import main
sys.exit(main(["doctor"]))"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 1
    assert done.stdout.startswith("WRONG  pages  ")
    assert package in done.stdout


def test_it_writes_a_file(only, tmp_path, capsys):
    only("versions")
    assert main(["doctor", "--out", str(tmp_path / "doctor.json")]) == 0
    assert json.loads((tmp_path / "doctor.json").read_text())[0]["what"] == "versions"
    assert capsys.readouterr().out == ""
