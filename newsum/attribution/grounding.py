"""Measures how surely a story says a line at all.

Which sentence says it is another question: a line in other words has its names, figures and topic all over a story
where no sentence covers it, and a line of another story shares a sentence's worth of words by chance. So a story is
asked as a search engine would ask it: how likely its articles' language is to make the line (query likelihood with
Dirichlet smoothing; Zhai and Lafferty 2004), beside how much of the line stands in one place.
"""

import numpy as np
from numpy.typing import NDArray

from newsum.attribution.matching import SENTENCE, Match, Matcher

__all__ = ["SAID", "lacks", "said", "with_neighbours"]

Floats = NDArray[np.float64]

# Each row says what a story has of a line.
SAID = (
    "language",  # How much likelier an article's language makes the line than news at large does, for each term.
    "salient",  # The mean rarity of the line's terms, each times how often the story has it, as a logarithm.
    "together",  # The rarity of the terms that a sentence and its neighbours have.
    "shared",  # How many of the terms one sentence has, as a logarithm.
    "two",  # The share of the line's runs of two words that one sentence has.
    "meaning",  # The best cosine of the line's meaning with a sentence's.
    "names",  # How many of the terms are of names, as a logarithm: the more, the more should be found.
    "figures",  # How many of the line's figures a sentence and its neighbours have.
    "no_figures",  # How many of the line's figures the story lacks.
    "sentences",  # How many sentences the story has, as a logarithm: in more of them, more is found by chance.
)
# In terms. 300 to 3,000 tell lines apart alike; without it short articles, that have all words often, pass for any.
_SMOOTHED = 1000
_RAREST = 9.47  # -log of the share of news articles that have a word of rarity 1 (newsum.text.words.rarity)
_TERMS = 200  # of an article


def said(match: Match, matcher: Matcher) -> Floats:
    """(SAID,), of a story with a sentence."""
    best = {name: match.sentences[:, SENTENCE.index(name)].max() for name in ("shared", "two", "meaning")}
    near = with_neighbours(match.has, matcher.goes_on)
    known = match.has.any(axis=0)
    columns = {
        **best,
        "language": _language(match, matcher),
        "salient": np.log1p(match.has.sum(axis=0)) @ match.rarity / max(float(match.rarity.sum()), 1e-9),
        "together": (near @ match.rarity).max(),
        "names": np.log1p(match.is_name.sum()),
        "figures": (near & match.is_figure).sum(axis=1).max(),
        "no_figures": (match.is_figure & ~known).sum(),
        "sentences": np.log(len(match.has)),
    }
    return np.array([float(columns[name]) for name in SAID])


def with_neighbours(has: NDArray[np.bool_], goes_on: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """(sentences, terms): what each sentence and those right before and after it in its article have."""
    found = has.copy()
    found[1:] |= has[:-1] & goes_on[1:, None]
    found[:-1] |= has[1:] & goes_on[1:, None]
    return found


def _language(match: Match, matcher: Matcher) -> float:
    counts = np.add.reduceat(match.has, matcher.firsts, axis=0, dtype=float)
    sizes = np.add.reduceat(matcher.sizes, matcher.firsts)[:, None]
    at_large = np.exp(-_RAREST * match.rarity) / _TERMS
    odds = np.log((counts + _SMOOTHED * at_large) / ((sizes + _SMOOTHED) * at_large))
    return float(odds.sum(axis=1).max() / max(1, len(match.rarity)))


def lacks(match: Match) -> bool:
    """Whether a line has a figure, or two words of names, that no sentence of the story has."""
    unknown = ~match.has.any(axis=0)
    return bool((match.is_figure & unknown).any() or (match.is_name & unknown).sum() > 1)
