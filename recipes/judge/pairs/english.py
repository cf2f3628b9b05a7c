"""Holds the English that the recipes turn: names, verbs in their forms, opposites, short forms. Lists, no logic."""

import re
from functools import cache
from typing import NamedTuple

__all__ = ["DAYS", "MONTHS", "NAME", "SPELT", "Verb", "capital", "lower_first", "spell", "verbs"]

DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
MONTHS = "January February March April May June July August September October November December".split()
SPELT = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty"
).split()
_TENS = "_ _ twenty thirty forty fifty sixty seventy eighty ninety".split()

NAME = re.compile(r"\b[A-Z][a-z]+(?:[-’'][A-Z][a-z]+)?(?: (?:[A-Z]\. )?(?:Mc|Mac|O['’]|De|Di|La)?[A-Z][a-z]+(?:-[A-Z][a-z]+)?){1,2}\b|\b[A-Z][a-z]{3,}\b|\b[A-Z]{3,5}\b")  # fmt: skip # noqa: E501


class Verb(NamedTuple):
    """One verb: arrest, arrested, arrested, arresting."""

    base: str
    past: str
    participle: str
    ing: str


# Verbs that take a person, group or thing as their object and read well in the passive
_REGULAR = (
    "abandon accept accuse address admit affect amend announce approve arrest assault assist attack back ban block "
    "bomb bribe cancel capture chase charge clear close condemn confirm confront contact convict criticize "
    "damage defend "
    "delay demand deport destroy detain develop discover dismiss dissolve dump elect embrace end endorse enforce "
    "evacuate execute expel extend fire fund hack handle help hire ignore impeach impose improve indict injure insult "
    "interview investigate invite join jail kidnap kill launch leak lift mock murder name negotiate nominate "
    "notify oppose "
    "order organize oust outline pardon pass phone plan poison postpone praise present probe promote propose prosecute "
    "protect publish punish pursue push question raid reach receive recommend reject release remove rename "
    "repair repeal "
    "replace report rescue restore reveal review sack seize sign silence sponsor stab start stop subpoena sue support "
    "suspend target tax threaten torture track trap treat urge veto visit vote warn welcome wound"
).split()
_IRREGULAR = (
    "beat beat beaten beating; break broke broken breaking; bring brought brought bringing; build built built "
    "building; "
    "buy bought bought buying; cut cut cut cutting; choose chose chosen choosing; find found found finding; "
    "fight fought fought fighting; give gave given giving; hit hit hit hitting; hold held held holding; "
    "leave left left leaving; lead led led leading; lose lost lost losing; make made made making; meet met met "
    "meeting; "
    "pay paid paid paying; sell sold sold selling; send sent sent sending; shoot shot shot shooting; "
    "steal stole stolen stealing; strike struck struck striking; take took taken taking; win won won winning; "
    "withdraw withdrew withdrawn withdrawing; write wrote written writing; see saw seen seeing; know knew known "
    "knowing; "
    "overturn overturned overturned overturning; run ran run running; set set set setting; tell told told telling; "
    "say said said saying; resign resigned resigned resigning; vote voted voted voting; speak spoke spoken speaking"
)
_DOUBLED = frozenset("admit ban expel kidnap plan stab stop trap".split()) - {"kidnap"}


def capital(text: str) -> str:
    """The text with its first letter a capital."""
    return text[:1].upper() + text[1:]


def lower_first(text: str) -> str:
    """The text as it stands inside a sentence: a first article, pronoun or small word loses its capital."""
    first = text.split(" ", 1)[0]
    small = (
        "The A An This That These Those He She It They We His Her Its Their Some Many Most In On At Two Three Police"
    ).split()
    return (
        text[:1].lower() + text[1:] if first in small or first in ("Officials", "Authorities", "One", "Four") else text
    )


def spell(number: int) -> str:
    """A number below a hundred in words; ValueError for others."""
    if 0 <= number <= 20:
        return SPELT[number]
    if number < 100:
        return _TENS[number // 10] + (f"-{SPELT[number % 10]}" if number % 10 else "")
    raise ValueError(number)


@cache
def verbs() -> dict[str, Verb]:
    """The verbs by their past tense."""
    found = [Verb(*forms.split()) for forms in _IRREGULAR.split("; ")]
    found += [_regular(base) for base in _REGULAR]
    return {verb.past: verb for verb in found}


def _regular(base: str) -> Verb:
    stem = base[:-1] if base.endswith("e") else base + base[-1] if base in _DOUBLED else base
    past = base[:-1] + "ied" if base.endswith("y") and base[-2] not in "aeiou" else f"{stem}ed"
    return Verb(base, past, past, f"{stem}ing")
