"""Writes an adapter's folder as newsum.generation.adapted reads it; the same weights give the same bytes.

In: weights, what describes them. Out: adapter.safetensors and the description, with hashes.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import save_file

from newsum.generation.base import Base, digest

__all__ = ["write_described"]


def write_described(
    out: Path, name: str, weights: dict[str, torch.Tensor], base: Base, settings: Mapping[str, Any]
) -> None:
    """Writes the folder; its description `name` holds the settings, the adapter's hash and the base's."""
    out.mkdir(parents=True, exist_ok=True)
    file = out / "adapter.safetensors"
    save_file(weights, file)
    file.chmod(0o644)  # safetensors writes for its owner only
    described = {**settings, "sha256": digest(file), "base": base.digest}
    (out / name).write_text(json.dumps(described, indent=1) + "\n", encoding="utf-8")
