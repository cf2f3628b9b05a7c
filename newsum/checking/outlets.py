"""Says whose own sentences have a line otherwise, by the rules: a second lock on who is named as saying the same.

A judge that reads "a plan of $5.5 trillion" beside "$1.5 trillion" may find it the same plan; the rules see the figure.
In: a line, other outlets' sentences on the same, the story. Out: how likely each says the line.
"""

from collections.abc import Sequence

from newsum.checking.context import StoryContext
from newsum.checking.figures import Figure, figures, is_same
from newsum.checking.judged import Judged
from newsum.checking.polarity import denies_alike
from newsum.checking.roles import exchanged
from newsum.checking.verdict import check
from newsum.summary import Evidence
from newsum.text.analysis import Analysis

__all__ = ["agreeing"]

_YEARS = range(1900, 2101)
# What two names of a line gain in each other's places, from which a sentence has the act of one for the other's: of
# sentences of allsides_train that the judge finds to say a line 5% reach it, and 65% with two of its names exchanged.
_EXCHANGED = 0.05
_DATES = ("weekday", "month")


def agreeing(
    judged: Judged | None,
    line: Analysis,
    corroboration: Sequence[Evidence],
    around: Sequence[Sequence[Analysis]],
    story: StoryContext | None,
) -> dict[str, float]:
    """Article id -> how likely it is that the article's own sentences entail the line; 0 where they have it otherwise.

    Empty where no judge was asked: then the words decide.

    Args:
        around: for each sentence of the corroboration, itself and its neighbours.
    """
    if judged is None:
        return {}
    found = {article: answer.entailed for article, answer in judged.outlets.items()}
    for each, near in zip(corroboration, around, strict=True):
        own = next((sentence for sentence in near if sentence.text == each.quote), None)
        if own is not None and _has_otherwise(line, each, own, near, story):
            found[each.article] = 0.0
    return found


def _has_otherwise(
    line: Analysis, evidence: Evidence, own: Analysis, near: Sequence[Analysis], story: StoryContext | None
) -> bool:
    """Whether a sentence contradicts a line, denies other things, has its people in each other's places, or lacks a
    figure of it; or has another day.
    """
    if _lacks_figure(line, own, near) or _has_other_date(line, own):
        return True
    if not denies_alike(line, own) or exchanged(line, own) >= _EXCHANGED:
        return True
    against = check(line, [evidence], [own], story=story).against
    return any(finding.standing == "contradicted" for finding in against)


def _lacks_figure(line: Analysis, own: Analysis, near: Sequence[Analysis]) -> bool:
    """Whether a sentence has not got a figure of a line; a date may stand next to it, or nowhere near."""
    there = list(figures(own))
    lacking = [f for f in figures(line) if not any(is_same(f, k, line.text) for k in there)]
    if any(not _is_date(figure) for figure in lacking):
        return True
    known = [figure for sentence in near for figure in figures(sentence)] if lacking else []
    return any(_is_date(k) for k in known) and not all(any(is_same(f, k, line.text) for k in known) for f in lacking)


def _is_date(figure: Figure) -> bool:
    own = figure.quantity
    return bool(figure.month) or (own.value in _YEARS and not (own.unit or own.measure))


def _has_other_date(line: Analysis, own: Analysis) -> bool:
    """Whether both name days, or months, and none is the same."""
    for kind in _DATES:
        ours, theirs = ({t.key for t in text.tokens if t.kind == kind} for text in (line, own))
        if ours and theirs and not ours & theirs:
            return True
    return False
