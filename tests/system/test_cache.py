"""Converted weights are written once and whole, whoever else is writing, and made anew where they are damaged."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from newsum.system.cache import cache_folder, kept


@pytest.fixture
def cache(tmp_path, monkeypatch):
    monkeypatch.setenv("NEWSUM_CACHE", str(tmp_path / "a" / "cache"))
    return tmp_path / "a" / "cache"


class Writer:
    """Writes a model of two files and counts how often."""

    def __init__(self):
        self.times = 0

    def __call__(self, folder):
        self.times += 1
        (folder / "model.bin").write_bytes(bytes(range(256)) * 20)
        (folder / "config.json").write_text("{}")


def test_a_model_is_written_on_first_use_and_read_afterwards(cache):
    write = Writer()
    first, second = kept("tiny", write), kept("tiny", write)
    assert first.folder == second.folder
    assert (first.folder, first.temporary) == (cache / "tiny", None)
    assert (first.folder / "model.bin").stat().st_size == 5120
    assert write.times == 1
    kept("other", write)
    assert write.times == 2


def damage(name, change):
    def damaged(folder):
        data = (folder / name).read_bytes()
        (folder / name).write_bytes(change(data))

    return damaged


@pytest.mark.parametrize(
    "damaged",
    [
        damage("model.bin", lambda data: data[:-1]),
        damage("model.bin", lambda data: data[:700] + b"x" + data[701:]),
        damage("manifest.json", lambda data: data[:5]),
        damage("manifest.json", lambda data: b"[]"),
        lambda folder: (folder / "config.json").unlink(),
        lambda folder: (folder / "manifest.json").unlink(),
    ],
)
def test_a_damaged_model_is_made_anew(cache, damaged):
    write = Writer()
    damaged(kept("tiny", write).folder)
    assert (kept("tiny", write).folder / "model.bin").read_bytes() == bytes(range(256)) * 20
    assert write.times == 2
    kept("tiny", write)
    assert write.times == 2


def test_an_interrupted_conversion_leaves_nothing_that_is_taken_for_a_model(cache):
    def interrupted(folder):
        (folder / "model.bin").write_bytes(b"half")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        kept("tiny", interrupted)
    assert [path for path in cache.iterdir() if path.is_dir()] == []
    (cache / "tiny.killed").mkdir()  # what a process that was killed leaves
    write = Writer()
    assert kept("tiny", write).folder == cache / "tiny"
    assert [path.name for path in cache.iterdir() if path.is_dir()] == ["tiny"]


AT_ONCE = """
import sys, time
from pathlib import Path
from newsum.system.cache import kept

def write(folder):
    with open(sys.argv[1], "a") as log:
        log.write("written\\n")
    (folder / "model.bin").write_bytes(b"half")
    time.sleep(0.5)
    (folder / "model.bin").write_bytes(b"whole model")

found = kept("tiny", write)
print((found.folder / "model.bin").read_text(), found.temporary)
"""


def test_of_processes_that_start_at_once_one_writes_and_all_read(cache, tmp_path):
    command = [sys.executable, "-c", AT_ONCE, str(tmp_path / "log")]
    running = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(3)]
    assert [process.communicate(timeout=60)[0] for process in running] == ["whole model None\n"] * 3
    assert (tmp_path / "log").read_text() == "written\n"


def test_where_nothing_can_be_written_the_model_is_temporary(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("not a folder")
    monkeypatch.setenv("NEWSUM_CACHE", str(tmp_path / "file" / "cache"))
    write = Writer()
    found = kept("tiny", write)
    folder = found.folder
    assert (folder / "model.bin").stat().st_size == 5120
    assert tmp_path not in folder.parents
    del found
    assert not folder.exists()


def test_the_cache_is_the_platforms_unless_the_environment_names_one(monkeypatch):
    monkeypatch.setenv("NEWSUM_CACHE", "~/models")
    assert cache_folder() == Path.home() / "models"
    monkeypatch.delenv("NEWSUM_CACHE")
    assert cache_folder().name == "newsum"
    assert cache_folder().is_absolute()


def test_a_cache_that_is_removed_while_in_use_is_made_again(cache):
    write = Writer()
    found = kept("tiny", write)
    shutil.rmtree(cache)
    assert not found.folder.exists()
    assert (found.again().folder / "model.bin").stat().st_size == 5120
    assert write.times == 2


def test_a_cache_folder_of_an_unknown_user_is_a_folder_like_any_other(monkeypatch):
    monkeypatch.setenv("NEWSUM_CACHE", "~nosuchuser/models")
    assert cache_folder() == Path("~nosuchuser/models")
