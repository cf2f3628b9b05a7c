"""Compares whom a model credited with whom its lines rest on.

In: the lines of a brief as they are printed, each with the outlets that the model tagged it with, and the outlets that
it credited for the whole. Out: a notice. A model's credits are claims like its lines: they say whom to look at first,
and what stands in the brief is what newsum found.
"""

from collections.abc import Iterable, Sequence

from newsum.summary import Line

__all__ = ["wrong_credits"]


def wrong_credits(lines: Sequence[Line], credits: Iterable[str]) -> tuple[str, ...]:
    """A sentence on the outlets that the model credited for what they do not say; none where there are none."""
    said = {outlet for line in lines for outlet in (*line.outlets, *line.also, *line.cited)}
    wrong = dict.fromkeys(
        outlet for line in lines for outlet in line.claimed if outlet not in (*line.outlets, *line.also, *line.cited)
    ) | dict.fromkeys(outlet for outlet in credits if outlet not in said)
    if not wrong:
        return ()
    return (f"The model credited {' and '.join(wrong)} wrongly: the credits are those that newsum found.",)
