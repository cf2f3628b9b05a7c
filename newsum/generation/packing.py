"""Several documents into one model window: whole sentences, a fair share each, nothing lost in silence.

In: documents as lists of sentences, the room in tokens, a way to count. Out: `Packed`: the text to
give the model, and how many sentences of each document are in it and how many are not.

The sharing is water-filling (max-min fairness): every document's level rises together, and the
one that would then hold the fewest tokens takes its next sentence. A document that
needs no more than an equal share is thus kept whole, and what it does not use goes to the others.
"""

import heapq
import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from newsum.generation.families import Family

__all__ = ["Packed", "neutralise", "pack", "pack_for"]

_PLAIN = Family("any", separator="\n\n")
_UNLIMITED = 10**9  # tokens
_TOKENS_A_WORD = 1.5  # of English news: BART, PEGASUS and T5 need 1.4, causal models' vocabularies no more

Count = Callable[[Sequence[str]], Sequence[int]]  # texts -> their tokens, without special tokens


@dataclass(frozen=True, slots=True)
class Packed:
    """Documents packed into one text.

    Attributes:
        kept: sentences taken, for each document; they are consecutive.
        left_out: sentences not taken, for each document.
        starts: index of the first sentence taken, for each document; above 0 where leading
            sentences, each longer than the document's whole share, were passed over.
        window: tokens the model reads.
    """

    text: str
    kept: tuple[int, ...]
    left_out: tuple[int, ...]
    starts: tuple[int, ...]
    window: int

    @property
    def notices(self) -> tuple[str, ...]:
        """A sentence for the reader on each document that did not fit whole, numbered from 1."""
        return tuple(
            _notice(number, kept, left, start, self.window)
            for number, (kept, left, start) in enumerate(zip(self.kept, self.left_out, self.starts, strict=True), 1)
            if left
        )


def pack(documents: Sequence[Sequence[str]], *, family: Family, window: int, room: int, count: Count) -> Packed:
    """Shares `room` tokens among the documents, in whole sentences from each one's start.

    Args:
        window: tokens the model reads in all, for the notices.
        room: tokens left of them for the documents once the prefix and special tokens are in.
    """
    costs = [_costs(document, family, count) for document in documents]
    level = _water_level([sum(cost) for cost in costs], room)
    starts = [_first_that_fits(cost, level) for cost in costs]
    kept = _fill([cost[start:] for cost, start in zip(costs, starts, strict=True)], room)

    def text() -> str:
        chosen = zip(documents, starts, kept, strict=True)
        return family.join([document[start : start + taken] for document, start, taken in chosen])

    # Counts of single sentences add up for tokenizers that never join across a space, which
    # all families here do; for one that does, sentences go from the fullest document until it fits.
    while any(kept) and count([text()])[0] > room:
        sizes = [sum(cost[start : start + taken]) for cost, start, taken in zip(costs, starts, kept, strict=True)]
        kept[max(range(len(kept)), key=lambda n: (kept[n] > 0, sizes[n]))] -= 1
    return Packed(
        text=text(),
        kept=tuple(kept),
        left_out=tuple(len(document) - taken for document, taken in zip(documents, kept, strict=True)),
        starts=tuple(start if taken else 0 for start, taken in zip(starts, kept, strict=True)),
        window=window,
    )


def pack_for(
    documents: Sequence[Sequence[str]],
    *,
    window: int | None,
    count: Callable[[str], int] | None = None,
    overhead: str = "",
) -> Packed:
    """Shares among the documents what is left of a window; all of them fit where there is none.

    Args:
        window: the most tokens of a whole prompt.
        count: the tokens of a text; by default they are reckoned from its words.
        overhead: what else the prompt holds.
    """
    counted = count or _reckoned
    limit = _UNLIMITED if window is None else window
    room = max(0, limit - counted(overhead))
    return pack(
        documents, family=_PLAIN, window=limit, room=room, count=lambda texts: [counted(text) for text in texts]
    )


def _reckoned(text: str) -> int:
    return math.ceil(_TOKENS_A_WORD * len(text.split()))


def neutralise(text: str, special: Sequence[str]) -> str:
    """The text with a space inside whatever spells a special token, so that an article cannot inject one.

    >>> neutralise("He wrote </s> in it.", ["</s>"])
    'He wrote < /s> in it.'
    """
    if not special:
        return text
    pattern = "|".join(re.escape(token) for token in sorted(special, key=len, reverse=True))
    return re.sub(pattern, lambda match: f"{match[0][0]} {match[0][1:]}".rstrip(), text)


def _costs(document: Sequence[str], family: Family, count: Count) -> list[int]:
    """Tokens of each sentence where it will stand: the first bears the separator, the rest a space."""
    if not document:
        return []
    alone, *spaced = count([document[0], *(f" {sentence}" for sentence in document)])
    separator = count([family.separator])[0] if family.separator.strip() else 0
    return [max(alone, spaced[0]) + separator, *spaced[1:]]


def _water_level(needs: Sequence[int], room: int) -> float:
    """The level at which `sum(min(need, level))` fills the room; infinite where all needs fit."""
    for done, need in enumerate(ordered := sorted(needs)):
        share = room / (len(ordered) - done)
        if need > share:
            return share
        room -= need
    return float("inf")


def _first_that_fits(cost: Sequence[int], level: float) -> int:
    """Index of the first sentence that is no longer than the document's whole share."""
    return next((index for index, tokens in enumerate(cost) if tokens <= level), 0)


def _fill(costs: Sequence[Sequence[int]], room: int) -> list[int]:
    """How many leading sentences each document keeps.

    The next sentence goes to the document that would hold the fewest tokens with it. When a
    document that needs at most room/n is refused one, the other n-1 hold at most room/n each,
    so there is room after all: it is never refused.
    """
    kept = [0] * len(costs)
    waiting = [(cost[0], number) for number, cost in enumerate(costs) if cost]
    heapq.heapify(waiting)
    while waiting:
        held, number = heapq.heappop(waiting)
        tokens = costs[number][kept[number]]
        if tokens > room:
            continue
        room -= tokens
        kept[number] += 1
        if kept[number] < len(costs[number]):
            heapq.heappush(waiting, (held + costs[number][kept[number]], number))
    return kept


def _notice(number: int, kept: int, left: int, start: int, window: int) -> str:
    total = kept + left
    noun = "sentence" if total == 1 else "sentences"
    notice = f"{left} of {total} {noun} of article {number} did not fit the model's window of {window} tokens"
    return f"{notice}, its first {start} among them" if start else notice
