"""Finds where two outlets give different figures for one thing.

In: a story, a line with the sentences that it rests on. Out: `Difference`s, the likeliest of each outlet.

Figures are held against each other by the company that they keep (company.py): "at least 12 people were killed" and
"the blaze left 19 dead" count one thing. A logistic function of `FEATURES`, fitted by recipes.differing on training
stories in which one outlet's figure was changed, says how likely two that are not one count one thing; "more than 20"
and 31 do not differ, nor do "four members" and "three others".
"""

import json
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsum.checking.alterations import logistic
from newsum.checking.company import likeness
from newsum.checking.counted import Counted, are_of_one_kind, are_one, counted, may_differ
from newsum.similarity.counts import running, supersedes
from newsum.similarity.stories import StoryAnalysis
from newsum.similarity.terms import cosine
from newsum.similarity.vectors import vectors
from newsum.system.patterns import regex
from newsum.text.analysis import Analysis, ArticleAnalysis, Passage
from newsum.text.dates import published_day
from newsum.text.quantities import may_have_one_unit

__all__ = ["DIFFERS", "FEATURES", "Counted", "Difference", "StoryFigures"]

_DATA = Path(__file__).parent / "differing.json"
# From which outlets are said to differ. recipes.differing sets the constant so that one plain brief in 30 of untouched
# training stories has a line for which it is reached; as read, few of these do differ.
DIFFERS = 0.8
_ON_ONE_MATTER = 0.06  # cosine of two sentences' terms; below it their figures are not held against each other
_ALIKE = 0.15  # likeness of two figures' company, either way; nor are they below that
_FAR = 3.0  # logarithm of the ratio of two figures that differ as far as any
_FEW = 10
_NEAR = (0.3, 0.8)  # cosine of two words that have nothing to do with each other; what another word counts at most
_IN_YEAR = regex(r"\b(?:[Ii]n|of) (?:[A-Z][a-z]+ )?((?:1[89]|20)\d\d)\b")
_MOST_SENTENCES = 100  # of an article that has figures; news has a fifth
FEATURES = (
    "least",  # how much the two keep of each other's company, the lesser of both ways
    "least_squared",
    "ours",
    "theirs",
    "meaning",  # how much of each sentence the other has, in like words, the lesser of both ways
    "meaning_squared",
    "both",
    "cosine",  # of the sentences
    "least_cosine",
    "noun",  # whether one noun follows both (1), another (-1), or none (0)
    "least_noun",
    "lone_noun",  # a noun follows only one
    "noun_meaning",  # how near the nouns are
    "preposition",  # whether one preposition stands before both
    "common",  # how many other figures the sentences have in common
    "elsewhere",  # the company that our figure keeps elsewhere in their article
    "known",  # and theirs in ours
    "least_known",
    "third_ours",  # and ours in a third outlet's article,
    "third_theirs",  # and theirs
    "ahead_ours",  # by how much theirs is nearer to ours than any other of their sentence,
    "ahead_theirs",  # and ours to theirs
    "only_ours",  # no other of our sentence is of their kind,
    "only_theirs",  # no other of theirs is of ours
    "ratio",  # of the two values, as a logarithm
    "ratio_squared",
    "least_ratio",
    "is_small",
    "has_unit",
    "is_measured",
    "is_date",
    "is_age",
    "is_rough",
    "names_ours",  # the share of our sentence's names that theirs has,
    "names_theirs",  # and the reverse
    "least_names",
    "weekday",  # both name days or months, and none is the same
    "years",  # only one names a year
    "days",  # between the articles
    "toll",  # both count victims, on different days
    "figures_ours",  # how many figures our sentence has, as a logarithm,
    "figures_theirs",  # and theirs
)


class Difference(NamedTuple):
    """A figure of a sentence that a line rests on, another outlet's for the same, and how likely it is of the same."""

    own: Passage
    ours: Counted
    other: Passage
    theirs: Counted
    probability: float


@dataclass(frozen=True, slots=True, eq=False)
class _Pair:
    """A figure of one outlet's sentence and one of another's that may not both be right of one thing."""

    own: Passage
    ours: Counted
    other: Passage
    theirs: Counted


def _rivals(
    ours: Sequence[Counted], own: Sequence[Counted], others: Sequence[Counted]
) -> Iterator[tuple[Counted, Counted]]:
    """Each two that may differ, where neither sentence has the other's figure too: "87-12" is a row of "12 to 87"."""
    for one in ours:
        if not any(_are_alike(one, each) for each in others):
            yield from (
                (one, each) for each in others if may_differ(one, each) and not any(_are_alike(each, o) for o in own)
            )


class StoryFigures:
    """The figures of a story's articles, which are held against each other line by line.

    Args:
        story: copies of another's text are left out, for they are no voice of their own.
    """

    def __init__(self, story: StoryAnalysis) -> None:
        self._story = story
        self._origins, self._labels = story.origins, story.story.labels
        self._published = {article.article.id: article.article.published for article in story.articles}
        self._counted: dict[int, tuple[Counted, ...]] = {}
        self._counted_in: dict[str, Sequence[Counted]] = {}
        self._likeness = cache(_likeness)  # the same two figures meet again beside others
        self._vectors: dict[int, tuple[list[str], NDArray[np.float32], NDArray[np.float64]]] = {}

    def differing(self, line: Analysis, places: Iterable[tuple[str, int]]) -> list[Difference]:
        """Where other outlets have other figures for what a line gives figures of, surest first; each outlet once.

        Args:
            places: the article and the start of each sentence that the line rests on.
        """
        if not line.quantities:
            return []
        best: dict[str, Difference] = {}
        for pair, numbers in self.measured(line, places):
            found = Difference(pair.own, pair.ours, pair.other, pair.theirs, _probability(numbers))
            outlet = self._labels[pair.other.article.id]
            if found.probability >= DIFFERS and found.probability > best.get(outlet, (*found[:4], 0.0))[4]:
                best[outlet] = found
        return sorted(best.values(), key=lambda each: -each.probability)

    def measured(self, line: Analysis, places: Iterable[tuple[str, int]]) -> Iterator[tuple[_Pair, list[float]]]:
        """The figures that may differ, with the values of `FEATURES`."""
        wanted = counted(line)
        for place in places:
            own = self._at.get(place)
            if own is None or not wanted:
                continue
            ours = [each for each in self._of(own) if any(_are_alike(each, one) for one in wanted)]
            for pair in self._pairs(own, ours):
                if (numbers := self._features(pair)) is not None:
                    yield pair, numbers

    # --- the story's sentences ----------------------------------------------------------------------------

    @cached_property
    def _passages(self) -> Mapping[str, Sequence[Passage]]:
        """Article id -> its sentences that have figures, as evidence shows them; of a table without end the first."""
        return {
            article.article.id: list(islice(_with_figures(article), _MOST_SENTENCES))
            for article in self._story.articles
        }

    @cached_property
    def _at(self) -> Mapping[tuple[str, int], Passage]:
        found = (passage for own in self._passages.values() for passage in own)
        return {(passage.article.id, passage.sentence.start): passage for passage in found}

    def _of(self, passage: Passage) -> tuple[Counted, ...]:
        """The figures of a sentence, looked at when it is first asked for."""
        key = id(passage.analysis)
        if key not in self._counted:
            self._counted[key] = counted(passage.analysis)
        return self._counted[key]

    def _in(self, article: str) -> Sequence[Counted]:
        """The figures of an article's sentences."""
        if article not in self._counted_in:
            self._counted_in[article] = [each for one in self._passages[article] for each in self._of(one)]
        return self._counted_in[article]

    def _beside(self, passage: Passage) -> Iterator[Counted]:
        """The figures of the other sentences of a sentence's article."""
        return (each for each in self._in(passage.article.id) if each.sentence is not passage.analysis)

    def _others(self, own: Passage) -> Iterator[str]:
        """The articles of other outlets, copies apart."""
        id_ = own.article.id
        for other, theirs in self._origins.items():
            if theirs == other != id_ and self._labels[other] != self._labels[id_]:
                yield other

    # --- which of their figures may differ ----------------------------------------------------------------

    def _pairs(self, own: Passage, ours: Sequence[Counted]) -> Iterator[_Pair]:
        past = _long_past(own)
        for article in self._others(own) if ours else ():
            for other in self._passages[article]:
                theirs = self._of(other)
                if not any(are_of_one_kind(one, each) for one in ours for each in theirs):
                    continue
                if cosine(own.analysis.terms, other.analysis.terms) < _ON_ONE_MATTER:
                    continue
                if self._is_update(own, other) or past != _long_past(other):
                    continue
                for one, each in _rivals(ours, self._of(own), theirs):
                    yield _Pair(own, one, other, each)

    def _is_update(self, own: Passage, other: Passage) -> bool:
        """Whether the later of two reports raises a toll that the earlier one gives."""
        ours, theirs = ((self._published[p.article.id] or "")[:10] for p in (own, other))
        if not ours or not theirs or ours == theirs:
            return False
        earlier, later = (own, other) if ours < theirs else (other, own)
        return supersedes(running(later.analysis), running(earlier.analysis))

    # --- how likely they do -------------------------------------------------------------------------------

    def _features(self, pair: _Pair) -> list[float] | None:
        """The values of `FEATURES`, in order; None where the figures have too little company in common."""
        ours, theirs = pair.ours, pair.theirs
        there = self._likeness(ours, theirs)
        if there < _ALIKE or (back := self._likeness(theirs, ours)) < _ALIKE:
            return None
        least = min(there, back)
        left, right = ours.sentence, theirs.sentence
        own, others = self._of(pair.own), self._of(pair.other)
        meaning = min(self._covered(left, right), self._covered(right, left))
        alike = cosine(left.terms, right.terms)
        known = self._kept(theirs, self._beside(pair.own))
        third = [each for article in self._third(pair) for each in self._in(article)]
        ratio = _ratio(ours.value, theirs.value)
        noun = _same(ours.figure.counted, theirs.figure.counted)
        nouns = vectors([ours.figure.counted, theirs.figure.counted])
        rivals_there = [self._likeness(ours, each) for each in others if _is_another(each, theirs, ours)]
        rivals_back = [self._likeness(theirs, each) for each in own if _is_another(each, ours, theirs)]
        names, names_there = ({key for name in text.names for key in name.keys} for text in (left, right))
        days = self._days(pair)
        return [
            least,
            least**2,
            there,
            back,
            meaning,
            meaning**2,
            least * meaning,
            alike,
            least * alike,
            noun,
            least * noun,
            float(bool(ours.figure.counted) != bool(theirs.figure.counted)),
            1.0 if noun > 0 else float(nouns[0] @ nouns[1]),
            _same(ours.company.preposition, theirs.company.preposition),
            float(min(2, sum(any(_are_alike(a, b) for b in others if b is not theirs) for a in own if a is not ours))),
            self._kept(ours, self._beside(pair.other)),
            known,
            least * known,
            self._kept(ours, third),
            self._kept(theirs, third),
            there - max(rivals_there) if rivals_there else 0.0,
            back - max(rivals_back) if rivals_back else 0.0,
            float(not rivals_back),
            float(not rivals_there),
            ratio,
            ratio**2,
            least * ratio,
            float(min(abs(ours.value), abs(theirs.value)) < _FEW),
            float(bool(ours.figure.quantity.unit)),
            float(bool(ours.figure.quantity.measure)),
            float(ours.kind == "date"),
            float(ours.kind == "age"),
            float(ours.is_rough or theirs.is_rough),
            _share(names, names_there),
            _share(names_there, names),
            least * min(_share(names, names_there), _share(names_there, names)),
            float(_are_on_other_days(left, right)),
            float(_years(left) != _years(right)),
            float(min(3, abs(days))),
            float(bool(days and left.cues.toll and right.cues.toll)),
            math.log(len(own)),
            math.log(len(others)),
        ]

    def _kept(self, one: Counted, others: Iterable[Counted]) -> float:
        """The most that the same figure keeps of one's company elsewhere."""
        return max((self._likeness(one, each) for each in others if _are_alike(one, each)), default=0.0)

    def _covered(self, left: Analysis, right: Analysis) -> float:
        """The share of one sentence's words, by weight, that another has or has the like of."""
        (ours, mine, weights), (theirs, others, _) = self._words(left), self._words(right)
        if not ours or not theirs:
            return 0.0
        low, most = _NEAR
        near = np.maximum(mine @ others.T - low, 0.0) * (most / (1 - low))
        best = np.where([key in theirs for key in ours], 1.0, near.max(axis=1))
        return float(best @ weights / weights.sum())

    def _words(self, of: Analysis) -> tuple[list[str], NDArray[np.float32], NDArray[np.float64]]:
        """The words of a sentence, figures and pairs apart, their vectors and their weights."""
        if (key := id(of)) not in self._vectors:
            known = {word: weight for word, weight in of.terms.weights.items() if " " not in word and word[0] != "#"}
            self._vectors[key] = list(known), vectors(list(known)), np.array(list(known.values()))
        return self._vectors[key]

    def _third(self, pair: _Pair) -> Iterator[str]:
        """The articles of those who are neither of the two."""
        two = {self._labels[pair.own.article.id], self._labels[pair.other.article.id]}
        return (article for article in self._passages if self._labels[article] not in two)

    def _days(self, pair: _Pair) -> int:
        """The days between two articles; 0 where one has no date."""
        days = [published_day(self._published[passage.article.id]) for passage in (pair.own, pair.other)]
        return (days[0] - days[1]).days if days[0] and days[1] else 0


def _with_figures(article: ArticleAnalysis) -> Iterator[Passage]:
    """The sentences of an article that have figures, each text once."""
    seen = set[int]()
    for part, whole in zip(article.readable, article.sentences, strict=True):
        passage = part or whole
        if passage.analysis.quantities and id(passage.analysis) not in seen:
            seen.add(id(passage.analysis))
            yield passage


def _are_alike(ours: Counted, theirs: Counted) -> bool:
    """Whether two figures are one; "12" may be "12 hours"."""
    if ours.kind != theirs.kind or not are_one(ours, theirs):  # most
        return False
    left, right = ours.figure.quantity, theirs.figure.quantity
    one_measure = left.measure == right.measure or not (left.measure and right.measure)
    return one_measure and may_have_one_unit(left.unit, right.unit)


def _is_another(each: Counted, this: Counted, beside: Counted) -> bool:
    return each is not this and are_of_one_kind(each, beside)


def _likeness(ours: Counted, theirs: Counted) -> float:
    """How much of the one figure's company the other keeps."""
    return likeness(ours.company, theirs.company)


def _ratio(left: float, right: float) -> float:
    return min(_FAR, abs(math.log(abs(left) / abs(right)))) if left and right else _FAR


def _same(left: str, right: str) -> float:
    return 0.0 if not (left and right) else 1.0 if left == right else -1.0


def _share(these: set[str], those: set[str]) -> float:
    return len(these & those) / len(these) if these else 1.0


def _are_on_other_days(left: Analysis, right: Analysis) -> bool:
    ours, theirs = (
        {key for _, key, kind, _, _ in text.token_table.forms if kind in ("weekday", "month")} for text in (left, right)
    )
    return bool(ours and theirs and not ours & theirs)


def _long_past(passage: Passage) -> set[int]:
    """The years that a sentence tells of ("in 1998") where its article is of two years later at least."""
    day = published_day(passage.article.published)
    told = {int(found[1]) for found in _IN_YEAR.finditer(passage.text)}
    return {year for year in told if day is not None and year < day.year - 1}


def _years(of: Analysis) -> set[float]:
    return {each.value for each in of.quantities if each.may_be_year}


def _probability(numbers: Sequence[float]) -> float:
    return logistic(math.fsum(w * x for w, x in zip(_fitted(), (*numbers, 1.0), strict=True)))


@cache
def _fitted() -> tuple[float, ...]:
    stored = json.loads(_DATA.read_text(encoding="utf-8"))
    assert tuple(stored["features"]) == FEATURES
    return tuple(stored["weights"])
