"""Reads a judge's folder and refuses one that is not whole.

In: a folder with judge.json (labels, window, the hash of every other file), model.bin and config.json (CTranslate2),
head.safetensors (the classifier's last layer), tokenizer.json. Out: `Folder`.
"""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from newsum.errors import CheckpointError
from newsum.generation.ctranslate2.weights import Unconvertible, Weights

__all__ = ["Folder", "read_folder"]

LABELS = ("entailed", "neutral", "contradicted")


@dataclass(frozen=True, slots=True)
class Folder:
    """A judge's files, found whole.

    Attributes:
        path: the folder.
        window: tokens that premise, hypothesis and what stands between them may have together.
        weights, bias: the last layer, (hidden, 3) and (3,), float32; columns as LABELS.
        revision: "sha256:" and 16 digits over the hashes of all files.
    """

    path: Path
    window: int
    weights: NDArray[np.float32]
    bias: NDArray[np.float32]
    revision: str


def read_folder(path: Path) -> Folder:
    """The folder, every file checked against its hash.

    Raises:
        CheckpointError: a file is missing, changed or not what it should be.
    """
    settings = _settings(path)
    for name, digest in settings["sha256"].items():
        if _sha256(path, name) != digest:
            raise CheckpointError(f"{path / name} is not the file that {path / 'judge.json'} describes; fetch it again")
    try:
        head = Weights([path / "head.safetensors"])
        weights, bias = np.array(head["weight"], dtype=np.float32), np.array(head["bias"], dtype=np.float32)
    except Unconvertible as error:
        raise CheckpointError(f"{path} is no judge's folder: {error}") from error
    return Folder(
        path=path,
        window=int(settings["window"]),
        weights=np.ascontiguousarray(weights.T),
        bias=bias,
        revision=f"sha256:{hashlib.sha256(json.dumps(settings['sha256'], sort_keys=True).encode()).hexdigest()[:16]}",
    )


def _settings(path: Path) -> dict[str, Any]:
    file = path / "judge.json"
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        message = f"{path} is no judge's folder: it has no judge.json (make one with recipes.judge export)"
        raise CheckpointError(message) from error
    except ValueError as error:
        raise CheckpointError(f"{file} cannot be read: {error}") from error
    if not isinstance(found, dict) or not isinstance(found.get("sha256"), dict) or "window" not in found:
        raise CheckpointError(f'{file} must be an object with "window" and "sha256"')
    if tuple(found.get("labels", ())) != LABELS:
        raise CheckpointError(f"{file} must name the labels {', '.join(LABELS)}, in this order")
    needed = {"model.bin", "config.json", "head.safetensors", "tokenizer.json"}
    if missing := sorted(needed - set(found["sha256"])):
        raise CheckpointError(f"{file} gives no hash of {', '.join(missing)}")
    return found


def _sha256(path: Path, name: str) -> str:
    if Path(name).name != name:
        raise CheckpointError(f"{path / 'judge.json'} names {name!r}, which is not in its folder")
    try:
        with (path / name).open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        raise CheckpointError(f"{path / name} cannot be read: {error}") from error
