"""Wraps a sentence in who claims, plans, fears, denies, knows or corrects it, and asks whether the bare fact follows.

In: a `Site` with a plain sentence. Out: `Made`: the wrapped sentence as premise against the bare fact ("possible as
certain"), against the same claim in other words (true), against the same claim by another (wrong mouth).
"""

import random
import re
from collections.abc import Iterator

from recipes.judge.pairs.english import capital, lower_first
from recipes.judge.pairs.made import Made, Site
from recipes.judge.pairs.names import surname
from recipes.judge.pairs.tables import read_table

__all__ = ["claims", "mouths", "speakers"]

E, N, C, U = "entailed", "neutral", "contradicted", "unsupported"


def _forms(kind: str) -> list[str]:
    return [form for found, form in read_table("claims.tsv") if found == kind]


_WHO = _forms("who")
_CLAIMED = _forms("claimed")  # any of them entails any other, none entails what it claims
_DOUBTED = _forms("doubted")
_DENIED = _forms("denied")
_FALSE = _forms("false")
_TRUE = _forms("true")

_DECLARES = re.compile(
    r"(?:The|An?|This|These|His|Her|Their|Its|He|She|They|Some|Many|Most|Two|Three|Several|Police|Officials|"
    r"More than|At least)\b"
    r"|(?:[A-Z][\w.’'-]+ ){1,3}(?:is|was|are|were|has|have|had|will|would|did|does|won|lost|met|made|took|left|"
    r"[a-z]{3,}ed)\b"
)


def claims(site: Site, chance: random.Random) -> Iterator[Made]:
    """One plain sentence in several of these dresses."""
    bare = site.sentence
    if (
        len(bare) > 170
        or re.search(r"[“”\"?;:]|\b(?:said|says|told|according|alleg\w+|claim\w+|may|might|could|if)\b", bare)
        or not bare.endswith(".")
    ):
        return
    if not _DECLARES.match(bare):
        return
    who = chance.choice(_WHO)
    other = chance.choice([w for w in _WHO if w != who])
    one, two = chance.sample(_CLAIMED, 2)
    claimed = _dressed(one, bare, who)
    kind = chance.random()
    if kind < 0.45:
        yield Made(claimed, bare, N, "possible as certain")
        yield Made(claimed, _dressed(two, bare, who), E, "claim kept")
        yield Made(claimed, _dressed(two, bare, other), N, "wrong mouth")
        if chance.random() < 0.3:
            yield Made(bare, claimed, N, "wrong mouth")
    doubted = _dressed(chance.choice(_DOUBTED), bare, who)
    if 0.3 < kind < 0.8:
        yield Made(doubted, bare, N, "possible as certain")
    if kind > 0.75:
        denied = chance.choice(_DENIED)
        yield Made(_dressed(denied, bare, who), bare, U, "possible as certain")
        yield Made(_dressed(denied, bare, who), _dressed(two, bare, who), C, "wrong mouth")
        yield Made(
            _dressed(denied, bare, who),
            _dressed(chance.choice([d for d in _DENIED if d != denied]), bare, who),
            E,
            "claim kept",
        )
    if chance.random() < 0.4:
        yield Made(_dressed(chance.choice(_FALSE), bare, who), bare, C, "claim disproved")
    if chance.random() < 0.8:
        yield Made(_dressed(chance.choice(_TRUE), bare, who), bare, E, "fact confirmed")


def _dressed(form: str, bare: str, who: str) -> str:
    stem = bare[:-1]
    return form.format(W=capital(who), w=who, s=lower_first(stem), S=stem)


_SAID = r"(?:said|says|told reporters|added|wrote|argued|claimed|insisted|noted|warned|explained|declared|announced)"


def speakers(site: Site, chance: random.Random) -> Iterator[Made]:
    """What somebody said, given to another; and put before what is said instead of after it."""
    names = [*site.people]
    tail = re.search(
        rf",(?P<close>[”\"]?) (?:(?P<n>(?:[A-Z][\w.’'-]+ ?){{1,3}}) (?P<v>{_SAID})|"
        rf"(?P<v2>said) (?P<n2>(?:[A-Z][\w.’'-]+ ?){{1,3}}))(?P<t>(?: (?:on|in|at) [^,”\"]{{3,30}})?)\.$",
        site.sentence,
    )
    if tail and not re.search('[“”"].+[“”"].+[“”"]', site.sentence):
        who = (tail["n"] or tail["n2"]).strip()
        site.sentence[: tail.start()] + ("" if not tail["close"] else "," + tail["close"])
        body = site.sentence[: tail.start()].strip('“"')
        if who in ("He", "She", "They", "It", "I", "We") or len(body) < 20:
            return
        if re.match(r"(?:But|And|So|Or|If|Because|Well|Yes|No|Then|Now|When|As)\b", body):
            return
        close = tail["close"]
        open_ = site.sentence[0] if close else ""
        if close and open_ not in '“"':
            return
        whole = f"{open_}{body}{close}" if close else lower_first(body)
        before = f"{who} said{'' if close else ' that'}{',' if close else ''} {whole}."
        if not close:
            yield Made(site.sentence, before, E, "speaker moved")
            yield Made(site.sentence, f"According to {who}, {whole}.", E, "speaker moved")
        else:
            yield Made(site.sentence, f"{who} said, {open_}{body}.{close}", E, "speaker moved")
        others = [p for p in names if surname(p) not in site.sentence] or [
            "the mayor",
            "a spokesman",
            "the judge",
            "a witness",
        ]
        other = chance.choice(others)
        wrong = (
            f"{site.sentence[: tail.start()]},{close} {other} said."
            if chance.random() < 0.5
            else f"{capital(other)} said that {lower_first(body)}."
        )
        yield Made(site.sentence, wrong, U, "wrong mouth")
        if close and not re.search(r"\b(?:I|we|my|our|you|your|us|me)\b", body, re.I):
            yield Made(site.sentence, f"{capital(body)}.", N, "possible as certain")
            yield Made(site.sentence, f"{who} said that {lower_first(body)}.", E, "speaker moved")
        yield Made(
            site.sentence,
            f"{who} denied that {lower_first(body)}."
            if not re.search(r"\b(?:I|we|my|our|you|your|us|me)\b", body, re.I)
            else wrong,
            C if not re.search(r"\b(?:I|we|my|our|you|your|us|me)\b", body, re.I) else U,
            "wrong mouth",
        )


def mouths(site: Site, outlet: str, chance: random.Random) -> Iterator[Made]:
    """ "Reuters reports that ..." follows from Reuters's own text, told as such, and not from another outlet's."""
    bare = site.sentence
    if not outlet or len(bare) > 200 or not bare.endswith(".") or re.search('[“”"]', bare):
        return
    forms = (
        "{o} reports that {s}.",
        "{S}, {o} reported.",
        "According to {o}, {s}.",
        "{o} reported that {s}.",
        "{S}, according to {o}.",
        "{o} said that {s}.",
    )
    other = chance.choice(
        [
            o
            for o in (
                "Reuters",
                "the BBC",
                "Fox News",
                "CNN",
                "The Guardian",
                "The New York Times",
                "Al Jazeera",
                "Politico",
                "USA Today",
                "NPR",
            )
            if o != outlet
        ]
    )
    form = chance.choice(forms)
    yield Made(f"\x00{bare}", capital(form.format(o=outlet, s=lower_first(bare[:-1]), S=bare[:-1])), E, "outlet told")
    if chance.random() < 0.6:
        yield Made(
            f"\x00{bare}", capital(form.format(o=other, s=lower_first(bare[:-1]), S=bare[:-1])), N, "outlet wrong"
        )
