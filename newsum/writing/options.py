"""Offers the possible lines for each content unit: its own sentences, which always may stand.

In: content units. Out: `Option`s; what a model wrote becomes options of the same kind (strategies.py).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from newsum.planning.units import ContentUnit
from newsum.similarity.stories import StoryAnalysis
from newsum.system.patterns import regex
from newsum.text.analysis import Analysis, Passage, analyse
from newsum.text.leaning import stands_alone
from newsum.writing.introducing import Mentions, introduced

__all__ = ["Option", "offer", "taken_over", "tidy", "understood"]

_PARTED_MARK = regex(r" (?=[.,](?: |$))")


@dataclass(frozen=True, slots=True)
class Option:
    """A possible line.

    Attributes:
        origin: "model" for what a model wrote, "source" for a sentence as it stands.
        sources: the sentence that it was taken from, and those that name its people; none where a model wrote it.
        value: the share of it that belongs in a brief: its sentence's salience.
        claimed: the outlets that the model itself tagged it with.
    """

    analysis: Analysis
    origin: Literal["model", "source"]
    sources: tuple[Passage, ...]
    value: float
    claimed: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        return self.analysis.text


def offer(units: Sequence[ContentUnit]) -> list[tuple[Option, ...]]:
    """The options of each unit, its own sentences: the seed first, which was planned."""
    return [_best_first(_own(unit)) for unit in units]


def _best_first(options: Iterable[Option]) -> tuple[Option, ...]:
    seed, *others = options
    return (seed, *sorted(others, key=lambda option: -option.value))


def _own(unit: ContentUnit) -> Iterable[Option]:
    for number, (sentence, salience) in enumerate(zip(unit.sentences, unit.saliences, strict=True)):
        if number == 0 or stands_alone(sentence.text):
            yield taken_over(sentence, salience)


def taken_over(sentence: Passage, value: float) -> Option:
    """A source sentence as a line, on one line of its own."""
    text = tidy(sentence.text)
    return Option(sentence.analysis if text == sentence.text else analyse(text), "source", (sentence,), value)


def understood(option: Option, above: Iterable[str], mentions: Mentions, story: StoryAnalysis) -> Option:
    """A line with its people introduced, where the lines above do not; what names them is among its sources.

    A sentence that was taken over has its names from the same article and from whose text that carries.
    """
    own = option.sources[0].article.id if option.sources else ""
    made = introduced(option.analysis, above, mentions, dict.fromkeys((own, story.origins[own])) if own else ())
    if not made.named:
        return option
    sources = (*option.sources, *made.named) if own else ()
    return replace(option, analysis=analyse(made.text), sources=sources)


def tidy(text: str) -> str:
    """A source sentence on one line, its opening capital in place."""
    text = _PARTED_MARK.sub("", " ".join(text.split()))
    return text[:1].upper() + text[1:]
