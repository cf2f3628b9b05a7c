"""Measure a system of your own beside newsum's baselines.

    python examples/own_system.py [DATA]

A system is a function from a story and a length to a `Summary`. DATA is what `newsum.evaluation.datasets.load` takes:
a folder of stories, a JSONL or Parquet file, "multi_news" ...; by default the fixture stories beside this file.
"""

import sys
from pathlib import Path

from newsum import Story, Summary
from newsum.evaluation import evaluate
from newsum.evaluation.baselines import brief_of, lead_in_turn, take
from newsum.evaluation.datasets import load
from newsum.text.sentences import sentences

WORDS = 60


def newest_first(story: Story, *, words: int) -> Summary:
    """The beginning of the newest article."""
    newest = max(story.articles, key=lambda article: article.published or "")
    return brief_of(story, take(sentences(newest), words), "newest first")


def main(data: str) -> None:
    examples = list(load(data, words=WORDS))
    stories = [example.story for example in examples]
    references = [list(example.references) for example in examples]
    own, known = (
        evaluate([system(story, words=WORDS) for story in stories], references, stories=stories, words=WORDS)
        for system in (newest_first, lead_in_turn)
    )
    print(own)
    found = own.compare(known)["rouge1"]
    interval = f"{found.difference:+.4f} ({found.low:+.4f} to {found.high:+.4f})"
    print(f"\nROUGE-1 less lead in turn: {interval}, p = {found.p:.3f}")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else str(Path(__file__).parent / "stories"))
