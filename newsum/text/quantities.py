"""Finds the quantities in a text, each with its offsets, value and unit: "$1.2bn", "twenty-two", "the 9th".

One value stands for all ways of writing it, so that "55bn" and "55 billion" meet, and "$4-5 billion" are two sums of
billions. Figures are read as English news writes them, grouped in the style of any country: "1,200" is over a thousand,
"1.200" a little over one, "1.234.567" over a million. What numbers in words come to is spelling.py's.
"""

import math
import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from newsum.system.patterns import regex
from newsum.text.lexicon import FRACTIONS, MARKS, MONTH, NUMERALS, SCALES, SHORT_SCALES, any_of
from newsum.text.spelling import NUMBER_WORDS, spelt
from newsum.text.units import ATTACHED, CURRENCY_SIGNS, MEASURES, UNIT_WORDS

__all__ = ["Quantity", "may_be_part", "may_have_one_unit", "quantities"]


class Quantity(NamedTuple):  # made three times as fast as a dataclass
    """A quantity at text[start:end].

    Attributes:
        unit: a share ("%", "pp", "bp"), a currency ("$", "US$", "€", "CHF"), "th" for a rank, or "".
        measure: what it is measured in ("km", "month", "°C"), whose word stands after `end`; or "".
    """

    start: int
    end: int
    value: float
    unit: str
    measure: str = ""

    @property
    def may_be_year(self) -> bool:
        return self.value in _YEARS and not (self.unit or self.measure)


_YEARS = frozenset(range(1900, 2101))  # a range takes a float by going through its numbers


def may_have_one_unit(left: str, right: str) -> bool:
    """Whether two units may be one: the same, or a currency's and that of one of its kind.

    >>> may_have_one_unit("$", "US$"), may_have_one_unit("US$", "A$"), may_have_one_unit("$", "")
    (True, False, False)
    """
    return left == right or bool(left and right and (left.endswith(right) or right.endswith(left)))


# --- a figure and what stands around it -----------------------------------------------------------

_VULGAR = {"½": 1 / 2, "¼": 1 / 4, "¾": 3 / 4, "⅓": 1 / 3, "⅔": 2 / 3, "⅛": 1 / 8, "⅜": 3 / 8, "⅝": 5 / 8, "⅞": 7 / 8}
_COUNTS = {name: n for n, name in enumerate(NUMERALS[:10])}
_MORE = {"half": 1 / 2, "quarter": 1 / 4, "third": 1 / 3}  # "two and a half"
_SCALE_WORD = any_of(SCALES)
_PART = any_of(FRACTIONS)
_SPACE = "[ \u00a0\u2009\u202f]"  # plain, hard, thin and narrow: each groups digits somewhere
_SIGN = f"[{''.join(sign for sign in CURRENCY_SIGNS if len(sign) == 1)}]"
_BEFORE_SIGN = any_of(sign[:-1] for sign in CURRENCY_SIGNS if len(sign) > 1 and sign.endswith("$"))
_CODE = any_of(sign for sign in CURRENCY_SIGNS if sign.isalpha())
_BEGINNINGS = (
    r"a[\s-]|no\b|thi|thr|ele|eig|fi|fo|half|minus|nin|one|sev|six|ten|tw|zer|(?:hundred|[mbt]\w+ion|thousand)t"
)
_NUMBER = regex(
    rf"""(?=[\d.−-]|{_SIGN}|\b(?-i:[A-Zſ]|{_BEGINNINGS}))(?:     # what a quantity may begin with: a third of the time
         (?P<label>\d{{1,2}}(?::\d\d){{1,2}}\b | \b\d{{1,2}}\.\d\d(?=\s?[ap]\.?m\b)   # 10:30, 2.30pm
           | (?-i:\bNos?(?:\.\s?|\s)\d+ | \bno\.\s?\d+ | \b[A-Z]\w*-\d[\d.]*))       # No. 10, COVID-19
       | (?:(?<![\w)])(?P<minus>[-−]|minus\s))?
         (?:(?P<currency>(?:\b{_BEFORE_SIGN})?{_SIGN}|(?-i:\b(?=[A-Z]{{3}}\b|Rs){_CODE})\b\.?)\s?)?
         (?P<digits>(?<![\w.])(?:
             \d++(?![.,'’\s]\d)                                                            # most
           | \d{{1,3}}(?:\.\d{{3}}){{2,}}(?:,\d+)? | \d{{1,3}}(?:\.\d{{3}})+,\d\d?          # 1.234.567,89
           | \d{{1,3}}(?:['’]\d{{3}})+(?:\.\d+)?                                          # 1'234
           | \d{{1,3}}(?:{_SPACE}\d{{3}})+(?:[.,]\d\d?)?(?![\d,]|{_SPACE}\d)               # 1 234 567
           | \d+,\d\d?(?=\s?(?:[%€]|per\ ?cent|(?:{_SCALE_WORD}|bn|m)\b))                  # 2,5 million
           | (?:\d\d?(?:,\d\d)+,\d{{3}}|\d+(?:,\d{{3}})+|\d+)(?:\.\d+)? | \.\d+            # 12,34,567  1,234.56
           )(?!\d))
         (?:/(?P<whole>\d\d?)(?=\s(?:of|majority)\b)                                     # 2/3 of
           |(?P<vulgar>[{"".join(_VULGAR)}])|(?P<rank>(?:st|nd|rd|th)\b)
           |(?P<short>{any_of(SHORT_SCALES)}\b|\s(?:mn|mln|bn|bln|tn|trn)\b)
           |s\b|(?=(?-i:[CF]|[kMGT]?[WB]h?)\b)|(?-i:(?![A-Z])))                           # 1990s, 30C; but not 5G
       | \b(?:
           (?P<part>{any_of(NUMERALS[1:10])}[-\s](?:(?:third|quarter)s?|{_PART}s|(?<=one.){_PART})
             | a\s{_PART}(?=\sof\b)
             | half(?:[-\s]an?)?(?=[-\s]{_SCALE_WORD}))
         | (?P<spelt>{any_of(NUMBER_WORDS)}|a(?=[-\s]{_SCALE_WORD}\b))
         )\b)
    """,
    re.VERBOSE | re.IGNORECASE,
)
_TAIL = regex(
    rf"""(?:\sand\s(?P<many>an?|two|three)[-\s](?P<more>{any_of(_MORE)})s?\b(?!\sof\b))?
         (?P<scales>(?:[-\s]?{_SCALE_WORD}\b){{0,2}})(?P<half>\sand\sa\shalf\b)?""",
    re.VERBOSE | re.IGNORECASE,
)
_UNIT = regex(r"\s?([%€£¥₹₽₺₴₪¢])|([A-Za-z°º/²³]+)|[-\s]([^\W\d_][\w./]*)(?:[-\s]([^\W\d_]+)(?:\s([^\W\d_]+))?)?")
_FIRST_WORDS = frozenset(phrase.split()[0] for phrase in UNIT_WORDS)
_SEASON = regex(r"(?<!\d)(\d\d)(\d\d)[-–]$")
_RACE = regex(r"\s(?:butterfly|champion|dash|event|final|freestyle|heats?|high|hurdles|long|race|record|sprint|tall)\b")

_WORDS = NUMBER_WORDS | {"half", *FRACTIONS, *SCALES}
_LOWER = regex(r"[a-z]+")
_FIGURE = regex(rf"[\d{''.join(_VULGAR)}]")


@lru_cache(maxsize=50_000)  # runs, of which news has the same over and over; a look-up takes a tenth of the time
def may_be_part(run: str) -> bool:
    """Whether what stands between two spaces may be a figure or a part of one."""
    bare = run.strip(MARKS)
    if bare.isascii() and bare.isalpha():  # most
        return bare.lower() in _WORDS
    return bool(_FIGURE.search(run)) or not _WORDS.isdisjoint(_LOWER.findall(run.casefold()))


def quantities(text: str, runs: Iterable[str] | None = None) -> tuple[Quantity, ...]:
    """The quantities of a text with their values: "$1.2bn", "55 billion", "twenty-two", "4.5 percent".

    "one" and "1" are left out, a pronoun more often than a count, but where a range ends in a unit or scale, "one to
    two million". So are figures that count nothing: times ("10:30"), labels ("No. 10") and parts of names ("COVID-19",
    "G7"); words hold those.

    Args:
        runs: what stands between its spaces, where that is at hand.

    >>> [(n.value, n.unit) for n in quantities("A third of 1,200 people paid $1.2bn, 4.5 percent more.")]
    [(0.3333333333333333, ''), (1200.0, ''), (1200000000.0, '$'), (4.5, '%')]
    """
    parts = list(filter(may_be_part, text.split() if runs is None else runs))
    if not parts:
        return ()
    found = list(_figures(text, *_stretch(text, parts[0], parts[-1])))
    joined = _ranges(text, found) if len(found) > 1 else found
    return tuple([_quantity(figure) for figure in joined if not _counts_nothing(text, figure)])


def _stretch(text: str, first: str, last: str) -> tuple[int, int]:
    """Where quantities may stand, whose parts are in runs from the first to the last.

    One begins at most two words before ("a third", "No. 10", "minus $ 10"), and at most a word after tells it ("a third
    of").
    """
    before = text.rfind(" ", 0, max(0, text.find(first) - 1))
    start = text.rfind(" ", 0, max(0, before)) + 1
    end = text.find(" ", text.rfind(last) + len(last))
    after = text.find(" ", end + 1)
    return start, len(text) if -1 in (end, after) else after


class _Figure(NamedTuple):
    """A figure as it is written: `value` times `scale` of `unit` or `measure`.

    Attributes:
        is_bare: nothing but the number stands there, so that it may be an end of a range.
        is_prefixed: its unit stands before it.
    """

    start: int
    end: int
    value: float
    scale: float
    unit: str
    measure: str
    is_bare: bool
    is_prefixed: bool


def _quantity(figure: _Figure) -> Quantity:
    return Quantity(figure.start, figure.end, figure.value * figure.scale, figure.unit, figure.measure)


def _figures(text: str, position: int, end: int) -> Iterator[_Figure]:
    while (match := _NUMBER.search(text, position, end)) is not None:
        position = match.end()
        if match["label"] is None and (figure := _figure(text, match)) is not None:
            position = figure.end
            yield figure


def _figure(text: str, match: re.Match[str]) -> _Figure | None:
    """The figure that a match begins; None where the words are of no number."""
    number, scale, stop, is_rank = _value(text, match)
    tail = _TAIL.match(text, stop)
    assert tail is not None
    if match["short"] or tail["scales"]:
        scale *= _scale(match, tail)
    unit, measure, end = _unit(text, match, tail.end())
    if match["short"] == "m" and not unit and _RACE.match(text, end):
        scale, measure = 1.0, "m"
    if tail[0]:
        number += _MORE[tail["more"].casefold()] * _COUNTS.get(tail["many"].casefold(), 1) if tail["more"] else 0.0
        number += 0.5 if tail["half"] else 0.0
    digits = match["digits"]
    if digits and len(digits) == 2 and text[end : end + 1] != "-":
        number = _season(text, match, number)
    is_plain = digits is not None or match["spelt"] is not None
    return _Figure(
        match.start(),
        end,
        -number if match["minus"] else number,
        scale,
        unit or ("th" if is_rank else ""),
        "" if unit or is_rank else measure,
        is_plain and scale == 1.0 and not is_rank and not tail["more"],
        match["currency"] is not None,
    )


def _value(text: str, match: re.Match[str]) -> tuple[float, float, int, bool]:
    """The number, what in it scales it, where it ends, and whether it is a rank."""
    if match["spelt"]:
        number = spelt(text, match.start("spelt"))
        return number.value, number.scale, number.end, number.is_rank
    if part := match["part"]:
        count, _, of = part.casefold().replace("-", " ").partition(" ")
        of = of.strip().replace("ſ", "s")
        value = 0.5 if count == "half" else _COUNTS.get(count, 1) / FRACTIONS[of.removesuffix("s")]
        return value, 1.0, match.end(), False
    value = _digits(match["digits"])
    if match["whole"] and float(match["whole"]):
        value /= float(match["whole"])
    return value + _VULGAR.get(match["vulgar"] or "", 0.0), 1.0, match.end(), match["rank"] is not None


def _digits(written: str) -> float:
    """The value of digits, grouped in whatever style."""
    if written.isdecimal():
        return float(written)
    whole = re.sub(r"['’\s]", "", written)
    last_comma, last_stop = whole.rfind(","), whole.rfind(".")
    if last_comma > last_stop >= 0 or (last_comma > 0 and len(whole) - last_comma <= 3):  # 1.234,50  2,5
        whole = whole.replace(".", "").replace(",", ".")
    elif whole.count(".") > 1:
        whole = whole.replace(".", "")
    return float(whole.replace(",", ""))


def _season(text: str, match: re.Match[str], value: float) -> float:
    """27 in "2026-27" is 2027."""
    years = _SEASON.search(text, max(0, match.start() - 6), match.start())
    return float(f"{years[1]}{match['digits']}") if years and value > int(years[2]) else value


def _scale(match: re.Match[str], tail: re.Match[str]) -> float:
    scale = SHORT_SCALES[match["short"].strip().casefold()] if match["short"] else 1.0
    if tail["scales"]:
        scale *= math.prod(SCALES.get(word, 1.0) for word in re.split(r"[-\s]", tail["scales"].casefold()))
    return scale


def _unit(text: str, match: re.Match[str], end: int) -> tuple[str, str, int]:
    """The unit, the measure, and where the figure ends: after the word of a unit, before that of a measure."""
    prefix = _currency(match["currency"]) if match["currency"] else ""
    found = _UNIT.match(text, end)
    if found is None:
        return prefix, "", end
    if found[1]:
        return prefix or found[1], "", found.end(1)
    if found[2]:
        unit = ATTACHED.get(found[2], "") if match["digits"] else ""
        return (prefix, unit, end) if unit in MEASURES else (prefix or unit, "", found.end(2) if unit else end)
    words = [found[3].casefold().rstrip(".")]
    if words[0] not in _FIRST_WORDS:
        return prefix, "", end
    words += [word.casefold() for word in found.groups()[3:] if word]
    for size in range(len(words), 0, -1):
        if unit := UNIT_WORDS.get(" ".join(words[:size]), ""):
            stop = found.end(2 + size) - (found[2 + size][-1] == ".")  # a sentence's, where a word ends it
            return (prefix, unit, end) if unit in MEASURES else (prefix or unit, "", stop)
    return prefix, "", end


@cache
def _currency(written: str) -> str:
    sign = written.rstrip(".")
    return CURRENCY_SIGNS.get(sign) or CURRENCY_SIGNS.get(sign.upper(), "")


def _counts_nothing(text: str, figure: _Figure) -> bool:
    """Whether it is "one" or "1" alone, which is no day of a month, and no goal of "1-0" either."""
    if figure.value != 1 or not figure.is_bare or figure.unit or figure.scale > 1:
        return False
    around = text[max(0, figure.start - 12) : figure.start], text[figure.end : figure.end + 12]
    if text[figure.start : figure.end] != "1":
        return True
    return not (_DAY_BEFORE.search(around[0]) or _DAY_AFTER.match(around[1]))


_DAY_BEFORE = regex(rf"(?:\b{MONTH}\.?\s|\d[-–/.:,])$")
_DAY_AFTER = regex(rf"(?:\s(?:of\s)?{MONTH}\b|[-–/.:,]\d)")


# --- the ends of a range ------------------------------------------------------------------------------

_JOINT = regex(r"(?:-?\s(?P<word>to|or|and|and/or)\s|\s?[-–—−]\s?|(?P<comma>,\s))", re.IGNORECASE)
_LONGEST_JOINT = 8  # characters
_MONTH_BEFORE = regex(rf"\b{MONTH}\.?\s$")
_NOTHING_COUNTED = regex(r"\s*(?:$|[.,;:)—–]|(?:a|an|per|each|in|on|for|and|or|but|by|from)\b)")


def _ranges(text: str, figures: list[_Figure]) -> list[_Figure]:
    """The figures, what stands with the last of a range given to those before it: "$4-5 billion", "2, 3 and 4%"."""
    is_chained = False
    for n in range(len(figures) - 2, -1, -1):
        left, right = figures[n : n + 2]
        is_near = right.start - left.end <= _LONGEST_JOINT
        joint = _JOINT.fullmatch(text, left.end, right.start) if is_near else None
        if joint is None or (joint["comma"] and not is_chained):
            is_chained = False
            continue
        is_chained = not joint["comma"] or is_chained
        between = text[max(0, left.start - 8) : left.start].lower() == "between "
        is_loose = (joint["word"] or "").lower() == "and" and not between
        figures[n] = _as_far_end(text, left, right, is_loose=is_loose)
        if left.is_prefixed and not right.unit and not is_loose and not right.measure:
            figures[n + 1] = _in_currency(text, left, right, joint["word"])
    return figures


def _as_far_end(text: str, left: _Figure, right: _Figure, *, is_loose: bool) -> _Figure:
    """The near end of a range with the scale, unit and measure of the far one.

    Args:
        is_loose: they are joined by "and" alone, which may join anything.
    """
    if not left.is_bare or left.value in _YEARS or (is_loose and left.value == 1):
        return left
    if _MONTH_BEFORE.search(text, max(0, left.start - 12), left.start):
        return left
    if right.scale > 1 and left.value < right.value and not (is_loose and left.unit):
        left = left._replace(scale=right.scale)
    if not left.unit and not right.is_prefixed and right.unit != "th":
        left = left._replace(unit=right.unit, measure=left.measure or right.measure)
    return left


def _in_currency(text: str, left: _Figure, right: _Figure, word: str | None) -> _Figure:
    """The far end in the currency of the near one: "$20-30", "$4 to 5 billion"; not "$5 to 10 people"."""
    is_sum = not word or right.scale > 1 or _NOTHING_COUNTED.match(text, right.end)
    return right._replace(unit=left.unit) if is_sum else right
