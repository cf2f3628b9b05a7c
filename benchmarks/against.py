"""Times briefs without a model by this checkout beside another's, in turns, each in a process that saw no text yet.

    python -m benchmarks.against ../old [--turns 3]

In: another checkout and the data folder. Out: processor seconds of 48 stories of five articles (news_cluster_dev and
ecbplus_dev, the first five articles of each that has as many), 60 words a brief, and the ratio of the medians. Ten
stories of basil_dev go before, so that loading is in no run's time. The exit code is 1 where this checkout takes more.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from itertools import islice
from pathlib import Path

if __name__ == "__main__":  # run as a file, it must not find the modules beside it in place of packages of their names
    sys.path.pop(0)

import newsum
from newsum.articles import Story

__all__ = ["main", "measured", "stories"]

_ARTICLES, _STORIES, _WARM = 5, 48, 10
_BESIDE = Path(__file__).resolve().parents[2] / "shared" / "data"


def stories(folder: Path) -> list[Story]:
    """The stories that are timed, cut to five articles each."""
    found = (story for name in ("news_cluster_dev", "ecbplus_dev") for story in _read(folder, name))
    large = (story for story in found if len(story.articles) >= _ARTICLES)
    return [Story(story.articles[:_ARTICLES], story.id, story.title) for story in islice(large, _STORIES)]


def _read(folder: Path, name: str) -> list[Story]:
    return newsum.read_stories(folder / f"{name}.jsonl.gz")


def measured(warm: Sequence[Story], timed: Sequence[Story]) -> float:
    """The processor's seconds for the briefs of some stories, once those of others are written."""
    summariser = newsum.Summariser(model=None)
    list(summariser.summarise_many(warm, words=60))
    began = time.process_time()
    list(summariser.summarise_many(timed, words=60))
    return time.process_time() - began


def _turn(checkout: Path) -> float:
    environment = {**os.environ, "PYTHONPATH": str(checkout), "OMP_NUM_THREADS": "1", "PYTHONWARNINGS": "ignore"}
    command = [sys.executable, str(Path(__file__).resolve()), "--one"]
    done = subprocess.run(command, env=environment, cwd=checkout, check=True, capture_output=True, text=True)
    return float(json.loads(done.stdout))


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("other", type=Path, nargs="?", help="the other checkout's folder")
    parser.add_argument("--turns", type=int, default=3)
    parser.add_argument("--one", action="store_true", help=argparse.SUPPRESS)
    chosen = parser.parse_args(arguments)
    if chosen.one:
        folder = Path(os.environ.get("NEWSUM_DATA") or _BESIDE) / "stories"
        print(json.dumps(measured(_read(folder, "basil_dev")[:_WARM], stories(folder))))
        return 0
    if chosen.other is None:
        parser.error("name the other checkout's folder")
    own = Path(__file__).resolve().parents[1]
    turns = [(_turn(chosen.other.resolve()), _turn(own)) for _ in range(chosen.turns)]
    theirs, ours = (statistics.median(column) for column in zip(*turns, strict=True))
    for number, (other, this) in enumerate(turns, 1):
        print(f"turn {number}: {other:.2f} s there, {this:.2f} s here")
    print(f"{ours / theirs:.2f} times the time of {chosen.other}")
    return int(ours > theirs)


if __name__ == "__main__":
    sys.exit(main())
