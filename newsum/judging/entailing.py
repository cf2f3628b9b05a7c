"""Says what a judge is asked and what it answers; every other part of newsum knows judges only by this.

In: a pair, premise and hypothesis. Out: an `Entailment`, three numbers that sum to 1.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from newsum.errors import SettingsError
from newsum.text.lexicon import MONTHS, WEEKDAYS

__all__ = ["Entailment", "Judge", "Pair", "described", "told"]

Pair = tuple[str, str]  # premise, hypothesis

_SLACK = 1e-3  # how far from 1 the three may sum: float32 sums of three are off by 1e-7, rounded JSON by 1e-4


@dataclass(frozen=True, slots=True)
class Entailment:
    """What a judge thinks of one pair: three probabilities that sum to 1.

    Attributes:
        entailed: whoever takes the premise for true must take the hypothesis for true.
        neutral: the premise leaves it open: it may be so, nothing there says that it is.
        contradicted: both cannot be true.
        left_out: how many of the premise's sentences were not read, because it is longer than the judge's window.

    Raises:
        SettingsError: the three are no probabilities, or do not sum to 1.
    """

    entailed: float
    neutral: float
    contradicted: float
    left_out: int = 0

    def __post_init__(self) -> None:
        three = (self.entailed, self.neutral, self.contradicted)
        if any(not 0 <= value <= 1 for value in three) or abs(sum(three) - 1) > _SLACK:
            raise SettingsError(f"a judge's three numbers are probabilities that sum to 1; these are {three}")

    @property
    def label(self) -> str:
        """The most probable of the three: "entailed", "neutral" or "contradicted"."""
        return max(("entailed", "neutral", "contradicted"), key=lambda name: getattr(self, name))


class Judge(Protocol):
    """Whatever can say what follows from what; newsum's own is `newsum.judging.LanguageJudge`.

    Optional attributes, each used where it is there, for `Summary.provenance`:
        name: what it is called; else its class is named.
        revision: a string that changes whenever it would answer otherwise.
    """

    def entailment(self, pairs: Sequence[Pair]) -> Sequence[Entailment]:
        """One answer a pair, in order; a pair's answer must not depend on the others."""
        ...


def described(judge: Judge) -> dict[str, str | None]:
    """What a summary's provenance says of a judge."""
    return {"name": getattr(judge, "name", type(judge).__name__), "revision": getattr(judge, "revision", None)}


def told(outlet: str, text: str, published: str | None = None) -> str:
    """A premise headed by who told it and when, so that "the BBC reports" and "on 3 July" can be judged.

    `recipes.judge` trains on premises with and without such a heading.

    Args:
        outlet: "" leaves the heading out.
        published: an ISO date or time; what is none is left out.

    >>> told("BBC", "Gas fell on Friday.", "2020-07-03")
    'BBC, Friday 3 July 2020: Gas fell on Friday.'
    >>> told("BBC", "Gas fell on Friday.")
    'BBC: Gas fell on Friday.'
    """
    if not outlet:
        return text
    try:
        day = date.fromisoformat((published or "")[:10])
    except ValueError:
        return f"{outlet}: {text}"
    return f"{outlet}, {WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]} {day.year}: {text}"
