"""Words, numbers, dates and names in a text, each with its offsets, and how rare a word is in news.

Everything that planning, attribution and checking compare goes through here, so that "55 bn" and
"55 billion", "Mr Putin" and "Putin", "signed" and "signs" meet. Stems are Porter's second
("Snowball") from nltk; rarity and usual case come from newsum/data/words.tsv.gz, counts over
13,000 news articles that `newsum.training.words` made.
"""

import gzip
import math
import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

__all__ = [
    "FUNCTION_WORDS",
    "Name",
    "Number",
    "Word",
    "content_words",
    "is_negated",
    "looks_english",
    "names",
    "negations",
    "numbers",
    "rarity",
    "stem",
    "usually_capital",
    "weigh",
    "word_count",
    "words",
]

_STATISTICS = Path(__file__).parent / "data" / "words.tsv.gz"

FUNCTION_WORDS = frozenset(
    """a about above after again against all also although am among an and any are aren't around as at be
    because been before being below between both but by can can't cannot could couldn't despite did didn't do
    does doesn't doing don't down during each either else even ever every few for from further get gets got
    had hadn't has hasn't have haven't having he he's her here hers herself him himself his how however i i'm
    i've if in including into is isn't it it's its itself just let's like many may me might more most much must
    my myself near neither no nor not now of off on once one only onto or other others our ours ourselves out
    over own per perhaps rather same say says said she she's should shouldn't since so some still such tell
    tells than that that's the their theirs them themselves then there there's these they they're this those
    though through thus to told too toward towards under until up upon us very was wasn't we we're we've were
    weren't what when where whether which while who whom whose why will with within without won't would
    wouldn't yet you your yours""".split()
)

_WORD = re.compile(
    r"""[$£€]?\d+(?:[.,:]\d+)*(?:%|(?:st|nd|rd|th|s|bn|m|k|tn|million|billion)\b)?  # 1,200  $1.2bn  4.5%  10:30  1990s
      | (?:[A-Za-z]\.){2,}                                  # U.S.  a.m.
      | [^\W\d_]+(?:[’'][^\W\d_]+)*                          # words, don't, O'Connor
    """,
    re.VERBOSE,
)
_QUOTE_MARKS = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"'})


@dataclass(frozen=True, slots=True)
class Word:
    """A word at text[start:end]; `key` is what two forms of one word share."""

    start: int
    end: int
    form: str
    key: str


@dataclass(frozen=True, slots=True)
class Number:
    """A quantity at text[start:end]: its value, and its unit ("%", "$", "£", "€" or "")."""

    start: int
    end: int
    value: float
    unit: str


@dataclass(frozen=True, slots=True)
class Name:
    """A capitalised run at text[start:end] that is a name by its case; `keys` are its words."""

    start: int
    end: int
    keys: tuple[str, ...]


# --- words ------------------------------------------------------------------------------------


@cache
def _stemmer() -> Callable[[str], str]:
    from nltk.stem.snowball import EnglishStemmer  # importing nltk takes 0.3 s: only when words are compared

    stem_word: Callable[[str], str] = EnglishStemmer().stem
    return stem_word


@lru_cache(maxsize=200_000)
def stem(form: str) -> str:
    """The key of a word's form: lower case, no accents, no possessive, stemmed."""
    plain = unicodedata.normalize("NFKD", form.translate(_QUOTE_MARKS).casefold())
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    plain = plain.removesuffix("'s").rstrip("'").replace(".", "") if not plain[:1].isdigit() else plain
    return _stemmer()(plain) if plain.isalpha() else plain


def words(text: str) -> tuple[Word, ...]:
    """The words and figures of a text, in order."""
    return tuple(Word(m.start(), m.end(), m[0], stem(m[0])) for m in _WORD.finditer(text))


def content_words(text: str) -> tuple[Word, ...]:
    """The words that carry meaning: no function words, no lone letters."""
    return tuple(w for w in words(text) if _is_content(w))


def _is_content(word: Word) -> bool:
    return word.form.translate(_QUOTE_MARKS).lower() not in FUNCTION_WORDS and (len(word.key) > 1 or word.key.isdigit())


def word_count(text: str) -> int:
    """How many words a reader would count: runs between spaces that hold a letter or figure."""
    return sum(any(c.isalnum() for c in run) for run in text.split())


def looks_english(text: str) -> bool:
    """Whether a text's words are English: a fifth of them are its commonest function words."""
    found = [w.form.lower() for w in words(text[:5000])]
    return not found or sum(w in FUNCTION_WORDS for w in found) >= 0.2 * len(found)


# --- statistics -------------------------------------------------------------------------------


@cache
def _statistics() -> tuple[int, dict[str, tuple[int, int]]]:
    """(articles counted, lower-case form -> (articles with it, percent of capitals inside sentences))."""
    with gzip.open(_STATISTICS, "rt", encoding="utf-8") as lines:
        articles = int(next(lines))
        rows = (line.rstrip("\n").split("\t") for line in lines)
        return articles, {form: (int(count), int(capital)) for form, count, capital in rows}


def rarity(form: str) -> float:
    """Inverse document frequency in news, scaled to 0 (in every article) .. 1 (never seen)."""
    articles, counts = _statistics()
    count = counts.get(form.translate(_QUOTE_MARKS).lower(), (0, 0))[0]
    return math.log((articles + 1) / (count + 1)) / math.log(articles + 1)


def usually_capital(form: str) -> bool | None:
    """Whether news writes the word with a capital inside a sentence; None for an unknown word."""
    found = _statistics()[1].get(form.translate(_QUOTE_MARKS).lower().removesuffix("'s"))
    return None if found is None else found[1] > 50


# --- numbers and dates ------------------------------------------------------------------------

_SMALL = {
    name: value
    for value, name in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen".split()
    )
}
_TENS = {name: 10 * n for n, name in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)}
_ORDINALS = {
    name: value
    for value, name in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split(), 1
    )
}
_SCALES = {
    "hundred": 1e2,
    "thousand": 1e3,
    "k": 1e3,
    "million": 1e6,
    "mn": 1e6,
    "m": 1e6,
    "billion": 1e9,
    "bn": 1e9,
    "b": 1e9,
    "trillion": 1e12,
    "tn": 1e12,
    "dozen": 12.0,
}
_TENS_PATTERN = rf"(?:{'|'.join(_TENS)})(?:[-\s](?:{'|'.join(list(_SMALL)[1:10])}))?"
_SCALE_PATTERN = "hundred|thousand|million|billion|trillion|dozen"
_NUMBER = re.compile(
    rf"""(?P<currency>[$£€]|(?:US|AU|C|A)\$)?\s?
         (?P<digits>\d+(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?)
         (?:(?:st|nd|rd|th|s)\b|(?P<scale>\s?(?:mn|m|bn|b|tn|k)\b|[\s-](?:{_SCALE_PATTERN})\b))?
         (?P<unit>\s?%|\s(?:percent|per\ cent|pct)\b|[\s-](?:dollars?|pounds?|euros?)\b)?
       | \b(?P<spelt>{_TENS_PATTERN}|{"|".join(_SMALL)}|a(?=\s(?:hundred|thousand|million|billion|dozen)\b))
         (?P<spelt_scale>[\s-](?:{_SCALE_PATTERN}))?(?P<spelt_unit>\s(?:percent|per\ cent))?\b
    """,
    re.VERBOSE | re.IGNORECASE,
)
_UNITS = {"percent": "%", "per cent": "%", "pct": "%", "dollar": "$", "pound": "£", "euro": "€", "%": "%"}


def numbers(text: str) -> tuple[Number, ...]:
    """The quantities of a text with their values: "$1.2bn", "55 billion", "twenty-two", "4.5 percent".

    "one" alone is left out: it is a pronoun more often than a count.
    """
    return tuple(n for m in _NUMBER.finditer(text) if (n := _number(m)) is not None)


def _number(match: re.Match[str]) -> Number | None:
    if spelt := match["spelt"]:
        scale, unit = match["spelt_scale"], match["spelt_unit"] or ""
        if spelt.lower() == "one" and not (scale or unit):
            return None
        value = _spelt_value(spelt.lower())
    else:
        scale, unit = match["scale"], match["unit"] or match["currency"] or ""
        value = float(match["digits"].replace(",", ""))
    if scale:
        value *= _SCALES[scale.strip(" -\n\t").lower()]
    plain = unit.strip(" -\n\t").lower().rstrip("s")
    unit = _UNITS.get(plain, plain[-1:] if plain[-1:] in "$£€" else "")
    start = match.end() - len(match[0].lstrip())
    return Number(start, match.end(), value, unit)


def _spelt_value(spelt: str) -> float:
    if spelt == "a":
        return 1.0
    tens, _, unit = re.sub(r"[-\s]+", " ", spelt).partition(" ")
    return float(_TENS.get(tens, _SMALL.get(tens, 0)) + _SMALL.get(unit, 0))


# --- names ------------------------------------------------------------------------------------

_TITLES = frozenset(
    """mr mrs ms dr prof sir lady lord dame president prime minister chancellor senator sen rep gov governor
    general gen judge justice king queen prince princess pope chief secretary mayor minister""".split()
)
_CALENDAR = frozenset(
    """monday tuesday wednesday thursday friday saturday sunday january february march april may june july
    august september october november december jan feb mar apr jun jul aug sep sept oct nov dec""".split()
)
_NAME = re.compile(
    r"""(?:[^\W\d_a-z](?:[^\W\d_]|['’](?=[^\W\d_]{2})|(?<=\b[A-Z])\.(?=[A-Z]|\s[A-Z]))*\.?)   # a capitalised word
        (?:[\s-](?:(?:of|de|al|van|von|bin|the)\s(?=[A-Z]))?
           (?:[^\W\d_a-z](?:[^\W\d_]|['’](?=[^\W\d_]{2}))*))*""",
    re.VERBOSE,
)


def names(text: str) -> tuple[Name, ...]:
    """The names of a text, told by their capitals; weekdays and months are not names.

    A capital that only begins a sentence counts where news usually writes that word with one, or
    where the word is unknown.
    """
    found = []
    for match in _NAME.finditer(text):
        parts = [w for w in words(match[0]) if _names_something(w, text, match.start() + w.start)]
        if parts:
            start, end = match.start() + parts[0].start, match.start() + parts[-1].end
            found.append(Name(start, end, tuple(w.key for w in parts)))
    return tuple(found)


def _names_something(word: Word, text: str, start: int) -> bool:
    lower = word.form.lower().removesuffix("’s").removesuffix("'s")
    if not word.form[:1].isupper() or lower in _CALENDAR or lower.rstrip(".") in _TITLES or lower in FUNCTION_WORDS:
        return False
    begins = not text[:start].strip(" \"'“‘(—-–") or text[:start].rstrip(" \"'“‘(").endswith((".", "?", "!", ":", "\n"))
    return not begins or usually_capital(word.form) is not False


# --- negation ---------------------------------------------------------------------------------

_NEGATION = re.compile(
    r"\b(?:not|no|never|none|nobody|nothing|nor|neither|without|cannot|unable|\w+n[’']t|"
    r"den(?:y|ies|ied|ying)|refus(?:e|es|ed|ing)|fail(?:s|ed|ing)?|reject(?:s|ed|ing)?|unlikely|ruled out)\b",
    re.IGNORECASE,
)
_NOT_NEGATION = re.compile(r"\b(?:not only|no doubt|no longer than|No\.?\s?\d+)\b")


def negations(text: str) -> int:
    """How many words in the text turn its sense round ("not", "denied", "without")."""
    return len(_NEGATION.findall(_NOT_NEGATION.sub(" ", text)))


def is_negated(text: str) -> bool:
    return negations(text) > 0


def weigh(found: Iterable[Word]) -> float:
    """The sum of the words' rarities."""
    return sum(rarity(w.form) for w in found)
