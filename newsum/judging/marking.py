"""Says how an editor reads a line where it stands: what a reader of briefs is asked and answers.

In: what is told already, possible lines. Out: `Marks`. A language judge whose folder has a marks.json reads so
(language.py): for each mark one more row of the vocabulary, whose logit at the line's last token is the mark, less a
constant. recipes.marking fitted the rows, on the states of the judge as it is, to what readers made of training
stories: which of a story's first sentences an editor would have open a brief, which he would have follow an opening,
and in which line of a brief one finds nothing wrong (recipes/read_openings.tsv, read_briefs.tsv, read_lines.tsv).
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, Protocol, cast

import numpy as np
from numpy.typing import NDArray

from newsum.errors import CheckpointError

__all__ = ["MARKS", "Heads", "Marker", "Marks", "marker_of", "read_heads"]


class Marks(NamedTuple):
    """What a reader makes of a line.

    Attributes:
        opens: how well it would open the brief, about 0 to 1, where the newest headlines are told.
        follows: the log-odds that an editor has it follow, where the headline and the opening are told.
        prints: the log-odds that nothing is wrong with it after the headline and the lines that are told.
    """

    opens: float
    follows: float
    prints: float


MARKS = Marks._fields


class Marker(Protocol):
    """Whatever reads lines as an editor does.

    Attributes:
        reads_lines: whether it does.
    """

    @property
    def reads_lines(self) -> bool: ...

    def marks(self, told: str, lines: Sequence[str]) -> Sequence[Marks]:
        """The marks of each line, in order; they do not depend on the other lines."""
        ...


def marker_of(judge: object) -> Marker | None:
    """A judge that also reads lines; None where it does not, or none is asked."""
    return cast(Marker, judge) if getattr(judge, "reads_lines", False) else None


@dataclass(frozen=True, slots=True, eq=False)
class Heads:
    """What makes marks of a model's states.

    Attributes:
        names: of the marks.
        rows: (marks, hidden).
        constants: (marks,).
        digest: of the file, 8 hexadecimal digits.
    """

    names: tuple[str, ...]
    rows: NDArray[np.float32]
    constants: tuple[float, ...]
    digest: str


def read_heads(file: Path) -> Heads | None:
    """The heads of a judge's folder; None where it has none.

    Raises:
        CheckpointError: the file is not what `recipes.marking` writes.
    """
    try:
        text = file.read_bytes()
    except FileNotFoundError:
        return None
    try:
        found = json.loads(text)
        rows = np.array([found[name]["weights"] for name in MARKS], dtype=np.float32)
        constants = tuple(float(found[name]["constant"]) for name in MARKS)
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise CheckpointError(f"{file} holds no marks of lines: install newsum again, or remove it") from error
    if rows.ndim != 2 or not np.isfinite(rows).all():
        raise CheckpointError(f"{file} holds no marks of lines: install newsum again, or remove it")
    return Heads(MARKS, rows, constants, hashlib.sha256(text).hexdigest()[:8])
