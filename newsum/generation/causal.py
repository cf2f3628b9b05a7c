"""What every engine of causal models does alike: token ids, room in the window, each different prompt once.

In: a located checkpoint, its config and tokenizer. Out: all of `CausalModel` but the writing itself.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from typing import Any

from newsum.errors import SettingsError
from newsum.generation import families
from newsum.generation.backend import special_tokens
from newsum.generation.checkpoints import Checkpoint, Located, damage_named
from newsum.generation.completion import Begun, Completion, Ids
from newsum.generation.packing import neutralise
from newsum.generation.writer import Candidate

__all__ = ["CausalBackend"]


class CausalBackend(ABC):
    """A causal checkpoint with its tokenizer.

    Args:
        config: its config.json.
        ends: the tokens that end its texts.

    Attributes:
        ends: the same.
    """

    def __init__(self, located: Located, tokenizer: Any, *, config: Mapping[str, Any], ends: Sequence[int]) -> None:
        self.tokenizer = tokenizer
        self.ends = tuple(ends)
        self._special_tokens = special_tokens(tokenizer)
        self.checkpoint = Checkpoint(
            name=located.name,
            revision=located.revision,
            family=str(config["model_type"]),
            source=located.source,
            window=families.causal_window(config, tokenizer.model_max_length),
            longest=None,
        )

    @abstractmethod
    def begin(self, beginning: Ids, *, seed: int = 0) -> Begun: ...

    @abstractmethod
    def _write(self, prompts: Sequence[Ids], how: Completion, seed: int) -> Sequence[tuple[Candidate, ...]]:
        """The candidates for each of the prompts, which differ."""

    def encode(self, text: str, *, opened: bool = False) -> tuple[int, ...]:
        with damage_named(self.checkpoint.source, "run"):
            ids = self.tokenizer(text, add_special_tokens=opened, verbose=False)["input_ids"]
        return tuple(ids[:-1] if opened and ids and ids[-1] in self.ends else ids)

    def clean(self, text: str) -> str:
        return neutralise(text, self._special_tokens)

    def complete(self, prompts: Sequence[Ids], how: Completion, *, seed: int = 0) -> list[tuple[Candidate, ...]]:
        keys = [tuple(prompt) for prompt in prompts]
        for key in keys:
            self.require_room(len(key), how)
        unique = list(dict.fromkeys(keys))
        with damage_named(self.checkpoint.source, "run"):
            written = dict(zip(unique, self._write(unique, how, seed), strict=True))
        return [written[key] for key in keys]

    def require_room(self, prompt: int, how: Completion) -> None:
        """Raises SettingsError where a prompt of so many tokens leaves no room for what is to be written."""
        if not prompt:
            raise SettingsError("a prompt has no token to go on from: pass one at least, such as the model's first")
        if prompt + how.max_tokens > self.checkpoint.window:
            raise SettingsError(
                f"a prompt of {prompt} tokens and {how.max_tokens} to write are more than the "
                f"{self.checkpoint.window} that {self.checkpoint.name} reads: shorten it"
            )

    def candidate(self, tokens: Sequence[int], score: float) -> Candidate:
        """A text that was written; `score` is its mean log-probability a token."""
        return Candidate(self.tokenizer.decode(list(tokens), skip_special_tokens=True).strip(), tuple(tokens), score)
