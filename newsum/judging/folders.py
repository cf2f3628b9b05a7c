"""Reads a judge's folder and refuses one that is not whole.

In: a folder with judge.json (labels, window, layers, the adapter's hash), adapter.safetensors and perhaps marks.json
(marking.py). Out: `JudgeFolder`.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from newsum.errors import CheckpointError
from newsum.generation.adapted import Described, read_described
from newsum.judging.marking import Heads, read_heads

__all__ = ["BUNDLED", "LABELS", "JudgeFolder", "read_folder"]

BUNDLED = Path(__file__).parent.parent / "models" / "judge"
LABELS = ("entailed", "neutral", "contradicted")


@dataclass(frozen=True, slots=True)
class JudgeFolder(Described):
    """A judge's folder, found whole; its vocabulary ends with the labels, and then the marks where it reads lines.

    Attributes:
        heads: what makes marks of lines; None where it reads none.
    """

    heads: Heads | None


def read_folder(path: Path, *, heads: Heads | None = None) -> JudgeFolder:
    """The folder, its adapter checked against its hash; its window is for premise, hypothesis and what is between.

    Args:
        heads: others than its own.

    Raises:
        CheckpointError: a file is missing, changed or not what it should be.
    """
    missing = f"{path} is no judge's folder: it has no judge.json (make one with python -m newsum.tuning judge)"

    def check(settings: Mapping[str, Any]) -> None:
        if settings.get("labels") != list(LABELS):
            raise CheckpointError(f"{path / 'judge.json'} must name the labels {', '.join(LABELS)}, in this order")

    found = read_described(path, "judge.json", missing=missing, extra=_tokens(LABELS), check=check)
    heads = heads or read_heads(path / "marks.json")
    adapter, revision = found.adapter, found.revision
    if heads is not None:
        hidden = len(adapter.weights["norm"])
        if heads.rows.shape[1] != hidden:
            raise CheckpointError(
                f"{path / 'marks.json'} is of a model with other states: each mark has {hidden} weights"
            )
        adapter = adapter.with_rows(_tokens(heads.names), heads.rows, heads.digest)
        revision = f"sha256:{hashlib.sha256(f'{revision} {heads.digest}'.encode()).hexdigest()[:16]}"
    return JudgeFolder(path, found.window, adapter, revision, heads)


def _tokens(names: Sequence[str]) -> list[str]:
    return [f"<{name}>" for name in names]
