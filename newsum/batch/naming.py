"""Story ids, which anybody may have written, -> names for their files.

In: ids in the order of the run. Out: names that every common file system takes, of which no two are the same there:
no separators, no leading point, nothing that Windows reserves, a bounded length, and different even where case or the
form of an accent does not count. An id that makes a good name is its own name; a story without one is named by its
title.
"""

import hashlib
import re
import unicodedata

from newsum.system.patterns import regex

__all__ = ["Names", "slug"]

_SLUG = 70  # characters: a headline of twelve words
_LONGEST = 100  # bytes; file systems take 255, and a digest, a suffix and a draft's mark are added
_UNSAFE = regex(r"[^\w.+-]+")
_RESERVED = regex(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)


class Names:
    """The names given so far.

    >>> names = Names()
    >>> names.of("storm"), names.of("Storm"), names.of("../storm")
    ('storm', 'Storm-5870f9bf', 'storm-2eec3b44')
    """

    def __init__(self) -> None:
        self._used: set[str] = set()

    def of(self, identity: str) -> str:
        """A name for the next story; the same ids in the same order get the same names."""
        name = _safe(identity)
        if name != identity or _folded(name) in self._used:
            name = f"{name}-{hashlib.sha256(identity.encode('utf-8', 'surrogatepass')).hexdigest()[:8]}"
        number, free = 1, name
        while _folded(free) in self._used:
            number += 1
            free = f"{name}-{number}"
        self._used.add(_folded(free))
        return free


def slug(title: str) -> str:
    """A name that tells a reader what a title is about: its words in lower case, as many as fit; "" where it has none.

    >>> slug("FEE-FI-FO-FUM! Rovers land their £45m giant (or was it £38m?)")
    'fee-fi-fo-fum-rovers-land-their-45m-giant-or-was-it-38m'
    """
    words = re.findall(r"\w+", unicodedata.normalize("NFC", re.sub(r"(?<=\w)[’'](?=\w)", "", title)).casefold())
    kept = ""
    for word in words:
        longer = f"{kept}-{word}".strip("-_")
        if len(longer) > _SLUG:
            break
        kept = longer
    return kept or "".join(words)[:_SLUG]


def _safe(identity: str) -> str:
    name = _UNSAFE.sub("-", unicodedata.normalize("NFC", identity[: 4 * _LONGEST]))
    name = name.encode("utf-8", "ignore")[:_LONGEST].decode("utf-8", "ignore").strip(".-") or "story"
    return f"story-{name}" if _RESERVED.fullmatch(name) else name


def _folded(name: str) -> str:
    return unicodedata.normalize("NFKC", name).casefold()
