"""Says whether an article has taken back what a line says.

In: a line, and the articles with the corrections that they print (newsum/text/corrections.py).
Out: the first correction that speaks against it, and the stretch of the line that was taken back.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from newsum.checking.figures import are_equal
from newsum.similarity.terms import cover
from newsum.summary import Span
from newsum.system.patterns import regex
from newsum.text.analysis import Analysis, ArticleAnalysis, Correction
from newsum.text.names import Name
from newsum.text.quantities import Quantity

__all__ = ["TakenBack", "taken_back", "tells_of_correction"]

_SUBJECT = 0.4  # of a line's single words, in the note: it speaks of the same thing
_SAME = 0.6  # of them, in what is taken back, where no figure or name tells what was wrong


# By which a line tells of the correction itself: "first put at $1.2bn and since withdrawn"
_TELLS_OF_IT = regex(
    r"\b(?:correct(?:ed|s|ion)|revised|withdr[ae]wn?|retract\w+|amended|initial(?:ly)?|original(?:ly)?|earlier|previously|"
    r"at first|first (?:put|said|given|reported|estimated|\W?\d))|, first\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class TakenBack:
    """What a correction takes back of a line: a figure, a name, or the whole of what it says."""

    correction: Correction
    span: Span
    kind: Literal["figure", "name", "opposition"]


def tells_of_correction(line: str) -> bool:
    """Whether a line tells of a correction itself, so that it may have the old figure as well as the new."""
    return _TELLS_OF_IT.search(line) is not None


def taken_back(line: Analysis, articles: Iterable[ArticleAnalysis], *, is_supported: bool) -> TakenBack | None:
    """The correction that speaks against a line; None where there is none.

    Args:
        is_supported: what the articles say besides bears the line out, so that only a figure or name tells.
    """
    if tells_of_correction(line.text):
        return None
    return next(_found(line, articles, is_supported=is_supported), None)


def _found(line: Analysis, articles: Iterable[ArticleAnalysis], *, is_supported: bool) -> Iterator[TakenBack]:
    for article in articles:
        for correction in article.corrections:
            if cover(line.terms, [correction.note.terms], pairs=False) < _SUBJECT:
                continue
            figures, names = _wrong(correction, article)
            whole = not (figures or names or is_supported)
            if (figure := _figure(line, figures)) is not None:
                yield TakenBack(correction, figure, "figure")
            elif (name := _name(line, names)) is not None:
                yield TakenBack(correction, name, "name")
            elif whole and cover(line.terms, [correction.said.terms], pairs=False) >= _SAME:
                yield TakenBack(correction, (0, len(line.text)), "opposition")


def _wrong(correction: Correction, article: ArticleAnalysis) -> tuple[list[Quantity], list[Name]]:
    """The figures and names that were wrong: those taken back that stand nowhere else in the article."""
    kept = [passage.analysis for passage in article.sentences]
    figures = [q for known in kept for q in known.quantities]
    keys = {word.key for known in kept for word in known.words}
    return (
        [q for q in correction.said.quantities if not any(are_equal(q, known) for known in figures)],
        [name for name in correction.said.names if not all(key in keys for key in name.keys)],
    )


def _figure(line: Analysis, wrong: Iterable[Quantity]) -> Span | None:
    """Where a line has a figure that was wrong."""
    return next(((own.start, own.end) for q in wrong for own in line.quantities if are_equal(own, q)), None)


def _name(line: Analysis, wrong: Iterable[Name]) -> Span | None:
    """Where a line has a name that was wrong."""
    keys = [frozenset(name.keys) for name in wrong]
    return next(((own.start, own.end) for own in line.names if frozenset(own.keys) in keys), None)
