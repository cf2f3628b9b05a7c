"""Fits how the rules' score and a judge's answer become one probability: checking/joining.json.

In: a judge, the stories of the kept tenth of all training files, whose summaries nothing was trained on. Out: weights.
True lines are the editors' summary sentences for which newsum finds evidence; false ones are these with a fault
(recipes.corrupting, recipes.judge.pairs) and invented happenings about the story's names. What is printed is from
weights that did not see the story.
"""

import json
import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsum.articles import Story
from newsum.attribution.lines import SourceIndex
from newsum.audit import evidence_of
from newsum.briefs.parsing import GivenLine
from newsum.checking import StoryJudge, check, context_of
from newsum.checking.joining import features
from newsum.judging import Entailment, Judge
from newsum.similarity.stories import analyse_story
from newsum.text.analysis import analyse
from recipes.corrupting import KINDS, corrupted
from recipes.fitting import auc, fit_logistic, squashed
from recipes.judge.house import held_out, sentences_of
from recipes.judge.pairs import degrees, invented, roles
from recipes.judge.pairs.made import Site
from recipes.judge.pairs.names import names_of
from recipes.judge.rows import read_json

__all__ = ["Line", "join", "lines"]

_FILES = ("allsides_train", "roundups_2021_train", "allsides_excerpts_train")
_FOLDS, _RIDGE = 10, 3.0
_FALSE = 3  # of a true line
_TRUE = 4.0  # true lines weigh so much together for each false one: of the lines of a brief four in five are true
Floats = NDArray[np.float64]


class Line(NamedTuple):
    """A line with what was found of it; `kind` is "true" or the fault's."""

    story: int
    kind: str
    text: str
    score: float
    answer: Entailment


def lines(data: Path, judge: Judge, *, stories: int, seed: int = 1) -> Iterator[Line]:
    """The lines of so many stories."""
    chance = random.Random(seed)
    rows = [row for name in _FILES for row in read_json(data / "stories" / f"{name}.jsonl.gz")]
    for number, row in enumerate([row for row in rows if held_out(row["story_id"])][:stories]):
        story = Story.from_dict(row)
        known = analyse_story(story)
        index, context, asked = SourceIndex(known), context_of(known), StoryJudge(judge, known)
        for kind, text in _texts(row["reference"], story, chance):
            (found,) = evidence_of([GivenLine(text)], index)
            answer = asked.of(text, found.evidence, found.corroboration, others=False)
            if answer is not None:
                support = check(analyse(text), found.evidence, index.analyses(found.evidence), story=context).support
                yield Line(number, kind, text, support.score, answer.best)


def _texts(reference: str, story: Story, chance: random.Random) -> Iterator[tuple[str, str]]:
    told = tuple(sentence for article in story.articles for sentence in sentences_of(article.text)[:20])
    names = names_of(told)
    for true in sentences_of(reference):
        yield "true", true
        site = Site(true, (), (), names.people, names.places, names.others, told)
        turned = [(turn.family, turn.text) for turn in (*degrees.turns(site, chance), *roles.exchanges(site, chance))
                  if turn.forward != "entailed"]  # fmt: skip
        turned += [(kind, text) for kind in KINDS if (text := corrupted(true, kind, story, chance.randrange(99)))]
        turned += [
            (made.family, made.hypothesis) for made in invented.invented(site, chance) if made.label == "neutral"
        ]
        yield from chance.sample(turned, min(_FALSE, len(turned)))


def join(found: Sequence[Line], out: Path) -> None:
    """Writes the weights and prints how well they part true lines from false ones."""
    numbers = np.array([features(line.score, line.answer)[:-1] for line in found])
    true = np.array([line.kind == "true" for line in found], dtype=float)
    stories = np.array([line.story for line in found])
    weight = np.where(true > 0, _TRUE * (true == 0).sum() / max(1, true.sum()), 1.0)
    crossed = np.zeros(len(found))
    for fold in range(_FOLDS):
        own = stories % _FOLDS == fold
        fitted = fit_logistic(numbers[~own], true[~own], weight=weight[~own], ridge=_RIDGE)
        crossed[own] = squashed(numbers[own] @ fitted[:-1] + fitted[-1])
    fitted = fit_logistic(numbers, true, weight=weight, ridge=_RIDGE)
    out.write_text(json.dumps({"weights": [round(float(value), 4) for value in fitted]}) + "\n", encoding="utf-8")
    rules, judge = np.array([line.score for line in found]), np.array([line.answer.entailed for line in found])
    is_true = true > 0
    print(f"{int(is_true.sum())} true lines, {int((~is_true).sum())} false; weights {fitted.round(3).tolist()}")
    for name, values in (("rules", rules), ("judge", judge), ("both", crossed)):
        bar = np.quantile(values[is_true], 0.08)
        print(f"  {name}: AUC {auc(values[is_true], values[~is_true]):.3f}; where 8% of the true fall,"
              f" {np.mean(values[~is_true] >= bar):.1%} of the false pass")  # fmt: skip
    print(f"  calibration error {_calibration_error(crossed, is_true, weight):.3f}")
    for kind in sorted({line.kind for line in found}):
        own = np.array([line.kind == kind for line in found])
        print(f"  {kind}: {np.mean(crossed[own] >= 0.5):.0%} of {own.sum()} at .5 or more")


def _calibration_error(values: Floats, true: NDArray[np.bool_], weight: Floats) -> float:
    """Expected calibration error over ten bins of equal width (Guo et al. 2017)."""
    bins = np.minimum((values * 10).astype(int), 9)
    gaps = [
        weight[bins == n].sum() * abs(np.average(values[bins == n], weights=weight[bins == n])
                                      - np.average(true[bins == n], weights=weight[bins == n]))
        for n in set(bins.tolist())
    ]  # fmt: skip
    return float(sum(gaps) / weight.sum())
