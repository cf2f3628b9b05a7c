"""Finds the words of a text, each with its offsets, and says how rare a word is in news.

Two forms of a word have one key, so that "signed" and "signs" meet. Stems are Porter's second ("Snowball") by
PyStemmer; rarity and usual case come from newsum/text/words.tsv, counts over 13,000 news articles that
`recipes.words` made.

What is known of a form is kept in tables of this process (`lru_cache`): news is made of some ten thousand forms over
and over, and a look-up takes a tenth of the time of stemming. They hold forms, never texts.
"""

import math
import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from newsum.system.patterns import regex
from newsum.text.lexicon import CALENDAR, FUNCTION_WORDS, MARKS, WEEKDAYS, plain_marks
from newsum.text.rows import SortedRows

__all__ = [
    "Columns",
    "Form",
    "Word",
    "WordTable",
    "content_key",
    "content_words",
    "forms",
    "is_function",
    "is_word",
    "rarity",
    "stem",
    "table",
    "usually_capital",
    "weigh",
    "word_count",
    "words",
]

_STATISTICS = Path(__file__).parent / "words.tsv"

_LETTERS = r"[^\W\d_]+(?:[\u0300-\u036f]+[^\W\d_]*)*"  # an accent may be a character of its own
_WORD = regex(
    rf"""[A-Za-z]++(?![\w.’'$\u0300-\u036f])                   # most words; with this alone half the time
      | (?:\b(?:US|AU|NZ|HK|C|A)(?=\$))?[$£€]?\d+(?:[.,:]\d+)*(?:%|(?:st|nd|rd|th|s|bn|m|k|tn|million|billion)\b)?
      | (?:[A-Za-z]\.){{2,}}(?:[A-Za-z]\b)?|[A-Z]\.[A-Z]\b   # U.S.  a.m.  U.S
      | {_LETTERS}(?:[’']{_LETTERS})*                        # words, don't, O'Connor
    """,
    re.VERBOSE,
)


class Word(NamedTuple):
    """A word at text[start:end].

    Attributes:
        key: what two forms of one word share; figures of one value share theirs.
        kind: "name", "number", "weekday", "month", "word", or "" for a function word.
        weight: 0..1, how rare the form is in news; 0 for a word that carries no meaning (`content_key`).
        may_name: whether it may be of a name: it has a capital, and is no lone letter and no figure.
    """

    start: int
    end: int
    form: str
    key: str
    kind: str
    weight: float
    may_name: bool


# The fields of a `Word` that its form tells. Texts share them, plain tuples, which the garbage collector looks at but
# once: a batch has a hundred thousand words, which as `Word`s cost a tenth of the time of all briefs.
Form = tuple[str, str, str, float, bool]


Columns = tuple[tuple[int, ...], tuple[int, ...], tuple[Form, ...]]  # the fields of a `WordTable`


class WordTable(NamedTuple):
    """A text's words by columns: where each starts and ends, and its form."""

    starts: tuple[int, ...]
    ends: tuple[int, ...]
    forms: tuple[Form, ...]

    @property
    def columns(self) -> Columns:
        return self.starts, self.ends, self.forms

    @property
    def keys(self) -> list[str]:
        return [form[1] for form in self.forms]

    @property
    def written(self) -> list[str]:
        """The words as they stand."""
        return [form[0] for form in self.forms]

    def words(self, first: int = 0, last: int | None = None) -> tuple[Word, ...]:
        """The words, or those of some places."""
        columns = zip(self.starts[first:last], self.ends[first:last], self.forms[first:last], strict=True)
        make = tuple.__new__  # made so, words take a quarter of the time of Word(...)
        return tuple([make(Word, (start, end, *form)) for start, end, form in columns])


# --- words ------------------------------------------------------------------------------------


@cache
def _stemmer() -> Callable[[str], str]:
    from Stemmer import Stemmer

    stem_word: Callable[[str], str] = Stemmer("english", 0).stemWord  # `stem` remembers them
    return stem_word


# Months as they are shortened, but for those that are names or words too ("Jan", "Mar")
_WHOLE_MONTHS = {"feb": "february", "aug": "august", "sept": "september", "oct": "october", "nov": "november"}
_ONE_COUNTRY = frozenset({"US", "U.S.", "U.S", "USA", "U.S.A."})  # "us" would be the pronoun


@lru_cache(maxsize=200_000)
def stem(form: str) -> str:
    """The key of a word's form: lower case, no accents, no possessive, stemmed.

    >>> stem("signed"), stem("Erdoğan’s"), stem("U.K."), stem("US"), stem("us"), stem("Sept.") == stem("September")
    ('sign', 'erdogan', 'uk', 'usa', 'us', True)
    """
    if form in _ONE_COUNTRY:
        return "usa"
    plain = form.lower() if form.isascii() else _without_accents(form)
    if not plain.isalpha() and plain[:1].isalpha():
        plain = plain.removesuffix("'s").rstrip("'").replace(".", "")
    plain = _WHOLE_MONTHS.get(plain, plain)
    return _stemmer()(plain) if plain.isalpha() else plain


def _without_accents(form: str) -> str:
    plain = unicodedata.normalize("NFKD", plain_marks(form).casefold())
    return "".join(c for c in plain if not unicodedata.combining(c))


_DAYS = frozenset(map(str.lower, WEEKDAYS))


def _kind(form: str, lower: str) -> str:
    """The kind of a form as far as the form tells: whether it is of a name, its neighbours do."""
    if form[0].isupper() and (day := lower.removesuffix("'s")) in CALENDAR:
        return "weekday" if day in _DAYS else "month"
    return "" if lower in FUNCTION_WORDS else "word"


_KNOWN = 50_000  # 9,000 articles have 68,000 runs; a look-up takes a twentieth of the time of taking one apart


@lru_cache(maxsize=_KNOWN)
def _known(form: str) -> Form:
    key, lower = stem(form), plain_marks(form).lower()
    is_function = lower in FUNCTION_WORDS and form not in _ONE_COUNTRY
    weight = _rarity(lower) if not is_function and _carries_meaning(key) else 0.0
    return form, key, _kind(form, lower), weight, form[0].isupper() and _may_name(form)


def _may_name(form: str) -> bool:
    return form not in ("A", "I") and (form.isalpha() or not any(map(str.isdigit, form)))


@lru_cache(maxsize=_KNOWN)
def _of_run(run: str) -> tuple[tuple[int, int, Form], ...]:
    """The words of what stands between two spaces, each with its offsets there: no word crosses one."""
    bare = run.strip(MARKS)
    if bare.isascii() and bare.isalpha():  # most: a word with marks around it, and no search need tell
        start = run.index(bare)
        return ((start, start + len(bare), _known(bare)),)
    return tuple([(found.start(), found.end(), _known(found[0])) for found in _WORD.finditer(run)])


def table(text: str, runs: Sequence[str] | None = None) -> WordTable:
    """The words and figures of a text, in order, by columns.

    Args:
        runs: what stands between its spaces, where that is at hand.
    """
    starts, ends, forms = list[int](), list[int](), list[Form]()
    runs, at = text.split() if runs is None else runs, 0
    is_spaced = " ".join(runs) == text  # mostly; then each run's place is told by those before
    for run in runs:
        if not is_spaced:
            at = text.index(run, at)
        stop = at + len(run)
        if run.isascii() and run.isalpha():  # most runs are a word, and no search need tell
            starts.append(at)
            ends.append(stop)
            forms.append(_known(run))
        else:
            for start, end, form in _of_run(run):
                starts.append(at + start)
                ends.append(at + end)
                forms.append(form)
        at = stop + 1
    return WordTable(tuple(starts), tuple(ends), tuple(forms))


def words(text: str) -> tuple[Word, ...]:
    """The words and figures of a text, in order."""
    return table(text).words()


def forms(text: str) -> list[str]:
    """The words and figures as they stand in a text, in order: `words` where nobody asks for more."""
    return _WORD.findall(text)


def is_word(run: str) -> bool:
    """Whether a reader would count what stands between two spaces as a word: it holds a letter or figure."""
    return run.isalpha() or any(map(str.isalnum, run))


def content_words(found: Iterable[Word]) -> tuple[Word, ...]:
    """Those of a text's words that carry meaning: no function words, no lone letters."""
    return tuple([word for word in found if word.weight])


def content_key(form: str) -> str:
    """The key of a form that carries meaning; empty for a function word or a lone letter."""
    key = stem(form)
    return key if not is_function(form) and _carries_meaning(key) else ""


def _carries_meaning(key: str) -> bool:
    return len(key) > 1 or key.isdigit()


def is_function(form: str) -> bool:
    """Whether a form is one of `FUNCTION_WORDS`; "US" is a country, "us" a pronoun."""
    return form not in _ONE_COUNTRY and plain_marks(form).lower() in FUNCTION_WORDS


def word_count(text: str) -> int:
    """How many words a reader would count (`is_word`)."""
    return sum(map(is_word, text.split()))


# --- statistics -------------------------------------------------------------------------------


@cache
def _statistics() -> tuple[int, SortedRows]:
    """(articles counted, lower-case form -> "articles with it, tab, percent of capitals inside sentences")."""
    articles, _, rows = _STATISTICS.read_text(encoding="utf-8").partition("\n")
    return int(articles), SortedRows(rows.splitlines())


def _row(lower: str) -> str | None:
    """The row of a form in lower case, its marks straight; None for one that the statistics lack."""
    return _statistics()[1].found(lower.removesuffix("'s").replace(".", ""))


@lru_cache(maxsize=50_000)
def rarity(form: str) -> float:
    """Inverse document frequency in news, scaled to 0 (in every article) .. 1 (never seen)."""
    return _rarity(plain_marks(form).lower())


def _rarity(lower: str) -> float:
    articles, row = _statistics()[0], _row(lower)
    count = 0 if row is None else int(row.partition("\t")[0])
    return math.log((articles + 1) / (count + 1)) / math.log(articles + 1)


def usually_capital(form: str) -> bool | None:
    """Whether news writes the word with a capital inside a sentence; None for an unknown word."""
    row = _row(plain_marks(form).lower())
    return None if row is None else int(row.partition("\t")[2]) > 50


def weigh(found: Iterable[Word]) -> float:
    """The sum of the words' rarities."""
    return sum(w.weight for w in found)
