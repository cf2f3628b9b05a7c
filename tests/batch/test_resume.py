"""A batch taken up again: what is redone and what is not, after changes, with a full disk, past broken records."""

import errno
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from batch_stories import Quick, batch, counts, rows, tree

from newsum.batch import output
from newsum.errors import NewsumError, SettingsError
from newsum.summary import Summary


@dataclass(frozen=True)
class Recording(Quick):
    """Notes which stories each shard held."""

    def summarise_shard(self, stories: Any, *, words: int = 120) -> list[Summary | NewsumError]:
        SHARDS.append([story.id for story in stories])
        return super().summarise_shard(stories, words=words)


SHARDS: list[list[str]] = []


def test_resuming_redoes_what_changed_in_its_own_shard_and_nothing_else(stories: Path, out: Path) -> None:
    SHARDS.clear()
    batch(stories, out, summariser=Recording())
    assert [len(shard) for shard in SHARDS] == [16, 4]
    before = {path: path.stat().st_mtime_ns for path in out.rglob("*.json")}
    (stories / "s17" / "0.md").write_text("---\noutlet: The Ledger\n---\nThe fees of Port 17 fell.\n")
    SHARDS.clear()
    assert counts(batch(stories, out, summariser=Recording(), resume=True)) == (1, 19, 0)
    assert [[f"s{n:02}" for n in range(16, 20)]] == SHARDS
    changed = {path.name for path, time in before.items() if path.stat().st_mtime_ns != time}
    assert changed == {"s17.json"}
    assert "The fees of Port 17 fell." in (out / "briefs" / "s17.json").read_text()
    SHARDS.clear()
    assert counts(batch(stories, out, summariser=Recording(), resume=True)) == (0, 20, 0)
    assert SHARDS == []


def test_resuming_with_other_settings_forms_or_files_redoes_the_stories(
    stories: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch(stories, out, formats=["json"])
    assert counts(batch(stories, out, formats=["json"], words=60, resume=True)) == (20, 0, 0)
    assert counts(batch(stories, out, formats=["json"], words=60, summariser=Quick(seed=1), resume=True)) == (20, 0, 0)
    assert counts(batch(stories, out, formats=["json", "md"], resume=True)) == (20, 0, 0)
    assert counts(batch(stories, out, formats=["md"], resume=True)) == (0, 20, 0)
    (out / "briefs" / "s02.md").unlink()
    assert counts(batch(stories, out, formats=["md"], resume=True)) == (1, 19, 0)
    monkeypatch.setattr("newsum.batch.version", lambda name: "99.0")
    assert counts(batch(stories, out, formats=["md"], resume=True)) == (20, 0, 0)


@pytest.mark.parametrize("change", ["", "{", "changed"])
def test_resuming_writes_a_brief_anew_that_was_changed_or_cut_since(stories: Path, out: Path, change: str) -> None:
    batch(stories, out, formats=["json", "md"])
    before = tree(out)
    (out / "briefs" / "s02.md").write_text(change)
    (out / "briefs" / "s05.json").write_text((out / "briefs" / "s05.json").read_text() + change + " ")
    assert counts(batch(stories, out, formats=["json", "md"], resume=True)) == (2, 18, 0)
    assert tree(out) == before


def test_resuming_removes_nothing_of_stories_that_are_gone(stories: Path, out: Path) -> None:
    batch(stories, out)
    for path in (stories / "s00").iterdir():
        path.unlink()
    (stories / "s00").rmdir()
    (out / "briefs" / "mine.txt").write_text("mine")
    assert counts(batch(stories, out, resume=True)) == (0, 19, 0)
    assert (out / "briefs" / "s00.json").is_file()
    assert (out / "briefs" / "mine.txt").read_text() == "mine"
    assert rows(out)[0]["id"] == "s01"


def test_a_full_disk_leaves_no_half_file_and_resuming_ends_the_same(
    stories: Path, out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch(stories, tmp_path / "undisturbed")
    real = output.replace_file
    for room in (0, 1, 7, 13, 20):
        left = [room]

        def replace_file(path: Path, pieces: Any, left: list[int] = left) -> None:
            left[0] -= 1
            if left[0] < 0:
                path.with_name(f".{path.name}.1.newsum-tmp").write_bytes(b"half")
                raise OSError(errno.ENOSPC, "No space left on device")
            real(path, pieces)

        monkeypatch.setattr(output, "replace_file", replace_file)
        with pytest.raises(SettingsError, match=r"cannot be written: no space left on device; .* go on with --resume"):
            batch(stories, out, resume=True)
        for path in (out / "briefs").glob("s*.json"):
            Summary.from_json(path.read_text())
    monkeypatch.setattr(output, "replace_file", real)
    batch(stories, out, resume=True)
    assert tree(out) == tree(tmp_path / "undisturbed")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_disk_with_no_room_for_the_index_is_said_to_be_full_and_no_brief_is_lost(
    stories: Path, out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch(stories, tmp_path / "undisturbed")
    with monkeypatch.context() as full:
        full.setattr(output, "TemporaryFile", lambda dir: os.fdopen(os.open("/dev/full", os.O_RDWR), "w+b"))
        with pytest.raises(SettingsError, match=r"index.jsonl cannot be written: no space left .* with --resume"):
            batch(stories, out)
        full.setattr(output, "TemporaryFile", lambda dir: os.open(out / "nowhere" / "spool", os.O_RDWR))
        with pytest.raises(SettingsError, match=rf"{out.name} cannot be written: no such file .* with --resume"):
            batch(stories, out, resume=True)
    written = len(list((out / "briefs").glob("*.json")))
    assert counts(batch(stories, out, resume=True)) == (20 - written, written, 0)
    assert written > 5
    assert tree(out) == tree(tmp_path / "undisturbed")


def test_a_broken_record_counts_as_none(stories: Path, out: Path) -> None:
    batch(stories, out)
    record = out / ".newsum" / "records" / "s01.json"
    for content in (b"", b"[]", b'{"fingerprint": ', b"\xff\xfe"):
        record.write_bytes(content)
        assert counts(batch(stories, out, resume=True)) == (1, 19, 0)
