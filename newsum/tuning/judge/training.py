"""Trains the judge on rows for so many minutes of clock time; stops and goes on where it stopped.

In: rows in any order, a `Plan`. Out: a judge's folder, and in it what a later run goes on from (adapting/loop.py).
"""

import random
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import torch

from newsum.generation.base import BASE, Base
from newsum.judging.folders import read_folder
from newsum.tuning.adapting.llama import compiled, load_tokenizer
from newsum.tuning.adapting.loop import Plan, run
from newsum.tuning.adapting.packing import Packed, Tree, endless
from newsum.tuning.judge.exporting import export
from newsum.tuning.judge.model import LAYERS, JudgeModel, encoded, loss_of
from newsum.tuning.judge.rows import Row

__all__ = ["train"]

_ROWS, _LENGTH = 8, 288  # of a batch: fixed, so that one graph is compiled
_CLAIMS = 6  # of one premise at a time
_POOL = 2_500  # premises that are packed together
# Of premises longer than so many words (a sixth, with half of the tokens) one in four is kept in each pass: what is to
# be learnt is in short ones as often
_LONG, _OF_LONG = 90, 0.25
_TWICE = 2.0  # the most that a row weighs which comes more than once

Premise = tuple[str, Counter[tuple[str, str]]]  # its (hypothesis, label)s, and how often each comes


def train(rows: Sequence[Row], out: Path, plan: Plan, *, start: Path | None = None, base: Path = BASE) -> None:
    """Trains and saves to `out`.

    Args:
        start: the judge's folder whose weights are the first ones; None starts from the base alone.

    Raises:
        SettingsError: there are too few rows for one batch.
        CheckpointError: `start` is no judge's folder.
    """
    torch.manual_seed(plan.seed)
    read = Base(base, layers=LAYERS)
    model, tokenizer = JudgeModel(read), load_tokenizer(read)
    if start is not None and not plan.resume:
        model.start_from(read_folder(start).path / "adapter.safetensors")
    compiled(model.language)

    def loss(batch: Packed) -> torch.Tensor:
        wanted = batch.targets >= 0
        return loss_of(model(batch), batch.targets[wanted], batch.weights[wanted])

    premises = _by_premise(rows)
    run(model, lambda seed: _batches(premises, tokenizer, random.Random(seed)), loss, out, plan)
    export(model, read, out)


def _by_premise(rows: Sequence[Row]) -> list[Premise]:
    found: dict[str, Counter[tuple[str, str]]] = defaultdict(Counter)
    for row in rows:
        found[row.premise][row.hypothesis, row.label] += 1
    return list(found.items())


def _batches(premises: list[Premise], tokenizer: Any, order: random.Random) -> Iterator[Packed]:
    def trees(premise: Premise) -> Iterator[Tree]:
        text, claims = premise
        if len(text.split()) > _LONG and order.random() >= _OF_LONG:
            return
        told = [(claim, label, min(_TWICE, float(count))) for (claim, label), count in claims.items()]
        order.shuffle(told)
        for n in range(0, len(told), _CLAIMS):
            yield encoded(tokenizer, text, told[n : n + _CLAIMS])

    return endless(premises, trees, pool=_POOL, rows=_ROWS, length=_LENGTH, order=order)
