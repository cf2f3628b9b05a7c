"""A model that writes what a test tells it to, with the bundled model's tokenizer and no weights at all.

In: a function from the text of a request to the (text, score) pairs to answer with. Out: a `Seq2Seq`.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Any

from newsum.generation import Candidate, Checkpoint, GenerationSettings, Packed, Request
from newsum.generation.packing import neutralise

Answer = Callable[[str], Iterable[tuple[str, float]]]


@cache
def tokenizer() -> Any:
    """The bundled model's tokenizer."""
    from transformers import AutoTokenizer

    return AutoTokenizer.from_pretrained(str(resources.files("newsum") / "models" / "mini"))


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
