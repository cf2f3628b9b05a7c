"""Words, numbers, dates and names in a text, each with its offsets, and how rare a word is in news.

Everything that planning, attribution and checking compare goes through here, so that "55 bn" and
"55 billion", "Mr Putin" and "Putin", "signed" and "signs" meet. Stems are Porter's second
("Snowball") by PyStemmer; rarity and usual case come from newsum/text/words.tsv.gz, counts over
13,000 news articles that `recipes.words` made.
"""

import gzip
import math
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from newsum.system.remembering import Remembered
from newsum.text.quantities import Quantity, numbers

__all__ = [
    "FUNCTION_WORDS",
    "Name",
    "Quantity",
    "Word",
    "content_key",
    "content_words",
    "is_word",
    "key_and_rarity",
    "keys_of",
    "looks_english",
    "names",
    "negations",
    "numbers",
    "placed_words",
    "rarity",
    "stem",
    "usually_capital",
    "weigh",
    "weighted_words",
    "word_count",
    "words",
]

_STATISTICS = Path(__file__).parent / "words.tsv.gz"

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

_LETTERS = r"[^\W\d_]+(?:[\u0300-\u036f]+[^\W\d_]*)*"  # an accent may be a character of its own
_WORD = re.compile(
    rf"""[A-Za-z]++(?![\w.’'$\u0300-\u036f])                   # most words; with this alone half the time
      | (?:\b(?:US|AU|NZ|HK|C|A)(?=\$))?[$£€]?\d+(?:[.,:]\d+)*(?:%|(?:st|nd|rd|th|s|bn|m|k|tn|million|billion)\b)?
      | (?:[A-Za-z]\.){{2,}}(?:[A-Za-z]\b)?|[A-Z]\.[A-Z]\b   # U.S.  a.m.  U.S
      | {_LETTERS}(?:[’']{_LETTERS})*                        # words, don't, O'Connor
    """,
    re.VERBOSE,
)
_QUOTE_MARKS = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"'})


class Word(NamedTuple):  # a story has thousands: they are made three times as fast as dataclasses
    """A word at text[start:end]; `key` is what two forms of one word share."""

    start: int
    end: int
    form: str
    key: str


@dataclass(frozen=True, slots=True)
class Name:
    """A capitalised run at text[start:end] that is a name by its case; `keys` are its words."""

    start: int
    end: int
    keys: tuple[str, ...]


# --- words ------------------------------------------------------------------------------------


@cache
def _stemmer() -> Callable[[str], str]:
    from Stemmer import Stemmer

    stem_word: Callable[[str], str] = Stemmer("english", 0).stemWord  # `stem` remembers them
    return stem_word


_ONE_COUNTRY = frozenset({"US", "U.S.", "U.S", "USA", "U.S.A."})  # "us" would be the pronoun


@lru_cache(maxsize=200_000)
def stem(form: str) -> str:
    """The key of a word's form: lower case, no accents, no possessive, stemmed.

    >>> stem("signed"), stem("Erdoğan’s"), stem("U.K."), stem("US"), stem("us")
    ('sign', 'erdogan', 'uk', 'usa', 'us')
    """
    if form in _ONE_COUNTRY:
        return "usa"
    plain = unicodedata.normalize("NFKD", form.translate(_QUOTE_MARKS).casefold())
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    if plain[:1].isalpha():
        plain = plain.removesuffix("'s").rstrip("'").replace(".", "")
    return _stemmer()(plain) if plain.isalpha() else plain


@lru_cache(maxsize=512)  # what a line is held against is asked for with every line
def words(text: str) -> tuple[Word, ...]:
    """The words and figures of a text, in order."""
    return tuple(Word(m.start(), m.end(), form := m[0], stem(form)) for m in _WORD.finditer(text))


def is_word(run: str) -> bool:
    """Whether a reader would count what stands between two spaces as a word: it holds a letter or figure."""
    return any(map(str.isalnum, run))


# No word crosses a space, and most of what stands between two has been met before
_RUNS = 50_000
_FORMS = Remembered(lambda run: tuple(_WORD.findall(run)), most=_RUNS)
_KEYS = Remembered(lambda run: tuple(map(stem, _FORMS[run])), most=_RUNS)
_COUNTS = Remembered(is_word, most=_RUNS)


def keys_of(text: str) -> list[str]:
    """The key of each word, in order: `words` where nobody asks for places."""
    return list(chain.from_iterable(_KEYS.of_runs(text)))


def content_words(text: str) -> tuple[Word, ...]:
    """The words that carry meaning: no function words, no lone letters."""
    return tuple([word for word in words(text) if content_key(word.form)])


@lru_cache(maxsize=200_000)
def content_key(form: str) -> str:
    """The key of a form that carries meaning; empty for a function word or a lone letter."""
    key = stem(form)
    return key if not _is_function(form) and (len(key) > 1 or key.isdigit()) else ""


def weighted_words(text: str) -> list[tuple[str, float]]:
    """The key and rarity of each content word, in order: `content_words` where nobody asks for places."""
    return list(chain.from_iterable(_WEIGHTED.of_runs(text)))


def placed_words(text: str, first: int, last: int) -> Iterator[tuple[int, int, str, float]]:
    """(start, end, key, rarity) of each content word of text[first:last], in order."""
    for match in _WORD.finditer(text, first, last):
        key, weight = key_and_rarity(match[0])
        if key:
            yield match.start(), match.end(), key, weight


@lru_cache(maxsize=200_000)
def key_and_rarity(form: str) -> tuple[str, float]:
    """The key of a form that carries meaning and how rare the form is; an empty key for what carries none."""
    key = content_key(form)
    return key, rarity(form) if key else 0.0


_WEIGHTED = Remembered(lambda run: tuple(w for w in map(key_and_rarity, _FORMS[run]) if w[0]), most=_RUNS)


def _is_function(form: str) -> bool:
    return form not in _ONE_COUNTRY and form.translate(_QUOTE_MARKS).lower() in FUNCTION_WORDS


def word_count(text: str) -> int:
    """How many words a reader would count (`is_word`)."""
    return sum(_COUNTS.of_runs(text))


_COMMONEST = frozenset(  # of English news, without those that are words of Spanish, German, French or Dutch too
    """the of and to that is was for with are were has have had been by this from his their who which would not
    will said it at he they but after about""".split()
)
_COMMON_SHARE = (
    0.15  # of a text's words; 0.19 to 0.33 in 98% of 972 English articles, 0.11 in Dutch, 0 to 0.02 in others
)
_KNOWN_SHARE = 0.7  # of a text's words stand in English news; lists and headings too, where 0.51 is French's share


_TELLS_LANGUAGE = 3000  # characters
_ROUNDING = 1e-9


def looks_english(text: str) -> bool:
    """Whether a text is English: by its commonest function words, or else because English news has its words."""
    beginning = text[:_TELLS_LANGUAGE]
    if sum(_COMMON.of_runs(beginning)) >= -_ROUNDING:
        return True
    found = [form for run in beginning.split() for form in _alphabetic(run)]
    return sum(_found(form) is not None for form in found) >= _KNOWN_SHARE * len(found)


def _alphabetic(run: str) -> list[str]:
    return [form for form in _FORMS[run] if form[0].isalpha()]


# How many more of the words between two spaces are common than that share of them
_COMMON = Remembered(
    lambda run: sum((form.lower() in _COMMONEST) - _COMMON_SHARE for form in _alphabetic(run)), most=20_000
)


# --- statistics -------------------------------------------------------------------------------


@cache
def _statistics() -> tuple[int, dict[str, str]]:
    """(articles counted, lower-case form -> "articles with it, tab, percent of capitals inside sentences").

    The 35,000 rows are taken apart when asked for: 22 ms to load rather than 45.
    """
    articles, _, rows = gzip.decompress(_STATISTICS.read_bytes()).decode("utf-8").partition("\n")
    return int(articles), dict(row.split("\t", 1) for row in rows.splitlines())


def _found(form: str) -> tuple[int, int] | None:
    """(articles with the form, percent of capitals), or None for a form that the statistics lack."""
    plain = form.translate(_QUOTE_MARKS).lower().removesuffix("'s")
    row = _statistics()[1].get(plain.replace(".", ""))
    if row is None:
        return None
    count, capitals = row.split("\t")
    return int(count), int(capitals)


@lru_cache(maxsize=50_000)
def rarity(form: str) -> float:
    """Inverse document frequency in news, scaled to 0 (in every article) .. 1 (never seen)."""
    articles = _statistics()[0]
    count = (_found(form) or (0, 0))[0]
    return math.log((articles + 1) / (count + 1)) / math.log(articles + 1)


def usually_capital(form: str) -> bool | None:
    """Whether news writes the word with a capital inside a sentence; None for an unknown word."""
    found = _found(form)
    return None if found is None else found[1] > 50


# --- names ------------------------------------------------------------------------------------

_TITLES = frozenset(
    """mr mrs ms dr prof sir lady lord dame president prime minister chancellor senator sen rep gov governor
    general gen judge justice king queen prince princess pope chief secretary mayor minister""".split()
)
_CALENDAR = frozenset(
    """monday tuesday wednesday thursday friday saturday sunday january february march april may june july
    august september october november december jan feb mar apr jun jul aug sep sept oct nov dec""".split()
)
_JOINS = re.compile(
    r"[ \u00a0]|[-–]|\.? |(?: (?:of|de|del|da|di|du|la|al|el|bin|ibn|van|von|der|den|the))+[ -]", re.IGNORECASE
)
_ABBREVIATED = re.compile(r"(?:\b(?:Mrs?|Ms|Dr|Prof|Sens?|Reps?|Gov|Gen|St|Lt|Col|Sgt|Rev|Hon|No|vs)|\b[A-Z])\.$")
_OPENS = re.compile(r"(?:^|[.?!:\n])[\s\"'“‘”’)(\[—–-]*$|[“‘\[]$|(?:^|\s)[\"']$")
_NO_NAME_OF_CAPITALS = 0.75  # of the longer words; above it, all has capitals: a heading


@lru_cache(maxsize=512)
def names(text: str) -> tuple[Name, ...]:
    """The names of a text, told by their capitals; titles, weekdays and months are not names.

    A capital that only begins a sentence counts where news usually writes that word with one, or
    where the word is unknown; so does every capital in a heading that capitalises all.

    >>> [name.keys for name in names("Officials of the U.S. met Ms. Sollenberg in The Hague on Monday.")]
    [('usa',), ('sollenberg',), ('hagu',)]
    """
    heading = _is_heading(text)
    found: list[list[Word]] = []
    previous: Word | None = None
    for word in words(text):
        if not word.form[0].isupper() or word.form in "AI" or any(map(str.isdigit, word.form)):
            continue
        if previous is None or not _one_name(text, previous, word):
            found.append([])
        names_something = _names_something(word, text, heading=heading, follows=bool(found[-1]))
        if names_something:
            found[-1].append(word)
        previous = word if names_something or not heading else None
    return tuple(_named(parts) for parts in found if parts)


def _named(parts: list[Word]) -> Name:
    """Initials are left out: "George W. Bush" is "George Bush"."""
    keys = tuple(w.key for w in parts if len(w.key) > 1) or tuple(w.key for w in parts)
    return Name(parts[0].start, parts[-1].end, keys)


def _one_name(text: str, left: Word, right: Word) -> bool:
    gap = text[left.end : right.start]
    stopped = gap.startswith(".") and not _ABBREVIATED.search(text[max(0, left.start - 1) : left.end + 1])
    return bool(_JOINS.fullmatch(gap)) and not stopped


def _is_heading(text: str) -> bool:
    """Whether capitals tell nothing: nearly every longer word has one."""
    if text.rstrip(" \"'”’").endswith((".", "?", "!")) and not text.isupper():
        return False
    longer = [m[0] for m in re.finditer(r"[^\W\d_]{4,}", text)]
    return len(longer) > 3 and sum(w[0].isupper() for w in longer) > _NO_NAME_OF_CAPITALS * len(longer)


def _names_something(word: Word, text: str, *, heading: bool, follows: bool) -> bool:
    lower = word.form.translate(_QUOTE_MARKS).lower().removesuffix("'s").rstrip(".")
    if lower == "may" and follows and not heading:  # Theresa May; but "told Reuters May 5"
        return not re.match(r"\s\d", text[word.end : word.end + 2])
    if lower in _CALENDAR or lower in _TITLES or _is_function(word.form):
        return False
    if heading:
        return usually_capital(word.form) is not False
    return (
        (word.form.isupper() and len(word.key) > 1)
        or not _begins(text, word)
        or usually_capital(word.form) is not False
    )


def _begins(text: str, word: Word) -> bool:
    """Whether a sentence or quotation begins with the word."""
    before = text[max(0, word.start - 20) : word.start]
    return bool(_OPENS.search(before)) and not _ABBREVIATED.search(before.rstrip())


# --- negation ---------------------------------------------------------------------------------

_NEGATION = re.compile(
    r"\b(?:not|no|never|none|nobody|nothing|nor|neither|without|cannot|unable|\w+n[’']t|"
    r"den(?:y|ies|ied|ying)|refus(?:e|es|ed|ing)|fail(?:s|ed|ing)?|reject(?:s|ed|ing)?|unlikely|ruled out)\b",
    re.IGNORECASE,
)
_NOT_NEGATION = re.compile(r"\b(?:[Nn]ot only|[Nn]o doubt|no longer than|No\.?\s?\d+)\b")


def negations(text: str) -> int:
    """How many words in the text turn its sense round ("not", "denied", "without")."""
    return len(_NEGATION.findall(_NOT_NEGATION.sub(" ", text)))


def weigh(found: Iterable[Word]) -> float:
    """The sum of the words' rarities."""
    return sum(rarity(w.form) for w in found)
