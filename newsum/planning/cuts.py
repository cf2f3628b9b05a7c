"""Offers the shorter sentences that a brief's sentences leave without some of their parts, and says what each is worth.

A part of a sentence (removable.py) is described like a sentence, by what it shares with the other outlets, the
headlines and the articles' openings (`FEATURES`). Gradient-boosted trees say what share of it an editor's summary would
take; recipes.salience fitted them, newsum/planning/cuts.json holds them as plain numbers. What is left of a sentence
without some parts is worth what the sentence is worth less what they are.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from newsum.compression.removable import KINDS, Part, choices, parts, without
from newsum.planning.salience import Floats, View, shares
from newsum.planning.trees import Trees
from newsum.text.analysis import Passage
from newsum.text.quantities import quantities
from newsum.text.terms import terms
from newsum.text.words import word_count, words

__all__ = ["FEATURES", "Cut", "Lost", "features", "losable", "losses", "shorter"]

_TREES = Path(__file__).parent / "cuts.json"
_LEAST = 1e-4  # what a word of a cut is worth at least
_TO_COME = re.compile(r"\b(?:will|would|may|plans?|expects?|expected|scheduled|due|set|next|(?:is|are|was|were) to)\b")
_SHORT = 60  # words of a brief
_BREVITY = 0.3  # of a cut's salience in a short brief, for the share of its sentence that is lost: costs no R2
# The trees know short summaries, where parts are lost first. Half and twice as much score the same on multi_news_val;
# without it SPARK's briefs lose 0.2 ROUGE-1 and Wikinews' 1.1.
_ROOM = 1.0  # of a part's worth, that it gains in a brief of endless length
_SHORT_BRACKET = 3  # words: a party and state, initials, a stock exchange's sign

FEATURES = (  # of a part; "others" are the story's other independent texts, "early" is within their openings
    *KINDS,
    "words",
    "share",  # of its sentence's words
    "start",  # 0..1, where in its sentence
    "others",  # share of its terms, by weight, that each other text has, on average,
    "others_early",  # that the others have early,
    "own_early",  # that its own text has early,
    "titles",  # that a headline has
    "shared",  # how telling its terms are on average
    "rarity",  # of its terms in news
    "capitals",  # for each of its words
    "figures",  # whether it has any
    "commas",
    "salience",  # of its sentence
    "length",  # of its sentence, in words
)


@dataclass(frozen=True, slots=True)
class Cut:
    """What is left of a sentence that lost some parts, and how much of it belongs in a brief, more the more it lost."""

    sentence: Passage
    text: str
    salience: float
    lost: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Lost:
    """A part of a candidate, and how many words go with it."""

    candidate: int
    part: Part
    words: int


def shorter(view: View, saliences: Floats, candidates: Sequence[int], *, words: int) -> dict[int, tuple[Cut, ...]]:
    """The cuts of each of the candidates that are asked for.

    Args:
        saliences: (view.candidates,): of each sentence as it stands.
        words: the budget of the brief; a longer one has room for what a short one does without.
    """
    lost = [one for candidate in candidates for one in losable(view, candidate)]
    if not lost:
        return {}
    room = 1 - min(1.0, _SHORT / words)
    carried: dict[int, dict[Part, float]] = {}
    for one, worth in zip(lost, losses(features(view, saliences, lost)).tolist(), strict=True):
        unsaid = words <= _SHORT and _goes_unsaid(one, view.candidates[one.candidate].text)
        carried.setdefault(one.candidate, {})[one.part] = 0.0 if unsaid else worth * one.words * (1 + _ROOM * room)
    brevity = _BREVITY * (1 - room)
    return {
        number: tuple(_cuts(view.candidates[number].passage, float(saliences[number]), parts, brevity))
        for number, parts in carried.items()
    }


def _goes_unsaid(lost: Lost, text: str) -> bool:
    """Whether a brief whose sources are dated can do without: the weekday of what has happened, tone, initials.

    Weighed like other parts, weekdays stay in one line in five; without them allsides_train's briefs score the same.
    """
    if lost.part.kind == "day":
        return _TO_COME.search(text, 0, lost.part.start) is None
    return lost.part.kind == "tone" or (lost.part.kind == "bracket" and lost.words <= _SHORT_BRACKET)


def _cuts(sentence: Passage, salience: float, carried: Mapping[Part, float], brevity: float) -> Iterator[Cut]:
    """Args: carried: the words of each part that belong in a brief."""
    size = sentence.analysis.size
    for left, lost in choices(sentence.text):
        kept = word_count(left)
        worth = (size * salience - sum(carried[part] for part in lost)) / kept
        yield Cut(sentence, left, max(_LEAST, worth) * (1 + brevity * (1 - kept / size)), lost)


def losable(view: View, candidate: int) -> list[Lost]:
    """The parts that a candidate can lose."""
    passage = view.candidates[candidate].passage
    text, size = passage.text, passage.analysis.size
    return [Lost(candidate, part, size - word_count(without(text, (part,)))) for part in parts(text)]


def features(view: View, saliences: Floats, lost: Sequence[Lost]) -> Floats:
    """(parts, FEATURES)."""
    texts = [view.candidates[one.candidate].text for one in lost]
    pieces = [text[one.part.start : one.part.end] for one, text in zip(lost, texts, strict=True)]
    words = np.array([one.words for one in lost], dtype=float)
    sizes = np.array([view.candidates[one.candidate].passage.analysis.size for one in lost], dtype=float)
    kinds = np.array([[one.part.kind == kind for kind in KINDS] for one in lost], dtype=float)
    columns = {
        **dict(zip(KINDS, kinds.T, strict=True)),
        **_shares(view, [one.candidate for one in lost], pieces),
        "words": words,
        "share": words / np.maximum(1, sizes),
        "start": np.array([one.part.start / len(text) for one, text in zip(lost, texts, strict=True)]),
        "capitals": np.array([_capitals(piece) for piece in pieces]) / np.maximum(1, words),
        "figures": np.array([any(map(str.isdigit, piece)) for piece in pieces], dtype=float),
        "commas": np.array([piece.count(",") for piece in pieces], dtype=float),
        "salience": saliences[[one.candidate for one in lost]],
        "length": sizes,
    }
    return np.column_stack([columns[name] for name in FEATURES])


def _capitals(piece: str) -> int:
    return sum(word[0].isupper() for word in piece.split())


def _shares(view: View, candidates: Sequence[int], pieces: Sequence[str]) -> Mapping[str, Floats]:
    """What share of the pieces' terms the texts and the headlines have."""
    weights = view.matrix.rows_of([terms(words(piece), quantities(piece)) for piece in pieces])
    titled = (view.matrix.rows_of(view.titles) > 0).any(axis=0)
    total = np.maximum(weights.sum(axis=1), 1e-9)
    return {**shares(view, weights, view.text_of[list(candidates)]), "titles": weights @ titled / total}


@cache
def _trees() -> Trees:
    return Trees.read(_TREES, FEATURES)


def losses(found: Floats) -> Floats:
    """(parts,): the share of each that an editor's summary would take, by pairs of words and by words."""
    return _trees().predict(found)
