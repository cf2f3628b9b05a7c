"""A story in; how much each of its sentences belongs in a brief, out.

A sentence is described by where it stands, how much it shares with the other outlets, the headlines and the story
as a whole, and how it is put (`FEATURES`); a small model, fitted by newsum.training.salience on an editor's
summaries (weights in newsum/data/salience.json), says how much of such a summary it would be.
"""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from newsum.articles import Article, Sentence, Story
from newsum.coverage import origins
from newsum.language import numbers, word_count
from newsum.readable import leans_back, quotes, readable, stands_alone
from newsum.sentences import sentences
from newsum.similarity import TermMatrix, Terms, terms

__all__ = ["FEATURES", "Candidate", "View", "features", "salience", "view_of"]

_WEIGHTS = Path(__file__).parent / "data" / "salience.json"
_MOST_CANDIDATES = 400  # of a story; beyond, each article gives as many of its first sentences

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

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Candidate:
    """A sentence that may be said.

    Attributes:
        article: the number of its article in the story.
        origin: the id of the article whose text its article carries.
        index, count: which of its article's readable sentences it is, and how many there are.
    """

    sentence: Sentence
    terms: Terms
    article: int
    origin: str
    index: int
    count: int

    @property
    def place(self) -> float:
        """0..1, how far down its article it stands."""
        return self.index / max(1, self.count - 1)


@dataclass(frozen=True, slots=True, eq=False)
class View:
    """A story as salience sees it.

    Attributes:
        matrix: the candidates' terms, a row each.
        cosines: (candidates, candidates).
        titles, leads: the headline and the first readable sentence of each article.
        telling: (terms,), how telling each column of the matrix is in this story.
    """

    candidates: tuple[Candidate, ...]
    matrix: TermMatrix
    cosines: Numbers
    titles: tuple[Terms, ...]
    leads: tuple[Terms, ...]
    telling: Numbers

    @property
    def salience(self) -> Mapping[str, float]:
        """How telling each term is, 0..1 of the most telling one."""
        largest = max(self.telling, default=1.0)
        return dict(zip(self.matrix.columns, (self.telling / largest).tolist(), strict=True))


def view_of(story: Story) -> View:
    """The story's sentences that could be said, and what they have in common."""
    origin = origins(story.articles)
    most = max(3, _MOST_CANDIDATES // len(story.articles))
    usable = [_usable(article)[:most] for article in story.articles]
    if not any(usable):  # nothing reads well: the articles' first sentences are better than no brief
        usable = [list(sentences(article)[:1]) for article in story.articles]
    candidates = tuple(
        Candidate(sentence, terms(sentence.text), number, origin[article.id], index, len(own))
        for number, (article, own) in enumerate(zip(story.articles, usable, strict=True))
        for index, sentence in enumerate(own)
    )
    matrix = TermMatrix([c.terms for c in candidates])
    return View(
        candidates,
        matrix,
        matrix.cosines(),
        titles=tuple(terms(a.title) for a in story.articles),
        leads=tuple(terms(own[0].text if own else "") for own in usable),
        telling=_telling(candidates, matrix),
    )


def _usable(article: Article) -> list[Sentence]:
    return [found for s in sentences(article) if (found := readable(s)) is not None]


def _telling(candidates: tuple[Candidate, ...], matrix: TermMatrix) -> Numbers:
    """Each term's rarity times the share of independent texts that have it, early sentences counting more."""
    early = np.array([1.0 if c.index < 5 else 0.6 for c in candidates])
    weighted = matrix.weights * early[:, None]
    by_origin = _by_origin(candidates)
    total: Numbers = sum(weighted[rows].max(axis=0) for rows in by_origin.values())
    return total / len(by_origin)


def _by_origin(candidates: tuple[Candidate, ...]) -> dict[str, list[int]]:
    rows: dict[str, list[int]] = {}
    for row, candidate in enumerate(candidates):
        rows.setdefault(candidate.origin, []).append(row)
    return rows


def features(view: View) -> Numbers:
    """(candidates, FEATURES), each about 0..1."""
    own = np.arange(len(view.titles)) == np.array([c.article for c in view.candidates])[:, None]
    titles = view.matrix.cosines(view.titles)
    leads = view.matrix.cosines(view.leads)
    nearest, backed = _nearest_others(view)
    shape = np.array([_shape(c) for c in view.candidates])
    weights = view.matrix.weights
    total = np.maximum(weights.sum(axis=1), 1e-9)
    centroid = np.divide(
        weights @ view.telling, np.sqrt((weights**2).sum(axis=1)) * math.sqrt((view.telling**2).sum()) + 1e-12
    )
    columns = {
        **dict(zip(("place", "first", "second", "third", "words", "long", "short"), shape.T[:7], strict=True)),
        **dict(zip(("figure", "quoted", "leans", "alone"), shape.T[7:], strict=True)),
        "one": np.ones(len(view.candidates)),
        "centroid": centroid,
        "shared": weights @ (view.telling / max(view.telling.max(initial=0.0), 1e-9)) / total,
        "nearest": nearest,
        "backed": backed,
        "leads": np.where(own, 0.0, leads).max(axis=1),
        "own_title": titles[own],
        "titles": np.where(own, 0.0, titles).max(axis=1),
        "rare": total / np.maximum((weights > 0).sum(axis=1), 1),
    }
    return np.column_stack([columns[name] for name in FEATURES])


def _nearest_others(view: View) -> tuple[Numbers, Numbers]:
    """Each candidate's likeness to the nearest sentence of other independent texts: the best, and the mean."""
    by_origin = _by_origin(view.candidates)
    if len(by_origin) < 2:
        return np.zeros(len(view.candidates)), np.zeros(len(view.candidates))
    best = np.column_stack([view.cosines[:, rows].max(axis=1) for rows in by_origin.values()])
    for column, rows in enumerate(by_origin.values()):
        best[rows, column] = 0.0
    return best.max(axis=1), best.sum(axis=1) / (len(by_origin) - 1)


def _shape(c: Candidate) -> tuple[float, ...]:
    text = c.sentence.text
    size = word_count(text)
    return (
        c.place,
        c.index == 0,
        c.index == 1,
        c.index == 2,
        min(size, 60) / 60,
        size > 35,
        size < 12,
        bool(numbers(text)),
        quotes(text),
        leans_back(text),
        stands_alone(text),
    )


@cache
def _weights() -> Numbers:
    stored: Mapping[str, float] = json.loads(_WEIGHTS.read_text(encoding="utf-8"))["weights"]
    return np.array([stored[name] for name in FEATURES])


def salience(found: Numbers) -> Numbers:
    """(candidates,): how much of an editor's summary each would be, from its features."""
    result: Numbers = found @ _weights()
    return result
