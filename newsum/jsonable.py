"""This module turns frozen dataclasses into plain JSON values and back, each field checked against its annotation.

On the way back every field must be there, and none may be unknown.
"""

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from types import UnionType
from typing import Any, Literal, TypeVar, get_args, get_origin, get_type_hints

from newsum.errors import SummaryError
from newsum.system.patterns import regex

__all__ = ["plain", "typed", "written"]

T = TypeVar("T")

_WANTED: Mapping[Any, str] = {
    str: "text",
    int: "a whole number",
    float: "a number from 0 to 1",
    bool: "true or false",
    tuple: "a list",
    Mapping: "an object",
}


_SURROGATE = regex("[\ud800-\udfff]")  # half a character, as broken JSON has it; no UTF-8 file can hold one


def written(values: Any, *, indent: int | None = None) -> str:
    """JSON that any UTF-8 file can hold."""
    text = json.dumps(values, ensure_ascii=False, indent=indent)
    return _SURROGATE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def plain(value: Any) -> Any:
    """A dataclass as a dict and a tuple as a list, all the way down; a mapping holds JSON values already."""
    if is_dataclass(value):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return dict(value)
    return [plain(item) for item in value] if isinstance(value, tuple) else value


def typed(kind: type[T], values: Any, place: str, prefix: str = "") -> T:
    """The dataclass that `plain` took apart.

    Args:
        place: what messages call it ("lines[0]").
        prefix: what its fields' names begin with in messages ("lines[0].").

    Raises:
        SummaryError: a field is missing, unknown or of the wrong type.
    """
    if not isinstance(values, Mapping):
        raise SummaryError(f"{place} must be an object, not {_called(values)}")
    hints = get_type_hints(kind)
    if missing := [name for name in hints if name not in values]:
        raise SummaryError(f'{place} has no "{missing[0]}"')
    if unknown := [name for name in values if name not in hints]:
        raise SummaryError(f'{place} has a field "{unknown[0]}" that this newsum does not know')
    return kind(**{name: _value(hint, values[name], f"{prefix}{name}") for name, hint in hints.items()})


def _value(hint: Any, value: Any, place: str) -> Any:
    """A JSON value as the type that a field is annotated with."""
    origin, inner = get_origin(hint) or hint, get_args(hint)
    if origin is UnionType:  # X | None
        return None if value is None else _value(inner[0], value, place)
    if is_dataclass(hint) and isinstance(hint, type):
        return typed(hint, value, place, f"{place}.")
    if origin is tuple and isinstance(value, list | tuple):
        return _values(inner, value, place)
    if origin is Mapping and isinstance(value, Mapping):
        return dict(value)
    if origin is float and type(value) in (int, float) and 0 <= value <= 1:
        return float(value)
    if (origin is Literal and isinstance(value, str) and value in inner) or type(value) is origin in (str, int, bool):
        return value
    wanted = f"one of {', '.join(inner)}" if origin is Literal else _WANTED[origin]
    raise SummaryError(f"{place} must be {wanted}, not {_called(value)}")


def _values(inner: tuple[Any, ...], values: list[Any] | tuple[Any, ...], place: str) -> tuple[Any, ...]:
    if inner[1:] == (...,):
        return tuple(_value(inner[0], value, f"{place}[{n}]") for n, value in enumerate(values))
    if len(inner) != len(values):
        raise SummaryError(f"{place} must be {len(inner)} values, not {len(values)}")
    return tuple(_value(hint, value, place) for hint, value in zip(inner, values, strict=True))


def _called(value: object) -> str:
    """A wrong value as a message can hold it."""
    if isinstance(value, Mapping):
        return "an object"
    shown = "null" if value is None else repr(value)
    return shown if len(shown) <= 60 else f"{shown[:60]}…"
