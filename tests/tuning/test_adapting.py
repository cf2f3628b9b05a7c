"""The learning rate follows the clock, and a run goes on where it stopped."""

import itertools
import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from extras import need

need("torch")

import torch

from newsum.tuning.adapting.loop import Plan, run
from newsum.tuning.adapting.packing import Packed, Tree, packed


def test_the_learning_rate_warms_up_stays_and_falls_to_nothing() -> None:
    plan = Plan(minutes=10, decay=0.3, rate=1.0)
    rates = [plan.rate_at(minutes, step) for minutes, step in ((0, 0), (1, 100), (7, 900), (8.5, 1000), (10, 1100))]
    assert rates == pytest.approx([1 / 60, 1.0, 1.0, 0.5, 0.0])
    assert Plan(minutes=10, decay=0, rate=1.0).rate_at(9.9, 500) == 1.0


class _Sum(torch.nn.Module):
    """A model of one weight, whose loss is least where the weight is 3."""

    def __init__(self) -> None:
        super().__init__()
        self.weight = torch.nn.Parameter(torch.zeros(1, 1))


def _batches(seed: int) -> Iterator[Packed]:
    tree = Tree((1,), ((2,),), ((0,),), (1.0,))
    (batch,) = packed([tree], rows=1, length=4, order=random.Random(seed))
    return itertools.repeat(batch)


def _run(folder: Path, *, steps: int, resume: bool = False) -> tuple[float, torch.nn.Module]:
    model = _Sum()
    plan = Plan(minutes=5, rate=0.1, decay=0, steps=steps, resume=resume)
    run(model, _batches, lambda _: (model.weight - 3).square().sum(), folder, plan)
    return float(model.weight.detach()), model


def test_a_run_goes_on_from_its_weights_and_its_optimiser(tmp_path: Path) -> None:
    first, _ = _run(tmp_path / "run", steps=200)
    assert 0 < first < 3
    further, _ = _run(tmp_path / "run", steps=200, resume=True)
    assert first < further
    assert (tmp_path / "run" / "resume.json").read_text() == '{"step": 400}\n'


def test_a_run_that_starts_anew_starts_anew(tmp_path: Path) -> None:
    first, _ = _run(tmp_path / "run", steps=50)
    again, _ = _run(tmp_path / "run", steps=50)
    assert first == pytest.approx(again)
