"""Measures a judge on the public development pairs: how often a true pair scores above a false one, set by set.

In: a judge as newsum runs it, the data folder. Out: AUC of "entailed" by set and their mean. False passes and alarms by
kind, on pairs made of news, are measured by benchmarks.judging.
"""

import random
from pathlib import Path

import numpy as np

from newsum.judging import Judge
from recipes.fitting import auc
from recipes.judge.house import sentences_of
from recipes.judge.rows import Row, narrowed, public_rows

__all__ = ["areas", "measure"]

_SAMPLE = 250  # rows of each set: the standard error of an AUC of .85 is then .024


def measure(judge: Judge, data: Path, *, sample: int = _SAMPLE) -> None:
    """Prints the figures; sets that may not be trained on are measured too."""
    for name in ("sentences_dev", "claims_dev"):
        found = areas(judge, data, name, sample=sample)
        for family, area in found.items():
            print(f"  {name} {family}: AUC {area:.3f}", flush=True)
        print(f"  {name}: mean AUC {np.mean(list(found.values())):.3f}", flush=True)


def areas(judge: Judge, data: Path, name: str, *, sample: int = _SAMPLE) -> dict[str, float]:
    """AUC of "entailed" on each set of a file of public pairs, of at most so many drawn from it."""
    rows = list(public_rows(data / "entailment" / f"{name}.jsonl.gz", free_only=False))
    found: dict[str, float] = {}
    for family in sorted({row.family for row in rows}):
        own = [row for row in rows if row.family == family]
        found[family] = _auc(judge, random.Random(3).sample(own, min(sample, len(own))))
    return found


def _auc(judge: Judge, rows: list[Row]) -> float:
    pairs = [(narrowed(sentences_of(row.premise), row.hypothesis), row.hypothesis) for row in rows]
    entailed = np.array([answer.entailed for answer in judge.entailment(pairs)])
    labels = np.array([row.label == "entailed" for row in rows])
    return auc(entailed[labels], entailed[~labels])
