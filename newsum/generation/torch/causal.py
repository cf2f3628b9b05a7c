"""Running a causal checkpoint in torch through transformers' `generate`.

In: prompts' token ids and a `Completion`. Out: `Candidate`s. Each prompt runs alone, its candidates as rows of one
batch, so that nothing depends on what is asked beside it.
"""

import copy
from collections.abc import Mapping, Sequence
from typing import Any

import torch
from transformers import DynamicCache, GenerationConfig

from newsum.generation.causal import CausalBackend
from newsum.generation.checkpoints import Located
from newsum.generation.completion import Completion, Ids
from newsum.generation.ctranslate2.tokenizing import read_tokenizer
from newsum.generation.torch.decoding import Sampling, Unrepeated, generator
from newsum.generation.torch.loading import choose_device, fitting_type, load_causal_model
from newsum.generation.writer import Candidate, distinct

__all__ = ["TorchCausal", "load_causal_torch"]


def load_causal_torch(located: Located, device: str | None, *, compute: str | None = None) -> "TorchCausal":
    """Loads a located causal checkpoint onto a device; see `newsum.generation.load`.

    Args:
        compute: "bfloat16" or "float32"; None takes what the device is made for.

    Raises:
        CheckpointError: it has no tokenizer.json, names no end, or its weights are missing or unfit.
    """
    tokenizer, ends = read_tokenizer(located)
    chosen = choose_device(device)
    model = load_causal_model(located, chosen, fitting_type(chosen) if compute is None else getattr(torch, compute))
    return TorchCausal(located, model, tokenizer, {**model.config.to_dict(), **located.config}, ends)


class TorchCausal(CausalBackend):
    """A causal checkpoint held in torch."""

    def __init__(
        self, located: Located, model: Any, tokenizer: Any, config: Mapping[str, Any], ends: Sequence[int]
    ) -> None:
        super().__init__(located, tokenizer, config=config, ends=ends)
        self.engine = f"torch {str(model.dtype).removeprefix('torch.')}"
        self.model = model
        model.generation_config = GenerationConfig()  # ours states all, as in backend.py

    def begin(self, beginning: Ids, *, seed: int = 0) -> "BegunInTorch":
        return BegunInTorch(self, beginning, seed)

    def _write(self, prompts: Sequence[Ids], how: Completion, seed: int) -> list[tuple[Candidate, ...]]:
        return [self.go_on(prompt, how, self.chances(seed, prompt, how.candidates)) for prompt in prompts]

    def chances(self, seed: int, prompt: Ids, rows: int) -> list[torch.Generator]:
        """A source of chance for each row."""
        return [generator(seed, index, prompt) for index in range(rows)]

    def read(self, beginning: Ids) -> DynamicCache:
        """The model's state after a beginning."""
        cache = DynamicCache(config=self.model.config.get_text_config(decoder=True))
        if beginning:
            with torch.inference_mode():
                self.model(torch.tensor([list(beginning)], device=self.model.device), past_key_values=cache)
        return cache

    def go_on(
        self, prompt: Ids, how: Completion, chances: Sequence[torch.Generator], state: DynamicCache | None = None
    ) -> tuple[Candidate, ...]:
        """The candidates for one prompt; `state` is the model's after its beginning, and is left as it was."""
        rows = how.candidates if how.sampling else 1
        ids = torch.tensor([list(prompt)] * rows, device=self.model.device)
        kept = copy.deepcopy(state)
        if kept is not None and how.candidates > 1:  # a search's beams are rows of it too
            kept.batch_repeat_interleave(how.candidates)
        with torch.inference_mode():
            written = self.model.generate(
                input_ids=ids,
                attention_mask=torch.ones_like(ids),
                generation_config=self._configured(how),
                logits_processor=self._processors(how, len(prompt), chances),
                **({} if kept is None else {"past_key_values": kept}),
            )
            found = [self._finished(row.tolist(), len(prompt), how) for row in written]
        return distinct(sorted(found, key=lambda each: each.score or 0.0, reverse=True))

    def _configured(self, how: Completion) -> GenerationConfig:
        width = 1 if how.sampling else how.candidates
        return GenerationConfig(
            max_new_tokens=how.max_tokens,
            min_new_tokens=how.min_tokens or None,
            num_beams=width,
            num_return_sequences=width,
            do_sample=False,
            eos_token_id=[*self.ends, *how.ends],
            pad_token_id=self.ends[0],
            bad_words_ids=[list(sequence) for sequence in how.suppressed] or None,
        )

    def _processors(self, how: Completion, prompt: int, chances: Sequence[torch.Generator]) -> list[Any]:
        found: list[Any] = [Unrepeated(how.no_repeat_ngram, prompt)] if how.no_repeat_ngram else []
        if how.temperature is not None:
            found.append(Sampling(chances, how.temperature, how.top_p, how.top_k))
        return found

    def _finished(self, row: list[int], prompt: int, how: Completion) -> Candidate:
        """A text up to its end, with its mean log-probability a token."""
        ends = {*self.ends, *how.ends}
        written = row[prompt:]
        length = next((place + 1 for place, token in enumerate(written) if token in ends), len(written))
        ids = torch.tensor([row[: prompt + length]], device=self.model.device)
        logits = self.model(ids[:, :-1]).logits[0, prompt - 1 :].float()
        chosen = logits.log_softmax(dim=-1).gather(-1, ids[0, prompt:, None])
        return self.candidate(written[:length], float(chosen.mean()))


class BegunInTorch:
    """A `Begun` with the model's state after the beginning."""

    def __init__(self, model: TorchCausal, beginning: Ids, seed: int) -> None:
        self._model = model
        self._beginning = tuple(beginning)
        self._seed = seed
        self._calls = 0
        self._state: DynamicCache | None = None

    def complete(self, rest: Ids, how: Completion) -> tuple[Candidate, ...]:
        self._model.require_room(len(self._beginning) + len(rest), how)
        if self._state is None:
            self._state = self._model.read(self._beginning)
        prompt = (*self._beginning, *rest)
        chances = self._model.chances(self._seed, (self._calls, *prompt), how.candidates)
        self._calls += 1
        return self._model.go_on(prompt, how, chances, self._state)
