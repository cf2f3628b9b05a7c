"""Marks of readers on lines of briefs -> which sentence opens one, and which is printed below the opening.

    python -m recipes.printable allsides_train.jsonl.gz --out newsum/planning/printable.json
    python -m recipes.printable allsides_train.jsonl.gz --openings --out newsum/planning/opening.json
    python -m recipes.printable allsides_train.jsonl.gz --folds 8

In: printable.tsv: of training stories' briefs, each line by its article and where it begins there, the opening first,
with a reader's mark: "ok", "lean" (it points to what title and lines above do not tell), "poor" (told already, tells
nothing yet, no sentence of news). openings.tsv: of the first sentences of training stories' articles, how well each
would open a brief, 0 to 3. Held-out stories are not among them. Out: boosted trees for newsum/planning/printable.py and
opening.py. With --folds what they are worth on stories left out, beside salience.
"""

import argparse
import csv
import gzip
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from newsum.articles import Story
from newsum.planning import opening, printable
from newsum.planning.salience import Floats, View, features, salience, view_of
from newsum.planning.trees import Trees
from newsum.similarity.stories import StoryAnalysis, analyse_story
from recipes.boosting import fit

__all__ = ["Marked", "main", "marked_lines", "marked_openings"]

_LINES, _OPENINGS = (Path(__file__).parent / name for name in ("printable.tsv", "openings.tsv"))
_BEST = 3  # the best mark of an opening
_SETTINGS: Mapping[str, Any] = {"learning_rate": 0.03, "feature_fraction": 0.4, "bagging_fraction": 0.7}
_OF_LINES: Mapping[str, Any] = {**_SETTINGS, "trees": 150, "min_data_in_leaf": 25}
_OF_OPENINGS: Mapping[str, Any] = {**_SETTINGS, "trees": 200, "min_data_in_leaf": 60}

Marks = Mapping[str, str]


class Marked(NamedTuple):
    """A sentence that was read: the features and the salience of it, and the mark that it got, 0..1."""

    story: str
    found: Floats
    salience: float
    mark: float


def marked_lines(path: Path) -> Iterator[Marked]:
    """The lines of briefs, but for the openings, of the stories of a file."""
    for record, rows in _stories(path, _LINES):
        story, view, found = _seen(record)
        worth, place = salience(found), _places(view)
        titles = {key for article in story.articles for key in article.title.word_table.keys}
        for brief in _briefs(rows):
            first, *later = [place[int(row["article"]), int(row["start"])] for row in brief]
            told = titles.union(view.candidates[first].passage.analysis.word_table.keys)
            known = printable.features(view, story, found, told, first)
            for row, number in zip(brief[1:], later, strict=True):
                yield Marked(record["story_id"], known[number], float(worth[number]), float(row["mark"] == "ok"))


def marked_openings(path: Path) -> Iterator[Marked]:
    """The sentences that might open a brief, of the stories of a file."""
    for record, rows in _stories(path, _OPENINGS):
        _, view, found = _seen(record)
        worth, place, known = salience(found), _places(view), opening.features(view, found)
        for row in rows:
            number = place[int(row["article"]), int(row["start"])]
            yield Marked(record["story_id"], known[number], float(worth[number]), int(row["mark"]) / _BEST)


def _stories(path: Path, table: Path) -> Iterator[tuple[Mapping[str, Any], Sequence[Marks]]]:
    marks = defaultdict[str, list[Marks]](list)
    with table.open(encoding="utf-8") as rows:
        for row in csv.DictReader(rows, delimiter="\t"):
            marks[row["story"]].append(row)
    with gzip.open(path, "rt", encoding="utf-8") as stories:
        yield from ((one, marks[one["story_id"]]) for one in map(json.loads, stories) if one["story_id"] in marks)


def _seen(record: Mapping[str, Any]) -> tuple[StoryAnalysis, View, Floats]:
    story = analyse_story(Story.from_dict(record))
    view = view_of(story)
    return story, view, features(view)


def _places(view: View) -> Mapping[tuple[int, int], int]:
    return {(c.article, c.passage.sentence.start): number for number, c in enumerate(view.candidates)}


def _briefs(rows: Sequence[Marks]) -> Iterator[Sequence[Marks]]:
    return (list(brief) for _, brief in groupby(rows, key=lambda row: row["brief"]))


def _fitted(read: Sequence[Marked], settings: Mapping[str, Any]) -> Mapping[str, Any]:
    return fit(np.array([one.found for one in read]), np.array([one.mark for one in read]), **settings)


def _guessed(read: Sequence[Marked], settings: Mapping[str, Any], folds: int) -> Floats:
    """(marked,): what trees say that were fitted on the other stories."""
    fold = {story: n % folds for n, story in enumerate(sorted({one.story for one in read}))}
    part, guessed = np.array([fold[one.story] for one in read]), np.zeros(len(read))
    for number in range(folds):
        own = part == number
        trees = Trees.of(_fitted([one for one, is_own in zip(read, own, strict=True) if not is_own], settings))
        guessed[own] = trees.predict(np.array([read[n].found for n in np.flatnonzero(own)]))
    return guessed


def _measure(path: Path, folds: int) -> None:
    lines = list(marked_lines(path))
    is_ok, worth = np.array([one.mark == 1 for one in lines]), np.array([one.salience for one in lines])
    areas = [_area(scores, is_ok) for scores in (_guessed(lines, _OF_LINES, folds), worth)]
    print(f"{len(lines)} lines, {is_ok.mean():.3f} ok; area under the curve {areas[0]:.3f}, of salience {areas[1]:.3f}")
    first = list(marked_openings(path))
    for name, scores in (
        ("trees", _guessed(first, _OF_OPENINGS, folds)),
        ("salience", np.array([one.salience for one in first])),
        ("the best there is", np.array([one.mark for one in first])),
    ):
        chosen = [max(own, key=lambda n: scores[n]) for own in _by_story(first)]
        marks = np.array([first[n].mark for n in chosen])
        print(
            f"openings by {name}: {len(marks)} stories, "
            f"mark {_BEST * marks.mean():.2f}, {_BEST} in {(marks == 1).mean():.3f}"
        )


def _by_story(read: Sequence[Marked]) -> Iterator[Sequence[int]]:
    return (list(own) for _, own in groupby(range(len(read)), key=lambda n: read[n].story))


def _area(scores: Floats, is_ok: Any) -> float:
    """How often one that is ok has more than one that is not; half where they are equal."""
    ok, others = scores[is_ok], scores[~is_ok]
    return float((ok[:, None] > others).mean() + 0.5 * (ok[:, None] == others).mean())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("stories", type=Path)
    parser.add_argument("--openings", action="store_true", help="what opens a brief, instead of what follows")
    parser.add_argument("--out", type=Path, metavar="FILE")
    parser.add_argument("--folds", type=int, metavar="N", help="measure, on N parts of the stories")
    settings = parser.parse_args()
    if settings.folds:
        _measure(settings.stories, settings.folds)
    if settings.out:
        read = list((marked_openings if settings.openings else marked_lines)(settings.stories))
        names = opening.FEATURES if settings.openings else printable.FEATURES
        made = _fitted(read, _OF_OPENINGS if settings.openings else _OF_LINES)
        stored = json.dumps({"sentences": len(read), "features": names, **made}, separators=(",", ":"))
        settings.out.write_text(f"{stored}\n", encoding="utf-8")
        print(settings.out, len(read), "sentences")


if __name__ == "__main__":
    main()
