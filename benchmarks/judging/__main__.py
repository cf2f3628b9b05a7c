"""Prints one table of false passes and false alarms by kind: newsum's rules, TF-IDF, a judge, the rules and the judge.

python -m benchmarks.judging                   the fixtures, and development stories where the data is
python -m benchmarks.judging --judge FOLDER    with another judge than the bundled one
"""

import argparse
import os
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from benchmarks.judging.judges import Scores, Shuffled, System, judge_alone, newsum_with, tfidf
from benchmarks.judging.turning import Case, development_cases, fixture_cases
from newsum.judging import load_judge
from recipes.fitting import auc


def main() -> None:
    """Reads the command line; prints the tables."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.judging", description=__doc__)
    parser.add_argument("--judge", default="bundled", help="a judge's folder")
    parser.add_argument("--data", default=os.environ.get("NEWSUM_DATA", "../shared/data"))
    parser.add_argument("--each", type=int, default=60, help="development cases of a kind")
    arguments = parser.parse_args()
    judge, cases, blind = load_judge(arguments.judge), fixture_cases(), fixture_cases("blind")
    shuffled = Shuffled(judge, [(case.premise, case.line) for case in (*cases, *blind)])
    systems: dict[str, System] = {
        "rules": newsum_with(None),
        "TF-IDF": tfidf,
        "judge": judge_alone(judge),
        "both": newsum_with(judge),
        "judge shuffled": judge_alone(shuffled),
        "both, judge shuffled": newsum_with(shuffled),
    }
    print_table("fixtures", cases, systems)
    print_table("fixtures written blind", blind, systems)
    folder = Path(arguments.data)
    if (folder / "stories").exists():
        print_table("development stories", development_cases(folder, each=arguments.each), systems)
    else:
        print(f"development stories: skipped, there is no data in {folder}")


def print_table(title: str, cases: Sequence[Case], systems: Mapping[str, System]) -> None:
    """One row a kind, one column a system: wrong of all; then the rates over all kinds and AUC."""
    found = {name: system(cases) for name, system in systems.items()}
    print(f"\n{title}\n| kind | n | {' | '.join(found)} |\n|---|---|{'---|' * len(found)}")
    for true, heading in ((False, "false lines passed"), (True, "true lines refused")):
        kinds = sorted({case.kind for case in cases if case.entailed == true})
        for kind in kinds:
            own = np.array([case.kind == kind and case.entailed == true for case in cases])
            print(f"| {kind} | {own.sum()} | {' | '.join(_wrong(own, true, *scores) for scores in found.values())} |")
        own = np.array([case.entailed == true for case in cases])
        print(f"| **{heading}** | {own.sum()} | {' | '.join(_rate(own, true, *scores) for scores in found.values())} |")
    labels = np.array([case.entailed for case in cases])
    areas = [f"{auc(scores[labels], scores[~labels]):.3f}" for scores, _ in found.values()]
    print(f"| **AUC** | {len(cases)} | {' | '.join(areas)} |")


def _wrong(own: np.ndarray, true: bool, scores: Scores, threshold: float) -> str:
    return str(int(((scores[own] >= threshold) != true).sum()))


def _rate(own: np.ndarray, true: bool, scores: Scores, threshold: float) -> str:
    return f"{((scores[own] >= threshold) != true).mean():.1%}"


if __name__ == "__main__":
    main()
