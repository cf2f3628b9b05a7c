"""Which texts run together: neighbours in length, up to a budget of tokens.

In: the lengths of the texts, in an order that does not depend on how they were asked for.
Out: groups of their positions. Padding is wasted work, so a batch holds texts of like length.
"""

from collections.abc import Sequence

__all__ = ["buckets"]


def buckets(lengths: Sequence[int], *, tokens: int, size: int | None = None) -> list[list[int]]:
    """Positions of ascending lengths, cut where rows x longest would pass `tokens`, or rows `size`.

    >>> buckets([3, 4, 9, 9], tokens=10)
    [[0, 1], [2], [3]]
    """
    groups: list[list[int]] = []
    for position in sorted(range(len(lengths)), key=lengths.__getitem__):
        group = groups[-1] if groups else []
        full = size is not None and len(group) >= size
        if not group or full or (len(group) + 1) * lengths[position] > tokens:
            groups.append([position])
        else:
            group.append(position)
    return groups
