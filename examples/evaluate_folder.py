"""Score a folder of briefs that something else wrote: one text file a story, named after it.

    python examples/evaluate_folder.py briefs/ [--stories examples/stories] [--words 60]

briefs/treaty.txt is the brief of stories/treaty/. Besides ROUGE this says how much of the wording is new, and, with
newsum's own attribution, what share of the lines the articles support.
"""

import argparse
from collections.abc import Sequence
from pathlib import Path

import newsum
from newsum.evaluation import evaluate
from newsum.evaluation.datasets import load


def main(args: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("briefs", type=Path)
    parser.add_argument("--stories", type=Path, default=Path(__file__).parent / "stories")
    parser.add_argument("--words", type=int, default=60, help="the length of the references to compare with")
    parser.add_argument("--attribute", action="store_true", help="look for the evidence of every line too")
    chosen = parser.parse_args(args)
    examples = {example.story.id: example for example in load(chosen.stories, words=chosen.words)}
    briefs = {path.stem: path.read_text(encoding="utf-8") for path in sorted(chosen.briefs.glob("*.txt"))}
    unknown = [name for name in briefs if name not in examples]
    if unknown or not briefs:
        parser.error(
            f"{chosen.briefs} holds {', '.join(unknown) or 'no .txt file'}; the stories are {', '.join(examples)}"
        )
    stories = [examples[name].story for name in briefs]
    predictions = list(briefs.values())
    if chosen.attribute:
        predictions = [newsum.attribute(text, story.articles) for text, story in zip(predictions, stories, strict=True)]
    references = [list(examples[name].references) for name in briefs]
    scores = evaluate(predictions, references, stories=stories, words=chosen.words)
    print(scores)
    for name, row in zip(briefs, scores.table, strict=True):
        new = f"{row['novelty2'] or 0:.0%} of word pairs new"
        print(f"{name:20} ROUGE-1 {row['rouge1']:.3f}  {new}  {row['words']:.0f} words")


if __name__ == "__main__":
    main()
