"""Makes the slips of a small writer: who did what exchanged within several outlets' reports of one event.

In: the writer's lessons (recipes.writer): reports of one event by outlet, lines that are true to them. Out: `Row`s: the
lines as they are, and turned: two names exchanged, the act of one given to another whom the reports name, the half of
one line joined to the half of a sentence of theirs, a name of theirs put in the place of a line's last one.
"""

import random
import re
from collections.abc import Iterator, Sequence

from newsum.judging import told
from newsum.tuning.writer.rows import WriterRow
from recipes.judge.house import sentences_of
from recipes.judge.pairs.beside import exchanged
from recipes.judge.rows import Row, narrowed

__all__ = ["slips", "turned"]

_MOST = 110  # words of a premise
_NAME = re.compile(r"\b[A-Z][\w’'-]+(?: (?:of |the |[A-Z]\. )?[A-Z][\w’'-]+){0,3}\b")
_ACTOR = re.compile(
    r"^(?P<who>(?:The |President |Sen\. |Rep\. |Gov\. |Attorney General |Former |U\.S\. )*"
    r"[A-Z][\w’'-]+(?: [A-Z][\w’'.-]+){0,3}|[A-Z][a-z]+ (?:police|officials|lawmakers|prosecutors))"
    r"(?P<act> (?:has |have |had |will |is |was |are |were )?[a-z]+(?:ed|s|ing|n|d|t|ill|as)?\b.+)$"
)
_TIE = re.compile(
    r",? (?=(?:after|before|because|when|while|as|following|amid|to [a-z]+|for|over|by|with) )|, (?=and |but )"
)
_NO_NAME = re.compile(
    r"(?:The|In|On|At|But|A|An|It|He|She|They|We|I|After|Before|If|As|When|While|For|From|This|That|These|His|Her|"
    r"Their|And|So|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|Mr|Mrs|Ms|Dr)$"
)


def slips(lessons: Sequence[WriterRow], seed: int = 1) -> Iterator[Row]:
    """The rows, some of each lesson's lines."""
    chance = random.Random(seed)
    for lesson in lessons:
        if lesson.family == "joined":
            continue
        by_outlet = [(outlet, sentences_of(text)) for outlet, text in lesson.reports]
        for line in lesson.lines:
            premise = _premise(line, by_outlet, chance)
            if premise and len(premise.split()) <= _MOST:
                yield Row(premise, line, "entailed", "line")
                found = [*turned(line, premise, chance)]
                for text, family in chance.sample(found, min(3, len(found))):
                    yield Row(premise, text, "unsupported", family)


def _premise(line: str, by_outlet: Sequence[tuple[str, list[str]]], chance: random.Random) -> str:
    """The sentences that are nearest to a line, those of an outlet together, most with its name."""
    sentences = [s for _, own in by_outlet for s in own]
    kept = set(sentences_of(narrowed(sentences, line, most=chance.choice([3, 4, 5]))))
    parts = []
    for outlet, own in by_outlet:
        text = " ".join(s for s in own if s in kept)
        if text:
            parts.append(told(outlet, text) if outlet and chance.random() < 0.8 else text)
    return " ".join(parts)


def turned(line: str, premise: str, chance: random.Random) -> Iterator[tuple[str, str]]:
    yield from ((text, "names exchanged") for text in exchanged(line, chance))
    names = _others(line, premise)
    actor = _ACTOR.match(line)
    if actor and names:
        yield f"{chance.choice(names)}{actor['act']}", "act of another"
    spots = [m for m in _NAME.finditer(line) if m.start() > 12 and not _NO_NAME.match(m[0])]
    if spots and names:
        spot = spots[-1]
        yield f"{line[: spot.start()]}{chance.choice(names)}{line[spot.end() :]}", "another in its place"
    tie = _TIE.search(line, 20)
    tails = [
        s[m.start() :]
        for s in sentences_of(premise)
        for m in [_TIE.search(s, 20)]
        if m and s[m.start() :][:40] not in line and '"' not in s and "”" not in s
    ]
    if tie and tails and tie.start() < len(line) - 15:
        yield line[: tie.start()] + chance.choice(tails), "halves joined"


def _others(line: str, premise: str) -> list[str]:
    """Names of the premise that no word of the line has."""
    words = set(re.findall(r"\w+", line))
    found = (m[0] for m in _NAME.finditer(premise) if not premise[m.end() :].startswith((":", ",  ")))
    return [
        name
        for name in dict.fromkeys(found)
        if not _NO_NAME.match(name) and not words & set(re.findall(r"\w{3,}", name)) and len(name) > 3
    ]
