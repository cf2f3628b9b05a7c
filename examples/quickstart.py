"""Briefs of three fixture stories, each line with the outlet that it rests on, and every receipt looked up.

    python examples/quickstart.py [STORY ...] [--words N]

This is what `make demo` runs. STORY is a folder of examples/stories, such as treaty; nothing is downloaded.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from time import perf_counter

import newsum

STORIES = Path(__file__).parent / "stories"


def main(args: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("stories", metavar="STORY", nargs="*", help="default: ferry-strike, storm and treaty")
    parser.add_argument("--words", type=int, default=80, help="words in a brief's lines (default: 80)")
    chosen = parser.parse_args(args)
    names = chosen.stories or ["ferry-strike", "storm", "treaty"]
    started = perf_counter()
    summariser = newsum.Summariser()  # made once, for every story

    for number, name in enumerate(names, start=1):
        articles = newsum.read(STORIES / name)
        print(f"\n=== {number} of {len(names)}: {name}, {len(articles)} articles ===\n")
        summary = summariser.summarise(articles, words=chosen.words)
        print(summary)

        # A receipt is a quote with its place in an article. No model is needed to look them all up again.
        failures = summary.verify(articles)
        receipts = sum(len(line.evidence) + len(line.corroboration) for line in summary.lines)
        if failures:
            sys.exit("Not verified:\n" + "\n".join(map(str, failures)))
        print(f"\nVerified: {receipts} of {receipts} receipts stand in the articles, word for word.")

    print(f"\n=== Briefs written and verified: {len(names)}, in {perf_counter() - started:.1f} seconds ===")


if __name__ == "__main__":
    try:
        main()
    except newsum.NewsumError as error:
        sys.exit(f"error: {error}")
