"""How torch decodes: one complete generation config, and the steps newsum adds to each token's scores.

In: a checkpoint's own generation settings and a caller's. Out: a `GenerationConfig` in which nothing is
left to defaults (half-stated limits are what transformers warns about), and logits processors
for `Request.allowed` and for sampling. A processor takes the ids written so far, (rows, written),
and the scores of the next token, (rows, vocabulary), and returns the scores.
"""

import hashlib
from collections.abc import Collection, Mapping, Sequence
from typing import Any

import torch
from transformers import GenerationConfig

from newsum.errors import SettingsError
from newsum.seq2seq.generation import GenerationSettings

__all__ = ["Allowed", "Sampling", "always_allowed", "configure", "generator", "own_settings"]

_LONGEST_BY_DEFAULT = 256  # for a checkpoint that states no limit; transformers would stop at 20
_DEAD_END = -1e4  # closes a text that nothing may follow, below any text that could go on
_KEPT = (
    "bad_words_ids",
    "begin_suppress_tokens",
    "bos_token_id",
    "decoder_start_token_id",
    "early_stopping",
    "encoder_no_repeat_ngram_size",
    "eos_token_id",
    "forced_bos_token_id",
    "forced_eos_token_id",
    "length_penalty",
    "max_length",
    "max_new_tokens",
    "min_length",
    "min_new_tokens",
    "no_repeat_ngram_size",
    "num_beams",
    "pad_token_id",
    "repetition_penalty",
    "suppress_tokens",
)


def own_settings(*layers: Mapping[str, Any]) -> dict[str, Any]:
    """A checkpoint's own settings for summaries, from where they may be stated; later layers go before earlier."""
    return {key: value for layer in layers for key in _KEPT if (value := layer.get(key)) is not None}


def configure(own: Mapping[str, Any], settings: GenerationSettings, longest: int | None) -> GenerationConfig:
    """One config that states everything; lengths count the decoder's start token, as transformers does.

    Raises:
        SettingsError: `max_tokens` is beyond what the decoder can write.
    """
    values = {key: value for key, value in own.items() if key not in ("max_new_tokens", "min_new_tokens")}
    most = _most(own, settings, longest)
    values["max_length"] = most + 1
    fewest = _fewest(own, settings, most)
    values["min_length"] = fewest + 1 if fewest else 0
    if settings.length_penalty is not None:
        values["length_penalty"] = float(settings.length_penalty)
    if settings.no_repeat_ngram is not None:
        values["no_repeat_ngram_size"] = settings.no_repeat_ngram
    if settings.sampling:
        beams = returned = 1  # each sample is a row of its own
    else:
        beams = settings.beams or max(int(own.get("num_beams", 1)), settings.candidates)
        returned = settings.candidates
    if beams == 1:  # these belong to beam search, and transformers complains of them elsewhere
        values = {key: value for key, value in values.items() if key not in ("length_penalty", "early_stopping")}
    return GenerationConfig(**values | {"num_beams": beams, "num_return_sequences": returned, "do_sample": False})


class Allowed:
    """Keeps each request's rows to the tokens that it allows.

    Where the other rules (no repeats, a minimum length) have ruled out all of those, the text is
    closed, at a score that loses to any other.
    """

    def __init__(self, blocked: torch.Tensor, close: int) -> None:
        self._blocked = blocked  # (requests, vocabulary), bool
        self._close = close

    def __call__(self, input_ids: torch.Tensor, scores: torch.Tensor) -> torch.Tensor:
        requests, vocabulary = self._blocked.shape
        view = scores.view(requests, -1, vocabulary)  # rows of one request lie together
        view.masked_fill_(self._blocked[:, None], float("-inf"))
        dead = scores.amax(dim=-1) == float("-inf")
        scores[dead, self._close] = _DEAD_END
        return scores


class Sampling:
    """Turns greedy choice into sampling: the highest of scores plus Gumbel noise is a fair draw.

    (Maddison, Tarlow and Minka, 2014.) Each row draws from a generator of its own, so a sample
    depends neither on the rows beside it nor on torch's global state, which is not touched.
    """

    def __init__(self, generators: Sequence[torch.Generator], temperature: float, top_p: float) -> None:
        self._generators = generators
        self._temperature = temperature
        self._top_p = top_p

    def __call__(self, input_ids: torch.Tensor, scores: torch.Tensor) -> torch.Tensor:
        scores = scores / self._temperature
        if self._top_p < 1.0:
            scores = _keep_likeliest(scores, self._top_p)
        noise = torch.empty(scores.shape, dtype=torch.float32)
        for row, generator in zip(noise, self._generators, strict=True):
            row.exponential_(generator=generator)
        return scores - noise.clamp_min_(torch.finfo(torch.float32).tiny).log_().to(scores.device)


def generator(seed: int, index: int, source: Sequence[int]) -> torch.Generator:
    """The source of randomness for one sample of one request, from the seed and the request's tokens."""
    digest = hashlib.sha256(repr((seed, index, tuple(source))).encode()).digest()
    return torch.Generator().manual_seed(int.from_bytes(digest[:8], "big") >> 1)


def _most(own: Mapping[str, Any], settings: GenerationSettings, longest: int | None) -> int:
    if settings.max_tokens is None:
        most = int(own.get("max_new_tokens") or own.get("max_length", _LONGEST_BY_DEFAULT + 1) - 1)
        return max(1, most if longest is None else min(most, longest))
    if longest is not None and settings.max_tokens > longest:
        raise SettingsError(f"max_tokens={settings.max_tokens} is more than the {longest} tokens this model can write")
    return settings.max_tokens


def _fewest(own: Mapping[str, Any], settings: GenerationSettings, most: int) -> int:
    if settings.min_tokens is not None:
        if settings.min_tokens > most:
            raise SettingsError(f"min_tokens={settings.min_tokens} is more than the {most} tokens that may be written")
        return settings.min_tokens
    fewest = int(own.get("min_new_tokens") or max(0, own.get("min_length", 0) - 1))
    return fewest if fewest < most else 0


def _keep_likeliest(scores: torch.Tensor, top_p: float) -> torch.Tensor:
    """Leaves the fewest tokens that hold `top_p` of the probability, at least one (Holtzman et al., 2020)."""
    ordered, order = scores.sort(dim=-1, descending=True)
    before = ordered.softmax(dim=-1).cumsum(dim=-1) - ordered.softmax(dim=-1)
    ordered = ordered.masked_fill(before >= top_p, float("-inf"))
    return torch.empty_like(scores).scatter_(-1, order, ordered)


def always_allowed(own: Mapping[str, Any]) -> Collection[int]:
    """The ids that start or end a text, which no restriction may take away."""
    names = ("bos_token_id", "decoder_start_token_id", "eos_token_id", "forced_bos_token_id", "forced_eos_token_id")
    found: set[int] = set()
    for value in (own[name] for name in names if own.get(name) is not None):
        found.update(value if isinstance(value, list | tuple) else [value])
    return found
