"""Faults put into true lines: how many newsum finds, how often it cries out for nothing, and how far its score is true.

    python -m benchmarks.faults [--fixtures]

Lines are sentences of the articles that can stand in a brief, and lines that people wrote (SPARK; the fixtures'
references; the summaries of allsides_train's kept tenth), which say the same in other words. Each is given to newsum as
somebody's line, untouched and with one fault of each kind (recipes/corrupting.py; figures in each other's places:
recipes/exchanging.py), and newsum finds the evidence itself. A line is flagged whose label
is not "supported" or that rests on nothing. Numbers are shares of lines with 95% bootstrap intervals over stories.

On QAGS, where people voted, newsum's score stands beside ROUGE-2 and MiniLM's cosine, each with a threshold from the
other articles. The fixtures are measured always, real news where NEWSUM_DATA or ../shared/data holds it; the exit
status is 1 where a share on the fixtures is below its floor.
"""

import argparse
import random
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from benchmarks.attributing import fixture_lines, spark_lines
from benchmarks.data import data_folder, read_jsonl
from benchmarks.sets import FIXTURES
from benchmarks.voted import print_votes
from newsum.articles import Story
from newsum.attribution.lines import SourceIndex
from newsum.audit import line_of
from newsum.checking import StoryContext, context_of
from newsum.reading import read_stories
from newsum.similarity.stories import analyse_story
from newsum.text.sentences import split
from recipes.aside import held_out
from recipes.corrupting import KINDS, corrupted, with_stranger
from recipes.exchanging import EXCHANGES, exchanged, near

__all__ = ["FLOORS", "Judged", "below", "flagged", "main", "shares"]

SEED = 0
_LINES = 4  # of a story
_SAMPLES = 1000
_REAL = {"AllSides val": "allsides_val", "BASIL": "basil_dev", "news clusters": "news_cluster_dev"}
_ROWS = ("untouched", *KINDS, *EXCHANGES, "stranger", "foreign")
FLOORS = {  # least share of the fixtures' sentences that are flagged; for "untouched" the most
    "untouched": 0.03,
    "number": 0.95,
    "name": 0.95,
    "date": 0.95,
    "negation": 0.95,
    "foreign": 0.9,  # of 48, in stories that share a country and its towns
}


@dataclass(frozen=True, slots=True)
class Judged:
    """A line as newsum judged it; `kind` is a kind of fault, "untouched" or "foreign"."""

    story: str
    kind: str
    flagged: bool
    score: float


def flagged(
    stories: Sequence[Story], lines_of: Callable[[Story], Sequence[str]], *, seed: int = SEED
) -> Iterator[Judged]:
    """Every line of every story, untouched, with each fault, and held against the next story."""
    own = [lines_of(story) for story in stories]
    for number, story in enumerate(stories):
        index, context = SourceIndex(known := analyse_story(story)), context_of(known)
        for true in own[number]:
            put = {kind: corrupted(true, kind, story, seed) for kind in KINDS}
            beside = near(story, true)
            put |= {kind: e.text for kind in EXCHANGES if (e := exchanged(true, kind, beside, seed)) is not None}
            put |= {"untouched": true, "stranger": with_stranger(true, story, stories[number - 1], seed)}
            yield from (_judged(kind, line, index, context) for kind, line in put.items() if line)
        yield from (_judged("foreign", line, index, context) for line in own[number - 1])


def _judged(kind: str, text: str, index: SourceIndex, context: StoryContext) -> Judged:
    line = line_of(text, index, story=context)
    return Judged(
        index.story.id or "", kind, line.support.label != "supported" or not line.evidence, line.support.score
    )


def sentences_of(story: Story) -> Sequence[str]:
    """Some of the sentences of a story's articles that can stand in a brief."""
    usable = [part.text for a in analyse_story(story).articles for part in a.readable if part is not None]
    return random.Random(f"{SEED} {story.id}").sample(usable, min(_LINES, len(usable)))


# --- numbers ------------------------------------------------------------------------------------------


def shares(judged: Iterable[Judged]) -> dict[str, tuple[float, float, float, int]]:
    """For each kind the share flagged, its interval, and how many lines there were."""
    found: dict[str, dict[str, list[bool]]] = {}
    for line in judged:
        found.setdefault(line.kind, {}).setdefault(line.story, []).append(line.flagged)
    return {kind: _share(found[kind]) for kind in _ROWS if kind in found}


def _share(by_story: Mapping[str, Sequence[bool]]) -> tuple[float, float, float, int]:
    hits = np.array([sum(own) for own in by_story.values()], dtype=float)
    counts = np.array([len(own) for own in by_story.values()], dtype=float)
    drawn = np.random.default_rng(SEED).integers(len(hits), size=(_SAMPLES, len(hits)))
    low, high = np.percentile(hits[drawn].sum(axis=1) / counts[drawn].sum(axis=1), [2.5, 97.5])
    return float(hits.sum() / counts.sum()), float(low), float(high), int(counts.sum())


def below(found: Mapping[str, tuple[float, float, float, int]]) -> list[str]:
    """What falls short of its floor, in words."""
    short = []
    for kind, floor in FLOORS.items():
        share = found[kind][0]
        if share > floor if kind == "untouched" else share < floor:
            short.append(f"{kind}: {share:.1%} flagged, {'at most' if kind == 'untouched' else 'at least'} {floor:.0%}")
    return short


def _print(title: str, found: Mapping[str, tuple[float, float, float, int]]) -> None:
    print(f"\n{title}")
    for kind, (share, low, high, count) in found.items():
        print(f"  {kind:<10} {share:6.1%}  ({low:.1%} to {high:.1%})  of {count}")


# --- sets ---------------------------------------------------------------------------------------------


def _fixtures() -> tuple[list[Judged], list[Judged]]:
    """The fixtures' sentences, and their references."""
    stories = list(read_stories(FIXTURES))
    written: dict[str, list[str]] = {}
    for aligned in fixture_lines():
        written.setdefault(aligned.story.id or "", []).extend(aligned.lines)
    return list(flagged(stories, sentences_of)), list(flagged(stories, lambda s: sorted(set(written[s.id or ""]))))


def _real() -> Iterator[tuple[str, list[Judged]]]:
    folder = data_folder()
    for title, name in _REAL.items():
        if folder is not None and (folder / "stories" / f"{name}.jsonl.gz").is_file():
            stories = [Story.from_dict(row) for row in read_jsonl(f"stories/{name}")]
            yield title, list(flagged(stories, sentences_of))


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--fixtures", action="store_true", help="only the fixtures, for a quick look")
    settings = parser.parse_args(argv)
    own, written = _fixtures()
    _print("Fixtures, sentences of the articles", found := shares(own))
    _print("Fixtures, lines of the references", shares(written))
    if not settings.fixtures:
        real = dict(_real())
        for title, judged in real.items():
            _print(f"{title}, sentences of the articles", shares(judged))
        everything = [line for judged in real.values() for line in judged]
        if everything:
            _print("All three sets", shares(everything))
        _print_spark()
        print_votes([(line.score, line.kind == "untouched") for line in everything])
    short = below(found)
    print("\n" + ("\n".join(f"BELOW THE FLOOR: {line}" for line in short) or "Every floor on the fixtures holds."))
    return bool(short)


def _print_spark() -> None:
    folder = data_folder()
    if folder is None or not (folder / "alignment" / "spark_dev.jsonl.gz").is_file():
        return
    lines = {aligned.story.id: aligned for aligned in spark_lines()}
    stories = [aligned.story for aligned in lines.values()]
    _print("SPARK, lines that people wrote", shares(flagged(stories, lambda story: lines[story.id].lines)))
    rows = [row for row in read_jsonl("stories/allsides_train") if held_out(row["story_id"])]
    told = {row["story_id"]: [row["reference"][a:b] for a, b in split(row["reference"])] for row in rows}
    kept = [Story.from_dict(row) for row in rows]
    _print("AllSides, the kept tenth's summaries", shares(flagged(kept, lambda story: told[story.id or ""])))


if __name__ == "__main__":
    sys.exit(main())
