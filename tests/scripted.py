"""Writers that write what a test tells them to: `Told` whole briefs, `ToldLines` line by line."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from newsum import Candidate, Prompt


@dataclass
class Told:
    """A model that answers every prompt alike, or as a function of it; `asked` holds the prompts that it was given."""

    answer: Any
    name: str = "told"
    revision: str | None = None
    asked: list[Prompt] = field(default_factory=list)

    def write(self, prompts: list[Prompt]) -> list[Any]:
        self.asked += prompts
        return [self.answer(prompt) if callable(self.answer) else self.answer for prompt in prompts]


class ToldLines:
    """A line writer that offers, at each call, the next of the lists of lines that it was given; then nothing."""

    def __init__(self, *offers: Sequence[str]) -> None:
        self._offers = list(offers)
        self.asked: list[tuple[Sequence[tuple[str, str]], Sequence[str]]] = []

    def lines(
        self, reports: Sequence[tuple[str, str]], told: Sequence[str], *, candidates: int, seed: int = 0
    ) -> list[Candidate]:
        self.asked.append((tuple(reports), tuple(told)))
        offered = self._offers.pop(0) if self._offers else ()
        return [Candidate(text, (), -0.1 * n) for n, text in enumerate(offered)]
