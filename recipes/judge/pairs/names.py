"""Finds who and where an article is about, by capitals and by how names come back in it; plain, not complete.

In: an article's sentences. Out: `Names`: people by full name, places, other names.
"""

import re
from collections import Counter
from typing import NamedTuple

from recipes.judge.pairs.english import DAYS, MONTHS, NAME

__all__ = ["TITLE", "Names", "found_in", "names_of", "surname"]

TITLE = re.compile(
    r"^(?:President|Sen\.|Senator|Rep\.|Gov\.|Governor|Judge|Justice|Prime Minister|Secretary|Mayor|Mr\.|Mrs\.|"
    r"Ms\.|Dr\.|"
    r"Attorney General|House Speaker|Speaker|Vice President|Chief Justice|Gen\.|Chancellor|King|Queen|Prince|Pope)\s+"
)
_NO_NAME = frozenset(
    f"{' '.join(DAYS)} {' '.join(MONTHS)} The But And For This That They Their His Her She It In On At An As If When "
    "While After Before Since With Without Some Many Most More All Both Each One Two Three Four Five There Here What "
    "Why How Who Not No Yes We You He Its Our My By From Of To Or So Yet Now Then Also Still Even Only Just Last Next "
    "According Republican Republicans Democrat Democrats Democratic American Americans President Senator Congress "
    "House Senate White Black Asian Hispanic Christian Muslim Jewish Catholic Internet Twitter Facebook Mr Mrs Ms Dr "
    "Sen Rep Gov Russian Chinese British French German Israeli Iranian Iraqi Syrian European African Mexican Latino "
    "Islamic Though Although Because Former Earlier Guest Despite During Under Over Another Commander Director Other "
    "Like Photo File English Spanish Arab Western Eastern Northern Southern Bible God Lord Election Day Inc "
    "Corp".split()
)
_PLACE_BEFORE = re.compile(r"\b(?:in|near|across|throughout|outside|from) (?:the )?$")
_GROUP = re.compile(
    r"\b(?:Party|Committee|Court|University|College|Department|Agency|Council|Association|Union|Institute|Times|Post|News|"
    r"Journal|Bank|Group|Company|Corp|Inc|House|Senate|Commission|Administration|Service|Office|Center|Foundation|Act|Bill|"
    r"County|City|State|Street|Avenue|School|Church|Hospital|Bureau|Board|Force|Army|Navy|Guard|Ministry|Parliament|Media|"
    r"Press|Radio|Airport|Square|Park|Island|Islands|Hill|Valley|River|Lake|Mountains|Beach|Springs|York|Jersey|Hampshire|"
    r"Carolina|Dakota|Virginia|Mexico|Angeles|Francisco|Diego|Orleans|Vegas|Arabia|Korea|Kong|States|Kingdom|Nations|"
    r"Today|World|America|American|National|International|Supreme|Federal|Central|North|South|East|West|San|Santa|Los|Las|"
    r"Fort|Port|Saint|St|Mount|Middle|Tea|Wall|Capitol|Planned|Security|Intelligence|Health|Justice|Defense|Amendment)\b"
)


class Names(NamedTuple):
    """Names of one article, commonest first; people with first name and surname."""

    people: tuple[str, ...]
    places: tuple[str, ...]
    others: tuple[str, ...]


def names_of(sentences: tuple[str, ...]) -> Names:
    """Who and where the article is about."""
    count: Counter[str] = Counter()
    placed: Counter[str] = Counter()
    text = "  ".join(sentences)
    for found in NAME.finditer(text):
        if re.search(r"[a-z,’'] $", text[max(0, found.start() - 2) : found.start()]) and found[0] not in _NO_NAME:
            count[found[0]] += 1
            placed[found[0]] += bool(_PLACE_BEFORE.search(text[max(0, found.start() - 16) : found.start()]))
    people = _people(text)
    held = {part for person in people for part in person.split()}
    places = [
        n
        for n, c in count.most_common()
        if placed[n] >= max(1, c / 2) and n not in held and n not in people and not re.match(r"[A-Z]{2}", n)
    ]
    others = [n for n, _ in count.most_common() if n not in places and n not in people and n.split()[-1] not in held]
    return Names(people, tuple(places[:8]), tuple(others[:8]))


def _people(text: str) -> tuple[str, ...]:
    """Two or three capitals of which the last comes back alone: "Tim Kaine ... Kaine said"."""
    found: Counter[str] = Counter()
    for match in NAME.finditer(text):
        name = TITLE.sub("", match[0])
        parts = name.split()
        if len(parts) in (2, 3) and not _GROUP.search(name) and not set(parts) & _NO_NAME:
            alone = re.search(
                rf"(?<![A-Z][a-z]\s)(?<![a-z]\s[A-Z]\.\s)(?<!{re.escape(parts[-2])} )\b{re.escape(parts[-1])}\b", text
            )
            if alone and len(parts[-1]) > 2:
                found[name] += 1
    return tuple(name for name, _ in found.most_common(8))


def surname(person: str) -> str:
    """The last part of a person's name."""
    return person.split()[-1]


def found_in(sentence: str, people: tuple[str, ...]) -> list[tuple[int, int, str]]:
    """Where the sentence names which of the people, by full name or surname: (start, end, full name), in order."""
    spots = []
    for person in people:
        own = surname(person)
        if sum(surname(other) == own for other in people) > 1:
            continue
        for match in re.finditer(rf"\b(?:{re.escape(person)}|{re.escape(own)})\b", sentence):
            if not re.match(r"['’]s? ?[A-Z]|-| [A-Z][a-z]", sentence[match.end() : match.end() + 4]):
                spots.append((match.start(), match.end(), person))
    return sorted(spots)
