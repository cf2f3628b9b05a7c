"""A model's folder with any of its files damaged is a CheckpointError, or works as before; nothing else."""

import json
import random
import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from extras import need

need("torch")

import tiny_models
from tiny_models import SENTENCES

from newsum.errors import CheckpointError, SettingsError
from newsum.generation import GenerationSettings, Seq2Seq, load

SEED = 24


def _flipped(data: bytes, rng: random.Random) -> bytes:
    at = rng.randrange(max(len(data), 1))
    return data[:at] + bytes([data[at] ^ 0xFF]) + data[at + 1 :] if data else data


BYTES: dict[str, Callable[[bytes, random.Random], bytes]] = {
    "emptied": lambda data, rng: b"",
    "halved": lambda data, rng: data[: len(data) // 2],
    "one byte short": lambda data, rng: data[:-1],
    "its first byte gone": lambda data, rng: data[1:],
    "a byte flipped": _flipped,
    "a byte of its head flipped": lambda data, rng: _flipped(data[:64], rng) + data[64:],
    "zeros": lambda data, rng: bytes(len(data)),
    "noise": lambda data, rng: rng.randbytes(len(data)),
    "twice": lambda data, rng: data * 2,
    "a list": lambda data, rng: b"[]",
    "an object": lambda data, rng: b"{}",
    "null": lambda data, rng: b"null",
    "nested deep": lambda data, rng: b"[" * 200_000,
    "not UTF-8": lambda data, rng: b"\xff\xfe" + data,
}
VALUES = (None, -1, 0, 10**12, 1.5, float("nan"), "x", "", [], [[1]], {}, True)


def _damages(folder: Path) -> Iterator[tuple[Path, bytes | None]]:
    """Each file with each damage; None removes it. Each value of its settings replaced in turn."""
    rng = random.Random(SEED)
    for path in sorted(folder.iterdir()):
        data = path.read_bytes()
        yield path, None
        for change in BYTES.values():
            yield path, change(data, rng)
        if path.suffix == ".json" and isinstance(values := json.loads(data), dict):
            for name in values:
                yield path, json.dumps({**values, name: rng.choice(VALUES)}).encode()


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny_models.build("bart", tmp_path_factory.mktemp("whole") / "bart")


def _write(model: Seq2Seq) -> None:
    with suppress(SettingsError):  # a folder may say that its model reads a single token
        model.generate([SENTENCES[0]], GenerationSettings(max_tokens=3))


def test_no_damage_to_a_folder_is_anything_but_a_checkpoint_error(
    whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEWSUM_CACHE", str(tmp_path / "cache"))
    refused, raw = 0, []
    damages = list(_damages(whole))
    for path, data in damages:
        folder = tmp_path / "bart"
        shutil.copytree(whole, folder)
        if data is None:
            (folder / path.name).unlink()
        else:
            (folder / path.name).write_bytes(data)
        try:
            _write(load(folder, backend="ctranslate2", threads=1))
        except CheckpointError as error:
            refused += 1
            if "\n" in str(error):
                raw.append((path.name, str(data)[:60], "two rows"))
        except BaseException as error:
            raw.append((path.name, str(data)[:60], repr(error)[:120]))
        shutil.rmtree(folder)
    assert raw == []
    assert refused > len(damages) / 3
