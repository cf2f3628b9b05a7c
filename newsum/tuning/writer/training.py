"""Trains the writer on rows for so many minutes of clock time; stops and goes on where it stopped.

In: rows in any order, a `Plan`. Out: a writer's folder, and in it what a later run goes on from (adapting/loop.py).
"""

import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import torch

from newsum.generation.base import BASE, Base
from newsum.tuning.adapting.llama import compiled, load_tokenizer, start_from
from newsum.tuning.adapting.loop import Plan, run
from newsum.tuning.adapting.packing import Packed, Tree, endless
from newsum.tuning.writer.exporting import export
from newsum.tuning.writer.model import LAYERS, WriterModel, encoded
from newsum.tuning.writer.rows import WriterRow

__all__ = ["train"]

_ROWS, _LENGTH = 4, 512  # of a batch: fixed, so that one graph is compiled
_POOL = 1_000  # reports that are packed together


def train(rows: Sequence[WriterRow], out: Path, plan: Plan, *, start: Path | None = None, base: Path = BASE) -> None:
    """Trains and saves to `out`.

    Args:
        start: the writer's folder whose weights are the first ones; None starts from the base alone.

    Raises:
        SettingsError: there are too few rows for one batch.
        CheckpointError: `start` is no writer's folder, or the base lacks layers.
    """
    torch.manual_seed(plan.seed)
    read = Base(base, layers=LAYERS)
    model, tokenizer = WriterModel(read), load_tokenizer(read)
    if start is not None and not plan.resume:
        start_from(model.language, start / "adapter.safetensors")
    compiled(model.language)
    lessons = _by_reports(rows)
    run(model, lambda seed: _batches(lessons, tokenizer, random.Random(seed)), model, out, plan)
    export(model, read, out)


def _by_reports(rows: Sequence[WriterRow]) -> list[list[WriterRow]]:
    found: dict[tuple[tuple[str, str], ...], list[WriterRow]] = defaultdict(list)
    for row in rows:
        found[row.reports].append(row)
    return list(found.values())


def _batches(lessons: list[list[WriterRow]], tokenizer: Any, order: random.Random) -> Iterator[Packed]:
    def trees(rows: list[WriterRow]) -> Iterator[Tree]:
        tree = encoded(tokenizer, rows, most=_LENGTH)
        if tree.branches:
            yield tree

    return endless(lessons, trees, pool=_POOL, rows=_ROWS, length=_LENGTH, order=order)
