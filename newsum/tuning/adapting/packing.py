"""Packs texts that begin alike into fixed rows: a premise is read once, however many hypotheses hang on it.

In: `Tree`s: a stem's token ids and its branches'. Out: `Packed` rows for `Llama`: each branch sees the stem and itself,
at the positions that it would have alone. A causal model's states over the stem do not depend on what comes after, so
every branch's states are what they would be in a text of its own.
"""

import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple, TypeVar

import torch

from newsum.errors import SettingsError

__all__ = ["Packed", "Tree", "endless", "packed"]

T = TypeVar("T")

UNSEEN = -1e4  # added to attention's logits where a token must not see another


class Tree(NamedTuple):
    """Texts with one beginning.

    Attributes:
        stem: token ids that all have; may be empty.
        branches: token ids that follow, one text each; none is empty.
        targets: per branch and token, what the loss makes of that place; -1 for nothing.
        weights: per branch.
    """

    stem: tuple[int, ...]
    branches: tuple[tuple[int, ...], ...]
    targets: tuple[tuple[int, ...], ...]
    weights: tuple[float, ...]

    @property
    def size(self) -> int:
        return len(self.stem) + sum(map(len, self.branches))


class Packed(NamedTuple):
    """A batch; shapes (rows, length), `added` (rows, length, length)."""

    ids: torch.Tensor
    places: torch.Tensor
    added: torch.Tensor
    targets: torch.Tensor
    weights: torch.Tensor


def packed(trees: Sequence[Tree], *, rows: int, length: int, order: random.Random) -> Iterator[Packed]:
    """Batches of so many rows of so many tokens, each tree whole in one row; larger trees than a row are left out."""
    bins: list[list[Tree]] = []
    room: list[int] = []
    for tree in sorted(trees, key=lambda tree: -tree.size):
        if tree.size > length:
            continue
        at = next((n for n in range(max(0, len(bins) - 60), len(bins)) if room[n] >= tree.size), None)
        if at is None:
            bins.append([])
            room.append(length)
            at = len(bins) - 1
        bins[at].append(tree)
        room[at] -= tree.size
    order.shuffle(bins)
    for start in range(0, len(bins) - rows + 1, rows):
        yield _batch(bins[start : start + rows], length)


def endless(
    items: list[T],
    trees_of: Callable[[T], Iterable[Tree]],
    *,
    pool: int,
    rows: int,
    length: int,
    order: random.Random,
) -> Iterator[Packed]:
    """Batches without end, each pass over the items in another order.

    Args:
        pool: how many items' trees are packed together.

    Raises:
        SettingsError: the items fill no batch.
    """
    while True:
        some = False
        order.shuffle(items)
        for start in range(0, len(items), pool):
            trees = [tree for item in items[start : start + pool] for tree in trees_of(item)]
            for batch in packed(trees, rows=rows, length=length, order=order):
                some = True
                yield batch
        if not some:
            raise SettingsError(f"the rows fill no batch of {rows * length:,} tokens; pass some hundreds at least")


def _batch(bins: Sequence[Sequence[Tree]], length: int) -> Packed:
    shape = (len(bins), length)
    ids, places = torch.zeros(shape, dtype=torch.long), torch.zeros(shape, dtype=torch.long)
    targets, weights = torch.full(shape, -1), torch.zeros(shape)
    text, branch = torch.zeros(shape, dtype=torch.long), torch.zeros(shape, dtype=torch.long)
    for row, trees in enumerate(bins):
        at = 0
        for number, tree in enumerate(trees, 1):
            end = at + len(tree.stem)
            ids[row, at:end], places[row, at:end] = torch.tensor(tree.stem), torch.arange(len(tree.stem))
            text[row, at : at + tree.size] = number
            at = end
            for own, (tokens, wanted, weight) in enumerate(
                zip(tree.branches, tree.targets, tree.weights, strict=True), 1
            ):
                end = at + len(tokens)
                ids[row, at:end] = torch.tensor(tokens)
                places[row, at:end] = len(tree.stem) + torch.arange(len(tokens))
                branch[row, at:end], targets[row, at:end], weights[row, at:end] = own, torch.tensor(wanted), weight
                at = end
    seen = text[:, :, None] == text[:, None, :]
    seen &= (branch[:, None, :] == 0) | (branch[:, :, None] == branch[:, None, :])
    seen &= torch.ones(length, length, dtype=torch.bool).tril()
    added = torch.zeros(len(bins), length, length).masked_fill(~seen, UNSEEN)
    return Packed(ids, places, added, targets, weights)
