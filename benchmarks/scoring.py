"""How fast `newsum.evaluate` is beside a bare loop over rouge-score, and whether two processes give the same digits.

    python -m benchmarks.scoring [--pairs 5000] [--words 60] [--repeats 5]

Pairs of runs of sentences from the fixture stories, drawn by a seed. Each way is timed in turn, so that what else the
machine does falls on all alike; fails (exit code 1) where a digit depends on the number of processes.
"""

import argparse
import random
import sys
from functools import partial

from benchmarks.sets import FIXTURES
from benchmarks.speed import compared
from newsum.evaluation import Scores, evaluate
from newsum.reading import read_stories
from newsum.text.sentences import split

__all__ = ["made_pairs", "main"]


def made_pairs(count: int, words: int, *, seed: int = 0) -> list[tuple[str, str]]:
    """(prediction, reference): two texts of the same story, whole sentences up to so many words."""
    rng = random.Random(seed)
    stories = [[a.text[i:j] for a in story.articles for i, j in split(a.text)] for story in read_stories(FIXTURES)]

    def text(known: list[str]) -> str:
        drawn: list[str] = []
        while (left := words - sum(len(s.split()) for s in drawn)) > 0:
            drawn.append(" ".join(rng.choice(known).split()[:left]))
        return " ".join(drawn)

    return [(text(known), text(known)) for known in (rng.choice(stories) for _ in range(count))]


def bare(pairs: list[tuple[str, str]]) -> None:
    """What everybody writes first."""
    from rouge_score.rouge_scorer import RougeScorer

    scorer = RougeScorer(["rouge1", "rouge2", "rougeL", "rougeLsum"], use_stemmer=True)
    for prediction, reference in pairs:
        scorer.score(reference, prediction)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pairs", type=int, default=5000)
    parser.add_argument("--words", type=int, default=60)
    parser.add_argument("--repeats", type=int, default=5)
    asked = parser.parse_args()
    pairs = made_pairs(asked.pairs, asked.words)
    predictions, references = zip(*pairs, strict=True)
    found: dict[int, Scores] = {}

    def scored(processes: int) -> None:
        found[processes] = evaluate(predictions, references, processes=processes)

    works = {"rouge-score, bare loop": partial(bare, pairs), "newsum, 1 process": partial(scored, 1)}
    taken = compared({**works, "newsum, 2 processes": partial(scored, 2)}, asked.repeats)
    print(f"{asked.pairs} pairs of {asked.words} words, {asked.repeats} repeats in turn")
    for name, timed in taken.items():
        middle, least, most = timed.over(taken["newsum, 1 process"])
        bare_middle = timed.over(taken["rouge-score, bare loop"])[0]
        print(
            f"{name:24}{timed.median:7.2f} s  {bare_middle:5.2f} times as fast as the bare loop,"
            f" {middle:.2f} ({least:.2f} to {most:.2f}) as one process"
        )
    same = found[1].table == found[2].table and found[1].to_dict() == found[2].to_dict()
    print("the same digits" if same else "the digits depend on the number of processes", file=sys.stderr)
    return 0 if same else 1


if __name__ == "__main__":
    sys.exit(main())
