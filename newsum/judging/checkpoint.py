"""Judges pairs by a sequence classification checkpoint trained on inference (RoBERTa or DeBERTa on MNLI, their kin).

In: a folder with config.json, safetensors and tokenizer. Out: `CheckpointJudge`. It needs `newsum[torch]`.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from newsum.errors import CheckpointError, needing
from newsum.generation.checkpoints import locate
from newsum.judging.entailing import Entailment, Pair

__all__ = ["CheckpointJudge"]

_LONGEST = 512  # tokens of premise and hypothesis, what such models take
_CLASSES = ("entail", "neutral", "contradict")  # how the labels of such models begin


class CheckpointJudge:
    """A judge by a checkpoint of the transformers library whose labels name entailment.

    Args:
        folder: config.json, model.safetensors and the tokenizer's files.

    Raises:
        MissingExtra: torch or transformers is not installed.
        CheckpointError: no label of the checkpoint names entailment, or it cannot be read.
    """

    def __init__(self, folder: str | Path, *, device: str = "cpu") -> None:
        with needing("torch", "a model of entailment"):
            import torch  # noqa: F401  transformers comes without it too
            from transformers import AutoModelForSequenceClassification, AutoTokenizer

        self.name, self.revision = Path(folder).name, locate(Path(folder)).revision
        try:
            self._tokenizer: Any = AutoTokenizer.from_pretrained(folder)
            model = AutoModelForSequenceClassification.from_pretrained(folder, use_safetensors=True)
        except (OSError, ValueError) as error:
            raise CheckpointError(f"{folder} cannot be read as a model of entailment: {error}") from error
        self._model: Any = model.to(device).eval()
        labels = {str(name).lower(): int(number) for number, name in self._model.config.id2label.items()}
        self._columns = [next((n for name, n in labels.items() if name.startswith(c)), None) for c in _CLASSES]
        if self._columns[0] is None:
            raise CheckpointError(
                f"{folder} is no model of entailment: its labels are {', '.join(labels)}; "
                "pass one that was trained on MNLI or the like"
            )

    def entailment(self, pairs: Sequence[Pair]) -> list[Entailment]:
        """One answer a pair, in order; a long premise is cut at its end."""
        return [self._answer(premise, hypothesis) for premise, hypothesis in pairs]

    def _answer(self, premise: str, hypothesis: str) -> Entailment:
        import torch

        pair = self._tokenizer(
            premise, hypothesis, truncation="only_first", max_length=_LONGEST, return_tensors="pt"
        ).to(self._model.device)
        with torch.no_grad():
            shares = torch.softmax(self._model(**pair).logits[0].float(), dim=-1).tolist()
        entailed, _, contradicted = (0.0 if column is None else shares[column] for column in self._columns)
        return Entailment(entailed, max(0.0, 1 - entailed - contradicted), contradicted)
