"""Makes true lines that do not look it, and the same lines with what they rest on hidden.

In: a `Site`, a story with its summary, a sentence said in two. Out: `Made` pairs and `Turn`s.
"""

import random
import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import cache

from recipes.judge.pairs.english import DAYS, MONTHS, capital
from recipes.judge.pairs.made import Made, Site, Turn
from recipes.judge.pairs.names import found_in, surname
from recipes.judge.pairs.sources import News, Told, is_plain
from recipes.judge.pairs.tables import read_table

__all__ = ["clauses", "dated", "headlines", "shortened", "splits", "summaries", "synonyms"]

E, N, C, U = "entailed", "neutral", "contradicted", "unsupported"

_START = r"(?:[Tt]he|[Aa]n?|[Hh]is|[Hh]er|[Tt]heir|[Hh]e|[Ss]he|[Tt]hey|[A-Z][a-z]+)\b"
_VERB = (
    r"(?:said|says|is|was|are|were|has|have|had|will|would|told|did|can|could|[a-z]{3,}ed|won|lost|met|made|took|"
    r"left|came|went|gave|held|ran|led)\b"
)
_LEADING = re.compile(
    rf"^(?:On|In|At|During|Last|Earlier|Meanwhile|Later|Also|Still|Instead|Now|But|And|However|"
    rf"Since)\b[^,“”\"]{{0,60}}, (?={_START})"
)
_MIDDLE = re.compile(
    rf"(?<=[a-z]), (?P<in>(?:who|which|whose|a|an|the|one|now|then|formerly|including|along with|"
    rf"along)\b[^,“”\"]{{5,90}}), (?={_VERB})"
)
_TRAILING = re.compile(
    r", (?:[a-z]+ing|which|who|where|while|although|though|but|as|with|including|even|despite|amid|after|"
    r"especially|such as|along with|citing)\b[^“”\"]{12,200}\.$"
)
_AND = re.compile(rf", and (?P<two>{_START}(?: [A-Za-z’'-]+){{0,3}} {_VERB}[^“”\"]{{8,200}})\.$")
_WHO = re.compile(
    rf"(?P<name>(?:[A-Z][\w.’'-]+ ){{1,3}}[A-Z][\w’'-]+|[A-Z][a-z]+), (?P<what>(?:the|a|"
    rf"an) [a-z][^,“”\"]{{5,70}}), (?P<verb>{_VERB})"
)
_UNSAFE = re.compile(r"\b(?:if|unless|whether|neither|nor|not only|either)\b|\?", re.I)


def shortened(sentence: str, chance: random.Random, *, keep: str = "") -> str | None:
    """The sentence less a part that it can stand without; None where there is none, or `keep` would go with it."""
    if _UNSAFE.search(sentence):
        return None
    found = [
        capital(sentence[match.end() :])
        for match in _LEADING.finditer(sentence)
        if not re.search(r"\b(?:[Nn]o|[Nn]ot)\b", match[0])
    ]
    found += [sentence[: match.start()] + " " + sentence[match.end() :] for match in _MIDDLE.finditer(sentence)]
    found += [f"{sentence[: match.start()]}." for match in _TRAILING.finditer(sentence) if match.start() > 30]
    found += [f"{sentence[: match.start()]}." for match in _AND.finditer(sentence) if match.start() > 25]
    found = [text for text in found if len(text.split()) >= 5 and keep in text]
    return chance.choice(found) if found else None


def clauses(site: Site, chance: random.Random) -> Iterator[Made]:
    """Parts of a longer sentence that stand alone."""
    text = site.sentence
    if _UNSAFE.search(text):
        return
    short = shortened(text, chance)
    if short:
        yield Made(text, short, E, "clause")
        shorter = shortened(short, chance)
        if shorter:
            yield Made(text, shorter, E, "clause")
        if chance.random() < 0.3 and len(short) < 0.8 * len(text):
            yield Made(short, text, N, "added clause")
    match = _AND.search(text)
    if match:
        yield Made(text, f"{capital(match['two'])}.", E, "clause")
    who = _WHO.search(text)
    if who and not re.search(r"\b(?:told|said)\b", who["what"]) and " and " not in who["what"][:12]:
        be = "is" if chance.random() < 0.5 else "was"
        yield Made(text, f"{who['name']} {be} {who['what']}.", E, "clause")
        yield Made(
            text,
            f"{capital(who['what'])}, {who['name']}, {text[who.start('verb') :]}" if who.start() == 0 else text,
            E,
            "clause",
        )
        others = [p for p in site.people if surname(p) not in text]
        if others:
            yield Made(text, f"{others[0]} {be} {who['what']}.", U, "act of another")
        inner = [s for s in found_in(text[who.end() :], site.people) if s[2] != who["name"]]
        if inner:
            yield Made(text, f"{inner[0][2]} {be} {who['what']}.", U, "act of another")
    for person in site.people:
        if person in text and len(person.split()) == 2 and surname(person) != person:
            yield Made(text, text.replace(person, surname(person)), E, "short name")
            break


@cache
def _synonyms() -> tuple[dict[str, str], re.Pattern[str]]:
    table = dict(read_table("short_forms.tsv"))
    pattern = re.compile(
        rf"(?<![\w-])(?:{'|'.join(re.escape(k) for k in sorted(table, key=len, reverse=True))})(?![\w-])"
    )
    return table, pattern


def synonyms(site: Site, chance: random.Random) -> Iterator[Turn]:
    """Short forms written out, and other words for the same."""
    table, pattern = _synonyms()
    found = [
        m
        for m in pattern.finditer(site.sentence)
        if not re.search(r"\b(?:[Tt]he|[Aa]n?|former|new) $", site.sentence[: m.start()])
        or not table[m[0]].startswith("the ")
    ]
    if not found:
        return
    text = site.sentence
    for match in reversed(found):
        new = table[match[0]]
        if re.search(r"[Tt]he $", text[: match.start()]) and new.startswith("the "):
            new = new[4:]
        if (
            match[0] in ("U.S.", "U.N.", "EU", "U.K.", "FBI", "EPA", "GOP", "CIA", "DOJ", "UK")
            and re.match(r" [a-z]+(?!ed\b)", text[match.end() :])
            and not re.match(rf" {_VERB}", text[match.end() :])
        ):
            continue
        text = text[: match.start()] + new + text[match.end() :]
    yield Turn(capital(text), E, E, "short form")


# --- days and dates ------------------------------------------------------------------------------


def dated(site: Site, day: date | None, chance: random.Random) -> Iterator[Made]:
    """A weekday against the date, told by the day of publication; "\x01" asks for the dated heading of the premise."""
    if day is None:
        return
    match = re.search(
        rf"\bon ({'|'.join(DAYS)})\b(?! (?:and|to|through|or|night|morning|evening|afternoon))", site.sentence
    )
    back = (day.weekday() - DAYS.index(match[1])) % 7 if match else 7
    if not match or back > 3 or re.search(r"\b(?:will|next|to be|is set|are set|plans?)\b", site.sentence):
        return
    meant = day - timedelta(days=back)
    right = _written_day(meant, chance)
    wrong = _written_day(meant + timedelta(days=chance.choice([-7, -2, -1, 1, 2, 7, 30])), chance)
    start, end = match.span()
    yield Made(f"\x01{site.sentence}", site.sentence[:start] + f"on {right}" + site.sentence[end:], E, "day as date")
    yield Made(f"\x01{site.sentence}", site.sentence[:start] + f"on {wrong}" + site.sentence[end:], C, "day as date")
    if back == 1:
        yield Made(f"\x01{site.sentence[:start]}yesterday{site.sentence[end:]}", site.sentence, E, "day as date")


def _written_day(day: date, chance: random.Random) -> str:
    forms = (
        f"{day.day} {MONTHS[day.month - 1]}",
        f"{MONTHS[day.month - 1]} {day.day}",
        f"{MONTHS[day.month - 1]} {day.day}, {day.year}",
    )
    return chance.choice(forms)


# --- several sentences ---------------------------------------------------------------------------


def splits(joined: str, split: str, parts: Sequence[str], chance: random.Random) -> Iterator[Made]:
    """A sentence and the same said in two: together they entail it, each alone does not."""
    if len(parts) != 2:
        return
    yield Made(split, joined, E, "two together", False)
    yield Made(joined, chance.choice(parts), E, "clause", False)
    alone = chance.choice(parts)
    if len(alone) < 0.75 * len(joined):
        yield Made(alone, joined, N, "two together", False)


_WORD = re.compile(r"[A-Za-z]{4,}|\d[\d,.]*")
_COMMON = frozenset(
    (
        "that with from have this will been were their they said would about after which could than other into over "
        "also more when what some there first year last before while where"
    ).split()
)


def _words(text: str) -> frozenset[str]:
    return frozenset(word.lower()[:6] for word in _WORD.findall(text)) - frozenset(w[:6] for w in _COMMON)


def headlines(news: News, chance: random.Random) -> Iterator[Made]:
    """An article's title against its opening, where nearly all its words stand there; and against later sentences."""
    title = news.title
    words = _words(title)
    if (
        not 5 <= len(title.split()) <= 16
        or len(words) < 4
        or re.search(r"[?:|“”\"‘’!]|\b(?:[Hh]ow|[Ww]hy|[Ww]hat|[Oo]pinion|[Ww]atch|[Yy]ou)\b", title)
        or len(news.sentences) < 8
    ):
        return
    best = max(range(1, 5), key=lambda n: len(words & _words(" ".join(news.sentences[:n]))) - 0.4 * n)
    opening = " ".join(news.sentences[:best])
    if len(words & _words(opening)) >= 0.8 * len(words):
        yield Made(opening, f"{title.rstrip('.')}.", E, "headline", False)
        later = [s for s in news.sentences[6:] if is_plain(s) and len(words & _words(s)) <= 0.35 * len(words)]
        if later and chance.random() < 0.5:
            yield Made(" ".join(later[:2]), f"{title.rstrip('.')}.", N, "headline hidden", False)


def summaries(told: Told, chance: random.Random) -> Iterator[Made]:
    """An editor's sentence against the best sentences of an outlet that has all its names and figures."""
    for sentence in told.summary:
        words = _words(sentence)
        if len(words) < 5 or not 8 <= len(sentence.split()) <= 45:
            continue
        marks = frozenset(re.findall(r"\b[A-Z][a-z]+|\d[\d,.]*\d|\d", sentence[1:]))
        for news in told.articles:
            pool = [s for s in news.sentences[:30] if len(s.split()) > 4]
            chosen = _best(pool, words)
            premise = " ".join(chosen)
            cover = len(words & _words(premise)) / len(words)
            if cover >= 0.75 and all(mark in premise for mark in marks):
                yield Made(premise, sentence, E, "summary", False)
                hidden = [s for s in pool if s not in chosen and len(words & _words(s)) <= 0.4 * len(words)]
                if len(hidden) >= 2 and chance.random() < 0.6:
                    yield Made(" ".join(hidden[: chance.choice([2, 3, 4])]), sentence, N, "summary hidden", False)


def _best(pool: Sequence[str], words: frozenset[str]) -> list[str]:
    """Up to four sentences that together cover most of the words, in their order."""
    chosen: list[str] = []
    left = set(words)
    while left and len(chosen) < 4:
        best = max((s for s in pool if s not in chosen), key=lambda s: len(left & _words(s)), default=None)
        if best is None or not left & _words(best):
            break
        chosen.append(best)
        left -= _words(best)
    return [s for s in pool if s in chosen]
