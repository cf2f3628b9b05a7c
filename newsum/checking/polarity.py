"""Measures how far a line turns the sense of its evidence round: a "not", a direction, a hedge.

Each is looked for in its place: a "not" of the line counts as added where the words around it are the evidence's and
no "not" stands among them there; far from any word of the line, the evidence may deny what it likes.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from newsum.checking.alignment import Alignment
from newsum.text.lexicon import DENIALS, FALLS, FUNCTION_WORDS, HEDGES, NEGATIONS, RISES, any_of
from newsum.text.words import Word

__all__ = ["Reversal", "added_negation", "dropped_hedge", "lost_negation", "turned_direction"]

_NOT = re.compile(rf"(?:{any_of(NEGATIONS)}|\w+n[’']t)$", re.IGNORECASE)
_DENIES = re.compile(rf"{any_of(DENIALS)}$", re.IGNORECASE)
_NEAR = 3  # words from a "not" within which another side's "not" is the same one


class Reversal(NamedTuple):
    """0..1, how closely the words around stand in the evidence; where it is in the line; which of the evidence."""

    closeness: float
    start: int
    end: int
    evidence: int


_NO_TURN = Reversal(0.0, 0, 0, -1)


def added_negation(line: str, texts: Sequence[str], aligned: Sequence[Alignment]) -> Reversal:
    """The "not" of the line that the evidence has not got."""
    worst = _NO_TURN
    for n, token in enumerate(aligned[0].line if aligned else ()):
        if not _NOT.match(line[token.start : token.end]):
            continue
        copied = any(a.match[n] >= 0 for a in aligned)
        put_in = next((i for i, a in enumerate(aligned) if _is_put_in(a, n)), None)
        if put_in is not None and not copied:
            return Reversal(1.0, token.start, token.end, put_in)
        if any(_denied(text, a, n) for text, a in zip(texts, aligned, strict=True)):
            continue
        closeness, evidence = max((_closeness(a, n), -i) for i, a in enumerate(aligned))
        worst = max(worst, Reversal(closeness, token.start, token.end, -evidence))
    return worst


def _is_put_in(alignment: Alignment, n: int) -> bool:
    """Whether the words on both sides of the line's n-th follow each other in the source."""
    match = alignment.match
    return 0 < n < len(match) - 1 and match[n - 1] >= 0 and match[n + 1] == match[n - 1] + 1


def _denied(text: str, alignment: Alignment, n: int) -> bool:
    """Whether the source denies something where the line's n-th word would stand in it."""
    gap = alignment.gap(n)
    around = [m for m in alignment.match[max(0, n - _NEAR) : n + _NEAR + 1] if m >= 0]
    if around:
        first, last = max(0, min(around) - 2 * _NEAR), max(around) + 2 * _NEAR
        gap = (*gap, *alignment.source[first : last + 1])
    return any(_negates(text, token) for token in gap)


def _negates(text: str, token: Word) -> bool:
    form = text[token.start : token.end]
    return bool(_NOT.match(form) or _DENIES.match(form))


def _closeness(alignment: Alignment, n: int) -> float:
    """The share of the two content words before and the two after that are the source's."""
    line = alignment.line
    before = [i for i in range(n - 1, -1, -1) if line[i].kind][:2]
    after = [i for i in range(n + 1, len(line)) if line[i].kind][:2]
    return sum(alignment.match[i] >= 0 for i in (*before, *after)) / max(1, len(before) + len(after))


def lost_negation(line: str, texts: Sequence[str], aligned: Sequence[Alignment]) -> Reversal:
    """The "not" of the evidence that the line has not got, where no other evidence says the same without it."""
    worst = _NO_TURN
    for n, (text, alignment) in enumerate(zip(texts, aligned, strict=True)):
        for at, token in enumerate(alignment.source):
            if not _NOT.match(text[token.start : token.end]) or at in alignment.match:
                continue
            for turn in _dropped(line, alignment, at, n):
                plain = (_says_plainly(other, against, turn) for other, against in zip(texts, aligned, strict=True))
                if not any(plain):
                    worst = max(worst, turn)
    return worst


def _dropped(line: str, alignment: Alignment, at: int, evidence: int) -> Iterator[Reversal]:
    """The place in the line of a source's "not" whose next content word the line has, with no "not" of its own."""
    source, place = alignment.source, {m: i for i, m in enumerate(alignment.match) if m >= 0}
    if (
        at and at - 1 in place and at + 1 in place and place[at + 1] - place[at - 1] <= 2
    ):  # left out, or "did" for "didn't"
        yield Reversal(1.0, *alignment.line[place[at + 1]][:2], evidence)
        return
    after = [j for j in range(at + 1, len(source)) if source[j].kind][:2]
    before = [j for j in range(at - 1, -1, -1) if source[j].kind][:1]
    if not after or after[0] not in place:
        return
    first = place[after[0]]
    own = alignment.line[max(0, first - _NEAR) : first + _NEAR]
    if any(_negates(line, token) for token in own):
        return
    kept = sum(j in place for j in (*before, *after))
    yield Reversal(kept / (len(before) + len(after)), alignment.line[first].start, alignment.line[first].end, evidence)


def _says_plainly(text: str, alignment: Alignment, turn: Reversal) -> bool:
    """Whether a source has the word at the turn with no "not" before it."""
    for token, m in zip(alignment.line, alignment.match, strict=True):
        if token.start == turn.start and m >= 0:
            return not any(_negates(text, t) for t in alignment.source[max(0, m - 2 * _NEAR) : m + _NEAR])
    return False


def turned_direction(line: str, texts: Sequence[str], aligned: Sequence[Alignment]) -> Reversal:
    """ "rose" in the line where the evidence has "fell" in its place, or the reverse."""
    worst = _NO_TURN
    for n, token in enumerate(aligned[0].line if aligned else ()):
        form = line[token.start : token.end].lower()
        opposite = FALLS if form in RISES else RISES if form in FALLS else frozenset()
        if not opposite or any(a.match[n] >= 0 for a in aligned):
            continue
        for i, (text, alignment) in enumerate(zip(texts, aligned, strict=True)):
            if any(text[t.start : t.end].lower() in opposite for t in alignment.gap(n)):
                worst = max(worst, Reversal(_closeness(alignment, n), token.start, token.end, i))
    return worst


def dropped_hedge(line: str, texts: Sequence[str], aligned: Sequence[Alignment]) -> Reversal:
    """A hedge of the evidence ("may", "allegedly") between words that the line has, where the line has none."""
    worst = _NO_TURN
    for n, (text, alignment) in enumerate(zip(texts, aligned, strict=True)):
        place = {m: i for i, m in enumerate(alignment.match) if m >= 0}
        for at, token in enumerate(alignment.source):
            if text[token.start : token.end].lower() not in HEDGES or at in place:
                continue
            after = [j for j in range(at + 1, len(alignment.source)) if _counts(text, alignment.source[j])][:2]
            before = [j for j in range(at - 1, -1, -1) if alignment.source[j].kind][:1]
            if not after or after[0] not in place:
                continue
            own = alignment.line[max(0, place[after[0]] - _NEAR) : place[after[0]] + _NEAR]
            if any(line[t.start : t.end].lower() in HEDGES for t in own):
                continue
            kept = sum(j in place for j in (*before, *after)) / (len(before) + len(after))
            first = alignment.line[place[after[0]]]
            worst = max(worst, Reversal(kept, first.start, first.end, n))
    return worst


def _counts(text: str, token: Word) -> bool:
    return bool(token.kind) and text[token.start : token.end].lower() not in FUNCTION_WORDS
