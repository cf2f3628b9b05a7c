"""Makes the pairs that public sets lack, from the training files' news text, by rules and templates.

In: the data folder (see sources.py). Out: `Row`s by family: false lines that share the names (roles, invented), false
by degree (degrees), what is claimed and what is so (claims), true lines that do not look it (truths). No family's
label can be told from the hypothesis alone: each false line has a true one of the same words against another premise.
"""

import random
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from recipes.judge.house import sentences_of
from recipes.judge.pairs import claims, degrees, invented, roles, truths
from recipes.judge.pairs.english import DAYS, MONTHS
from recipes.judge.pairs.made import Made, Site, Turn, changed
from recipes.judge.pairs.names import Names, names_of
from recipes.judge.pairs.sources import News, articles, is_plain, stories
from recipes.judge.rows import Row, read_json

__all__ = ["made_rows"]

_SITES = 7  # sentences of an article that pairs are made of
_TURNS = 3  # of a sentence's turns are taken, of different families
_OF_OTHERS = 400  # predicates kept to be borrowed by later articles
# Rows of a family and label: the commonest would be half of all; a sentence against itself is learnt from few; who did
# what, and what is not so, is learnt slowly by small models (the first try's 4 of 18) and gets most.
_MOST, _MOST_KEPT, _MOST_HARD = 1_500, 400, 3_500
_HARD = frozenset(
    (
        *("agent and patient", "act of another", "invented", "invented told", "negation", "opposite"),
        *("possible as certain", "wrong mouth", "clause", "he told before", "summary", "two together"),
        *("killed and injured", "short form"),
    )
)


def made_rows(folder: Path, seed: int = 1, share: float = 1.0) -> Iterator[Row]:
    """Every family's rows, those of one premise together, premises in random order; `share` of the articles is used."""
    chance = random.Random(seed)
    by_premise: dict[str, list[Row]] = defaultdict(list)
    for row in _all(folder, chance, share):
        if row.premise.strip() != "" and len(row.hypothesis) > 12:
            by_premise[row.premise].append(row)
    groups = list(by_premise.values())
    chance.shuffle(groups)
    taken: Counter[tuple[str, str]] = Counter()
    for row in (row for group in groups for row in group):
        taken[row.family, row.label] += 1
        if taken[row.family, row.label] <= _most(row.family):
            yield row


def _most(family: str) -> int:
    return _MOST_KEPT if family.endswith(": kept") else _MOST_HARD if family in _HARD else _MOST


def _all(folder: Path, chance: random.Random, share: float) -> Iterator[Row]:
    elsewhere: list[str] = []
    for news in articles(folder):
        if chance.random() < share:
            names = names_of(news.sentences)
            yield from _of_article(news, names, elsewhere, chance)
            elsewhere = (elsewhere + invented.predicates(news.sentences, names.people)[:2])[-_OF_OTHERS:]
    for told in stories(folder):
        for made in truths.summaries(told, chance):
            yield _row(made, None, chance.choice(told.articles))
    for found in read_json(folder / "training/wikisplit.jsonl.gz"):
        if chance.random() < share:
            for made in truths.splits(found["joined"], found["split"], sentences_of(found["split"]), chance):
                yield _row(made, None, None)


def _of_article(news: News, names: Names, elsewhere: list[str], chance: random.Random) -> Iterator[Row]:
    for made in truths.headlines(news, chance):
        yield _row(made, None, news)
    sites = [n for n, sentence in enumerate(news.sentences) if is_plain(sentence)]
    for at in sorted(chance.sample(sites, min(_SITES, len(sites)))):
        site = _site(news, names, at)
        for made in _of_site(site, news, elsewhere, chance):
            yield _row(made, site, news)
    for at in sites:  # what few sentences offer is looked for in all of them
        site = _site(news, names, at)
        for made in _rare(site, chance):
            yield _row(made, site, news)


def _site(news: News, names: Names, at: int) -> Site:
    text = news.sentences
    rest = tuple(s for n, s in enumerate(text) if abs(n - at) > 2 and is_plain(s))
    return Site(
        text[at], text[max(0, at - 2) : at], text[at + 1 : at + 3], names.people, names.places, names.others, rest
    )


def _of_site(site: Site, news: News, elsewhere: list[str], chance: random.Random) -> Iterator[Made]:
    turned = [*degrees.turns(site, chance), *roles.exchanges(site, chance), *roles.places(site, chance)]
    turned += [*roles.added(site, chance), *truths.synonyms(site, chance)]
    by_family: dict[str, list[Turn]] = defaultdict(list)
    for turn in turned:
        by_family[turn.family].append(turn)
    for family in chance.sample(sorted(by_family), min(_TURNS, len(by_family))):
        yield from _of_turn(site, chance.choice(by_family[family]), chance)
    made: list[Made] = [*roles.acts(site, chance), *roles.passives(site, chance), *claims.speakers(site, chance)]
    made += truths.clauses(site, chance)
    for recipe, often in ((roles.joined, 0.25), (roles.reasons, 0.25), (claims.claims, 0.6), (invented.invented, 0.3)):
        if chance.random() < often:
            made += recipe(site, chance)
    if chance.random() < 0.2:
        made += invented.borrowed(site, elsewhere, chance)
    if chance.random() < 0.1:
        made += claims.mouths(site, news.outlet, chance)
    made += truths.dated(site, news.day, chance)
    yield from chance.sample(made, min(5, len(made)))


_RARE = frozenset(
    (
        *("agent and patient", "standing in law", "bound", "figure bounded", "figure rounded", "amount"),
        *("killed and injured", "currency", "possible as certain", "scale", "before and after", "order"),
        "added adjective",
    )
)


def _rare(site: Site, chance: random.Random) -> Iterator[Made]:
    turned = [*degrees.turns(site, chance), *roles.exchanges(site, chance)]
    rare = [turn for turn in turned if turn.family in _RARE]
    for turn in chance.sample(rare, min(2, len(rare))):
        yield from _of_turn(site, turn, chance)
    yield from (made for made in roles.acts(site, chance) if made.family in ("act of another", "he told before"))
    yield from roles.passives(site, chance)


def _of_turn(site: Site, turn: Turn, chance: random.Random) -> Iterator[Made]:
    """The turn read both ways, sometimes shortened on the side of the line, and each side against itself."""
    old, new = site.sentence, turn.text
    pairs = [(old, new, turn.forward), (new, old, turn.backward)]
    premise, line, label = chance.choice(pairs)
    if label != "entailed" and chance.random() < 0.4:  # shortened where the change stays: else it would be no change
        line = _shortened_alike(premise, line, chance) or line
    yield Made(premise, line, label, turn.family)
    if chance.random() < 0.35:
        same = chance.choice([old, new])
        yield Made(same, truths.shortened(same, chance) or same, "entailed", f"{turn.family}: kept")


def _shortened_alike(premise: str, line: str, chance: random.Random) -> str | None:
    """The line shortened, if what makes it differ from the premise is still in it."""
    words = line.split()
    kept = " ".join(words[changed(words, premise.split())])
    return truths.shortened(line, chance, keep=kept) if kept else None


def _row(made: Made, site: Site | None, news: News | None) -> Row:
    """The pair with its premise dressed: neighbours around it, other sentences after it, whose text it is before it."""
    chance = random.Random(made.premise)  # all pairs of one premise are dressed alike: a trainer reads it but once
    core = made.premise.lstrip("\x00\x01")
    text = core
    if site and made.context:
        before = " ".join(site.before[-chance.choice([0, 0, 1, 1, 2]) :]) if chance.random() < 0.5 else ""
        after = " ".join(site.after[: chance.choice([0, 0, 1, 2])])
        text = " ".join(part for part in (before, core, after) if part)
        if chance.random() < 0.15 and site.rest:
            more = " ".join(chance.sample(site.rest, min(len(site.rest), chance.choice([1, 2]))))
            text = f"{text} {more}" if chance.random() < 0.5 else f"{more} {text}"
    return Row(_headed(text, made.premise, news, chance), made.hypothesis, made.label, made.family)


def _headed(text: str, marked: str, news: News | None, chance: random.Random) -> str:
    """The premise as newsum.judging.told writes it: "BBC: ...", "BBC, Friday 3 July 2020: ...", or bare."""
    if news is None or not (news.outlet or marked.startswith("\x01")):
        return text
    dated = marked.startswith("\x01") or (news.day is not None and chance.random() < 0.25)
    if not dated and not marked.startswith("\x00") and chance.random() < 0.4:
        return text
    outlet = news.outlet or "A newspaper"
    return f"{outlet}, {_day(news.day)}: {text}" if dated and news.day else f"{outlet}: {text}"


def _day(day: date) -> str:
    return f"{DAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]} {day.year}"
