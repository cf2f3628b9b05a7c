"""Cuts a premise that is longer than a judge's window, at whole sentences, and says how many were left out.

In: the premise's sentences with their lengths, the hypothesis, the room. Out: the text that fits.
"""

from collections.abc import Callable, Sequence

from newsum.system.patterns import regex
from newsum.text.sentences import split

__all__ = ["fitted"]

_WORD = regex(r"\w{3,}|\d+")


def fitted(premise: str, hypothesis: str, count: Callable[[str], int], room: int) -> tuple[str, int]:
    """(the premise, or those of its sentences that fit; how many were left out).

    Kept are the sentences that share most words with the hypothesis, in their order. Where not even one fits, the
    head of the nearest one is kept, whole words, and that sentence counts as left out too.

    Args:
        count: a text's length in tokens.
        room: tokens that the premise may have.
    """
    if count(premise) <= room:
        return premise, 0
    sentences = [premise[start:end] for start, end in split(premise)]
    order = _nearest_first(sentences, hypothesis)
    kept: list[int] = []
    for n in order:
        if count(_joined(sentences, [*kept, n])) <= room:
            kept.append(n)
    if not kept:
        return _head(sentences[order[0]], count, room), len(sentences)
    return _joined(sentences, kept), len(sentences) - len(kept)


def _nearest_first(sentences: Sequence[str], hypothesis: str) -> list[int]:
    words = set(_WORD.findall(hypothesis.lower()))
    shared = [len(words & set(_WORD.findall(sentence.lower()))) for sentence in sentences]
    return sorted(range(len(sentences)), key=lambda n: (-shared[n], n))


def _joined(sentences: Sequence[str], chosen: Sequence[int]) -> str:
    return " ".join(sentences[n] for n in sorted(chosen))


def _head(sentence: str, count: Callable[[str], int], room: int) -> str:
    words = sentence.split()
    low, high = 0, len(words)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if count(" ".join(words[:middle])) <= room else (low, middle - 1)
    return " ".join(words[:low]) if low else sentence[: max(room, 1)]
