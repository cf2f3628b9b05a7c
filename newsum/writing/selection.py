"""Chooses the lines of a brief that fits its words among the options of its content units.

What a set of lines is worth follows ROUGE-1 F1 against a summary somewhat longer than the brief may be: the words of
each line that belong in a brief (its value times its length, less what other lines say), over the words of the set and
of the summary; somewhat less where one outlet alone gives the lines. How many each gives does not count: readers took
theirs of fewer outlets (recipes/read_briefs.tsv). The best set is sought by beam search; no sentence is ever cut.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from newsum.planning.salience import Floats
from newsum.planning.units import ContentUnit
from newsum.similarity.terms import TermMatrix
from newsum.writing.options import Option

__all__ = ["fill", "in_reading_order", "most_words", "number_of"]

_SLACK, _MOST_SLACK = 0.1, 10  # of the budget, above it; at most so many words, half a line
_SAID = 0.45  # of a line's words, by weight, that another line may have
_SAME = 0.35  # cosine of two lines; above it they tell one thing
_SAME_EVENT = 0.15  # and of the opening with another article's first sentence, which tells the event in other words
_REPEATED = 0.85  # of the words that another line has: how many are worth nothing
_FULLER = 2.3  # of the budget, what a summary is taken to have: with 1.8 briefs of 225 words (SPARK) had 190
_ONE_VOICE = 0.03  # of its worth, what a brief loses where one outlet's text gives all lines and others offer some
_BEAM = 12  # sets kept at each length; with 100 the held-out stories score the same

Chosen = tuple[ContentUnit, Option]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class _Sets:
    """Sets of lines, one a row, all of one number of lines."""

    chosen: Flags  # (sets, options), which are in
    barred: Flags  # (sets, options), which cannot be added
    said: Floats  # (sets, options), the share of each option that a line of the set says
    worth: Floats  # (sets,), the words that count
    words: Floats  # (sets,)


def fill(units: Sequence[ContentUnit], options: Sequence[Sequence[Option]], *, words: int) -> list[Chosen]:
    """The lines of the brief, as their units are given; in all at most `words` and a tenth, or 10 words more.

    The unit that opens the brief is among them, with the first of its lines that fits.
    """
    offered = [(unit, option) for unit, own in zip(units, options, strict=True) for option in own]
    if not offered:
        return []
    sizes = np.array([option.analysis.size for _, option in offered], dtype=float)
    if sizes.min() > most_words(words):  # one line is better than none, and none is cut
        return [offered[int(sizes.argmin())]]
    of_unit = list(chain.from_iterable([n] * len(own) for n, own in enumerate(options)))
    fits = np.flatnonzero(np.array([unit.opens for unit, _ in offered]) & (sizes <= most_words(words)))
    first = np.isin(np.arange(len(offered)), fits[:1]) if len(fits) else np.ones(len(offered), dtype=bool)
    best = _search(
        np.array([option.value for _, option in offered]),
        sizes,
        *_overlaps(offered, of_unit),
        _texts(offered),
        words,
        first,
    )
    return [chosen for chosen, is_in in zip(offered, best, strict=True) if is_in]


def number_of(unit: ContentUnit, option: Option) -> int:
    """Which of a unit's sentences an option is of."""
    return unit.sentences.index(option.sources[0]) if option.sources else 0


def most_words(words: int) -> float:
    """The most words that a brief of so many may have."""
    return words + min(_SLACK * words, _MOST_SLACK)


def _overlaps(offered: Sequence[Chosen], of_unit: Sequence[int]) -> tuple[Floats, Flags]:
    """(options, options): the share of the one's terms that the other says, and whether both cannot be in."""
    matrix = TermMatrix([option.analysis.terms for _, option in offered])
    said, words_said = matrix.covers(), matrix.covers(pairs=False)
    unit = np.array(of_unit)
    leads: Flags = np.array([own.places[number_of(own, option)] == 0 for own, option in offered])
    opens: Flags = np.array([own.opens for own, _ in offered])
    one_event = (opens[:, None] | opens) & leads[:, None] & leads
    alike = matrix.cosines() > np.where(one_event, _SAME_EVENT, _SAME)
    clash = (unit[:, None] == unit) | alike | (words_said > _SAID) | (words_said.T > _SAID)
    np.fill_diagonal(said, 0.0)
    return said, clash


def _texts(offered: Sequence[Chosen]) -> Flags:
    """(options, independent texts): which text each is of."""
    own = [unit.origins[number_of(unit, option)] for unit, option in offered]
    return np.array([[text == name for name in dict.fromkeys(own)] for text in own])


def _search(value: Floats, sizes: Floats, said: Floats, clash: Flags, texts: Flags, words: int, first: Flags) -> Flags:
    """The best set found, as a row of booleans; one of the `first` options is in it."""
    count = len(value)
    none = np.zeros((1, count), bool)
    sets = _Sets(none, none, np.zeros((1, count)), np.zeros(1), np.zeros(1))
    several = texts.shape[1] > 1
    best: Flags = sets.chosen[0]
    best_score = -1.0
    while True:
        worth = sets.worth[:, None] + np.maximum(value, 1e-6) * sizes * (1 - _REPEATED * sets.said)
        total = sets.words[:, None] + sizes
        begins = first if len(sets.chosen) == 1 and not sets.chosen.any() else np.ones_like(first)
        barred = sets.barred | (total > most_words(words)) | ~begins
        heard = (sets.chosen @ texts)[:, None] | texts  # (sets, options, texts), with each option added
        alone = several & (heard.sum(axis=2) == 1)
        score = np.where(barred, -1.0, worth * (1 - _ONE_VOICE * alone) / (total + _FULLER * words))
        grown = _distinct(sets.chosen, score)
        if not grown:
            return best
        rows, added = (np.array(part) for part in zip(*grown, strict=True))
        chosen = sets.chosen[rows]
        chosen[np.arange(len(rows)), added] = True
        if score[rows[0], added[0]] > best_score:
            best, best_score = chosen[0], score[rows[0], added[0]]
        sets = _Sets(
            chosen,
            sets.barred[rows] | clash[added],
            np.maximum(sets.said[rows], said[:, added].T),
            worth[rows, added],
            total[rows, added],
        )


def _distinct(chosen: Flags, score: Floats) -> list[tuple[int, int]]:
    """The best (set, option to add), no two making one set; the order of adding makes two where there is one."""
    found: dict[bytes, tuple[int, int]] = {}
    for place in np.argsort(-score, axis=None, kind="stable").tolist():
        row, added = divmod(place, score.shape[1])
        if score[row, added] < 0 or len(found) == _BEAM:
            break
        grown = chosen[row].copy()
        grown[added] = True
        found.setdefault(grown.tobytes(), (row, added))
    return list(found.values())


def in_reading_order(chosen: Sequence[Chosen]) -> list[Chosen]:
    """The line that opens the story first, then as the articles tell it, from the top down.

    Where the plan's opening is not among them that is the first.
    """
    if not chosen:
        return []
    first = next((one for one in chosen if one[0].opens), chosen[0])
    return [first, *sorted((one for one in chosen if one is not first), key=lambda item: item[0].places[0])]
