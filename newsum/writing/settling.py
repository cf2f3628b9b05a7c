"""Says which of the lines that were offered stand, each with what it rests on, and what to tell the reader of the rest.

In: a draft's offer, what lines are checked against. Out: `Settled`.

A line that its sources do not support is replaced by its best source sentence, flagged or dropped; one that those above
say already is left out; where a model's brief is much too short, planned sentences follow.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from newsum.checking import StoryJudge
from newsum.similarity.stories import StoryAnalysis
from newsum.similarity.terms import cosine
from newsum.system.choices import Unsupported
from newsum.writing.options import Option, taken_over
from newsum.writing.selection import most_words
from newsum.writing.standing import Found, Sources, found, may_stand
from newsum.writing.strategies import Offer, planned

__all__ = ["Settled", "settled"]

_REPEATED = 0.9  # how sure the judge must be that the lines above entail a line, for it not to be printed
_ENOUGH = 0.5  # of the words asked for; a brief of less tells half the story
_TOLD = 0.4  # cosine of two lines' terms from which the one is taken to tell what the other does
_NOTHING_SUPPORTED = "Nothing that the model wrote is supported: the lines are the articles' own."


@dataclass(frozen=True, slots=True)
class Settled:
    """The lines of a brief, and what the reader should know of those that are not printed."""

    lines: Sequence[Found]
    notices: tuple[str, ...] = ()


def settled(
    offer: Offer, story: StoryAnalysis, against: Sources, words: int, unsupported: Unsupported, *, goes_on: bool
) -> Settled:
    """The lines that stand.

    Args:
        goes_on: whether planned sentences may follow where the lines fall short of the words asked for.
    """
    kept, notices = _kept(offer.options, against, words, unsupported)
    short = unsupported == "replace" and sum(one.option.analysis.size for one in kept) < _ENOUGH * words
    if not kept or (goes_on and short):
        added = _added(planned(story, words, against.judge.marker), [one.option for one in kept], words)
        notices = (*notices, *_fell_short(kept, added))
        kept = [*kept, *(found(option, against) for option in added)]
    return Settled(kept, notices)


def _kept(
    options: Iterable[Option], against: Sources, words: int, unsupported: Unsupported
) -> tuple[list[Found], tuple[str, ...]]:
    """The lines with evidence and verdict, and what to tell the reader about those that had none."""
    kept: list[Found] = []
    dropped = beyond = 0
    for option in options:
        above = [one.option for one in kept]
        if _is_beyond(option, above, words):
            beyond += 1
            continue
        if _is_told(option, above, against.judge):
            continue
        one = found(option, against)
        if unsupported == "flag" or may_stand(one, against.index):
            kept.append(one)
        elif stand_in := _stand_in(option, against, above, words, unsupported):
            kept.append(found(stand_in, against))
        else:
            dropped += 1
    return kept, tuple(_left_out(dropped, beyond))


def _added(plain: Iterable[Option], kept: Sequence[Option], words: int) -> list[Option]:
    """The planned sentences that tell what no line does, as many as the words allow."""
    added: list[Option] = []
    for option in plain:
        lines = (*kept, *added)
        told = any(cosine(option.analysis.terms, line.analysis.terms) >= _TOLD for line in kept)
        if not told and sum(line.analysis.size for line in lines) + option.analysis.size <= most_words(words):
            added.append(option)
    return added


def _fell_short(kept: Sequence[object], added: Sequence[object]) -> Iterator[str]:
    if not kept:
        yield _NOTHING_SUPPORTED
    elif added:
        what = "a sentence of the articles follows" if len(added) == 1 else f"{len(added)} of the articles' own follow"
        yield f"What the model wrote fell short of the words asked for: {what}."


def _is_beyond(option: Option, kept: Sequence[Option], words: int) -> bool:
    """Whether a line of a brief that a model wrote at any length it liked goes beyond the words asked for."""
    written = not option.sources and bool(kept)
    return written and sum(one.analysis.size for one in kept) + option.analysis.size > most_words(words)


def _left_out(dropped: int, beyond: int) -> Iterator[str]:
    """What to tell the reader of lines that are not printed."""
    if dropped:
        what = "1 line that the model wrote was" if dropped == 1 else f"{dropped} lines that the model wrote were"
        yield f"{what} left out: no article supports {'it' if dropped == 1 else 'them'}."
    if beyond:
        what = "1 line that the model wrote was" if beyond == 1 else f"{beyond} lines that the model wrote were"
        yield f"{what} left out: beyond the words asked for."


def _is_told(option: Option, kept: Sequence[Option], judge: StoryJudge) -> bool:
    """Whether the lines above tell all of a line already, as the judge reads them."""
    answer = judge.among(option.analysis.text, [one.analysis.text for one in kept])
    return answer is not None and answer.entailed >= _REPEATED


def _stand_in(
    option: Option, against: Sources, kept: Sequence[Option], words: int, unsupported: Unsupported
) -> Option | None:
    """The nearest source sentence that can stand in an unsupported line's place, tells what no line does, and fits."""
    if unsupported == "drop":
        return None
    nearest = next(iter(against.index.nearest(option.analysis)), None)
    if nearest is None or any(nearest in o.sources for o in kept):
        return None
    room = most_words(words) - sum(o.analysis.size for o in kept)
    told = any(cosine(nearest.analysis.terms, o.analysis.terms) >= _TOLD for o in kept)
    return taken_over(nearest, 0.0) if nearest.analysis.size <= room and not told else None
