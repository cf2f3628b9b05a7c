"""Weighs what a text speaks of: its content words and figures, and which of them are neighbours.

A term is a content word's key, weighted by its rarity in news (inverse document frequency; Spärck Jones 1972), or a
figure's value, so that "55 bn" meets "55 billion".
"""

import math
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from newsum.text.quantities import Quantity
from newsum.text.words import WordTable

__all__ = ["Terms", "terms"]

_PAIR_WEIGHT = 0.5  # of the two words' mean: word order counts, less than the words
_FIGURE = 0.8  # of the rarest word: figures are nearly as telling as a name


class Terms(NamedTuple):  # made three times as fast as a dataclass
    """A text's weighted terms: single words ("treati"), figures ("#5.5e+10") and, last, neighbours ("gas suppli")."""

    weights: Mapping[str, float]
    total: float
    norm: float


def terms(words: WordTable, quantities: Sequence[Quantity]) -> Terms:
    """The weighted terms of a text, from its words and quantities."""
    kept = _in_order(words, quantities)
    weights = dict(kept)
    if len(weights) < len(kept):  # of two forms of a word the rarer one counts
        for key, weight in kept:
            if weight > weights[key]:
                weights[key] = weight
        kept = [(key, weights[key]) for key, _ in kept]
    for (left, ours), (right, theirs) in pairwise(kept):
        weights[f"{left} {right}"] = _PAIR_WEIGHT / 2 * (ours + theirs)
    values = weights.values()
    return Terms(weights, sum(values), math.sqrt(sum([w * w for w in values])))


def _in_order(words: WordTable, quantities: Sequence[Quantity]) -> list[tuple[str, float]]:
    """The content words and figures, each with its weight."""
    if quantities:
        return _with_figures(words, quantities)
    return [(key, weight) for _, key, _, weight, _ in words.forms if weight]


def _with_figures(words: WordTable, quantities: Sequence[Quantity]) -> list[tuple[str, float]]:
    """The content words with their weights; "55" and "billion" of "55 billion" are one figure."""
    kept, waiting, covered = list[tuple[str, float]](), list(quantities)[::-1], 0
    for start, end, (_, key, _, weight, _) in zip(*words, strict=True):
        if not weight:
            continue
        while waiting and waiting[-1].end <= start:
            waiting.pop()
        if start < covered:
            continue
        if waiting and waiting[-1].start < end:
            kept.append((f"#{waiting[-1].value:g}", _FIGURE))
            covered = waiting[-1].end
        else:
            kept.append((key, weight))
    return kept
