"""Chooses the sentence that opens a brief: the event, as the latest reports tell it.

Of the first sentences of each article, boosted trees say how well an editor would have one open the brief. They know
the features of salience.py and what all reports open with (`FEATURES`); recipes.reading fitted them on
5,328 sentences of 928 stories that were read for it; newsum/planning/opening.json holds them as plain numbers. A column
of opinion opens no brief where a report can.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

import numpy as np

from newsum.judging.marking import Marker
from newsum.planning import salience
from newsum.planning.salience import Floats, View
from newsum.planning.trees import Trees
from newsum.similarity.stories import StoryAnalysis
from newsum.system.patterns import regex

__all__ = ["FEATURES", "FIRST", "features", "headline", "openings", "told_before"]

_TREES = Path(__file__).parent / "opening.json"
FIRST = 3  # readable sentences of an article, of which one may open the brief
_OPINION = regex(r"/(?:op-?ed(?:s|ge)?|opinions?|editorials?|commentisfree|columnists?|blogs?)/|^https?://blogs?\.")
_OPINION_LEFT = 0.5  # of its worth, where an address says so
_READ, _TITLES = 12, 3  # sentences that are read, and headlines that are told before them
_MARK = 0.5  # what a mark counts beside the trees: so 70% of 928 openings have the best mark, by the trees alone 65%

# Likest to one other report is less than like to all: of a large story some report tells the past, or the scene
_OF_ONE = {"titles", "leads", "nearest"}
_KEPT = tuple(n for n, name in enumerate(salience.FEATURES) if name not in _OF_ONE)
FEATURES = (
    *(salience.FEATURES[n] for n in _KEPT),
    "of_titles",  # The mean of its cosines with the headlines of the other articles.
    "of_leads",  # The mean of its cosines with the first sentences of the other articles.
    "of_openings",  # The mean, over the other independent texts, of its cosine with the likest sentence of the opening.
)


def openings(view: View, found: Floats, marker: Marker | None = None, told: str = "") -> Floats:
    """(candidates,): how well each opens a brief, 0 where it is too far down its article.

    Args:
        found: (candidates, salience.FEATURES), their features.
        marker: reads those that the trees find best too, where there is one.
        told: what it is told before them (`told_before`).
    """
    first = [n for n, c in enumerate(view.candidates) if c.index < FIRST]
    asked = [view.candidates[n] for n in first]
    opinion = np.array([bool(_OPINION.search(c.passage.article.url or "")) for c in asked])
    worth = np.maximum(1e-3, _trees().predict(features(view, found)[first]))
    if marker is not None and len(first):
        worth = _read([c.text for c in asked], worth, marker, told)
    result = np.zeros(len(view.candidates))
    result[first] = worth * np.where(opinion, _OPINION_LEFT, 1.0)
    return result


def headline(story: StoryAnalysis, article: int) -> str:
    """What a marker is told before lines that an article opens."""
    return " ".join(story.articles[article].title.text.split()).rstrip(".") + "."


def told_before(story: StoryAnalysis) -> str:
    """What a marker is told before an opening: the headlines of the latest reports, the latest last."""

    def published(article: int) -> str:
        return story.articles[article].article.published or ""

    latest = sorted(range(len(story.articles)), key=published, reverse=True)[:_TITLES]
    return " ".join(headline(story, article) for article in sorted(latest, key=lambda n: (published(n), n)))


def _read(texts: Sequence[str], worth: Floats, marker: Marker, told: str) -> Floats:
    """The trees' worth and the marks of those that it finds best, as one; the others fall behind these."""
    best = np.argsort(-worth)[:_READ]
    marks = np.array([mark.opens for mark in marker.marks(told, [texts[n] for n in best])])
    both = (1 - _MARK) * worth
    both[best] += np.maximum(1e-3, _MARK * marks)
    return both


def features(view: View, found: Floats) -> Floats:
    """(candidates, FEATURES)."""
    columns = _likenesses(view)
    return np.column_stack([found[:, _KEPT], *(columns[name] for name in FEATURES[len(_KEPT) :])])


def _likenesses(view: View) -> Mapping[str, Floats]:
    other = np.arange(view.of_titles.shape[1]) != np.array([c.article for c in view.candidates])[:, None]
    most = np.maximum(1, other.sum(axis=1))
    titles, leads = (np.where(other, cosines, 0.0) for cosines in (view.of_titles, view.of_leads))
    first = np.array([c.index < FIRST for c in view.candidates])
    of_each = [(view.text_of == number) & first for number in range(len(view.anywhere))]
    nearest = np.column_stack([view.cosines[:, rows].max(axis=1, initial=0.0) for rows in of_each])
    nearest[np.arange(len(nearest)), view.text_of] = 0.0
    return {
        "of_titles": titles.sum(axis=1) / most,
        "of_leads": leads.sum(axis=1) / most,
        "of_openings": nearest.sum(axis=1) / max(1, len(of_each) - 1),
    }


@cache
def _trees() -> Trees:
    return Trees.read(_TREES, FEATURES)
