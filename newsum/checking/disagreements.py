"""Says on what outlets differ: one thing counted, two outlets, two values; or what one says and another denies.

differing.py finds the first kind, a judge the second, where one was asked.
"""

from collections.abc import Callable, Iterable, Sequence

from newsum.checking.differing import Difference, StoryFigures
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
    """What outlets give different figures of: one for each figure of a line, with all who have another; told once.

    Args:
        lines: each with what it rests on.
        receipt: makes evidence of a sentence, with its score.
    """
    found: list[Disagreement] = []
    told = set[frozenset[str]]()
    for line, evidence in lines:
        places = {(each.article, each.start): each for each in evidence}
        for differing in _by_figure(figures.differing(line, places)):
            ours = places[differing[0].own.article.id, differing[0].own.sentence.start]
            new = [each for each in differing if frozenset((ours.quote, each.other.text)) not in told]
            told |= {frozenset((ours.quote, each.other.text)) for each in new}
            if new:
                others = tuple(receipt(each.other, each.probability) for each in new)
                spans = tuple(each.span for each in (new[0].ours, *(each.theirs for each in new)))
                kind: DisagreementKind = "date" if new[0].ours.kind == "date" else "number"
                found.append(Disagreement(kind, (ours, *others), spans))
    return tuple(found)


def _by_figure(found: Iterable[Difference]) -> Iterable[list[Difference]]:
    """The differences on each figure together."""
    grouped: dict[tuple[str, int, int], list[Difference]] = {}
    for each in found:
        grouped.setdefault((each.own.article.id, each.own.sentence.start, each.ours.span[0]), []).append(each)
    return grouped.values()


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
