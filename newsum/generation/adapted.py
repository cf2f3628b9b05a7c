"""Joins the language model that comes with newsum with an adapter: an 8-bit CTranslate2 model in the cache.

In: the base (base.py) and an adapter (LoRA matrices, Hu et al. 2021, perhaps further rows of the vocabulary). Out: a
folder that CTranslate2 runs. An adapter's changes are a hundredth of the step of the base's 4-bit grid, so they are
added before anything is rounded to 8 bits: rounding the sum to 4 bits would lose five sixths of them.
"""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from newsum.errors import CheckpointError
from newsum.generation.base import Base, digest
from newsum.generation.ctranslate2.weights import Unconvertible, Weights
from newsum.system.cache import Kept, kept

__all__ = ["Adapter", "Described", "read_adapter", "read_described", "unpacked"]

_FORM = 1  # raised whenever the same weights would be unpacked otherwise

_WINDOWS, _LAYERS = range(64, 1_000_001), range(1, 1_001)

Matrix = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Adapter:
    """What makes the base a judge or a writer.

    Attributes:
        layers: how many of the base's layers are used, from the first.
        extra: tokens that the vocabulary gains, one a row of the adapter's "rows".
        weights: "N.qkv.a" (rank, in) and "N.qkv.b" (out, rank) for layer N and each of qkv, out, gate_up, down, the
            scale multiplied into b; "norm" (hidden,); "rows" (extra, hidden), but for those that `further` has.
        digest: of the file, 16 hexadecimal digits, and of what is further.
        further: (rows, hidden): rows of the vocabulary that are not in the file, for the last of the extra tokens.
    """

    layers: int
    extra: tuple[str, ...]
    weights: Weights
    digest: str
    further: Matrix | None = None

    def with_rows(self, tokens: Sequence[str], rows: Matrix, digest: str) -> "Adapter":
        """The same with more tokens in the vocabulary."""
        return replace(self, extra=(*self.extra, *tokens), digest=f"{self.digest}-{digest}", further=rows)


def read_adapter(file: Path, *, layers: int, extra: Sequence[str] = ()) -> Adapter:
    """The adapter of a safetensors file.

    Raises:
        CheckpointError: the file cannot be read.
    """
    try:
        return Adapter(layers, tuple(extra), Weights([file]), digest(file)[:16])
    except (OSError, Unconvertible) as error:
        raise CheckpointError(f"{file} cannot be read ({error}): install newsum again") from error


@dataclass(frozen=True, slots=True)
class Described:
    """An adapter's folder, found whole.

    Attributes:
        window: tokens that the model may read and write together.
        revision: "sha256:" and 16 digits over the description, which holds the adapter's hash and the base's.
    """

    path: Path
    window: int
    adapter: Adapter
    revision: str


def read_described(
    path: Path,
    name: str,
    *,
    missing: str,
    extra: Sequence[str] = (),
    check: Callable[[Mapping[str, Any]], None] = lambda settings: None,
) -> Described:
    """The folder of adapter.safetensors and the description `name`: window, layers, the adapter's hash.

    Args:
        missing: the sentence of the error where the description is not there.
        extra: tokens that the adapter adds to the vocabulary.
        check: raises where the settings are not those of this kind of folder.

    Raises:
        CheckpointError: a file is missing, changed or not what it should be.
    """
    description, file = path / name, path / "adapter.safetensors"
    try:
        text = description.read_bytes()
        found: Any = json.loads(text)
        window, layers, stated = int(found["window"]), int(found["layers"]), str(found["sha256"])
    except FileNotFoundError as error:
        raise CheckpointError(missing) from error
    except (OSError, UnicodeDecodeError, json.JSONDecodeError) as error:
        raise CheckpointError(f"{description} cannot be read: {error}") from error
    except (ValueError, KeyError, TypeError, OverflowError, RecursionError) as error:
        raise CheckpointError(f'{description} must be an object with "window", "layers" and "sha256"') from error
    check(found)
    adapter = read_adapter(file, layers=layers, extra=extra)
    if adapter.digest != stated[: len(adapter.digest)]:
        raise CheckpointError(f"{file} is not the file that {description} describes; fetch it again")
    if window not in _WINDOWS or layers not in _LAYERS:
        raise CheckpointError(f"{description} states a window of {window} tokens and {layers} layers, which none has")
    return Described(path, window, adapter, f"sha256:{hashlib.sha256(text).hexdigest()[:16]}")


def unpacked(adapter: Adapter, base: Base) -> Kept:
    """The folder of the joined model; written once, some seconds, then found in the cache.

    Raises:
        CheckpointError: a file of the base is missing or not the one that base.json describes.
    """
    key = f"adapted-{_FORM}-{base.digest}-{adapter.digest}-{adapter.layers}"
    return kept(key, lambda folder: _write(folder, adapter, base))


def _write(folder: Path, adapter: Adapter, base: Base) -> None:
    from ctranslate2.specs import transformer_spec
    from ctranslate2.specs.common_spec import Activation

    spec = transformer_spec.TransformerDecoderModelSpec.from_config(
        adapter.layers,
        base.heads,
        activation=Activation.SWISH,
        pre_norm=True,
        ffn_glu=True,
        rms_norm=True,
        rotary_dim=0,
        rotary_interleave=False,
        rotary_base=base.rope_theta,
        num_heads_kv=base.kv_heads,
    )
    decoder: Any = spec.decoder
    decoder.scale_embeddings = False
    decoder.embeddings.weight = decoder.projection.weight = _embeddings(base, adapter)
    decoder.layer_norm.gamma = np.array(adapter.weights["norm"], np.float32)
    for number, layer in enumerate(decoder.layer):
        _fill(layer, number, base, adapter)
    spec.register_vocabulary([*base.tokens(), *adapter.extra])
    spec.config.bos_token, spec.config.eos_token, spec.config.unk_token = "<|im_start|>", "<|im_end|>", "<|endoftext|>"
    spec.config.layer_norm_epsilon = base.eps
    spec.validate()
    spec.optimize(quantization="int8")
    spec.save(str(folder))


def _embeddings(base: Base, adapter: Adapter) -> Matrix:
    parts = [base.embeddings()]
    parts += [np.asarray(adapter.weights["rows"], np.float32)] if "rows" in adapter.weights else []
    parts += [adapter.further] if adapter.further is not None else []
    return np.concatenate(parts) if len(parts) > 1 else parts[0]


def _fill(layer: Any, number: int, base: Base, adapter: Adapter) -> None:
    matrices = base.layer(number)
    for name in ("qkv", "out", "gate_up", "down"):
        if f"{number}.{name}.a" in adapter.weights:
            a, b = (np.asarray(adapter.weights[f"{number}.{name}.{side}"]) for side in "ab")
            matrices[name] = matrices[name] + b @ a
    layer.self_attention.layer_norm.gamma, layer.ffn.layer_norm.gamma = matrices["before"], matrices["between"]
    layer.self_attention.linear[0].weight, layer.self_attention.linear[1].weight = matrices["qkv"], matrices["out"]
    layer.ffn.linear_0.weight, layer.ffn.linear_0_noact.weight = np.split(matrices["gate_up"], 2)
    layer.ffn.linear_1.weight = matrices["down"]
