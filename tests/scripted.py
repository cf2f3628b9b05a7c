"""`Told`, a `Writer` that writes what a test tells it to."""

from dataclasses import dataclass, field
from typing import Any

from newsum import Prompt


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
