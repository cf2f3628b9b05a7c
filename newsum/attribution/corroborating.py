"""Measures how surely another article says all of a line, and not only something on the same matter.

An editor who reads "also: Channel Meridian" expects the whole line there. A sentence with most of its words may lack
its figure, a name or its second half, so what counts beside the likeliest sentence is what the whole article has, and
which names and figures it lacks.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from newsum.attribution.grounding import with_neighbours
from newsum.attribution.matching import ARTICLE, SENTENCE, Match, Matcher
from newsum.similarity.terms import cosine
from newsum.text.terms import Terms

__all__ = ["WHOLE", "whole"]

Floats = NDArray[np.float64]

# Each row says what an article has of a line, its likeliest sentence before all.
WHOLE = (
    "anywhere",  # The share of the line's terms, by their rarity in news, that the article has anywhere.
    "no_figures",  # The share of its terms that are figures which the sentence and its neighbours lack.
    "no_names",  # The share of its terms that are of names which the article lacks.
    "cosine",  # The cosine of the sentence's terms with the line's.
    "covered",  # Of SENTENCE, as are the next two.
    "index",
    "alike",
    "two",  # Of ARTICLE, as are the next two.
    "three",
    "repeats",
)
_OF_SENTENCE, _OF_ARTICLE = ("covered", "index", "alike"), ("two", "three", "repeats")


def whole(match: Match, matcher: Matcher, line: Terms, best: Sequence[int], articles: Floats) -> Floats:
    """(sentences asked, WHOLE).

    Args:
        best: the number of the likeliest sentence of each article that is asked about.
        articles: (articles, ARTICLE), what is known of each beside the line.
    """
    weight = match.rarity / max(float(match.rarity.sum()), 1e-9)
    numbers, own = list(best), matcher.article[list(best)]
    has = np.logical_or.reduceat(match.has, matcher.firsts)[own]
    near = with_neighbours(match.has, matcher.goes_on)[numbers]
    return np.column_stack(
        [
            has @ weight,
            (match.is_figure & ~near) @ weight,
            (match.is_name & ~has) @ weight,
            [cosine(line, matcher.terms[number]) for number in numbers],
            match.sentences[numbers][:, [SENTENCE.index(name) for name in _OF_SENTENCE]],
            articles[own][:, [ARTICLE.index(name) for name in _OF_ARTICLE]],
        ]
    )
