"""Writes a trained judge as newsum.judging reads it: the adapter in bf16, the rows of its three classes, hashes.

In: the model. Out: adapter.safetensors, judge.json; the same weights give the same bytes.
"""

import json
from pathlib import Path

from safetensors.torch import save_file

from newsum.generation.base import Base, digest
from newsum.judging.folders import LABELS
from newsum.tuning.judge.model import LAYERS, JudgeModel

__all__ = ["export"]

_WINDOW = 384  # tokens; training sees 288


def export(model: JudgeModel, base: Base, out: Path) -> None:
    """Writes the judge's folder."""
    out.mkdir(parents=True, exist_ok=True)
    file = out / "adapter.safetensors"
    save_file(model.exported(), file)
    file.chmod(0o644)  # safetensors writes for its owner only
    described = {
        "labels": list(LABELS),
        "window": _WINDOW,
        "layers": LAYERS,
        "sha256": digest(file),
        "base": base.digest,
    }
    (out / "judge.json").write_text(json.dumps(described, indent=1) + "\n", encoding="utf-8")
