"""The writer to be trained: the base with an adapter, whose states choose the next token of a line.

In: the base. Out: `WriterModel`, and how a row becomes a `Tree` for it: the reports are read once for all the lines
that rows with the same reports have.
"""

from collections.abc import Sequence
from typing import Any

import torch
from torch.nn import functional

from newsum.generation.asking import LINE_END, asked
from newsum.generation.base import Base
from newsum.tuning.adapting.llama import Llama
from newsum.tuning.adapting.packing import Packed, Tree
from newsum.tuning.writer.rows import WriterRow

__all__ = ["LAYERS", "WriterModel", "encoded"]

_FEW_SHAPES = 128  # oneDNN keeps the vocabulary's matrix, 33 MB, for every number of places that it meets
LAYERS, _FROZEN = 30, 4  # all of SmolLM2's; the first ones read letters into words and stay as they are


class WriterModel(torch.nn.Module):
    """Packed rows -> the mean cross entropy of the tokens that are to be learnt."""

    def __init__(self, base: Base) -> None:
        super().__init__()
        self.language = Llama(base, frozen=_FROZEN)

    def forward(self, batch: Packed) -> torch.Tensor:
        """Scalar, nats a token."""
        states = self.language(batch.ids, batch.places, batch.added)
        targets = batch.targets.flatten()
        places = torch.nonzero(targets >= 0)[:, 0]
        spare = -len(places) % _FEW_SHAPES
        read = torch.cat([places, places[:1].expand(spare)])
        logits = functional.linear(states.flatten(0, 1)[read], self.language.embedding)[: len(places)]
        losses = functional.cross_entropy(logits.float(), targets[places], reduction="none")
        weights = batch.weights.flatten()[places]
        mean: torch.Tensor = (losses * weights).sum() / weights.sum()
        return mean


def encoded(tokenizer: Any, rows: Sequence[WriterRow], *, most: int) -> Tree:
    """Rows of the same reports as one tree.

    The last token of the prompt stands at the head of each branch, for it is what the first token of a line is told
    from. Lines beyond `most` tokens in all are left out.
    """
    ids = asked(rows[0].reports, tokenizer)
    stem, opening = ids[:-1], ids[-1:]
    branches, targets = list[tuple[int, ...]](), list[tuple[int, ...]]()
    room = most - len(stem)
    for row in rows:
        told = _lines(tokenizer, row.told)
        lines = _lines(tokenizer, row.lines)
        branch = (*opening, *told, *lines)[:-1]
        wanted = (*(-1,) * len(told), *lines)
        if len(branch) <= room:
            branches.append(branch)
            targets.append(wanted)
            room -= len(branch)
    return Tree(tuple(stem), tuple(branches), tuple(targets), (1.0,) * len(branches))


def _lines(tokenizer: Any, lines: Sequence[str]) -> list[int]:
    text = "".join(f"{line}{LINE_END}" for line in lines)
    return list(tokenizer.encode(text, add_special_tokens=False).ids) if text else []
