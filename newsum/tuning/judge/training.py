"""Trains the judge on rows for so many minutes of clock time; stops and goes on where it stopped.

In: rows in any order, minutes. Out: a judge's folder, and in it the optimiser's state and the step (resume.*), written
every few minutes; the learning rate falls to nothing over the last part of the time, so that a run is as good as its
time allows whenever it ends ("warm-up, stable, decay").
"""

import json
import random
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file, save_file

from newsum.errors import SettingsError
from newsum.generation.base import BASE, Base
from newsum.judging.folders import read_folder
from newsum.tuning.judge.exporting import export
from newsum.tuning.judge.llama import compiled
from newsum.tuning.judge.model import LAYERS, JudgeModel, encoded, load_tokenizer, loss_of
from newsum.tuning.judge.packing import Packed, packed
from newsum.tuning.judge.rows import Row

__all__ = ["train"]

_ROWS, _LENGTH = 8, 288  # of a batch: fixed, so that one graph is compiled
_CLAIMS = 6  # of one premise at a time
_POOL = 2_500  # premises that are packed together
# Of premises longer than so many words (a sixth, with half of the tokens) one in four is kept in each pass: what is to
# be learnt is in short ones as often
_LONG, _OF_LONG = 90, 0.25
_TWICE = 2.0  # the most that a row weighs which comes more than once
_WARM_UP = 60  # steps
_CHECKPOINT = 240  # seconds

Premise = tuple[str, Counter[tuple[str, str]]]  # its (hypothesis, label)s, and how often each comes


def train(
    rows: Sequence[Row],
    out: Path,
    *,
    minutes: float,
    start: Path | None = None,
    base: Path = BASE,
    decay: float = 0.3,
    rate: float = 5e-4,
    seed: int = 1,
    resume: bool = False,
    steps: int | None = None,
) -> None:
    """Trains and saves to `out`.

    Args:
        start: the judge's folder whose weights are the first ones; None starts from the base alone.
        minutes: clock time, loading excepted.
        decay: the share of the time at its end in which the learning rate falls to nothing; 0 leaves it up, for a
            run that is to go on.
        resume: go on from `out`'s weights and optimiser, with the rows in another order.
        steps: stop after so many, if that comes first.

    Raises:
        SettingsError: there are too few rows for one batch.
        CheckpointError: `start` is no judge's folder.
    """
    torch.manual_seed(seed)
    read = Base(base, layers=LAYERS)
    model, tokenizer = JudgeModel(read), load_tokenizer(read)
    if start is not None and not resume:
        model.start_from(read_folder(start).path / "adapter.safetensors")
    compiled(model.language)
    weights = dict(model.named_parameters())
    optimiser = torch.optim.AdamW(_groups(weights), lr=rate, betas=(0.9, 0.98), fused=True)
    first = step = _restored(weights, optimiser, out) if resume else 0
    begin = saved = time.monotonic()
    claims, losses = 0, []
    for batch in _batches(_by_premise(rows), tokenizer, random.Random(seed + step)):
        gone = (time.monotonic() - begin) / 60
        if gone >= minutes or step - first == steps:
            break
        left = (minutes - gone) / (minutes * decay) if decay else 1.0
        for group in optimiser.param_groups:
            group["lr"] = rate * min(1.0, (step - first + 1) / _WARM_UP, left)
        wanted = batch.targets >= 0
        loss = loss_of(model(batch), batch.targets[wanted], batch.weights[wanted])
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(weights.values(), 1.0)
        optimiser.step()
        optimiser.zero_grad()
        step, claims = step + 1, claims + int(wanted.sum())
        losses.append(loss.item())
        if step % 25 == 0:
            speed = claims / (time.monotonic() - begin)
            print(f"{gone:6.1f} min  step {step}  loss {sum(losses) / 25:.4f}  {speed:.1f} claims/s", flush=True)
            losses.clear()
        if time.monotonic() - saved > _CHECKPOINT:
            _save(weights, optimiser, out, step)
            saved = time.monotonic()
    _save(weights, optimiser, out, step)
    export(model, read, out)


def _groups(weights: dict[str, torch.nn.Parameter]) -> list[dict[str, object]]:
    """Matrices with weight decay, the norm without."""
    matrices = [weight for weight in weights.values() if weight.ndim > 1]
    return [
        {"params": matrices, "weight_decay": 0.01},
        {"params": [weight for weight in weights.values() if weight.ndim < 2], "weight_decay": 0.0},
    ]


def _by_premise(rows: Sequence[Row]) -> list[Premise]:
    found: dict[str, Counter[tuple[str, str]]] = defaultdict(Counter)
    for row in rows:
        found[row.premise][row.hypothesis, row.label] += 1
    return list(found.items())


def _batches(premises: list[Premise], tokenizer: Any, order: random.Random) -> Iterator[Packed]:
    """Batches without end, each pass in another order."""
    while True:
        some = False
        order.shuffle(premises)
        for start in range(0, len(premises), _POOL):
            trees = []
            for premise, claims in premises[start : start + _POOL]:
                if len(premise.split()) > _LONG and order.random() >= _OF_LONG:
                    continue
                told = [(text, label, min(_TWICE, float(count))) for (text, label), count in claims.items()]
                order.shuffle(told)
                parts = (told[n : n + _CLAIMS] for n in range(0, len(told), _CLAIMS))
                trees += [encoded(tokenizer, premise, part) for part in parts]
            for batch in packed(trees, rows=_ROWS, length=_LENGTH, order=order):
                some = True
                yield batch
        if not some:
            raise SettingsError(f"the rows fill no batch of {_ROWS * _LENGTH:,} tokens; pass some hundreds at least")


def _save(weights: dict[str, torch.nn.Parameter], optimiser: torch.optim.Optimizer, out: Path, step: int) -> None:
    out.mkdir(parents=True, exist_ok=True)
    state = {f"weight.{name}": weight.data for name, weight in weights.items()}
    for name, weight in weights.items():
        for key, value in optimiser.state[weight].items():
            state[f"{key}.{name}"] = value
    save_file(state, out / "resume.safetensors.tmp")
    (out / "resume.safetensors.tmp").replace(out / "resume.safetensors")
    (out / "resume.json").write_text(json.dumps({"step": step}) + "\n")


def _restored(weights: dict[str, torch.nn.Parameter], optimiser: torch.optim.Optimizer, out: Path) -> int:
    state = load_file(out / "resume.safetensors")
    for name, weight in weights.items():
        weight.data.copy_(state[f"weight.{name}"])
        optimiser.state[weight] = {key: state[f"{key}.{name}"] for key in ("step", "exp_avg", "exp_avg_sq")}
    return int(json.loads((out / "resume.json").read_text())["step"])
