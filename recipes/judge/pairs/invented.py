"""Invents what a name of the story did, and borrows what somebody did in another story.

In: a `Site`, and predicates of other articles. Out: `Made`: the invention against the story's own sentences (false),
and against a premise that tells it in other words (true), so that the words of the invention alone tell nothing.
"""

import random
import re
from collections.abc import Iterator, Sequence

from recipes.judge.pairs.made import Made, Site
from recipes.judge.pairs.names import surname
from recipes.judge.pairs.tables import read_table

__all__ = ["borrowed", "invented", "predicates"]

E, N, U = "entailed", "neutral", "unsupported"

# invented.tsv: one happening a row, in three ways. {n} who, {m} another person, {p} a place, {o} another name of the
# story. People stand in twice: most lines are about them.
_TABLE = read_table("invented.tsv")
_ROWS = [row[1:] for row in _TABLE if row[0] == "person"] * 2 + [row[1:] for row in _TABLE if row[0] == "thing"]

_SUBJECT_END = (
    r"(?= (?:was|is|has|had|will|did|would|said|won|lost|met|told|took|made|left|went|gave|became|began|held|"
    r"[a-z]{3,}ed|[a-z]{3,}s)\b)"
)


def invented(site: Site, chance: random.Random) -> Iterator[Made]:
    """A happening that the story has not got, about its own names."""
    if not site.people:
        return
    row = chance.choice(_ROWS)
    names = _slots(site, chance)
    if names is None:
        return
    one, *others = chance.sample([form.format(**names) for form in row], len(row))
    yield Made(site.sentence, one, N, "invented")
    if chance.random() < 0.55:
        told = f"{site.sentence} {others[0]}" if chance.random() < 0.5 else f"{others[0]} {site.sentence}"
        yield Made(told, one, E, "invented told")


def _slots(site: Site, chance: random.Random) -> dict[str, str] | None:
    people = [_form(person, chance) for person in site.people]
    places = [*site.places, *chance.sample(["Chicago", "London", "Nevada", "Paris", "Boston"], 2)]
    others = [*site.others, *chance.sample(["the union", "the bank", "the newspaper", "the university"], 2)]
    if len(people) < 2:
        people.append(chance.choice(["the mayor", "the lawyer", "the senator"]))
    chance.shuffle(people)
    return {"n": people[0], "m": people[1], "p": chance.choice(places[:3]), "o": chance.choice(others[:3])}


def _form(person: str, chance: random.Random) -> str:
    return person if chance.random() < 0.5 else surname(person)


def predicates(sentences: Sequence[str], people: Sequence[str]) -> list[str]:
    """What people of an article are told to have done: the sentence less its subject."""
    found = []
    for sentence in sentences:
        for person in people:
            match = re.match(rf"(?:{re.escape(person)}|{re.escape(surname(person))}){_SUBJECT_END}", sentence)
            if match and len(sentence) < 160 and not re.search('[“”"]', sentence):
                found.append(sentence[match.end() :])
    return found


def borrowed(site: Site, elsewhere: Sequence[str], chance: random.Random) -> Iterator[Made]:
    """A name of this story with what somebody did in another."""
    if site.people and elsewhere:
        predicate = chance.choice(elsewhere)
        text = f"{_form(chance.choice(site.people), chance)}{predicate}"
        yield Made(site.sentence, text, N, "borrowed")
        if chance.random() < 0.5:
            yield Made(
                f"{site.sentence} {text}" if chance.random() < 0.5 else f"{text} {site.sentence}",
                text,
                E,
                "borrowed told",
            )
