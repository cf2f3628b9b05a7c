"""Keeps a judge's answers in a file, so that a benchmark asks each pair once however often it is run.

A judge's answer to a pair does not change while its revision does not, so what is kept under another revision is not
read. The file is a user's own, named on the command line; none comes with newsum.
"""

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

from newsum.judging import Entailment, Judge, Pair, described

__all__ = ["Remembered"]


class Remembered:
    """A judge that writes what it answers into a file, and asks the other one only what is not there yet.

    Args:
        path: JSON lines; None keeps the answers for this run alone.

    Attributes:
        asked: how many pairs it was asked, those that were kept among them.
    """

    def __init__(self, judge: Judge, path: Path | None = None) -> None:
        self._judge, self._path = judge, path
        described_as = described(judge)
        self.name, self.revision = described_as["name"], described_as["revision"]
        self.asked = 0
        self._known: dict[str, tuple[float, float, float, int]] = {}
        if path is not None and path.exists():
            with path.open(encoding="utf-8") as lines:
                self._known = {key: tuple(found) for key, found in map(json.loads, lines)}

    def entailment(self, pairs: Sequence[Pair]) -> list[Entailment]:
        """One answer a pair, in order."""
        self.asked += len(pairs)
        keys = [self._key(pair) for pair in pairs]
        new = {key: pair for key, pair in zip(keys, pairs, strict=True) if key not in self._known}
        if new:
            answers = self._judge.entailment(list(new.values()))
            found = {k: (a.entailed, a.neutral, a.contradicted, a.left_out) for k, a in zip(new, answers, strict=True)}
            self._known |= found
            if self._path is not None:
                with self._path.open("a", encoding="utf-8") as out:
                    out.writelines(f"{json.dumps(row)}\n" for row in found.items())
        return [Entailment(*self._known[key]) for key in keys]

    def _key(self, pair: Pair) -> str:
        return hashlib.sha256("\0".join((str(self.revision), *pair)).encode()).hexdigest()[:24]
