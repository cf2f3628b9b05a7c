"""Training stories -> checking/differing.json: how likely two outlets' figures are different ones for one thing.

    python -m recipes.differing DATA --out newsum/checking/differing.json

DATA is the folder with stories/allsides_train; with these go the invented stories, and the kept tenth is left out. A
figure that two outlets have in common is changed in the one's article, in the sentence nearest to the other's: these
differ. All others that may differ, in stories as they are, are taken not to. The constant is set so that of plain
briefs of untouched stories one in `_SAID` has a line on which outlets are said to differ, each by weights that were
fitted on other stories.
"""

import argparse
import math
import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsum.articles import Article, Story
from newsum.checking.differing import DIFFERS, FEATURES, StoryFigures
from newsum.similarity.stories import StoryAnalysis, analyse_story
from newsum.similarity.terms import cosine
from newsum.text.analysis import Passage, analyse
from newsum.writing.strategies import planned
from recipes.aside import held_out
from recipes.corrupting import corrupted
from recipes.fitting import fit_logistic, write_fitted
from recipes.invented import invented
from recipes.judge.rows import read_json

__all__ = ["Row", "fit", "main", "rows"]

Floats = NDArray[np.float64]

_LINES = 25  # of a story
_WORDS = range(8, 45)
_NEAREST, _NEAR = 3, 0.15  # sentences of an article in which a figure may be changed, and their least cosine
_TRIES = 20  # at another of a sentence's figures
_FOLDS, _RIDGE = 10, 3.0
_SAID, _BRIEF = 1 / 50, 60  # briefs; words of one. At 1 in 18 one of 19 that readers saw was so: this says less


class Row(NamedTuple):
    """A pair of figures: whether one was put there, whether the line is of a brief, `FEATURES`."""

    story: int
    is_put: bool
    is_printed: bool
    features: Sequence[float]


def rows(data: Path) -> Iterator[Row]:
    """The pairs of all lines."""
    of_outlets, made = read_json(data / "stories/allsides_train.jsonl.gz"), invented()
    stories = [Story.from_dict(row) for row in (*of_outlets, *made) if not held_out(row["story_id"])]
    for number, story in enumerate(stories):
        known, chance = analyse_story(story), random.Random(number)
        figures = StoryFigures(known)
        lines = [
            p for a in known.articles for p in a.readable if p and p.analysis.quantities and p.analysis.size in _WORDS
        ]
        for line in chance.sample(lines, min(_LINES, len(lines))):
            place = (line.article.id, line.sentence.start)
            yield from (Row(number, False, False, numbers) for _, numbers in figures.measured(line.analysis, [place]))
            for altered, value, start in _planted(line, known, chance):
                changed = StoryFigures(analyse_story(altered))
                for pair, numbers in changed.measured(line.analysis, [place]):
                    if pair.other.sentence.start == start and pair.theirs.value == value:
                        yield Row(number, True, False, numbers)
        for option in planned(known, _BRIEF):
            places = [(each.article.id, each.sentence.start) for each in option.sources[:1]]
            yield from (Row(number, False, True, numbers) for _, numbers in figures.measured(option.analysis, places))


def _planted(line: Passage, known: StoryAnalysis, chance: random.Random) -> Iterator[tuple[Story, float, int]]:
    """For each other outlet the story with a figure changed that its sentence has in common with a line.

    With what became of the figure, and the start of its sentence.
    """
    values = {figure.value for figure in line.analysis.quantities}
    for article in known.articles:
        if article.article.outlet == line.article.outlet:
            continue
        passages = [part or whole for part, whole in zip(article.readable, article.sentences, strict=True)]
        scored = sorted(
            ((cosine(line.analysis.terms, p.analysis.terms), n) for n, p in enumerate(passages)), reverse=True
        )
        for alike, n in scored[:_NEAREST]:
            other = passages[n]
            shared = sorted({q.value for q in other.analysis.quantities if q.value in values and q.unit != "th"})
            if alike < _NEAR or not shared or other.text == line.text:
                continue
            made = _without(chance.choice(shared), other.text, known.story)
            if made is not None:
                text, value = made
                yield _changed(known.story, other, text), value, other.sentence.start
                break


def _without(value: float, text: str, story: Story) -> tuple[str, float] | None:
    """The sentence with another figure in a value's place, all others as they are, and that figure."""
    before = [quantity.value for quantity in analyse(text).quantities]
    for seed in range(_TRIES):
        made = corrupted(text, "number", story, seed) or text
        after = [quantity.value for quantity in analyse(made).quantities]
        if len(after) == len(before) and {b for b, a in zip(before, after, strict=True) if a != b} == {value}:
            return made, next(a for b, a in zip(before, after, strict=True) if a != b)
    return None


def _changed(story: Story, passage: Passage, text: str) -> Story:
    start, end = passage.sentence.start, passage.sentence.end

    def of(article: Article) -> Article:
        return replace(article, text=article.text[:start] + text + article.text[end:])

    return replace(story, articles=tuple(of(a) if a.id == passage.article.id else a for a in story.articles))


def fit(found: Sequence[Row]) -> tuple[Floats, Floats]:
    """(FEATURES and a constant), and for each row the logit by weights that did not see its story; set by the bar."""
    numbers = np.array([row.features for row in found])
    put = np.array([row.is_put for row in found])
    folds = np.array([row.story for row in found]) % _FOLDS
    weight = np.where(put, 0.5 / put.mean(), 0.5 / (1 - put.mean()))
    crossed = np.zeros(len(found))
    for fold in range(_FOLDS):
        own = folds == fold
        weights = fit_logistic(numbers[~own], put[~own].astype(float), weight=weight[~own], ridge=_RIDGE)
        crossed[own] = numbers[own] @ weights[:-1] + weights[-1]
    bar = _bar(found, crossed) - math.log(DIFFERS / (1 - DIFFERS))
    weights = fit_logistic(numbers, put.astype(float), weight=weight, ridge=_RIDGE)
    weights[-1] -= bar
    return weights, crossed - bar


def _bar(found: Sequence[Row], logits: Floats) -> float:
    """The logit that one in `_SAID` of the briefs reaches, those without a pair among them."""
    best: dict[int, float] = {}
    for row, logit in zip(found, logits, strict=True):
        if row.is_printed:
            best[row.story] = max(best.get(row.story, -math.inf), float(logit))
    stories = max(row.story for row in found) + 1
    return sorted(best.values(), reverse=True)[max(0, int(stories * _SAID) - 1)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    settings = parser.parse_args()
    found = list(rows(settings.data))
    weights, crossed = fit(found)
    write_fitted(settings.out, FEATURES, weights)
    put, printed = np.array([(row.is_put, row.is_printed) for row in found]).T
    reached = crossed >= math.log(DIFFERS / (1 - DIFFERS))
    print(f"{put.sum()} figures changed, found {reached[put].mean():.1%}; {(~put & ~printed).sum()} others,")
    print(f"said {reached[~put & ~printed].mean():.2%}; in briefs {(reached & printed).sum()} of {printed.sum()}")


if __name__ == "__main__":
    main()
