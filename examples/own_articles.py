"""Articles of your own: made by hand or read from a folder, each line's receipts, and what `verify` says of a change.

    python examples/own_articles.py [FOLDER] [--words N] [--save FILE.json]

FOLDER holds the articles of one story (.txt, .md, .json, .jsonl, .csv, saved .html pages); by default it is the ferry
strike of examples/stories.
"""

import argparse
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import newsum
from newsum import Article, Evidence, Line, Summary

FERRIES = Path(__file__).parent / "stories" / "ferry-strike"

# From a database, a feed, a scraper: an outlet and a text are enough. With `published`, "Monday" becomes a date.
BY_HAND = [
    Article(
        "The Harbour Courier",
        "The swing bridge at Tarn Quay will stay shut until May, the port authority said on Monday. "
        "A crack 40 centimetres long was found in its main bearing during a routine inspection last week. "
        "Lorries are being sent round by the coast road, which adds 25 minutes to the journey.",
        title="Tarn Quay bridge shut until May",
        url="https://www.harbourcourier.example/tarn-quay-bridge",
        published="2026-03-17",
    ),
    Article(
        "RTV Osterland",
        "The bridge at Tarn Quay is to remain closed until May after engineers found a crack in its main bearing. "
        "Repairs will cost $3.5m, the port authority said. "
        "Shopkeepers on the quay say that their takings have fallen by a third.",
        title="Shopkeepers count cost of closed bridge",
        published="2026-03-18",
    ),
]


def show(line: Line) -> None:
    """What a line can say for itself."""
    print(f"\n{line.text}")
    print(f"  credited: {', '.join(line.outlets)}")
    print(f"  support:  {line.support.label}, with a probability of {line.support.score:.2f}")
    if line.also:
        print(f"  also:     {', '.join(line.also)}")
    for evidence in line.evidence:
        place = f"{evidence.outlet}, characters {evidence.start} to {evidence.end}"
        print(f"  evidence: “{evidence.quote}” ({place})")


def verify(saved: Path, articles: Sequence[Article]) -> None:
    """The saved brief against the articles: neither the model nor the first run is needed."""
    failures = Summary.from_json(saved.read_text(encoding="utf-8")).verify(articles)
    for failure in failures:
        print(f"  {failure.kind}: {failure}")
    print("  Not verified." if failures else "  Verified: every receipt holds.")


def rewritten(article: Article, evidence: Evidence) -> Article:
    """The article as if its outlet had replaced a sentence; its id, kept, says that it is the same article still."""
    text = article.text[: evidence.start] + "This sentence was withdrawn." + article.text[evidence.end :]
    return replace(article, text=text)


def main(args: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=FERRIES)
    parser.add_argument("--words", type=int, default=60, help="words in a brief's lines (default: 60)")
    parser.add_argument("--save", type=Path, metavar="FILE.json", help="default: a file that is removed at the end")
    chosen = parser.parse_args(args)
    summariser = newsum.Summariser()

    print("=== Articles made by hand ===\n")
    print(summariser.summarise(BY_HAND, words=chosen.words))

    print(f"\n=== Articles read from {chosen.folder.name}: what each line rests on ===")
    articles = newsum.read(chosen.folder)
    summary = summariser.summarise(articles, words=chosen.words)
    if not summary.lines:
        sys.exit("No sentence of these articles can stand in a brief.")
    for line in summary.lines:
        show(line)

    with tempfile.TemporaryDirectory() as scratch:
        saved = chosen.save or Path(scratch) / "brief.json"
        saved.write_text(summary.to_json(), encoding="utf-8")
        print(f"\n=== Saved as {saved.name}, and verified from that file ===")
        verify(saved, articles)

        cited = summary.lines[0].evidence[0]
        print(f"\n=== The same after {cited.outlet} has rewritten what line 1 rests on ===")
        verify(saved, [rewritten(a, cited) if a.id == cited.article else a for a in articles])


if __name__ == "__main__":
    try:
        main()
    except newsum.NewsumError as error:
        sys.exit(f"error: {error}")
