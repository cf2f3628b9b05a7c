"""The language model that comes with newsum, joined with an adapter: 4-bit weights become an 8-bit CTranslate2 model.

In: the base's folder (base.json, tokenizer.json, shards of layers on the 4-bit grid of llama.cpp's Q4_1) and an adapter
(LoRA matrices, perhaps further rows of the vocabulary). Out: a folder in the cache that CTranslate2 runs.
An adapter's changes are a hundredth of the grid's step, so they are added before anything is rounded to 8 bits:
rounding the sum to 4 bits would lose five sixths of them.
"""

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from newsum.errors import CheckpointError
from newsum.generation.ctranslate2.weights import Unconvertible, Weights
from newsum.system.cache import Kept, kept

__all__ = ["BASE", "Adapter", "read_adapter", "unpacked"]

BASE = Path(__file__).parent.parent / "models" / "smollm2"

_FORM = 1  # raised whenever the same weights would be unpacked otherwise
_GRID = 32  # weights that share a scale

Matrix = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Adapter:
    """What makes the base a judge or a writer.

    Attributes:
        layers: how many of the base's layers are used, from the first.
        extra: tokens that the vocabulary gains, one a row of the adapter's "rows".
        weights: "N.qkv.a" (rank, in) and "N.qkv.b" (out, rank) for layer N and each of qkv, out, gate_up, down, the
            scale multiplied into b; "norm" (hidden,); "rows" (extra, hidden).
        digest: of the file, 16 hexadecimal digits.
    """

    layers: int
    extra: tuple[str, ...]
    weights: Weights
    digest: str


def read_adapter(file: Path, *, layers: int, extra: Sequence[str] = ()) -> Adapter:
    """The adapter of a safetensors file.

    Raises:
        CheckpointError: the file cannot be read.
    """
    try:
        return Adapter(layers, tuple(extra), Weights([file]), _digest(file)[:16])
    except (OSError, Unconvertible) as error:
        raise CheckpointError(f"{file} cannot be read ({error}): install newsum again") from error


def unpacked(adapter: Adapter, base: Path = BASE) -> Kept:
    """The folder of the joined model; written once, some seconds, then found in the cache.

    Raises:
        CheckpointError: a file of the base is missing or not the one that base.json describes.
    """
    settings = _settings(base)
    ours = hashlib.sha256(json.dumps(settings["sha256"], sort_keys=True).encode()).hexdigest()[:12]
    key = f"adapted-{_FORM}-{ours}-{adapter.digest}-{adapter.layers}"
    return kept(key, lambda folder: _write(folder, adapter, base, settings))


def _settings(base: Path) -> dict[str, Any]:
    try:
        return dict(json.loads((base / "base.json").read_text(encoding="utf-8")))
    except (OSError, ValueError) as error:
        raise CheckpointError(f"{base / 'base.json'} cannot be read ({error}): install newsum again") from error


def _write(folder: Path, adapter: Adapter, base: Path, settings: dict[str, Any]) -> None:
    from ctranslate2.specs import transformer_spec
    from ctranslate2.specs.common_spec import Activation

    shards = _shards(base, settings, adapter.layers)
    spec = transformer_spec.TransformerDecoderModelSpec.from_config(
        adapter.layers,
        settings["heads"],
        activation=Activation.SWISH,
        pre_norm=True,
        ffn_glu=True,
        rms_norm=True,
        rotary_dim=0,
        rotary_interleave=False,
        rotary_base=settings["rope_theta"],
        num_heads_kv=settings["kv_heads"],
    )
    decoder: Any = spec.decoder
    decoder.scale_embeddings = False
    decoder.embeddings.weight = decoder.projection.weight = _embeddings(shards, adapter)
    decoder.layer_norm.gamma = np.asarray(adapter.weights["norm"], np.float32)
    for n, layer in enumerate(decoder.layer):
        _fill(layer, n, shards, adapter)
    spec.register_vocabulary([*_tokens(base), *adapter.extra])
    spec.config.bos_token, spec.config.eos_token, spec.config.unk_token = "<|im_start|>", "<|im_end|>", "<|endoftext|>"
    spec.config.layer_norm_epsilon = settings["eps"]
    spec.validate()
    spec.optimize(quantization="int8")
    spec.save(str(folder))


def _shards(base: Path, settings: dict[str, Any], layers: int) -> Weights:
    """The files that hold the embeddings and the first layers, each checked against its hash."""
    needed = [name for name in settings["sha256"] if not name.startswith("layers-") or int(name[7:9]) < layers]
    for name in needed:
        try:
            whole = _digest(base / name) == settings["sha256"][name]
        except OSError as error:
            raise CheckpointError(f"{base / name} cannot be read ({error}): install newsum again") from error
        if not whole:
            raise CheckpointError(f"{base / name} is not the file that base.json describes: install newsum again")
    return Weights([base / name for name in needed if name.endswith(".safetensors")])


def _digest(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _tokens(base: Path) -> Iterator[str]:
    settings = json.loads((base / "tokenizer.json").read_text(encoding="utf-8"))
    numbers = {**settings["model"]["vocab"], **{token["content"]: token["id"] for token in settings["added_tokens"]}}
    yield from sorted(numbers, key=lambda token: numbers[token])


def _embeddings(shards: Weights, adapter: Adapter) -> Matrix:
    values, scale = shards["values"], shards["scale"].astype(np.float32)
    found = (values.reshape(len(values), -1, _GRID) * scale[..., None]).reshape(values.shape)
    return np.concatenate([found, adapter.weights["rows"]]) if adapter.extra else found


def _fill(layer: Any, n: int, shards: Weights, adapter: Adapter) -> None:
    layer.self_attention.layer_norm.gamma = np.array(shards[f"{n}.before"])
    layer.ffn.layer_norm.gamma = np.array(shards[f"{n}.between"])
    layer.self_attention.linear[0].weight = _joined(n, "qkv", ("q", "k", "v"), shards, adapter)
    layer.self_attention.linear[1].weight = _joined(n, "out", ("out",), shards, adapter)
    gate_up = _joined(n, "gate_up", ("gate", "up"), shards, adapter)
    layer.ffn.linear_0.weight, layer.ffn.linear_0_noact.weight = np.split(gate_up, 2)
    layer.ffn.linear_1.weight = _joined(n, "down", ("down",), shards, adapter)


def _joined(n: int, name: str, parts: Sequence[str], shards: Weights, adapter: Adapter) -> Matrix:
    """Base matrices laid end to end, (out, in), plus the adapter's product where it has one for this layer."""
    base = np.concatenate([_from_grid(shards, f"{n}.{part}") for part in parts])
    if f"{n}.{name}.a" not in adapter.weights:
        return base
    change: Matrix = np.asarray(adapter.weights[f"{n}.{name}.b"]) @ np.asarray(adapter.weights[f"{n}.{name}.a"])
    return base + change


def _from_grid(shards: Weights, name: str) -> Matrix:
    """Sixteen bytes hold 32 weights: the low halves are the first sixteen, the high ones the others."""
    packed = shards[f"{name}.values"].reshape(len(shards[f"{name}.values"]), -1, _GRID // 2)
    values = np.concatenate([packed & 15, packed >> 4], axis=2).astype(np.float32)
    values *= shards[f"{name}.scale"].astype(np.float32)[..., None]
    values += shards[f"{name}.least"].astype(np.float32)[..., None]
    return values.reshape(len(values), -1)
