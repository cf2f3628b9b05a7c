"""Says what a recipe hands on: a pair about one sentence, before its premise is dressed with context and outlet."""

from collections.abc import Sequence
from typing import NamedTuple

__all__ = ["Made", "Site", "Turn", "changed"]


class Site(NamedTuple):
    """One sentence of an article and what stands around it.

    Attributes:
        before, after: the sentences next to it, nearest first for `after`, nearest last for `before`.
        people, places, others: names of the article by kind; full names where the article has them.
        rest: other plain sentences of the article, this one and its neighbours not among them.
    """

    sentence: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    people: tuple[str, ...]
    places: tuple[str, ...]
    others: tuple[str, ...]
    rest: tuple[str, ...]


class Turn(NamedTuple):
    """A sentence said otherwise: does the old entail the new (`forward`), does the new entail the old (`backward`)?"""

    text: str
    forward: str
    backward: str
    family: str


class Made(NamedTuple):
    """A finished pair: the premise's core sentences, without the context, and the hypothesis."""

    premise: str
    hypothesis: str
    label: str
    family: str
    context: bool = True  # whether the site's neighbours may stand around the premise


def changed(mine: Sequence[str], theirs: Sequence[str]) -> slice:
    """Which words of the one sentence are not those of the other, from the first that differs to the last."""
    start = next((n for n, (a, b) in enumerate(zip(mine, theirs, strict=False)) if a != b), 0)
    end = next((n for n, (a, b) in enumerate(zip(mine[::-1], theirs[::-1], strict=False)) if a != b), 0)
    return slice(start, len(mine) - end)
