"""Writes CTranslate2's model files, and offers the parts that all architectures are laid out from.

In: the variables of a model by CTranslate2's names, each read when it is written. Out: model.bin, binary version 6 as
`ctranslate2.specs.model_spec` lays it out (a test compares the two), its config and its vocabulary. 8-bit weights have
a scale for each row.
"""

import json
import struct
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

from newsum.generation.ctranslate2.weights import Unconvertible, Weights

__all__ = [
    "Array",
    "Config",
    "Variables",
    "activation_number",
    "first_of",
    "linear",
    "norm",
    "require_shape",
    "scalar",
    "whole",
    "write_json",
    "write_model",
]

Array = NDArray[Any]
Variables = dict[str, Callable[[], Array]]
Config = Mapping[str, Any]

_BINARY_VERSION = 6
_TYPES = ("float32", "int8", "int16", "int32")  # their places are their numbers
_ACTIVATIONS = {
    "relu": 0,
    "gelu_new": 1,
    "gelu_fast": 1,
    "gelu_pytorch_tanh": 1,
    "silu": 2,
    "swish": 2,
    "gelu": 3,
    "gelu_python": 3,
}
# The largest 8-bit weight of a row. Products with 8-bit activations are added in pairs, in 16 bits where a CPU has
# AVX2 but not VNNI, and pairs of large ones are cut off there. With 127 log-probabilities of a BART of 30M are
# .052 off those in 32 bits on such a CPU (.035 with exact sums); from 86 to 104 they are .036 off.
_LARGEST = 96.0


def linear(weights: Weights, target: str, *sources: str) -> Variables:
    """One matrix, or several that are computed at once."""
    found = {f"{target}/weight": weights.later(*(f"{source}.weight" for source in sources))}
    if f"{sources[0]}.bias" in weights:
        found[f"{target}/bias"] = weights.later(*(f"{source}.bias" for source in sources))
    return found


def norm(weights: Weights, target: str, source: str) -> Variables:
    found = {f"{target}/gamma": weights.later(f"{source}.weight")}
    if f"{source}.bias" in weights:
        found[f"{target}/beta"] = weights.later(f"{source}.bias")
    return found


def first_of(weights: Weights, *names: str) -> str:
    """The name under which a tensor that has several was saved."""
    return next((name for name in names if name in weights), names[0])


def scalar(value: float, kind: str) -> Callable[[], Array]:
    return lambda: np.asarray(value, dtype=kind)


def activation_number(name: str) -> int:
    if name not in _ACTIVATIONS:
        raise Unconvertible(f"its activation is {name}")
    return _ACTIVATIONS[name]


def whole(config: Config, key: str) -> int:
    """A count that the config states, 1 or more."""
    value = config.get(key)
    if not isinstance(value, int) or isinstance(value, bool):
        raise Unconvertible(f"its config.json does not state {key}")
    if value < 1:
        raise Unconvertible(f"its config.json states {key} {value}")
    return value


def require_shape(weights: Weights, name: str, shape: tuple[int, ...]) -> None:
    """Raises Unconvertible where a tensor is not what the config makes it.

    CTranslate2 divides by such numbers, and takes the process down where they do not fit.
    """
    if weights.shape(name) != shape:
        raise Unconvertible(f"its {name} is {weights.shape(name)} and not {shape}, as its config says")


def write_model(
    path: Path, spec: tuple[str, int], variables: Variables, aliases: Mapping[str, str], *, int8: bool
) -> None:
    """Writes a model.bin; `spec` is the architecture's name in CTranslate2 and its revision."""
    with path.open("wb") as file:
        _write(file, spec, variables, aliases, int8=int8)


def _write(
    file: BinaryIO, spec: tuple[str, int], variables: Variables, aliases: Mapping[str, str], *, int8: bool
) -> None:
    scaled = {name for name in variables if int8 and name.endswith("/weight")}
    file.write(struct.pack("<I", _BINARY_VERSION))
    _write_name(file, spec[0].encode())
    file.write(struct.pack("<II", spec[1], len(variables) + len(scaled)))
    for name in sorted(variables):
        if name in scaled:
            for named, array in _in_8_bits(name, variables[name]()):
                _write_array(file, named, array)
        else:
            _write_array(file, name, variables[name]())
    named_again = [*aliases.items(), *((f"{a}_scale", f"{b}_scale") for a, b in aliases.items() if b in scaled)]
    file.write(struct.pack("<I", len(named_again)))
    for alias, name in named_again:
        _write_name(file, alias.encode())
        _write_name(file, name.encode())


def _in_8_bits(name: str, values: Array) -> Iterator[tuple[str, Array]]:
    """(name, array) of the rounded rows, and of what each was multiplied with."""
    rounded = np.empty(values.shape, np.int8)
    scales = np.empty(len(values), np.float32)
    for start in range(0, len(values), 4096):  # rows at once: the largest matrix is never held twice in 32 bits
        rows = values[start : start + 4096].astype(np.float32)
        largest = np.abs(rows).max(axis=1)
        scales[start : start + 4096] = scale = _LARGEST / np.where(largest == 0, _LARGEST, largest)
        rounded[start : start + 4096] = np.rint(rows * scale[:, None])
    yield name, rounded
    yield f"{name}_scale", scales


def _write_array(file: BinaryIO, name: str, array: Array) -> None:
    if array.dtype.name not in _TYPES:
        array = array.astype(np.float32)
    _write_name(file, name.encode())
    file.write(struct.pack(f"<B{array.ndim}I", array.ndim, *array.shape))
    file.write(struct.pack("<BI", _TYPES.index(array.dtype.name), array.nbytes))
    file.write(np.ascontiguousarray(array).data)


def _write_name(file: BinaryIO, name: bytes) -> None:
    file.write(struct.pack("<H", len(name) + 1) + name + b"\0")


def write_json(path: Path, value: Any) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=0), encoding="utf-8")
