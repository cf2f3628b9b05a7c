"""Makes lines that name the story's own names and are not what it says: who did what, to whom, why, what is added.

In: a `Site`. Out: `Made` pairs, the false ones with true ones of the same shape beside them, so that no shape of words
tells the label by itself.
"""

import random
import re
from collections.abc import Iterator

from recipes.judge.pairs.english import capital, lower_first, verbs
from recipes.judge.pairs.made import Made, Site, Turn
from recipes.judge.pairs.names import found_in, surname
from recipes.judge.pairs.tables import read_table

__all__ = ["acts", "added", "exchanges", "joined", "passives", "places", "reasons"]

E, N, C, U = "entailed", "neutral", "contradicted", "unsupported"

_EITHER_WAY = re.compile(r"\b(?:and|or|with|between|versus|vs\.?|like|as well as|both)\b|,\s*$")
_ADVERB = r"(?:also |then |later |repeatedly |publicly |quickly |formally |sharply |recently )?"


def exchanges(site: Site, chance: random.Random) -> Iterator[Turn]:
    """Two people, or two other names, change places: agent and patient, speaker and subject."""
    spots = found_in(site.sentence, site.people)
    for at, (start, middle, one) in enumerate(spots):
        for begin, end, two in spots[at + 1 :]:
            between = site.sentence[middle:begin]
            if (
                one == two
                or len(between) < 4
                or _EITHER_WAY.fullmatch(between.strip())
                or _EITHER_WAY.search(between[-12:])
            ):
                continue
            first, second = site.sentence[start:middle], site.sentence[begin:end]
            text = site.sentence[:start] + second + between + first + site.sentence[end:]
            yield Turn(text, U, U, "agent and patient")
            return
    pattern = re.compile(
        r"\b([Tt]he (?:[a-z]+ )?(?:government|police|company|court|union|army|rebels?|minister|mayor|president|"
        r"senator|bank|council|committee|judge|group|agency|defendant|victim|suspect|officer|teacher|student|"
        r"bill|campaign|administration|White House))\b"
    )
    found = list(pattern.finditer(site.sentence))
    if len(found) >= 2 and found[0][0].lower() != found[1][0].lower():
        one_, two_ = found[0], found[1]
        between = site.sentence[one_.end() : two_.start()]
        if not _EITHER_WAY.search(between[-12:]) and len(between) > 4:
            text = (
                site.sentence[: one_.start()]
                + _as(two_[0], one_[0])
                + between
                + _as(one_[0], two_[0])
                + site.sentence[two_.end() :]
            )
            yield Turn(text, U, U, "agent and patient")


def _as(new: str, old: str) -> str:
    return capital(new) if old[0].isupper() else new[0].lower() + new[1:]


def places(site: Site, chance: random.Random) -> Iterator[Turn]:
    """The event moved to another place of the story, or to another part of the compass or the world."""
    for place in site.places:
        for found in re.finditer(
            rf"\b(in|at|near|from|to|outside|across) ({re.escape(place)})\b(?! [A-Z])", site.sentence
        ):
            others = [p for p in site.places if p != place and p not in site.sentence and place not in p]
            others = others or [
                p
                for p in ("Berlin", "Ohio", "Kenya", "Manchester", "Lima", "Ontario", "Georgia", "Osaka")
                if p not in site.sentence
            ]
            text = site.sentence[: found.start(2)] + chance.choice(others) + site.sentence[found.end(2) :]
            yield Turn(text, C, C, "place")
            break


def acts(site: Site, chance: random.Random) -> Iterator[Made]:
    """The act of one given to another: subjects exchanged, and an act told of "he" put on the wrong person."""
    subject = re.match(r"(?:[A-Z][a-z]+\.? ){0,2}", site.sentence)
    spots = found_in(site.sentence, site.people)
    mine = [
        s
        for s in spots
        if s[0] <= 12
        and re.match(
            r" (?:[a-z]+ly )?[a-z]+(?:ed|s)\b| (?:was|is|has|had|will|won|lost|met|told|said|made|took|left)\b",
            site.sentence[s[1] :],
        )
    ]
    if (
        subject
        and mine
        and site.sentence[: mine[0][0]].strip()
        in ("", "Mr.", "Ms.", "Mrs.", "President", "Sen.", "Rep.", "Gov.", "Dr.")
    ):
        _, end, person = mine[0]
        predicate = site.sentence[end:]
        own = [other for other in site.people if other != person and surname(other) not in site.sentence]
        told = f"{person}{predicate}"
        if (own and not re.search(r"\b(?:he|she|his|her|him)\b", predicate)) or chance.random() < 0.4:
            for other in own[:1]:
                yield Made(site.sentence, f"{other}{predicate}", U, "act of another")
            yield Made(site.sentence, told, E, "short name")
    he = re.match(r"(He|She) (?=[a-z])", site.sentence)
    if he and site.before:
        earlier = site.before[-1]
        named = found_in(earlier, site.people)
        people = {s[2] for s in named}
        if (
            len(people) == 1
            and named[0][0] < 40
            and not re.search(
                r"\b(?:his|her) (?:wife|husband|son|daughter|mother|father|lawyer|spokes\w+|brother|sister)\b", earlier
            )
        ):
            person = named[0][2]
            premise = f"{earlier} {site.sentence}"
            name = chance.choice([person, surname(person), surname(person)])
            yield Made(premise, f"{name} {site.sentence[he.end() :]}", E, "he told before", False)
            others = [p for p in site.people if p != person and surname(p) not in premise]
            if others:
                yield Made(premise, f"{chance.choice(others)} {site.sentence[he.end() :]}", U, "act of another")
    company = re.match(
        r"The (company|group|agency|department|committee|court|university|organization|bank|firm|ministry) (?=[a-z])",
        site.sentence,
    )
    if company and site.before:
        named_ = re.match(
            r"(?:The )?([A-Z][\w&]+(?: [A-Z][\w&]+){0,3}) (?=(?:said|is|was|has|had|will|[a-z]+ed)\b)", site.before[-1]
        )
        if named_ and named_[1] not in ("He", "She", "It", "They", "But", "In", "We"):
            yield Made(
                f"{site.before[-1]} {site.sentence}",
                f"{named_[0].rstrip()} {site.sentence[company.end() :]}",
                E,
                "he told before",
                False,
            )


def passives(site: Site, chance: random.Random) -> Iterator[Made]:
    """ "X sued Y" as "Y was sued by X" (true) and as "X was sued by Y" (false)."""
    by_past = verbs()
    noun = (
        r"(?:[A-Z][\w.’'-]+(?: [A-Z][\w.’'-]+){0,3}|[Tt]he [a-z]+(?: [a-z]+)?|[Aa] [a-z]+ [a-z]+|[Pp]olice|"
        r"[Oo]fficials|[Pp]rosecutors)"
    )
    match = re.match(
        rf"({noun}) (?:on \w+day )?([a-z]+) ({noun})(?= (?:on|in|for|after|over|at|to|with|from|during|last|as|"
        rf"because|when)\b|[,.])",
        site.sentence,
    )
    if match and match[2] in by_past and match[1].split()[0] not in ("He", "She", "It", "They", "We", "I"):
        verb, one, two = by_past[match[2]], match[1], match[3]
        if verb.base in ("say", "tell", "resign", "vote", "speak", "know"):
            return
        plural = (
            re.search(r"(?:[a-z]s|[Pp]olice|people|men|women|children)$", two) and two.startswith(("the", "The"))
        ) or " and " in two
        be, be_one = (
            ("were" if plural else "was"),
            ("were" if re.search(r"[a-rt-z]s$|police$", one.lower()) and not one[0].isupper() else "was"),
        )
        yield Made(site.sentence, f"{capital(two)} {be} {verb.participle} by {lower_first(one)}.", E, "passive")
        yield Made(site.sentence, f"{one} {be_one} {verb.participle} by {two}.", C, "passive exchanged")
        yield Made(site.sentence, f"{capital(two)} {verb.past} {lower_first(one)}.", U, "agent and patient")
        yield Made(site.sentence, f"{one} {verb.past} {two}.", E, "clause")
        aim = chance.choice(
            [f"{one} did not {verb.base} {two}.", f"{capital(two)} {be} not {verb.participle} by {lower_first(one)}."]
        )
        yield Made(site.sentence, aim, C, "negation")


def joined(site: Site, chance: random.Random) -> Iterator[Made]:
    """Half of one sentence joined to half of another; and the premise that does say both."""
    if not site.rest:
        return
    other = chance.choice(site.rest)
    for tie in (
        r", (?:and|but) (?=[a-z])",
        r" (?=after |before |because |when |while |for |to [a-z]+ the |in order to |amid |following |with )",
        r", (?=which |who |where )",
    ):
        one = re.search(tie, site.sentence)
        two = re.search(tie, other)
        if (
            one
            and two
            and 18 < one.start() < len(site.sentence) - 15
            and 18 < two.start() < len(other) - 15
            and not re.search('[“”"]', site.sentence + other)
        ):
            text = site.sentence[: one.start()] + other[two.start() :]
            if text not in (site.sentence, other):
                yield Made(f"{site.sentence} {other}", text, N, "halves joined", False)
                yield Made(f"{site.sentence} {other}", chance.choice([site.sentence, other]), E, "whole")
            return


_PLAIN_START = re.compile(
    r"(?:The|A|An|His|Her|Their|Its|He|She|It|They|Police|Officials|[A-Z][a-z]+ [A-Z][a-z]+|[A-Z][a-z]+) "
)


def reasons(site: Site, chance: random.Random) -> Iterator[Made]:
    """Two true halves with a false tie; where the report itself gives the tie, it is true."""
    if re.search('[“”"?]', site.sentence):
        return
    own = re.search(
        r"^(?P<a>[^,]{20,120}?),? (?P<tie>because|after|so that|in response to|due to) (?P<b>(?!of\b)[^,]{15,120})\.$",
        site.sentence,
    )
    if (
        own
        and re.match(r"(?:he|she|it|they|the|a|an|[A-Z][a-z]+|his|her|its|their|there) ", own["b"])
        and own["tie"] in ("because", "after")
        and not re.search(
            r"\b(?:hours?|days?|weeks?|months?|years?|minutes|shortly|soon|just|right|long|only|partly|and|immediately|mainly|even|just|not)$",
            own["a"],
        )
    ):
        yield Made(site.sentence, f"{own['a']}.", E, "clause")
        yield Made(site.sentence, f"{capital(own['tie'])} {own['b']}, {lower_first(own['a'])}.", E, "tie turned")
        if own["tie"] == "because":
            yield Made(site.sentence, f"{capital(own['b'])}, because {lower_first(own['a'])}.", N, "false because")
            yield Made(site.sentence, f"{own['a']}, although {own['b']}.", U, "false because")
    for other in site.rest[:6]:
        if (
            len(other) < 130
            and len(site.sentence) < 130
            and _PLAIN_START.match(other)
            and _PLAIN_START.match(site.sentence)
            and not re.search('[“”"?]', other)
        ):
            tie = chance.choice(
                ["because", "after", "so that", "which is why", "in response, ", "as a result, ", "even though"]
            )
            one, two = site.sentence[:-1], other[:-1]
            if tie.endswith(", "):
                text = f"{one}; {tie}{lower_first(two)}."
            elif tie == "which is why":
                text = f"{one}, which is why {lower_first(two)}."
            else:
                text = f"{one} {tie} {lower_first(two)}."
            yield Made(f"{one}. {two}.", text, N, "false because", False)
            yield Made(
                f"{one}. {two}.",
                f"{one}, {chance.choice(['and', 'while'])} {lower_first(two)}.",
                E,
                "joined true",
                False,
            )
            yield Made(text, f"{two}.", E if tie != "so that" else N, "clause", False)
            return


def _words(kind: str) -> list[str]:
    return [words for found, words in read_table("added.tsv") if found == kind]


_OF_PEOPLE, _OF_THINGS, _TAILS, _RELATIVE = map(_words, ("of people", "of things", "tail", "relative"))


def added(site: Site, chance: random.Random) -> Iterator[Turn]:
    """A clause, phrase or adjective that the report has not got; dropped again, it follows."""
    if re.search(r"[“”\"?]|\b(?:not|no|never|if|unless|nor)\b|n[’']t\b", site.sentence) or not site.sentence.endswith(
        "."
    ):
        return
    tail = chance.choice(_TAILS)
    if not re.search(r", (?:[A-Za-z.’' ]+ )?(?:said|says|told)\b", site.sentence):
        yield Turn(f"{site.sentence[:-1]} {tail}.", N, E, "added clause")
    rest = [
        m
        for other in site.rest[:8]
        for m in re.finditer(
            r" (?:in|at|during|after|over|because of|despite|amid|following) (?:the|a|an|his|her|its|"
            r"their) [a-z]+(?: [a-z]+)?(?: [a-z]+)?(?=\.$)",
            other,
        )
    ]
    if rest:
        phrase = chance.choice(rest)[0]
        if phrase.split()[-1] not in site.sentence:
            yield Turn(f"{site.sentence[:-1]}{phrase}.", N, E, "added clause")
    nouns = list(
        re.finditer(
            r"\b(?:the|a|his|her|their|its|two|three) (?=(?:man|woman|men|women|officers?|officials?|group|"
            r"company|bill|law|deal|plan|attack|report|meeting|protest|protesters|leader|governor|mayor|senator|"
            r"lawyer|victim|suspect|driver|teacher|student|vote|decision|trip|speech|program|case|lawsuit|"
            r"ruling)\b)",
            site.sentence,
        )
    )
    if nouns:
        spot = chance.choice(nouns)
        person = re.match(
            r"(?:man|woman|men|women|offic|leader|govern|mayor|senat|lawyer|victim|suspect|driver|teacher|student|protesters)",
            site.sentence[spot.end() :],
        )
        word = chance.choice(_OF_PEOPLE if person else _OF_THINGS)
        article = "an " if spot[0] == "a " and word[0] in "aeiou" else spot[0]
        yield Turn(
            site.sentence[: spot.start()] + article + word + " " + site.sentence[spot.end() :], N, E, "added adjective"
        )
    spots = [
        s
        for s in found_in(site.sentence, site.people)
        if re.match(r" (?:said|was|is|has|had|will|told|[a-z]+ed)\b", site.sentence[s[1] :])
    ]
    if spots and chance.random() < 0.7:
        end = spots[0][1]
        clause = chance.choice(_RELATIVE)
        yield Turn(f"{site.sentence[:end]}, {clause},{site.sentence[end:]}", N, E, "added clause")
