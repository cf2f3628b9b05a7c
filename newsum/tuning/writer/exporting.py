"""Writes a trained writer as newsum.generation reads it: the adapter in bf16, and what it belongs to.

In: the model. Out: adapter.safetensors, writer.json; the same weights give the same bytes.
"""

from pathlib import Path

from newsum.generation.base import Base
from newsum.tuning.adapting.exporting import write_described
from newsum.tuning.adapting.llama import adapter_of
from newsum.tuning.writer.model import LAYERS, WriterModel

__all__ = ["export"]

_WINDOW = 640  # tokens of reports and lines; training sees 512


def export(model: WriterModel, base: Base, out: Path) -> None:
    """Writes the writer's folder."""
    write_described(out, "writer.json", adapter_of(model.language), base, {"window": _WINDOW, "layers": LAYERS})
