"""Turns real development sentences into false ones, and leaves them true, with words and patterns of its own.

In: stories of basil_dev and news_cluster_dev. Out: `Case`s: kind, premise, line, whether the premise entails it. None
of these templates is among those that the judge was trained on (recipes/judge/pairs): a test compares them.
"""

import gzip
import json
import random
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from newsum.text.sentences import split

__all__ = ["INVENTED", "Case", "development_cases", "fixture_cases"]


class Case(NamedTuple):
    """One question to a judge."""

    kind: str
    premise: str
    line: str
    entailed: bool


# {n}, {m}: names of the story, {w}: a noun of it. Thirty short, thirty longer.
INVENTED = (Path(__file__).parent / "invented.txt").read_text(encoding="utf-8").splitlines()

_PERSON = re.compile(r"(?<=[a-z,] )[A-Z][a-z]+ [A-Z][a-z]{2,}\b(?! [A-Z])")
_NOUN = re.compile(r"(?<=\bthe )[a-z]{4,}(?= (?:of|in|on|at|for|to|was|is|and|that)\b)")
_WEEK = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def fixture_cases(table: str = "fixtures") -> list[Case]:
    """The project's own pairs, about invented people and places.

    Args:
        table: "fixtures" were written by hand with the recipe's kinds in mind; "blind" are longer and reworded, by
            writers who had not seen the recipe.
    """
    rows = (Path(__file__).parent / f"{table}.tsv").read_text(encoding="utf-8").splitlines()[1:]
    parts = [row.split("\t") for row in rows]
    return [Case(kind, premise, line, wanted == "entailed") for kind, wanted, premise, line in parts]


def development_cases(folder: Path, *, each: int = 60, seed: int = 11) -> list[Case]:
    """Up to `each` cases of every kind, drawn at random from the development stories."""
    chance = random.Random(seed)
    found: dict[str, list[Case]] = {}
    for sentences in _texts(folder):
        for case in _cases(sentences, chance):
            found.setdefault(case.kind, []).append(case)
    return [case for kind in sorted(found) for case in chance.sample(found[kind], min(each, len(found[kind])))]


def _texts(folder: Path) -> Iterator[list[str]]:
    for name in ("basil_dev", "news_cluster_dev"):
        with gzip.open(folder / "stories" / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
            for line in lines:
                for article in json.loads(line)["articles"]:
                    text = article["text"]
                    yield [" ".join(text[start:end].split()) for start, end in split(text)]


def _cases(sentences: Sequence[str], chance: random.Random) -> Iterator[Case]:
    plain = [n for n, s in enumerate(sentences) if 9 <= len(s.split()) <= 38 and s.endswith(".") and s[0].isupper()]
    text = " ".join(sentences)
    people = sorted(set(_PERSON.findall(text)))
    nouns = sorted(set(_NOUN.findall(text)))
    for at in chance.sample(plain, min(6, len(plain))):
        sentence = sentences[at]
        premise = " ".join(sentences[max(0, at - chance.choice([0, 1, 2])) : at + 1 + chance.choice([0, 1, 2])])
        for kind, turn in TURNS.items():
            line = turn(sentence, chance)
            if line is not None and line not in (sentence, premise):
                yield Case(kind, premise, line[0].upper() + line[1:], kind.startswith("true"))
        yield Case("true: as it stands", premise, sentence, True)
        if len(people) > 1 and nouns:
            one, two = chance.sample(people, 2)
            names = {"n": chance.choice([one, one.split()[1]]), "m": two.split()[1], "w": chance.choice(nouns)}
            form = chance.choice(INVENTED)
            kind = "invented, short" if len(form.split()) < 8 else "invented, long"
            yield Case(kind, premise, form.format(**names), False)


# --- one kind each: the sentence turned, or None where it has nothing of the kind ---------------------


def _swap(patterns: Sequence[tuple[str, str]]) -> Callable[[str, random.Random], str | None]:
    def turn(sentence: str, chance: random.Random) -> str | None:
        fit = [(pattern, new) for pattern, new in patterns if re.search(pattern, sentence)]
        if not fit:
            return None
        pattern, new = chance.choice(fit)
        return re.sub(pattern, new, sentence, count=1)

    return turn


def _figure(sentence: str, chance: random.Random) -> str | None:
    found = list(re.finditer(r"(?<![\w.,:-])\d{1,3}(?:,\d{3})*(?![\w:,-]|\.\d)", sentence))
    found = [m for m in found if not re.search(r"(?:uary|arch|pril|May|June|July|ust|ber)\.? $", sentence[: m.start()])]
    if not found:
        return None
    spot = chance.choice(found)
    value = int(spot[0].replace(",", ""))
    return (
        sentence[: spot.start()]
        + f"{value * chance.choice([2, 3, 10]) + chance.choice([1, 4]):,}"
        + sentence[spot.end() :]
    )


def _weekday(sentence: str, chance: random.Random) -> str | None:
    found = [day for day in _WEEK if re.search(rf"\b{day}\b", sentence)]
    return sentence.replace(found[0], chance.choice([d for d in _WEEK if d != found[0]])) if found else None


def _exchanged(sentence: str, chance: random.Random) -> str | None:
    found = list(re.finditer(r"\b(?:[A-Z][a-z]+ )?[A-Z][a-z]{2,}\b", sentence))
    found = [m for m in found if m.start() or " " in m[0]]
    found = [
        m
        for m in found
        if m[0] not in _WEEK and not re.match(r"(?:The|In|On|At|But|A|It|He|She|They|After|If)\b", m[0])
    ]
    for one, two in ((a, b) for n, a in enumerate(found) for b in found[n + 1 :]):
        between = sentence[one.end() : two.start()]
        if re.search(r" (?:[a-z]+ed|told|beat|said|met|sent|gave|won|asked) ", between) and one[0] != two[0]:
            return sentence[: one.start()] + two[0] + between + one[0] + sentence[two.end() :]
    return None


def _cut_tail(sentence: str, chance: random.Random) -> str | None:
    found = re.search(r", (?:who|which|while|but|although|with|adding|saying)\b[^“”\"]+\.$", sentence)
    return f"{sentence[: found.start()]}." if found and len(sentence[: found.start()].split()) > 6 else None


def _fronted(sentence: str, chance: random.Random) -> str | None:
    found = re.search(
        r"^(The [^,“”\"]{20,140}?) (on (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)(?! (?:morning|night|evening|"
        r"afternoon))([ ,.].*)$",
        sentence,
    )
    return (
        f"{found[2].capitalize()[:3]}{found[2][3:]}, {found[1][0].lower()}{found[1][1:]}{found[3]}" if found else None
    )


def _tables() -> dict[str, Callable[[str, random.Random], str | None]]:
    """The kinds of turns.tsv: patterns and what they become, in a line as it is written (no new word is checked)."""
    rows = (Path(__file__).parent / "turns.tsv").read_text(encoding="utf-8").splitlines()[1:]
    found: dict[str, list[tuple[str, str]]] = {}
    for kind, pattern, new in (row.split("\t") for row in rows):
        found.setdefault(kind, []).append((pattern, new))
    return {kind: _swap(patterns) for kind, patterns in found.items()}


TURNS: dict[str, Callable[[str, random.Random], str | None]] = {
    "figure": _figure,
    "weekday": _weekday,
    "names exchanged": _exchanged,
    "true: tail cut": _cut_tail,
    "true: day first": _fronted,
    **_tables(),
}
