"""Says whether an article has taken back what a line says.

In: a line, and the articles with the corrections that they print (newsum/text/corrections.py).
Out: the first correction that speaks against it, and the stretch of the line that was taken back.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from newsum.checking.figures import are_equal
from newsum.similarity.terms import cover
from newsum.summary import Span
from newsum.text.analysis import Analysis, ArticleAnalysis, Correction
from newsum.text.names import Name
from newsum.text.quantities import Quantity

__all__ = ["TakenBack", "taken_back"]

_SUBJECT = 0.4  # of a line's single words, in the note: it speaks of the same thing
_SAME = 0.6  # of them, in what is taken back, where no figure or name tells what was wrong


@dataclass(frozen=True, slots=True)
class TakenBack:
    """What a correction takes back of a line."""

    correction: Correction
    span: Span


def taken_back(line: Analysis, articles: Iterable[ArticleAnalysis], *, is_supported: bool) -> TakenBack | None:
    """The correction that speaks against a line; None where there is none.

    Args:
        is_supported: what the articles say besides bears the line out, so that only a figure or name tells.
    """
    return next(_found(line, articles, is_supported=is_supported), None)


def _found(line: Analysis, articles: Iterable[ArticleAnalysis], *, is_supported: bool) -> Iterator[TakenBack]:
    for article in articles:
        for correction in article.corrections:
            if cover(line.terms, [correction.note.terms], pairs=False) < _SUBJECT:
                continue
            figures, names = _wrong(correction, article)
            span = _particular(line, figures, names)
            whole = not (figures or names or is_supported)
            if span is not None:
                yield TakenBack(correction, span)
            elif whole and cover(line.terms, [correction.said.terms], pairs=False) >= _SAME:
                yield TakenBack(correction, (0, len(line.text)))


def _wrong(correction: Correction, article: ArticleAnalysis) -> tuple[list[Quantity], list[Name]]:
    """The figures and names that were wrong: those taken back that stand nowhere else in the article."""
    kept = [passage.analysis for passage in article.sentences]
    figures = [q for known in kept for q in known.quantities]
    keys = {word.key for known in kept for word in known.words}
    return (
        [q for q in correction.said.quantities if not any(are_equal(q, known) for known in figures)],
        [name for name in correction.said.names if not all(key in keys for key in name.keys)],
    )


def _particular(line: Analysis, figures: Iterable[Quantity], names: Iterable[Name]) -> Span | None:
    """Where a line has a figure or name that was wrong."""
    for figure in figures:
        for own in line.quantities:
            if are_equal(own, figure):
                return own.start, own.end
    for name in names:
        for ours in line.names:
            if set(ours.keys) == set(name.keys):
                return ours.start, ours.end
    return None
