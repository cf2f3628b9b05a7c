"""Says on what outlets differ: one thing counted, two outlets, two values; or what one says and another denies.

differing.py finds the first kind, a judge the second, where one was asked.
"""

from collections.abc import Callable, Iterable, Sequence

from newsum.checking.differing import StoryFigures
from newsum.checking.judged import Judged
from newsum.summary import Disagreement, DisagreementKind, Evidence, Line
from newsum.text.analysis import Analysis, Passage

__all__ = ["denials", "disagreements"]

_DENIED = 0.9  # how sure a judge must be that an outlet says otherwise


def disagreements(
    lines: Iterable[tuple[Analysis, Sequence[Evidence]]],
    figures: StoryFigures,
    receipt: Callable[[Passage, float], Evidence],
) -> tuple[Disagreement, ...]:
    """Each pair of outlets' sentences that give different figures for what a line gives a figure of, once.

    Args:
        lines: each with what it rests on.
        receipt: makes evidence of a sentence, with its score.
    """
    found: dict[frozenset[str], Disagreement] = {}
    for line, evidence in lines:
        places = {(each.article, each.start): each for each in evidence}
        for difference in figures.differing(line, places):
            own = places[difference.own.article.id, difference.own.sentence.start]
            other = receipt(difference.other, difference.probability)
            kind: DisagreementKind = "date" if difference.ours.kind == "date" else "number"
            spans = tuple((each.figure.quantity.start, each.figure.quantity.end) for each in difference[1::2])
            found.setdefault(frozenset((own.quote, other.quote)), Disagreement(kind, (own, other), spans))
    return tuple(found.values())


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
