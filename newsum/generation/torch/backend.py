"""Running a checkpoint in torch through transformers' `generate`.

In: texts. Out: their `Candidate`s. Texts run in batches of like length put together from their own content, so that
the same texts in another order run in the very same batches. Batches of another size move the scores by
some 1e-6 (32-bit sums in another order, padding; in bfloat16 0.07), which changes a token only where two texts score
that close.
"""

from collections.abc import Sequence
from typing import Any

import torch
from transformers import DynamicCache, EncoderDecoderCache, GenerationConfig
from transformers.modeling_outputs import BaseModelOutput

from newsum.generation import families
from newsum.generation.backend import Backend, Source
from newsum.generation.batching import buckets
from newsum.generation.checkpoints import Located
from newsum.generation.defaults import complete, own_settings
from newsum.generation.protocol import GenerationSettings
from newsum.generation.torch.decoding import Sampling, configure, generator
from newsum.generation.torch.loading import choose_device, fitting_type, load_model, load_tokenizer
from newsum.generation.writer import Candidate, distinct

__all__ = ["TorchSeq2Seq", "load_torch"]

_BATCH_TOKENS = {"cpu": 2048}  # source tokens a batch, padding included
_BATCH_TOKENS_GPU = 16_384
_SCORED_AT_ONCE = 2**25  # logits, 128 MB in 32 bits
# Models whose caches are plain `EncoderDecoderCache`s of `DynamicCache`s.
_PLAIN_CACHES = frozenset({"bart", "led", "mbart", "mt5", "pegasus", "t5"})


def load_torch(located: Located, device: str | None, *, compute: str | None = None) -> "TorchSeq2Seq":
    """Loads a located checkpoint onto a device; see `newsum.generation.load`.

    Args:
        compute: "bfloat16" or "float32"; None takes what the device is made for.
    """
    chosen = choose_device(device)
    model = load_model(located, chosen, fitting_type(chosen) if compute is None else getattr(torch, compute))
    tokenizer = load_tokenizer(located, model.config.get_text_config(decoder=True).vocab_size)
    return TorchSeq2Seq(located, model, tokenizer)


class TorchSeq2Seq(Backend):
    """A checkpoint held in torch."""

    def __init__(self, located: Located, model: Any, tokenizer: Any) -> None:
        config = {**model.config.to_dict(), **located.config}
        stated = own_settings(located.config, model.generation_config.to_dict(), families.summarization(config))
        super().__init__(
            located,
            tokenizer,
            config=config,
            own=complete(stated, model.config.to_dict(), tokenizer, located.source),
        )
        self._vocabulary = int(model.config.get_text_config(decoder=True).vocab_size)
        self.engine = f"torch {str(model.dtype).removeprefix('torch.')}"
        self.model = model
        # `generate` fills gaps from here and warns where both state a limit: ours states all, this nothing.
        model.generation_config = GenerationConfig()

    def _write(self, sources: Sequence[Source], settings: GenerationSettings) -> list[tuple[Candidate, ...]]:
        config = configure(self.own_defaults, settings, self.checkpoint.longest)
        tokens = _BATCH_TOKENS.get(self.model.device.type, _BATCH_TOKENS_GPU)
        written: list[tuple[Candidate, ...]] = []
        with torch.inference_mode():
            for positions in buckets(list(map(len, sources)), tokens=tokens, size=settings.batch_size):
                written += self._run([sources[position] for position in positions], config, settings)
        return written  # buckets of ascending lengths keep their order

    def _run(
        self, batch: Sequence[Source], config: GenerationConfig, settings: GenerationSettings
    ) -> list[tuple[Candidate, ...]]:
        """The candidates of one batch."""
        ids, mask = self._padded(batch)
        hidden = self._read(ids, mask)
        rows = settings.candidates if settings.sampling else 1  # a row for each sample
        ids, mask, hidden = (tensor.repeat_interleave(rows, dim=0) for tensor in (ids, mask, hidden))
        sequences = self.model.generate(
            input_ids=ids,
            attention_mask=mask,
            encoder_outputs=BaseModelOutput(last_hidden_state=hidden),
            generation_config=config,
            logits_processor=self._processors(batch, settings),
            **self._cache(),
        )
        per_row = config.num_return_sequences
        mask, hidden = (tensor.repeat_interleave(per_row, dim=0) for tensor in (mask, hidden))
        each = rows * per_row
        scores = self._scores(hidden, mask, sequences)
        most = int(config.max_length) - 1
        candidates = [self._finished(*row, most) for row in zip(sequences[:, 1:].tolist(), scores, strict=True)]
        grouped = [candidates[start : start + each] for start in range(0, len(candidates), each)]
        if settings.sampling:
            grouped = [sorted(group, key=lambda candidate: candidate.score or 0.0, reverse=True) for group in grouped]
        return [distinct(group) for group in grouped]

    def _read(self, ids: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        """The encoder's states, (rows, tokens, width)."""
        extra = {}
        if self._family.global_attention:
            everywhere = torch.zeros_like(mask)
            everywhere[:, 0] = 1
            if self._family.separator.strip():
                everywhere[ids == self.tokenizer.convert_tokens_to_ids(self._family.separator)] = 1
            extra["global_attention_mask"] = everywhere
        encoder = self.model.get_encoder()
        states: torch.Tensor = encoder(input_ids=ids, attention_mask=mask, return_dict=True, **extra)[0]
        return states

    def _processors(self, batch: Sequence[Source], settings: GenerationSettings) -> list[Any]:
        if settings.temperature is None:
            return []
        rows = [generator(settings.seed, index, source) for source in batch for index in range(settings.candidates)]
        return [Sampling(rows, settings.temperature, settings.top_p)]

    def _cache(self) -> dict[str, Any]:
        """The cache that `generate` is to fill, where its own would do needless work."""
        if self.model.config.model_type not in _PLAIN_CACHES:
            return {}
        decoder = self.model.get_decoder().config.get_text_config(decoder=True)
        cache = EncoderDecoderCache(DynamicCache(config=decoder), DynamicCache(config=decoder))
        # When beams change rank, only what they wrote moves along. All beams of a text read one source, so moving
        # that too copies rows onto equal rows: with BART-large and 1,024 tokens, 400 MB a text for every token.
        cache.reorder_cache = cache.self_attention_cache.reorder_cache
        return {"past_key_values": cache}

    def _scores(self, hidden: torch.Tensor, mask: torch.Tensor, sequences: torch.Tensor) -> list[list[float]]:
        """The log-probability of every token after the first, by one pass over the finished texts."""
        at_once = max(1, _SCORED_AT_ONCE // (sequences.shape[1] * self._vocabulary))
        found: list[list[float]] = []
        for start in range(0, len(sequences), at_once):
            rows = slice(start, start + at_once)
            logits = self.model(
                encoder_outputs=BaseModelOutput(last_hidden_state=hidden[rows]),
                attention_mask=mask[rows],
                decoder_input_ids=sequences[rows, :-1],
                use_cache=False,
            ).logits.float()
            chosen = logits.gather(-1, sequences[rows, 1:, None]).squeeze(-1)
            found.extend((chosen - logits.logsumexp(dim=-1)).tolist())
        return found

    def _finished(self, written: list[int], scores: list[float], most: int) -> Candidate:
        """A text up to its end; tokens that the checkpoint forces do not count for its score."""
        ends = self.own_defaults["eos_token_id"]
        length = next((place + 1 for place, token in enumerate(written) if token in ends), len(written))
        first = 1 if "forced_bos_token_id" in self.own_defaults and length > 1 else 0
        last = length - 1 if "forced_eos_token_id" in self.own_defaults and length == most > first + 1 else length
        return self._candidate(written[:length], sum(scores[first:last]) / (last - first))

    def _padded(self, sources: Sequence[tuple[int, ...]]) -> tuple[torch.Tensor, torch.Tensor]:
        multiple = self._family.multiple
        width = -(-max(map(len, sources)) // multiple) * multiple
        ids = torch.full((len(sources), width), self.own_defaults["pad_token_id"])
        mask = torch.zeros_like(ids)
        for row, source in enumerate(sources):
            ids[row, : len(source)] = torch.tensor(source)
            mask[row, : len(source)] = 1
        return ids.to(self.model.device), mask.to(self.model.device)
