"""Finds the figures on which outlets differ: one thing counted, two outlets, two values."""

from collections.abc import Iterable, Sequence
from itertools import combinations

from newsum.similarity.counts import differ
from newsum.summary import Disagreement, Evidence
from newsum.text.analysis import Analysis

__all__ = ["disagreements"]


def disagreements(groups: Iterable[Sequence[tuple[Evidence, Analysis]]]) -> tuple[Disagreement, ...]:
    """Each pair of outlets' sentences that differ, once.

    Args:
        groups: for each line, the nearest evidence of different outlets with what is known of its quotes.
    """
    found: dict[frozenset[str], Disagreement] = {}
    for group in groups:
        for (left, ours), (right, theirs) in combinations(group, 2):
            if left.outlet != right.outlet and differ(ours, theirs):
                found.setdefault(frozenset((left.quote, right.quote)), Disagreement("number", (left, right)))
    return tuple(found.values())
