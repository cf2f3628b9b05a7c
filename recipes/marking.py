"""What readers made of training stories -> models/judge/marks.json: how the judge's model reads as an editor does.

    python -m recipes.marking allsides_train.jsonl.gz --out newsum/models/judge/marks.json

The judge stays as it is. Its state at a line's last token, after what is told, is read through unit rows of the
vocabulary; three ridge regressions of it are the marks (linear probes, Alain and Bengio 2016): "opens" by least
squares, "follows" and "prints" logistic. The sentences and their marks are recipes.reading's. What is told is the
headlines before an opening, the headline and the opening before what may follow, and the headline and all lines above
before a line. The states of some 35,000 sentences take 20 minutes of two cores; --states keeps them. With --folds what
the marks are worth on stories left out, alone and with the trees.
"""

import argparse
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsum.judging import LanguageJudge
from newsum.judging.folders import BUNDLED, read_folder
from newsum.judging.marking import MARKS, Heads
from newsum.planning.opening import headline, told_before
from newsum.planning.salience import View
from newsum.similarity.stories import StoryAnalysis
from recipes import reading
from recipes.fitting import auc, fit_logistic, parts

__all__ = ["Asked", "fitted", "main", "of_briefs", "of_openings", "of_picks", "states"]

_RIDGE = {"opens": 1000.0, "follows": 300.0, "prints": 500.0}
_TASK = {"opens": "opening", "follows": "chosen", "prints": "printable"}  # of recipes.reading

Floats = NDArray[np.float64]


class Asked(NamedTuple):
    """What is told, the lines of which each may stand next, and the marks that they got, 0..1."""

    story: str
    told: str
    lines: Sequence[str]
    marks: Sequence[float]


def of_openings(path: Path) -> Iterator[Asked]:
    """The sentences that might open a brief."""
    for record, rows in reading.stories(path, "read_openings.tsv"):
        story, view, _ = reading.seen(record)
        place = reading.places(view)
        texts = [_text(view, place[int(row["article"]), int(row["start"])]) for row in rows]
        yield Asked(record["story_id"], told_before(story), texts, [int(row["mark"]) / reading.BEST for row in rows])


def of_picks(path: Path) -> Iterator[Asked]:
    """The sentences that a reader chose from, below the opening."""
    for record, rows in reading.stories(path, "read_briefs.tsv"):
        story, view, _ = reading.seen(record)
        place = reading.places(view)
        for row in (row for row in rows if row["words"] == reading.LONG):
            first, *later = [place[reading.placed(line)] for line in row["lines"].split()]
            asked = [n for n in reading.offered(view, len(story.articles)) if n != first]
            marks = [float(n in later) for n in asked]
            yield Asked(record["story_id"], _after(story, view, [first]), [_text(view, n) for n in asked], marks)


def of_briefs(path: Path) -> Iterator[Asked]:
    """The lines of briefs that were read, but for the openings."""
    for record, rows in reading.stories(path, "read_lines.tsv"):
        story, view, _ = reading.seen(record)
        place = reading.places(view)
        for brief in reading.briefs(rows):
            numbers = [place[int(row["article"]), int(row["start"])] for row in brief]
            for count, row in enumerate(brief[1:], start=1):
                told = _after(story, view, numbers[:count])
                yield Asked(record["story_id"], told, [_text(view, numbers[count])], [float(row["mark"] == "ok")])


def _text(view: View, number: int) -> str:
    return view.candidates[number].text


def _after(story: StoryAnalysis, view: View, above: Sequence[int]) -> str:
    opening = view.candidates[above[0]]
    return " ".join([headline(story, opening.article), *(_text(view, number) for number in above)])


def states(asked: Iterable[Asked], judge: LanguageJudge) -> Iterator[Sequence[Sequence[float]]]:
    """For each (lines, hidden): the judge's states at the lines' last tokens."""
    for number, one in enumerate(asked, start=1):
        yield judge.read(one.told, one.lines)
        if number % 500 == 0:
            print(number, flush=True)


def _state_reader() -> LanguageJudge:
    """The judge with a head for each number of its state."""
    hidden = len(read_folder(BUNDLED).adapter.weights["norm"])
    names = tuple(f"state {number}" for number in range(hidden))
    return LanguageJudge(heads=Heads(names, np.eye(hidden, dtype=np.float32), (0.0,) * hidden, "states"))


def _read(path: Path, kept: Path | None) -> Mapping[str, tuple[Floats, Floats, list[str]]]:
    """For each mark the states, the marks given, and the stories."""
    asked = {"opens": list(of_openings(path)), "follows": list(of_picks(path)), "prints": list(of_briefs(path))}
    if kept is not None and kept.is_file():
        stored = np.load(kept)
        found = {name: stored[name] for name in MARKS}
    else:
        judge = _state_reader()
        found = {name: np.concatenate(list(states(asked[name], judge))).astype(np.float32) for name in MARKS}
        if kept is not None:
            np.savez(kept, **found)
    return {
        name: (
            found[name].astype(float),
            np.array([mark for one in own for mark in one.marks]),
            [one.story for one in own for _ in one.lines],
        )
        for name, own in asked.items()
    }


def fitted(name: str, found: Floats, marks: Floats) -> Floats:
    """(hidden and a constant,)."""
    if name != "opens":
        return fit_logistic(found, marks, ridge=_RIDGE[name])
    middle, spread = found.mean(axis=0), found.std(axis=0) + 1e-9
    scaled = np.column_stack([(found - middle) / spread, np.ones(len(found))])
    penalty = np.diag([*([_RIDGE[name]] * found.shape[1]), 0.0])
    weights = np.linalg.solve(scaled.T @ scaled + penalty, scaled.T @ marks)
    factors: Floats = weights[:-1] / spread
    return np.append(factors, weights[-1] - factors @ middle)


def _measure(path: Path, name: str, read: tuple[Floats, Floats, list[str]], folds: int) -> None:
    found, marks, stories = read
    part, own = parts(stories, folds), np.zeros(len(marks))
    for number in range(folds):
        held = part == number
        weights = fitted(name, found[~held], marks[~held])
        own[held] = found[held] @ weights[:-1] + weights[-1]
    task = reading.TASKS[_TASK[name]]
    known = list(task.read(path))
    trees = np.clip(reading.guessed(known, task, folds), 0.005, 0.995)
    odds = trees if name == "opens" else np.log(trees / (1 - trees))
    good = marks == 1
    if name == "opens":
        for share in (1.0, 0.7, 0.0):
            both = share * own + (1 - share) * odds
            taken = [max(rows, key=lambda n, both=both: both[n]) for rows in reading.by_story(known)]
            print(f"opens: {share:.1f} of the mark, the rest the trees: the best mark in {good[taken].mean():.3f}")
        return
    weights = fit_logistic(np.column_stack([own, odds]), marks, ridge=0.01)
    both = own * weights[0] + odds * weights[1]
    print(f"{name}: mark, trees and a constant count {weights.round(2).tolist()}; area under the curve")
    print(
        ", ".join(f"{of} {auc(by[good], by[~good]):.3f}" for of, by in (("mark", own), ("trees", odds), ("both", both)))
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("stories", type=Path)
    parser.add_argument("--out", type=Path, required=True, metavar="FILE")
    parser.add_argument("--states", type=Path, metavar="FILE", help="where the states are kept, or read from")
    parser.add_argument("--folds", type=int, metavar="N", help="measure, on N parts of the stories")
    settings = parser.parse_args()
    read = _read(settings.stories, settings.states)
    stored = {}
    for name in MARKS:
        found, marks, _ = read[name]
        weights = fitted(name, found, marks)
        stored[name] = {"weights": [round(float(w), 5) for w in weights[:-1]], "constant": round(float(weights[-1]), 5)}
        if settings.folds:
            _measure(settings.stories, name, read[name], settings.folds)
    settings.out.write_text(json.dumps(stored, separators=(",", ":")) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
