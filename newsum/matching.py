"""A line and a story's sentences in; what each sentence and each article has of the line, as numbers, out.

Nothing is decided here: newsum/attribution.py weighs these numbers. Words are compared by stem and in order, figures by
value, words of like meaning by vectors (newsum/meanings.py), rare words for more: rare in news, and rare in this story
(Okapi BM25, Robertson and others 1994; TF-IDF cosine). A story is taken apart once; a line then takes about a
millisecond.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from newsum.language import keys_of
from newsum.meanings import vectors
from newsum.similarity import Terms, terms

__all__ = ["ARTICLE", "SAID", "SENTENCE", "Match", "Matcher"]

SENTENCE = (  # what is known of a sentence
    "shared",  # how many of the line's terms it has, as a logarithm
    "likeness",  # cosine of terms and neighbours, by their rarity in the story
    "bm25",
    "pairs",  # the share of the line's neighbouring terms,
    "two",  # of its runs of two words, the small ones too,
    "three",  # and of three
    "figures",  # the share of its figures
    "before",  # the share of its terms that the sentence before has and this one lacks: who "he" is
    "index",  # how far down its article, as a logarithm
    "alike",  # how many of the line's terms it has words of like meaning for, as a logarithm
    "alike_share",  # and their share, by rarity in the story
    "meaning",  # cosine of the mean of the words' vectors
)
ARTICLE = (  # what is known of an article; "best" is the most that any of its sentences has
    "behind",  # by how much its likeliest sentence is behind the story's
    "shared",  # best; then all of it as a share of the best article's
    "shared_share",
    "two",  # best
    "likeness",  # best
    "alike_share",  # best, as a share of the best article's
    "three",  # the share of the line's terms, by rarity, that its three likeliest sentences have together
    "three_share",  # as a share of the best article's
    "articles",  # how many the story has, as a logarithm
)
SAID = (  # what is known of a line in a story
    "shared",  # of the likeliest sentence
    "likeness",
    "alike_share",
    "meaning",
    "three",  # of the best article
    "unknown",  # the share of the line's terms, by rarity in news, that no sentence has
    "topic",  # the terms' rarity in news, each times the share of the story's sentences that have it
)
Numbers = NDArray[np.float64]
Codes = NDArray[np.int64]

_NEAR = 0.3  # cosine of two words that have nothing to do with each other, and below
_BEST = ("shared", "two", "likeness", "alike_share")
_TOGETHER = 3  # sentences of one article that may have a line between them
_K1, _B = 1.2, 0.75  # BM25's usual settings


@dataclass(frozen=True, slots=True, eq=False)
class Match:
    """A line held against a story.

    Attributes:
        sentences: (sentences, SENTENCE).
        has: (sentences, terms): whether a sentence has a term of the line.
        alike: (sentences, terms): 0..1, how near in meaning its nearest word is.
        rarity: (terms,): of the line's terms, in news.
        telling: (terms,): and in this story.
        is_figure: (terms,).
    """

    sentences: Numbers
    has: NDArray[np.bool_]
    alike: Numbers
    rarity: Numbers
    telling: Numbers
    is_figure: NDArray[np.bool_]


class Matcher:
    """A story's sentences, taken apart once.

    Args:
        articles: the number of each sentence's article; its sentences follow one another.
        places: which sentence of its article each is.
    """

    def __init__(self, texts: Sequence[str], articles: Sequence[int], places: Sequence[int]) -> None:
        self.article = np.array(articles, dtype=np.int64)
        self.firsts = np.flatnonzero(np.diff(self.article, prepend=-1))  # every article has a sentence
        self.terms = [terms(text) for text in texts]
        self.rows: Mapping[str, Sequence[int]] = _postings(own.weights for own in self.terms)
        self._index = np.log1p(places)
        self._same = np.append(False, self.article[1:] == self.article[:-1])[: len(texts), None]
        self._take_rarity()
        self._take_runs([keys_of(text) for text in texts])
        self._take_meanings([_singles(own) for own in self.terms])

    def _take_rarity(self) -> None:
        """How telling each term is in this story, and the length of each sentence's vector of them."""
        by_count = (np.log((len(self.terms) + 1) / (np.arange(len(self.terms) + 1) + 1)) + 1).tolist()
        self._telling = {key: by_count[len(rows)] for key, rows in self.rows.items()}
        squares = {key: telling**2 for key, telling in self._telling.items()}
        self._norm = np.sqrt([sum([squares[key] for key in own.weights]) for own in self.terms])

    def _take_runs(self, keys: Sequence[Sequence[str]]) -> None:
        """The story word by word as numbers, the small ones too; a 0 after each sentence, for no run goes on."""
        self._number = {key: n for n, key in enumerate(dict.fromkeys(chain.from_iterable(keys)), 1)}
        self._spoken = np.array([n for own in keys for n in (*map(self._number.__getitem__, own), 0)], dtype=np.int64)
        self._speaker = np.repeat(np.arange(len(keys)), [len(own) + 1 for own in keys])

    def _take_meanings(self, keys: Sequence[Sequence[str]]) -> None:
        """The story's vocabulary and its vectors; where each sentence's words stand in it; sentences' mean vectors."""
        self._column = {key: n for n, key in enumerate(dict.fromkeys(key for own in keys for key in own))}
        self._vectors = vectors(list(self._column))
        sizes = np.array([len(own) for own in keys], dtype=np.int64)
        self._lengths = sizes / max(1.0, sizes.mean() if len(sizes) else 1.0)
        self._words = np.array([self._column[key] for own in keys for key in own], dtype=np.int64)
        self._full = np.flatnonzero(sizes)
        self._starts = (np.cumsum(sizes) - sizes)[self._full]
        self._means = np.zeros((len(keys), self._vectors.shape[1]))
        if len(self._words):
            weights = np.array([self._telling[key] for key in self._column]) - 1
            weighted = self._vectors * weights[:, None]
            self._means[self._full] = np.add.reduceat(weighted[self._words], self._starts)
        self._means /= np.maximum(np.linalg.norm(self._means, axis=1, keepdims=True), 1e-9)

    def match(self, line: str) -> Match:
        """Hold a line against every sentence."""
        own = terms(line)
        singles = _singles(own)
        has = np.zeros((len(self._index), len(singles)), dtype=bool)
        for column, key in enumerate(singles):
            has[self.rows.get(key, []), column] = True
        rarity = np.array([own.weights[key] for key in singles])
        often = has.sum(axis=0)
        telling = np.log((len(has) + 1) / (often + 1))
        alike, mean = self._meanings(singles, telling)
        is_figure = np.array([key.startswith("#") for key in singles], dtype=bool)
        total = max(float(rarity.sum()), 1e-9)
        earlier = np.roll(has, 1, axis=0) & self._same & ~has
        two, three = self._shares_of_runs(line)
        saturated = np.log((len(has) - often + 0.5) / (often + 0.5) + 1) * (_K1 + 1)
        columns = {
            "shared": np.log1p(has.sum(axis=1)),
            "likeness": self._cosines(own),
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
        return Match(found, has, alike, rarity, telling, is_figure)

    def _meanings(self, keys: Sequence[str], telling: Numbers) -> tuple[Numbers, Numbers]:
        """(sentences, terms): how near each term's nearest word is; and the line's mean vector."""
        mine = vectors(keys)
        alike = np.zeros((len(self._index), len(keys)))
        if len(keys) and len(self._words):
            near = np.maximum(self._vectors @ mine.T - _NEAR, 0.0) / (1 - _NEAR)
            for column, key in enumerate(keys):
                if key in self._column:
                    near[self._column[key], column] = 1.0
            alike[self._full] = np.maximum.reduceat(near[self._words], self._starts)
        mean = telling @ mine if len(keys) else np.zeros(self._means.shape[1])
        return alike, mean / max(float(np.linalg.norm(mean)), 1e-9)

    def _cosines(self, line: Terms) -> Numbers:
        shared = np.zeros(len(self._index))
        known = [key for key in line.weights if key in self.rows]
        for key in known:
            shared[self.rows[key]] += self._telling[key] ** 2
        norm = np.sqrt(sum(self._telling[key] ** 2 for key in known))
        cosines: Numbers = shared / np.maximum(self._norm * norm, 1e-9)
        return cosines

    def _pairs(self, line: Terms) -> Numbers:
        pairs = {key: weight for key, weight in line.weights.items() if " " in key}
        found = np.zeros(len(self._index))
        for key, weight in pairs.items():
            found[self.rows.get(key, [])] += weight
        return found / max(sum(pairs.values()), 1e-9)

    def _shares_of_runs(self, line: str) -> tuple[Numbers, Numbers]:
        """(sentences,) twice: the share of the line's runs of two and of three words that each sentence has.

        Only words of the line keep a number, so that its runs are the few numbers that are looked for.
        """
        keys = keys_of(line)
        own = {key: n for n, key in enumerate(dict.fromkeys(keys), 1)}
        renumbered = np.zeros(len(self._number) + 1, dtype=np.int64)
        for key in own.keys() & self._number.keys():
            renumbered[self._number[key]] = own[key]
        spoken, wanted = renumbered[self._spoken], np.array([own[key] for key in keys], dtype=np.int64)
        return self._share_of_runs(spoken, wanted, 2), self._share_of_runs(spoken, wanted, 3)

    def _share_of_runs(self, spoken: Codes, wanted: Codes, size: int) -> Numbers:
        base = int(wanted.max(initial=0)) + 1
        said, runs = _runs(spoken, size, base), np.unique(_runs(wanted, size, base))
        at = np.flatnonzero(said)
        at = at[np.isin(said[at], runs)]
        each = np.unique(self._speaker[at] * base**size + said[at])  # a run twice in a sentence counts once
        found = np.bincount(each // base**size, minlength=len(self._index))
        return found / max(1, len(runs))

    # --- articles and lines -----------------------------------------------------------------------------

    def articles_of(self, match: Match, odds: Numbers) -> Numbers:
        """(articles, ARTICLE), given the logarithms of the sentences' odds to be what a line was written from."""
        likeliest = self._best(odds)
        best = {name: self._best(match.sentences[:, SENTENCE.index(name)]) for name in _BEST}
        three = self._three(match, odds)
        columns = {
            "behind": likeliest - likeliest.max(),
            "shared": best["shared"],
            "shared_share": _of_largest(best["shared"]),
            "two": best["two"],
            "likeness": best["likeness"],
            "alike_share": _of_largest(best["alike_share"]),
            "three": three,
            "three_share": _of_largest(three),
            "articles": np.full(len(three), np.log(len(three))),
        }
        return np.column_stack([columns[name] for name in ARTICLE])

    def _best(self, values: Numbers) -> Numbers:
        """(articles,): the largest value of each article's sentences."""
        best: Numbers = np.maximum.reduceat(values, self.firsts)
        return best

    def _three(self, match: Match, odds: Numbers) -> Numbers:
        """(articles,): the share of the line, by rarity, that each article's three likeliest sentences have."""
        order = np.lexsort((-odds, self.article))
        place = np.arange(len(order)) - self.firsts[self.article[order]]
        top = order[place < _TOGETHER]
        starts = np.flatnonzero(np.diff(self.article[top], prepend=-1))
        said: Numbers = np.logical_or.reduceat(match.has[top], starts) @ match.rarity
        return said / max(float(match.rarity.sum()), 1e-9)

    def said(self, match: Match, odds: Numbers) -> Numbers:
        """(SAID,)."""
        likeliest = match.sentences[odds.argmax()]
        own = [likeliest[SENTENCE.index(name)] for name in SAID[:4]]
        unknown = ~match.has.any(axis=0) @ match.rarity / max(float(match.rarity.sum()), 1e-9)
        topic = match.has.mean(axis=0) @ match.rarity
        return np.array([*own, self._three(match, odds).max(), unknown, topic])


def _of_largest(values: Numbers) -> Numbers:
    return values / max(float(values.max()), 1e-9)


def _singles(of: Terms) -> list[str]:
    return [key for key in of.weights if " " not in key]


def _runs(numbers: Codes, size: int, base: int) -> Codes:
    """Each run of so many numbers below the base, as one number."""
    runs = np.zeros(max(0, len(numbers) - size + 1), dtype=np.int64)
    for n in range(size):
        runs = runs * base + numbers[n : n + len(runs)]
    return runs


def _postings(of: Iterable[Iterable[str]]) -> dict[str, list[int]]:
    """Key -> the numbers of those that have it."""
    rows: dict[str, list[int]] = defaultdict(list)
    for number, keys in enumerate(of):
        for key in keys:
            rows[key].append(number)
    return dict(rows)
