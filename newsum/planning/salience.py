"""Says how much each sentence of a story belongs in a brief.

A sentence is described by where it stands, what it shares with the other outlets, the headlines and the articles'
openings, and how it is put (`FEATURES`). Gradient-boosted trees (Friedman 2001) say what share of it, mostly by pairs
of its words, an editor's summary would take; recipes.salience fitted them, newsum/planning/salience.json holds
them as plain numbers.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from newsum.planning.trees import Trees
from newsum.similarity.stories import StoryAnalysis
from newsum.similarity.terms import TermMatrix
from newsum.system.patterns import regex
from newsum.text.analysis import ArticleAnalysis, Passage, analyse

__all__ = ["FEATURES", "Candidate", "View", "features", "salience", "view_of"]

_TREES = Path(__file__).parent / "salience.json"
_MOST_CANDIDATES = 400  # of a story; beyond, each article gives as many of its first sentences
_OPENING = 3  # sentences of an article that tell what it is about

# Each row says what is known of a sentence. "The others" are the story's other independent texts; "early" is within the
# openings of articles.
FEATURES = (
    "place",  # How far down its article the sentence stands, 0..1.
    "index",  # Which of its article's readable sentences it is, as a logarithm.
    "length",  # How many words it has.
    "article_length",  # How many readable sentences its article has.
    "outlets",  # How many independent texts the story has.
    "own_title",  # Its cosine with its own article's headline.
    "titles",  # Its cosine with the likest headline of the other articles.
    "leads",  # Its cosine with the likest first sentence of the other articles.
    "nearest",  # Its cosine with the likest sentence of the others.
    "backed",  # The mean, over the others, of its cosine with the likest sentence of each.
    "others",  # The mean, over the others, of the share of its terms' weight that each has.
    "others_early",  # The mean, over the others, of the share of its terms' weight that each has early.
    "own_early",  # The share of its terms' weight that its own text has early.
    "early",  # The mean, over all texts, of the share of its terms' weight that each has early.
    "shared",  # How telling its terms are in this story, on average.
    "recall",  # The share of the story's telling terms that it has.
    "recall_early",  # The share of the telling terms told early that it has.
    "rarity",  # How rare its terms are in news, on average.
    "names",  # How many capitalised words it has, for each of its words.
    "said",  # Whether it reports what somebody said.
    "modal",  # Whether it says what would or may be.
)
_CAPITAL = regex(r"[A-Z](?<=[a-z,] [A-Z])\w+")


Floats = NDArray[np.float64]
Rows = slice | NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Candidate:
    """A sentence that may be said.

    Attributes:
        article: the number of its article in the story.
        origin: the id of the article whose text its article carries.
        index, count: which of its article's readable sentences it is, and how many there are.
    """

    passage: Passage
    article: int
    origin: str
    index: int
    count: int

    @property
    def text(self) -> str:
        return self.passage.text

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
        of_titles, of_leads: (candidates, articles): cosines with the headline and with the first readable sentence of
            each article.
        telling: (terms,), how telling each column of the matrix is in this story.
        text_of: (candidates,), the number of the independent text each is from.
        anywhere, early: (texts, terms), 1 where an independent text has a term, and has it in its opening.
    """

    candidates: tuple[Candidate, ...]
    matrix: TermMatrix
    cosines: Floats
    of_titles: Floats
    of_leads: Floats
    telling: Floats
    text_of: NDArray[np.int64]
    anywhere: Floats
    early: Floats


def view_of(story: StoryAnalysis) -> View:
    """The story's sentences that could be said, and what they have in common."""
    most = max(_OPENING, _MOST_CANDIDATES // len(story.articles))
    usable = [_usable(article)[:most] for article in story.articles]
    if not any(usable):  # nothing reads well: the articles' first sentences are better than no brief
        usable = [list(article.sentences[:1]) for article in story.articles]
    candidates = tuple(
        Candidate(passage, number, story.origins[article.article.id], index, len(own))
        for number, (article, own) in enumerate(zip(story.articles, usable, strict=True))
        for index, passage in enumerate(own)
    )
    matrix = TermMatrix([c.passage.analysis.terms for c in candidates])
    numbers = {origin: number for number, origin in enumerate(dict.fromkeys(c.origin for c in candidates))}
    text_of = np.array([numbers[c.origin] for c in candidates], dtype=np.int64)
    texts = [_rows(text_of == number) for number in range(len(numbers))]
    has = matrix.has
    early = np.array([c.index < _OPENING for c in candidates])
    return View(
        candidates,
        matrix,
        matrix.cosines(),
        of_titles=matrix.cosines_with([a.title.terms for a in story.articles]),
        of_leads=matrix.cosines_with([(own[0].analysis if own else analyse("")).terms for own in usable]),
        telling=_telling(candidates, matrix, texts),
        text_of=text_of,
        anywhere=np.array([has[rows].any(axis=0) for rows in texts], dtype=float),
        early=np.array([has[_rows(early & (text_of == n))].any(axis=0) for n in range(len(texts))], dtype=float),
    )


def _usable(article: ArticleAnalysis) -> list[Passage]:
    return [passage for passage in article.readable if passage is not None]


def _telling(candidates: tuple[Candidate, ...], matrix: TermMatrix, texts: Sequence[Rows]) -> Floats:
    """Each term's rarity times the share of independent texts that have it, early sentences counting more."""
    early = np.array([1.0 if c.index < 5 else 0.6 for c in candidates])
    weighted = matrix.weights * early[:, None]
    total: Floats = sum(weighted[rows].max(axis=0) for rows in texts)
    return total / len(texts)


def _rows(wanted: NDArray[np.bool_]) -> Rows:
    """The rows that are wanted: where they are neighbours, as mostly, as a slice, which copies nothing."""
    rows = np.flatnonzero(wanted)
    first, last = rows[0], rows[-1] + 1
    return slice(first, last) if last - first == len(rows) else rows


# --- features -----------------------------------------------------------------------------------------


def features(view: View) -> Floats:
    """(candidates, FEATURES)."""
    columns = {**_place_and_wording(view.candidates), **_likenesses(view), **_shares(view)}
    return np.column_stack([columns[name] for name in FEATURES])


def _place_and_wording(candidates: Sequence[Candidate]) -> Mapping[str, Floats]:
    counted = [c.passage.analysis.cues for c in candidates]
    sizes = np.array([cues.words for cues in counted], dtype=float)
    return {
        "place": np.array([c.place for c in candidates]),
        "index": np.log1p([c.index for c in candidates]),
        "length": sizes,
        "article_length": np.array([c.count for c in candidates], dtype=float),
        "names": np.array([len(_CAPITAL.findall(c.text)) for c in candidates]) / np.maximum(1, sizes),
        "said": np.array([cues.reports > 0 for cues in counted], dtype=float),
        "modal": np.array([cues.modal > 0 for cues in counted], dtype=float),
    }


def _likenesses(view: View) -> Mapping[str, Floats]:
    """Cosines with headlines, first sentences and the nearest sentences of the other independent texts."""
    titles, leads = view.of_titles, view.of_leads
    own = np.arange(titles.shape[1]) == np.array([c.article for c in view.candidates])[:, None]
    of_each = (view.text_of == number for number in range(len(view.anywhere)))
    nearest = np.column_stack([view.cosines[:, rows].max(axis=1) for rows in of_each])
    nearest[np.arange(len(nearest)), view.text_of] = 0.0
    return {
        "own_title": titles[own],
        "titles": np.where(own, 0.0, titles).max(axis=1),
        "leads": np.where(own, 0.0, leads).max(axis=1),
        "nearest": nearest.max(axis=1),
        "backed": nearest.sum(axis=1) / max(1, len(view.anywhere) - 1),
    }


def _shares(view: View) -> Mapping[str, Floats]:
    """What share of a sentence's terms the texts have, and of the story's telling terms the sentence."""
    weights, has = view.matrix.weights, view.matrix.has.astype(float)
    heaviest = weights.max(axis=0, initial=0.0)
    often, often_early = heaviest * view.anywhere.mean(axis=0), heaviest * view.early.mean(axis=0)
    return {
        **_shares_of_texts(view),
        "outlets": np.full(len(weights), float(len(view.anywhere))),
        "recall": has @ often / max(often.sum(), 1e-9),
        "recall_early": has @ often_early / max(often_early.sum(), 1e-9),
    }


def _shares_of_texts(view: View) -> Mapping[str, Floats]:
    """What share of a sentence's terms the story's texts have, and how telling and how rare those are."""
    weights = view.matrix.weights
    total = np.maximum(weights.sum(axis=1), 1e-9)
    anywhere, early = weights @ view.anywhere.T / total[:, None], weights @ view.early.T / total[:, None]
    own = np.arange(len(total)), view.text_of
    others = max(1, len(view.anywhere) - 1)
    return {
        "others": (anywhere.sum(axis=1) - anywhere[own]) / others,
        "others_early": (early.sum(axis=1) - early[own]) / others,
        "own_early": early[own],
        "early": early.mean(axis=1),
        "shared": weights @ view.telling / max(view.telling.max(initial=0.0), 1e-9) / total,
        "rarity": total / np.maximum(view.matrix.sizes, 1),
    }


# --- the model ----------------------------------------------------------------------------------------


@cache
def _trees() -> Trees:
    return Trees.read(_TREES, FEATURES)


def salience(found: Floats) -> Floats:
    """(candidates,): the share of each that an editor's summary would take, by pairs of words and by words."""
    return _trees().predict(found)
