"""Makes pairs of sentences of two outlets on one event, and the same pairs with a fact of either side turned.

In: the training stories, a judge. Out: `Row`s. A line of one outlet or of the editor's summary stands against the
nearest sentences of another outlet; where the judge finds it entailed, that is a true line in other words. The line
turned (another figure, day, place; names exchanged, the act given to another) and the premise turned in what both tell
are the false ones. In `pairs` the two sides of a turn are the same sentence; here they are as different as two outlets
write, as newsum compares them for `also`. `written` asks no judge: a line of the summary against the nearest
sentences of all reports, which have its names, figures and most of its words.
"""

import random
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from newsum.judging import Judge, told
from recipes.judge.house import sentences_of
from recipes.judge.pairs import degrees, roles, truths
from recipes.judge.pairs.beside import exchanged
from recipes.judge.pairs.made import Site, Turn, changed
from recipes.judge.pairs.names import Names, names_of
from recipes.judge.pairs.slips import turned
from recipes.judge.pairs.sources import News, Told, is_plain, stories
from recipes.judge.rows import Row, narrowed

__all__ = ["across", "as_it_is_and_turned", "written"]

_LOOKED_AT = 25  # sentences of an article
_SHARED = (0.4, 0.9)  # of a line's longer words, in the other outlet's sentence
_OF_STORY = 5  # pairs of outlets' sentences
_OF_SUMMARY = 2  # reports that a line of the summary is held against
_MOST = 90  # words of a premise
# A line of the summary was written of these reports: it needs less of the judge than any two outlets' sentences
_ENTAILED, _WRITTEN_OF = 0.85, 0.5
_COVERED = 0.5  # of a summary's line's longer words, in what all reports say of it
_MOST_OF_ALL = 130  # words of such a premise
_ASKED = 256  # pairs at a time
_FALSE = ("contradicted", "unsupported")


class _Pair(NamedTuple):
    premise: str
    line: str
    least: float
    names: Names


def across(folder: Path, judge: Judge, most: int, seed: int = 1) -> Iterator[Row]:
    """The rows of so many pairs at most."""
    chance = random.Random(seed)
    found = [pair for story in stories(folder) for pair in _pairs(story, chance)]
    chance.shuffle(found)
    for start in range(0, min(most, len(found)), _ASKED):
        some = found[start : min(most, start + _ASKED)]
        answers = judge.entailment([(pair.premise, pair.line) for pair in some])
        for pair, answer in zip(some, answers, strict=True):
            if answer.entailed >= pair.least:
                yield from as_it_is_and_turned(pair.premise, pair.line, pair.names, chance)


def written(folder: Path, seed: int = 1) -> Iterator[Row]:
    """The rows of the summaries' lines, which were written of all reports together."""
    chance = random.Random(seed)
    for story in stories(folder):
        names = names_of(story.heads)
        every = [s for article in story.articles for s in article.sentences[:_LOOKED_AT]]
        for line in filter(is_plain, story.summary):
            kept = set(sentences_of(narrowed(every, line, most=chance.choice([2, 3, 4, 5]))))
            shown = [(a, " ".join(s for s in a.sentences[:_LOOKED_AT] if s in kept)) for a in story.articles]
            text, words = " ".join(text for _, text in shown), _words(line)
            covered = len(words & _words(text)) >= _COVERED * len(words)
            if covered and _marks(line) <= _words(text, 1) and len(text.split()) <= _MOST_OF_ALL:
                premise = " ".join(_headed(article, text, chance) for article, text in shown if text)
                for row in as_it_is_and_turned(premise, line, names, chance):
                    yield row._replace(family=row.family.replace("across", "written", 1))


def _pairs(story: Told, chance: random.Random) -> Iterator[_Pair]:
    articles = [article for article in story.articles if article.sentences]
    names = names_of(story.heads)
    found = []
    for one in articles:
        for other in articles:
            if one.outlet != other.outlet:
                found += [_Pair(_headed(one, near, chance), line, _ENTAILED, names) for near, line in _near(one, other)]
    yield from chance.sample(found, min(_OF_STORY, len(found)))
    for line in story.summary:
        if is_plain(line):
            for article in chance.sample(articles, min(_OF_SUMMARY, len(articles))):
                premise = narrowed(list(article.sentences[:_LOOKED_AT]), line, most=chance.choice([2, 3, 4]))
                if len(premise.split()) <= _MOST and _marks(line) <= _words(premise, 1):
                    yield _Pair(_headed(article, premise, chance), line, _WRITTEN_OF, names)


def _near(one: News, other: News) -> Iterator[tuple[str, str]]:
    """Sentences of `other` with that of `one` which shares most of their words."""
    pool = [(s, _words(s)) for s in one.sentences[:_LOOKED_AT] if is_plain(s)]
    for line in other.sentences[:_LOOKED_AT]:
        words = _words(line)
        if is_plain(line) and len(words) > 4 and pool:
            best, shared = max(((s, len(words & own) / len(words)) for s, own in pool), key=lambda pair: pair[1])
            if _SHARED[0] <= shared <= _SHARED[1]:
                yield best, line


def as_it_is_and_turned(premise: str, line: str, names: Names, chance: random.Random) -> Iterator[Row]:
    """The rows of a line that a premise entails: itself, shortened, turned, and against the premise turned."""
    yield Row(premise, line, "entailed", "across")
    if short := truths.shortened(line, chance):
        yield Row(premise, short, "entailed", "across")
    site = Site(line, (), (), names.people, names.places, names.others, ())
    false = [(turn.text, turn.forward) for turn in _turns(site, chance) if turn.forward in _FALSE]
    others = [(text, "unsupported") for text, _ in turned(line, premise, chance)]
    for some in (false, others):
        for text, label in chance.sample(some, min(1, len(some))):
            yield Row(premise, text, label, "across: turned")
    yield from _premises_turned(premise, line, names, chance)


def _premises_turned(premise: str, line: str, names: Names, chance: random.Random) -> Iterator[Row]:
    """The line against the premise in which something that it tells too is another."""
    found = []
    sentences = sentences_of(premise)
    for at, sentence in enumerate(sentences):
        site = Site(sentence, (), (), names.people, names.places, names.others, ())
        texts = [turn.text for turn in _turns(site, chance) if turn.backward in _FALSE]
        for text in (*texts, *exchanged(sentence, chance)):
            if _turns_the_line(sentence, text, line):
                found.append(" ".join([*sentences[:at], text, *sentences[at + 1 :]]))
    if found:
        yield Row(chance.choice(found), line, "unsupported", "across: premise turned")


def _turns(site: Site, chance: random.Random) -> Sequence[Turn]:
    return [*degrees.turns(site, chance), *roles.exchanges(site, chance), *roles.places(site, chance)]


def _turns_the_line(old: str, new: str, line: str) -> bool:
    """Whether the line has what was changed, and a word of what stands around it."""
    mine = old.split()
    turned_at = changed(mine, new.split())
    gone = mine[turned_at]
    around = [*mine[max(0, turned_at.start - 2) : turned_at.start], *mine[turned_at.stop :][:2]]
    told = _words(line, 1)
    return _words(" ".join(gone[:1] + gone[-1:]), 1) <= told and bool(_words(" ".join(around)) & told)


def _headed(article: News, text: str, chance: random.Random) -> str:
    if not article.outlet or chance.random() < 0.3:
        return text
    return told(article.outlet, text, article.day.isoformat() if article.day and chance.random() < 0.4 else None)


def _words(text: str, least: int = 4) -> frozenset[str]:
    return frozenset(re.findall(rf"\w{{{least},}}|\d+", text.lower()))


def _marks(line: str) -> frozenset[str]:
    """Its names and figures, in small letters."""
    return frozenset(word.lower() for word in re.findall(r"(?<!^)\b[A-Z]\w+|\d+", line))
