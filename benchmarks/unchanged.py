"""Writes what newsum prints of 200 development stories, and compares two such files line by line.

In: a checkout's newsum and the data folder. Out: a JSON object a brief. A change that must not change briefs is shown
by the same file before and after; of one that may, the lines that differ are listed with the labels on both sides.

    python -m benchmarks.unchanged write before.jsonl      # from any checkout: PYTHONPATH says whose newsum
    python -m benchmarks.unchanged compare before.jsonl after.jsonl

The stories: all of basil_dev, news_cluster_dev and ecbplus_dev, and the first 83 of allsides_train's kept tenth.
"""

import argparse
import hashlib
import itertools
import json
import os
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

if __name__ == "__main__":  # run as a file, it must not find the modules beside it in place of packages of their names
    sys.path.pop(0)

import newsum

__all__ = ["Key", "Row", "compare", "main", "read", "stories", "write"]

_SETS = {"basil_dev": 55, "news_cluster_dev": 28, "ecbplus_dev": 34, "allsides_train": 83}
_WORDS = (60, 120)
_BESIDE = Path(__file__).resolve().parents[2] / "shared" / "data"

Row = dict[str, Any]
Key = tuple[str, str, str, int]  # set, story, model, words


def _kept(story_id: str) -> bool:
    """Whether a training story is one of the tenth kept aside (recipes.aside)."""
    return int(hashlib.sha256(story_id.encode()).hexdigest()[:8], 16) % 10 == 0


def stories() -> Iterator[tuple[str, newsum.Story]]:
    """The development stories, each with the name of its set."""
    folder = Path(os.environ.get("NEWSUM_DATA") or _BESIDE) / "stories"
    for name, most in _SETS.items():
        found = newsum.read_stories(folder / f"{name}.jsonl.gz")
        own = (story for story in found if name != "allsides_train" or _kept(story.id or ""))
        yield from ((name, story) for story in itertools.islice(own, most))


def _briefs(model: str | None) -> Iterator[Row]:
    asked = list(stories())
    summariser = newsum.Summariser(model=model)
    for words in _WORDS:
        summaries = summariser.summarise_many([story for _, story in asked], words=words)
        for (name, story), summary in zip(asked, summaries, strict=True):
            labels = [line.support.label for line in summary.lines]
            yield {
                "set": name,
                "story": story.id,
                "model": model,
                "words": words,
                "text": str(summary),
                "lines": [line.text for line in summary.lines],
                "labels": labels,
            }


def write(path: Path, models: list[str | None]) -> int:
    with path.open("w", encoding="utf-8") as out:
        count = 0
        for model in models:
            for row in _briefs(model):
                out.write(json.dumps(row, ensure_ascii=False) + "\n")
                count += 1
    print(f"{count} briefs by {newsum.__file__}")
    return 0


def read(path: Path) -> dict[Key, Row]:
    """The briefs of a file that `write` wrote."""
    rows = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    return {(row["set"], row["story"], str(row["model"]), row["words"]): row for row in rows}


def compare(before: Path, after: Path) -> int:
    """Prints how many briefs differ and how; 1 where one does."""
    old, new = read(before), read(after)
    common = old.keys() & new.keys()
    changed = sorted(key for key in common if old[key]["text"] != new[key]["text"])
    kinds: Counter[str] = Counter()
    for key in changed:
        print(*key)
        ours, theirs = old[key], new[key]
        gone = [line for line in ours["lines"] if line not in theirs["lines"]]
        come = [line for line in theirs["lines"] if line not in ours["lines"]]
        kinds["lines" if gone or come else "labels" if ours["labels"] != theirs["labels"] else "the rest"] += 1
        for mark, lines in (("-", gone), ("+", come)):
            print(*(f"  {mark} {line}" for line in lines), sep="\n", end="\n" if lines else "")
        if not gone and not come:
            for left, right in itertools.zip_longest(ours["text"].split("\n"), theirs["text"].split("\n")):
                if left != right:
                    print(f"  < {left}\n  > {right}")
    share = len(changed) / max(1, len(common))
    print(f"{len(changed)} of {len(common)} briefs differ ({share:.1%}): {dict(kinds) or 'none'}")
    print(f"only before: {len(old.keys() - new.keys())}; only after: {len(new.keys() - old.keys())}")
    return int(bool(changed) or old.keys() != new.keys())


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    one = commands.add_parser("write")
    one.add_argument("out", type=Path)
    one.add_argument("--models", nargs="+", default=["none"])
    two = commands.add_parser("compare")
    two.add_argument("before", type=Path)
    two.add_argument("after", type=Path)
    chosen = parser.parse_args(arguments)
    if chosen.command == "write":
        return write(chosen.out, [None if name == "none" else name for name in chosen.models])
    return compare(chosen.before, chosen.after)


if __name__ == "__main__":
    sys.exit(main())
