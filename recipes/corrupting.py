"""Puts one fault into a true line of a story.

    number      a figure that counts something becomes another
    name        a name becomes another name of the story
    exchanged   two names of the line change places
    date        another weekday, month or year
    negation    a "not" too many or too few
    direction   "rose" becomes "fell"
    hedge       "may" becomes "will"
    quote       a word inside a quotation becomes another word of the story

The patterns are the injector's own, plain ones: a checker that is measured with faults which its own rules for names
and figures chose would only be measured on what those rules see.
"""

import random
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache

from newsum.articles import Article, Story
from newsum.text.lexicon import MONTHS, NUMERALS, TURNED, WEEKDAY, WEEKDAYS, any_of

__all__ = ["KINDS", "corrupted", "spliced", "story_names", "with_stranger"]

_SPELT = NUMERALS[2:13]
_FIGURE = re.compile(
    rf"(?<![\w.,:/-])(?P<digits>\d{{1,3}}(?:,\d{{3}})+|\d+)(?P<rest>\.\d+)?(?![\d:/]|[-–]\d|(?:st|nd|rd|th)\b)|"
    rf"\b(?P<spelt>{'|'.join(_SPELT)})\b(?! of (?:them|us|the))"
)
_YEAR = re.compile(r"\b(?:19[5-9]\d|20[0-3]\d)\b(?!,\d|\.\d)")
_DAY = re.compile(rf"\b{WEEKDAY}\b")
_MONTH = re.compile(rf"\b(?:{'|'.join(m for m in MONTHS if m != 'May')})\b|(?<=in )May\b|\bMay(?= \d)")
_NAME = re.compile(
    r"\b[A-Z][a-z]+(?:[-’'][A-Z][a-z]+)?(?: (?:[A-Z]\. )?[A-Z][a-z]+(?:-[A-Z][a-z]+)?)*\b|\b[A-Z]{3,5}\b"
)
_TITLE = re.compile(
    r"(?:Mr|Mrs|Ms|Dr|President|Senator|Sen|Rep|Gov|Governor|Judge|Justice|Prime Minister|Secretary|Attorney General|"
    r"Speaker|Chief|King|Queen|Former|Representative)\b\.? ?"
)
_NO_NAME = frozenset(
    f"{' '.join(WEEKDAYS)} {' '.join(MONTHS)} The But And For This That They Their His Her She It In On At An As If "
    "When While After Before Since With Without Some Many Most More All Both Each One Two Three Four Five There Here "
    "What Why How Who Not No Yes We You He Its Our My By From Of To Or So Yet Now Then Also Still Even Only Just Last "
    "Next".split()
)
_NOT_ALONE = {"up", "down", "more", "less", "lost", "rise", "fall"}  # words of other kinds too
_DIRECTION = re.compile(rf"\b{any_of(TURNED.keys() - _NOT_ALONE)}\b")
_HEDGE = re.compile(r"\b(?:may|might|could)(?= [a-z]{2,})|\b(?:allegedly|reportedly|possibly|probably|perhaps) ")
_AUXILIARY = re.compile(
    r"\b(?:is|are|was|were|will|would|can|could|should|has|have|had|must|did|does|do)\b(?! not\b|n[’']t| no\b)"
    r"(?= [a-z])"
)
_NOT = re.compile(
    r"\b(?:not|never) |\b(?:is|are|was|were|would|could|should|has|have|had|did|does|do)(n[’']t)\b|\bno (?=[a-z])"
)
_CONTRACTED = re.compile(r"\b(?:can[’']t|won[’']t|cannot)\b")
_QUOTED = re.compile(r"[“\"]([^“”\"]{15,})[”\"]")

Spot = tuple[int, int, str]  # what stands at line[start:end] becomes the string


def corrupted(line: str, kind: str, story: Story, seed: int) -> str | None:
    """The line with one fault of the kind; None where it has nothing of the kind to alter."""
    generator = random.Random(f"{seed} {kind} {line}")
    spots = list(_SPOTS[kind](line, story, generator))
    if not spots:
        return None
    start, end, new = generator.choice(spots)
    altered = line[:start] + new + line[end:]
    return altered[:1].upper() + altered[1:] if altered != line else None


def with_stranger(line: str, story: Story, other: Story, seed: int) -> str | None:
    """The line with one of its names become one that the story has not got; None where there is none to alter."""
    own = story_names(story)
    strangers = [name for name in story_names(other) if name not in own]
    places = _named(line, own)
    if not places or not strangers:
        return None
    generator = random.Random(f"{seed} stranger {line}")
    start, end, name = generator.choice(places)
    alike = [s for s in strangers if len(s.split()) == len(name.split())] or strangers
    return line[:start] + generator.choice(alike) + line[end:]


def spliced(line: str, other: str) -> str:
    """The first half of a line with the second half of another, from another story: an invented end."""
    head, tail = line.split(), other.split()
    return " ".join([*head[: (len(head) + 1) // 2], *tail[len(tail) // 2 :]])


# --- figures and dates ----------------------------------------------------------------------------


def _numbers(line: str, story: Story, generator: random.Random) -> Iterator[Spot]:
    dates = {m.start() for m in _YEAR.finditer(line)} | {m.end() + 1 for m in _MONTH.finditer(line)}
    for found in _FIGURE.finditer(line):
        if found.start() in dates:
            continue
        if found["spelt"]:
            yield *found.span(), generator.choice([w for w in _SPELT if w != found["spelt"]])
        else:
            yield *found.span("digits"), _other_digits(found["digits"], generator)


def _other_digits(digits: str, generator: random.Random) -> str:
    """Another number of as many digits: one of the first two is changed."""
    at = generator.choice([n for n, c in enumerate(digits) if c.isdigit()][:2])
    choices = [d for d in "123456789" if d != digits[at]]
    return digits[:at] + generator.choice(choices) + digits[at + 1 :]


def _dates(line: str, story: Story, generator: random.Random) -> Iterator[Spot]:
    for pattern, others in ((_DAY, WEEKDAYS), (_MONTH, MONTHS)):
        for found in pattern.finditer(line):
            yield *found.span(), generator.choice([d for d in others if d != found[0]])
    for found in _YEAR.finditer(line):
        yield *found.span(), str(int(found[0]) + generator.choice([-3, -2, -1, 1, 2]))


# --- names ----------------------------------------------------------------------------------------


@cache
def _names_of(article: Article) -> Mapping[str, int]:
    """The names in an article, told by capitals inside sentences, with how often they stand there."""
    found: dict[str, int] = {}
    for match in _NAME.finditer(article.text):
        if re.search(r"[a-z,] $", article.text[max(0, match.start() - 2) : match.start()]):
            name = _TITLE.sub("", match[0])
            if name and name not in _NO_NAME:
                found[name] = found.get(name, 0) + 1
    return found


def story_names(story: Story) -> Sequence[str]:
    """The names that stand at least twice in a story, inside its sentences."""
    total: dict[str, int] = {}
    for article in story.articles:
        for name, count in _names_of(article).items():
            total[name] = total.get(name, 0) + count
    return sorted(name for name, count in total.items() if count > 1)


def _named(line: str, known: Sequence[str]) -> list[tuple[int, int, str]]:
    found = []
    for match in _NAME.finditer(line):
        title = _TITLE.match(match[0])
        start = match.start() + (title.end() if title else 0)
        if line[start : match.end()] in known:
            found.append((start, match.end(), line[start : match.end()]))
    return found


def _names(line: str, story: Story, generator: random.Random) -> Iterator[Spot]:
    known = story_names(story)
    for start, end, name in _named(line, known):
        others = [n for n in known if not set(n.lower().split()) & set(name.lower().split())]
        alike = [n for n in others if len(n.split()) == len(name.split())] or others
        if alike:
            yield start, end, generator.choice(alike)


def _exchanged(line: str, story: Story, generator: random.Random) -> Iterator[Spot]:
    found = _named(line, story_names(story))
    for n, (start, middle, one) in enumerate(found):
        for begin, end, two in found[n + 1 :]:
            joined = line[middle:begin].strip(" ,") in ("", "and", "or")  # "Rubio and Cruz" is "Cruz and Rubio"
            if not joined and not set(one.lower().split()) & set(two.lower().split()):
                yield start, end, two + line[middle:begin] + one


# --- sense ----------------------------------------------------------------------------------------


def _negations(line: str, story: Story, generator: random.Random) -> Iterator[Spot]:
    whole = {"cannot": "can", "can": "can", "won": "will"}
    removed = [(*m.span(), whole[re.split("[’']", m[0])[0]]) for m in _CONTRACTED.finditer(line)]
    removed += [(*m.span(1 if m[1] else 0), "") for m in _NOT.finditer(line)]
    yield from removed
    if not removed:
        yield from ((m.end(), m.end(), " not") for m in _AUXILIARY.finditer(line))


def _directions(line: str, story: Story, generator: random.Random) -> Iterator[Spot]:
    yield from ((*m.span(), TURNED[m[0]]) for m in _DIRECTION.finditer(line))


def _hedges(line: str, story: Story, generator: random.Random) -> Iterator[Spot]:
    yield from ((*m.span(), "" if m[0].endswith(" ") else "will") for m in _HEDGE.finditer(line))


def _quotes(line: str, story: Story, generator: random.Random) -> Iterator[Spot]:
    others = sorted({w for a in story.articles for w in re.findall(r"\b[a-z]{5,}\b", a.text)})
    for found in _QUOTED.finditer(line):
        for word in re.finditer(r"\b[a-z]{5,}\b", found[1]):
            start = found.start(1) + word.start()
            yield start, start + len(word[0]), generator.choice([w for w in others if w != word[0]])


_SPOTS: Mapping[str, Callable[[str, Story, random.Random], Iterator[Spot]]] = {
    "number": _numbers,
    "name": _names,
    "exchanged": _exchanged,
    "date": _dates,
    "negation": _negations,
    "direction": _directions,
    "hedge": _hedges,
    "quote": _quotes,
}
KINDS = tuple(_SPOTS)
