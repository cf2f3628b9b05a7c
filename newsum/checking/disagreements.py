"""Finds on what outlets differ: one thing counted, two outlets, two values; or what one says and another denies.

A judge finds the second kind, where one was asked.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations

from newsum.checking.judged import Judged
from newsum.similarity.counts import differ, running, supersedes
from newsum.summary import Disagreement, Evidence, Line
from newsum.text.analysis import Analysis

__all__ = ["denials", "disagreements"]

_DENIED = 0.9  # how sure a judge must be that an outlet says otherwise


def disagreements(
    groups: Iterable[Sequence[tuple[Evidence, Analysis]]], published: Mapping[str, str | None] | None = None
) -> tuple[Disagreement, ...]:
    """Each pair of outlets' sentences that differ, once; a toll that a later report raises is no difference.

    Args:
        groups: for each line, the nearest evidence of different outlets with what is known of its quotes.
        published: the dates of the articles, by id, where they are known.
    """
    days = published or {}
    found: dict[frozenset[str], Disagreement] = {}
    for group in groups:
        for (left, ours), (right, theirs) in combinations(group, 2):
            dates = days.get(left.article) or "", days.get(right.article) or ""
            if left.outlet != right.outlet and differ(ours, theirs) and not _is_update((ours, theirs), dates):
                found.setdefault(frozenset((left.quote, right.quote)), Disagreement("number", (left, right)))
    return tuple(found.values())


def _is_update(sentences: tuple[Analysis, Analysis], dates: tuple[str, str]) -> bool:
    """Whether the later of two reports raises a toll that the earlier one gives."""
    if not all(dates) or dates[0] == dates[1]:
        return False
    earlier, later = sentences if dates[0] < dates[1] else sentences[::-1]
    return supersedes(running(later), running(earlier))


def denials(judged: Iterable[tuple[Line, Judged | None]]) -> tuple[Disagreement, ...]:
    """What a line rests on beside what another outlet says that cannot be true with it, by a judge."""
    return tuple(
        Disagreement("statement", (line.evidence[0], other))
        for line, found in judged
        for other in (line.corroboration if found and line.support.label == "supported" else ())
        if other.outlet not in line.outlets and _is_denied(other, found)
    )


def _is_denied(other: Evidence, found: Judged | None) -> bool:
    return found is not None and other.article in found.outlets and found.outlets[other.article].contradicted >= _DENIED
