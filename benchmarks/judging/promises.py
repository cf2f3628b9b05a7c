"""Prints one table of what the judge must reach beside what it does: `python -m benchmarks.judging.promises`.

    python -m benchmarks.judging.promises                          all of them, an hour or two
    python -m benchmarks.judging.promises people also=50           some; NAME=COUNT draws so many
    python -m benchmarks.judging.promises also --read              with what a reader should look at
    python -m benchmarks.judging.promises --answers kept.jsonl     no pair is asked twice, however often it is run

The development data is in the folder that NEWSUM_DATA names.
"""

import argparse
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from benchmarks.judging.answers import Remembered
from benchmarks.judging.briefs import differing, planted
from benchmarks.judging.lines import also, contradicted, insights, invented, people
from benchmarks.judging.measured import Measured
from benchmarks.judging.scores import calibration, pace, public, votes
from newsum.judging import Judge, load_judge

Measure = Callable[[Judge, int], Iterator[Measured]]
PROMISES: Mapping[str, tuple[Measure, int]] = {  # each with how many are drawn
    "people": (people, 0),
    "invented": (invented, 240),
    "also": (also, 100),
    "insights": (insights, 60),
    "contradicted": (contradicted, 300),
    "planted": (planted, 30),
    "differing": (differing, 48),
    "votes": (votes, 235),
    "calibration": (calibration, 200),
    "public": (public, 250),
    "pace": (pace, 40),
}


def main() -> None:
    """Reads the command line; prints a row as soon as it is known."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.judging.promises",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("names", nargs="*", metavar="NAME[=COUNT]", help=", ".join(PROMISES))
    parser.add_argument("--judge", default="bundled", help="a judge's folder")
    parser.add_argument("--answers", type=Path, help="where the judge's answers are kept")
    parser.add_argument("--read", action="store_true", help="print what a reader should look at")
    arguments = parser.parse_args()
    judge = Remembered(load_judge(arguments.judge), arguments.answers)
    asked = [name.partition("=") for name in arguments.names or PROMISES]
    if unknown := [name for name, _, _ in asked if name not in PROMISES]:
        parser.error(f"there is no {unknown[0]}; there are {', '.join(PROMISES)}")
    print("| what | figure | bar | of |\n| --- | --- | --- | --- |", flush=True)
    for name, _, count in asked:
        measure, usual = PROMISES[name]
        for row in measure(judge, int(count or usual)):
            print(row_of(row), flush=True)
            if arguments.read:
                print("\n".join(f"    {each}" for each in row.read), flush=True)


def row_of(row: Measured) -> str:
    """The row of the table."""
    mark = "" if row.holds else " (missed)"
    return f"| {row.what} | {row.value:.3g}{mark} | {'≥' if row.least else '≤'} {row.bar:g} | {row.of} |"


if __name__ == "__main__":
    main()
