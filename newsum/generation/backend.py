"""What every backend does alike: reading texts, packing them, and putting them in an order of their own.

In: a located checkpoint, its config and tokenizer. Out: all of `Seq2Seq` but the writing itself, which a backend
adds. Equal texts are run once, in an order that their own content gives and not their place.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from typing import Any

from newsum.errors import SettingsError
from newsum.generation import families
from newsum.generation.checkpoints import Checkpoint, Located, damage_named
from newsum.generation.packing import Packed, neutralise, pack
from newsum.generation.protocol import GenerationSettings, brief_settings
from newsum.generation.writer import Candidate, Prompt

__all__ = ["Backend", "Source", "special_tokens"]

Source = tuple[int, ...]  # the tokens of a text that is read


class Backend(ABC):
    """A checkpoint with its tokenizer.

    Args:
        config: its config.json with its family's defaults.
        own: its own generation settings (defaults.py).
    """

    def __init__(
        self,
        located: Located,
        tokenizer: Any,
        *,
        config: Mapping[str, Any],
        own: Mapping[str, Any],
    ) -> None:
        self.tokenizer = tokenizer
        self._family = families.family_of(config, tokenizer.get_vocab())
        self.own_defaults = own
        self.special_tokens = special_tokens(tokenizer, self._family.separator.strip())
        self.checkpoint = Checkpoint(
            name=located.name,
            revision=located.revision,
            family=self._family.name,
            source=located.source,
            window=families.window_of(config, tokenizer.model_max_length),
            longest=families.longest_output(config),
        )

    @property
    def name(self) -> str:
        return self.checkpoint.name

    @property
    def revision(self) -> str:
        return self.checkpoint.revision

    @abstractmethod
    def _write(self, sources: Sequence[Source], settings: GenerationSettings) -> Sequence[tuple[Candidate, ...]]:
        """The candidates for each of the sources, which differ and come in ascending length."""

    def count(self, text: str) -> int:
        return self._count([text])[0]

    def clean(self, text: str) -> str:
        return neutralise(text, self.special_tokens)

    def pack(self, documents: Sequence[Sequence[str]]) -> Packed:
        return pack(
            [[self.clean(sentence) for sentence in document] for document in documents],
            family=self._family,
            window=self.checkpoint.window,
            room=self.checkpoint.window - len(self.encode([""])[0]),
            count=self._count,
        )

    def write(self, prompts: Sequence[Prompt], /) -> list[tuple[Candidate, ...]]:
        """The candidates of each prompt; a checkpoint reads no instruction, only the excerpts."""
        settings = [brief_settings(prompt, self.checkpoint.longest) for prompt in prompts]
        written: dict[int, tuple[Candidate, ...]] = {}
        for each in dict.fromkeys(settings):
            numbers = [number for number, own in enumerate(settings) if own == each]
            sources = [self._source(prompts[number]) for number in numbers]
            written |= zip(numbers, self.generate(sources, each), strict=True)
        return [written[number] for number in range(len(prompts))]

    def _source(self, prompt: Prompt) -> str:
        return self._family.join([[self.clean(excerpt.text)] for excerpt in prompt.excerpts])

    def generate(
        self, sources: Sequence[str], settings: GenerationSettings | None = None
    ) -> list[tuple[Candidate, ...]]:
        encoded = self.encode(sources)
        for number, source in enumerate(encoded):
            if len(source) > self.checkpoint.window:
                raise SettingsError(
                    f"text {number} has {len(source)} tokens and {self.checkpoint.name} reads "
                    f"{self.checkpoint.window}: shorten it, or choose its sentences with pack()"
                )
        unique = sorted(set(encoded), key=lambda source: (len(source), source))
        with damage_named(self.checkpoint.source, "run"):
            written = dict(zip(unique, self._write(unique, settings or GenerationSettings()), strict=True))
        return [written[source] for source in encoded]

    def encode(self, texts: Sequence[str]) -> list[Source]:
        """Token ids as the encoder reads them; a text of no tokens at all is its end alone."""
        if not texts:
            return []
        with damage_named(self.checkpoint.source, "run"):
            found = self.tokenizer([self._family.prefix + text for text in texts], verbose=False)["input_ids"]
        return [tuple(ids) or (self.own_defaults["eos_token_id"][0],) for ids in found]

    def _count(self, texts: Sequence[str]) -> list[int]:
        """The tokens of each text, without special tokens."""
        if not texts:
            return []
        with damage_named(self.checkpoint.source, "run"):
            found = self.tokenizer(list(texts), add_special_tokens=False, verbose=False)["input_ids"]
        return [len(ids) for ids in found]

    def _candidate(self, tokens: Sequence[int], score: float) -> Candidate:
        text = self._family.written(self.tokenizer.decode(list(tokens), skip_special_tokens=True))
        return Candidate(text, tuple(tokens), score)


def special_tokens(tokenizer: Any, separator: str = "") -> list[str]:
    """Every string that the tokenizer reads as a special token."""
    added = [token.content for token in tokenizer.added_tokens_decoder.values() if token.special]
    return sorted({separator, *tokenizer.all_special_tokens, *added} - {""})
