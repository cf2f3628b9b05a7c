"""Running a checkpoint in torch through transformers' `generate`.

In: `Request`s. Out: their `Candidate`s. Equal requests are run once, and the rest in batches of
like length put together from the requests' own content, so that the same requests in another
order run in the very same batches. Batches of another size move the scores by some 1e-6 (32-bit sums in
another order, padding), which changes a token only where two texts score that close.
"""

from collections.abc import Sequence
from typing import Any

import torch
from transformers import DynamicCache, EncoderDecoderCache, GenerationConfig
from transformers.modeling_outputs import BaseModelOutput

from newsum.errors import CheckpointError, SettingsError
from newsum.seq2seq import families
from newsum.seq2seq.batching import buckets
from newsum.seq2seq.checkpoints import Checkpoint, Located
from newsum.seq2seq.decoding import Allowed, Sampling, always_allowed, configure, generator, own_settings
from newsum.seq2seq.generation import Candidate, GenerationSettings
from newsum.seq2seq.packing import Packed, Request, neutralise, pack
from newsum.seq2seq.torch_loading import choose_device, load_model, load_tokenizer

__all__ = ["TorchSeq2Seq", "load_torch"]

_BATCH_TOKENS = {"cpu": 2048}  # source tokens a batch, padding included
_BATCH_TOKENS_GPU = 16_384
_SCORED_AT_ONCE = 2**25  # logits, 128 MB in 32 bits
# Models whose caches are plain `EncoderDecoderCache`s of `DynamicCache`s.
_PLAIN_CACHES = frozenset({"bart", "led", "mbart", "mt5", "pegasus", "t5"})

Key = tuple[tuple[int, ...], frozenset[int] | None]  # a request's source tokens and what it allows


def load_torch(located: Located, device: str | None) -> "TorchSeq2Seq":
    """Loads a located checkpoint onto a device; see `newsum.seq2seq.load`."""
    chosen = choose_device(device)
    model = load_model(located, chosen)
    tokenizer = load_tokenizer(located, model.config.get_text_config(decoder=True).vocab_size)
    return TorchSeq2Seq(located, model, tokenizer)


class TorchSeq2Seq:
    """A checkpoint held in torch."""

    name = "torch"

    def __init__(self, located: Located, model: Any, tokenizer: Any) -> None:
        config = {**model.config.to_dict(), **located.config}
        self.tokenizer = tokenizer
        self._model = model
        self._family = families.family_of(config, tokenizer.get_vocab())
        self.checkpoint = Checkpoint(
            name=located.name,
            revision=located.revision,
            family=self._family.name,
            source=located.source,
            window=families.window_of(config, tokenizer.model_max_length),
            longest=families.longest_output(config),
            strategy=families.strategy_of(config),
        )
        own = own_settings(located.config, model.generation_config.to_dict(), families.summarization(config))
        self._own = _complete(own, model, tokenizer, located.source)
        # `generate` fills gaps from here and warns where both state a limit: ours states all, this nothing.
        model.generation_config = GenerationConfig()
        self._special = _special_tokens(tokenizer, self._family.separator.strip())

    def count(self, text: str) -> int:
        return self._count([text])[0]

    def clean(self, text: str) -> str:
        return neutralise(text, self._special)

    def pack(self, documents: Sequence[Sequence[str]]) -> Packed:
        return pack(
            [[self.clean(sentence) for sentence in document] for document in documents],
            family=self._family,
            window=self.checkpoint.window,
            room=self.checkpoint.window - len(self._encode([""])[0]),
            count=self._count,
        )

    def generate(
        self, requests: Sequence[Request], settings: GenerationSettings | None = None
    ) -> list[tuple[Candidate, ...]]:
        settings = settings or GenerationSettings()
        config = configure(self._own, settings, self.checkpoint.longest)
        keys = self._keys(requests)
        unique = sorted(set(keys), key=_content)
        tokens = _BATCH_TOKENS.get(self._model.device.type, _BATCH_TOKENS_GPU)
        written: dict[Key, tuple[Candidate, ...]] = {}
        with torch.inference_mode():
            for positions in buckets([len(source) for source, _ in unique], tokens=tokens, size=settings.batch_size):
                batch = [unique[position] for position in positions]
                written.update(zip(batch, self._run(batch, config, settings), strict=True))
        return [written[key] for key in keys]

    def _keys(self, requests: Sequence[Request]) -> list[Key]:
        sources = self._encode([request.text for request in requests])
        vocabulary = self._vocabulary
        for number, (source, request) in enumerate(zip(sources, requests, strict=True)):
            if len(source) > self.checkpoint.window:
                raise SettingsError(
                    f"request {number} has {len(source)} tokens and {self.checkpoint.name} reads "
                    f"{self.checkpoint.window}: shorten it, or choose its sentences with pack()"
                )
            if request.allowed and not 0 <= min(request.allowed) <= max(request.allowed) < vocabulary:
                raise SettingsError(f"request {number} allows a token that is not one of the model's {vocabulary}")
        return [(source, request.allowed) for source, request in zip(sources, requests, strict=True)]

    def _run(
        self, batch: Sequence[Key], config: GenerationConfig, settings: GenerationSettings
    ) -> list[tuple[Candidate, ...]]:
        """The candidates of one batch."""
        ids, mask = self._padded([source for source, _ in batch])
        hidden = self._read(ids, mask)
        rows = settings.candidates if settings.sampling else 1  # a row for each sample
        ids, mask, hidden = (tensor.repeat_interleave(rows, dim=0) for tensor in (ids, mask, hidden))
        sequences = self._model.generate(
            input_ids=ids,
            attention_mask=mask,
            encoder_outputs=BaseModelOutput(last_hidden_state=hidden),
            generation_config=config,
            logits_processor=self._processors(batch, settings),
            **self._cache(),
        )
        per_row = config.num_return_sequences
        mask, hidden = (tensor.repeat_interleave(per_row, dim=0) for tensor in (mask, hidden))
        scores = self._scores(hidden, mask, sequences)
        candidates = [self._candidate(*row) for row in zip(sequences[:, 1:].tolist(), scores, strict=True)]
        each = rows * per_row
        grouped = [candidates[start : start + each] for start in range(0, len(candidates), each)]
        if settings.sampling:
            grouped = [sorted(group, key=lambda candidate: -candidate.score) for group in grouped]
        return [_distinct(group) for group in grouped]

    def _read(self, ids: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        """The encoder's states, (rows, tokens, width)."""
        extra = {}
        if self._family.global_attention:
            everywhere = torch.zeros_like(mask)
            everywhere[:, 0] = 1
            if self._family.separator.strip():
                everywhere[ids == self.tokenizer.convert_tokens_to_ids(self._family.separator)] = 1
            extra["global_attention_mask"] = everywhere
        encoder = self._model.get_encoder()
        states: torch.Tensor = encoder(input_ids=ids, attention_mask=mask, return_dict=True, **extra)[0]
        return states

    def _processors(self, batch: Sequence[Key], settings: GenerationSettings) -> list[Any]:
        processors: list[Any] = []
        if any(allowed is not None for _, allowed in batch):
            processors.append(Allowed(self._blocked([allowed for _, allowed in batch]), self._own["eos_token_id"][0]))
        if settings.temperature is not None:
            rows = [
                generator(settings.seed, index, source) for source, _ in batch for index in range(settings.candidates)
            ]
            processors.append(Sampling(rows, settings.temperature, settings.top_p))
        return processors

    def _blocked(self, allowed: Sequence[frozenset[int] | None]) -> torch.Tensor:
        """What each request may not write, (requests, vocabulary)."""
        blocked = torch.zeros(len(allowed), self._vocabulary, dtype=torch.bool)
        for row, tokens in zip(blocked, allowed, strict=True):
            if tokens is not None:
                row.fill_(True)
                row[sorted(tokens | set(always_allowed(self._own)))] = False
        return blocked.to(self._model.device)

    def _cache(self) -> dict[str, Any]:
        """The cache that `generate` is to fill, where its own would do needless work."""
        if self._model.config.model_type not in _PLAIN_CACHES:
            return {}
        decoder = self._model.config.get_text_config(decoder=True)
        cache = EncoderDecoderCache(DynamicCache(config=decoder), DynamicCache(config=decoder))
        # When beams change rank, only what they wrote moves along. All beams of a request read one source, so moving
        # that too copies rows onto equal rows: with BART-large and 1,024 tokens, 400 MB a request for every token.
        cache.reorder_cache = cache.self_attention_cache.reorder_cache
        return {"past_key_values": cache}

    def _scores(self, hidden: torch.Tensor, mask: torch.Tensor, sequences: torch.Tensor) -> list[list[float]]:
        """The log-probability of every token after the first, by one pass over the finished texts."""
        at_once = max(1, _SCORED_AT_ONCE // (sequences.shape[1] * self._vocabulary))
        found: list[list[float]] = []
        for start in range(0, len(sequences), at_once):
            rows = slice(start, start + at_once)
            logits = self._model(
                encoder_outputs=BaseModelOutput(last_hidden_state=hidden[rows]),
                attention_mask=mask[rows],
                decoder_input_ids=sequences[rows, :-1],
                use_cache=False,
            ).logits.float()
            chosen = logits.gather(-1, sequences[rows, 1:, None]).squeeze(-1)
            found.extend((chosen - logits.logsumexp(dim=-1)).tolist())
        return found

    def _candidate(self, written: list[int], scores: list[float]) -> Candidate:
        ends = self._own["eos_token_id"]
        length = next((place + 1 for place, token in enumerate(written) if token in ends), len(written))
        forced = 1 if self._own.get("forced_bos_token_id") is not None and length > 1 else 0
        text = self.tokenizer.decode(written[:length], skip_special_tokens=True)
        return Candidate(
            text=self._family.written(text),
            tokens=tuple(written[:length]),
            score=sum(scores[forced:length]) / (length - forced),
        )

    def _padded(self, sources: Sequence[tuple[int, ...]]) -> tuple[torch.Tensor, torch.Tensor]:
        multiple = self._family.multiple
        width = -(-max(map(len, sources)) // multiple) * multiple
        ids = torch.full((len(sources), width), self._own["pad_token_id"])
        mask = torch.zeros_like(ids)
        for row, source in enumerate(sources):
            ids[row, : len(source)] = torch.tensor(source)
            mask[row, : len(source)] = 1
        return ids.to(self._model.device), mask.to(self._model.device)

    def _encode(self, texts: Sequence[str]) -> list[tuple[int, ...]]:
        """Token ids as the encoder reads them; a text of no tokens at all is its end alone."""
        if not texts:
            return []
        found = self.tokenizer([self._family.prefix + text for text in texts], verbose=False)["input_ids"]
        return [tuple(ids) or (self._own["eos_token_id"][0],) for ids in found]

    def _count(self, texts: Sequence[str]) -> list[int]:
        found = self.tokenizer(list(texts), add_special_tokens=False, verbose=False)["input_ids"]
        return [len(ids) for ids in found]

    @property
    def _vocabulary(self) -> int:
        return int(self._model.config.get_text_config(decoder=True).vocab_size)


def _complete(own: dict[str, Any], model: Any, tokenizer: Any, source: str) -> dict[str, Any]:
    """A checkpoint's own settings with the special ids that it leaves to its tokenizer."""
    for name in ("pad_token_id", "eos_token_id", "bos_token_id", "decoder_start_token_id"):
        if own.get(name) is None:
            own[name] = getattr(model.config, name, None)
        if own[name] is None:
            own[name] = getattr(tokenizer, name, None)
    if own["eos_token_id"] is None:
        raise CheckpointError(f"{source} names no eos_token_id, so its texts would not end: save it with one")
    if own["decoder_start_token_id"] is None and own["bos_token_id"] is None:
        raise CheckpointError(f"{source} names no decoder_start_token_id: save it with one")
    ends = own["eos_token_id"]
    own["eos_token_id"] = list(ends) if isinstance(ends, list | tuple) else [ends]
    if own["pad_token_id"] is None:
        own["pad_token_id"] = own["eos_token_id"][0]
    starts_with_end = own["decoder_start_token_id"] in own["eos_token_id"]
    language = getattr(tokenizer, "src_lang", None)
    if starts_with_end and own.get("forced_bos_token_id") is None and isinstance(language, str):
        # mBART-50, M2M-100 and NLLB write the language first: here that of the articles.
        own["forced_bos_token_id"] = tokenizer.convert_tokens_to_ids(language)
    return {name: value for name, value in own.items() if value is not None}


def _special_tokens(tokenizer: Any, separator: str) -> list[str]:
    """Every string that the tokenizer reads as a special token."""
    added = [token.content for token in tokenizer.added_tokens_decoder.values() if token.special]
    return sorted({separator, *tokenizer.all_special_tokens, *added} - {""})


def _content(key: Key) -> tuple[int, tuple[int, ...], tuple[int, ...]]:
    """The order of requests: by length, then by what they say and allow, never by place."""
    source, allowed = key
    return len(source), source, (-1,) if allowed is None else tuple(sorted(allowed))


def _distinct(candidates: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """Each text once; empty ones, with which a search fills up, only where there is nothing else."""
    found = {candidate.tokens: candidate for candidate in candidates if candidate.text} or {
        candidate.tokens: candidate for candidate in candidates[:1]
    }
    return tuple(found.values())
