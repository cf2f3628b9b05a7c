"""Says what company a figure keeps in its sentence, and how alike the company of two figures is.

In: a sentence, one of its figures. Out: `Company`: the words that tell what is counted and what happened to it.

"59 people were killed and more than 500 injured": 59 keeps company with "people" and "killed", 500 with "injured". A
word counts less for each that stands between, and less again beyond a comma, a conjunction or another figure.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from newsum.checking.figures import Figure, figures
from newsum.similarity.vectors import vectors
from newsum.summary import Span
from newsum.system.patterns import regex
from newsum.text.analysis import Analysis
from newsum.text.lexicon import TOLL
from newsum.text.quantities import may_have_one_unit
from newsum.text.words import Form

__all__ = ["Company", "Surroundings", "company_of", "countable", "likeness", "of_one_kind", "surroundings"]

_REACH = 8  # content words on each side,
_MOST = 24  # of so many words in all: farther ones count next to nothing
_FADES = 0.65  # by which a word counts less for each content word between
_BEYOND = 0.4  # a word counts so much beyond a break, and again beyond the next
_LEAST_RARE = 0.15  # the weight of the most common content word: "people" is what is counted all the same
_HAPPENING = 0.8  # and of a word that tells what happened to those who are counted
_BREAKS = frozenset("and but or while with as after before which who whose than compared when where on".split())
_VOTES = {"for": "@for", "favor": "@for", "favour": "@for", "yes": "@for", "against": "@against", "opposed": "@against"}
_VOTED = 2  # words after a figure in which its side stands: "237 votes for", "189 against"
_MARKS = frozenset(",;:()–—")
_PREPOSITIONS = frozenset("from to of by at for against than in over under below above until since into".split())
_AMOUNTS = frozenset("more less fewer over under at least most up to about around nearly almost some".split())
_MOST_BEFORE = 4  # words in which the preposition of a figure stands: "from more than 40"
_NEAR = 0.3  # cosine of two words that have nothing to do with each other, and below
_OTHER_SIDE = 0.7  # a word counts so much that stands after the one figure and before the other
_OTHER_WORD = 0.8  # the most that another word of like meaning counts for
_HAPPENED = {what: regex(rf"(?:{signs})$", re.IGNORECASE) for what, signs in TOLL.items()}

Floats = NDArray[np.float64]
_Tokens = Sequence[tuple[int, int, Form]]  # where each starts and ends, and its form


@dataclass(frozen=True, slots=True, eq=False)
class Surroundings:
    """The words around a stretch of a sentence.

    Attributes:
        keys: of the content words, each once, those of one happening ("killed", "dead") under one name.
        weights: (keys,): how much each counts.
        sides: (keys,): -1 for those that stand before the stretch, 1 for those after it.
        vectors: (keys, numbers a word).
        counts: (keys,): how much each counts where another has it too.
        total: of the weights.
    """

    keys: tuple[str, ...]
    weights: Floats
    sides: Floats
    vectors: NDArray[np.float32]
    counts: Floats
    total: float


@dataclass(frozen=True, slots=True, eq=False)
class Company(Surroundings):
    """A figure and the words around it.

    Attributes:
        preposition: the one before the figure, or "".
    """

    figure: Figure
    preposition: str


def countable(sentence: Analysis) -> Iterator[Figure]:
    """The figures of a sentence that are no day, rank or year."""
    return (figure for figure in figures(sentence) if _is_countable(figure)) if sentence.quantities else iter(())


def _is_countable(figure: Figure) -> bool:
    own = figure.quantity
    is_year = own.may_be_year
    return not (figure.month or own.unit == "th" or is_year)


def of_one_kind(left: Figure, right: Figure) -> bool:
    """Whether two figures may stand for each other: both counts, or of one unit and measure."""
    ours, theirs = left.quantity, right.quantity
    return may_have_one_unit(ours.unit, theirs.unit) and ours.measure == theirs.measure


def likeness(ours: Surroundings, theirs: Surroundings) -> float:
    """The share, 0..1 by weight, of the one company that the other has too; a word of like meaning counts in part."""
    if not (ours.keys and theirs.keys):
        return 0.0
    near = np.maximum(ours.vectors @ theirs.vectors.T - _NEAR, 0.0) * (_OTHER_WORD / (1 - _NEAR))
    for key in set(ours.keys).intersection(theirs.keys):
        near[ours.keys.index(key), theirs.keys.index(key)] = 1.0
    same_side = np.where(ours.sides[:, None] == theirs.sides, 1.0, _OTHER_SIDE)
    return float((near * same_side * theirs.counts).max(axis=1) @ ours.weights / ours.total)


def company_of(sentence: Analysis, figure: Figure) -> Company:
    """The company that a figure keeps in its sentence."""
    own = figure.quantity
    before, after = _beside(sentence, own.start, own.end)
    voted = {_VOTES[form.lower()]: (1.0, 1.0) for _, _, (form, *_) in after[:_VOTED] if form.lower() in _VOTES}
    return Company(*_weighed(sentence, (own.start, own.end), (before, after), voted), figure, _preposition(before))


def surroundings(sentence: Analysis, span: Span, besides: Collection[str] = ()) -> Surroundings:
    """The words around a stretch of a sentence, a name, say; but for some by their keys."""
    before, after = _beside(sentence, *span)
    before, after = ([token for token in side if token[2][1] not in besides] for side in (before, after))
    return Surroundings(*_weighed(sentence, span, (before, after), {}))


def _beside(sentence: Analysis, start: int, end: int) -> tuple[_Tokens, _Tokens]:
    """The tokens before a stretch, and those after it."""
    starts, ends, forms = sentence.token_columns
    first, last = bisect_right(ends, start), bisect_left(starts, end)
    sides = slice(max(0, first - _MOST), first), slice(last, last + _MOST)
    before, after = (list(zip(starts[side], ends[side], forms[side], strict=True)) for side in sides)
    return before, after


def _weighed(
    sentence: Analysis,
    span: Span,
    beside: tuple[_Tokens, _Tokens],
    known: Mapping[str, tuple[float, float]],
) -> tuple[tuple[str, ...], Floats, Floats, NDArray[np.float32], Floats, float]:
    """The fields of `Surroundings`; `known` are words whose weight and side are told already."""
    found = dict(known)
    for side, tokens, edge in ((1.0, beside[1], span[1]), (-1.0, beside[0][::-1], span[0])):
        for key, weight in _side(sentence.text, tokens, edge):
            found[key] = max(found.get(key, (0.0, 0.0)), (weight, side))
    keys = tuple(found)
    weights, sides = np.array(list(found.values())).reshape(-1, 2).T
    counts = np.sqrt(weights / weights.max(initial=0.0))
    return keys, weights, sides, vectors(keys), counts, weights.sum()


def _side(text: str, tokens: _Tokens, edge: int) -> Iterator[tuple[str, float]]:
    """The content words on one side, nearest first, with what each counts."""
    weight, seen = 1.0, 0
    for start, end, (form, stem, kind, rarity, _) in tokens:
        between = text[edge:start] if start >= edge else text[end:edge]
        if kind == "number" or form.lower() in _BREAKS or not _MARKS.isdisjoint(between):
            weight *= _BEYOND
        if rarity > 0 and kind != "number":
            key = _happening(form) or stem
            yield key, weight * max(_HAPPENING if key[0] == "@" else _LEAST_RARE, rarity)
            weight *= _FADES
            seen += 1
        if seen == _REACH:
            return
        edge = end if start >= edge else start


@lru_cache(maxsize=50_000)  # forms; a look-up takes a twentieth of the time
def _happening(form: str) -> str:
    """What a word says happened to those who are counted, or ""."""
    return next((f"@{what}" for what, signs in _HAPPENED.items() if signs.match(form)), "")


def _preposition(before: _Tokens) -> str:
    """The preposition right before a figure, "more than" and the like apart."""
    for _, _, (written, *_) in before[: -_MOST_BEFORE - 1 : -1]:
        form = written.lower()
        if form in _PREPOSITIONS and form not in ("than", "over", "under", "up"):
            return form
        if form not in _AMOUNTS | {"than", "a", "an", "the", "just", "only"}:
            return ""
    return ""
