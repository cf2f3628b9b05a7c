"""Turns articles into what they are compared by: weighted terms, and the day.

An article's terms are the stems of its title's words, counted twice, and of those that its text begins with, and each
two that follow one another ("panama paper") where another article has them too. A term weighs by how often it stands
there (one plus the logarithm) and by its rarity (inverse document frequency: Spärck Jones 1972). Rarity is that in
news at large, drawn towards that in the heap at hand: where every other article is on one election, the candidates'
names tell stories apart no better than "said" does. Scripts without spaces are taken in pairs of characters.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from newsum.articles import Article
from newsum.system.patterns import regex
from newsum.text.lexicon import CALENDAR, FUNCTION_WORDS, TITLE_ABBREVIATIONS, TITLES
from newsum.text.words import rarity, stem, usually_capital

__all__ = ["Floats", "Integers", "Row", "Vectors", "Weighed", "Words", "day", "product", "total", "weighed"]

Integers = NDArray[np.int64]
Floats = NDArray[np.float64]
Row = tuple[Integers, Floats]

_BEGINS = 2000  # characters of a text, 300 words; with half or twice as many the training mixtures fare the same
_IN_TITLE = 2  # what a title's word counts
_NEWS = 500  # articles that rarity in news at large counts as, beside those of the heap
_SMALL = 100  # articles in a heap where a word that one alone holds counts half
_HALF = 32  # bits of a term that number a word
_COUNTED = 13_000  # articles that `rarity` was counted in
_WORD = regex(r"\w+(?:['’]\w+)*")
_NO_NAMES = CALENDAR | TITLES | TITLE_ABBREVIATIONS
_UNSPACED = regex("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]{2,}")


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


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """The words of a text as they stand, each as the number of its stem.

    Attributes:
        stems: the numbers.
        named: whether each is a name by its case.
    """

    stems: Integers
    named: NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Weighed:
    """What the articles of a heap are compared by.

    Attributes:
        bodies, titles: the weighted terms of the articles, and of their titles alone.
        title_words, text_words: of each article; of a text, those that it begins with.
        stems: each by its number, which is that of its term in `bodies` too.
        rarities: of each stem.
        parts: (terms, 2): the stems that a term is made of; of a word the same twice.
    """

    bodies: Vectors
    titles: Vectors
    title_words: tuple[Words, ...]
    text_words: tuple[Words, ...]
    stems: tuple[str, ...]
    rarities: Floats
    parts: Integers


def weighed(articles: Sequence[Article]) -> Weighed:
    """The articles as they are compared."""
    codes = _Codes()
    titles = tuple([codes.of(article.title) for article in articles])
    texts = tuple([codes.of(article.text[:_BEGINS]) for article in articles])
    bodies = [
        np.concatenate([np.repeat(_with_pairs(title.stems), _IN_TITLE), _with_pairs(text.stems)])
        for title, text in zip(titles, texts, strict=True)
    ]
    counted = [np.unique(body, return_counts=True) for body in bodies]
    terms, held = np.unique(np.concatenate([_NONE[0], *(found for found, _ in counted)]), return_counts=True)
    of_words = _word_rarities(terms, held, np.array(codes.shares), len(articles))
    rarities = _rarities(terms, held, of_words, len(articles))
    return Weighed(
        _rows(counted, terms, rarities),
        _rows([np.unique(title.stems, return_counts=True) for title in titles], terms, rarities),
        titles,
        texts,
        codes.stems,
        of_words,
        _parts(terms),
    )


def _with_pairs(words: Integers) -> Integers:
    """The words, and each two that follow one another as a term of its own: the first's number, plus one, in front."""
    return np.concatenate([words, (words[:-1] + 1 << _HALF) + words[1:]])


def _word_rarities(terms: Integers, held: Integers, shares: Floats, articles: int) -> Floats:
    """The rarity of each word, in news at large drawn towards the heap."""
    words = terms >> _HALF == 0
    found = np.zeros(len(shares))
    found[terms[words]] = held[words]
    rarities: Floats = -np.log(np.minimum(1, (_NEWS * shares + found) / (_NEWS + articles)))
    return rarities


def _rarities(terms: Integers, held: Integers, of_words: Floats, articles: int) -> Floats:
    """What a term weighs where it stands once: a word by its rarity, two in a row by the mean of theirs.

    What no other article holds can only tell apart: a word counts the less the larger the heap, a pair not at all.
    """
    alone = np.where(terms >> _HALF > 0, 0, _SMALL / (_SMALL + articles))
    rarities: Floats = of_words[_parts(terms)].mean(axis=1) * np.where(held > 1, 1, alone)
    return rarities


def _parts(terms: Integers) -> Integers:
    """(terms, 2): the words that each is made of."""
    second = terms & (1 << _HALF) - 1
    return np.column_stack([np.where(terms >> _HALF > 0, (terms >> _HALF) - 1, second), second])


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
    """Word as written -> twice the number of its stem, plus one for a name; -1 for one that tells nothing.

    Attributes:
        shares: of each stem, the share of articles in news at large that have its commonest form met so far.
    """

    def __init__(self) -> None:
        super().__init__()
        self.shares: list[float] = []
        self._stems: dict[str, int] = {}

    @property
    def stems(self) -> tuple[str, ...]:
        return tuple(self._stems)

    def of(self, text: str) -> Words:
        """The words of a text that tell something."""
        if not text.isascii():
            text = _UNSPACED.sub(lambda run: f" {' '.join(map(''.join, pairwise(run[0])))} ", text)
        codes = np.array([code for word in _WORD.findall(text) if (code := self[word]) >= 0], dtype=np.int64)
        return Words(codes >> 1, codes & 1 > 0)

    def __missing__(self, word: str) -> int:
        self[word] = code = self._code(word)
        return code

    def _code(self, word: str) -> int:
        if word.casefold() in FUNCTION_WORDS and word != "US":
            return -1
        key = stem(word)
        if len(key) < 2:
            return -1
        number = self._stems.setdefault(key, len(self._stems))
        share = _COUNTED ** -rarity(word)
        if number == len(self.shares):
            self.shares.append(share)
        self.shares[number] = max(share, self.shares[number])
        return 2 * number + _is_name(word)


def _is_name(word: str) -> bool:
    """Whether a form alone looks like part of a name: a capital that news does not put there to begin a sentence."""
    plain = word.lower().removesuffix("'s").removesuffix("’s")
    return word[0].isupper() and plain not in _NO_NAMES and usually_capital(word) is not False


def day(published: str | None) -> float | None:
    """The day of publishing, counted from the year 1, with the time as its part; None where it is not known."""
    try:
        when = datetime.fromisoformat(published or "")
    except ValueError:
        return None
    offset = when.utcoffset() or timedelta()
    return when.toordinal() + (timedelta(hours=when.hour, minutes=when.minute) - offset) / timedelta(days=1)
