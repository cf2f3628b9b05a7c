"""Reads the pairs that a judge is trained on.

In: JSON lines, plain or gzip. Out: `Row`s.
"""

import json
from pathlib import Path
from typing import Any, NamedTuple

from newsum.errors import SettingsError
from newsum.tuning.lines import read_lines

__all__ = ["LABELS", "Row", "read_rows"]

LABELS = ("entailed", "neutral", "contradicted", "unsupported")  # the fourth: neutral or contradicted, not told which


class Row(NamedTuple):
    """One training or development pair; `label` is one of LABELS, `family` names its kind or set."""

    premise: str
    hypothesis: str
    label: str
    family: str = ""


def read_rows(path: Path) -> list[Row]:
    """The rows of a file.

    Raises:
        SettingsError: it cannot be read, or a line is no row.
    """
    return read_lines(path, _row)


def _row(line: str, where: str) -> Row:
    try:
        found: Any = json.loads(line)
        row = Row(str(found["premise"]), str(found["hypothesis"]), found["label"], str(found.get("family", "")))
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise SettingsError(f'{where} is no object with "premise", "hypothesis" and "label"') from error
    if row.label not in LABELS or not row.premise.strip() or not row.hypothesis.strip():
        raise SettingsError(f"{where}: a label is one of {', '.join(LABELS)}, and both texts must say something")
    return row
