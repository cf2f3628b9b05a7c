"""Trains a base on rows for so many minutes of clock time; stops and goes on where it stopped.

In: a `Base`, rows in any order, minutes.
Out: a folder with the weights in transformers' form, the optimiser's state and the place in the rows (safetensors and
JSON, no pickle), written every few minutes; the learning rate falls to nothing over the last part of the time, so
that a run is as good as its time allows whenever it ends ("warm-up, stable, decay").
"""

import json
import random
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file

from recipes.judge.bases import Base, loss_of
from recipes.judge.rows import LABELS, Row

__all__ = ["train"]

_TOKENS = (
    1_536  # a batch, padding counted: some 24 pairs of 64; the optimiser takes 1% of a step, so small ones cost nothing
)
_LONGEST = 288  # tokens; longer rows are left out: 3% of them
# Of rows longer than _LONG tokens (a third, with two thirds of the tokens) one in five is kept: the edits to be learnt
# are as many in short premises
_LONG, _OF_LONG = 128, 0.2
_POOL = 60  # batches' worth of rows sorted by length together, so that little is padding
_STEP = 16  # lengths are rounded up to it: few shapes, for which the kernels are prepared once
_WARM_UP = 60  # steps
_CHECKPOINT = 300  # seconds

Batch = tuple[torch.Tensor, torch.Tensor, torch.Tensor, torch.Tensor]  # ids, mask, types, labels


def train(
    base: Base,
    rows: Sequence[Row],
    out: Path,
    *,
    minutes: float,
    decay: float = 0.2,
    rate: float = 1e-4,
    seed: int = 1,
    resume: bool = False,
) -> None:
    """Trains in place and saves to `out`.

    Args:
        minutes: clock time, loading excepted.
        decay: the share of the time at its end in which the learning rate falls to nothing; 0 leaves it up, for a
            run that is to go on.
        resume: go on from `out`'s weights and optimiser; rows that were passed are not passed again in this round.
    """
    torch.manual_seed(seed)
    weights = {name: weight for name, weight in base.model.named_parameters() if weight.requires_grad}
    optimiser = torch.optim.AdamW(_groups(weights), lr=rate, betas=(0.9, 0.98), fused=True)
    step = _restored(weights, optimiser, out) if resume else 0
    begin, saved, tokens, losses = time.monotonic(), time.monotonic(), 0, []
    for ids, mask, types, labels in _batches(base, rows, seed + step):
        gone = (time.monotonic() - begin) / 60
        if gone >= minutes:
            break
        left = (minutes - gone) / (minutes * decay) if decay else 1.0
        for group in optimiser.param_groups:
            group["lr"] = rate * min(1.0, (step + 1) / _WARM_UP, left)
        with torch.autocast("cpu", torch.bfloat16):
            logits = base.model(ids, mask, types)
        loss = loss_of(logits, labels)
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(weights.values(), 1.0)
        optimiser.step()
        optimiser.zero_grad()
        step, tokens = step + 1, tokens + ids.numel()
        losses.append(loss.item())
        if step % 50 == 0:
            speed = tokens / (time.monotonic() - begin)
            print(f"{gone:6.1f} min  step {step}  loss {sum(losses) / len(losses):.4f}  {speed:.0f} tok/s", flush=True)
            losses.clear()
        if time.monotonic() - saved > _CHECKPOINT:
            _save(base, weights, optimiser, out, step)
            saved = time.monotonic()
    _save(base, weights, optimiser, out, step)


def _groups(weights: dict[str, torch.nn.Parameter]) -> list[dict[str, object]]:
    """Matrices with weight decay; biases and norms without, as BERT was trained."""
    matrices = [weight for weight in weights.values() if weight.ndim > 1]
    return [
        {"params": matrices, "weight_decay": 0.01},
        {"params": [weight for weight in weights.values() if weight.ndim < 2], "weight_decay": 0.0},
    ]


def _batches(base: Base, rows: Sequence[Row], seed: int) -> Iterator[Batch]:
    """Batches without end, each pass in another order; shapes (pairs, tokens), at most _TOKENS in all."""
    order = random.Random(seed)
    while True:
        indices = list(range(len(rows)))
        order.shuffle(indices)
        size = _POOL * _TOKENS // 64
        for start in range(0, len(indices), size):
            yield from _pool(base, [rows[n] for n in indices[start : start + size]], order)


def _pool(base: Base, rows: Sequence[Row], order: random.Random) -> list[Batch]:
    encoded = base.encode([(row.premise, row.hypothesis) for row in rows])
    labels = [LABELS.index(row.label) for row in rows]
    short = [
        n
        for n, (ids, _) in enumerate(encoded)
        if len(ids) <= _LONG or (len(ids) <= _LONGEST and order.random() < _OF_LONG)
    ]
    short.sort(key=lambda n: len(encoded[n][0]))
    batches: list[Batch] = []
    while short:
        length = _rounded(len(encoded[short[-1]][0]))
        taken = [short.pop() for _ in range(min(len(short), max(1, _TOKENS // length)))]
        ids = torch.full((len(taken), length), base.pad)
        mask, types = torch.zeros_like(ids), torch.zeros_like(ids)
        for at, n in enumerate(taken):
            own, kinds = encoded[n]
            ids[at, : len(own)], types[at, : len(own)], mask[at, : len(own)] = torch.tensor(own), torch.tensor(kinds), 1
        batches.append((ids, mask, types, torch.tensor([labels[n] for n in taken])))
    order.shuffle(batches)
    return batches


def _rounded(length: int) -> int:
    return -(-length // _STEP) * _STEP


def _save(
    base: Base, weights: dict[str, torch.nn.Parameter], optimiser: torch.optim.Optimizer, out: Path, step: int
) -> None:
    out.mkdir(parents=True, exist_ok=True)
    base.save(out)
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
