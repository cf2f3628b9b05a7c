"""Trains weights on batches for so many minutes of clock time; stops and goes on where it stopped.

In: a model, batches, a loss, a `Plan`. Out: the model trained, and in the run's folder the optimiser's state and the
step (resume.*), written every few minutes; the learning rate falls to nothing over the last part of the time, so that a
run is as good as its time allows whenever it ends ("warm-up, stable, decay").
"""

import json
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file

from newsum.tuning.adapting.packing import Packed

__all__ = ["Plan", "run"]

_WARM_UP = 60  # steps
_CHECKPOINT = 240  # seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How long and how fast.

    Attributes:
        minutes: clock time, loading excepted.
        decay: the share of the time at its end in which the learning rate falls to nothing; 0 leaves it up, for a
            run that is to go on.
        rate: the highest learning rate.
        seed: of the batches' order.
        resume: go on from the folder's weights and optimiser, with the rows in another order.
        steps: stop after so many, if that comes first.
    """

    minutes: float
    decay: float = 0.3
    rate: float = 5e-4
    seed: int = 1
    resume: bool = False
    steps: int | None = None

    def rate_at(self, minutes: float, step: int) -> float:
        """The learning rate after so many minutes, at a step of this run."""
        left = (self.minutes - minutes) / (self.minutes * self.decay) if self.decay else 1.0
        return self.rate * min(1.0, (step + 1) / _WARM_UP, left)


def run(
    model: torch.nn.Module,
    batches: Callable[[int], Iterator[Packed]],
    loss_of: Callable[[Packed], torch.Tensor],
    out: Path,
    plan: Plan,
) -> None:
    """Trains the model's parameters and checkpoints to `out`.

    Args:
        batches: from a seed, batches without end.
        loss_of: the loss of a batch, by the model.
    """
    weights = dict(model.named_parameters())
    optimiser = torch.optim.AdamW(_groups(weights), lr=plan.rate, betas=(0.9, 0.98), fused=True)
    first = step = _restored(weights, optimiser, out) if plan.resume else 0
    begin = saved = time.monotonic()
    targets, losses = 0, []
    for batch in batches(plan.seed + step):
        gone = (time.monotonic() - begin) / 60
        if gone >= plan.minutes or step - first == plan.steps:
            break
        for group in optimiser.param_groups:
            group["lr"] = plan.rate_at(gone, step - first)
        loss = loss_of(batch)
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(weights.values(), 1.0)
        optimiser.step()
        optimiser.zero_grad()
        step, targets = step + 1, targets + int((batch.targets >= 0).sum())
        losses.append(loss.item())
        if step % 25 == 0:
            speed = targets / (time.monotonic() - begin)
            print(f"{gone:6.1f} min  step {step}  loss {sum(losses) / 25:.4f}  {speed:.1f} targets/s", flush=True)
            losses.clear()
        if time.monotonic() - saved > _CHECKPOINT:
            _save(weights, optimiser, out, step)
            saved = time.monotonic()
    _save(weights, optimiser, out, step)


def _groups(weights: dict[str, torch.nn.Parameter]) -> list[dict[str, object]]:
    """Matrices with weight decay, the norm without."""
    matrices = [weight for weight in weights.values() if weight.ndim > 1]
    return [
        {"params": matrices, "weight_decay": 0.01},
        {"params": [weight for weight in weights.values() if weight.ndim < 2], "weight_decay": 0.0},
    ]


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
