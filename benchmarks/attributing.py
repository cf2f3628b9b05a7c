"""How often lines are credited rightly, and how far the support scores can be trusted.

Attribution is measured on people's lines whose sources are known: the references of the fixture stories (newsum's
own, written line by line from listed sentences) and the sentences of SPARK dev (375 that people aligned with the
articles). Each is given to `newsum.attribute` as a line, and the articles that it credits are compared with the known
ones, once without and once with those it names as saying the same. Support is measured on QAGS: lines that three
people judged against one article.
"""

import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.data import data_folder, read_jsonl
from benchmarks.sets import FIXTURES, StorySet
from benchmarks.voted import crossed_votes
from newsum.articles import Story
from newsum.evaluation import evaluate
from newsum.reading import read_stories

__all__ = ["Aligned", "attribution_rows", "fixture_lines", "judged_lines", "spark_lines"]


@dataclass(frozen=True, slots=True)
class Aligned:
    """A story's lines as people wrote them, each with the ids of the articles that it draws on."""

    story: Story
    lines: tuple[str, ...]
    credits: tuple[frozenset[str], ...]


def attribution_rows(sets: Iterable[StorySet]) -> Iterator[dict[str, Any]]:
    """Precision, recall, F1 and exact set, where the sets hold the stories."""
    names = [stories.name for stories in sets]
    if any(name.startswith("fixtures") for name in names):
        yield from _rows("fixtures", list(fixture_lines()))
    if "spark" in names:
        yield from _rows("spark", list(spark_lines()))


def _rows(name: str, aligned: list[Aligned]) -> Iterator[dict[str, Any]]:
    import newsum

    summaries = [newsum.attribute(list(story.lines), story.story.articles) for story in aligned]
    texts = ["\n".join(story.lines) for story in aligned]
    scores = evaluate(summaries, texts, credits=[story.credits for story in aligned])
    lines = sum(len(story.lines) for story in aligned)
    for counted, prefix in (("credited", "attribution_"), ("credited or also", "attribution_also_")):
        found = {score: scores[prefix + score].mid for score in ("precision", "recall", "f1", "exact")}
        yield {"set": name, "counted": counted, "lines": lines, **found}


def fixture_lines() -> Iterator[Aligned]:
    for story in read_stories(FIXTURES):
        folder = FIXTURES / (story.id or "")
        by_file = dict(zip((path.name for path in sorted(folder.glob("*.md"))), story.articles, strict=True))
        for reference in tomllib.loads((folder / "story.toml").read_text(encoding="utf-8"))["references"]:
            lines = tuple(line["text"] for line in reference["lines"])
            rests = (frozenset(by_file[s["article"]].id for s in line["rests_on"]) for line in reference["lines"])
            yield Aligned(story, lines, tuple(rests))


def spark_lines() -> Iterator[Aligned]:
    for row in read_jsonl("alignment/spark_dev"):
        story = Story.from_dict(row)
        known = [sentence for sentence in row["sentences"] if sentence["sources"]]
        credits = (frozenset(story.articles[i].id for i in sentence["sources"]) for sentence in known)
        if known:
            yield Aligned(story, tuple(sentence["text"] for sentence in known), tuple(credits))


def judged_lines() -> list[tuple[float, bool]]:
    """Support score, from a fit to other articles, and people's verdict for every line of QAGS, where the data is."""
    folder = data_folder()
    needed = ("support/qags_cnndm", "stories/allsides_train")
    if folder is None or not all(Path(folder, f"{name}.jsonl.gz").is_file() for name in needed):
        return []
    rows = list(read_jsonl("support/qags_cnndm"))
    verdicts = (sentence["consistent"] for row in rows for sentence in row["sentences"])
    return list(zip(crossed_votes(rows).tolist(), verdicts, strict=True))
