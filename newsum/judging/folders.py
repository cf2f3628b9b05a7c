"""Reads a judge's folder and refuses one that is not whole.

In: a folder with judge.json (labels, window, layers, the adapter's hash) and adapter.safetensors. Out: `Folder`.
"""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from newsum.errors import CheckpointError
from newsum.generation.adapted import Adapter, read_adapter

__all__ = ["BUNDLED", "Folder", "read_folder"]

BUNDLED = Path(__file__).parent.parent / "models" / "judge"
LABELS = ("entailed", "neutral", "contradicted")


@dataclass(frozen=True, slots=True)
class Folder:
    """A judge's files, found whole.

    Attributes:
        window: tokens that premise, hypothesis and what stands between them may have together.
        revision: "sha256:" and 16 digits over judge.json, which holds the adapter's hash and the base's.
    """

    path: Path
    window: int
    adapter: Adapter
    revision: str


def read_folder(path: Path) -> Folder:
    """The folder, its adapter checked against its hash.

    Raises:
        CheckpointError: a file is missing, changed or not what it should be.
    """
    settings, revision = _settings(path)
    file = path / "adapter.safetensors"
    extra = [f"<{label}>" for label in LABELS]
    adapter = read_adapter(file, layers=int(settings["layers"]), extra=extra)
    if adapter.digest != str(settings["sha256"])[: len(adapter.digest)]:
        raise CheckpointError(f"{file} is not the file that {path / 'judge.json'} describes; fetch it again")
    return Folder(path=path, window=int(settings["window"]), adapter=adapter, revision=revision)


def _settings(path: Path) -> tuple[dict[str, Any], str]:
    file = path / "judge.json"
    try:
        text = file.read_bytes()
        found = json.loads(text)
    except FileNotFoundError as error:
        message = f"{path} is no judge's folder: it has no judge.json (make one with recipes.judge export)"
        raise CheckpointError(message) from error
    except (OSError, ValueError) as error:
        raise CheckpointError(f"{file} cannot be read: {error}") from error
    if not isinstance(found, dict) or not {"window", "layers", "sha256"} <= set(found):
        raise CheckpointError(f'{file} must be an object with "window", "layers" and "sha256"')
    if tuple(found.get("labels", ())) != LABELS:
        raise CheckpointError(f"{file} must name the labels {', '.join(LABELS)}, in this order")
    return found, f"sha256:{hashlib.sha256(text).hexdigest()[:16]}"
