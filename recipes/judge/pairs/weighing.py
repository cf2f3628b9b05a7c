"""Gives each family the share of training that it needs: what is learnt slowly or made seldom comes more than once.

In: rows of `made_rows`. Out: rows, some repeated, some left out, in a random order. The shares follow how many rows a
family has and what a half-trained MiniLM passed of the fixtures (step 961: exchanged roles 9 of 10, acts of another 6
of 6, allegations 6 of 8, but added details 0 of 5, negations 2 of 10): so they are no clean measure of families.
"""

import random
from collections import Counter
from collections.abc import Iterator, Sequence

from recipes.judge.rows import Row

__all__ = ["weighed"]

_SLOW = (
    *("agent and patient", "act of another", "passive", "passive exchanged", "wrong mouth", "possible as certain"),
    *("standing in law", "he told before", "figure in words", "figure rounded", "figure bounded", "claim kept"),
    *("halves joined", "false because", "speaker moved", "summary", "headline", "short name", "killed and injured"),
)
_SOON = ("added clause", "added adjective", "day", "opposite", "negation", "invented told", "borrowed told", "order")
_ENOUGH = 1_500  # rows of a slow family and label; fewer are repeated up to so many, at most four times


def weighed(rows: Sequence[Row], seed: int = 1) -> Iterator[Row]:
    """The rows to train on."""
    chance = random.Random(seed)
    count = Counter((row.family, row.label) for row in rows)
    found = [row for row in rows for _ in range(_times(row, count, chance))]
    chance.shuffle(found)
    yield from found


def _times(row: Row, count: Counter[tuple[str, str]], chance: random.Random) -> int:
    if row.family in _SLOW:
        return max(1, min(4, _ENOUGH // count[row.family, row.label]))
    if row.family in _SOON or row.family.endswith(": kept"):
        return int(chance.random() < 0.4)
    return 1
