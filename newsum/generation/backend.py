"""What every backend does alike: reading texts, packing them, and putting requests in an order of their own.

In: a located checkpoint, its config and tokenizer. Out: all of `Seq2Seq` but the writing itself, which a backend
adds. Equal requests are run once, in an order that their own content gives and not their place.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from typing import Any

from newsum.errors import SettingsError
from newsum.generation import families
from newsum.generation.checkpoints import Checkpoint, Located
from newsum.generation.packing import Packed, Request, neutralise, pack
from newsum.generation.protocol import GenerationSettings, brief_settings
from newsum.generation.writer import Candidate, Prompt

__all__ = ["Backend", "Key", "Scored", "special_tokens"]

Scored = tuple[tuple[int, ...], tuple[int, ...]]  # a source's tokens and a text's, its closing one left to the backend
Key = tuple[tuple[int, ...], frozenset[int] | None]  # a request's source tokens and what it allows


class Backend(ABC):
    """A checkpoint with its tokenizer.

    Args:
        config: its config.json with its family's defaults.
        own: its own generation settings (defaults.py).
        vocabulary: the number of tokens that the model knows.
    """

    def __init__(
        self,
        located: Located,
        tokenizer: Any,
        *,
        config: Mapping[str, Any],
        own: Mapping[str, Any],
        vocabulary: int,
    ) -> None:
        self.tokenizer = tokenizer
        self._family = families.family_of(config, tokenizer.get_vocab())
        self._vocabulary = vocabulary
        self.own_defaults = own
        self.special_tokens = special_tokens(tokenizer, self._family.separator.strip())
        self.checkpoint = Checkpoint(
            name=located.name,
            revision=located.revision,
            family=self._family.name,
            source=located.source,
            window=families.window_of(config, tokenizer.model_max_length),
            longest=families.longest_output(config),
            strategy=families.strategy_of(config),
        )

    @property
    def name(self) -> str:
        return self.checkpoint.name

    @property
    def revision(self) -> str:
        return self.checkpoint.revision

    @abstractmethod
    def _write(self, keys: Sequence[Key], settings: GenerationSettings) -> Sequence[tuple[Candidate, ...]]:
        """The candidates for each of the requests, which differ and come in ascending length."""

    @abstractmethod
    def _judge(self, pairs: Sequence[Scored]) -> Sequence[tuple[float, ...]]:
        """The log-probability of each token of each text, its closing one included; the pairs come by length."""

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
            requests = [self._request(prompts[number]) for number in numbers]
            written |= zip(numbers, self.generate(requests, each), strict=True)
        return [written[number] for number in range(len(prompts))]

    def _request(self, prompt: Prompt) -> Request:
        return Request(self._family.join([[self.clean(excerpt.text)] for excerpt in prompt.excerpts]))

    def generate(
        self, requests: Sequence[Request], settings: GenerationSettings | None = None
    ) -> list[tuple[Candidate, ...]]:
        keys = self._keys(requests)
        unique = sorted(set(keys), key=_content)
        written = dict(zip(unique, self._write(unique, settings or GenerationSettings()), strict=True))
        return [written[key] for key in keys]

    def score(self, pairs: Sequence[tuple[str, str]]) -> list[tuple[float, ...]]:
        sources = [source for source, _ in self._keys([Request(source) for source, _ in pairs])]
        texts = self._plain([text for _, text in pairs])
        for number, text in enumerate(texts):
            if self.checkpoint.longest is not None and len(text) >= self.checkpoint.longest:
                raise SettingsError(
                    f"text {number} has {len(text)} tokens and {self.checkpoint.name} writes {self.checkpoint.longest}"
                )
        unique = sorted(set(zip(sources, texts, strict=True)), key=lambda pair: (len(pair[0]), *pair))
        found = dict(zip(unique, self._judge(unique), strict=True))
        return [found[pair] for pair in zip(sources, texts, strict=True)]

    def _keys(self, requests: Sequence[Request]) -> list[Key]:
        sources = self.encode([request.text for request in requests])
        for number, (source, request) in enumerate(zip(sources, requests, strict=True)):
            if len(source) > self.checkpoint.window:
                raise SettingsError(
                    f"request {number} has {len(source)} tokens and {self.checkpoint.name} reads "
                    f"{self.checkpoint.window}: shorten it, or choose its sentences with pack()"
                )
            if request.allowed and not 0 <= min(request.allowed) <= max(request.allowed) < self._vocabulary:
                raise SettingsError(
                    f"request {number} allows a token that is not one of the model's {self._vocabulary}"
                )
        return [(source, request.allowed) for source, request in zip(sources, requests, strict=True)]

    def encode(self, texts: Sequence[str]) -> list[tuple[int, ...]]:
        """Token ids as the encoder reads them; a text of no tokens at all is its end alone."""
        if not texts:
            return []
        found = self.tokenizer([self._family.prefix + text for text in texts], verbose=False)["input_ids"]
        return [tuple(ids) or (self.own_defaults["eos_token_id"][0],) for ids in found]

    def _plain(self, texts: Sequence[str]) -> list[tuple[int, ...]]:
        """Token ids without special tokens."""
        if not texts:
            return []
        found = self.tokenizer(list(texts), add_special_tokens=False, verbose=False)["input_ids"]
        return [tuple(ids) for ids in found]

    def _count(self, texts: Sequence[str]) -> list[int]:
        return [len(ids) for ids in self._plain(texts)]

    def _candidate(self, tokens: Sequence[int], score: float) -> Candidate:
        text = self._family.written(self.tokenizer.decode(list(tokens), skip_special_tokens=True))
        return Candidate(text, tuple(tokens), score)


def special_tokens(tokenizer: Any, separator: str = "") -> list[str]:
    """Every string that the tokenizer reads as a special token."""
    added = [token.content for token in tokenizer.added_tokens_decoder.values() if token.special]
    return sorted({separator, *tokenizer.all_special_tokens, *added} - {""})


def _content(key: Key) -> tuple[int, tuple[int, ...], tuple[int, ...]]:
    """The order of requests: by length, then by what they say and allow, never by place."""
    source, allowed = key
    return len(source), source, (-1,) if allowed is None else tuple(sorted(allowed))
