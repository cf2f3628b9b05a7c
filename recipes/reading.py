"""What readers made of training stories -> which sentence opens a brief, and which follow.

    python -m recipes.reading allsides_train.jsonl.gz opening   --out newsum/planning/opening.json
    python -m recipes.reading allsides_train.jsonl.gz chosen    --out newsum/planning/chosen.json
    python -m recipes.reading allsides_train.jsonl.gz printable --out newsum/planning/printable.json
    python -m recipes.reading allsides_train.jsonl.gz --folds 8

In: the stories of a file and the invented ones (recipes/invented.py), and three tables, which hold places and no text
of an outlet. read_openings.tsv: of the first sentences of a story's articles, how well each would open a brief, 0 to 3.
read_briefs.tsv: the briefs of 60 and 120 words that an editor would make of a story's sentences, each by its article
and where it begins there, in printing order. read_lines.tsv: lines of newsum's briefs, the opening first: "ok", "lean"
(it points to what title and lines above do not tell) or "poor" (told already, tells nothing yet, no sentence of news).
The readers are language models that were told how an editor reads. Held-out stories are not among them. Out: boosted
trees for newsum/planning/opening.py and following.py. With --folds what they are worth on stories left out, beside
salience.
"""

import argparse
import csv
import gzip
import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from newsum.articles import Story
from newsum.planning import following, opening
from newsum.planning.salience import Floats, View, features, salience, view_of
from newsum.planning.trees import Trees
from newsum.similarity.stories import StoryAnalysis, analyse_story
from newsum.text.leaning import stands_alone
from recipes.boosting import fit
from recipes.fitting import auc, parts
from recipes.invented import invented

__all__ = [
    "BEST",
    "LONG",
    "TASKS",
    "Marked",
    "briefs",
    "by_story",
    "chosen",
    "guessed",
    "main",
    "offered",
    "openings",
    "placed",
    "places",
    "printable",
    "seen",
    "stories",
]

_TABLES = Path(__file__).parent
BEST = 3  # the best mark of an opening
_SHOWN, _SHOWN_OF_TWO = 12, 16  # sentences of an article that a reader chose from, the second where there are two
LONG = "120"  # words of the brief whose sentences are learnt

Marks = Mapping[str, str]


class Marked(NamedTuple):
    """A sentence that was read: the features and the salience of it, and the mark that it got, 0..1."""

    story: str
    found: Floats
    salience: float
    mark: float


def printable(path: Path) -> Iterator[Marked]:
    """The lines of briefs, but for the openings, of the stories of a file."""
    for record, rows in stories(path, "read_lines.tsv"):
        story, view, found = seen(record)
        worth, place = salience(found), places(view)
        for brief in briefs(rows):
            first, *later = [place[int(row["article"]), int(row["start"])] for row in brief]
            known = following.features(view, story, found, _told(story, view, first), first, np.arange(len(found)))
            for row, number in zip(brief[1:], later, strict=True):
                yield Marked(record["story_id"], known[number], float(worth[number]), float(row["mark"] == "ok"))


def openings(path: Path) -> Iterator[Marked]:
    """The sentences that might open a brief, of the stories of a file."""
    for record, rows in stories(path, "read_openings.tsv"):
        _, view, found = seen(record)
        worth, place, known = salience(found), places(view), opening.features(view, found)
        for row in rows:
            number = place[int(row["article"]), int(row["start"])]
            yield Marked(record["story_id"], known[number], float(worth[number]), int(row["mark"]) / BEST)


def chosen(path: Path) -> Iterator[Marked]:
    """The sentences that a reader chose from for the longer brief, below its opening, of the stories of a file."""
    for record, rows in stories(path, "read_briefs.tsv"):
        story, view, found = seen(record)
        worth, place = salience(found), places(view)
        for row in (row for row in rows if row["words"] == LONG):
            first, *later = [place[placed(line)] for line in row["lines"].split()]
            known = following.features(view, story, found, _told(story, view, first), first, np.arange(len(found)))
            for number in offered(view, len(story.articles)):
                if number != first:
                    yield Marked(record["story_id"], known[number], float(worth[number]), float(number in later))


def offered(view: View, articles: int) -> Iterator[int]:
    """The sentences that a reader could choose: those near the top that can stand alone."""
    most = _SHOWN if articles > 2 else _SHOWN_OF_TWO
    return (n for n, c in enumerate(view.candidates) if c.index < most and stands_alone(c.text))


def placed(line: str) -> tuple[int, int]:
    article, start = map(int, line.split(":"))
    return article, start


def _told(story: StoryAnalysis, view: View, first: int) -> frozenset[str]:
    """The keys of the headlines' words and the opening's."""
    titles = {key for article in story.articles for key in article.title.word_table.keys}
    return frozenset(titles.union(view.candidates[first].passage.analysis.word_table.keys))


def stories(path: Path, table: str) -> Iterator[tuple[Mapping[str, Any], Sequence[Marks]]]:
    marks = defaultdict[str, list[Marks]](list)
    with (_TABLES / table).open(encoding="utf-8") as rows:
        for row in csv.DictReader(rows, delimiter="\t"):
            marks[row["story"]].append(row)
    yield from ((record, marks[record["story_id"]]) for record in _records(path) if record["story_id"] in marks)


def _records(path: Path) -> Iterator[Mapping[str, Any]]:
    """The stories of a file, and the invented ones."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)
    yield from invented()


def seen(record: Mapping[str, Any]) -> tuple[StoryAnalysis, View, Floats]:
    story = analyse_story(Story.from_dict(record))
    view = view_of(story)
    return story, view, features(view)


def places(view: View) -> Mapping[tuple[int, int], int]:
    return {(c.article, c.passage.sentence.start): number for number, c in enumerate(view.candidates)}


def briefs(rows: Sequence[Marks]) -> Iterator[Sequence[Marks]]:
    return (list(brief) for _, brief in groupby(rows, key=lambda row: row["brief"]))


class _Task(NamedTuple):
    """What is learnt: the sentences that were read, what is known of them, how many trees of what kind."""

    read: Callable[[Path], Iterator[Marked]]
    features: Sequence[str]
    trees: int
    smallest: int  # sentences of a leaf


TASKS: Mapping[str, _Task] = {
    "opening": _Task(openings, opening.FEATURES, trees=200, smallest=60),
    "chosen": _Task(chosen, following.FEATURES, trees=300, smallest=60),
    "printable": _Task(printable, following.FEATURES, trees=200, smallest=25),
}


def _fitted(read: Sequence[Marked], task: _Task) -> Mapping[str, Any]:
    found, marks = np.array([one.found for one in read]), np.array([one.mark for one in read])
    settings = {"learning_rate": 0.03, "feature_fraction": 0.4, "bagging_fraction": 0.7}
    return fit(found, marks, trees=task.trees, min_data_in_leaf=task.smallest, **settings)


def guessed(read: Sequence[Marked], task: _Task, folds: int) -> Floats:
    """(marked,): what trees say that were fitted on the other stories."""
    part, guessed = parts([one.story for one in read], folds), np.zeros(len(read))
    for number in range(folds):
        own = part == number
        trees = Trees.of(_fitted([one for one, is_own in zip(read, own, strict=True) if not is_own], task))
        guessed[own] = trees.predict(np.array([read[n].found for n in np.flatnonzero(own)]))
    return guessed


def _measure(path: Path, folds: int) -> None:
    for name in ("chosen", "printable"):
        read = list(TASKS[name].read(path))
        good, worth = np.array([one.mark == 1 for one in read]), np.array([one.salience for one in read])
        own, plain = (auc(scores[good], scores[~good]) for scores in (guessed(read, TASKS[name], folds), worth))
        print(
            f"{name}: {good.mean():.3f} of {len(read)} sentences; area under the curve {own:.3f}, salience {plain:.3f}"
        )
    first = list(openings(path))
    for name, scores in (
        ("trees", guessed(first, TASKS["opening"], folds)),
        ("salience", np.array([one.salience for one in first])),
        ("the best there is", np.array([one.mark for one in first])),
    ):
        taken = [max(own, key=lambda n: scores[n]) for own in by_story(first)]
        marks = np.array([first[n].mark for n in taken])
        print(
            f"openings by {name}: {len(marks)} stories, "
            f"mark {BEST * marks.mean():.2f}, {BEST} in {(marks == 1).mean():.3f}"
        )


def by_story(read: Sequence[Marked]) -> Iterator[Sequence[int]]:
    return (list(own) for _, own in groupby(range(len(read)), key=lambda n: read[n].story))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("stories", type=Path)
    parser.add_argument("task", choices=TASKS, nargs="?")
    parser.add_argument("--out", type=Path, metavar="FILE")
    parser.add_argument("--folds", type=int, metavar="N", help="measure, on N parts of the stories")
    settings = parser.parse_args()
    if settings.folds:
        _measure(settings.stories, settings.folds)
    if settings.task and settings.out:
        task = TASKS[settings.task]
        read = list(task.read(settings.stories))
        stored = {"sentences": len(read), "features": task.features, **_fitted(read, task)}
        settings.out.write_text(json.dumps(stored, separators=(",", ":")) + "\n", encoding="utf-8")
        print(settings.out, len(read), "sentences")


if __name__ == "__main__":
    main()
