"""Makes pairs of who did what: two doers, what each did, and whose act, word or cause a claim makes of it.

In: acts in two wordings and doers (`doers`), ways to tell that something is charged, planned, denied or done
(`wrapped.tsv`), sentences of the training stories as company. Out: `Row`s. A claim tells an act in the other wording
as often when it is true as when it is not, so that what it shares with the premise tells nothing, and only whose act
is whose, and whether it was done, decides. `roles` and `slips` turn whole sentences of news, in which much else
differs; of these a judge of 135 million parameters learned little of this.
"""

import random
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from newsum.judging import told
from recipes.judge.pairs.doers import Act, Doer, Wording, acts_of, doers_of
from recipes.judge.pairs.english import DAYS, capital
from recipes.judge.pairs.sources import articles, is_plain
from recipes.judge.pairs.tables import read_table
from recipes.judge.rows import Row

__all__ = ["who_did"]

E, N, C, U = "entailed", "neutral", "contradicted", "unsupported"
_OUTLETS = "Reuters;AP;BBC;The Guardian;Fox News;CNN;Al Jazeera;NPR;Politico;The Harlow Post;Estmark Courier".split(";")
_COMPANY, _HEADED, _AMONG_OUTLETS = 0.35, 0.5, 0.25
_COMPANY_WORDS = range(8, 26)
_TURNED = 0.25  # of claims whose act can be told turned round

_BESIDE = (  # {a} and {b} are told in the past, {hb} is b's act after "had"
    *("{a}. {B}.", "{a}. {B}.", "{B}. {a}.", "{a}, while {b}.", "{a}, and {b}.", "{a}; {b}.", "{a}, but {b}."),
    *("{a} after {b}.", "{a}, hours after {hb}.", "While {b}, {a}.", "After {hb}, {a}.", "{a}. Meanwhile, {b}."),
    *("{a}. Earlier, {hb}.", "{B} shortly before {a}."),
)
_CAUSES = (
    "{a} because {b}.",
    "{b}, which is why {a}.",
    "{b}. As a result, {a}.",
    "Since {b}, {a}.",
    "{b}, and so {a}.",
)
_SAYS = ("said", "claimed", "insisted", "argued", "told reporters", "suggested", "testified", "wrote", "maintained")
_SURE = ("a court found that {}", "it was confirmed on Friday that {}", "an inquiry established that {}")
_DONE = ("convicted", "admitted", "managed", "has")
_EXCLUDED = ("failed", "refused")
# Of two of these, whether the one follows from the other is a matter of taste
_OPEN = {"possible", "expected", "due", "planned", "unknown", "suspected", "alleged", "accused"}
_LATE = ("planned", "possible", "suspected", "charged", "failed", "threatened", "promised", "denied")


class _Two(NamedTuple):
    """Two doers and what each did, and a third."""

    one: Doer
    act: Act
    other: Doer
    deed: Act
    third: Doer


def who_did(folder: Path, count: int, seed: int = 1) -> Iterator[Row]:
    """The rows of so many pairs of acts."""
    chance = random.Random(seed)
    doers, company = doers_of(folder), _company(folder)
    for _ in range(count):
        kind = chance.choice(("person", "body"))
        one, other = doers.drawn(kind, 2, chance)
        (third,) = doers.drawn(chance.choice(("person", "body")), 1, chance)
        act, deed = chance.choice(acts_of(kind)), chance.choice(acts_of(kind))
        two = _Two(one, act, other, deed, third)
        if two.act != two.deed and third.again not in (one.again, other.again):
            rows = list(chance.choice(_KINDS)(two, chance))
            dress = _dress(company, chance)
            yield from (row._replace(premise=dress(row.premise)) for row in rows)


def _company(folder: Path) -> Sequence[str]:
    """Plain sentences of news that may stand beside a premise."""
    found = (sentence for article in articles(folder) for sentence in article.sentences)
    return [sentence for sentence in found if is_plain(sentence) and len(sentence.split()) in _COMPANY_WORDS][:20_000]


def _dress(company: Sequence[str], chance: random.Random) -> Callable[[str], str]:
    """What stands around the premises of one pair of acts: an outlet's name, another sentence, another outlet."""
    beside = chance.choice(company) if company and chance.random() < _COMPANY else ""
    outlet, another = chance.sample(_OUTLETS, 2)
    first, headed, apart = chance.random() < 0.5, chance.random() < _HEADED, chance.random() < _AMONG_OUTLETS

    def dressed(premise: str) -> str:
        head = outlet if headed else ""
        if not beside:
            return told(head, premise)
        if apart:
            parts = [told(outlet, premise), told(another, beside)]
            return " ".join(parts if first else parts[::-1])
        return told(head, f"{premise} {beside}" if first else f"{beside} {premise}")

    return dressed


def _sentence(text: str) -> str:
    return f"{capital(text)}."


def _in_sentences(text: str) -> str:
    """A text, each of its sentences with a capital."""
    return ". ".join(capital(part) for part in text.split(". "))


def _wordings(act: Act, chance: random.Random) -> tuple[Wording, Wording]:
    """The two wordings, either first."""
    one, two = act.wordings
    return (one, two) if chance.random() < 0.5 else (two, one)


def _claim(doer: Doer, act: Act, shown: Wording, chance: random.Random) -> str:
    """That somebody did something: in the wording that is shown, in the other, or turned round."""
    name = doer.again if chance.random() < 0.5 else doer.name
    if act.turned and chance.random() < _TURNED:
        return act.turned.format(name)
    other = act.wordings[0] if shown is act.wordings[1] else act.wordings[1]
    return f"{name} {(shown if chance.random() < 0.4 else other).past}"


def _first(doer: Doer, chance: random.Random) -> str:
    """Somebody named for the first time."""
    if not doer.aside or chance.random() < 0.6:
        return doer.name
    return f"{doer.name}, {doer.aside},"


class _Shown(NamedTuple):
    """A premise of two acts, and the wordings that it has."""

    premise: str
    act: Wording
    deed: Wording


def _shown(two: _Two, chance: random.Random, forms: Sequence[str] = _BESIDE) -> _Shown:
    act, deed = _wordings(two.act, chance)[0], _wordings(two.deed, chance)[0]
    one, other = _first(two.one, chance), _first(two.other, chance)
    first = f"{one} {act.past}"
    if two.act.turned and chance.random() < _TURNED:
        first = two.act.turned.format(two.one.name)
    form = chance.choice(forms)
    second = f"{other} {deed.past}"
    text = form.format(a=first, b=second, B=capital(second), hb=f"{other} had {deed.participle}")
    return _Shown(_in_sentences(text), act, deed)


def _whose(two: _Two, chance: random.Random) -> Iterator[Row]:
    premise, act, deed = _shown(two, chance)

    def row(doer: Doer, done: Act, label: str, family: str = "whose act") -> Row:
        return Row(premise, _sentence(_claim(doer, done, act if done is two.act else deed, chance)), label, family)

    yield row(two.one, two.deed, N)
    yield row(two.other, two.act, N)
    yield row(two.other, two.deed, E, "whose act: kept")
    yield row(two.one, two.act, E, "whose act: kept")
    right = chance.random() < 0.5
    first, second = (two.act, two.deed) if right else (two.deed, two.act)
    both = [
        _claim(two.one, first, act if right else deed, chance),
        _claim(two.other, second, deed if right else act, chance),
    ]
    chance.shuffle(both)
    yield Row(
        premise, _sentence(chance.choice(("{} and {}", "{}, while {}")).format(*both)), E if right else N, "whose act"
    )
    if chance.random() < 0.5:
        yield Row(premise, _sentence(f"{two.one.again} {act.past} and {deed.past}"), N, "halves of two")


def _when(two: _Two, chance: random.Random) -> Iterator[Row]:
    act, deed = _wordings(two.act, chance)[0], _wordings(two.deed, chance)[0]
    days, months = chance.sample(DAYS, 2), chance.sample(range(2, 30), 2)
    one, other = chance.choice(([f"on {day}" for day in days], [f"on {n} March" for n in months]))
    first, second = f"{_first(two.one, chance)} {act.past}", f"{_first(two.other, chance)} {deed.past}"
    forms = ("{a} {d}. {b} {e}.", "{D}, {a}. {b} {e}.", "{a} {d}, and {b} {e}.", "{D}, {a}. {E}, {b}.")
    text = chance.choice(forms).format(a=first, b=second, d=one, e=other, D=capital(one), E=capital(other))
    premise = _in_sentences(text)
    for doer, done, shown, day, wrong in ((two.one, two.act, act, one, other), (two.other, two.deed, deed, other, one)):
        yield Row(premise, _sentence(f"{_claim(doer, done, shown, chance)} {day}"), E, "day of two: kept")
        yield Row(premise, _sentence(f"{_claim(doer, done, shown, chance)} {wrong}"), U, "day of two")
    yield Row(premise, _sentence(_claim(two.one, two.act, act, chance)), E, "day of two: kept")
    yield Row(premise, _sentence(f"{_claim(two.one, two.deed, deed, chance)} {one}"), N, "day of two")


def _cause(two: _Two, chance: random.Random) -> Iterator[Row]:
    tied = chance.random() < 0.5
    premise, act, deed = _shown(two, chance, _CAUSES if tied else _BESIDE)

    def claimed(turned: bool = False) -> str:
        first, second = _claim(two.one, two.act, act, chance), _claim(two.other, two.deed, deed, chance)
        first, second = (second, first) if turned else (first, second)
        return capital(chance.choice(_CAUSES).format(a=first, b=second).replace(". As", "; as"))

    yield Row(premise, claimed(), E if tied else N, "cause of two: kept" if tied else "cause of two")
    yield Row(premise, claimed(turned=True), N, "cause of two")
    yield Row(premise, _sentence(_claim(two.one, two.act, act, chance)), E, "cause of two: kept")
    yield Row(premise, _sentence(_claim(two.other, two.deed, deed, chance)), E, "cause of two: kept")
    yield Row(premise, _sentence(_claim(two.other, two.act, act, chance)), N, "whose act")


def _word(two: _Two, chance: random.Random) -> Iterator[Row]:
    shown, again = _wordings(two.act, chance)
    deed = _wordings(two.deed, chance)[0]
    third, says = _first(two.third, chance), chance.choice(_SAYS)
    claim = f"{two.one.name} {shown.past}"
    premise = chance.choice((_sentence(f"{third} {says} that {claim}"), _sentence(f"{claim}, {two.third.name} {says}")))
    beside = chance.random() < 0.7
    if beside:
        parts = [premise, _sentence(f"{_first(two.other, chance)} {deed.past}")]
        premise = " ".join(parts if chance.random() < 0.7 else parts[::-1])

    def said(who: Doer, what: str) -> str:
        forms = ("{w} {s} that {c}", "according to {w}, {c}", "{c}, {w} {s}", "{c}, according to {w}")
        return _sentence(chance.choice(forms).format(w=who.again, s=chance.choice(_SAYS), c=what))

    yield Row(premise, _sentence(_claim(two.one, two.act, shown, chance)), N, "word of one")
    for _ in range(2):
        yield Row(premise, said(two.third, _claim(two.one, two.act, shown, chance)), E, "word of one: kept")
    yield Row(premise, said(two.one, f"{two.third.again} {again.past}"), N, "word of one")
    if beside:
        yield Row(premise, said(two.other, _claim(two.one, two.act, shown, chance)), N, "word of one")
        yield Row(premise, said(two.third, _claim(two.other, two.act, shown, chance)), N, "word of one")
        yield Row(premise, _sentence(_claim(two.other, two.deed, deed, chance)), E, "word of one: kept")


@cache
def _wrapped() -> Mapping[str, Sequence[str]]:
    found = defaultdict[str, list[str]](list)
    for kind, form in read_table("wrapped.tsv"):
        found[kind].append(form)
    return found


def _in(form: str, doer: str, wording: Wording) -> str:
    return form.format(w=doer, past=wording.past, base=wording.base, part=wording.participle, ing=wording.ing)


def _unsure(two: _Two, chance: random.Random) -> Iterator[Row]:
    """An act told as charged, planned, denied, tried or done."""
    shown, again = _wordings(two.act, chance)
    kind = chance.choice(list(_wrapped()))
    form = chance.choice(_wrapped()[kind])
    premise = _sentence(_in(form, two.one.name, shown))
    if chance.random() < 0.4:
        deed = _sentence(f"{two.other.name} {_wordings(two.deed, chance)[0].past}")
        premise = f"{premise} {deed}" if chance.random() < 0.5 else f"{deed} {premise}"
    bare = E if kind in _DONE else C if kind in _EXCLUDED else U if kind in ("denied", "cleared") else N
    yield Row(premise, _sentence(_claim(two.one, two.act, shown, chance)), bare, "unsure act")
    for _ in range(2):
        same = _in(chance.choice(_wrapped()[kind]), two.one.again, chance.choice((shown, again)))
        yield Row(premise, _sentence(same), E, "unsure act: kept")
    other = chance.choice([k for k in _wrapped() if k != kind and k not in _DONE])
    claim = _in(chance.choice(_wrapped()[other]), two.one.again, again)
    if kind in _DONE:
        if other in _EXCLUDED:
            yield Row(premise, _sentence(claim), C, "unsure act")
    else:
        if not {kind, other} <= _OPEN:
            label = E if (kind, other) == ("charged", "accused") else U
            yield Row(premise, _sentence(claim), label, "unsure act")
        done = _in(chance.choice(_wrapped()[chance.choice(_DONE)]), two.one.again, again)
        yield Row(premise, _sentence(done), U, "unsure act")
    plain = _sentence(f"{two.one.name} {shown.past}")
    if chance.random() < 0.4:
        premise = _sentence(chance.choice(_SURE).format(f"{two.one.name} {shown.past}"))
        yield Row(premise, _sentence(_claim(two.one, two.act, shown, chance)), E, "unsure act: kept")
    elif chance.random() < 0.5:
        late = chance.choice(_LATE)
        claim = _in(chance.choice(_wrapped()[late]), two.one.again, again)
        yield Row(plain, _sentence(claim), C if late == "failed" else N, "unsure act")
        yield Row(plain, _sentence(_claim(two.one, two.act, shown, chance)), E, "unsure act: kept")


_KINDS: Sequence[Callable[[_Two, random.Random], Iterator[Row]]] = (
    _whose,
    _whose,
    _whose,
    _when,
    _cause,
    _word,
    _word,
    _unsure,
    _unsure,
    _unsure,
)
