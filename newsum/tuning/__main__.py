"""python -m newsum.tuning prepare | train | evaluate | export | judge: see newsum/tuning/__init__.py."""

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from newsum.errors import NewsumError, needing
from newsum.evaluation.datasets import load
from newsum.generation.base import BASE
from newsum.tuning.pairs import prepare, prepare_held, prepare_stories, read_pairs, write_pairs


def _prepare(settings: argparse.Namespace) -> None:
    settings.run.mkdir(parents=True, exist_ok=True)
    if settings.stories is not None:
        examples = list(load(settings.stories))
        kept = {name: prepare_stories(examples, held=held) for name, held in (("pairs", False), ("held", True))}
    else:
        kept = {
            "pairs": prepare(settings.data, seed=settings.seed, multi_news=settings.multi_news),
            "held": prepare_held(settings.data),
        }
    for name, pairs in kept.items():
        print(name, write_pairs(pairs, settings.run / f"{name}.jsonl.gz"))


def _train(settings: argparse.Namespace) -> None:
    from newsum.tuning.initialise import started
    from newsum.tuning.trainer import Settings, train

    model, tokenizer = started(settings.start)
    sizes = (settings.first, settings.second)
    plan = Settings(seed=settings.seed, stage_sizes=sizes)
    for report in train(model, tokenizer, read_pairs(settings.run / "pairs.jsonl.gz"), settings.run, plan):
        print("step {step} of {steps}, loss {loss:.3f}, {seconds:.0f} s".format(**report), flush=True)


def _evaluate(settings: argparse.Namespace) -> None:
    from newsum.tuning.trainer import Settings, evaluate

    model, tokenizer = _trained(settings)
    for kind, (count, loss) in evaluate(
        model, tokenizer, read_pairs(settings.run / "held.jsonl.gz"), Settings()
    ).items():
        print(f"{kind}: {loss:.3f} nats a token, {count} pairs")


def _trained(settings: argparse.Namespace) -> tuple[Any, Any]:
    """The model of the run's last checkpoint; as it started, where there is none."""
    with needing("torch", "tuning"):
        import torch

    from newsum.tuning.initialise import started

    model, tokenizer = started(settings.start)
    if (settings.run / "checkpoint.pt").exists():
        model.load_state_dict(torch.load(settings.run / "checkpoint.pt", weights_only=True)["model"])
    return model, tokenizer


def _export(settings: argparse.Namespace) -> None:
    from newsum.tuning.export import export

    model, tokenizer = _trained(settings)
    export(model, tokenizer, settings.out, card=settings.card.read_text(encoding="utf-8"))


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
        _plan(settings),
        start=starts[settings.start] if settings.start in starts else Path(settings.start),
    )


def _writer(settings: argparse.Namespace) -> None:
    with needing("torch", "tuning a writer"):
        import torch

    from newsum.tuning.writer.rows import read_rows
    from newsum.tuning.writer.training import train

    torch.set_num_threads(settings.threads)
    starts = {"bundled": None, "base": None}
    train(
        [row for path in settings.rows for row in read_rows(path)],
        settings.out,
        _plan(settings),
        start=starts[settings.start] if settings.start in starts else Path(settings.start),
        base=settings.base,
    )


def _plan(settings: argparse.Namespace) -> Any:
    from newsum.tuning.adapting.loop import Plan

    return Plan(
        minutes=settings.minutes,
        decay=settings.decay,
        rate=settings.rate,
        seed=settings.seed,
        resume=settings.resume,
    )


def _add_adapting(step: argparse.ArgumentParser, do: Callable[[argparse.Namespace], None]) -> None:
    """What the training of the judge and of the writer are told alike."""
    step.add_argument("rows", type=Path, nargs="+", help="JSON lines, gzipped or not: see the docs")
    step.add_argument("--out", type=Path, required=True)
    step.add_argument("--minutes", type=float, required=True)
    step.add_argument("--start", default="bundled", help='"bundled", "base", or such a folder')
    step.add_argument("--base", type=Path, default=BASE, help="the language model; by default the bundled one")
    step.add_argument("--decay", type=float, default=0.3, help="share of the time in which the learning rate falls")
    step.add_argument("--rate", type=float, default=5e-4)
    step.add_argument("--seed", type=int, default=1)
    step.add_argument("--threads", type=int, default=2)
    step.add_argument("--resume", action="store_true", help="go on from what --out holds")
    step.set_defaults(do=do)


def main(args: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m newsum.tuning", description="Train newsum's bundled model.")
    steps = parser.add_subparsers(required=True)
    start: dict[str, Any] = {"default": "minilm", "help": 'what the weights start as: "minilm", "mini" or a folder'}
    step = steps.add_parser("prepare", help="news data -> RUN/pairs.jsonl.gz and held.jsonl.gz")
    what = step.add_mutually_exclusive_group(required=True)
    what.add_argument("data", type=Path, nargs="?", help="folder with stories/, training/, alignment/ and text/")
    what.add_argument("--stories", metavar="SOURCE", help="your own stories with summaries: a folder, file or data set")
    step.add_argument("run", type=Path)
    step.add_argument("--seed", type=int, default=0)
    step.add_argument("--multi-news", type=int, default=0, help="clusters of it too; non-commercial research only")
    step.set_defaults(do=_prepare)
    step = steps.add_parser("train", help="RUN/pairs.jsonl.gz -> RUN/checkpoint.pt; continues a stopped run")
    step.add_argument("run", type=Path)
    step.add_argument("--start", **start)
    step.add_argument("--seed", type=int, default=0)
    step.add_argument("--first", type=int, default=40_000, help="pairs in the first stage (compress, merge)")
    step.add_argument("--second", type=int, default=50_000, help="pairs in the second stage (fusion)")
    step.set_defaults(do=_train)
    step = steps.add_parser("evaluate", help="RUN/held.jsonl.gz -> how well RUN/checkpoint.pt foretells its targets")
    step.add_argument("run", type=Path)
    step.add_argument("--start", **start)
    step.set_defaults(do=_evaluate)
    step = steps.add_parser("export", help="RUN/checkpoint.pt -> a model folder in half precision")
    step.add_argument("run", type=Path)
    step.add_argument("--start", **start)
    step.add_argument("--out", type=Path, required=True)
    step.add_argument("--card", type=Path, required=True, help="the model card's text")
    step.set_defaults(do=_export)
    _add_adapting(steps.add_parser("judge", help="pairs of premise and hypothesis -> a judge's folder"), _judge)
    _add_adapting(steps.add_parser("writer", help="reports and the lines of briefs -> a writer's folder"), _writer)
    settings = parser.parse_args(args)
    try:
        settings.do(settings)
    except NewsumError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
