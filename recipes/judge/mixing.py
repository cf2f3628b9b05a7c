"""Mixes rows into the lessons of one stage of training: so much of each family.

In: rows by file. Out: rows. What a share is follows what the stage before had learnt: what was learnt is only kept in
mind, what was not comes whole.

    broad    everything that `pairs` made, with the free public rows            (most of the training)
    hard     who did what, degrees, claims and ties; amounts in other words     (where the broad stage was weak)
    names    inventions about a story's names beside several outlets' sentences
    slips    a small writer's slips in several outlets' reports
    across   all public rows again, what two outlets both say and that turned, a part of the rest
    written  the summaries' lines with all reports, which a judge of turned lines comes to refuse
    again    a small writer's slips and what two outlets say once more, and what is claimed or possible told as a fact
    who      pairs of who did what, and a part of "again"
    marked   claims about passages that were written for it, pairs of real news that readers marked, a part of the two
             before
"""

import random
from collections.abc import Mapping, Sequence

from recipes.judge.pairs.passages import KINDS
from recipes.judge.rows import Row

__all__ = ["SHARES", "mixed"]

_HARD = {
    **dict.fromkeys(
        (
            *("possible as certain", "claim kept", "fact confirmed", "standing in law", "figure in words", "passive"),
            *("passive exchanged", "halves joined", "false because", "joined true", "summary", "headline"),
            "summary hidden",
        ),
        1.0,
    ),
    **dict.fromkeys(("act of another", "figure rounded"), 0.9),
    **dict.fromkeys(("short name", "day as date", "before and after", "order"), 0.8),
    **dict.fromkeys(("he told before", "outlet told"), 0.7),
    **dict.fromkeys(("claim disproved", "killed and injured", "speaker moved", "whole", "headline hidden"), 0.6),
    **dict.fromkeys(
        (*("wrong mouth", "figure bounded", "two together", "outlet wrong", "place"), "invented told", "borrowed told"),
        0.5,
    ),
    **dict.fromkeys(("scale", "short form"), 0.4),
    **dict.fromkeys(("amount", "agent and patient", "clause"), 0.35),
    **dict.fromkeys(("bound", "figure", "borrowed", "negation", "added adjective"), 0.3),
    **dict.fromkeys(("opposite", "added clause"), 0.25),
    "currency": 0.2,
    "invented": 0.12,
}
_NAMES = {
    **dict.fromkeys(("invented among outlets", "sentence of it"), 1.0),
    **dict.fromkeys(("invented", "borrowed", "halves joined", "summary hidden"), 0.6),
    **dict.fromkeys(("false because", "summary"), 0.5),
    **dict.fromkeys(("invented told", "borrowed told"), 0.35),
    "act of another": 0.3,
}
_SLIPS = {
    **dict.fromkeys(("line", "another in its place"), 1.0),
    **dict.fromkeys(("act of another", "halves joined", "names exchanged"), 1.0),
    **dict.fromkeys(("possible as certain", "false because", "wrong mouth", "summary"), 0.25),
    **dict.fromkeys(("invented among outlets", "sentence of it"), 0.15),
}
_BESIDE = ("names exchanged", "weekday", "amount in other words")
_KEPT = tuple(f"{family}: kept" for family in _HARD)


def _made(share: float) -> dict[str, float]:
    """That share of the stage "hard", in which families without a share of their own have .4."""
    rest = dict.fromkeys((*_BESIDE, *_KEPT, "added day"), 0.4)
    return {family: share * own for family, own in {**rest, **_HARD}.items()}


_ACROSS = {
    **_made(0.42),
    **dict.fromkeys(("across", "across: turned", "across: premise turned"), 2.0),
    **dict.fromkeys(("invented among outlets", "sentence of it"), 0.5),
    **dict.fromkeys(("written", "written: turned", "written: premise turned"), 0.0),
}
_WRITTEN = {
    **_made(0.18),
    **dict.fromkeys(("across", "written"), 2.0),
    **dict.fromkeys(("across: turned", "across: premise turned"), 1.0),
    **dict.fromkeys(("written: turned", "written: premise turned"), 0.6),
    **dict.fromkeys(("invented among outlets", "sentence of it"), 0.25),
}
_AGAIN = {
    **_made(0.2),
    **dict.fromkeys(("possible as certain", "halves joined", "false because", "act of another"), 0.8),
    **dict.fromkeys(("wrong mouth", "standing in law", "claim disproved", "claim kept", "joined true", "summary"), 0.6),
    **dict.fromkeys(("line", "another in its place", "across", "written"), 1.0),
    **dict.fromkeys(("across: turned", "across: premise turned", "written: turned", "written: premise turned"), 0.7),
    "names exchanged": 0.3,
    "invented among outlets": 0.35,
    "sentence of it": 0.2,
}
_WHO_DID = (
    *("whose act", "whose act: kept", "halves of two", "day of two", "day of two: kept"),
    *("cause of two", "cause of two: kept", "word of one", "word of one: kept", "unsure act", "unsure act: kept"),
)
_WHO = {**{family: 0.35 * share for family, share in _AGAIN.items()}, **dict.fromkeys(_WHO_DID, 1.0)}
_MARKED = {
    **{family: 0.3 * share for family, share in _AGAIN.items()},
    **dict.fromkeys(_WHO_DID, 0.5),
    **dict.fromkeys((f"passage: {kind}" for kind in KINDS), 1.0),
    **dict.fromkeys((f"marked: {mark}" for mark in "EPNC"), 2.0),
}
# stage -> family -> share, and that of families which it does not name
SHARES: Mapping[str, tuple[Mapping[str, float], float]] = {
    "broad": ({}, 1.0),
    "hard": (_HARD, 0.4),
    "names": (_NAMES, 0.05),
    "slips": (_SLIPS, 0.04),
    "across": (_ACROSS, 1.0),
    "written": (_WRITTEN, 0.6),
    "again": (_AGAIN, 0.35),
    "who": (_WHO, 0.12),
    "marked": (_MARKED, 0.1),
}


def mixed(rows: Sequence[Row], stage: str, seed: int = 1) -> list[Row]:
    """The rows of a stage, in a random order; those of a share above 1 more than once, which a trainer weighs."""
    chance = random.Random(seed)
    shares, others = SHARES[stage]
    found = []
    for row in rows:
        times, rest = divmod(shares.get(row.family, others), 1)
        found += [row] * (int(times) + (chance.random() < rest))
    chance.shuffle(found)
    return found
