"""Puts one figure of a story in the place of another: each is the story's, and each counts something else.

    swapped     two figures of the line change places
    borrowed    a figure of the line becomes another that stands near the line's own in an article

As in corrupting.py the patterns are plain ones of its own, so that what newsum takes for a figure is not what it is
measured by. Only figures written alike change places (money with money, shares with shares, counts with counts); years,
days, times, scores, ages between commas, the ends of "between ... and ..." and of lists stay where they are.
"""

import random
import re
from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import NamedTuple

from newsum.articles import Story
from newsum.text.lexicon import MONTH, NUMERALS
from newsum.text.sentences import split

__all__ = ["EXCHANGES", "Exchanged", "exchanged", "near"]

EXCHANGES = ("swapped", "borrowed")
_SPELT = (*NUMERALS[2:20], "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_VALUES = {**{name: n for n, name in enumerate(_SPELT[:19], 2)}, **{t: 10.0 * n for n, t in enumerate(_SPELT[18:], 2)}}
_FIGURE = re.compile(
    rf"(?P<sign>[$£€])?(?<![\w.,:/'’-])(?P<figure>(?:\d{{1,3}}(?:,\d{{3}})+|\d+)(?:\.\d+)?|(?:{'|'.join(_SPELT)})\b)"
    rf"(?![\w:/'’]|-\d|–\d|,\d|\.\d)(?P<scale>[ -](?:hundred|thousand|million|billion|trillion)\b)?"
    rf"(?P<share>\s?%|[ -]per\s?cent\b|[ -]percentage points?\b)?",
    re.IGNORECASE,
)
_DATE_BEFORE = re.compile(rf"(?:{MONTH}\.?|[Nn]o\.|[Nn]umber|#|[Aa]ged?|[Ss]ection|[Aa]rticle|[Pp]age|[Cc]hapter) $")
_DATE_AFTER = re.compile(rf" (?:of )?(?:{MONTH})\b|-years?-old|-year\b| years? old|(?: [ap]\.?m\b)|,? (?:\d{{4}})\b")
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
_LIST = re.compile(r"\s*(?:,|and|or|to|-|–)\s*")  # all that stands between two figures of one list
_BETWEEN = re.compile(r"\bbetween [^.]{0,12}$")
_FROM = re.compile(r"\bfrom (?:\w+ ){0,3}[$£€]?$")
_AGE = re.compile(r", $")
_ROUNDED = 0.15  # of a value: a figure that near may be the same one, rounded
_BESIDE = 2  # sentences before and after one that has a figure of the line


class Exchanged(NamedTuple):
    """A line with figures in others' places, half-open spans of the text."""

    text: str
    spans: tuple[tuple[int, int], ...]


class _Figure(NamedTuple):
    start: int
    end: int
    text: str
    kind: str

    @property
    def value(self) -> float:
        spelt = _VALUES.get(self.text.lower())
        return float(self.text.replace(",", "")) if spelt is None else spelt


def exchanged(line: str, kind: str, beside: Sequence[str], seed: int) -> Exchanged | None:
    """The line with one figure in the place of another; None where there are no two that could be exchanged.

    Args:
        beside: sentences that stand near those with the line's figures (`near`), from which one is borrowed.
    """
    found = list(_swaps(line) if kind == "swapped" else _borrowings(line, beside))
    return random.Random(f"{seed} {kind} {line}").choice(found) if found else None


def near(story: Story, line: str) -> list[str]:
    """The sentences of a story in or near which a figure of the line stands."""
    values = {figure.value for figure in _figures(line)}
    found: dict[str, None] = {}
    for article in story.articles:
        sentences = [" ".join(article.text[start:end].split()) for start, end in split(article.text)]
        for n, sentence in enumerate(sentences):
            if any(figure.value in values for figure in _figures(sentence)):
                found |= dict.fromkeys(sentences[max(0, n - _BESIDE) : n + _BESIDE + 1])
    return list(found)


def _swaps(line: str) -> Iterator[Exchanged]:
    for one, two in combinations(list(_figures(line)), 2):
        between = line[one.end : two.start]
        is_range = _LIST.fullmatch(between) or _BETWEEN.search(line[: one.start])
        is_range = is_range and not (between.strip() == "to" and _FROM.search(line[: one.start]))
        if one.kind == two.kind and one.value != two.value and not is_range:
            first, second = _cased(two.text, one.text), _cased(one.text, two.text)
            text = line[: one.start] + first + between + second + line[two.end :]
            middle = one.start + len(first) + len(between)
            yield Exchanged(text, ((one.start, one.start + len(first)), (middle, middle + len(second))))


def _borrowings(line: str, beside: Sequence[str]) -> Iterator[Exchanged]:
    own = list(_figures(line))
    values = [figure.value for figure in own]
    for figure in own:
        others = (other for text in beside for other in _figures(text) if other.kind == figure.kind)
        for other in {other.text: other for other in others}.values():
            if not any(abs(other.value - value) <= _ROUNDED * value for value in values):
                put = _cased(other.text, figure.text)
                text = line[: figure.start] + put + line[figure.end :]
                yield Exchanged(text, ((figure.start, figure.start + len(put)),))


def _figures(text: str) -> Iterator[_Figure]:
    for match in _FIGURE.finditer(text):
        start, end = match.span("figure")
        is_year = _YEAR.fullmatch(match["figure"]) and not (match["sign"] or match["share"] or match["scale"])
        if is_year or _DATE_BEFORE.search(text[:start]) or _DATE_AFTER.match(text[end:]):
            continue
        if _AGE.search(text[:start]) and text[end : end + 1] == ",":  # "Ann Lee, 43, said"
            continue
        kind = match["sign"] or ("%" if match["share"] else "")
        yield _Figure(start, end, match["figure"], f"{kind}{(match['scale'] or '').strip(' -').lower()}")


def _cased(text: str, like: str) -> str:
    return text.capitalize() if like[0].isupper() else text.lower()
