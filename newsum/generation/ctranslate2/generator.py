"""Running a causal checkpoint in CTranslate2, with 8-bit weights.

In: prompts' token ids and a `Completion`. Out: `Candidate`s. Each prompt is a call of its own: with 8-bit weights what
is written depends on the shape of the call, so prompts are never padded to one another. Those that need no chance run
side by side, one a thread.

CTranslate2 draws samples from a source of chance that each worker seeds once, when it first samples, and it keeps the
state of every static prompt for as long as it lives (46 KB a token for a model of 135M parameters). So what samples,
and what begins from a prompt that is read once, has a `ctranslate2.Generator` to itself: loading one takes .15 s, a
tenth of what four samples of 20 tokens do.
"""

import hashlib
from collections.abc import Mapping, Sequence
from threading import Lock
from typing import Any

import ctranslate2

from newsum.generation.causal import CausalBackend
from newsum.generation.checkpoints import Located
from newsum.generation.completion import Completion, Ids
from newsum.generation.writer import Candidate, distinct
from newsum.system.cache import Kept
from newsum.system.threads import others_kept

__all__ = ["CTranslate2Causal"]

_SEEDS = 2**32 - 1  # how many there are; the next number asks CTranslate2 to draw one
_SEEDING = Lock()  # the seed is the process's: it must stay until the worker that it is for has taken it


class CTranslate2Causal(CausalBackend):
    """A causal checkpoint held in CTranslate2.

    Args:
        vocabulary: the model's tokens, by id.
        converted: the folder of its weights.
        compute: "int8" or "float32".
        threads: cores to use.
    """

    def __init__(
        self,
        located: Located,
        tokenizer: Any,
        *,
        config: Mapping[str, Any],
        ends: Sequence[int],
        vocabulary: Sequence[str],
        converted: Kept,
        compute: str,
        threads: int,
    ) -> None:
        super().__init__(located, tokenizer, config=config, ends=ends)
        self.engine = f"ctranslate2 {compute}"
        self._vocabulary = vocabulary
        self._converted = converted
        self._compute = compute
        self._threads = threads
        self._held: ctranslate2.Generator | None = None

    def begin(self, beginning: Ids, *, seed: int = 0) -> "BegunInCTranslate2":
        return BegunInCTranslate2(self, beginning, seed)

    def load(self, *, workers: int = 1) -> ctranslate2.Generator:
        """The model, loaded anew, with so many prompts worked on side by side."""
        with others_kept():
            return ctranslate2.Generator(
                str(self._converted.folder),
                compute_type=self._compute,
                inter_threads=workers,
                intra_threads=max(1, self._threads // workers),
            )

    def tokens(self, ids: Ids) -> list[str]:
        """The ids as CTranslate2 has them."""
        return [self._vocabulary[number] for number in ids]

    def options(self, how: Completion) -> dict[str, Any]:
        """How to write, in CTranslate2's terms."""
        chance = {
            "sampling_topk": how.top_k,
            "sampling_topp": how.top_p,
            "sampling_temperature": how.temperature,
        }
        return {
            "beam_size": 1 if how.sampling else how.candidates,
            "num_hypotheses": how.candidates,
            "max_length": how.max_tokens,
            "min_length": how.min_tokens,
            "no_repeat_ngram_size": how.no_repeat_ngram,
            "suppress_sequences": [self.tokens(sequence) for sequence in how.suppressed] or None,
            "end_token": [*self.ends, *how.ends],
            "return_end_token": True,
            "return_scores": True,
            "include_prompt_in_result": False,
            **(chance if how.sampling else {}),
        }

    def candidates(self, answer: ctranslate2.GenerationResult) -> tuple[Candidate, ...]:
        """What was written, the best first."""
        found = zip(answer.sequences_ids, answer.scores, strict=True)
        return distinct([self.candidate(tokens, score) for tokens, score in found])

    def _write(self, prompts: Sequence[Ids], how: Completion, seed: int) -> list[tuple[Candidate, ...]]:
        if how.sampling:
            self._held = None  # or two models would be held at once
            return [self.begin((), seed=_seed_for(prompt, seed)).complete(prompt, how) for prompt in prompts]
        options, generator = self.options(how), self._holding(self._threads if len(prompts) > 1 else 1)
        waiting = [generator.generate_batch([self.tokens(p)], asynchronous=True, **options) for p in prompts]
        return [self.candidates(answer.result()) for (answer,) in waiting]

    def _holding(self, workers: int) -> ctranslate2.Generator:
        """The model for prompts side by side or for one; the last is held."""
        if self._held is None or self._held.num_generators != workers:
            self._held = None  # before another is loaded
            self._held = self.load(workers=workers)
        return self._held


class BegunInCTranslate2:
    """A `Begun` with a generator of its own, loaded when it is first asked."""

    def __init__(self, model: CTranslate2Causal, beginning: Ids, seed: int) -> None:
        self._model = model
        self._beginning = tuple(beginning)
        self._seed = seed
        self._generator: ctranslate2.Generator | None = None

    def complete(self, rest: Ids, how: Completion) -> tuple[Candidate, ...]:
        self._model.require_room(len(self._beginning) + len(rest), how)
        if self._generator is None:
            self._generator = _seeded(self._model, self._seed)
        static = self._model.tokens(self._beginning) or None
        (answer,) = self._generator.generate_batch(
            [self._model.tokens(rest)], static_prompt=static, **self._model.options(how)
        )
        return self._model.candidates(answer)


def _seeded(model: CTranslate2Causal, seed: int) -> ctranslate2.Generator:
    """A generator whose worker has taken that seed: it does so when it first samples."""
    with _SEEDING:
        ctranslate2.set_random_seed(seed % _SEEDS)
        generator = model.load()
        generator.generate_batch([model.tokens(model.ends[:1])], max_length=1, sampling_topk=0)
        ctranslate2.set_random_seed(_SEEDS)
    return generator


def _seed_for(prompt: Ids, seed: int) -> int:
    """A seed of a prompt's own, so that what it is asked beside has no part in its samples."""
    return int.from_bytes(hashlib.sha256(repr((seed, tuple(prompt))).encode()).digest()[:4], "big")
