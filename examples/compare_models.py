"""Which of two systems is better on a data set, and could it be chance?

    python examples/compare_models.py planned facebook/bart-large-cnn --data multi_news --limit 100
    python examples/compare_models.py "lead in turn" centroid

A system is a baseline ("lead", "lead in turn", "centroid", "LexRank", "TextRank"), "planned" (newsum's choice of
sentences, unwritten), or any checkpoint, a folder or a hub's name.
"""

import argparse
from collections.abc import Sequence
from pathlib import Path

from newsum import Summariser
from newsum.evaluation import Scores, evaluate
from newsum.evaluation.baselines import BASELINES, System
from newsum.evaluation.datasets import Example, load

FIXTURES = Path(__file__).parent / "stories"


def system_called(name: str) -> System:
    return BASELINES.get(name) or Summariser(model=None if name == "planned" else name).summarise


def score(system: System, examples: Sequence[Example], words: int) -> Scores:
    summaries = [system(example.story, words=words) for example in examples]
    references = [list(example.references) for example in examples]
    return evaluate(summaries, references, stories=[example.story for example in examples], words=words, empty="zero")


def main(args: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("first")
    parser.add_argument("second")
    parser.add_argument("--data", default=str(FIXTURES), help="a hub name, a file, or a folder of stories")
    parser.add_argument("--split", default="validation")
    parser.add_argument("--words", type=int, default=60)
    parser.add_argument("--limit", type=int, help="only so many stories")
    chosen = parser.parse_args(args)
    fixtures = Path(chosen.data).is_dir()
    examples = list(load(chosen.data, split=chosen.split, limit=chosen.limit, words=chosen.words if fixtures else None))
    first, second = (score(system_called(name), examples, chosen.words) for name in (chosen.first, chosen.second))
    print(f"{chosen.first} less {chosen.second}, {len(examples)} stories")
    print(f"{'':20}{chosen.first[:12]:>12}{chosen.second[:12]:>14}  difference (95% interval)      p")
    for name, found in first.compare(second).items():
        interval = f"{found.difference:+.4f} ({found.low:+.4f} to {found.high:+.4f})"
        print(f"{name:20}{first[name].mid:12.4f}{second[name].mid:14.4f}  {interval}  {found.p:.4f}")


if __name__ == "__main__":
    main()
