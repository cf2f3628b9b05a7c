"""Judges pairs by a cross-encoder in 8 bits on the CPU: CTranslate2, tokenizers and numpy, no torch.

In: a judge's folder (folders.py). Out: `EncoderJudge`. The encoder reads "[CLS] premise [SEP] hypothesis [SEP]"; its
pooled state times the classifier's last layer gives three logits, softmax the three numbers.
"""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from newsum.errors import SettingsError
from newsum.judging.entailing import Entailment, Pair
from newsum.judging.fitting import fitted
from newsum.judging.folders import read_folder
from newsum.system.threads import others_kept

__all__ = ["EncoderJudge"]

_BATCH = 16  # pairs of one length a call; more are no faster on two cores
_SPECIAL = 3  # [CLS] and two [SEP]

Encoded = tuple[tuple[int, ...], tuple[int, ...]]  # token ids; types: 0 premise, 1 hypothesis


class EncoderJudge:
    """A judge of pairs; loaded once, safe to keep.

    A pair's answer is the same to the last bit alone, among others and in any order: see `_states`.

    Args:
        folder: as `recipes.judge export` makes it.
        threads: cores to use; None takes OMP_NUM_THREADS where it is set, else all that the process may use.

    Raises:
        CheckpointError: the folder is no judge's, or not whole.
    """

    def __init__(self, folder: str | Path, *, threads: int | None = None) -> None:
        import ctranslate2
        from tokenizers import Tokenizer

        self._folder = read_folder(Path(folder))
        self._tokenizer: Any = Tokenizer.from_file(str(self._folder.path / "tokenizer.json"))
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        with others_kept():
            self._encoder: Any = ctranslate2.Encoder(
                str(self._folder.path), device="cpu", compute_type="int8", intra_threads=threads or _cores()
            )

    @property
    def revision(self) -> str:
        """What a summary's provenance calls this judge: a hash over its files."""
        return self._folder.revision

    def entailment(self, pairs: Sequence[Pair]) -> list[Entailment]:
        """One answer a pair, in order.

        Raises:
            SettingsError: a text is empty, or a hypothesis takes more than half of the window.
        """
        prepared = [self._prepared(n, premise, hypothesis) for n, (premise, hypothesis) in enumerate(pairs)]
        different = sorted({encoded for encoded, _ in prepared}, key=lambda encoded: (len(encoded[0]), encoded))
        states = self._states(different)
        three = {encoded: self._three(state) for encoded, state in zip(different, states, strict=True)}
        return [Entailment(*three[encoded], left_out=left_out) for encoded, left_out in prepared]

    def _prepared(self, n: int, premise: str, hypothesis: str) -> tuple[Encoded, int]:
        for name, text in (("premise", premise), ("hypothesis", hypothesis)):
            if not isinstance(text, str) or not text.strip():
                raise SettingsError(f"the {name} of pair {n} is empty; a judge needs text on both sides")
        found = self._tokenizer.encode(premise, hypothesis)
        left_out = 0
        if len(found.ids) > self._folder.window:
            length = self._count(hypothesis)
            if length > self._folder.window // 2:
                raise SettingsError(
                    f"the hypothesis of pair {n} has {length} tokens; this judge takes {self._folder.window // 2}: "
                    "ask about its sentences one by one"
                )
            room = self._folder.window - _SPECIAL - length
            premise, left_out = fitted(premise, hypothesis, self._count, room)
            found = self._tokenizer.encode(premise, hypothesis)
        return (tuple(found.ids), tuple(found.type_ids)), left_out

    def _count(self, text: str) -> int:
        return len(self._tokenizer.encode(text, add_special_tokens=False).ids)

    def _states(self, different: Sequence[Encoded]) -> list[NDArray[np.float32]]:
        """The pooled state of each, (hidden,). Only pairs of one length share a call.

        Padding changes the order in which attention's sums are made, and with it the last bits.
        """
        with others_kept():
            return [state for batch in _batches(different) for state in self._call(batch)]

    def _call(self, batch: Sequence[Encoded]) -> list[NDArray[np.float32]]:
        ids = [list(ids) for ids, _ in batch]
        types = [list(types) for _, types in batch]
        output = self._encoder.forward_batch(ids, token_type_ids=types)
        return list(np.asarray(output.pooler_output, dtype=np.float32))

    def _three(self, state: NDArray[np.float32]) -> tuple[float, float, float]:
        logits = (state[:, None] * self._folder.weights).sum(axis=0).astype(np.float64) + self._folder.bias
        shares = np.exp(logits - logits.max())
        entailed, neutral, contradicted = (shares / shares.sum()).tolist()
        return entailed, neutral, contradicted


def _batches(different: Sequence[Encoded]) -> list[list[Encoded]]:
    batches: list[list[Encoded]] = []
    for encoded in different:
        if not batches or len(batches[-1]) == _BATCH or len(batches[-1][0][0]) != len(encoded[0]):
            batches.append([])
        batches[-1].append(encoded)
    return batches


def _cores() -> int:
    """OMP_NUM_THREADS where it is set, else the cores that this process may use."""
    if (stated := os.environ.get("OMP_NUM_THREADS", "")).isdecimal() and int(stated) > 0:
        return int(stated)
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
