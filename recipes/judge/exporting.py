"""Exports a trained judge as newsum.judging reads it: the adapter in bf16, the rows of its three classes, hashes.

In: what `train` wrote, the base as newsum ships it. Out: adapter.safetensors, judge.json.
"""

import hashlib
import json
from pathlib import Path

from safetensors.torch import load_file, save_file

from recipes.judge.model import LAYERS
from recipes.language.llama import SCALE

__all__ = ["export"]

_WINDOW = 384  # tokens; training saw 288


def export(trained: Path, base: Path, out: Path) -> None:
    """Writes the judge's folder; the same weights give the same bytes."""
    out.mkdir(parents=True, exist_ok=True)
    state = load_file(trained / "resume.safetensors")
    weights = {name.removeprefix("weight."): value for name, value in state.items() if name.startswith("weight.")}
    found = {"norm": weights.pop("language.norm"), "rows": weights.pop("head")}
    for name, value in weights.items():  # language.layers.7.gate_up.a
        found[name.removeprefix("language.layers.")] = (value * SCALE if name.endswith(".b") else value).bfloat16()
    save_file({name: value.contiguous() for name, value in found.items()}, out / "adapter.safetensors")
    (out / "adapter.safetensors").chmod(0o644)  # safetensors writes for its owner only
    described = {
        "labels": ["entailed", "neutral", "contradicted"],
        "window": _WINDOW,
        "layers": LAYERS,
        "sha256": hashlib.sha256((out / "adapter.safetensors").read_bytes()).hexdigest(),
        "base": hashlib.sha256((base / "base.json").read_bytes()).hexdigest(),
    }
    (out / "judge.json").write_text(json.dumps(described, indent=1) + "\n")
