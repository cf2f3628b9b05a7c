"""Finds the outlets that a sentence cites as having reported what it says.

"The ship had sailed, Reuters reported", "citing the Associated Press", "officials told the Guardian": whose reporting
it is stands in the sentence itself, so nothing but its words is needed to check it. A name counts as an outlet where
newsum.outlets.names knows it, or where its last word is one that outlets bear ("Northgate Wire").
"""

import re
from collections.abc import Iterable, Iterator

from newsum.outlets.names import canonical, is_host, outlet_key
from newsum.system.patterns import regex
from newsum.text.lexicon import CITING, OUTLETS_REPORT, any_of, capital

__all__ = ["citations", "cited", "same", "without_citations"]

_PART = r"[A-Z][\w&.'’-]*"
# The longest run of capitals after the words that cite; which part of it is an outlet's name is told by the table.
_NAME = rf"(?:[Tt]he\s+)?({_PART}(?:\s+(?:(?:of|the|and|&)\s+)?{_PART}){{0,4}})"
_AFTER = regex(
    rf"\b(?:{any_of(CITING | capital(CITING))}|reports? (?:by|from|in)|"
    r"(?:(?:first )?reported|published|quoted|cited|obtained|seen|reviewed) (?:by|in)|"
    rf"(?:reports|reported|notes|writes)(?= the\b| [A-Z]))\s+{_NAME}"
)
_BEFORE = regex(rf"{_NAME}(?:['’]s)?\s+(?:has\s+|had\s+|also\s+|first\s+|later\s+)*{any_of(OUTLETS_REPORT)}\b")
_EVENT = regex(r"\b(?:after|before|because|since|until|when|whether|if)\s+$", re.IGNORECASE)
_LAST = frozenset(
    """broadcasting bugle chronicle courier gazette herald inquirer journal mail news observer post press radio times
    tribune wire""".split()
)
_LAST_TWO = frozenset(("news agency", "press agency"))
# Local stations: by call sign ("WISN", "KTVU-TV"), or by their network and channel or place ("ABC7", "CBS New York")
_STATION = regex(
    r"(?!(?:KPMG|WADA|WNBA)\b)[KW][A-Z]{3}(?:-(?:AM|FM|TV))?|(?:ABC|CBS|CW|Fox|FOX|NBC)(?:\s?\d{1,2}|(?:\s[A-Z][\w.]*){1,3})"
)
_NO_NAME = frozenset("as but and while when if in on at after before because though although since the".split())
_NO_OUTLET = frozenset(("The White House",))  # publishes, but as a party to what it says


def cited(text: str, *, besides: Iterable[str] = ()) -> tuple[str, ...]:
    """The outlets that a sentence cites, in order, each once.

    Args:
        besides: outlets that are left out: "officials told the Guardian" cites nobody in the Guardian.

    >>> cited("The ship had left, the Associated Press reported, citing officials who spoke to the BBC.")
    ('Associated Press',)
    """
    found = (name for start, _, name in citations(text) if not _in_passing(text[:start]))
    return tuple(name for name in dict.fromkeys(found) if not any(same(name, other) for other in besides))


def same(left: str, right: str) -> bool:
    """Whether two names are one outlet's."""
    return outlet_key(canonical(left)) == outlet_key(canonical(right))


def _in_passing(before: str) -> bool:
    """Whether a report is mentioned as an event ("hours after Reuters reported it") or by somebody who is quoted."""
    quoted = before.count('"') % 2 == 1 or before.count("“") > before.count("”")
    return quoted or _EVENT.search(before) is not None


def citations(text: str) -> tuple[tuple[int, int, str], ...]:
    """(start, end, outlet) of each place where a sentence cites an outlet."""
    return tuple(_found(text))


def without_citations(text: str) -> str:
    """The sentence without its words of citing, so that it is compared by what it says."""
    if not citations(text):
        return text
    kept = text
    for start, end, _ in sorted(citations(text), reverse=True):
        kept = kept[:start] + kept[end:]
    return " ".join(kept.split())


def _found(text: str) -> Iterator[tuple[int, int, str]]:
    reports = any(map(text.__contains__, OUTLETS_REPORT))  # which are quicker to look for
    for pattern in (_AFTER, _BEFORE) if reports else (_AFTER,):
        for match in pattern.finditer(text):
            words = match[1].split()
            for size in range(
                len(words), 0, -1
            ):  # the longest outlet that the run opens or, before its verb, closes with
                part = words[:size] if pattern is _AFTER else words[-size:]
                if name := _outlet(" ".join(part)):
                    yield match.start(), match.end(), name
                    break


def _outlet(name: str) -> str:
    """The outlet's usual name; "" where it is none."""
    bare = re.sub(r"(?:['’]s?|[.,])+$", "", name)
    known = canonical(outlet_key(bare))
    if known != outlet_key(bare):
        return "" if known in _NO_OUTLET else known
    if _STATION.fullmatch(bare) or is_host(bare):
        return bare
    words = bare.lower().split()
    is_one = len(words) > 1 and (words[-1] in _LAST or " ".join(words[-2:]) in _LAST_TWO)
    return bare if is_one and words[0] not in _NO_NAME else ""
