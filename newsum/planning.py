"""A story in, content units out: which sentences to say, and which outlets' sentences say one thing.

Each sentence that can stand in a brief has a salience (salience.py). Units are taken greedily, salience less what
has been said already (maximal marginal relevance, Carbonell and Goldstein 1998); each gathers the sentences of
other independent outlets that say the same thing.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from newsum.articles import Sentence, Story
from newsum.counting import running, states, supersedes, withdrawn
from newsum.language import word_count
from newsum.readable import shouts, stands_alone
from newsum.salience import FEATURES, Numbers, View, features, salience, view_of

__all__ = ["ContentUnit", "Plan", "plan"]

_SAME_THING = (
    0.34  # cosine of two outlets' sentences; above it, of 100 pairs read (allsides_train), 9 in 10 say one thing
)
_LONG = 0.004  # salience that each word past 25 costs; +0.5 R1 on the held-out stories
_ECHOED = 0.25  # mean likeness to other outlets' nearest sentences; a lead below it sets a scene
_SCENE = 0.07  # salience that such a lead loses: what leads gain by standing first
_STALE = 0.15  # salience that a sentence loses when all of it has been said
_NEW_VOICE = 0.02  # salience that an outlet not yet heard is worth; no R1 lost on the held-out stories
_BACKED = 0.06  # salience gained for each other outlet (four at most) that has a sentence just like it
_SHOUTED = 0.05  # salience that a word in capitals costs: a tabloid's stress is not the brief's
_REPEATS = 0.42  # of a sentence's words; a seed that an earlier one covers so far says it again
_LARGEST_UNIT = 3  # sentences: with more the writer mixes them up


@dataclass(frozen=True, slots=True)
class ContentUnit:
    """One thing to say: the sentence that says it best, and others' sentences that say it too.

    Attributes:
        sentences: the seed first; at most one from each independent outlet.
        salience: how much it belongs in the brief; comparable within a story only.
        place: 0..1, how far down its article the seed stands.
    """

    sentences: tuple[Sentence, ...]
    salience: float
    place: float


class Plan(NamedTuple):
    """The units, most salient first, and how telling each term is in this story (0..1)."""

    units: tuple[ContentUnit, ...]
    salience: Mapping[str, float]


def plan(story: Story, *, words: int) -> Plan:
    """The content units of a story, most salient first, for more words than asked for.

    Left out are death tolls and the like that a later report raises, and figures that a correction withdraws.

    Args:
        words: the budget of the brief; more is planned, since some units will not make a line.
    """
    view = view_of(story)
    current = _current(story, view)
    alone = [n for n in current if stands_alone(view.candidates[n].sentence.text)]
    appeal = _appeal(view)
    rest = np.zeros(len(view.candidates), dtype=bool)
    rest[alone or current] = True
    new_voice = np.ones(len(view.candidates))
    said = np.zeros(len(view.matrix.columns), dtype=bool)
    units: list[ContentUnit] = []
    planned = 0
    while rest.any() and planned < 1.5 * words + 60:
        fresh = appeal + _NEW_VOICE * new_voice - _STALE * view.matrix.covered(said)
        best = int(np.where(rest, fresh, -np.inf).argmax())
        chosen = view.candidates[best]
        units.append(ContentUnit(_gather(best, view, current), float(appeal[best]), chosen.place))
        planned += word_count(chosen.sentence.text)
        its_terms = view.matrix.weights[best] > 0
        said |= its_terms
        new_voice[[c.origin == chosen.origin for c in view.candidates]] = 0.0
        rest &= view.matrix.covered(its_terms, pairs=False) < _REPEATS
        rest[best] = False
    return Plan(tuple(units), view.salience)


def _current(story: Story, view: View) -> list[int]:
    """The candidates that still hold: no running figure that a later report raises, none that is withdrawn."""
    wrong = frozenset().union(*(withdrawn(a.text) for a in story.articles))
    told = [c.sentence for c in view.candidates if c.sentence.article.published and running(c.sentence.text)]

    def is_superseded(earlier: Sentence) -> bool:
        first = earlier.article.published or ""
        later = (s for s in told if (s.article.published or "") > first and stands_alone(s.text))
        return bool(first and running(earlier.text)) and any(supersedes(s.text, earlier.text) for s in later)

    sentences = (c.sentence for c in view.candidates)
    return [n for n, s in enumerate(sentences) if not states(s.text, wrong) and not is_superseded(s)]


def _appeal(view: View) -> Numbers:
    """Salience; more for what other outlets back, less for length: a short brief cannot be one sentence."""
    found = features(view)
    others = min(4, len({c.origin for c in view.candidates}) - 1)
    backed = found[:, FEATURES.index("backed")]
    appeal = salience(found) + _BACKED * others * backed
    if others > 1:
        appeal -= _SCENE * ((found[:, FEATURES.index("first")] > 0) & (backed < _ECHOED))
    texts = [c.sentence.text for c in view.candidates]
    appeal -= np.array([_LONG * max(0, word_count(text) - 25) + _SHOUTED * shouts(text) for text in texts])
    return appeal


def _gather(seed: int, view: View, current: list[int]) -> tuple[Sentence, ...]:
    """The seed and the best like it from each other independent outlet, at most three in all."""
    best: dict[str, int] = {}
    for n in sorted(current, key=lambda n: -view.cosines[seed, n]):
        if view.candidates[n].origin != view.candidates[seed].origin and view.cosines[seed, n] >= _SAME_THING:
            best.setdefault(view.candidates[n].origin, n)
    likest = list(best.values())[: _LARGEST_UNIT - 1]
    return tuple(view.candidates[n].sentence for n in (seed, *likest))
