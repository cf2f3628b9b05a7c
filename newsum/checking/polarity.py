"""Measures how far a line turns the sense of its evidence round: a "not", a direction, a hedge.

Each is looked for in its place: a "not" of the line counts as added where the words around it are the evidence's and
no "not" stands among them there; far from any word of the line, the evidence may deny what it likes. A line in other
words has no such place: there a "not" counts where the story denies nothing like it, or says nothing like it plainly.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from newsum.checking.alignment import Alignment, Comparison
from newsum.checking.opposites import is_supposed, may_deny, turned_down
from newsum.system.patterns import regex
from newsum.text.analysis import Analysis
from newsum.text.lexicon import DENIALS, FALLS, FUNCTION_WORDS, HEDGES, NEGATIONS, RISES, any_of
from newsum.text.words import Word

__all__ = [
    "Reversal",
    "added_negation",
    "denies_alike",
    "dropped_hedge",
    "lost_negation",
    "reversals",
    "turned_direction",
    "unaligned_negation",
]

_NOT = regex(rf"(?:{any_of(NEGATIONS)}|\w+n[’']t)$", re.IGNORECASE)
_TURNS_VERB = regex(r"(?:not|never|neither|nor|cannot|\w+n[’']t)$", re.IGNORECASE)
_MAY_DENY = regex(rf"\b{any_of(NEGATIONS | DENIALS)}\b|n[’']t\b", re.IGNORECASE)
_DENIES = regex(rf"{any_of(DENIALS)}$", re.IGNORECASE)
_NEAR = 3  # words from a "not" within which another side's "not" is the same one


class Reversal(NamedTuple):
    """0..1, how closely the words around stand in the evidence; where it is in the line; which of the evidence.

    The stretch of a "not" goes from the word before to the word that is turned.
    """

    closeness: float
    start: int
    end: int
    evidence: int


_NO_TURN = Reversal(0.0, 0, 0, -1)


def reversals(beside: Comparison) -> tuple[Reversal, Reversal, Reversal, Reversal]:
    """The closest of each kind: an added "not", a lost one, a direction, a hedge."""
    return added_negation(beside), lost_negation(beside), turned_direction(beside), dropped_hedge(beside)


# --- a "not" ------------------------------------------------------------------------------------------


def added_negation(beside: Comparison) -> Reversal:
    """The "not" of the line that the evidence has not got."""
    worst, aligned = _NO_TURN, beside.aligned
    for n, token in enumerate(beside.line.tokens if aligned else ()):
        if not _NOT.match(beside.line.text[token.start : token.end]):
            continue
        copied = any(a.match[n] >= 0 for a in aligned)
        put_in = next((i for i, a in enumerate(aligned) if _is_put_in(a, n)), None)
        span = _turned(beside.line.tokens, n)
        if put_in is not None and not copied:
            return Reversal(1.0, *span, put_in)
        if any(_denied(source.text, a, n) for source, a in zip(beside.sources, aligned, strict=True)):
            continue
        closeness, evidence = max((_closeness(a, n), -i) for i, a in enumerate(aligned))
        worst = max(worst, Reversal(closeness, *span, -evidence))
    return worst


def _turned(tokens: Sequence[Word], n: int) -> tuple[int, int]:
    """From the word before the n-th to the next that carries meaning."""
    after = next((token for token in tokens[n + 1 :] if token.kind), tokens[n])
    return tokens[max(0, n - 1)].start, after.end


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


def lost_negation(beside: Comparison) -> Reversal:
    """The "not" of the evidence that the line has not got, where no other evidence says the same without it."""
    worst = _NO_TURN
    for n, (source, alignment) in enumerate(zip(beside.sources, beside.aligned, strict=True)):
        kept = set(alignment.match)
        for at, token in enumerate(alignment.source):
            if not _NOT.match(source.text[token.start : token.end]) or at in kept:
                continue
            for turn, place in _dropped(beside.line.text, alignment, at):
                others = zip(beside.sources, beside.aligned, strict=True)
                if not any(_says_plainly(other.text, against, place) for other, against in others):
                    before = alignment.line[max(0, place - 1)]
                    worst = max(worst, Reversal(turn, before.start, alignment.line[place].end, n))
    return worst


def _dropped(line: str, alignment: Alignment, at: int) -> Iterator[tuple[float, int]]:
    """How closely, and where in the line, a source's "not" was left out before its next content word."""
    source, place = alignment.source, {m: i for i, m in enumerate(alignment.match) if m >= 0}
    if (
        at and at - 1 in place and at + 1 in place and place[at + 1] - place[at - 1] <= 2
    ):  # left out, or "did" for "didn't"
        yield 1.0, place[at + 1]
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
    yield kept / (len(before) + len(after)), first


def _says_plainly(text: str, alignment: Alignment, place: int) -> bool:
    """Whether a source has the line's word at a place with no "not" before it."""
    m = alignment.match[place]
    return m >= 0 and not any(_negates(text, t) for t in alignment.source[max(0, m - 2 * _NEAR) : m + _NEAR])


def unaligned_negation(beside: Comparison, nearest: Callable[[Analysis], Sequence[Analysis]]) -> Reversal | None:
    """A "not" of the line in a story that denies nothing near, or one of the evidence that no near sentence lacks.

    Args:
        nearest: gives the story's nearest sentences to a line.
    """
    sources, denies = beside.sources, may_deny(beside.line)
    if not sources or denies == any(map(may_deny, sources)):
        return None
    known = [*sources, *nearest(beside.line)]
    if denies:
        return None if any(map(may_deny, known)) else _added(beside, known)
    return _lost(beside, {w.key for sentence in known if not may_deny(sentence) for w in sentence.words})


def _added(beside: Comparison, known: Iterable[Analysis]) -> Reversal | None:
    keys, words = {w.key for sentence in known for w in sentence.words}, beside.line.words
    for n, word in enumerate(words):
        if _TURNS_VERB.match(word.form) and not is_supposed(words, n):
            turned = next((w for w in words[n + 1 :] if w.form.lower() not in FUNCTION_WORDS), None)
            if turned is not None and turned.key in keys:
                return Reversal(1.0, words[max(0, n - 1)].start, turned.end, 0)
    return None


def _lost(beside: Comparison, plainly: set[str]) -> Reversal | None:
    words = beside.line.words
    for source, sentence in enumerate(beside.sources):
        turned = turned_down(sentence) - plainly
        for n, word in enumerate(words):
            if word.key in turned:
                return Reversal(1.0, words[max(0, n - 1)].start, word.end, source)
    return None


_TURNED, _LOOKED_AT = 2, 6  # content words that a "not" turns; words after it among which they stand
_CLAUSE_ENDS = frozenset(",;:.")


def denies_alike(left: Analysis, right: Analysis) -> bool:
    """Whether neither of two sentences turns down what the other has too and does not turn down.

    What a "not" turns are the next two content words of its clause. Whoever is named as saying the same must deny the
    same; a sentence that says it in other words altogether is not told apart by this.
    """
    ours, theirs = _denied_words(left), _denied_words(right)
    if ours == theirs:
        return True
    said, told = ({token.key for token in text.tokens if token.kind} for text in (left, right))
    return not (ours & told) - theirs and not (theirs & said) - ours


def _denied_words(text: Analysis) -> set[str]:
    if not _MAY_DENY.search(text.text):
        return set()
    tokens = text.tokens
    found = set[str]()
    for n, token in enumerate(tokens):
        if _negates(text.text, token):
            found |= set(_after(text.text, tokens[n : n + 1 + _LOOKED_AT]))
    return found


def _after(text: str, tokens: Sequence[Word]) -> Iterator[str]:
    """The content words after the first, up to the end of its clause."""
    taken = 0
    for before, token in pairwise(tokens):
        if taken == _TURNED or not _CLAUSE_ENDS.isdisjoint(text[before.end : token.start]):
            return
        if token.kind:
            taken += 1
            yield token.key


# --- directions and hedges ----------------------------------------------------------------------------


def turned_direction(beside: Comparison) -> Reversal:
    """ "rose" in the line where the evidence has "fell" in its place, or the reverse."""
    worst, aligned = _NO_TURN, beside.aligned
    for n, token in enumerate(beside.line.tokens if aligned else ()):
        form = beside.line.text[token.start : token.end].lower()
        opposite = FALLS if form in RISES else RISES if form in FALLS else frozenset()
        if not opposite or any(a.match[n] >= 0 for a in aligned):
            continue
        for i, (source, alignment) in enumerate(zip(beside.sources, aligned, strict=True)):
            if any(source.text[t.start : t.end].lower() in opposite for t in alignment.gap(n)):
                worst = max(worst, Reversal(_closeness(alignment, n), token.start, token.end, i))
    return worst


def dropped_hedge(beside: Comparison) -> Reversal:
    """A hedge of the evidence ("may", "allegedly") between words that the line has, where the line has none."""
    worst = _NO_TURN
    for n, (source, alignment) in enumerate(zip(beside.sources, beside.aligned, strict=True)):
        place = {m: i for i, m in enumerate(alignment.match) if m >= 0}
        for at, token in enumerate(alignment.source):
            if _is_hedge(source.text, token) and at not in place:
                worst = max(worst, _unhedged(beside.line.text, source.text, alignment, at, place, n))
    return worst


def _unhedged(
    line: str, source: str, alignment: Alignment, at: int, place: Mapping[int, int], evidence: int
) -> Reversal:
    after = [j for j in range(at + 1, len(alignment.source)) if _counts(source, alignment.source[j])][:2]
    before = [j for j in range(at - 1, -1, -1) if alignment.source[j].kind][:1]
    if not after or after[0] not in place:
        return _NO_TURN
    first = place[after[0]]
    if any(_is_hedge(line, t) for t in alignment.line[max(0, first - _NEAR) : first + _NEAR]):
        return _NO_TURN
    kept = sum(j in place for j in (*before, *after)) / (len(before) + len(after))
    return Reversal(kept, alignment.line[first].start, alignment.line[first].end, evidence)


def _is_hedge(text: str, token: Word) -> bool:
    return text[token.start : token.end].lower() in HEDGES


def _counts(text: str, token: Word) -> bool:
    return bool(token.kind) and text[token.start : token.end].lower() not in FUNCTION_WORDS
