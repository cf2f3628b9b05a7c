"""python -m newsum.tuning judge: see newsum/tuning/__init__.py."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from newsum.errors import NewsumError, needing


def _judge(settings: argparse.Namespace) -> None:
    with needing("torch", "tuning a judge"):
        import torch

    from newsum.judging.folders import BUNDLED
    from newsum.tuning.judge.rows import read_rows
    from newsum.tuning.judge.training import train

    torch.set_num_threads(settings.threads)
    starts = {"bundled": BUNDLED, "base": None}
    train(
        [row for path in settings.rows for row in read_rows(path)],
        settings.out,
        minutes=settings.minutes,
        start=starts[settings.start] if settings.start in starts else Path(settings.start),
        decay=settings.decay,
        rate=settings.rate,
        seed=settings.seed,
        resume=settings.resume,
    )


def main(args: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m newsum.tuning", description="Tune a model of your own.")
    steps = parser.add_subparsers(required=True)
    step = steps.add_parser("judge", help="pairs of premise and hypothesis -> a judge's folder")
    step.add_argument("rows", type=Path, nargs="+", help="JSON lines of premise, hypothesis and label")
    step.add_argument("--out", type=Path, required=True)
    step.add_argument("--minutes", type=float, required=True)
    step.add_argument("--start", default="bundled", help='"bundled", "base", or a judge\'s folder')
    step.add_argument("--decay", type=float, default=0.3, help="share of the time in which the learning rate falls")
    step.add_argument("--rate", type=float, default=5e-4)
    step.add_argument("--seed", type=int, default=1)
    step.add_argument("--threads", type=int, default=2)
    step.add_argument("--resume", action="store_true", help="go on from what --out holds")
    step.set_defaults(do=_judge)
    settings = parser.parse_args(args)
    try:
        settings.do(settings)
    except NewsumError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
