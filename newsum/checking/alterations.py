"""Says how likely each name, figure and date of a line is an altered one.

What the evidence has beside a claim (alignment.py) and what the story has around it (context.py) become a few
numbers; a logistic function for each kind of claim, fitted by recipes.support on faults put into editors'
summaries, makes a probability of them. A claim that stands in its evidence among its neighbours is beyond doubt.
"""

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from newsum.checking.alignment import Alignment, Claim, claims
from newsum.checking.context import Place, StoryContext
from newsum.summary import Span
from newsum.text.analysis import Analysis
from newsum.text.words import rarity

__all__ = ["FEATURES", "GROUPS", "NO_DOUBT", "Alteration", "alterations", "features", "stored"]

_DATA = Path(__file__).parent / "support.json"
_AMONG = 0.75  # of a claim's neighbours: with them in its evidence it is not looked up in the story
NO_DOUBT = 0.01
_MOST = 30  # claims of a line that are looked up; of 10,146 sentences of the kept tenth 3 have more

GROUPS = {"name": "name", "number": "number", "weekday": "date", "month": "date"}
FEATURES = (  # of a claim; shares are of its neighbours, by weight
    "best",  # the most that a sentence of the story has,
    "without",  # how much less those have that have the claim,
    "afar",  # and those near such a sentence
    "own",  # share that stands around the claim in the story,
    "rival",  # that stands around another of its kind,
    "lead",  # the rival's lead
    "ahead",  # where it leads
    "holds",  # share aligned where the evidence holds the claim,
    "rivals",  # how much more is aligned where it has another in its place,
    "behind",  # or how much less,
    "lacks",  # and how much more where it has not got the claim
    "absent",  # the story has not got the claim
    "aligned",  # share of the line that one sentence of the evidence has in order
    "count",  # how many sentences of the story have the claim, as a logarithm
    "rarity",  # of its last word
    "alone",  # one over the number of claims in the line
    "lead_best",
    "without_best",
    "rivals_aligned",
    "holds_aligned",
    "without_rival",
    "tight",  # the words right before and after it are the evidence's, and there it has something else
)


class Alteration(NamedTuple):
    """A claim, the probability that it is an altered one, and the span of what the evidence has in its place.

    Attributes:
        evidence: which of the evidence has a rival; -1 where none has.
    """

    claim: Claim
    probability: float
    evidence: int
    rival: Span


class _Beside(NamedTuple):
    """What the evidence has beside a claim."""

    holds: float
    rivals: float
    lacks: float
    evidence: int
    rival: Span


def alterations(line: Analysis, aligned: Sequence[Alignment], context: StoryContext) -> tuple[Alteration, ...]:
    """Every name, figure and date of a line with the probability that it is an altered one."""
    result = []
    seen = _seen(line, aligned)
    asked = 0
    for claim, beside in seen:
        probability = NO_DOUBT
        if _is_open(beside) and asked < _MOST:
            asked += 1
            found = _features(line, claim, beside, context.place(line, claim), aligned, len(seen))
            probability = _probability(GROUPS[claim.kind], found)
        result.append(Alteration(claim, probability, beside.evidence, beside.rival))
    return tuple(result)


def features(
    line: Analysis, aligned: Sequence[Alignment], context: StoryContext
) -> Iterator[tuple[Claim, list[float]]]:
    """The claims that are not beyond doubt, with the values of `FEATURES`."""
    seen = _seen(line, aligned)
    for claim, beside in islice(((claim, beside) for claim, beside in seen if _is_open(beside)), _MOST):
        yield claim, _features(line, claim, beside, context.place(line, claim), aligned, len(seen))


def _seen(line: Analysis, aligned: Sequence[Alignment]) -> list[tuple[Claim, _Beside]]:
    return [(claim, _beside(claim, aligned)) for claim in claims(line)]


def _is_open(beside: _Beside) -> bool:
    """Whether a claim is not beyond doubt."""
    return beside.holds < _AMONG or beside.rivals > beside.holds


def _beside(claim: Claim, aligned: Sequence[Alignment]) -> _Beside:
    holds, rivals, lacks, evidence, rival = 0.0, -0.2, -0.2, -1, (0, 0)
    for n, alignment in enumerate(aligned):
        share = alignment.company(claim)
        if alignment.holds(claim):
            holds = max(holds, share)
            continue
        lacks = max(lacks, share)
        if share > rivals and (found := alignment.rivals(claim)):
            rivals, evidence, rival = share, n, (found[0].start, found[-1].end)
    return _Beside(holds, rivals, lacks, evidence, rival)


def _features(
    line: Analysis, claim: Claim, beside: _Beside, place: Place, aligned: Sequence[Alignment], count: int
) -> list[float]:
    """The values of `FEATURES`, in order."""
    without, lead = place.best - place.held, place.rival - place.own
    rivals, lacks = beside.rivals - beside.holds, beside.lacks - beside.holds
    share = max((a.share for a in aligned), default=0.0)
    return [
        place.best,
        without,
        place.best - place.near,
        place.own,
        place.rival,
        lead,
        max(0.0, lead),
        beside.holds,
        max(0.0, rivals),
        min(0.0, rivals),
        max(0.0, lacks),
        float(not place.sentences),
        share,
        math.log1p(place.sentences),
        rarity(line.text[slice(*claim.span)].split()[-1]),
        1 / count,
        lead * place.best,
        without * place.best,
        max(0.0, rivals) * share,
        beside.holds * share,
        without * place.rival,
        float(any(a.is_tight(claim.first, claim.last) and a.rivals(claim) for a in aligned)),
    ]


@cache
def stored() -> Mapping[str, Mapping[str, list[float]]]:
    """The fitted numbers: weights by kind of claim, and those of the verdict."""
    found: Mapping[str, Mapping[str, list[float]]] = json.loads(_DATA.read_text(encoding="utf-8"))
    return found


def _probability(group: str, numbers: Sequence[float]) -> float:
    weights = stored()[group]["weights"]
    logit = weights[-1] + sum(w * x for w, x in zip(weights, numbers, strict=False))
    return logistic(logit)


def logistic(logit: float) -> float:
    """The probability of log odds."""
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, logit))))
