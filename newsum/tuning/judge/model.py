"""The judge to be trained: the base's first layers with an adapter, read at a claim's last token by three classes.

In: the base, perhaps an adapter to start from. Out: `JudgeModel`, and how premise and hypotheses become a `Tree` for
it. A premise is read once for all its hypotheses, in training and in newsum alike: what a causal model makes of a text
does not depend on what follows.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch

from newsum.generation.base import Base
from newsum.judging.language import HYPOTHESIS, PREMISE
from newsum.tuning.adapting.llama import Llama, adapter_of, start_from
from newsum.tuning.adapting.packing import Packed, Tree
from newsum.tuning.judge.rows import LABELS

__all__ = ["LAYERS", "JudgeModel", "encoded", "loss_of"]

LAYERS, _FROZEN = 22, 6  # of SmolLM2's 30: the last ones choose words; the first ones read letters into words


class JudgeModel(torch.nn.Module):
    """Packed rows -> logits of entailed, neutral, contradicted at every place that has a target."""

    def __init__(self, base: Base) -> None:
        super().__init__()
        self.language = Llama(base, frozen=_FROZEN)
        self.head = torch.nn.Parameter(torch.zeros(3, self.language.hidden))

    def forward(self, batch: Packed) -> torch.Tensor:
        """(places with a target, 3), in the order of rows and places."""
        states = self.language(batch.ids, batch.places, batch.added)
        logits: torch.Tensor = states[batch.targets >= 0].float() @ self.head.T
        return logits

    def exported(self) -> dict[str, torch.Tensor]:
        """The adapter as newsum.generation.adapted reads it."""
        return {**adapter_of(self.language), "rows": self.head.detach().clone()}

    def start_from(self, adapter: Path) -> None:
        """Takes over the weights of an adapter that `exported` made."""
        self.head.data.copy_(start_from(self.language, adapter)["rows"])


def encoded(tokenizer: Any, premise: str, claims: Sequence[tuple[str, str, float]]) -> Tree:
    """A premise with its (hypothesis, label, weight) as one tree; stem and branches are tokenised each by itself."""
    stem = tuple(tokenizer.encode(PREMISE.format(premise), add_special_tokens=False).ids)
    branches = tuple(tuple(tokenizer.encode(HYPOTHESIS.format(c), add_special_tokens=False).ids) for c, _, _ in claims)
    targets = tuple(
        (-1,) * (len(branch) - 1) + (LABELS.index(label),)
        for branch, (_, label, _) in zip(branches, claims, strict=True)
    )
    return Tree(stem, branches, targets, tuple(weight for _, _, weight in claims))


def loss_of(logits: torch.Tensor, labels: torch.Tensor, weights: torch.Tensor) -> torch.Tensor:
    """Cross entropy (weighted mean), where label 3 says "neutral or contradicted": their sum is what must be high.

    Args:
        logits: (claims, 3).
        labels: (claims,), 0 to 3.
        weights: (claims,).
    """
    logs = torch.log_softmax(logits, dim=-1)
    either = torch.logsumexp(logs[:, 1:], dim=-1, keepdim=True)
    losses = -torch.cat([logs, either], dim=-1).gather(1, labels[:, None])[:, 0]
    return (losses * weights).sum() / weights.sum()
