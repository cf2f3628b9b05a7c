"""Turns articles into what they are compared by: weighted terms, and the day.

An article's terms are the stems of its title's words, counted twice, and of those that its text begins with, and each
two that follow one another ("panama paper") where another article has them too. A term weighs by how often it stands
there (one plus the logarithm) and by its rarity (inverse document frequency: Spärck Jones 1972). Rarity is that in
news at large, drawn towards that in the heap at hand: where every other article is on one election, the candidates'
names tell stories apart no better than "said" does. Scripts without spaces are taken in pairs of characters.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from newsum.articles import Article
from newsum.text.lexicon import FUNCTION_WORDS
from newsum.text.words import rarity, stem

__all__ = ["Floats", "Integers", "Row", "Vectors", "day", "product", "total", "weighed"]

Integers = NDArray[np.int64]
Floats = NDArray[np.float64]
Row = tuple[Integers, Floats]

_BEGINS = 2000  # characters of a text, 300 words; with half or twice as many the training mixtures fare the same
_IN_TITLE = 2  # what a title's word counts
_NEWS = 500  # articles that rarity in news at large counts as, beside those of the heap
_SMALL = 100  # articles in a heap where a word that one alone holds counts half
_HALF = 32  # bits of a term that number a word
_COUNTED = 13_000  # articles that `rarity` was counted in
_WORD = re.compile(r"\w+(?:['’]\w+)*")
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]{2,}")


_NONE: Row = np.zeros(0, dtype=np.int64), np.zeros(0)


@dataclass(frozen=True, slots=True)
class Vectors:
    """Sparse rows of length 1, one a text: row i is terms[starts[i]:starts[i + 1]], rising, with their weights.

    Attributes:
        width: how many terms there are.
    """

    starts: Integers
    terms: Integers
    weights: Floats
    width: int

    def row(self, number: int) -> Row:
        part = slice(self.starts[number], self.starts[number + 1])
        return self.terms[part], self.weights[part]

    def means(self, groups: Sequence[Sequence[int]]) -> "Vectors":
        """A row for each group of rows: their mean."""
        rows = [total([self.row(number) for number in group]) for group in groups]
        sizes = [len(terms) for terms, _ in rows]
        terms, weights = (np.concatenate(parts) for parts in zip(_NONE, *rows, strict=True))
        weights = weights / np.repeat([len(group) for group in groups], sizes)
        return Vectors(np.cumsum([0, *sizes]), terms, weights, self.width)


def total(rows: Sequence[Row]) -> Row:
    """The sum of rows."""
    if len(rows) == 1:
        return rows[0]
    terms, places = np.unique(np.concatenate([terms for terms, _ in rows]), return_inverse=True)
    weights = np.concatenate([weights for _, weights in rows])
    return terms, np.bincount(places, weights, minlength=len(terms)).astype(np.float64)


def product(left: Row, right: Row) -> float:
    """The sum of the products of the weights of one term; the cosine of rows of length 1."""
    (few, few_weights), (many, many_weights) = sorted((left, right), key=lambda row: len(row[0]))
    if not len(few):
        return 0.0
    places = np.minimum(np.searchsorted(many, few), len(many) - 1)
    return float(few_weights @ np.where(many[places] == few, many_weights[places], 0.0))


def weighed(articles: Sequence[Article]) -> tuple[Vectors, Vectors]:
    """The weighted terms of the articles, and of their titles alone."""
    codes = _Codes()
    titles = [codes.of(article.title) for article in articles]
    texts = [codes.of(article.text[:_BEGINS]) for article in articles]
    bodies = [
        np.concatenate([np.repeat(_with_pairs(title), _IN_TITLE), _with_pairs(text)])
        for title, text in zip(titles, texts, strict=True)
    ]
    counted = [np.unique(body, return_counts=True) for body in bodies]
    terms, held = np.unique(np.concatenate([_NONE[0], *(found for found, _ in counted)]), return_counts=True)
    rarities = _rarities(terms, held, np.array(codes.shares), len(articles))
    return _rows(counted, terms, rarities), _rows([np.unique(t, return_counts=True) for t in titles], terms, rarities)


def _with_pairs(words: Integers) -> Integers:
    """The words, and each two that follow one another as a term of its own: the first's number, plus one, in front."""
    return np.concatenate([words, (words[:-1] + 1 << _HALF) + words[1:]])


def _rarities(terms: Integers, held: Integers, shares: Floats, articles: int) -> Floats:
    """What a term weighs where it stands once: a word by its rarity, two in a row by the mean of theirs.

    What no other article holds can only tell apart: a word counts the less the larger the heap, a pair not at all.
    """
    pairs = terms >> _HALF > 0
    found = np.zeros(len(shares))
    found[terms[~pairs]] = held[~pairs]
    of_words = -np.log(np.minimum(1, (_NEWS * shares + found) / (_NEWS + articles)))
    second = of_words[terms & (1 << _HALF) - 1]
    first = np.where(pairs, of_words[(terms >> _HALF) - 1], second)
    alone = np.where(pairs, 0, _SMALL / (_SMALL + articles))
    rarities: Floats = (first + second) / 2 * np.where(held > 1, 1, alone)
    return rarities


def _rows(counted: Sequence[tuple[Integers, Integers]], terms: Integers, rarities: Floats) -> Vectors:
    """Rows of the terms that weigh something; `terms` are numbered in their order."""
    numbers = np.searchsorted(terms, np.concatenate([_NONE[0], *(found for found, _ in counted)]))
    counts = np.concatenate([_NONE[0], *(counts for _, counts in counted)])
    rows = np.repeat(np.arange(len(counted)), [len(found) for found, _ in counted])
    weights = (1 + np.log(counts)) * rarities[numbers]
    kept = weights > 0
    rows, numbers, weights = rows[kept], numbers[kept], weights[kept]
    lengths = np.sqrt(np.bincount(rows, weights**2, minlength=len(counted)))
    starts = np.searchsorted(rows, np.arange(len(counted) + 1))
    return Vectors(starts, numbers, weights / lengths[rows], len(terms))


class _Codes(dict[str, int]):
    """Word as written -> the number of its term; -1 for one that tells nothing.

    Attributes:
        shares: of each term, the share of articles in news at large that have its commonest form met so far.
    """

    def __init__(self) -> None:
        super().__init__()
        self.shares: list[float] = []
        self._terms: dict[str, int] = {}

    def of(self, text: str) -> Integers:
        """The terms of a text, each as often as it stands there."""
        if not text.isascii():
            text = _UNSPACED.sub(lambda run: f" {' '.join(map(''.join, pairwise(run[0])))} ", text)
        return np.array([code for word in _WORD.findall(text) if (code := self[word]) >= 0], dtype=np.int64)

    def __missing__(self, word: str) -> int:
        self[word] = code = self._code(word)
        return code

    def _code(self, word: str) -> int:
        if word.casefold() in FUNCTION_WORDS and word != "US":
            return -1
        key = stem(word)
        if len(key) < 2:
            return -1
        code = self._terms.setdefault(key, len(self._terms))
        share = _COUNTED ** -rarity(word)
        if code == len(self.shares):
            self.shares.append(share)
        self.shares[code] = max(share, self.shares[code])
        return code


def day(published: str | None) -> float | None:
    """The day of publishing, counted from the year 1, with the time as its part; None where it is not known."""
    try:
        when = datetime.fromisoformat(published or "")
    except ValueError:
        return None
    offset = when.utcoffset() or timedelta()
    return when.toordinal() + (timedelta(hours=when.hour, minutes=when.minute) - offset) / timedelta(days=1)
