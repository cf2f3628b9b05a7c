"""Makes a probability that the evidence backs a line of what was found of the line in it.

A line is backed if nothing in it was altered (`FAULTS`) and it was put together soundly from what the evidence says
(`BACKING`): the product of two logistic functions, the second one of two, for lines in the evidence's own words and
for lines in other words. Isotonic regression (Zadrozny and Elkan 2002) makes that a probability: of all lines of
which it says .8, eight in ten are backed. recipes.support fitted them on faults put into real lines and on
people's votes; newsum/checking/support.json holds the numbers.
"""

import math
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from newsum.checking.alignment import Alignment, Comparison
from newsum.checking.alterations import logistic, stored
from newsum.checking.cropping import cuts
from newsum.checking.polarity import Reversal
from newsum.similarity.terms import cover
from newsum.summary import Span

__all__ = [
    "BACKING",
    "FAULTS",
    "altered",
    "backing",
    "edits",
    "faults",
    "group",
    "probability",
    "soundness",
    "weighed",
]

FAULTS = (
    "name",  # the most doubtful name, as a probability,
    "number",  # figure
    "date",  # and date
    "names",  # names that the evidence lacks,
    "numbers",  # and figures
    "quote",  # a quotation that is not the evidence's
    "added",  # how closely a "not" stands among the evidence's words that has none there
    "lost",  # or the reverse,
    "direction",  # "rose" for "fell",
    "hedge",  # and a hedge left out
    "edited",  # content words in the place of others in what is otherwise a sentence of the evidence
)
BACKING = (
    "pieces",  # stretches of the evidence that make up the line, for each of its words
    "aligned",  # share of the line that one sentence has in order
    "words",  # share of its words, by weight, that the evidence has,
    "pairs",  # and of words and neighbours
    "whole",  # nothing was replaced or cut out in the middle of what a sentence says
    "ends",  # it ends there
    "score",  # how likely it was written from the likeliest sentence (attribution.py)
)
_COPY = 0.75  # of a line's words in one sentence, in its order: a copy of it, cut or changed
_ALL = 0.97  # of its words, by weight, in the evidence: the line says nothing in words of its own
_LEAST = 1e-9  # probability that still has a logit
_MOST = 3.0  # of which more tell nothing


def faults(
    worst: Mapping[str, float],
    missing: tuple[int, int, int],
    reversals: Sequence[Reversal],
    aligned: Sequence[Alignment],
) -> list[float]:
    """The values of `FAULTS`, in order.

    Args:
        worst: for each group of claims, the highest probability that one is altered.
        missing: how many names, figures and quotations the evidence lacks.
        reversals: an added "not", a lost one, a direction, a hedge.
    """
    return [
        *(worst.get(group, 0.0) for group in ("name", "number", "date")),
        *(min(2.0, count) for count in missing[:2]),
        float(missing[2] > 0),
        *(reversal.closeness for reversal in reversals),
        min(map(_edits, aligned)) if any(a.share >= _COPY for a in aligned) else 0.0,
    ]


def _edits(alignment: Alignment) -> float:
    """How many stretches of a near copy of a sentence stand where the sentence has other content words."""
    if alignment.share < _COPY:
        return _MOST
    return min(_MOST, len(list(_edited(alignment))))


def _edited(alignment: Alignment) -> Iterator[range]:
    gaps = (range(first, last) for first, last in _unmatched(alignment))
    return (gap for gap in gaps if _is_edit(alignment, gap))


def edits(beside: Comparison) -> Iterator[tuple[Span, int, str]]:
    """The stretches that `FAULTS` counts as edited: where in the line, beside which source, and what stands there."""
    nearest = max(range(len(beside.aligned)), key=lambda n: beside.aligned[n].share)
    alignment, source = beside.aligned[nearest], beside.sources[nearest].text
    for gap in _edited(alignment) if alignment.share >= _COPY else ():
        there = alignment.gap(gap.start)
        own = (alignment.line[gap.start].start, alignment.line[gap.stop - 1].end)
        yield own, nearest, source[there[0].start : there[-1].end]


def _unmatched(alignment: Alignment) -> Iterator[tuple[int, int]]:
    """The stretches of the line that the source has not got."""
    kept = [-1, *(n for n, m in enumerate(alignment.match) if m >= 0), len(alignment.match)]
    yield from ((left + 1, right) for left, right in pairwise(kept) if right > left + 1)


def _is_edit(alignment: Alignment, gap: range) -> bool:
    says = any(alignment.line[n].kind for n in gap)
    return says and alignment.is_tight(gap.start, gap.stop) and any(t.kind for t in alignment.gap(gap.start))


def backing(beside: Comparison, scores: Iterable[float]) -> list[float]:
    """The values of `BACKING`, in order; `scores` are the evidence's."""
    line, sources, aligned = beside.line, beside.sources, beside.aligned
    nearest = max(range(len(sources)), key=lambda n: aligned[n].share)
    cut = cuts(sources[nearest].text, aligned[nearest])
    wanted, have = line.terms, [source.terms for source in sources]
    return [
        _pieces(aligned) / max(1, len(aligned[0].line)),
        aligned[nearest].share,
        cover(wanted, have, pairs=False),
        cover(wanted, have),
        float(not any(cut)),
        float(cut.end),
        max(scores),
    ]


def _pieces(aligned: Sequence[Alignment]) -> int:
    """How many stretches of the evidence make up the line, longest first from the left (Grusky et al. 2018)."""
    keys = [t.key for t in aligned[0].line]
    sources = [[t.key for t in a.source] for a in aligned]
    pairs = [frozenset(pairwise(source)) for source in sources]
    at = count = 0
    while at < len(keys):
        at += max(1, max(_stretch(keys, at, source, known) for source, known in zip(sources, pairs, strict=True)))
        count += 1
    return count


def _stretch(keys: Sequence[str], at: int, source: Sequence[str], pairs: frozenset[tuple[str, str]]) -> int:
    """How many words from `at` on stand in the source in a row."""
    if at + 1 >= len(keys) or (keys[at], keys[at + 1]) not in pairs:
        return 1
    longest = 1
    for begin, key in enumerate(source):
        if key == keys[at]:
            length = 1
            while (
                at + length < len(keys) and begin + length < len(source) and keys[at + length] == source[begin + length]
            ):
                length += 1
            longest = max(longest, length)
    return longest


def group(found: Sequence[float]) -> str:
    """ "own" for a line in its evidence's own words, "other" for one in others, from the values of `BACKING`."""
    return "own" if found[BACKING.index("words")] > _ALL else "other"


def altered(found: Sequence[float]) -> float:
    """The probability that something in a line was altered, from the values of `FAULTS`."""
    return logistic(_sum(stored()["fault"]["weights"], found))


def weighed(found: Sequence[float]) -> list[float]:
    """How much each of the values of `FAULTS` makes it likelier that something was altered."""
    return [w * x for w, x in zip(stored()["fault"]["weights"][:-1], found, strict=True)]


def soundness(found: Sequence[float], altered: float) -> float:
    """The logit from which `probability` reads."""
    share = (1 - altered) * logistic(_sum(stored()[group(found)]["weights"], found))
    share = min(max(share, _LEAST), 1 - _LEAST)
    return math.log(share / (1 - share))


def probability(found: Sequence[float], altered: float) -> float:
    """That the evidence backs a line, from the values of `BACKING` and the probability that it was altered."""
    scale = stored()["scale"]
    return _interpolated(soundness(found, altered), scale["logits"], scale["probabilities"])


def _sum(weights: Sequence[float], found: Sequence[float]) -> float:
    """The weighted sum; the last weight stands alone."""
    return math.fsum((weights[-1], *(w * x for w, x in zip(weights[:-1], found, strict=True))))


def _interpolated(x: float, at: Sequence[float], values: Sequence[float]) -> float:
    n = bisect_right(at, x)
    if n in (0, len(at)):
        return values[max(0, n - 1)]
    share = (x - at[n - 1]) / (at[n] - at[n - 1])
    return values[n - 1] + share * (values[n] - values[n - 1])
