"""Draws who may have done something, and the acts that are told of them, each in two wordings.

In: `acts.tsv` (acts written for this, with another wording of each), names of the training stories.
Out: `Act`s, and doers: people, companies, offices, by full name, surname or role.
"""

import random
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from recipes.judge.pairs.english import Verb
from recipes.judge.pairs.names import names_of
from recipes.judge.pairs.sources import stories
from recipes.judge.pairs.tables import read_table

__all__ = ["Act", "Doer", "Doers", "Wording", "acts_of", "doers_of"]

_ROLES = (
    "the mayor",
    "the governor",
    "the senator",
    "the minister",
    "the judge",
    "the sheriff",
    "the coach",
    "the headteacher",
    "the president",
    "a former aide",
    "the bishop",
    "the chief executive",
    "the prosecutor",
    "the treasurer",
)
_PEOPLE_OF = ("lawyer", "doctor", "farmer", "lawmaker", "banker", "former minister", "retired teacher", "union leader")
_BODIES = (
    "the company",
    "the union",
    "the bank",
    "the ministry",
    "the army",
    "the council",
    "the agency",
    "the regulator",
    "the club",
    "the opposition",
    "the hospital",
    "the prosecution",
    "the university",
)
_ENDS = (
    *("Bank", "Airlines", "Group", "Energy", "Motors", "Council", "University", "Institute", "Foods", "United"),
    *("Shipping", "Rail", "Media", "Hospital", "Party", "Union", "Foundation", "Systems", "Steel", "Partners"),
)


class Wording(NamedTuple):
    """An act without its doer: a verb, and what follows it."""

    verb: Verb
    rest: str

    @property
    def past(self) -> str:
        """Rejected the plan."""
        return f"{self.verb.past} {self.rest}"

    @property
    def base(self) -> str:
        """Reject the plan."""
        return f"{self.verb.base} {self.rest}"

    @property
    def participle(self) -> str:
        """As in "has rejected the plan"."""
        return f"{self.verb.participle} {self.rest}"

    @property
    def ing(self) -> str:
        """Rejecting the plan."""
        return f"{self.verb.ing} {self.rest}"


class Act(NamedTuple):
    """One act in two wordings, and turned round: "the plan was rejected by {}"; "" where that cannot be said."""

    wordings: tuple[Wording, Wording]
    turned: str


class Doer(NamedTuple):
    """Who did something: as named first, as named again, and what may be told of them after their name."""

    name: str
    again: str
    aside: str = ""


class Doers(NamedTuple):
    """The names that doers are made of."""

    first: Sequence[str]
    last: Sequence[str]

    def drawn(self, kind: str, count: int, chance: random.Random) -> list[Doer]:
        """So many different ones of a kind, "person" or "body"."""
        found: dict[str, Doer] = {}
        while len(found) < count:
            doer = self._person(chance) if kind == "person" else self._body(chance)
            if not any(set(doer.again.split()) & set(other.name.split()) - {"the", "a"} for other in found.values()):
                found[doer.name] = doer
        return list(found.values())

    def _person(self, chance: random.Random) -> Doer:
        if chance.random() < 0.25:
            role = chance.choice(_ROLES)
            return Doer(role, role.replace("a former", "the former"))
        last = chance.choice(self.last)
        name = f"{chance.choice(self.first)} {last}"
        role = chance.choice(_PEOPLE_OF)
        place = chance.choice(self.last)
        asides = (f"a {chance.randint(24, 79)}-year-old {role}", f"a {role} from {place}", f"{chance.randint(24, 79)}")
        return Doer(name, last if chance.random() < 0.6 else name, chance.choice(asides))

    def _body(self, chance: random.Random) -> Doer:
        if chance.random() < 0.4:
            body = chance.choice(_BODIES)
            return Doer(body, body)
        name = f"{chance.choice(self.last)} {chance.choice(_ENDS)}"
        again = name.split()[0] if chance.random() < 0.3 else name
        staff = chance.randint(2, 90) * 100
        asides = (f"which employs {staff:,} people", "the largest of its kind", f"based in {chance.choice(self.last)}")
        return Doer(name, again, chance.choice(asides))


@cache
def acts_of(kind: str) -> Sequence[Act]:
    """The acts of one kind of doer, "person" or "body"."""
    return [
        Act((_wording(verb, rest), _wording(other, its_rest)), turned if "{}" in turned else "")
        for verb, rest, other, its_rest, turned, doer in read_table("acts.tsv")
        if doer in (kind, "any")
    ]


def _wording(verb: str, rest: str) -> Wording:
    return Wording(Verb(*verb.split()), rest)


def doers_of(folder: Path) -> Doers:
    """Of the people whom the training stories name."""
    people = [person.split() for story in stories(folder) for person in names_of(story.heads).people]
    return Doers(_once(person[0] for person in people), _once(person[-1] for person in people))


def _once(found: Iterable[str]) -> Sequence[str]:
    return sorted(name for name in set(found) if name.isalpha() and len(name) > 2)
