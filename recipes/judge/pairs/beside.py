"""Hangs further hypotheses on premises that are there already: a trainer reads a premise once for all of them.

In: rows. Out: more rows with the same premises: two names of a sentence exchanged, its weekday another, an amount in
other words (equivalents.tsv) that are the same or not, and beside each false one the sentence as it stands or less its
tail, so that a changed word tells no more than an unchanged one.
"""

import random
import re
from collections.abc import Iterator, Sequence

from recipes.judge.house import sentences_of
from recipes.judge.pairs import truths
from recipes.judge.pairs.english import DAYS
from recipes.judge.pairs.tables import read_table
from recipes.judge.rows import Row

__all__ = ["beside", "exchanged"]

_NAME = re.compile(r"\b(?:[A-Z][a-z'’-]+|[A-Z]\.)(?: (?:[A-Z][a-z'’-]+|[A-Z]\.))*\b")
_NO_NAME = re.compile(
    r"(?:The|In|On|At|But|A|An|It|He|She|They|We|I|You|After|Before|If|As|When|While|For|From|This|That|These|Those|His|"
    r"Her|Their|Our|And|So|Then|Mr|Mrs|Ms|Dr|President|Sen|Rep|Gov|January|February|March|April|May|June|July|August|"
    r"September|October|November|December|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b"
)
_EITHER_WAY = re.compile(r"\b(?:and|or|with|between|versus|vs|like|as well as|both|near)\b|^[\W_]*$")
_HEADING = re.compile(r"^[A-Z][^:.]{1,60}: ")  # newsum.judging.told's
_OFTEN = 0.35  # of premises that offer something


_EQUAL = read_table("equivalents.tsv")


def beside(rows: Sequence[Row], seed: int = 1) -> Iterator[Row]:
    """Rows to add to `rows`."""
    chance = random.Random(seed)
    for premise in dict.fromkeys(row.premise for row in rows):
        if chance.random() < _OFTEN:
            yield from _of_premise(premise, chance)


def _of_premise(premise: str, chance: random.Random) -> Iterator[Row]:
    told = _HEADING.sub("", premise, count=1)
    sentences = [text for text in sentences_of(told) if 8 <= len(text.split()) <= 45]
    chance.shuffle(sentences)
    for sentence in sentences[:2]:
        made = [(text, "unsupported", "names exchanged") for text in exchanged(sentence, chance)]
        made += [(text, "contradicted", "weekday") for text in _other_day(sentence, chance)]
        made += [(text, label, "amount in other words") for text, label in _amounts(sentence, chance)]
        for text, label, family in made:
            yield Row(premise, text, label, family)
        if made:
            yield Row(premise, truths.shortened(sentence, chance) or sentence, "entailed", "sentence of it")
            return


def exchanged(sentence: str, chance: random.Random) -> Iterator[str]:
    spots = [m for m in _NAME.finditer(sentence) if not _NO_NAME.match(m[0])]
    pairs = [
        (one, two)
        for n, one in enumerate(spots)
        for two in spots[n + 1 :]
        if one[0] not in two[0] and two[0] not in one[0] and _tells(sentence[one.end() : two.start()])
    ]
    for one, two in chance.sample(pairs, min(2, len(pairs))):
        yield sentence[: one.start()] + two[0] + sentence[one.end() : two.start()] + one[0] + sentence[two.end() :]


def _tells(between: str) -> bool:
    """Whether what stands between two names makes it matter which comes first."""
    return len(between.split()) > 1 and not _EITHER_WAY.search(between)


def _other_day(sentence: str, chance: random.Random) -> Iterator[str]:
    for day in DAYS:
        if re.search(rf"\b{day}\b", sentence):
            yield re.sub(rf"\b{day}\b", chance.choice([other for other in DAYS if other != day]), sentence, count=1)
            return


def _amounts(sentence: str, chance: random.Random) -> Iterator[tuple[str, str]]:
    """The sentence with an amount said otherwise: the same amount, and another."""
    found = [(one, two) for pair in _EQUAL for one, two in (pair, pair[::-1]) if _stands(one, sentence)]
    for one, two in chance.sample(found, min(1, len(found))):
        yield re.sub(rf"(?<!\w){re.escape(one)}(?!\w)", two, sentence, count=1), "entailed"
        others = [other for pair in _EQUAL for other in pair if other[-3:] == two[-3:] and (one, other) not in _SAME]
        if others:
            yield re.sub(rf"(?<!\w){re.escape(one)}(?!\w)", chance.choice(others), sentence, count=1), "unsupported"


def _stands(phrase: str, sentence: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(phrase)}(?!\w)", sentence) is not None


_SAME = {pair for row in _EQUAL for pair in (tuple(row), tuple(row[::-1]), (row[0], row[0]), (row[1], row[1]))}
