"""Lists the models that are at hand: the bundled writer, and the checkpoints that the hub's cache holds.

In: nothing. Out: `Known` models, read from their own files without loading a weight.
"""

import json
import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from newsum.errors import CheckpointError
from newsum.generation.base import BASE, PARAMETERS
from newsum.generation.checkpoints import locate, read_object
from newsum.generation.ctranslate2.conversion import FAMILIES as ENCODER_DECODERS
from newsum.generation.ctranslate2.decoders import FAMILIES as DECODERS
from newsum.generation.families import is_causal
from newsum.generation.hub_cache import cached_checkpoints
from newsum.generation.line_writer import BUNDLED, NAME
from newsum.system.patterns import regex

__all__ = ["Known", "known_models"]

_CARD = regex(r"\A---\n(?P<head>.*?)\n---\n", re.DOTALL)
_FIGURES = regex(r"\*\*Scores?\.\*\*\s*(?P<said>.+?)(?:\n\n|\Z)", re.DOTALL)
_SPARE = 1.3  # what runs takes, beside its weights: states, and what a backend lays out anew


@dataclass(frozen=True, slots=True)
class Known:
    """A model at hand.

    Attributes:
        name: what `model=` takes.
        place: "bundled", or "cache", the hub's.
        folder: where its files are.
        family: as its config says.
        size: bytes of its weights files.
        parameters: how many numbers these hold.
        licence: as its card says; "" where it says nothing.
        figures: what its card says of its scores; "" where it says nothing.
        engine: "ctranslate2", "torch", or "" where newsum cannot run it.
        trouble: why it cannot be run, or "".
    """

    name: str
    place: str
    folder: Path
    family: str
    size: int
    parameters: int
    licence: str
    figures: str
    engine: str
    trouble: str = ""

    @property
    def memory(self) -> int:
        """Bytes that it takes to run: a byte a number in CTranslate2, two in torch (four where bfloat16 is slow)."""
        return int(self.parameters * (1 if self.engine == "ctranslate2" else 2) * _SPARE)


def known_models() -> list[Known]:
    """The models at hand, the bundled writer first."""
    return [_bundled(), *(_known(name, "cache", folder) for name, folder in cached_checkpoints())]


def _bundled() -> Known:
    """The writer that comes with newsum, with the language model that its adapter belongs to."""
    head, figures = _card(BUNDLED)
    adapter = BUNDLED / "adapter.safetensors"
    base = sorted(BASE.glob("*.safetensors"))
    return Known(
        name=NAME,
        place="bundled",
        folder=BUNDLED,
        family="llama",
        size=sum(file.stat().st_size for file in (adapter, *base) if file.exists()),
        parameters=PARAMETERS,
        licence=head.get("license", ""),
        figures=figures,
        engine="ctranslate2",
        trouble="" if adapter.exists() else f"{adapter} is missing: install newsum again",
    )


def _known(name: str, place: str, folder: Path) -> Known:
    config, trouble = _config(folder)
    family = str(config.get("model_type", ""))
    causal = is_causal(config)
    converts = family in (DECODERS if causal else ENCODER_DECODERS)
    engine = "" if trouble else "ctranslate2" if converts else "torch"
    head, figures = _card(folder)
    files = sorted(folder.glob("*.safetensors"))
    return Known(
        name=name,
        place=place,
        folder=folder,
        family=family,
        size=sum(file.stat().st_size for file in files),
        parameters=sum(map(_parameters, files)),
        licence=head.get("license", ""),
        figures=figures,
        engine=engine,
        trouble=trouble,
    )


def _config(folder: Path) -> tuple[Mapping[str, Any], str]:
    """A checkpoint's config, and why it must not be loaded, or ""."""
    try:
        return locate(folder).config, ""
    except CheckpointError as error:
        with suppress(CheckpointError):
            return read_object(folder / "config.json"), str(error)
        return {}, str(error)


def _card(folder: Path) -> tuple[Mapping[str, str], str]:
    """What a checkpoint's card states at its head, and what it says of its scores."""
    try:
        text = (folder / "README.md").read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return {}, ""
    head = found["head"] if (found := _CARD.match(text)) else ""
    pairs = (row.split(":", 1) for row in head.splitlines() if re.match(r"\w+: *\S", row))
    said = _FIGURES.search(text)
    return {key: value.strip() for key, value in pairs}, " ".join(said["said"].split()) if said else ""


def _parameters(file: Path) -> int:
    """How many numbers a safetensors file holds, by its header."""
    with suppress(OSError, ValueError, KeyError, TypeError, AttributeError), file.open("rb") as stream:
        length = int.from_bytes(stream.read(8), "little")
        header = json.loads(stream.read(min(length, 100_000_000)))
        entries = (entry for name, entry in header.items() if name != "__metadata__")
        return sum(_product(entry["shape"]) for entry in entries)
    return 0


def _product(shape: list[int]) -> int:
    found = 1
    for size in shape:
        found *= size
    return found
