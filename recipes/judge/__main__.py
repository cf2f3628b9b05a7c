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
    _train(steps.add_parser("train", help="train a base on rows, for so many minutes"))
    _unpack(steps.add_parser("unpack", help="SmolLM2's GGUF file as weights to train from"))
    _export(steps.add_parser("export", help="a trained encoder as newsum.judging reads it"))
    _measure(steps.add_parser("measure", help="false passes and alarms by kind, and AUC, of one training"))
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
    from recipes.judge.pairs.weighing import weighed

    made = made_rows(data_folder(arguments.data), arguments.seed, arguments.share)
    rows = list(weighed(list(made), arguments.seed))
    for (family, label), count in sorted(Counter((row.family, row.label) for row in rows).items()):
        print(f"{count:6}  {label:12}  {family}")
    print(write_rows(arguments.out, rows), "rows")


def _train(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--base", choices=("minilm", "smollm2"), required=True)
    parser.add_argument("--folder", type=Path, required=True, help="where the base lies")
    parser.add_argument("--rows", type=Path, nargs="+", required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--minutes", type=float, required=True)
    parser.add_argument("--decay", type=float, default=0.2)
    parser.add_argument("--rate", type=float, default=1e-4)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--resume", action="store_true")
    parser.set_defaults(run=_run_train)


def _run_train(arguments: argparse.Namespace) -> None:
    import torch

    from recipes.judge.bases import load_base
    from recipes.judge.training import train

    torch.set_num_threads(arguments.threads)
    rows: list[Row] = list(itertools.chain.from_iterable(read_rows(path) for path in arguments.rows))
    print(len(rows), "rows", flush=True)
    train(
        load_base(arguments.base, arguments.folder),
        rows,
        arguments.out,
        minutes=arguments.minutes,
        decay=arguments.decay,
        rate=arguments.rate,
        resume=arguments.resume,
    )


def _unpack(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--folder", type=Path, required=True, help="where the GGUF file lies")
    parser.add_argument("--out", type=Path, required=True)
    parser.set_defaults(run=_run_unpack)


def _run_unpack(arguments: argparse.Namespace) -> None:
    from recipes.judge.unpacking import unpack_gguf

    unpack_gguf(arguments.folder, arguments.out)


def _export(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--trained", type=Path, required=True, help="what `train` wrote")
    parser.add_argument("--out", type=Path, required=True)
    parser.set_defaults(run=_run_export)


def _run_export(arguments: argparse.Namespace) -> None:
    from recipes.judge.exporting import export

    export(arguments.trained, arguments.out)


def _measure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--base", choices=("minilm", "smollm2"), required=True)
    parser.add_argument("--folder", type=Path, required=True, help="where the base lies")
    parser.add_argument("--trained", type=Path, required=True, help="what `train` wrote")
    parser.add_argument("--data", help="the data folder; else NEWSUM_DATA, else ../shared/data")
    parser.add_argument("--each", type=int, default=60, help="development cases of a kind")
    parser.set_defaults(run=_run_measure)


def _run_measure(arguments: argparse.Namespace) -> None:
    import torch

    from recipes.judge.measuring import measure

    torch.set_num_threads(1)
    data = data_folder(arguments.data)
    measure(arguments.base, arguments.folder, arguments.trained, data if data.exists() else None, each=arguments.each)


if __name__ == "__main__":
    main()
