"""How torch decodes: one complete generation config, and the steps newsum adds to each token's scores.

In: a checkpoint's own generation settings and a caller's. Out: a `GenerationConfig` in which nothing is
left to defaults (half-stated limits are what transformers warns about), and logits processors.
A processor takes the ids written so far, (rows, written), and the scores of the next token,
(rows, vocabulary), and returns the scores.
"""

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

import torch
from transformers import GenerationConfig

from newsum.generation.defaults import beams, fewest_tokens, most_tokens
from newsum.generation.protocol import GenerationSettings

__all__ = ["Sampling", "Unrepeated", "configure", "generator"]


def configure(own: Mapping[str, Any], settings: GenerationSettings, longest: int | None) -> GenerationConfig:
    """One config that states everything; lengths count the decoder's start token, as transformers does.

    Raises:
        SettingsError: `max_tokens` is beyond what the decoder can write.
    """
    values = {key: value for key, value in own.items() if key not in ("max_new_tokens", "min_new_tokens")}
    most = most_tokens(own, settings, longest)
    values["max_length"] = most + 1
    fewest = fewest_tokens(own, settings, most)
    values["min_length"] = fewest + 1 if fewest else 0
    if settings.length_penalty is not None:
        values["length_penalty"] = float(settings.length_penalty)
    if settings.no_repeat_ngram is not None:
        values["no_repeat_ngram_size"] = settings.no_repeat_ngram
    width, returned = beams(own, settings), settings.candidates
    if settings.sampling:
        width = returned = 1  # each sample is a row of its own
    if width == 1:  # these belong to beam search, and transformers complains of them elsewhere
        values = {key: value for key, value in values.items() if key not in ("length_penalty", "early_stopping")}
    # Renormalised, a token's score is its log-probability among what the rules against repeats and early ends leave
    ours = {"num_beams": width, "num_return_sequences": returned, "do_sample": False, "renormalize_logits": True}
    return GenerationConfig(**values | ours)


class Sampling:
    """Turns greedy choice into sampling: the highest of scores plus Gumbel noise is a fair draw.

    (Maddison, Tarlow and Minka, 2014.) Each row draws from a generator of its own, so a sample
    depends neither on the rows beside it nor on torch's global state, which is not touched.
    """

    def __init__(self, generators: Sequence[torch.Generator], temperature: float, top_p: float, top_k: int = 0) -> None:
        self._generators = generators
        self._temperature = temperature
        self._top_p = top_p
        self._top_k = top_k

    def __call__(self, input_ids: torch.Tensor, scores: torch.Tensor) -> torch.Tensor:
        scores = scores / self._temperature
        if 0 < self._top_k < scores.shape[-1]:
            least = scores.topk(self._top_k, dim=-1).values[:, -1:]
            scores = scores.masked_fill(scores < least, float("-inf"))
        if self._top_p < 1.0:
            scores = _keep_likeliest(scores, self._top_p)
        noise = torch.empty(scores.shape, dtype=torch.float32)
        for row, generator in zip(noise, self._generators, strict=True):
            row.exponential_(generator=generator)
        return scores - noise.clamp_min_(torch.finfo(torch.float32).tiny).log_().to(scores.device)


class Unrepeated:
    """Keeps n-grams from being written twice; those of the prompt may be, for a brief takes its words from there."""

    def __init__(self, size: int, prompt: int) -> None:
        self._size = size
        self._prompt = prompt  # tokens of it

    def __call__(self, input_ids: torch.Tensor, scores: torch.Tensor) -> torch.Tensor:
        for row, ids in zip(scores, input_ids[:, self._prompt :].tolist(), strict=True):
            before = ids[len(ids) - self._size + 1 :]
            ngrams = zip(*(ids[start:] for start in range(self._size)), strict=False)
            row[[ngram[-1] for ngram in ngrams if list(ngram[:-1]) == before]] = float("-inf")
        return scores


def generator(seed: int, index: int, source: Sequence[int]) -> torch.Generator:
    """The source of randomness for one sample of one source, from the seed and the source's tokens."""
    digest = hashlib.sha256(repr((seed, index, tuple(source))).encode()).digest()
    return torch.Generator().manual_seed(int.from_bytes(digest[:8], "big") >> 1)


def _keep_likeliest(scores: torch.Tensor, top_p: float) -> torch.Tensor:
    """Leaves the fewest tokens that hold `top_p` of the probability, at least one (Holtzman et al., 2020)."""
    ordered, order = scores.sort(dim=-1, descending=True)
    before = ordered.softmax(dim=-1).cumsum(dim=-1) - ordered.softmax(dim=-1)
    ordered = ordered.masked_fill(before >= top_p, float("-inf"))
    return torch.empty_like(scores).scatter_(-1, order, ordered)
