"""Introduces people: where a line is the first to name somebody by the surname, the full name and office are put in.

In: a line, the lines above it, the people that the articles name in full. Out: the line as a reader can understand it,
and the sentences that the names come from.

A full name is what an article calls the same person: a run of two or three capitalised words that ends with the
surname, which an article then uses by itself; an office is the titles before it ("House Speaker John Boehner"). That
it is a person an office, a "Mr." or what only people do must show somewhere: "Ukraine House" is none. Where two people
of a story have one surname, nothing is put in, and nothing ever inside a quotation.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from newsum.similarity.stories import StoryAnalysis
from newsum.system.patterns import regex
from newsum.text.analysis import Analysis, Passage
from newsum.text.lexicon import (
    OFFICES,
    QUOTED,
    RANKS,
    REPORTING,
    STOPPED_TITLES,
    TITLE_ABBREVIATIONS,
    TITLES,
    any_of,
    capital,
)
from newsum.text.names import Name

__all__ = ["Introduced", "Mentions", "Person", "introduced", "mentions_of", "person_of"]

# Said to anybody: no office
_COURTESY = {"sir", "lady", "lord", "dame", "mr", "mrs", "ms", "mx", "mlle", "mme"}
_ABBREVIATIONS = TITLE_ABBREVIATIONS | STOPPED_TITLES
_TITLE = (
    rf"(?:{any_of(capital((TITLES | OFFICES) - _COURTESY))}|{any_of(capital(_ABBREVIATIONS - _COURTESY))}\.|General)"
)
_RANKED = any_of(capital(RANKS))
_IN_FULL = rf"\b(?:{_RANKED} )*(?:{_TITLE} ){{1,2}}"
_OFFICE, _LEADING_OFFICE = regex(rf"{_IN_FULL}$"), regex(_IN_FULL)
_COURTEOUS = regex(rf"\b(?:{any_of(capital(_COURTESY))})\.? $")
_ACTS = regex(rf",? (?:{any_of(REPORTING)}|who|whose|called|tweeted)\b|, \d\d, |, an? [a-z]")
_FULL = regex(r"(?!\w*[A-Z]{2,}\w* )[A-Z][\w’'.-]*(?: [A-Z]\.)?(?: [A-Z][\w’'-]+){1,2}")  # no "GOP Senate"
_BODY = regex(rf"{_RANKED} ")  # "House Democrats", "Senate Republicans"
_ANOTHER_NAME = regex(r"[A-Z][\w.’'-]* $")
_NO_PERSON_BEFORE = regex(r"(?:\b[Tt]he|\b(?:in|at|from|near|to|of the|into|outside|across|around)) $")
_PLACE_AFTER = regex(
    r"^(?:,? [A-Z]|[’']s? [A-Z]|-| (?:Street|County|City|State|University|Administration|House|Act|Party|Group))"
)
_THE = ("the ", "The ")
_BEFORE = 40  # characters before a name in which its titles stand
_SAME = 4  # times as often as another first name: then that one is a slip


@dataclass(frozen=True, slots=True)
class Person:
    """A person whom articles name in full: the name, and where each article first has it, with the office there."""

    full: str
    told: dict[str, tuple[Passage, str]]


Mentions = Mapping[str, Sequence[tuple[Passage, Name]]]  # by a name's last word, which may be a surname


@dataclass(frozen=True, slots=True)
class Introduced:
    """A line with its people introduced, and the sentences that their names are from."""

    text: str
    named: tuple[Passage, ...]


def mentions_of(story: StoryAnalysis) -> Mentions:
    """The names in a story's articles."""
    mentions: dict[str, list[tuple[Passage, Name]]] = {}
    parts = (zip(article.readable, article.sentences, strict=True) for article in story.articles)
    for passage in (part or whole for own in parts for part, whole in own):
        text = passage.text
        for name in passage.analysis.names:
            mentions.setdefault(text[name.start : name.end].rsplit(None, 1)[-1], []).append((passage, name))
    return mentions


def person_of(surname: str, mentions: Mentions) -> Person | None:
    """The person whom articles name in full and then by this surname; None where there is none, or more than one."""
    own = mentions.get(surname, ())
    if all(name.first + 1 == name.last for _, name in own) or surname.isupper():  # most: nowhere more than the surname
        return None
    full, told = Counter[str](), dict[str, dict[str, tuple[Passage, str]]]()
    alone, is_person = 0, False
    for passage, name in own:
        text, before, after = _run(passage.text, name)
        is_person = is_person or _is_of_person(before, after)
        if text == surname:
            alone += -1 if before.endswith(_THE) else not _NO_PERSON_BEFORE.search(before)
        elif _FULL.fullmatch(text) and not before.endswith(_THE) and not _BODY.match(text):
            full[text] += 1
            office = _OFFICE.search(before)
            told.setdefault(text, {}).setdefault(passage.article.id, (passage, office[0] if office else ""))
    if not (full and is_person and alone > 0):
        return None
    (best, count), *rest = full.most_common()
    same = all(name.split()[0] == best.split()[0] or number * _SAME <= count for name, number in rest)
    return Person(best, told[best]) if same else None


def _is_of_person(before: str, after: str) -> bool:
    """Whether what stands around a name tells that it is a person's."""
    called = _COURTEOUS.search(before) or before[-2:] == after[:2] == ", " or _ACTS.match(after)
    return bool(called or _OFFICE.search(before))


def introduced(line: Analysis, above: Iterable[str], mentions: Mentions, articles: Collection[str] = ()) -> Introduced:
    """The line, each person whom nothing above it names by the full name and office at the first mention.

    Args:
        articles: the ids of those whose sentences may give a name; where there are none, any article's.
    """
    told = " ".join(above)
    text, named = line.text, list[Passage]()
    for surname in dict.fromkeys(line.text[name.start : name.end].split()[-1] for name in line.names):
        person = None if surname in told else person_of(surname, mentions)
        if person is None or person.full in text:
            continue
        if not all(key in person.told for key in articles):
            continue
        found = [person.told[key] for key in articles or list(person.told)[:1]]
        put_in = _put_in(text, surname, person.full, found[0][1])
        if put_in != text:
            text, named = put_in, [*named, *(passage for passage, _ in found)]
    return Introduced(text, tuple(named))


def _put_in(line: str, surname: str, full: str, office: str) -> str:
    quoted = [match.span() for match in QUOTED.finditer(line)]
    for mention in re.finditer(rf"\b{re.escape(surname)}\b", line):
        if any(start <= mention.start() < end for start, end in quoted):
            return line
        before, after = line[: mention.start()], line[mention.end() :]
        if _NO_PERSON_BEFORE.search(before) or _PLACE_AFTER.match(after):
            continue
        if _OFFICE.search(before):
            return f"{before}{full}{after}"
        if (courtesy := _COURTEOUS.search(before)) is not None:
            return f"{before[: courtesy.start()]}{office}{full}{after}"
        if _ANOTHER_NAME.search(before):
            return line  # another first name, or a name of something
        return f"{before}{office}{full}{after}"
    return line


def _run(text: str, name: Name) -> tuple[str, str, str]:
    """A name without the office that its run begins with, and what stands before and behind it."""
    office = _LEADING_OFFICE.match(text, name.start, name.end)
    start = office.end() if office else name.start
    return text[start : name.end], text[max(0, start - _BEFORE) : start], text[name.end : name.end + _BEFORE]
