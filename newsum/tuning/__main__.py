"""python -m newsum.tuning judge | writer: see newsum/tuning/__init__.py."""

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from newsum.errors import NewsumError, needing
from newsum.generation.base import BASE


def _judge(settings: argparse.Namespace) -> None:
    with needing("torch", "tuning a judge"):
        import torch

    from newsum.judging.folders import BUNDLED
    from newsum.tuning.judge.rows import read_rows
    from newsum.tuning.judge.training import train

    torch.set_num_threads(settings.threads)
    rows = [row for path in settings.rows for row in read_rows(path)]
    train(rows, settings.out, _plan(settings), start=_start(settings, BUNDLED), base=settings.base)


def _writer(settings: argparse.Namespace) -> None:
    with needing("torch", "tuning a writer"):
        import torch

    from newsum.generation.line_writer import BUNDLED
    from newsum.tuning.writer.rows import read_rows
    from newsum.tuning.writer.training import train

    torch.set_num_threads(settings.threads)
    rows = [row for path in settings.rows for row in read_rows(path)]
    train(rows, settings.out, _plan(settings), start=_start(settings, BUNDLED), base=settings.base)


def _start(settings: argparse.Namespace, bundled: Path) -> Path | None:
    """The folder whose weights are the first ones; None for the base alone."""
    return {"bundled": bundled, "base": None}.get(settings.start, Path(settings.start))


def _plan(settings: argparse.Namespace) -> Any:
    from newsum.tuning.adapting.loop import Plan

    return Plan(
        minutes=settings.minutes,
        decay=settings.decay,
        rate=settings.rate,
        seed=settings.seed,
        resume=settings.resume,
    )


def _add(step: argparse.ArgumentParser, do: Callable[[argparse.Namespace], None]) -> None:
    """What the training of the judge and of the writer are told alike."""
    step.add_argument("rows", type=Path, nargs="+", help="JSON lines, gzipped or not")
    step.add_argument("--out", type=Path, required=True)
    step.add_argument("--minutes", type=float, required=True)
    step.add_argument("--start", default="bundled", help='"bundled", "base", or a folder made so')
    step.add_argument("--base", type=Path, default=BASE, help="the language model; by default the bundled one")
    step.add_argument("--decay", type=float, default=0.3, help="share of the time in which the learning rate falls")
    step.add_argument("--rate", type=float, default=5e-4)
    step.add_argument("--seed", type=int, default=1)
    step.add_argument("--threads", type=int, default=2)
    step.add_argument("--resume", action="store_true", help="go on from what --out holds")
    step.set_defaults(do=do)


def main(args: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m newsum.tuning", description="Tune a model of your own.")
    steps = parser.add_subparsers(required=True)
    _add(steps.add_parser("judge", help="premise, hypothesis and label -> a judge's folder"), _judge)
    _add(steps.add_parser("writer", help="reports and the lines of briefs -> a writer's folder"), _writer)
    settings = parser.parse_args(args)
    try:
        settings.do(settings)
    except NewsumError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
