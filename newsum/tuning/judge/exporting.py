"""Writes a trained judge as newsum.judging reads it: the adapter in bf16, the rows of its three classes, hashes.

In: the model. Out: adapter.safetensors, judge.json; the same weights give the same bytes.
"""

from pathlib import Path

from newsum.generation.base import Base
from newsum.judging.folders import LABELS
from newsum.tuning.adapting.exporting import write_described
from newsum.tuning.judge.model import LAYERS, JudgeModel

__all__ = ["export"]

_WINDOW = 384  # tokens; training sees 288


def export(model: JudgeModel, base: Base, out: Path) -> None:
    """Writes the judge's folder."""
    settings = {"labels": list(LABELS), "window": _WINDOW, "layers": LAYERS}
    write_described(out, "judge.json", model.exported(), base, settings)
