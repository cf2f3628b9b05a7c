"""Runs one step of the making of the judge from the command line; each step reads what the one before wrote."""

import argparse
import itertools
from collections import Counter
from pathlib import Path

from recipes.judge.house import sentences_of
from recipes.judge.rows import Row, claim_rows, data_folder, public_rows, read_rows, write_rows


def main() -> None:
    """Reads the command line and runs the step that it names."""
    parser = argparse.ArgumentParser(prog="python -m recipes.judge", description=__doc__)
    steps = parser.add_subparsers(dest="step", required=True)
    _public(steps.add_parser("public", help="the free rows of the data folder's entailment sets"))
    _pairs(steps.add_parser("pairs", help="the pairs that the recipes make from the training files' news"))
    _train(steps.add_parser("train", help="train on rows, for so many minutes"))
    _export(steps.add_parser("export", help="a trained judge as newsum.judging reads it"))
    _join(steps.add_parser("join", help="fit how the rules' score and the judge's answer become one"))
    _measure(steps.add_parser("measure", help="AUC on the public development pairs"))
    arguments = parser.parse_args()
    arguments.run(arguments)


def _public(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--data", help="the data folder; else NEWSUM_DATA, else ../shared/data")
    parser.add_argument("--out", type=Path, required=True)
    parser.set_defaults(run=_run_public)


def _run_public(arguments: argparse.Namespace) -> None:
    folder = data_folder(arguments.data) / "entailment"
    rows = itertools.chain(
        public_rows(folder / "sentences_train.jsonl.gz"), claim_rows(folder / "claims_train.jsonl.gz", sentences_of)
    )
    print(write_rows(arguments.out, rows), "rows")


def _pairs(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--data", help="the data folder; else NEWSUM_DATA, else ../shared/data")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--share", type=float, default=1.0, help="of the articles")
    parser.add_argument("--seed", type=int, default=1)
    parser.set_defaults(run=_run_pairs)


def _run_pairs(arguments: argparse.Namespace) -> None:
    from recipes.judge.pairs import made_rows
    from recipes.judge.pairs.beside import beside
    from recipes.judge.pairs.weighing import weighed

    made = made_rows(data_folder(arguments.data), arguments.seed, arguments.share)
    rows = list(weighed(list(made), arguments.seed))
    rows += beside(rows, arguments.seed)
    for (family, label), count in sorted(Counter((row.family, row.label) for row in rows).items()):
        print(f"{count:6}  {label:12}  {family}")
    print(write_rows(arguments.out, rows), "rows")


def _train(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--folder", type=Path, required=True, help="SmolLM2 as `recipes.language unpack` wrote it")
    parser.add_argument("--rows", type=Path, nargs="+", required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--minutes", type=float, required=True)
    parser.add_argument("--decay", type=float, default=0.3)
    parser.add_argument("--rate", type=float, default=5e-4)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--resume", action="store_true")
    parser.set_defaults(run=_run_train)


def _run_train(arguments: argparse.Namespace) -> None:
    import torch

    from recipes.judge.training import train

    torch.set_num_threads(arguments.threads)
    rows: list[Row] = list(itertools.chain.from_iterable(read_rows(path) for path in arguments.rows))
    print(len(rows), "rows", flush=True)
    train(
        arguments.folder,
        rows,
        arguments.out,
        minutes=arguments.minutes,
        decay=arguments.decay,
        rate=arguments.rate,
        seed=arguments.seed,
        resume=arguments.resume,
    )


def _export(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--trained", type=Path, required=True, help="what `train` wrote")
    parser.add_argument("--base", type=Path, default=Path("newsum/models/smollm2"), help="the base as newsum ships it")
    parser.add_argument("--out", type=Path, required=True)
    parser.set_defaults(run=_run_export)


def _run_export(arguments: argparse.Namespace) -> None:
    from recipes.judge.exporting import export

    export(arguments.trained, arguments.base, arguments.out)


def _join(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--judge", default="bundled", help="a judge's folder")
    parser.add_argument("--data", help="the data folder; else NEWSUM_DATA, else ../shared/data")
    parser.add_argument("--stories", type=int, default=200, help="of the kept tenth")
    parser.add_argument("--out", type=Path, required=True)
    parser.set_defaults(run=_run_join)


def _run_join(arguments: argparse.Namespace) -> None:
    from newsum.judging import load_judge
    from recipes.judge.joining import join, lines

    judge = load_judge(arguments.judge)
    join(list(lines(data_folder(arguments.data), judge, stories=arguments.stories)), arguments.out)


def _measure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--judge", default="bundled", help="a judge's folder")
    parser.add_argument("--data", help="the data folder; else NEWSUM_DATA, else ../shared/data")
    parser.set_defaults(run=_run_measure)


def _run_measure(arguments: argparse.Namespace) -> None:
    from newsum.judging import load_judge
    from recipes.judge.measuring import measure

    measure(load_judge(arguments.judge), data_folder(arguments.data))


if __name__ == "__main__":
    main()
