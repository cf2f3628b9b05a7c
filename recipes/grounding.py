"""Lines held against their own stories and against others -> the weights of newsum/grounding.py.

Lines are people's: SPARK's, and the editors' summaries of allsides_train, which say a story in other words; sentences
of its articles too, held against other stories only. Logistic regression tells them apart; the constant is such that
no more than `_CREDITED` of the lines of other stories pass.
"""

import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from newsum.articles import Story
from newsum.attribution.lines import SourceIndex
from newsum.similarity.stories import analyse_story
from newsum.text.analysis import analyse
from newsum.text.sentences import split
from recipes.fitting import fit_logistic

__all__ = ["Grounds", "edited", "fit_said", "grounds"]

Floats = NDArray[np.float64]

_STORIES = 500  # of allsides_train; twice as many tell no more lines apart
_SENTENCES = 2  # of a story's articles, as strangers
_STRANGERS = 4  # other stories that each line is held against
# Of lines of other stories this share may be credited: what is lost below it are the shortest of true lines. Of the
# fixtures' lines, which share a country, 1.3% then are, of AllSides val's .5% (benchmarks.strangers).
_CREDITED = 0.0125


@dataclass(frozen=True, slots=True, eq=False)
class Grounds:
    """What stories have of lines.

    Attributes:
        own: (lines, SAID): each of its own story.
        foreign: (lines, SAID): of other stories.
    """

    own: Floats
    foreign: Floats


def grounds(stories: Sequence[tuple[SourceIndex, Sequence[str], Sequence[str]]], *, seed: int = 0) -> Iterator[Grounds]:
    """For each story what its lines find in it, and what they and further sentences of it find in others."""
    draw = random.Random(seed)
    for number, (index, lines, further) in enumerate(stories):
        strangers = [other for n, (other, *_) in enumerate(stories) if n != number]
        pairs = [
            (line, other)
            for line in (*lines, *further)
            for other in draw.sample(strangers, min(_STRANGERS, len(strangers)))
        ]
        yield Grounds(_held([(line, index) for line in lines]), _held(pairs))


def _held(pairs: Iterable[tuple[str, SourceIndex]]) -> Floats:
    return np.array([index.said(analyse(line)) for line, index in pairs if index.sentences])


def edited(rows: Iterable[Mapping[str, Any]], *, seed: int = 0) -> list[Grounds]:
    """Of stories with an editor's summary: its sentences, and some of the articles'."""
    draw = random.Random(seed)
    stories = []
    for row in list(rows)[:_STORIES]:
        index = SourceIndex(analyse_story(Story.from_dict(row)))
        further = draw.sample([s.text for s in index.sentences], min(_SENTENCES, len(index.sentences)))
        summary = row["reference"]
        stories.append((index, [summary[start:end] for start, end in split(summary)], further))
    return list(grounds(stories, seed=seed))


def fit_said(found: Sequence[Grounds]) -> Floats:
    """(SAID and a constant,)."""
    own = np.concatenate([one.own for one in found if len(one.own)])
    foreign = np.concatenate([one.foreign for one in found if len(one.foreign)])
    weights = fit_logistic(np.concatenate([own, foreign]), np.repeat([1.0, 0.0], [len(own), len(foreign)]))
    weights[-1] = -np.quantile(foreign @ weights[:-1], 1 - _CREDITED)
    return weights
