"""A sequence classification checkpoint trained on inference, as a judge of lines: premise and hypothesis in, 0..1 out.

Any model of the transformers library whose labels name entailment serves (RoBERTa or DeBERTa on MNLI, and their kin).
Nothing is downloaded unless a hub name is given; `newsum.checking.check` takes the judge as `entailment`.
"""

from pathlib import Path
from typing import Any

from newsum.errors import SettingsError, needing

__all__ = ["SequenceClassifier"]

_LONGEST = 512  # tokens of premise and hypothesis, what such models take


class SequenceClassifier:
    """Judges by a checkpoint; an `Entailment` (newsum.checking).

    Args:
        checkpoint: a folder or a hub name.

    Raises:
        MissingExtra: torch or transformers is not installed.
        SettingsError: no label of the checkpoint names entailment.
    """

    def __init__(self, checkpoint: str | Path, *, device: str = "cpu") -> None:
        with needing("torch", "a model of entailment"):
            import torch  # noqa: F401  transformers comes without it too
            from transformers import AutoModelForSequenceClassification, AutoTokenizer

        self._tokenizer: Any = AutoTokenizer.from_pretrained(checkpoint)
        self._model: Any = AutoModelForSequenceClassification.from_pretrained(checkpoint).to(device).eval()
        labels = {str(name).lower(): int(number) for number, name in self._model.config.id2label.items()}
        named = [number for name, number in labels.items() if name.startswith("entail")]
        if not named:
            raise SettingsError(
                f"{checkpoint} is no model of entailment: its labels are {', '.join(labels)}; "
                "pass one that was trained on MNLI or the like"
            )
        self._entailed = named[0]

    def __call__(self, premise: str, hypothesis: str) -> float:
        """The probability that the premise entails the hypothesis; a long premise is cut at its end."""
        import torch

        pair = self._tokenizer(
            premise, hypothesis, truncation="only_first", max_length=_LONGEST, return_tensors="pt"
        ).to(self._model.device)
        with torch.no_grad():
            logits = self._model(**pair).logits[0]
        return float(torch.softmax(logits.float(), dim=-1)[self._entailed])
