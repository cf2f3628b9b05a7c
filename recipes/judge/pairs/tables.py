"""Reads the tables of patterns and templates that stand beside the recipes as tab-separated text."""

from functools import cache
from pathlib import Path

__all__ = ["read_table"]


@cache
def read_table(name: str) -> tuple[tuple[str, ...], ...]:
    """The rows of a table of this folder, less its heading."""
    lines = (Path(__file__).parent / name).read_text(encoding="utf-8").splitlines()[1:]
    return tuple(tuple(line.split("\t")) for line in lines)
