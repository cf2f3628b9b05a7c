"""Says what a writer is trained on: reports, the lines written so far, and the lines that come next.

In: JSON lines, gzipped or not. Out: `WriterRow`s, lines with a fault named by file and number.
"""

import json
from pathlib import Path
from typing import NamedTuple

from newsum.errors import SettingsError
from newsum.tuning.lines import read_lines

__all__ = ["WriterRow", "read_rows"]


class WriterRow(NamedTuple):
    """One lesson.

    Attributes:
        reports: (outlet, text) of each report that the writer sees.
        told: the lines of the brief that stand already; nothing is learnt of them.
        lines: the lines that come next, one sentence each.
        family: what kind of row it is, for counts.
    """

    reports: tuple[tuple[str, str], ...]
    told: tuple[str, ...]
    lines: tuple[str, ...]
    family: str = ""


def read_rows(path: Path) -> list[WriterRow]:
    """The rows of a file.

    Raises:
        SettingsError: the file cannot be read, or a line is no row.
    """
    return read_lines(path, _row)


def _row(line: str, where: str) -> WriterRow:
    try:
        found = json.loads(line)
        reports = tuple((str(report["outlet"]), str(report["text"])) for report in found["reports"])
        told, lines = tuple(map(str, found.get("told", ()))), tuple(map(str, found["lines"]))
    except (ValueError, KeyError, TypeError) as error:
        raise SettingsError(
            f'{where}: a row is {{"reports": [{{"outlet", "text"}}, ...], "told": [...], "lines": [...]}}'
        ) from error
    if not reports or not lines:
        raise SettingsError(f"{where}: a row needs at least one report and one line")
    return WriterRow(reports, told, lines, str(found.get("family", "")))
