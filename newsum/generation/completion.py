"""Says what newsum asks of a causal model, whatever runs it.

In: token ids. Out: several texts that go on from them.

`CausalModel` is what an engine offers (ctranslate2/generator.py, torch/causal.py). It knows nothing of articles or chat
templates: chat.py makes its prompts. `Begun` is a model with the beginning of a prompt already read, so that what goes
on from one beginning many times, a sentence after the other, repays only what is new.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from newsum.errors import SettingsError
from newsum.generation.checkpoints import Checkpoint
from newsum.generation.protocol import require_number, require_whole
from newsum.generation.writer import Candidate

__all__ = ["Begun", "CausalModel", "Completion", "Ids"]

Ids = Sequence[int]  # tokens of the model's vocabulary


@dataclass(frozen=True, slots=True, kw_only=True)
class Completion:
    """How to go on from a prompt.

    Attributes:
        max_tokens: the most tokens to write, the closing one included.
        min_tokens: the fewest before the closing one.
        candidates: how many texts to write; equal ones come back once.
        temperature: None takes the likeliest token each time (and searches with a beam as wide as there are
            candidates, where there are several); a number samples at that temperature.
        top_k: sample among this many likeliest tokens; 0 among all.
        top_p: sample among the likeliest tokens that hold this much probability.
        no_repeat_ngram: no n-gram of this many tokens is written twice; 0 allows repeats.
        ends: tokens that end a text, beside the model's own.
        suppressed: sequences of tokens that are never written.

    Raises:
        SettingsError: a value is out of its range, or two do not go together.
    """

    max_tokens: int
    min_tokens: int = 0
    candidates: int = 1
    temperature: float | None = None
    top_k: int = 0
    top_p: float = 1.0
    no_repeat_ngram: int = 0
    ends: tuple[int, ...] = ()
    suppressed: tuple[tuple[int, ...], ...] = ()

    def __post_init__(self) -> None:
        for name, least in (("max_tokens", 1), ("candidates", 1), ("min_tokens", 0), ("no_repeat_ngram", 0)):
            require_whole(name, getattr(self, name), at_least=least)
        require_whole("top_k", self.top_k, at_least=0)
        require_number("temperature", self.temperature, above=0.0)
        require_number("top_p", self.top_p, above=0.0, up_to=1.0)
        if self.min_tokens > self.max_tokens:
            raise SettingsError(f"min_tokens={self.min_tokens} is more than max_tokens={self.max_tokens}")
        if not self.sampling and (self.top_k or self.top_p < 1.0):
            raise SettingsError("top_k and top_p only matter when sampling; set a temperature too, such as 1.0")
        if not all(self.suppressed):
            raise SettingsError("a suppressed sequence has no token: leave it out")

    @property
    def sampling(self) -> bool:
        return self.temperature is not None


class Begun(Protocol):
    """A model that has read the beginning of a prompt, with a source of chance of its own.

    What it writes depends on the beginning, the seed and the calls made of it so far, in their order, and on nothing
    else. It holds memory until nobody holds it.
    """

    def complete(self, rest: Ids, how: Completion) -> tuple[Candidate, ...]:
        """The texts that go on from the beginning and `rest`, best first; `rest` has one token or more.

        Raises:
            SettingsError: there is no room in the model's window for them.
        """


class CausalModel(Protocol):
    """A loaded causal checkpoint; `newsum.generation.load_causal` makes one."""

    @property
    def checkpoint(self) -> Checkpoint: ...

    @property
    def engine(self) -> str:
        """The backend, and how it computes: "torch float32", "ctranslate2 int8"."""

    @property
    def tokenizer(self) -> Any: ...

    def encode(self, text: str, *, opened: bool = False) -> tuple[int, ...]:
        """The token ids of a text; what spells a special token is one (see `clean`).

        Args:
            opened: put before it what the model's texts begin with; a chat form holds that already.
        """

    def clean(self, text: str) -> str:
        """The text with nothing in it that the tokenizer would take for a special token."""

    def begin(self, beginning: Ids, *, seed: int = 0) -> Begun:
        """The model with a prompt's beginning read."""

    def complete(self, prompts: Sequence[Ids], how: Completion, *, seed: int = 0) -> list[tuple[Candidate, ...]]:
        """The texts that go on from each prompt, best first, in the prompts' order.

        A prompt's texts depend on it, `how` and the seed only, not on what is asked beside it.

        Raises:
            SettingsError: there is no room in the model's window for them.
        """
