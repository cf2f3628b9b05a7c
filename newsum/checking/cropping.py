"""Measures how a line was cut from the sentence that it is nearest to.

A cut at a comma loses a clause; a cut between words that belong together says something else, or nothing ("the ad
campaign for the drive" -> "the ad campaign for life"). What shortens sentences by machine errs so.
"""

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from newsum.checking.alignment import Alignment
from newsum.system.patterns import regex

__all__ = ["Cuts", "cuts"]

_PAUSE = regex(r"[,;:.!?()\[\]“”\"`—–]|\s-\s|\s'|'\s")
_MOST = 4  # of each, beyond which more tell nothing


class Cuts(NamedTuple):
    """How often a line departs from its nearest sentence, each up to four.

    Attributes:
        replaced: content words of the line that the sentence has not got at that place.
        inside: stretches left out between two words that follow each other in the line, with no pause beside them.
        start, end: 1 where the line begins or ends in the middle of what the sentence says.
    """

    replaced: int
    inside: int
    start: int
    end: int


def cuts(source: str, alignment: Alignment) -> Cuts:
    """How the line was cut from the source."""
    kept = [(n, m) for n, m in enumerate(alignment.match) if m >= 0]
    if not kept:
        return Cuts(_MOST, 0, 0, 0)
    replaced = sum(m < 0 and bool(t.kind) for m, t in zip(alignment.match, alignment.line, strict=True))
    inside = sum(1 for _ in _inside(source, alignment, kept))
    first, last = alignment.source[kept[0][1]], alignment.source[kept[-1][1]]
    before, after = source[: first.start].rstrip(), source[last.end :].lstrip()
    starts = kept[0][0] == 0 and bool(before) and not _PAUSE.search(source[max(0, first.start - 2) : first.start])
    ends = kept[-1][0] == len(alignment.match) - 1 and bool(after) and not _PAUSE.match(source[last.end : last.end + 2])
    return Cuts(min(_MOST, replaced), min(_MOST, inside), int(starts), int(ends))


def _inside(source: str, alignment: Alignment, kept: list[tuple[int, int]]) -> Iterator[int]:
    """The places in the line where words of the source are left out with no pause on either side."""
    for (n, m), (following, after) in pairwise(kept):
        if following == n + 1 and after > m + 1:
            left, right = alignment.source[m].end, alignment.source[after].start
            if not (_PAUSE.search(source[left : left + 2]) or _PAUSE.search(source[right - 2 : right])):
                yield n
