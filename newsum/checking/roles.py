"""Says how much likelier two names of a line stand in each other's places in a sentence: who did what to whom.

In: a line, a sentence. Out: a number, from which checking/outlets.py takes it that the sentence has the act of one for
the other's. The words around a name tell its part: in "Corvane sued Halden" Corvane stands before "sued".
"""

from collections.abc import Mapping, Sequence
from itertools import combinations

from newsum.checking.company import Surroundings, likeness, surroundings
from newsum.system.patterns import regex
from newsum.text.analysis import Analysis
from newsum.text.names import Name

__all__ = ["exchanged"]

_NEAR = 60  # characters before a name that are searched
_BY = regex(r"\bby (?:the |an? |[A-Z][\w.]* )*\Z")


def exchanged(line: Analysis, sentence: Analysis) -> float:
    """What two names that both have would gain in each other's places, in likeness of the words around; at least 0.

    Of "was sued by Corvane" the words around tell nothing: where one has it and the other has not, it is 0.

    >>> from newsum.text.analysis import analyse
    >>> line = analyse("The lender Corvane sued its rival Halden over the failed merger.")
    >>> same = analyse("On Monday the lender Corvane sued Halden, its rival, over the merger.")
    >>> other = analyse("On Monday the lender Halden sued Corvane, its rival, over the merger.")
    >>> exchanged(line, same) < 0.03 < exchanged(line, other)
    True
    """
    ours, theirs = _by_name(line), _by_name(sentence)
    shared = [name for name in ours if name in theirs]
    if len(shared) < 2:
        return 0.0
    besides = {key for name in shared for each in (*ours[name], *theirs[name]) for key in each.keys}
    around = {name: surroundings(line, (ours[name][0].start, ours[name][0].end), besides) for name in shared}
    there = {name: [surroundings(sentence, (n.start, n.end), besides) for n in theirs[name]] for name in shared}
    turned = {name for name in shared if _is_agent(line, ours[name]) != _is_agent(sentence, theirs[name])}
    pairs = (two for two in combinations(shared, 2) if turned.isdisjoint(two))
    return max((0.0, *(_gain(around, there, *two) for two in pairs)))


def _is_agent(text: Analysis, found: Sequence[Name]) -> bool:
    """Whether a name stands after "by"."""
    return any(_BY.search(text.text, max(0, name.start - _NEAR), name.start) for name in found)


def _gain(
    around: Mapping[str, Surroundings], there: Mapping[str, Sequence[Surroundings]], one: str, other: str
) -> float:
    def best(name: str, place: str) -> float:
        return max(likeness(around[name], each) for each in there[place])

    return best(one, other) + best(other, one) - best(one, one) - best(other, other)


def _by_name(text: Analysis) -> dict[str, list[Name]]:
    """The names of a text by their last word."""
    found: dict[str, list[Name]] = {}
    for name in text.names:
        if name.keys:
            found.setdefault(name.keys[-1], []).append(name)
    return found
