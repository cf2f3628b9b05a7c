"""Reads rows to train on: a file of JSON lines, plain or gzip.

In: a file, and what makes a row of a line. Out: rows, each fault named by file and line.
"""

import gzip
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from newsum.errors import SettingsError

__all__ = ["read_lines"]

T = TypeVar("T")


def read_lines(path: Path, row: Callable[[str, str], T]) -> list[T]:
    """A row for each line that is not blank.

    Args:
        row: from a line and where it stands, such as "rows.jsonl, line 3".

    Raises:
        SettingsError: the file cannot be read; what `row` raises.
    """
    try:
        with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
            return [row(line, f"{path}, line {number}") for number, line in enumerate(lines, 1) if line.strip()]
    except (OSError, EOFError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path} cannot be read ({error}); pass a file of JSON lines, plain or gzip") from error
