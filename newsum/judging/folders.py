"""Reads a judge's folder and refuses one that is not whole.

In: a folder with judge.json (labels, window, layers, the adapter's hash) and adapter.safetensors. Out: `Described`.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from newsum.errors import CheckpointError
from newsum.generation.adapted import Described, read_described

__all__ = ["BUNDLED", "read_folder"]

BUNDLED = Path(__file__).parent.parent / "models" / "judge"
LABELS = ("entailed", "neutral", "contradicted")


def read_folder(path: Path) -> Described:
    """The folder, its adapter checked against its hash; its window is for premise, hypothesis and what is between.

    Raises:
        CheckpointError: a file is missing, changed or not what it should be.
    """
    missing = f"{path} is no judge's folder: it has no judge.json (make one with python -m newsum.tuning judge)"

    def check(settings: Mapping[str, Any]) -> None:
        if settings.get("labels") != list(LABELS):
            raise CheckpointError(f"{path / 'judge.json'} must name the labels {', '.join(LABELS)}, in this order")

    extra = [f"<{label}>" for label in LABELS]
    return read_described(path, "judge.json", missing=missing, extra=extra, check=check)
