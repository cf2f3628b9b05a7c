"""Runs one step of the making of the writer from the command line."""

import argparse
import random
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from newsum.tuning.writer.rows import WriterRow
from recipes.judge.rows import data_folder, write_json


def main() -> None:
    """Reads the command line and runs the step that it names."""
    parser = argparse.ArgumentParser(prog="python -m recipes.writer", description=__doc__)
    steps = parser.add_subparsers(dest="step", required=True)
    step = steps.add_parser("lessons", help="what the training files' reports and summaries teach")
    step.add_argument("--data", help="the data folder; else NEWSUM_DATA, else ../shared/data")
    step.add_argument("--judge", default="bundled", help="a judge's folder")
    step.add_argument("--seed", type=int, default=1)
    step.add_argument("--out", type=Path, required=True)
    step.set_defaults(run=_lessons)
    arguments = parser.parse_args()
    arguments.run(arguments)


def _lessons(arguments: argparse.Namespace) -> None:
    from newsum.judging import load_judge
    from recipes.writer.lessons import drafts, judged, sampled

    order = random.Random(arguments.seed)
    found = sampled(list(drafts(data_folder(arguments.data), order)), order)
    print(Counter(draft.row.family for draft in found), flush=True)
    counts: Counter[str] = Counter()
    write_json(arguments.out, _counted(judged(found, load_judge(arguments.judge)), counts))
    print(dict(counts))


def _counted(rows: Iterable[WriterRow], counts: Counter[str]) -> Iterator[dict[str, Any]]:
    """The rows as objects, counted by family; told every 500."""
    for row in rows:
        counts[row.family] += 1
        if counts.total() % 500 == 0:
            print(dict(counts), flush=True)
        yield {**row._asdict(), "reports": [{"outlet": outlet, "text": text} for outlet, text in row.reports]}


if __name__ == "__main__":
    main()
