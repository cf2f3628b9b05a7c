"""The options of each content unit in, the lines of a brief that fits its words out.

Units come most salient first. Each takes its best option that fits and says something new; what room is
left at the end goes to fuller options of the units that are in. No sentence is ever cut.
"""

from collections.abc import Sequence

from newsum.language import word_count
from newsum.planning import ContentUnit
from newsum.similarity import cosine, cover, terms
from newsum.writing import Option

__all__ = ["fill", "in_reading_order"]

_SLACK = 0.1  # of the budget, either way
_SAID = 0.45  # of a line's words, by weight, that the lines before it may have said already
_SAME = 0.35  # cosine with an earlier line; the two tell one thing
_SAID_AGAIN = 0.6  # of an earlier line's words; a line that has so many says it all again

Chosen = tuple[ContentUnit, Option]


def fill(units: Sequence[ContentUnit], options: Sequence[Sequence[Option]], *, words: int) -> list[Chosen]:
    """The lines of the brief, most salient first; at most `words` and a tenth in all."""
    room = words * (1 + _SLACK)
    chosen: list[Chosen] = []
    for unit, offered in zip(units, options, strict=True):
        used = _length(chosen)
        if used >= words * (1 - _SLACK):
            break
        fitting = (o for o in offered if used + word_count(o.text) <= room and not _repeats(o, chosen))
        if (option := next(fitting, None)) is not None:
            chosen.append((unit, option))
    if not chosen:  # every sentence is longer than the budget: one is better than none, and none is cut
        every = [(unit, option) for unit, offered in zip(units, options, strict=True) for option in offered]
        return sorted(every, key=lambda item: word_count(item[1].text))[:1]
    return _widened(chosen, dict(zip(map(id, units), options, strict=True)), words)


def _length(chosen: Sequence[Chosen]) -> int:
    return sum(word_count(option.text) for _, option in chosen)


def _repeats(option: Option, chosen: Sequence[Chosen]) -> bool:
    mine, said = terms(option.text), [terms(o.text) for _, o in chosen]
    if any(cosine(mine, t) > _SAME for t in said):
        return True
    return cover(mine, said, pairs=False) > _SAID or any(cover(t, [mine], pairs=False) > _SAID_AGAIN for t in said)


def _widened(chosen: list[Chosen], offered: dict[int, Sequence[Option]], words: int) -> list[Chosen]:
    """Where the brief falls short, lines in fuller versions while they fit."""
    for position, (unit, option) in enumerate(chosen):
        if _length(chosen) >= words * (1 - _SLACK):
            break
        rest = [*chosen[:position], *chosen[position + 1 :]]
        fuller = [
            o
            for o in offered[id(unit)]
            if word_count(o.text) > word_count(option.text)
            and _length(rest) + word_count(o.text) <= words * (1 + _SLACK)
            and not _repeats(o, rest)
        ]
        if fuller:
            chosen[position] = (unit, fuller[0])
    return chosen


def in_reading_order(chosen: Sequence[Chosen]) -> list[Chosen]:
    """The most salient line first, then as the articles tell it, from the top down."""
    return [*chosen[:1], *sorted(chosen[1:], key=lambda item: item[0].place)]
