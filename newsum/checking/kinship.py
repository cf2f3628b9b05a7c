"""Says whether two words are one name: "Kestria" and "Kestrian", "Russia" and "Russian"; and names its initials."""

from collections.abc import Iterable

__all__ = ["akin", "initials"]

_ROOT = 5  # letters that two forms of one name share; with four, "Mark" would be "Markham" and "John" "Johnson"
_PEOPLES = frozenset(("n", "i", "an", "ian"))  # by which a root of four letters may go on: "Iranian", "Iraqi", "Cuban"


def akin(left: str, right: str) -> bool:
    """Whether two keys are forms of one name.

    >>> akin("kestrian", "kestria"), akin("iran", "iranian"), akin("mark", "markham")
    (True, True, False)
    """
    if left == right:
        return True
    shorter, longer = sorted((left, right), key=len)
    if not longer.startswith(shorter):
        return False
    return len(shorter) >= _ROOT or (len(shorter) == _ROOT - 1 and longer[len(shorter) :] in _PEOPLES)


def initials(keys: Iterable[str]) -> str:
    """The first letters of a name's words: "ioc" of the International Olympic Committee."""
    return "".join(key[0] for key in keys)
