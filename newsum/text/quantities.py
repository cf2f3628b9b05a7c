"""Finds the quantities in a text, each with its offsets and value: "$1.2bn", "twenty-two", "two-thirds", "the 9th".

One value stands for all ways of writing it, so that "55bn" and "55 billion" meet. Figures are read as English news
writes them: "1,200" is over a thousand and "1.200" a little over one.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from newsum.text.lexicon import NUMERALS, ORDINALS, SCALES, TENS

__all__ = ["Quantity", "may_be_part", "quantities"]


@dataclass(frozen=True, slots=True)
class Quantity:
    """A quantity at text[start:end]: its value, and its unit ("%", "$", "£", "€", "th" for a rank, or "")."""

    start: int
    end: int
    value: float
    unit: str


_SMALL = {name: value for value, name in enumerate(NUMERALS)}
_TENS = {name: 10 * n for n, name in enumerate(TENS, 2)}
_ORDINALS = {name: n for n, name in enumerate(ORDINALS, 1) if n > 2}  # "at first", "a second later": seldom ranks
_FRACTIONS = {"third": 3, "quarter": 4, "fifth": 5, "tenth": 10}
_VULGAR = {"½": 0.5, "¼": 0.25, "¾": 0.75}
_SCALES = {**SCALES, "k": 1e3, "mn": 1e6, "m": 1e6, "bn": 1e9, "b": 1e9, "tn": 1e12}
_UNITS = {"percent": "%", "per cent": "%", "pct": "%", "dollar": "$", "pound": "£", "euro": "€"}
_SCALE_WORD = "|".join(SCALES)
_SPELT = rf"(?:{'|'.join(_TENS)})(?:[-\s](?:{'|'.join(list(_SMALL)[1:10])}))?|{'|'.join(_SMALL)}"
_BEGINNINGS = r"a\b|no\b|thi|thr|ei|el|fi|fo|ha|mi|ni|on|se|si|te|tw|ze"  # of its words, in lower case
_NUMBER = re.compile(
    rf"""(?=[\d.$£€−-]|\b(?-i:[A-Zſ]|{_BEGINNINGS}))(?:     # what a quantity may begin with: a third of the time
         (?P<label>\d{{1,2}}(?::\d\d){{1,2}}\b | \b\d{{1,2}}\.\d\d(?=\s?[ap]\.?m\b)   # 10:30, 2.30pm
           | (?-i:\bNos?(?:\.\s?|\s)\d+ | \bno\.\s?\d+ | \b[A-Z]\w*-\d[\d.]*))       # No. 10, COVID-19
       | (?:(?<![\w)])(?P<minus>[-−]|minus\s))?
         (?:(?:\b(?:US|AU|NZ|HK|C|A))?(?P<currency>[$£€])\s?)?
         (?P<digits>(?<![\w.])(?:(?:\d+(?:,\d{{3}})+|\d+)(?:\.\d+)?|\.\d+)(?!\d))
         (?:(?P<vulgar>[½¼¾])|(?P<rank>(?:st|nd|rd|th)\b)|(?P<short>(?:mn|m|bn|b|tn|k)\b|\s(?:mn|bn|tn)\b)
           |s\b|(?-i:(?![A-Z])))                                                           # 1990s; but not 5G
       | \b(?:
           (?P<part>(?:one|two|three|four)[-\s](?:third|quarter|fifth|tenth)s? | a\s(?:third|quarter|fifth)(?=\sof\b)
             | half(?:[-\s]an?)?(?=[-\s](?:{_SCALE_WORD})))
         | (?P<ordinal>{"|".join(_ORDINALS)})
         | (?P<spelt>{_SPELT}|a(?=\s(?:{_SCALE_WORD})\b))
         )\b)
    """,
    re.VERBOSE | re.IGNORECASE,
)
_TAIL = re.compile(
    rf"""(?P<half>\sand\sa\shalf\b)?(?P<scales>(?:[-\s]?(?:{_SCALE_WORD})\b){{0,2}})
         (?:\s?(?P<sign>[%€])|[-\s](?P<unit>percent|per\ cent|pct|dollar|pound|euro)s?\b)?""",
    re.VERBOSE | re.IGNORECASE,
)
_SEASON = re.compile(r"(?<!\d)(\d\d)(\d\d)[-–]$")


_WORDS = frozenset({"half", *_SMALL, *_TENS, *_ORDINALS, *_FRACTIONS, *SCALES})
_LOWER = re.compile(r"[a-z]+")
_FIGURE = re.compile(r"[\d½¼¾]")


@lru_cache(maxsize=50_000)  # runs, of which news has the same over and over; a look-up takes a tenth of the time
def may_be_part(run: str) -> bool:
    """Whether what stands between two spaces may be a figure or a part of one."""
    return bool(_FIGURE.search(run)) or not _WORDS.isdisjoint(_LOWER.findall(run.casefold()))


def quantities(text: str) -> tuple[Quantity, ...]:
    """The quantities of a text with their values: "$1.2bn", "55 billion", "twenty-two", "4.5 percent".

    "one" alone is left out: it is a pronoun more often than a count. So are figures that count nothing:
    times ("10:30"), labels ("No. 10") and parts of names ("COVID-19", "G7"); words hold those.

    >>> [(n.value, n.unit) for n in quantities("A third of 1,200 people paid $1.2bn, 4.5 percent more.")]
    [(0.3333333333333333, ''), (1200.0, ''), (1200000000.0, '$'), (4.5, '%')]
    """
    parts = list(filter(may_be_part, text.split()))
    if not parts:
        return ()
    found: list[Quantity] = []
    position, end = _stretch(text, parts[0], parts[-1])
    while (match := _NUMBER.search(text, position, end)) is not None:
        tail = _TAIL.match(text, match.end())
        assert tail is not None
        position = match.end() if match["label"] else tail.end()
        value = _value(match)
        alone = match["spelt"] is not None and match["spelt"].casefold() == "one" and not tail[0]
        if value is not None and not alone:
            if match["digits"] and text[tail.end() : tail.end() + 1] != "-":
                value = _season(text, match, value)
            found.append(Quantity(match.start(), tail.end(), _scaled(value, match, tail), _unit(match, tail)))
    return tuple(found)


def _stretch(text: str, first: str, last: str) -> tuple[int, int]:
    """Where quantities may stand, whose parts are in runs from the first to the last.

    One begins at most a word before ("a third", "No. 10"), and at most a word after tells it ("a third of").
    """
    start = text.rfind(" ", 0, max(0, text.find(first) - 1)) + 1
    end = text.find(" ", text.rfind(last) + len(last))
    after = text.find(" ", end + 1)
    return start, len(text) if -1 in (end, after) else after


def _value(match: re.Match[str]) -> float | None:
    """The value before what follows it ("million", "and a half"); None for a label."""
    if digits := match["digits"]:
        return float(digits.replace(",", "")) + _VULGAR.get(match["vulgar"] or "", 0.0)
    if part := match["part"]:
        count, _, of = part.casefold().replace("-", " ").partition(" ")
        return 0.5 if count == "half" else _SMALL.get(count, 1) / _FRACTIONS[of.strip().removesuffix("s")]
    if ordinal := match["ordinal"]:
        return float(_ORDINALS[ordinal.casefold()])
    if spelt := match["spelt"]:
        tens, _, unit = re.sub(r"[-\s]+", " ", spelt.casefold()).partition(" ")
        return 1.0 if tens == "a" else float(_TENS.get(tens, _SMALL.get(tens, 0)) + _SMALL.get(unit, 0))
    return None


def _season(text: str, match: re.Match[str], value: float) -> float:
    """27 in "2026-27" is 2027."""
    years = _SEASON.search(text, max(0, match.start() - 6), match.start()) if len(match["digits"]) == 2 else None
    return float(f"{years[1]}{match['digits']}") if years and value > int(years[2]) else value


def _scaled(value: float, match: re.Match[str], tail: re.Match[str]) -> float:
    value += 0.5 if tail["half"] else 0.0
    for scale in [match["short"] or "", *re.split(r"[-\s]", tail["scales"])]:
        value *= _SCALES.get(scale.strip().casefold(), 1.0)
    return -value if match["minus"] else value


def _unit(match: re.Match[str], tail: re.Match[str]) -> str:
    word = _UNITS.get((tail["unit"] or "").casefold(), "")
    return tail["sign"] or word or match["currency"] or ("th" if match["rank"] or match["ordinal"] else "")
