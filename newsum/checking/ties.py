"""Says how likely a figure of a line is one that the sources give for something else.

In: a line, its evidence, the companies of the story's figures (company.py). Out: `Tie`s.

"More than 500 people were killed and 59 wounded" has both figures of its source, "59 people were killed and more than
500 injured", so no figure is missing. The company of a line's figure is held against that of the same figure wherever
the story has it, and against that of every other figure of its kind in the evidence; a logistic function of what
comes out, fitted by recipes.ties on figures exchanged in training stories, makes a probability of it.
"""

import json
import math
from collections.abc import Container, Iterator, Sequence
from functools import cache
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from newsum.checking.alterations import logistic
from newsum.checking.company import Company, company_of, countable, likeness, of_one_kind
from newsum.checking.context import StoryContext
from newsum.checking.corrections import tells_of_correction
from newsum.checking.figures import Figure, is_same
from newsum.similarity.terms import cosine
from newsum.summary import Span
from newsum.text.analysis import Analysis

__all__ = ["FEATURES", "TIED_ELSEWHERE", "Known", "Tie", "measured", "ties"]

_DATA = Path(__file__).parent / "ties.json"
# From which a figure is called altered; below, nothing is made of it. recipes.ties sets the constant so: one in fifty
# figures of training lines that the rules support, copies apart, reaches it, and half of those exchanged.
TIED_ELSEWHERE = 0.8
_ROUNDED = 0.15  # of a value: figures that near may be one, rounded
_SMALL = 10
FEATURES = (
    "own",  # the most that the figure keeps, somewhere in the story, of the company that it keeps in the line
    "here",  # and in the evidence
    "rival",  # the most that a figure of the evidence which the line has not got keeps of it
    "lead",  # by which the rival is ahead
    "ahead",  # where it is
    "lacking",  # the evidence has not got the figure
    "alone",  # the evidence has no rival
    "rivals",  # how many it has, as a logarithm
    "swap",  # what this figure and another of the line would gain in each other's places
    "gain",  # where they would
    "swapped",  # that the line has another of its kind
    "noun",  # whether the same noun follows the figure (1), another (-1), or none (0)
    "rival_noun",
    "preposition",  # whether it stands after the same preposition
    "rival_preposition",
    "turned",  # the other figure of the line stands after that one, and this after the other's: "from 5 to 4"
    "near",  # cosine of the line and the nearest sentence that has the figure
    "rival_near",  # or the rival
    "times",  # how often the story has the figure, as a logarithm
    "is_small",  # it is below ten, and stands everywhere
    "has_unit",
)


class Known(NamedTuple):
    """A figure of the story with its company and its sentence; `evidence` is which of the evidence that is, or -1."""

    company: Company
    sentence: Analysis
    evidence: int


class Tie(NamedTuple):
    """A figure of the line, the probability that it counts something else, and what the evidence has in its place.

    Attributes:
        evidence: which of the evidence has the rival; -1 where none has one.
        rival: where it stands in that.
    """

    span: Span
    probability: float
    evidence: int
    rival: Span


class _Beside(NamedTuple):
    """A figure of the line beside the story's.

    Attributes:
        kept: how much each of the story's figures keeps of its company; -1 for those of another kind.
        own: those of its value.
        rival: the one of the evidence that keeps most, of those that the line has not got; -1 where there is none.
        rivals: how many there are of these.
    """

    ours: Company
    kept: Sequence[float]
    own: Sequence[int]
    rival: int
    rivals: int


class _Swap(NamedTuple):
    """What two figures of a line would gain in each other's places, and whether their prepositions say so."""

    gain: float
    is_turned: bool
    other: int


_MOST, _MOST_KNOWN = 30, 300  # figures of a line, and of what it is held against, that are looked at


def ties(line: Analysis, evidence: Sequence[Analysis], story: StoryContext) -> Iterator[Tie]:
    """Each figure of a line with how likely it is another thing's.

    A copied line is beyond doubt, and one that tells of a correction has two figures for one thing.
    """
    is_copied = any(line.text == source.text for source in evidence)
    if not line.quantities or is_copied or tells_of_correction(line.text) or not story.counted:
        return
    for beside, numbers, swap, known in _measured(line, evidence, story.counted):
        number = _instead(beside, swap)
        rival = known[number] if number >= 0 else None
        where = rival.company.figure.quantity if rival else None
        own = beside.ours.figure.quantity
        yield Tie(
            (own.start, own.end),
            _probability(numbers),
            rival.evidence if rival else -1,
            (where.start, where.end) if where else (0, 0),
        )


def _instead(one: _Beside, swap: _Swap | None) -> int:
    """What the evidence has in a figure's place: the other of the line where the two are swapped, else the rival."""
    if swap is not None and swap.other >= 0 and (one.rival < 0 or swap.gain >= one.kept[one.rival] - _most(one)):
        return swap.other
    return one.rival


def measured(
    line: Analysis, evidence: Sequence[Analysis], story: Sequence[tuple[Analysis, Figure]]
) -> Iterator[tuple[Span, list[float]]]:
    """Where each figure of a line that the story has stands, with the values of `FEATURES`."""
    for beside, numbers, *_ in _measured(line, evidence, story):
        own = beside.ours.figure.quantity
        yield (own.start, own.end), numbers


def _measured(
    line: Analysis, evidence: Sequence[Analysis], story: Sequence[tuple[Analysis, Figure]]
) -> Iterator[tuple[_Beside, list[float], _Swap | None, Sequence[Known]]]:
    ours = [company_of(line, figure) for figure in islice(countable(line), _MOST)]
    if not ours:
        return
    known = list(islice(_known(ours, line.text, evidence, story), _MOST_KNOWN))
    own = [
        [n for n, other in enumerate(known) if _is_own(each.figure, other.company.figure, line.text)] for each in ours
    ]
    taken = {n for places in own for n in places}
    beside = [_beside(each, places, taken, known) for each, places in zip(ours, own, strict=True)]
    for each in beside:
        if each.own:
            swap = _swap(each, beside, known)
            yield each, _features(line, each, swap, known), swap, known


def _beside(ours: Company, own: Sequence[int], taken: Container[int], known: Sequence[Known]) -> _Beside:
    kept = [likeness(ours, k.company) if of_one_kind(ours.figure, k.company.figure) else -1.0 for k in known]
    rivals = [n for n, k in enumerate(known) if kept[n] >= 0 and k.evidence >= 0 and n not in taken]
    return _Beside(ours, kept, own, max(rivals, key=lambda n: kept[n], default=-1), len(rivals))


def _known(
    ours: Sequence[Company], line: str, evidence: Sequence[Analysis], story: Sequence[tuple[Analysis, Figure]]
) -> Iterator[Known]:
    """Every figure of the evidence, and those of the story that are one of the line's."""
    for n, source in enumerate(evidence):
        yield from (Known(company_of(source, figure), source, n) for figure in countable(source))
    texts = {source.text for source in evidence}
    for sentence, figure in story:
        if sentence.text not in texts and any(_is_own(each.figure, figure, line) for each in ours):
            yield Known(company_of(sentence, figure), sentence, -1)


def _is_own(ours: Figure, theirs: Figure, line: str) -> bool:
    if not of_one_kind(ours, theirs):
        return False
    value, other = ours.quantity.value, theirs.quantity.value
    return abs(value - other) <= _ROUNDED * abs(value) or is_same(ours, theirs, line)


def _features(line: Analysis, one: _Beside, swap: _Swap | None, known: Sequence[Known]) -> list[float]:
    """The values of `FEATURES`, in order."""
    best, has_rival = max(one.own, key=lambda n: one.kept[n]), one.rival >= 0
    own, here = one.kept[best], [one.kept[n] for n in one.own if known[n].evidence >= 0]
    rival = one.kept[one.rival] if has_rival else 0.0
    theirs = known[one.rival].company if has_rival else None
    figure = one.ours.figure
    return [
        own,
        max(here, default=0.0),
        rival,
        rival - own if has_rival else 0.0,
        max(0.0, rival - own),
        float(not here),
        float(not has_rival),
        math.log1p(one.rivals),
        swap.gain if swap else 0.0,
        max(0.0, swap.gain) if swap else 0.0,
        float(swap is not None),
        _same(figure.counted, known[best].company.figure.counted),
        _same(figure.counted, theirs.figure.counted if theirs else ""),
        _same(one.ours.preposition, known[best].company.preposition),
        _same(one.ours.preposition, theirs.preposition if theirs else ""),
        float(swap is not None and swap.is_turned),
        max(cosine(line.terms, known[n].sentence.terms) for n in one.own),
        cosine(line.terms, known[one.rival].sentence.terms) if has_rival else 0.0,
        math.log(len(one.own)),
        float(abs(figure.quantity.value) < _SMALL),
        float(bool(figure.quantity.unit)),
    ]


def _swap(one: _Beside, beside: Sequence[_Beside], known: Sequence[Known]) -> _Swap | None:
    """The best exchange with another figure of the line, of the same kind; None where there is none."""
    swaps = [_exchange(one, other, known) for other in beside if other is not one and other.own and one.own]
    return max(filter(None, swaps), key=lambda swap: (swap.is_turned, swap.gain), default=None)


def _exchange(one: _Beside, other: _Beside, known: Sequence[Known]) -> _Swap | None:
    if not of_one_kind(one.ours.figure, other.ours.figure) or set(one.own) & set(other.own):
        return None
    theirs = max(other.own, key=lambda n: one.kept[n])
    gain = one.kept[theirs] + max(other.kept[n] for n in one.own) - _most(one) - _most(other)
    after = [one.ours.preposition, other.ours.preposition]
    there: dict[int, list[str]] = {}
    for m in other.own:
        there.setdefault(id(known[m].sentence), []).append(known[m].company.preposition)
    pairs = [[known[n].company.preposition, second] for n in one.own for second in there.get(id(known[n].sentence), ())]
    is_turned = all(after) and after[::-1] in pairs and after not in pairs and after[0] != after[1]
    here = [n for n in other.own if known[n].evidence >= 0]
    return _Swap(gain, is_turned, max(here, key=lambda n: one.kept[n], default=-1))


def _most(one: _Beside) -> float:
    return max(one.kept[n] for n in one.own)


def _same(left: str, right: str) -> float:
    return 0.0 if not (left and right) else 1.0 if left == right else -1.0


def _probability(numbers: Sequence[float]) -> float:
    return logistic(math.fsum(w * x for w, x in zip(_fitted(), (*numbers, 1.0), strict=True)))


@cache
def _fitted() -> tuple[float, ...]:
    stored = json.loads(_DATA.read_text(encoding="utf-8"))
    return tuple(stored["weights"])
