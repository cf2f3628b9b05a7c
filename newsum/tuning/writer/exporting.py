"""Writes a trained writer as newsum.generation reads it: the adapter in bf16, and what it belongs to.

In: the model. Out: adapter.safetensors, writer.json; the same weights give the same bytes.
"""

import json
from pathlib import Path

from safetensors.torch import save_file

from newsum.generation.base import Base, digest
from newsum.tuning.adapting.llama import adapter_of
from newsum.tuning.writer.model import LAYERS, WriterModel

__all__ = ["export"]

_WINDOW = 640  # tokens of reports and lines; training sees 512


def export(model: WriterModel, base: Base, out: Path) -> None:
    """Writes the writer's folder."""
    out.mkdir(parents=True, exist_ok=True)
    file = out / "adapter.safetensors"
    save_file(adapter_of(model.language), file)
    file.chmod(0o644)  # safetensors writes for its owner only
    described = {"window": _WINDOW, "layers": LAYERS, "sha256": digest(file), "base": base.digest}
    (out / "writer.json").write_text(json.dumps(described, indent=1) + "\n", encoding="utf-8")
