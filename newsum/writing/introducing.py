"""Introduces people: where a line is the first to name somebody, by the surname alone, the full name is put in.

In: a line, the lines above it, the names of the story. Out: the line as a reader can understand it.

A full name is what the articles call the same person: a run of two or three capitalised words that ends with the
surname, which an article then uses by itself. Where two people of a story have one surname, nothing is put in.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from newsum.similarity.stories import StoryAnalysis
from newsum.text.analysis import Analysis

__all__ = ["People", "introduced", "people_of"]

_FULL = re.compile(r"[A-Z][\w’'.-]*(?: [A-Z]\.)?(?: [A-Z][\w’'-]+){1,2}")
_NO_PERSON_BEFORE = re.compile(r"(?:\b[Tt]he|\b(?:in|at|from|near|to|of the|into|outside|across|around)) $")
_PLACE_AFTER = re.compile(
    r"^(?:,? [A-Z]|[’']s? [A-Z]|-| (?:Street|County|City|State|University|Administration|House|Act|Party|Group))"
)

People = dict[str, str]  # surname -> full name


def people_of(story: StoryAnalysis) -> People:
    """The people that the articles of a story name in full and then by surname."""
    full: dict[str, Counter[str]] = {}
    alone: Counter[str] = Counter()
    for article in story.articles:
        for passage in article.sentences:
            for text, before in _runs(passage.analysis):
                words = text.split()
                if len(words) == 1:
                    alone[text] += not _NO_PERSON_BEFORE.search(before)
                elif _FULL.fullmatch(text) and not before.endswith(("the ", "The ")):
                    full.setdefault(words[-1], Counter())[text] += 1
    people = {}
    for surname, names in full.items():
        (best, count), *rest = names.most_common()
        same = all(name.split()[0] == best.split()[0] or number * 4 <= count for name, number in rest)
        if alone[surname] and same and surname[1:].islower():
            people[surname] = best
    return people


def introduced(line: str, above: Iterable[str], people: People, names: Sequence[str]) -> str:
    """The line, each person whom nothing above it names in full by the full name at the first mention.

    Args:
        names: of the line, as they stand in it, in order.
    """
    told = " ".join(above)
    for surname in dict.fromkeys(names):
        if surname in people and surname not in told and people[surname] not in line:
            line = _put_in(line, surname, people[surname])
    return line


def _put_in(line: str, surname: str, full: str) -> str:
    for mention in re.finditer(rf"\b{re.escape(surname)}\b", line):
        before, after = line[: mention.start()], line[mention.end() :]
        if not _NO_PERSON_BEFORE.search(before) and not _PLACE_AFTER.match(after):
            if re.search(r"[A-Z][\w.’'-]* $", before) and not _TITLED.search(before):
                return line  # another first name, or a name of something
            return f"{before}{full}{after}"
    return line


_TITLED = re.compile(
    r"(?:^|\b(?:President|Senator|Sen\.|Governor|Gov\.|Rep\.|Representative|Mayor|Minister|Secretary|Judge|Justice|"
    r"Chancellor|King|Queen|Prince|Princess|Pope|Speaker|Chairman|Chief|Director|Attorney General|General|Officer|Dr\.|"
    r"Professor|Ambassador|Congressman|Congresswoman|Leader|Vice President)) $"
)


def _runs(sentence: Analysis) -> Iterable[tuple[str, str]]:
    for name in sentence.names:
        yield sentence.text[name.start : name.end], sentence.text[max(0, name.start - 12) : name.start]
