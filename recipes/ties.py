"""Training stories -> checking/ties.json: how likely a figure is one that the sources give for something else.

    python -m recipes.ties DATA --out newsum/checking/ties.json

DATA is the folder with stories/allsides_train, roundups_2021_train and allsides_excerpts_train; the kept tenth is left
out. Editors' summary lines and sentences of the articles are taken as they are and with figures exchanged
(exchanging.py); newsum finds the evidence of each, as it would of any line. The constant is set so that one in
`_ALARMS` figures of lines that are supported reaches `TIED_ELSEWHERE`, from where checking calls a figure altered, each
line judged by weights that were fitted on other stories.
"""

import argparse
import math
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
from newsum.checking import StoryContext, check, context_of
from newsum.checking.ties import FEATURES, TIED_ELSEWHERE, measured
from newsum.similarity.stories import analyse_story
from newsum.text.analysis import analyse
from newsum.text.sentences import split
from recipes.aside import held_out
from recipes.exchanging import EXCHANGES, Exchanged, exchanged, near
from recipes.fitting import fit_logistic, squashed, write_fitted
from recipes.judge.rows import read_json

__all__ = ["Row", "fit", "main", "rows"]

Floats = NDArray[np.float64]

_FILES = ("allsides_train", "roundups_2021_train", "allsides_excerpts_train")
_SENTENCES, _OF = 4, 500  # of a story, and of how many stories
_FOLDS, _RIDGE = 10, 3.0
_ALARMS = 1 / 50


class Row(NamedTuple):
    """A figure of a line: whether it was put there for another, whether the line reads as supported, `FEATURES`."""

    story: int
    is_exchanged: bool
    is_supported: bool
    features: Sequence[float]


def rows(data: Path, seed: int = 1) -> Iterator[Row]:
    """The figures of all lines."""
    stories = [row for name in _FILES for row in read_json(data / "stories" / f"{name}.jsonl.gz")]
    for number, row in enumerate([row for row in stories if not held_out(row["story_id"])]):
        story = Story.from_dict(row)
        index, context = SourceIndex(known := analyse_story(story)), context_of(known)
        untied = context_of(known)
        untied.__dict__["counted"] = ()  # the rules as they are without what is fitted here
        whole = [part.text for article in known.articles for part in article.readable if part is not None]
        lines = [row["reference"][start:end] for start, end in split(row["reference"])]
        if number < _OF:
            lines += random.Random(f"{seed} {number}").sample(whole, min(_SENTENCES, len(whole)))
        for true in lines:
            beside = near(story, true)
            put = {kind: exchanged(true, kind, beside, seed) for kind in EXCHANGES}
            for each in (Exchanged(true, ()), *(filter(None, put.values()))):
                yield from (row._replace(story=number) for row in _figures(each, index, context, untied))


def _figures(line: Exchanged, index: SourceIndex, context: StoryContext, untied: StoryContext) -> Iterator[Row]:
    """The figures that are in their places in a true line, and those that are not in another."""
    analysis = analyse(line.text)
    (found,) = evidence_of([GivenLine(line.text)], index) if analysis.quantities else (None,)
    if found is None or not found.evidence:
        return
    sources = index.analyses(found.evidence)
    if any(source.text == line.text for source in sources):  # beyond doubt
        return
    is_supported = check(analysis, found.evidence, sources, story=untied).support.label == "supported"
    for (start, end), numbers in measured(analysis, sources, context.counted):
        is_put = any(start < last and first < end for first, last in line.spans)
        if is_put or not line.spans:
            yield Row(0, is_put, is_supported, numbers)


def fit(found: Sequence[Row]) -> tuple[Floats, Floats]:
    """(FEATURES and a constant), and for each row the logit by weights that did not see its story; set by the bar."""
    numbers = np.array([row.features for row in found])
    wrong = np.array([row.is_exchanged for row in found], dtype=float)
    story = np.array([row.story for row in found]) % _FOLDS
    even = np.where(wrong == 1, 0.5 / wrong.mean(), 0.5 / (1 - wrong.mean()))
    crossed = np.zeros(len(found))
    for fold in range(_FOLDS):
        own = story == fold
        weights = fit_logistic(numbers[~own], wrong[~own], weight=even[~own], ridge=_RIDGE)
        crossed[own] = numbers[own] @ weights[:-1] + weights[-1]
    untouched = np.array([row.is_supported and not row.is_exchanged for row in found])
    bar = float(np.quantile(crossed[untouched], 1 - _ALARMS)) - math.log(TIED_ELSEWHERE / (1 - TIED_ELSEWHERE))
    weights = fit_logistic(numbers, wrong, weight=even, ridge=_RIDGE)
    weights[-1] -= bar
    return weights, crossed - bar


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    settings = parser.parse_args()
    found = list(rows(settings.data))
    weights, crossed = fit(found)
    write_fitted(settings.out, FEATURES, weights)
    wrong = np.array([row.is_exchanged for row in found])
    supported = np.array([row.is_supported for row in found])
    reached = squashed(crossed) >= TIED_ELSEWHERE
    print(f"{(~wrong).sum()} figures in their places, {wrong.sum()} exchanged; found {reached[wrong].mean():.1%},")
    print(f"of those in lines that read as supported otherwise {reached[wrong & supported].mean():.1%};")
    print(f"alarms {reached[~wrong].mean():.1%}, in supported lines {reached[~wrong & supported].mean():.1%}")


if __name__ == "__main__":
    main()
