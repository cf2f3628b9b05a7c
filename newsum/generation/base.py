"""Reads the language model that comes with newsum: SmolLM2 on its 4-bit grid.

In: its folder (base.json, tokenizer.json, embeddings and shards of layers; llama.cpp's Q4_1 and Q8_0 as safetensors).
Out: `Base`: its matrices in float32, every file checked against its hash.
"""

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from newsum.errors import CheckpointError
from newsum.generation.ctranslate2.weights import Unconvertible, Weights

__all__ = ["BASE", "PARAMETERS", "Base", "digest"]

BASE = Path(__file__).parent.parent / "models" / "smollm2"

PARAMETERS = 122_800_000  # of all 30 layers and 28,837 tokens
_GRID = 32  # weights that share a scale

Matrix = NDArray[np.float32]


class Base:
    """The first layers of the model.

    Args:
        folder: where it lies.
        layers: how many layers are wanted; shards of later ones need not be there.

    Attributes:
        heads, kv_heads: attention heads of queries, and of keys and values.
        eps, rope_theta: of its norms, and of its rotary positions (Su et al. 2021).
        digest: over the hashes of all its files, 12 hexadecimal digits.

    Raises:
        CheckpointError: a file is missing or not the one that base.json describes.
    """

    def __init__(self, folder: Path = BASE, *, layers: int) -> None:
        self.folder, self.layers = folder, layers
        found = _settings(folder)
        self.heads, self.kv_heads = int(found["heads"]), int(found["kv_heads"])
        self.eps, self.rope_theta = float(found["eps"]), float(found["rope_theta"])
        self.digest = hashlib.sha256(json.dumps(found["sha256"], sort_keys=True).encode()).hexdigest()[:12]
        self._hashes: dict[str, str] = found["sha256"]
        self._weights: Weights | None = None

    @property
    def _read(self) -> Weights:
        """The files, once each was found whole."""
        if self._weights is None:
            needed = [n for n in self._hashes if not n.startswith("layers-") or int(n[7:9]) < self.layers]
            for name in needed:
                self._require_whole(name)
            try:
                self._weights = Weights([self.folder / name for name in needed if name.endswith(".safetensors")])
            except Unconvertible as error:
                raise CheckpointError(f"{self.folder} cannot be read: {error}; install newsum again") from error
        return self._weights

    def _require_whole(self, name: str) -> None:
        file = self.folder / name
        try:
            whole = digest(file) == self._hashes[name]
        except OSError as error:
            raise CheckpointError(f"{file} cannot be read ({error}): install newsum again") from error
        if not whole:
            raise CheckpointError(f"{file} is not the file that base.json describes: install newsum again")

    def tokens(self) -> list[str]:
        """The vocabulary, by id."""
        found = json.loads((self.folder / "tokenizer.json").read_text(encoding="utf-8"))
        numbers = {**found["model"]["vocab"], **{token["content"]: token["id"] for token in found["added_tokens"]}}
        return sorted(numbers, key=lambda token: int(numbers[token]))

    def embeddings(self) -> Matrix:
        """(tokens, hidden), of the input and of the output alike."""
        values, scale = self._read["values"], self._read["scale"].astype(np.float32)
        found: Matrix = (values.reshape(len(values), -1, _GRID) * scale[..., None]).reshape(values.shape)
        return found

    def norm(self) -> Matrix:
        """(hidden,), the weight of the norm after the last layer, as the base has it."""
        return np.array(self._read["norm"], np.float32)

    def layer(self, number: int) -> dict[str, Matrix]:
        """A layer's matrices, each (out, in): qkv, out, gate_up, down; and its norms (hidden,): before, between."""
        return {
            "before": np.array(self._read[f"{number}.before"], np.float32),
            "between": np.array(self._read[f"{number}.between"], np.float32),
            "qkv": self._joined(number, ("q", "k", "v")),
            "out": self._joined(number, ("out",)),
            "gate_up": self._joined(number, ("gate", "up")),
            "down": self._joined(number, ("down",)),
        }

    def _joined(self, number: int, parts: Sequence[str]) -> Matrix:
        return np.concatenate([self._from_grid(f"{number}.{part}") for part in parts])

    def _from_grid(self, name: str) -> Matrix:
        """Sixteen bytes hold 32 weights: the low halves are the first sixteen, the high ones the others."""
        packed = self._read[f"{name}.values"]
        packed = packed.reshape(len(packed), -1, _GRID // 2)
        values = np.concatenate([packed & 15, packed >> 4], axis=2).astype(np.float32)
        values *= self._read[f"{name}.scale"].astype(np.float32)[..., None]
        values += self._read[f"{name}.least"].astype(np.float32)[..., None]
        return values.reshape(len(values), -1)


def digest(file: Path) -> str:
    """The SHA-256 of a file, in hexadecimal digits."""
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _settings(folder: Path) -> dict[str, Any]:
    file = folder / "base.json"
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise CheckpointError(f"{file} cannot be read ({error}): install newsum again") from error
    if not isinstance(found, dict) or not {"heads", "kv_heads", "eps", "rope_theta", "sha256"} <= set(found):
        raise CheckpointError(f"{file} does not describe a base: install newsum again")
    return found
