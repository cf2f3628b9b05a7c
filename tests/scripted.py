"""Models that write what a test tells them to: `Told`, a `Writer` of whole briefs, and `Scripted`, a `Seq2Seq`.

In: what to answer. `Scripted` has the bundled model's tokenizer and no weights at all.
"""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from newsum import Candidate, Prompt
from newsum.generation import Checkpoint, GenerationSettings, Packed, Request
from newsum.generation.ctranslate2.tokenizing import FastTokenizer
from newsum.generation.packing import neutralise

Answer = Callable[[str], Iterable[tuple[str, float]]]


@cache
def tokenizer() -> Any:
    """The bundled model's tokenizer."""
    folder = Path(str(resources.files("newsum") / "models" / "mini"))
    return FastTokenizer(folder / "tokenizer.json", json.loads((folder / "tokenizer_config.json").read_text()))


@dataclass
class Told:
    """A model that answers every prompt alike, or as a function of it; `asked` holds the prompts that it was given."""

    answer: Any
    name: str = "told"
    revision: str | None = None
    asked: list[Prompt] = field(default_factory=list)

    def write(self, prompts: Sequence[Prompt]) -> list[Any]:
        self.asked += prompts
        return [self.answer(prompt) if callable(self.answer) else self.answer for prompt in prompts]


@dataclass
class Scripted:
    """A model that answers by script; `asked` holds the requests that it was given, `judged` the pairs to score.

    Every token of a text to score is as likely as `ending` says.
    """

    answer: Answer
    strategy: str = "attribute-first"
    window: int = 512
    ending: float = -0.1
    asked: list[Request] = field(default_factory=list)
    judged: list[tuple[str, str]] = field(default_factory=list)
    name: str = "scripted"
    revision: str = "none"
    engine: str = "no weights"

    @property
    def checkpoint(self) -> Checkpoint:
        return Checkpoint("scripted", "none", "bart", "nowhere", self.window, 1024, self.strategy)

    @property
    def tokenizer(self) -> Any:
        return tokenizer()

    def count(self, text: str) -> int:
        return len(self.tokenizer(text, add_special_tokens=False).input_ids)

    def clean(self, text: str) -> str:
        return neutralise(text, self.tokenizer.all_special_tokens)

    def pack(self, documents: Sequence[Sequence[str]]) -> Packed:
        kept = tuple(map(len, documents))
        text = " ".join(sentence for document in documents for sentence in document)
        return Packed(Request(text), kept, (0,) * len(kept), (0,) * len(kept), self.window)

    def write(self, prompts: Sequence[Prompt]) -> list[tuple[Candidate, ...]]:
        return self.generate([Request(prompt.text) for prompt in prompts])

    def generate(
        self, requests: Sequence[Request], settings: GenerationSettings | None = None
    ) -> list[tuple[Candidate, ...]]:
        self.asked += requests
        return [tuple(map(self._candidate, self.answer(request.text))) for request in requests]

    def score(self, pairs: Sequence[tuple[str, str]]) -> list[tuple[float, ...]]:
        self.judged += pairs
        return [(self.ending,) * (self.count(text) + 1) for _, text in pairs]

    def _candidate(self, written: tuple[str, float]) -> Candidate:
        text, score = written
        return Candidate(text, tuple(self.tokenizer(text).input_ids), score)
