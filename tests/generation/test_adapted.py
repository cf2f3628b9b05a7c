"""The base and an adapter: read whole or refused, and joined as they would be in float32."""

import shutil
from pathlib import Path

import numpy as np
import pytest
from tokenizers import Tokenizer

from newsum.errors import CheckpointError
from newsum.generation.adapted import read_adapter, unpacked
from newsum.generation.base import BASE, Base
from newsum.judging.folders import BUNDLED

FEW = 2  # layers


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    return Path(shutil.copytree(BASE, tmp_path / "base"))


def test_a_matrix_on_the_grid_has_sixteen_values_for_each_thirty_two_weights() -> None:
    matrix = Base(layers=FEW).layer(1)["out"]
    blocks = matrix.reshape(len(matrix), -1, 32)
    assert matrix.shape == (576, 576)
    assert max(len(np.unique(block)) for block in blocks[:20].reshape(-1, 32)) <= 16


def test_every_token_has_a_vector() -> None:
    base = Base(layers=FEW)
    tokens = base.tokens()
    assert len(tokens) == len(set(tokens)) == len(base.embeddings())


@pytest.mark.parametrize("text", ["🙂 مرحبا ВСЕ", "日本語 naïve “x” — €5", "𐍈 ᚠ \u200b \x07"])
def test_any_text_is_the_same_once_encoded_and_decoded(text: str) -> None:
    tokenizer = Tokenizer.from_file(str(BASE / "tokenizer.json"))
    assert tokenizer.decode(tokenizer.encode(text).ids) == text


@pytest.mark.parametrize("name", ["tokenizer.json", "embeddings.safetensors", "layers-00-21.safetensors"])
def test_a_changed_file_is_refused_by_its_name(copied: Path, name: str) -> None:
    content = bytearray((copied / name).read_bytes())
    content[-5] ^= 1
    (copied / name).write_bytes(content)
    with pytest.raises(CheckpointError, match=f"{name} is not the file that base.json describes"):
        Base(copied, layers=FEW).layer(0)


@pytest.mark.parametrize("text", ["", "[]", "{}"])
def test_a_description_that_is_none_is_refused(copied: Path, text: str) -> None:
    (copied / "base.json").write_text(text)
    with pytest.raises(CheckpointError, match=r"base\.json"):
        Base(copied, layers=FEW)


def test_a_missing_shard_is_refused_only_where_its_layers_are_wanted(copied: Path) -> None:
    (copied / "layers-00-21.safetensors").unlink()
    with pytest.raises(CheckpointError, match="cannot be read"):
        Base(copied, layers=FEW).layer(0)


def test_a_shard_of_later_layers_need_not_be_there(copied: Path) -> None:
    (copied / "layers-22-29.safetensors").unlink()
    assert Base(copied, layers=22).layer(21)["down"].shape == (576, 1536)
    with pytest.raises(CheckpointError, match="layers-22-29"):
        Base(copied, layers=30).layer(0)


def test_what_is_unpacked_answers_as_float32_does_and_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two layers with the judge's adapter, in numpy, against the 8-bit model."""
    import ctranslate2

    monkeypatch.setenv("NEWSUM_CACHE", str(tmp_path))
    adapter = read_adapter(BUNDLED / "adapter.safetensors", layers=FEW, extra=["<a>", "<b>", "<c>"])
    base = Base(layers=FEW)
    folder = unpacked(adapter, base).folder
    assert unpacked(adapter, Base(layers=FEW)).folder == folder
    model = ctranslate2.Generator(str(folder), device="cpu", compute_type="int8")
    tokens = base.tokens()[100:110]
    [found] = model.generate_batch(
        [tokens], max_length=1, include_prompt_in_result=False, return_logits_vocab=True, sampling_topk=1
    )
    logits = np.asarray(found.logits[0][0])
    assert logits.shape == (len(base.tokens()) + 3,)
    expected = _logits(
        base, np.arange(100, 110), np.asarray(adapter.weights["norm"]), np.asarray(adapter.weights["rows"])
    )
    assert np.corrcoef(logits, expected)[0, 1] > 0.999


def _logits(base: Base, ids: np.ndarray, norm: np.ndarray, rows: np.ndarray) -> np.ndarray:
    vectors = np.concatenate([base.embeddings(), rows])
    x = vectors[ids]
    for number in range(base.layers):  # the first layers have no adapter
        own = base.layer(number)
        x = x + _attended(_normed(x, own["before"], base.eps) @ own["qkv"].T, base) @ own["out"].T
        gate, up = np.split(_normed(x, own["between"], base.eps) @ own["gate_up"].T, 2, axis=-1)
        x = x + (gate / (1 + np.exp(-gate)) * up) @ own["down"].T
    return _normed(x, norm, base.eps)[-1] @ vectors.T


def _normed(x: np.ndarray, weight: np.ndarray, eps: float) -> np.ndarray:
    return x / np.sqrt((x**2).mean(-1, keepdims=True) + eps) * weight


def _attended(joined: np.ndarray, base: Base) -> np.ndarray:
    length, size = len(joined), joined.shape[1] // (base.heads + 2 * base.kv_heads)
    parts = joined.reshape(length, -1, size).swapaxes(0, 1)
    turned = _turned(parts[: base.heads + base.kv_heads], base.rope_theta)
    keys, values = turned[base.heads :], parts[base.heads + base.kv_heads :]
    out = []
    for head in range(base.heads):
        group = head // (base.heads // base.kv_heads)
        scores = turned[head] @ keys[group].T / size**0.5
        scores[np.triu_indices(length, 1)] = -np.inf
        shares = np.exp(scores - scores.max(-1, keepdims=True))
        out.append(shares / shares.sum(-1, keepdims=True) @ values[group])
    return np.concatenate(out, axis=-1)


def _turned(x: np.ndarray, theta: float) -> np.ndarray:
    size = x.shape[-1]
    angles = np.arange(x.shape[1])[:, None] / theta ** (np.arange(0, size, 2) / size)
    first, second = np.split(x, 2, axis=-1)
    return np.concatenate(
        [first * np.cos(angles) - second * np.sin(angles), second * np.cos(angles) + first * np.sin(angles)], axis=-1
    )
