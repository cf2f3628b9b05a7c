"""Running a checkpoint in CTranslate2, with 8-bit weights.

In: texts. Out: their `Candidate`s. The search is that of the torch backend, token for token in 32 bits, but that it
stops where as many texts have ended as it has beams (`early_stopping` in transformers, which some checkpoints leave
off), that texts cut at `max_tokens` may then be among the others, and that what the rules against repeats and early
ends forbid is left out of a score's reckoning.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import Any

import ctranslate2

from newsum.errors import SettingsError
from newsum.generation.backend import Backend, Source
from newsum.generation.batching import buckets
from newsum.generation.checkpoints import Located
from newsum.generation.defaults import beams, fewest_tokens, most_tokens
from newsum.generation.protocol import GenerationSettings, Seq2Seq
from newsum.generation.writer import Candidate, distinct
from newsum.system.cache import Kept
from newsum.system.threads import others_kept

__all__ = ["CTranslate2Seq2Seq"]

_BATCH_TOKENS = 4096  # source tokens a batch, padding included; 2048 takes a tenth longer
_NOTHING = -1e4  # the score of a text of no words, which CTranslate2 leaves unscored


class CTranslate2Seq2Seq(Backend):
    """A checkpoint held in CTranslate2.

    Args:
        vocabulary: the model's tokens, by id.
        converted: the folder of its weights.
        compute: "int8" or "float32".
        threads: cores to use, each for a batch of its own; all for the only one.
        sampler: what draws samples; None refuses them.

    Attributes:
        held: the model, loaded for batches side by side or for one; None until it is first asked.
    """

    def __init__(
        self,
        located: Located,
        tokenizer: Any,
        *,
        config: Mapping[str, Any],
        own: Mapping[str, Any],
        vocabulary: Sequence[str],
        converted: Kept,
        compute: str,
        threads: int,
        sampler: Callable[[], Seq2Seq] | None,
    ) -> None:
        super().__init__(located, tokenizer, config=config, own=own)
        self.engine = f"ctranslate2 {compute}"
        self._tokens = vocabulary
        self._ids = {token: number for number, token in enumerate(vocabulary)}
        self._converted = converted
        self._compute = compute
        self._threads = threads
        self._sampler = sampler
        self.held: ctranslate2.Translator | None = None

    def generate(
        self, sources: Sequence[str], settings: GenerationSettings | None = None
    ) -> list[tuple[Candidate, ...]]:
        if settings is None or not settings.sampling:
            return super().generate(sources, settings)
        if self._sampler is None:
            raise SettingsError(
                f'temperature={settings.temperature} does not go with backend="ctranslate2", which cannot draw '
                'samples text by text: pass backend="torch" or "auto", or leave the temperature out'
            )
        return self._sampling.generate(sources, settings)

    @cached_property
    def _sampling(self) -> Seq2Seq:
        assert self._sampler is not None
        return self._sampler()

    def _write(self, sources: Sequence[Source], settings: GenerationSettings) -> list[tuple[Candidate, ...]]:
        if not sources:
            return []
        search = _Search(self.own_defaults, settings, self.checkpoint.longest, self._tokens)
        share = math.ceil(len(sources) / self._threads)  # eight texts take 1.0 s so, 1.5 as one batch
        size = min(share, settings.batch_size or share)
        batches = buckets([len(source) for source in sources], tokens=_BATCH_TOKENS, size=size)
        translator = self._holding(self._threads if len(batches) > 1 else 1)
        waiting = [self._begun(translator, [sources[place] for place in batch], search) for batch in batches]
        # Buckets of ascending lengths keep their order
        return [self._candidates(answer.result(), search) for answers in waiting for answer in answers]

    def _holding(self, workers: int) -> ctranslate2.Translator:
        """The model for batches side by side or for one; the last is held."""
        if self.held is None or self.held.num_translators != workers:
            self.held = None  # before another is loaded: two would be held at once
            self.held = self._loaded(workers)
        return self.held

    def _loaded(self, workers: int) -> ctranslate2.Translator:
        try:
            return self._read(workers)
        except (OSError, RuntimeError):  # the cache was cleared since, or is being cleared
            self._converted = self._converted.again()
            return self._read(workers)

    def _read(self, workers: int) -> ctranslate2.Translator:
        with others_kept():
            return ctranslate2.Translator(
                str(self._converted.folder),
                compute_type=self._compute,
                inter_threads=workers,
                intra_threads=self._threads // workers,
            )

    def _begun(self, translator: ctranslate2.Translator, batch: Sequence[Source], search: "_Search") -> list[Any]:
        sources = [[self._tokens[token] for token in source] for source in batch]
        prefix = None if search.prefix is None else [search.prefix] * len(batch)
        return list(translator.translate_batch(sources, prefix, asynchronous=True, **search.options))

    def _candidates(self, answer: Any, search: "_Search") -> tuple[Candidate, ...]:
        """What was found, the best first.

        CTranslate2 answers a source of no tokens but those of its edges with nothing at all.
        """
        found: list[tuple[float, Candidate]] = []
        for hypothesis, score in zip(answer.hypotheses, answer.scores, strict=True):
            if tokens := [self._ids[token] for token in hypothesis]:
                tokens, rank, mean = search.finished(tokens, score)
                found.append((rank, self._candidate(tokens, mean)))
        if not found:
            return (self._candidate(self.own_defaults["eos_token_id"][:1], _NOTHING),)
        return distinct([candidate for _, candidate in sorted(found, key=lambda each: -each[0])])


class _Search:
    """One way of searching, in CTranslate2's terms."""

    def __init__(
        self, own: Mapping[str, Any], settings: GenerationSettings, longest: int | None, tokens: Sequence[str]
    ) -> None:
        self._most = most_tokens(own, settings, longest)
        self._ends = own["eos_token_id"]
        self._forced_end = own.get("forced_eos_token_id")
        width = beams(own, settings)
        stated = settings.length_penalty if settings.length_penalty is not None else own.get("length_penalty", 1.0)
        self._penalty = float(stated) if width > 1 else 1.0
        repeats = settings.no_repeat_ngram
        forced = own.get("forced_bos_token_id")
        self.prefix = None if forced is None else [tokens[forced]]
        # An end that is forced takes the last place, so the search itself has one less
        longest_search = max(1, self._most - (self._forced_end is not None))
        self.options = {
            "beam_size": width,
            "num_hypotheses": settings.candidates,
            "length_penalty": self._penalty,
            "no_repeat_ngram_size": own.get("no_repeat_ngram_size", 0) if repeats is None else repeats,
            "max_decoding_length": longest_search,
            "min_decoding_length": min(fewest_tokens(own, settings, self._most), longest_search),
            "max_input_length": 0,
            "end_token": self._ends,
            "return_end_token": True,
            "return_scores": True,
        }

    def finished(self, tokens: list[int], score: float) -> tuple[list[int], float, float]:
        """(the text with its forced end, what it ranks by, its mean log-probability).

        CTranslate2 divides by the length that it wrote; transformers ranks by that with the forced tokens, whose
        log-probability is 0, and newsum's scores leave them out.
        """
        length = len(tokens)
        total = score * length**self._penalty
        counted = max(1, length - (self.prefix is not None))
        if self._forced_end is not None and tokens[-1] not in self._ends:
            last = self._forced_end[0] if isinstance(self._forced_end, list) else self._forced_end
            tokens = [*tokens[: self._most - 1], last]
        return tokens, total / len(tokens) ** self._penalty, total / counted
