"""Makes short pairs of who did what: two people, what each did, and whose act, word or cause a claim makes of it.

In: the training stories. Out: `Row`s. What people did is taken from news sentences that open with a name and an act and
hold no other name, pronoun or quotation; two such acts make a premise of two clauses, so that nothing but the order of
its words tells whose act is whose. `roles` and `slips` turn whole sentences of news, in which much else differs;
of these a judge of 135 million parameters learned little of the order itself.
"""

import random
import re
from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from recipes.judge.pairs.english import capital
from recipes.judge.pairs.sources import articles, stories
from recipes.judge.rows import Row

__all__ = ["who_did"]

E, N, U = "entailed", "neutral", "unsupported"
_NO_NAME = (
    r"(?!(?:The|But|And|When|As|If|Some|All|Now|For|In|On|At|So|After|While|Since|Yet|Both|Many|Most|Mr|Mrs|Ms)\b)"
)
_VERB = r"(?:[a-z]+ed|won|lost|left|made|took|met|gave|held|sent|spent|paid|sold|bought|built|led|ran|wrote|began|told)"
_WORDS = r"(?: [a-z0-9$%-]+| (?:in|on|at|from|of|the|to|by|against|for) [A-Z][a-z]+){2,11}?"
_END = r"(?=[.,;]| (?:after|before|because|as|while|who|that|which|and|but|saying)\b)"
_ACT = re.compile(rf"^{_NO_NAME}(?P<who>(?:[A-Z][a-z]+ ){{1,2}}[A-Z][a-z]+) (?P<act>{_VERB}{_WORDS}){_END}")
_OTHERS = re.compile(r"\b(?:he|she|they|it|his|her|their|its|him|them|who|that|which|said|also|because|not|declined)\b")
_ROLES = tuple(f"the {role}" for role in "mayor governor company union senator minister judge sheriff bank".split())
_SAYS = ("said", "says", "claimed", "alleged", "insisted", "argued", "told reporters", "suggested", "testified")
_HAVING = ("is accused of having", "is suspected of having", "has denied having", "was charged with having")


class _Two(NamedTuple):
    """Two people and what each did."""

    one: str
    act: str
    other: str
    deed: str
    third: str


def who_did(folder: Path, count: int, seed: int = 1) -> Iterator[Row]:
    """The rows of so many pairs of acts."""
    chance = random.Random(seed)
    people, acts = _harvested(folder)
    for _ in range(count):
        (act, deed), (one, other, third) = chance.sample(acts, 2), _people(people, chance)
        yield from chance.choice(_KINDS)(_Two(one, act, other, deed, third), chance)


def _harvested(folder: Path) -> tuple[Sequence[str], Sequence[str]]:
    """The people and the acts of the training stories, each once."""
    people, acts = dict[str, None](), dict[str, None]()
    news = chain(articles(folder), (article for story in stories(folder) for article in story.articles))
    for sentence in (sentence for article in news for sentence in article.sentences):
        found = _ACT.match(sentence)
        if found and not _OTHERS.search(found["act"]):
            people[found["who"]] = acts[found["act"]] = None
    return list(people), list(acts)


def _people(people: Sequence[str], chance: random.Random) -> list[str]:
    found = chance.sample(people, 3)
    if chance.random() < 0.3:
        found[chance.randrange(3)] = chance.choice(_ROLES)
    if chance.random() < 0.3:
        found = [name.split()[-1] if name[0].isupper() else name for name in found]
    return found


def _sentence(text: str) -> str:
    return f"{capital(text)}."


def _told(two: _Two, chance: random.Random) -> str:
    """Both acts in one premise."""
    one, other = f"{two.one} {two.act}", f"{two.other} {two.deed}"
    form = chance.choice(("{}. {}.", "{}. {}.", "{}, while {}.", "{}, and {}.", "{}; {}.", "{}, but {}."))
    return capital(form.format(one, capital(other) if ". " in form else other))


def _whose(two: _Two, chance: random.Random) -> Iterator[Row]:
    premise = _told(two, chance)
    yield Row(premise, _sentence(f"{two.one} {two.deed}"), U, "whose act")
    yield Row(premise, _sentence(f"{two.other} {two.act}"), U, "whose act")
    yield Row(premise, _sentence(f"{two.other} {two.deed}"), E, "whose act: kept")
    yield Row(premise, _sentence(f"{two.one} {two.act}"), E, "whose act: kept")
    first, second = (two.act, two.deed) if chance.random() < 0.5 else (two.deed, two.act)
    both = f"{two.one} {first} and {two.other} {second}"
    yield Row(premise, _sentence(both), E if first == two.act else U, "whose act")
    yield Row(premise, _sentence(f"{two.one} {two.act} and {two.deed}"), U, "halves of two")


def _cause(two: _Two, chance: random.Random) -> Iterator[Row]:
    one, other = f"{two.one} {two.act}", f"{two.other} {two.deed}"
    tie = chance.choice(("because", "after", "as", "which is why"))
    tied = f"{one} {tie} {other}" if tie != "which is why" else f"{other}, {tie} {one}"
    yield Row(_told(two, chance), _sentence(tied), N, "cause of two")
    yield Row(_sentence(tied), _sentence(tied), E, "cause of two: kept")
    yield Row(_sentence(tied), _sentence(one), E, "cause of two: kept")
    yield Row(_sentence(tied), _sentence(other), E, "cause of two: kept")


def _word(two: _Two, chance: random.Random) -> Iterator[Row]:
    says, claim = chance.choice(_SAYS), f"{two.one} {two.act}"
    that = f"{two.third} {says} that {claim}"
    premise = _sentence(that) if chance.random() < 0.6 else _sentence(f"{claim}, {two.third} {says}")
    premise += " " + _sentence(f"{two.other} {two.deed}") if chance.random() < 0.7 else ""
    yield Row(premise, _sentence(claim), N, "word of one")
    yield Row(premise, _sentence(f"{two.third} {chance.choice(_SAYS)} that {claim}"), E, "word of one: kept")
    yield Row(premise, _sentence(f"according to {two.third}, {claim}"), E, "word of one: kept")
    if two.other in premise or capital(two.other) in premise:
        yield Row(premise, _sentence(f"{two.other} {says} that {claim}"), U, "word of one")
        yield Row(premise, _sentence(f"{claim}, according to {two.other}"), U, "word of one")


def _unsure(two: _Two, chance: random.Random) -> Iterator[Row]:
    claim, verb = f"{two.one} {two.act}", two.act.split()[0]
    forms = [
        f"it is unclear whether {claim}",
        f"{two.third} could not say whether {claim}",
        f"{two.third} is investigating whether {claim}",
        f"{two.third} denied that {claim}",
        f"there is no evidence that {claim}, {two.third} said",
    ]
    if verb.endswith("ed"):  # "walked" is a participle too
        forms += [f"{two.one} {having} {two.act}" for having in _HAVING]
        forms += [f"{two.one} may have {two.act}", f"{two.third} could not rule out that {two.one} had {two.act}"]
        forms += [
            f"{two.one} could have {two.act}, {two.third} said",
            f"{two.third} accused {two.one} of having {two.act}",
        ]
    dressed = chance.choice(forms)
    denies = "denied that" in dressed or "no evidence" in dressed
    yield Row(_sentence(dressed), _sentence(claim), U if denies else N, "unsure act")
    yield Row(_sentence(dressed), _sentence(dressed), E, "unsure act: kept")
    yield Row(
        _sentence(f"{claim}. {capital(dressed.replace(two.one, two.other))}"), _sentence(claim), E, "unsure act: kept"
    )
    sure = chance.choice(("a court found that", "it was confirmed on Friday that", "an inquiry established that"))
    yield Row(_sentence(f"{sure} {claim}"), _sentence(claim), E, "unsure act: kept")


_KINDS: Sequence[Callable[[_Two, random.Random], Iterator[Row]]] = (_whose, _whose, _cause, _word, _unsure)
