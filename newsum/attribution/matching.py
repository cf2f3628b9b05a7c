"""Measures what each sentence and each article of a story has of a line.

Nothing is decided here: lines.py weighs these numbers. Words are compared by stem and in order, figures by value, words
of like meaning by vectors (newsum/similarity/vectors.py), rare words for more: rare in news, and rare in this story
(Okapi BM25, Robertson and others 1994). A story is taken apart once; a line then takes about a millisecond.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from newsum.similarity.terms import numbered
from newsum.similarity.vectors import vectors
from newsum.text.analysis import Analysis
from newsum.text.terms import Terms

__all__ = ["ARTICLE", "SENTENCE", "Match", "Matcher"]

# Each row says what is known of a sentence beside a line.
SENTENCE = (
    "shared",  # How many of the line's terms the sentence has, as a logarithm.
    "covered",  # The share of the line's terms that it has, by their rarity in the story.
    "bm25",  # Its score by Okapi BM25.
    "pairs",  # The share of the line's neighbouring terms that it has.
    "two",  # The share of the line's runs of two words, the small ones too, that it has.
    "three",  # The share of the line's runs of three words that it has.
    "figures",  # The share of the line's figures that it has.
    "before",  # The share of the line's terms that the sentence before has and it lacks: who "he" is.
    "index",  # How far down its article it stands, as a logarithm.
    "alike",  # How many of the line's terms it has words of like meaning for, as a logarithm.
    "alike_share",  # The share of the line's terms that it has words of like meaning for, by their rarity in the story.
    "meaning",  # The cosine of its words' mean vector with the line's.
)
# Each row says what is known of an article beside a line.
ARTICLE = (
    "odds",  # The odds of its likeliest sentence, as a logarithm.
    "likely",  # Its share of the odds of all sentences.
    "shared",  # The most terms of the line that one of its sentences has, as a logarithm.
    "two",  # The most runs of two words of the line that one of its sentences has, as a share.
    "three",  # The share of the line, in meaning, that its three likeliest sentences have, beside the best article's.
    "repeats",  # The best cosine of meaning of one of its sentences with the story's likeliest sentence.
)
Floats = NDArray[np.float64]
Codes = NDArray[np.int64]

_NEAR = 0.3  # cosine of two words that have nothing to do with each other, and below
_TOGETHER = 3  # sentences of one article that may have a line between them
_K1, _B = 1.2, 0.75  # BM25's usual settings
_LARGEST_TABLE = 1_000_000  # codes that are looked up in a table, in a tenth of the time of sorting them


@dataclass(frozen=True, slots=True, eq=False)
class Match:
    """A line held against a story.

    Attributes:
        sentences: (sentences, SENTENCE).
        has: (sentences, terms): whether a sentence has a term of the line.
        alike: (sentences, terms): 0..1, how near in meaning its nearest word is.
        rarity: (terms,): of the line's terms, in news.
        telling: (terms,): and in this story.
        is_figure, is_name: (terms,).
    """

    sentences: Floats
    has: NDArray[np.bool_]
    alike: Floats
    rarity: Floats
    telling: Floats
    is_figure: NDArray[np.bool_]
    is_name: NDArray[np.bool_]


class Matcher:
    """A story's sentences, taken apart once.

    Args:
        articles: the number of each sentence's article; its sentences follow one another.
        places: which sentence of its article each is.

    Attributes:
        firsts: (articles,): the number of each one's first sentence.
        goes_on: (sentences,): whether the sentence before is of the same article.
        sizes: (sentences,): how many terms each has.
    """

    def __init__(self, sentences: Sequence[Analysis], articles: Sequence[int], places: Sequence[int]) -> None:
        self.article = np.array(articles, dtype=np.int64)
        self.firsts = np.flatnonzero(np.diff(self.article, prepend=-1))  # every article has a sentence
        self.terms = [sentence.terms for sentence in sentences]
        self._index = np.log1p(places)
        self.goes_on = np.append(False, self.article[1:] == self.article[:-1])[: len(sentences)]
        self._take_terms()
        self._take_runs([sentence.word_table.keys for sentence in sentences])
        self._take_meanings()

    def _take_terms(self) -> None:
        """Which sentences have each term, and how telling that is."""
        count = len(self.terms)
        self._norms = np.array([own.norm for own in self.terms])
        self._column, self._terms = numbered(chain.from_iterable([own.weights for own in self.terms]))
        self._having = np.repeat(np.arange(count), [len(own.weights) for own in self.terms])
        self._often = np.bincount(self._terms, minlength=len(self._column) + 1)  # a last column of no term
        small = np.min_scalar_type(len(self._column))  # numbers of 16 bits are sorted in a tenth of the time
        order = np.argsort(self._terms.astype(small), kind="stable")
        self._rows = self._having[order]
        weights = list(chain.from_iterable([own.weights.values() for own in self.terms]))
        self._weights = np.array(weights)[order]
        self._ends = np.cumsum(self._often)
        self._telling = (np.log((count + 1) / (np.arange(count + 1) + 1)) + 1)[self._often[:-1]]

    def _held(self, keys: Iterable[str]) -> tuple[Codes, Codes, Codes]:
        """Where the sentences that have each of the terms stand in `_rows`, term by term; their numbers; and the
        number of the term that each has.
        """
        columns = np.array([self._column.get(key, len(self._column)) for key in keys], dtype=np.int64)
        ends, counts = self._ends[columns], self._often[columns]
        before = np.cumsum(counts) - counts
        at = np.arange(counts.sum()) + np.repeat(ends - counts - before, counts)
        return at, self._rows[at], np.repeat(np.arange(len(columns)), counts)

    def likeness(self, line: Analysis) -> Floats:
        """(sentences,): mostly the share of a line that a sentence covers; between equals, the closer sentence."""
        own = line.terms
        at, rows, terms = self._held(own.weights)
        weights = np.array(list(own.weights.values()))[terms]
        covered = np.bincount(rows, weights, minlength=len(self.terms))
        product = np.bincount(rows, weights * self._weights[at], minlength=len(self.terms))
        cosines = np.minimum(1.0, product / np.maximum(own.norm * self._norms, 1e-9))
        found: Floats = 0.8 * covered / max(own.total, 1e-9) + 0.2 * cosines
        return found

    def _take_runs(self, said: Sequence[Sequence[str]]) -> None:
        """The story word by word as numbers, the small ones too; a space after each sentence, for no run goes on."""
        self._number, self._spoken = numbered(chain.from_iterable([(*own, " ") for own in said]))
        self._speaker = np.repeat(np.arange(len(said)), [len(own) + 1 for own in said])

    def _take_meanings(self) -> None:
        """The story's vocabulary and its vectors; where each sentence's words stand in it; sentences' mean vectors."""
        words = [key for key in self._column if " " not in key]
        is_word = np.array([" " not in key for key in self._column], dtype=bool)
        said = is_word[self._terms]
        self._place = np.cumsum(is_word) - 1  # in the vocabulary, of a column that is a word's
        self._vectors = vectors(words)
        self._words = self._place[self._terms[said]]
        self.sizes = sizes = np.bincount(self._having[said], minlength=len(self.terms))
        self._lengths = sizes / max(1.0, sizes.mean() if len(sizes) else 1.0)
        self._full = np.flatnonzero(sizes)
        self._starts = (np.cumsum(sizes) - sizes)[self._full]
        self._means = np.zeros((len(sizes), self._vectors.shape[1]), dtype=np.float32)
        if len(self._words):
            weighted = self._vectors * (self._telling[is_word] - 1).astype(np.float32)[:, None]
            self._means[self._full] = np.add.reduceat(weighted.take(self._words, axis=0), self._starts)
        self._means /= np.maximum(np.linalg.norm(self._means, axis=1, keepdims=True), 1e-9)

    def match(self, line: Analysis) -> Match:
        """Hold a line against every sentence."""
        own = line.terms
        singles = _singles(own)
        has = np.zeros((len(self._index), len(singles)), dtype=bool)
        _, rows, columns_had = self._held(singles)
        has[rows, columns_had] = True
        rarity = np.array([own.weights[key] for key in singles])
        often = has.sum(axis=0)
        telling = np.log((len(has) + 1) / (often + 1))
        alike, mean = self._meanings(singles, telling)
        is_figure = np.array([key.startswith("#") for key in singles], dtype=bool)
        named = {key for name in line.names for key in name.keys}
        is_name = np.array([key in named for key in singles], dtype=bool)
        total = max(float(rarity.sum()), 1e-9)
        earlier = np.roll(has, 1, axis=0) & self.goes_on[:, None] & ~has
        two, three = self._shares_of_runs(line)
        saturated = np.log((len(has) - often + 0.5) / (often + 0.5) + 1) * (_K1 + 1)
        columns = {
            "shared": np.log1p(has.sum(axis=1)),
            "covered": has @ telling / max(float(telling.sum()), 1e-9),
            "bm25": has @ saturated / (1 + _K1 * (1 - _B + _B * self._lengths)),
            "pairs": self._pairs(own),
            "two": two,
            "three": three,
            "figures": has @ is_figure / max(1, is_figure.sum()),
            "before": earlier @ rarity / total,
            "index": self._index,
            "alike": np.log1p(alike.sum(axis=1)),
            "alike_share": alike @ telling / max(float(telling.sum()), 1e-9),
            "meaning": self._means @ mean,
        }
        found = np.column_stack([columns[name] for name in SENTENCE])
        return Match(found, has, alike, rarity, telling, is_figure, is_name)

    def _meanings(self, keys: Sequence[str], telling: Floats) -> tuple[Floats, Floats]:
        """(sentences, terms): how near each term's nearest word is; and the line's mean vector."""
        mine = vectors(keys)
        alike = np.zeros((len(self._index), len(keys)))
        if len(keys) and len(self._words):
            near = np.maximum(self._vectors @ mine.T - _NEAR, 0.0) / (1 - _NEAR)
            for column, key in enumerate(keys):
                if key in self._column:
                    near[self._place[self._column[key]], column] = 1.0
            alike[self._full] = np.maximum.reduceat(near.take(self._words, axis=0), self._starts)
        mean = telling @ mine if len(keys) else np.zeros(self._means.shape[1])
        return alike, mean / max(float(np.linalg.norm(mean)), 1e-9)

    def _pairs(self, line: Terms) -> Floats:
        pairs = {key: weight for key, weight in line.weights.items() if " " in key}
        _, rows, terms = self._held(pairs)
        found = np.bincount(rows, np.array(list(pairs.values()))[terms], minlength=len(self._index))
        return found / max(sum(pairs.values()), 1e-9)

    def _shares_of_runs(self, line: Analysis) -> tuple[Floats, Floats]:
        """(sentences,) twice: the share of the line's runs of two and of three words that each sentence has.

        Only words of the line keep a number, so that its runs are the few numbers that are looked for.
        """
        keys = line.word_table.keys
        own = {key: n for n, key in enumerate(dict.fromkeys(keys), 1)}
        renumbered = np.zeros(len(self._number), dtype=np.int64)
        for key in own.keys() & self._number.keys():
            renumbered[self._number[key]] = own[key]
        spoken, wanted = renumbered[self._spoken], np.array([own[key] for key in keys], dtype=np.int64)
        return self._share_of_runs(spoken, wanted, 2), self._share_of_runs(spoken, wanted, 3)

    def _share_of_runs(self, spoken: Codes, wanted: Codes, size: int) -> Floats:
        base = int(wanted.max(initial=0)) + 1
        said, runs = _runs(spoken, size, base), _distinct(_runs(wanted, size, base))
        at = np.flatnonzero(said)
        at = at[_are_among(said[at], runs, base**size)]
        each = _distinct(self._speaker[at] * base**size + said[at])  # a run twice in a sentence counts once
        found = np.bincount(each // base**size, minlength=len(self._index))
        return found / max(1, len(runs))

    # --- articles and lines -----------------------------------------------------------------------------

    def articles_of(self, match: Match, odds: Floats) -> Floats:
        """(articles, ARTICLE), given the logarithms of the sentences' odds to be what a line was written from."""
        risen = np.exp(odds - odds.max())
        columns = {
            "odds": self._best(odds),
            "likely": np.add.reduceat(risen, self.firsts) / risen.sum(),
            "shared": self._best(match.sentences[:, SENTENCE.index("shared")]),
            "two": self._best(match.sentences[:, SENTENCE.index("two")]),
            "three": self._three(match, odds),
            "repeats": self._best(self._means @ self._means[odds.argmax()]),
        }
        return np.column_stack([columns[name] for name in ARTICLE])

    def _best(self, values: Floats) -> Floats:
        """(articles,): the largest value of each article's sentences."""
        best: Floats = np.maximum.reduceat(values, self.firsts)
        return best

    def _three(self, match: Match, odds: Floats) -> Floats:
        """(articles,): how much of the line, in meaning, each article's three likeliest sentences have together."""
        order = np.lexsort((-odds, self.article))
        place = np.arange(len(order)) - self.firsts[self.article[order]]
        top = order[place < _TOGETHER]
        starts = np.flatnonzero(np.diff(self.article[top], prepend=-1))
        said: Floats = np.maximum.reduceat(match.alike[top], starts) @ match.telling
        return said / max(float(said.max()), 1e-9)


def _singles(of: Terms) -> list[str]:
    return [key for key in of.weights if " " not in key]


def _are_among(codes: Codes, wanted: Codes, most: int) -> NDArray[np.bool_]:
    """Which of the codes, all below `most`, are among those that are wanted."""
    if most > _LARGEST_TABLE:
        return np.isin(codes, wanted)
    is_wanted = np.zeros(most, dtype=bool)
    is_wanted[wanted] = True
    return is_wanted[codes]


def _distinct(codes: Codes) -> Codes:
    """The codes in order, each once. Asked for nothing else np.unique loads numpy.ma, 10 ms of a command."""
    found, _ = np.unique(codes, return_counts=True)
    return found


def _runs(numbers: Codes, size: int, base: int) -> Codes:
    """Each run of so many numbers below the base, as one number."""
    runs = np.zeros(max(0, len(numbers) - size + 1), dtype=np.int64)
    for n in range(size):
        runs = runs * base + numbers[n : n + len(runs)]
    return runs
