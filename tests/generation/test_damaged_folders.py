"""A model's folder with any of its files damaged is a CheckpointError, or works as before; nothing else."""

import json
import random
import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from extras import need

need("torch")

import tiny_models
from tiny_models import SENTENCES

from newsum.errors import CheckpointError, SettingsError
from newsum.generation import GenerationSettings, load
from newsum.generation.writer import Excerpt, Prompt

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
VALUES = (None, -1, 0, 10**12, 10**30, [1, 10**30], 1.5, float("nan"), "x", "", [], [[1]], {}, True)


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


@pytest.fixture(scope="module", params=["bart", "llama"])
def whole(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    build = tiny_models.build if request.param in tiny_models.FAMILIES else tiny_models.build_causal
    return build(request.param, tmp_path_factory.mktemp("whole") / request.param)


def _write(model: Any) -> None:
    with suppress(SettingsError):  # a folder may say that its model reads a single token
        if hasattr(model, "generate"):
            model.generate([SENTENCES[0]], GenerationSettings(max_tokens=3))
        else:
            model.write([Prompt(instruction="Be brief.", excerpts=(Excerpt("BBC", SENTENCES[0]),), words=2)])


def test_no_damage_to_a_folder_is_anything_but_a_checkpoint_error(
    whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEWSUM_CACHE", str(tmp_path / "cache"))
    refused, raw = 0, []
    damages = list(_damages(whole))
    for path, data in damages:
        folder = tmp_path / whole.name
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


@pytest.mark.parametrize(
    ("kind", "stated"),
    [
        ("pegasus", {"eos_token_id": [1, 10**30]}),
        ("llama", {"eos_token_id": [1, 10**30]}),
        ("pegasus", {"no_repeat_ngram_size": 10**30}),
        ("pegasus", {"forced_bos_token_id": 5_000}),
        ("pegasus", {"decoder_start_token_id": 5_000}),
        ("pegasus", {"length_penalty": 1e300}),
        ("bart", {"suppress_tokens": [10**30]}),
        ("bart", {"bad_words_ids": [["a"]]}),
        ("bart", {"repetition_penalty": -1.0}),
        ("t5", {"begin_suppress_tokens": "all"}),
    ],
)
@pytest.mark.parametrize("backend", ["ctranslate2", "torch"])
def test_a_setting_that_no_model_can_have_is_named_by_either_backend(
    kind: str, stated: dict[str, Any], backend: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEWSUM_CACHE", str(tmp_path / "cache"))
    build = tiny_models.build if kind in tiny_models.FAMILIES else tiny_models.build_causal
    folder = build(kind, tmp_path / kind)
    for name in ("config.json", "generation_config.json"):
        if (path := folder / name).is_file():
            path.write_text(json.dumps(json.loads(path.read_text()) | stated))
    with pytest.raises(CheckpointError, match=next(iter(stated))):
        _write(load(folder, backend=backend, threads=1))


@pytest.mark.parametrize(
    "template", ["{{ 1 / 0 }}", "{{ messages[9].content + 1 }}", "{{ 'a' + 1 }}", "{{ [].pop() }}"]
)
def test_a_chat_template_that_fails_is_a_checkpoint_error(template: str, tmp_path: Path) -> None:
    folder = tiny_models.build_causal("llama", tmp_path / "llama")
    (folder / "chat_template.jinja").write_text(template)
    with pytest.raises(CheckpointError, match="chat template"):
        _write(load(folder, backend="ctranslate2", threads=1))


def test_a_tokenizer_that_panics_as_it_is_used_is_a_checkpoint_error(tmp_path: Path) -> None:
    folder = tiny_models.build("bart", tmp_path / "bart")
    described = json.loads((folder / "tokenizer.json").read_text())
    pieces = [{"SpecialToken": {"id": "<gone>", "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}}]
    described["post_processor"] = {
        "type": "TemplateProcessing",
        "single": pieces,
        "pair": [*pieces, {"Sequence": {"id": "B", "type_id": 1}}],
        "special_tokens": {},
    }
    (folder / "tokenizer.json").write_text(json.dumps(described))
    with pytest.raises(CheckpointError, match=r"cannot be (?:loaded|run)"):
        _write(load(folder, backend="ctranslate2", threads=1))
