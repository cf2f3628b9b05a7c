"""Decides what a line rests on where a judge was asked: on the fewest sentences that entail it, or on all.

In: a line's evidence, what else is on the same matter, what the judge left, and a way to the verdict on any evidence.
Out: the evidence, the corroboration and the verdict that stand.
"""

from collections.abc import Callable, Sequence

from newsum.checking.judged import Judged, besides
from newsum.checking.verdict import Verdict
from newsum.summary import Evidence

__all__ = ["rests_on"]

Part = tuple[Evidence, ...]


def rests_on(
    evidence: Sequence[Evidence],
    corroboration: Sequence[Evidence],
    judged: Judged | None,
    verdict_of: Callable[[Part], Verdict],
) -> tuple[Part, Part, Verdict]:
    """What the judge left of the evidence, where the rules bear that out too; else all of it."""
    everything = verdict_of(tuple(evidence))
    if judged is not None and judged.resting != tuple(evidence):
        fewer = verdict_of(judged.resting)
        if fewer.support.label == "supported" or everything.support.label != "supported":
            return judged.resting, besides(judged, evidence, corroboration), fewer
    return tuple(evidence), tuple(corroboration), everything
