"""A story in, content units out: which sentences to say, and which outlets' sentences say one thing.

Each sentence that can stand in a brief gets a salience from a small linear model (ridge regression on
how much of an editor's summary the sentence says; weights in newsum/data/salience.json, fitted by
newsum.training.salience on allsides_train). Units are taken greedily, salience less what has been said
already (maximal marginal relevance, Carbonell and Goldstein 1998); each gathers the sentences of other
independent outlets that say the same thing.
"""

import json
import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NamedTuple

from newsum.articles import Sentence, Story
from newsum.counting import states, supersedes, withdrawn
from newsum.coverage import origins
from newsum.language import numbers, word_count
from newsum.readable import leans_back, quotes, readable, shouts, stands_alone
from newsum.sentences import sentences
from newsum.similarity import Terms, cosine, cover, terms

__all__ = ["FEATURES", "ContentUnit", "Plan", "features", "plan", "view_of"]

_WEIGHTS = Path(__file__).parent / "data" / "salience.json"

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


# --- salience -------------------------------------------------------------------------------------

FEATURES = (
    "one",
    "place",
    "first",
    "second",
    "third",
    "words",
    "long",
    "short",
    "centroid",
    "shared",
    "nearest",
    "backed",
    "leads",
    "own_title",
    "titles",
    "rare",
    "figure",
    "quoted",
    "leans",
    "alone",
)


@dataclass(frozen=True, slots=True, eq=False)
class _Candidate:
    sentence: Sentence
    terms: Terms
    article: int
    origin: str
    index: int
    count: int


@dataclass(frozen=True, slots=True)
class View:
    """A story as salience sees it."""

    candidates: tuple[_Candidate, ...]
    titles: tuple[Terms, ...]
    leads: tuple[Terms, ...]
    centroid: Terms
    salience: Mapping[str, float]


def view_of(story: Story) -> View:
    origin = origins(story.articles)
    candidates, leads = [], []
    for number, article in enumerate(story.articles):
        usable = [s for s in map(readable, sentences(article)) if s is not None]
        leads.append(terms(usable[0].text) if usable else terms(""))
        candidates += [
            _Candidate(s, terms(s.text), number, origin[article.id], i, len(usable)) for i, s in enumerate(usable)
        ]
    if not candidates:  # nothing reads well: the articles' first sentences are better than no brief
        firsts = [(n, s) for n, a in enumerate(story.articles) for s in sentences(a)[:1]]
        candidates = [_Candidate(s, terms(s.text), n, origin[s.article.id], 0, 1) for n, s in firsts]
    weight = _story_weights(candidates)
    centroid = Terms(weight, sum(weight.values()), math.sqrt(sum(w * w for w in weight.values())))
    largest = max(weight.values(), default=1.0)
    titles = tuple(terms(a.title) for a in story.articles)
    return View(tuple(candidates), titles, tuple(leads), centroid, {k: w / largest for k, w in weight.items()})


def _story_weights(candidates: Sequence[_Candidate]) -> dict[str, float]:
    """Term -> its rarity times the share of independent texts that have it, early sentences counting more."""
    said: dict[str, Counter[str]] = {}
    for c in candidates:
        counts = said.setdefault(c.origin, Counter())
        for key, w in c.terms.weights.items():
            counts[key] = max(counts[key], w * (1.0 if c.index < 5 else 0.6))  # type: ignore[assignment]
    total: Counter[str] = Counter()
    for counts in said.values():
        total.update(counts)
    return {key: value / len(said) for key, value in total.items()}


def features(view: View) -> Iterator[tuple[float, ...]]:
    """One row of FEATURES for each candidate sentence, each about 0..1."""
    for c in view.candidates:
        others = [o for o in view.candidates if o.origin != c.origin]
        nearest: dict[str, float] = {}
        for o in others:
            nearest[o.origin] = max(nearest.get(o.origin, 0.0), cosine(c.terms, o.terms))
        text = c.sentence.text
        size = word_count(text)
        other_titles = [cosine(c.terms, t) for n, t in enumerate(view.titles) if n != c.article]
        other_leads = [cosine(c.terms, t) for n, t in enumerate(view.leads) if n != c.article]
        yield (
            1.0,
            c.index / max(1, c.count - 1),
            float(c.index == 0),
            float(c.index == 1),
            float(c.index == 2),
            min(size, 60) / 60,
            float(size > 35),
            float(size < 12),
            cosine(c.terms, view.centroid),
            sum(view.salience[k] * w for k, w in c.terms.weights.items()) / max(c.terms.total, 1e-9),
            max(nearest.values(), default=0.0),
            sum(nearest.values()) / max(1, len(nearest)),
            max(other_leads, default=0.0),
            cosine(c.terms, view.titles[c.article]),
            max(other_titles, default=0.0),
            c.terms.total / max(1, len(c.terms.weights)),
            float(bool(numbers(text))),
            float(quotes(text)),
            float(leans_back(text)),
            float(stands_alone(text)),
        )


@cache
def _weights() -> tuple[float, ...]:
    stored: Mapping[str, float] = json.loads(_WEIGHTS.read_text(encoding="utf-8"))["weights"]
    return tuple(stored[name] for name in FEATURES)


# --- units ------------------------------------------------------------------------------------------


def plan(story: Story, *, words: int) -> Plan:
    """The content units of a story, most salient first, for more words than asked for.

    Left out are death tolls and the like that a later report raises, and figures that a correction withdraws.

    Args:
        words: the budget of the brief; more is planned, since some units will not make a line.
    """
    view = view_of(story)
    scored = zip(features(view), view.candidates, strict=True)
    wrong = frozenset().union(*(withdrawn(a.text) for a in story.articles))
    current = [
        (row, c) for row, c in scored if not _is_superseded(c, view.candidates) and not states(c.sentence.text, wrong)
    ]
    others = min(4, len({c.origin for c in view.candidates}) - 1)
    alone = [(row, c) for row, c in current if stands_alone(c.sentence.text)]
    rest = {c: _appeal(row, c, others) for row, c in alone or current}
    units: list[ContentUnit] = []
    said: list[Terms] = []
    origins_heard: set[str] = set()
    planned = 0
    while rest and planned < 1.5 * words + 60:
        fresh = {
            c: v + _NEW_VOICE * (c.origin not in origins_heard) - _STALE * cover(c.terms, said) for c, v in rest.items()
        }
        best = max(fresh, key=fresh.__getitem__)
        members = _gather(best, [c for _, c in current])
        units.append(ContentUnit(members, rest[best], best.index / max(1, best.count - 1)))
        planned += word_count(best.sentence.text)
        said.append(best.terms)
        origins_heard.add(best.origin)
        rest = {c: v for c, v in rest.items() if c is not best and cover(c.terms, [best.terms], pairs=False) < _REPEATS}
    return Plan(tuple(units), view.salience)


def _is_superseded(c: _Candidate, candidates: Iterable[_Candidate]) -> bool:
    """Whether a later report updates the sentence's death toll or the like."""
    published = c.sentence.article.published or ""
    later = (o for o in candidates if published and (o.sentence.article.published or "") > published)
    later = (o for o in later if stands_alone(o.sentence.text))
    return any(supersedes(o.sentence.text, c.sentence.text) for o in later)


def _appeal(row: Sequence[float], candidate: _Candidate, others: int) -> float:
    """Salience; more for what other outlets back, less for length: a short brief cannot be one sentence."""
    salience = sum(w * f for w, f in zip(_weights(), row, strict=True))
    backed = row[FEATURES.index("backed")]
    salience += _BACKED * others * backed
    if candidate.index == 0 and others > 1 and backed < _ECHOED:
        salience -= _SCENE
    text = candidate.sentence.text
    return salience - _LONG * max(0, word_count(text) - 25) - _SHOUTED * shouts(text)


def _gather(seed: _Candidate, candidates: Iterable[_Candidate]) -> tuple[Sentence, ...]:
    """The seed and the best like it from each other independent outlet, at most three in all."""
    best: dict[str, tuple[float, _Candidate]] = {}
    for c in candidates:
        likeness = cosine(seed.terms, c.terms)
        if c.origin != seed.origin and likeness >= _SAME_THING and likeness > best.get(c.origin, (0.0, None))[0]:
            best[c.origin] = (likeness, c)
    likest = sorted(best.values(), key=lambda item: -item[0])[: _LARGEST_UNIT - 1]
    return (seed.sentence, *(c.sentence for _, c in likest))
