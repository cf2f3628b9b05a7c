"""Runs one step of the making of the judge from the command line; each step reads what the one before wrote."""

import argparse
import itertools
from collections import Counter
from pathlib import Path

from recipes.judge.house import sentences_of
from recipes.judge.rows import claim_rows, data_folder, public_rows, write_rows


def main() -> None:
    """Reads the command line and runs the step that it names."""
    parser = argparse.ArgumentParser(prog="python -m recipes.judge", description=__doc__)
    steps = parser.add_subparsers(dest="step", required=True)
    _public(steps.add_parser("public", help="the free rows of the data folder's entailment sets"))
    _pairs(steps.add_parser("pairs", help="the pairs that the recipes make from the training files' news"))
    _outlets(steps.add_parser("outlets", help="inventions about names beside what several outlets say"))
    _slips(steps.add_parser("slips", help="a small writer's slips, from its lessons (recipes.writer)"))
    _across(steps.add_parser("across", help="two outlets' sentences on one event, as they are and turned"))
    _who(steps.add_parser("who", help="pairs of two doers and what each did"))
    _passages(steps.add_parser("passages", help="passages written for this, with true and untrue claims"))
    _marked(steps.add_parser("marked", help="pairs of real news that readers marked"))
    _mix(steps.add_parser("mix", help="the rows of one stage of training, so much of each family"))
    _join(steps.add_parser("join", help="fit how the rules' score and the judge's answer become one"))
    _measure(steps.add_parser("measure", help="AUC on the public development pairs"))
    arguments = parser.parse_args()
    arguments.run(arguments)


def _data(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--data", help="the data folder; else NEWSUM_DATA, else ../shared/data")


def _of_data(parser: argparse.ArgumentParser) -> None:
    """The options of a step that draws rows from the data folder."""
    _data(parser)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=1)


def _public(parser: argparse.ArgumentParser) -> None:
    _data(parser)
    parser.add_argument("--out", type=Path, required=True)
    parser.set_defaults(run=_run_public)


def _run_public(arguments: argparse.Namespace) -> None:
    folder = data_folder(arguments.data) / "entailment"
    rows = itertools.chain(
        public_rows(folder / "sentences_train.jsonl.gz"), claim_rows(folder / "claims_train.jsonl.gz", sentences_of)
    )
    print(write_rows(arguments.out, rows), "rows")


def _pairs(parser: argparse.ArgumentParser) -> None:
    _of_data(parser)
    parser.add_argument("--share", type=float, default=1.0, help="of the articles")
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


def _outlets(parser: argparse.ArgumentParser) -> None:
    _of_data(parser)
    parser.set_defaults(run=_run_outlets)


def _run_outlets(arguments: argparse.Namespace) -> None:
    from recipes.judge.pairs.outlets import among_outlets

    print(write_rows(arguments.out, among_outlets(data_folder(arguments.data), arguments.seed)), "rows")


def _slips(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("lessons", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.set_defaults(run=_run_slips)


def _run_slips(arguments: argparse.Namespace) -> None:
    from newsum.tuning.writer.rows import read_rows
    from recipes.judge.pairs.slips import slips

    print(write_rows(arguments.out, slips(list(read_rows(arguments.lessons)), arguments.seed)), "rows")


def _across(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--judge", default="bundled", help="a judge's folder")
    parser.add_argument("--most", type=int, default=10_000, help="pairs that the judge is asked")
    _of_data(parser)
    parser.set_defaults(run=_run_across)


def _run_across(arguments: argparse.Namespace) -> None:
    from newsum.judging import load_judge
    from recipes.judge.pairs.across import across, written

    data = data_folder(arguments.data)
    asked = across(data, load_judge(arguments.judge), arguments.most, arguments.seed)
    rows = itertools.chain(asked, written(data, arguments.seed))
    print(write_rows(arguments.out, rows), "rows")


def _who(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--pairs", type=int, default=6_000, help="of acts, of five or six rows each")
    _of_data(parser)
    parser.set_defaults(run=_run_who)


def _run_who(arguments: argparse.Namespace) -> None:
    from recipes.judge.pairs.who_did import who_did

    print(write_rows(arguments.out, who_did(data_folder(arguments.data), arguments.pairs, arguments.seed)), "rows")


def _passages(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.set_defaults(run=_run_passages)


def _run_passages(arguments: argparse.Namespace) -> None:
    from recipes.judge.pairs.passages import passages

    print(write_rows(arguments.out, passages(seed=arguments.seed)), "rows")


def _marked(parser: argparse.ArgumentParser) -> None:
    _data(parser)
    parser.add_argument("--out", type=Path, required=True)
    parser.set_defaults(run=_run_marked)


def _run_marked(arguments: argparse.Namespace) -> None:
    from recipes.judge.pairs.marked import marked

    print(write_rows(arguments.out, marked(data_folder(arguments.data))), "rows")


def _mix(parser: argparse.ArgumentParser) -> None:
    from recipes.judge.mixing import SHARES

    parser.add_argument("stage", choices=sorted(SHARES))
    parser.add_argument("rows", type=Path, nargs="+")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.set_defaults(run=_run_mix)


def _run_mix(arguments: argparse.Namespace) -> None:
    from newsum.tuning.judge.rows import read_rows
    from recipes.judge.mixing import mixed

    rows = [row for path in arguments.rows for row in read_rows(path)]
    print(write_rows(arguments.out, mixed(rows, arguments.stage, arguments.seed)), "rows")


def _join(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--judge", default="bundled", help="a judge's folder")
    _data(parser)
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
    _data(parser)
    parser.set_defaults(run=_run_measure)


def _run_measure(arguments: argparse.Namespace) -> None:
    from newsum.judging import load_judge
    from recipes.judge.measuring import measure

    measure(load_judge(arguments.judge), data_folder(arguments.data))


if __name__ == "__main__":
    main()
