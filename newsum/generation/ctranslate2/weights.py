"""A checkpoint's tensors, looked up by name and read when they are needed.

In: its safetensors files (one, or shards). Out: `Weights`, numpy arrays mapped from the files: nothing is in memory
before it is used. numpy has no bfloat16, so tensors of it come as the 32-bit numbers whose upper half they are.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["Unconvertible", "Weights"]

_TYPES = {"F64": "<f8", "F32": "<f4", "F16": "<f2", "BF16": "<u2", "U8": "u1", "I8": "i1"}
_LONGEST_HEADER = 100_000_000  # bytes, as the format has it


class Unconvertible(Exception):
    """A checkpoint that CTranslate2 cannot run as it is; the message says what of it, beginning with "its"."""


class Weights:
    """The tensors of a few safetensors files.

    Raises:
        Unconvertible: a file is damaged.
    """

    def __init__(self, files: Sequence[Path]) -> None:
        self._entries: dict[str, tuple[Path, int, Mapping[str, Any]]] = {}
        for file in files:
            try:
                start, header = _header(file)
            except (OSError, ValueError, RecursionError) as error:
                raise Unconvertible(f"its {file.name} cannot be read ({error})") from error
            self._entries |= {name: (file, start, entry) for name, entry in header.items()}

    def __contains__(self, name: object) -> bool:
        return name in self._entries

    def __getitem__(self, name: str) -> NDArray[Any]:
        file, start, entry = self._entry(name)
        if entry["dtype"] not in _TYPES:
            raise Unconvertible(f"its {name} is of type {entry['dtype']}")
        try:
            offset = start + entry["data_offsets"][0]
            mapped = np.memmap(file, _TYPES[entry["dtype"]], mode="r", offset=offset, shape=tuple(entry["shape"]))
        except (OSError, ValueError, KeyError) as error:
            raise Unconvertible(f"its {file.name} cannot be read ({error})") from error
        if entry["dtype"] == "BF16":
            return (mapped.astype("<u4") << 16).view("<f4")
        return mapped

    def shape(self, name: str) -> tuple[int, ...]:
        return tuple(self._entry(name)[2]["shape"])

    def later(self, *names: str, skip: int = 0) -> Callable[[], NDArray[Any]]:
        """Reads a tensor, or several laid end to end, less its first rows; that they are there is checked at once."""
        for name in names:
            self._entry(name)
        return lambda: (self[names[0]] if len(names) == 1 else np.concatenate([self[name] for name in names]))[skip:]

    def _entry(self, name: str) -> tuple[Path, int, Mapping[str, Any]]:
        if name not in self._entries:
            raise Unconvertible(f"its weights lack {name}")
        return self._entries[name]


def _header(file: Path) -> tuple[int, dict[str, Any]]:
    """(where the tensors begin, the entries by name) of a safetensors file; ValueError where it is none."""
    size = file.stat().st_size
    with file.open("rb") as stream:
        length = int.from_bytes(stream.read(8), "little")
        if not 0 < length <= min(size - 8, _LONGEST_HEADER):
            raise ValueError("it is no safetensors file")
        header = json.loads(stream.read(length))
    if not isinstance(header, dict):
        raise ValueError("its header is no JSON object")
    entries = {name: entry for name, entry in header.items() if name != "__metadata__"}
    if not all(map(_is_entry, entries.values())):
        raise ValueError("its header does not say where its tensors are")
    if 8 + length + max((entry["data_offsets"][1] for entry in entries.values()), default=0) > size:
        raise ValueError("it is cut off")
    return 8 + length, entries


def _is_entry(entry: Any) -> bool:
    """Whether a header's entry gives a tensor's type, shape and place."""
    if not isinstance(entry, dict) or not isinstance(entry.get("dtype"), str):
        return False
    shape, place = entry.get("shape"), entry.get("data_offsets")
    numbers = [*shape, *place] if isinstance(shape, list) and isinstance(place, list) and len(place) == 2 else [-1]
    return all(type(number) is int and number >= 0 for number in numbers)
