"""Plans what to say: which sentences of a story, and which outlets' sentences say one thing.

The sentence that opens the brief (opening.py) seeds the first unit, which gathers the sentences of other independent
outlets that say the same thing. Each sentence that can stand in a brief has a salience (salience.py): the most salient
that says something else seeds the next, and so on.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from newsum.judging.marking import Marker
from newsum.planning.currency import ahead, current, days_of, overtaken
from newsum.planning.following import following
from newsum.planning.opening import openings, told_before
from newsum.planning.salience import FEATURES, Floats, View, features, salience, view_of
from newsum.similarity.counts import running, states, supersedes, withdrawn
from newsum.similarity.stories import StoryAnalysis
from newsum.text.analysis import Passage
from newsum.text.leaning import stands_alone
from newsum.text.readable import shouts

__all__ = ["ContentUnit", "plan"]

# Cosine of two outlets' sentences; above it, of 100 pairs read (allsides_train), 9 in 10 say one thing.
_SAME_THING = 0.34
_ECHOED = 0.25  # mean likeness to the other outlets' nearest sentences; a lead below it sets a scene
_SCENE = 0.1  # salience that such a lead loses: what leads gain by standing first
_SHOUTED = 0.2  # salience that a word in capitals costs: a tabloid's stress is not the brief's
_OVERTAKEN = 0.5  # of its salience that is left where it announces what may have happened since
_BY_SALIENCE = 0.5  # the power of a sentence's salience in what it is worth below the opening
_BY_SALIENCE_READ = 0.25  # and where it was read: editors' picks are found best without it, and a tabloid's worst with
_A_LINE = 20  # words; a brief has about as many lines as its words hold
_REPEATS = 0.42  # of a sentence's words; a seed that an earlier one covers so far says it again
_LARGEST_UNIT = 3  # sentences: with more the writer mixes them up


Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class ContentUnit:
    """One thing to say: the sentence that says it best, and others' sentences that say it too.

    Attributes:
        sentences: the seed first; at most one from each independent outlet.
        saliences: of each sentence, the share of it that belongs in a brief.
        places: of each sentence, 0..1, how far down its article it stands.
        origins: of each sentence, the id of the article whose text it is.
        around: of each sentence, by how much the rest of its article is better than the story (following.py).
        opens: whether the brief opens with it.
    """

    sentences: tuple[Passage, ...]
    saliences: tuple[float, ...]
    places: tuple[float, ...]
    origins: tuple[str, ...]
    around: tuple[float, ...]
    opens: bool = False


def plan(story: StoryAnalysis, *, words: int, marker: Marker | None = None) -> tuple[ContentUnit, ...]:
    """The content units of a story, what opens it and then the most salient first, for more words than asked for.

    Left out are death tolls and the like that a later report raises, and figures that a correction withdraws.

    Args:
        words: the budget of the brief; more is planned, since some units will not make a line.
        marker: reads the likeliest sentences, where there is one (newsum.judging).
    """
    view = view_of(story)
    alone = np.array([stands_alone(c.text) for c in view.candidates])
    holding = _holding(story, view, alone)
    found = features(view)
    appeal, opening = _worth(view, story, found, marker)
    rest = holding & alone if (holding & alone).any() else holding.copy()
    if not rest.any():
        return ()
    best = _best(opening if opening[rest].any() else appeal, rest)
    around, after = np.zeros(len(view.candidates)), appeal.copy()
    asked = np.flatnonzero(holding & alone)
    if len(asked):
        titles = {key for article in story.articles for key in article.title.word_table.keys}
        told = frozenset(titles.union(view.candidates[best].passage.analysis.word_table.keys))
        follow, around[asked] = following(view, story, found, told, best, asked, marker)
        worth = appeal[asked] ** (_BY_SALIENCE if marker is None else _BY_SALIENCE_READ) * follow
        after[asked] = _as_salience(worth, appeal[asked], max(3, words // _A_LINE))
    units: list[ContentUnit] = []
    planned = 0
    while rest.any() and planned < 2 * words + 80:
        best = _best(after, rest) if units else best
        own = [best, *_likest(best, view, holding)]
        units.append(
            ContentUnit(
                sentences=tuple(view.candidates[n].passage for n in own),
                saliences=tuple((after if units else appeal)[own].tolist()),
                places=tuple(view.candidates[n].place for n in own),
                origins=tuple(view.candidates[n].origin for n in own),
                around=tuple(around[own].tolist()),
                opens=not units,
            )
        )
        planned += view.candidates[best].passage.analysis.size
        rest &= view.matrix.covers([best], pairs=False)[:, 0] < _REPEATS
        rest[best] = False
    return tuple(units)


def _best(worth: Floats, among: Flags) -> int:
    return int(np.where(among, worth, -np.inf).argmax())


def _holding(story: StoryAnalysis, view: View, alone: Flags) -> Flags:
    """(candidates,): which still hold: no running figure that a later report raises, none that is withdrawn."""
    wrong = frozenset().union(*(withdrawn(a) for a in story.articles))
    analyses = [c.passage.analysis for c in view.candidates]
    figures = list(map(running, analyses))
    dates = [c.passage.article.published or "" for c in view.candidates]
    told = [n for n, date in enumerate(dates) if date and figures[n] and alone[n]]

    def is_superseded(earlier: int) -> bool:
        later = (n for n in told if dates[n] > dates[earlier])
        told_of = figures[earlier] if dates[earlier] else {}
        return bool(told_of) and any(supersedes(figures[n], told_of) for n in later)

    return np.array([not states(found, wrong) and not is_superseded(n) for n, found in enumerate(analyses)])


def _worth(view: View, story: StoryAnalysis, found: Floats, marker: Marker | None) -> tuple[Floats, Floats]:
    """(candidates,) twice: how much of each belongs in a brief, and how well it opens one."""
    texts = [c.text for c in view.candidates]
    days = days_of([c.passage.article.published for c in view.candidates])
    shouted = np.array([shouts(c.text, c.passage.analysis.cues) for c in view.candidates])
    appeal = _appeal(view, found, shouted) * np.where(ahead(texts, overtaken(days)), _OVERTAKEN, 1.0)
    return appeal, openings(view, found, marker, told_before(story)) * current(days)


def _appeal(view: View, found: Floats, shouted: Flags) -> Floats:
    """(candidates,): salience, less for leads that set a scene and for capitals that shout; above 0."""
    first = np.array([c.index == 0 for c in view.candidates])
    alone = (found[:, FEATURES.index("outlets")] > 2) & (found[:, FEATURES.index("backed")] < _ECHOED)
    appeal: Floats = np.maximum(0.01, salience(found) - _SCENE * (first & alone) - _SHOUTED * shouted)
    return appeal


def _as_salience(worth: Floats, appeal: Floats, count: int) -> Floats:
    """The worth brought to the size of a salience, a share of the words: so many of the best have as much of either."""
    best = np.argsort(-worth)[:count]
    brought: Floats = worth * (appeal[best].sum() / worth[best].sum())
    return brought


def _likest(seed: int, view: View, holding: Flags) -> list[int]:
    """The candidate of each other independent text that says what the seed says, the likest two."""
    likeness = view.cosines[seed]
    near = np.flatnonzero(holding & (likeness >= _SAME_THING) & (view.text_of != view.text_of[seed]))
    best: dict[int, int] = {}
    for n in sorted(near.tolist(), key=lambda n: -likeness[n]):
        best.setdefault(int(view.text_of[n]), n)
    return list(best.values())[: _LARGEST_UNIT - 1]
