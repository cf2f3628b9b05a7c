"""Says how likely each other outlet's own sentences say a line, where a judge was asked.

An outlet whose sentence has another figure, day, denial or contradiction, or the line's people in each other's places,
does not: a judge that reads "a plan of $5.5 trillion" beside "$1.5 trillion" may find it the same plan. Of the others a
logistic model weighs words and judge (`FEATURES`). recipes.agreeing fitted it on pairs of a line and another article
that readers marked (recipes/read_credits.tsv), and on such lines with one fact turned; newsum/checking/agreeing.json
has its numbers.
"""

import json
import math
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from newsum.checking.alterations import logistic
from newsum.checking.context import StoryContext
from newsum.checking.figures import Figure, figures, is_same, label
from newsum.checking.joining import odds
from newsum.checking.judged import Judged
from newsum.checking.polarity import denies_alike
from newsum.checking.roles import exchanged
from newsum.checking.verdict import check
from newsum.judging import Entailment
from newsum.summary import Evidence
from newsum.text.analysis import Analysis

__all__ = ["FEATURES", "agreeing", "features"]

_WEIGHTS = Path(__file__).parent / "agreeing.json"
FEATURES = (
    "words",  # The log-odds that the article says all of the line, by its words (newsum.attribution).
    "entailed",  # The log-odds that its sentences entail the line, by the judge.
    "contradicted",  # And that they contradict it.
)
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
    """Article id -> how likely it is that the article says all of the line.

    Empty where no judge was asked: then the words decide.

    Args:
        around: for each sentence of the corroboration, itself and its neighbours.
    """
    if judged is None:
        return {}
    found = dict[str, float]()
    for each, near in zip(corroboration, around, strict=True):
        if each.article in judged.outlets:
            numbers = features(judged.outlets[each.article], line, each, near, story)
            found[each.article] = 0.0 if numbers is None else _weighed(numbers)
    return found


def _weighed(numbers: Sequence[float]) -> float:
    *weights, constant = _fitted()
    return logistic(math.fsum(w * x for w, x in zip(weights, numbers, strict=True)) + constant)


def features(
    answer: Entailment, line: Analysis, evidence: Evidence, near: Sequence[Analysis], story: StoryContext | None
) -> tuple[float, ...] | None:
    """`FEATURES` of a line beside the sentence of another article that comes nearest; None where that has it otherwise.

    Args:
        near: the sentence and its neighbours.
    """
    own = next((sentence for sentence in near if sentence.text == evidence.quote), None)
    if own is not None and _has_otherwise(line, evidence, own, near, story):
        return None
    return odds(evidence.score), odds(answer.entailed), odds(answer.contradicted)


def _has_otherwise(
    line: Analysis, evidence: Evidence, own: Analysis, near: Sequence[Analysis], story: StoryContext | None
) -> bool:
    """Whether a sentence contradicts a line, denies another thing, has another day, or its people in each other's
    places, or it and its neighbours lack a figure of it.
    """
    if _lacks_figure(line, near) or _has_other_date(line, own):
        return True
    if not denies_alike(line, own) or exchanged(line, own) >= _EXCHANGED:
        return True
    against = check(line, [evidence], [own], story=story).against
    return any(finding.standing == "contradicted" for finding in against)


def _lacks_figure(line: Analysis, near: Sequence[Analysis]) -> bool:
    known = [figure for sentence in near for figure in figures(sentence)]
    counted = (figure for figure in figures(line) if not label(line.text, figure))
    lacking = [f for f in counted if not any(is_same(f, k, line.text) for k in known)]
    return any(not _is_date(f) or any(_is_date(k) for k in known) for f in lacking)


def _is_date(figure: Figure) -> bool:
    own = figure.quantity
    return bool(figure.month) or own.may_be_year


def _has_other_date(line: Analysis, own: Analysis) -> bool:
    """Whether both name days, or months, and none is the same."""
    for kind in _DATES:
        ours, theirs = ({t.key for t in text.tokens if t.kind == kind} for text in (line, own))
        if ours and theirs and not ours & theirs:
            return True
    return False


@cache
def _fitted() -> tuple[float, ...]:
    stored = json.loads(_WEIGHTS.read_text(encoding="utf-8"))
    assert tuple(stored["features"]) == FEATURES
    return tuple(stored["weights"])
