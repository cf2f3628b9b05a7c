"""What a sequence-to-sequence model is asked for and what it gives back, whatever runs it.

In: texts with one `GenerationSettings`. Out: for each text its `Candidate`s, best first. `Seq2Seq` is what a backend
must offer; nothing here knows what runs it.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol, runtime_checkable

from newsum.errors import SettingsError
from newsum.generation.checkpoints import Checkpoint
from newsum.generation.packing import Packed
from newsum.generation.writer import Candidate, Prompt, Writer

__all__ = ["GenerationSettings", "Seq2Seq", "brief_settings", "require_number", "require_whole"]

_TOKENS_A_WORD = 1.4  # of English news in the vocabularies of BART, PEGASUS and T5


@dataclass(frozen=True, slots=True, kw_only=True)
class GenerationSettings:
    """How to write; None leaves a choice to the checkpoint's own generation settings.

    Attributes:
        beams: width of the beam search; 1 is greedy. Not used when sampling.
        candidates: how many texts to return for a source, at most `beams` of them unless
            sampling; fewer come back where the search ends with fewer distinct texts.
        max_tokens: the most tokens to write, the closing one included.
        min_tokens: the fewest before the closing one; a checkpoint's own minimum that does not fit under `max_tokens`
            is dropped, so that nothing is padded up to the limit and cut there.
        length_penalty: above 0 favours longer texts in beam search.
        no_repeat_ngram: no n-gram of this many tokens is written twice; 0 allows repeats.
        temperature: None searches; a number samples at that temperature (in torch).
        top_p: sample from the likeliest tokens that hold this much probability.
        seed: makes sampling repeatable; a source's samples depend on the seed and its own
            text only, not on what else is asked for.
        batch_size: the most sources run at once; None goes by tokens alone.

    Raises:
        SettingsError: a value is out of its range, or two do not go together.
    """

    beams: int | None = 4
    candidates: int = 1
    max_tokens: int | None = None
    min_tokens: int | None = None
    length_penalty: float | None = None
    no_repeat_ngram: int | None = None
    temperature: float | None = None
    top_p: float = 1.0
    seed: int = 0
    batch_size: int | None = None

    def __post_init__(self) -> None:
        require_whole("candidates", self.candidates, at_least=1)
        require_whole("seed", self.seed, at_least=0)
        for name, least in (("beams", 1), ("max_tokens", 1), ("batch_size", 1), ("min_tokens", 0)):
            require_whole(name, getattr(self, name), at_least=least, optional=True)
        require_whole("no_repeat_ngram", self.no_repeat_ngram, at_least=0, optional=True)
        require_number("length_penalty", self.length_penalty)
        require_number("temperature", self.temperature, above=0.0)
        require_number("top_p", self.top_p, above=0.0, up_to=1.0)
        self._require_agreement()

    def _require_agreement(self) -> None:
        if not self.sampling and self.beams is not None and self.candidates > self.beams:
            raise SettingsError(
                f"candidates={self.candidates} is more than beams={self.beams}: a search returns at most as many "
                "texts as it has beams; raise beams, or set a temperature to sample"
            )
        if self.max_tokens is not None and self.min_tokens is not None and self.min_tokens > self.max_tokens:
            raise SettingsError(f"min_tokens={self.min_tokens} is more than max_tokens={self.max_tokens}")
        if not self.sampling and self.top_p < 1.0:
            raise SettingsError(f"top_p={self.top_p} only matters when sampling; set a temperature too, such as 1.0")

    @property
    def sampling(self) -> bool:
        return self.temperature is not None


def brief_settings(prompt: Prompt, longest: int | None) -> GenerationSettings:
    """How a model that can write `longest` tokens is to write what a prompt asks for."""
    most = min(int(_TOKENS_A_WORD * prompt.words) + 8, longest or 2 * prompt.words + 8)
    return GenerationSettings(
        beams=max(4, prompt.candidates),
        candidates=prompt.candidates,
        max_tokens=most,
        min_tokens=most // 2,
        no_repeat_ngram=3,
        seed=prompt.seed,
    )


@runtime_checkable
class Seq2Seq(Writer, Protocol):
    """A loaded encoder-decoder: a `Writer` that also counts, packs, and writes from any text.

    `newsum.generation.load` makes one.
    """

    @property
    def revision(self) -> str:
        """The checkpoint's."""

    @property
    def engine(self) -> str:
        """The backend, and how it computes: "torch float32", "ctranslate2 int8"."""

    @property
    def checkpoint(self) -> Checkpoint: ...

    def count(self, text: str) -> int:
        """The tokens of a text, special tokens not included."""

    def clean(self, text: str) -> str:
        """The text with nothing in it that the tokenizer would take for a special token."""

    def pack(self, documents: Sequence[Sequence[str]]) -> Packed:
        """The documents' sentences in one text that fits the window, each document a fair share."""

    def generate(
        self, sources: Sequence[str], settings: GenerationSettings | None = None
    ) -> list[tuple[Candidate, ...]]:
        """The candidates of each source text, best first, in the order of the sources.

        Texts are read as the tokenizer reads them, special tokens included: an article's goes through `clean` first
        (`pack` does that itself).

        Raises:
            SettingsError: a text is longer than the window, or a setting is beyond the model.
        """


def require_whole(name: str, value: Any, *, at_least: int, optional: bool = False) -> None:
    """Raises SettingsError where a setting is no whole number from `at_least` up."""
    if value is None and optional:
        return
    if not isinstance(value, int) or isinstance(value, bool) or value < at_least:
        alternative = " or None" if optional else ""
        raise SettingsError(f"{name}={value!r} is not allowed: pass a whole number from {at_least} up{alternative}")


def require_number(name: str, value: Any, *, above: float = -math.inf, up_to: float = math.inf) -> None:
    """Raises SettingsError where a setting is neither None nor a number in its range."""
    if value is None:
        return
    number = isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
    if not number or not above < value <= up_to:
        lower = "" if above == -math.inf else f" above {above:g}"
        upper = "" if up_to == math.inf else f" up to {up_to:g}"
        raise SettingsError(f"{name}={value!r} is not allowed: pass a number{lower}{upper}")
