"""How alike two texts are: weighted terms for sentences, shingles for copied articles.

A text's terms are its content words' keys, weighted by their rarity in news (inverse document
frequency; Spärck Jones 1972), with figures standing for their values, so that "55 bn" meets
"55 billion". Copies are found by the share of word five-grams that two articles have in common
(Broder 1997, "On the resemblance and containment of documents").
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from newsum.language import content_words, numbers, rarity, words

__all__ = ["Terms", "containment", "cosine", "cover", "shingles", "terms"]

_PAIR_WEIGHT = 0.5  # of the two words' mean: word order counts, less than the words
_SHINGLE = 5  # words; shorter runs are shared by chance in news ("on Tuesday, according to a")


@dataclass(frozen=True, slots=True)
class Terms:
    """A text's weighted terms: single words ("treati"), figures ("#5.5e+10") and neighbours ("gas suppli")."""

    weights: Mapping[str, float]
    total: float
    norm: float


@lru_cache(maxsize=50_000)
def terms(text: str) -> Terms:
    """The weighted terms of a sentence or title."""
    figures = {n.start: n for n in numbers(text)}
    weights: dict[str, float] = {}
    kept: list[str] = []
    covered = 0
    for word in content_words(text):
        if word.start < covered:
            continue  # "billion" of "55 billion" is part of the figure
        figure = next((figures[s] for s in range(word.start, word.end) if s in figures), None)
        if figure is not None:
            key, covered = f"#{figure.value:g}", max(figure.end, word.end)
            weights[key] = max(weights.get(key, 0.0), 0.8)  # figures are nearly as telling as a name
        else:
            key = word.key
            weights[key] = max(weights.get(key, 0.0), rarity(word.form))
        kept.append(key)
    for left, right in pairwise(kept):
        weights[f"{left} {right}"] = _PAIR_WEIGHT * (weights[left] + weights[right]) / 2
    return Terms(weights, sum(weights.values()), math.sqrt(sum(w * w for w in weights.values())))


def cover(of: Terms, by: Iterable[Terms]) -> float:
    """The share, 0..1, of one text's weight that others together have."""
    others = list(by)
    if not of.total:
        return 0.0
    return sum(w for key, w in of.weights.items() if any(key in o.weights for o in others)) / of.total


def cosine(left: Terms, right: Terms) -> float:
    """Cosine of two texts' weighted terms, 0..1."""
    if not (left.norm and right.norm):
        return 0.0
    small, large = sorted((left, right), key=lambda t: len(t.weights))
    shared = sum(w * large.weights[key] for key, w in small.weights.items() if key in large.weights)
    return shared / (left.norm * right.norm)


def shingles(text: str) -> frozenset[int]:
    """Hashes of the runs of five words in a text; of all its words where it has fewer."""
    keys: Sequence[str] = [w.form.lower() for w in words(text)]
    if len(keys) <= _SHINGLE:
        return frozenset({hash(tuple(keys))}) if keys else frozenset()
    return frozenset(hash(tuple(keys[i : i + _SHINGLE])) for i in range(len(keys) - _SHINGLE + 1))


def containment(left: frozenset[int], right: frozenset[int]) -> float:
    """The share, 0..1, of the smaller text's shingles that the other has too."""
    smaller = min(len(left), len(right))
    return len(left & right) / smaller if smaller else 0.0
