"""Finds the names in a text, told by their capitals, each with its offsets.

A capital that only begins a sentence counts where news usually writes that word with one, or where the word is unknown;
so does every capital in a heading that capitalises all. Titles, weekdays and months are not names.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter
from typing import NamedTuple

from newsum.text.lexicon import CALENDAR, STOPPED_TITLES, TITLE_ABBREVIATIONS, TITLES, capital, plain_marks
from newsum.text.words import Row, Word, is_function, typed, usually_capital

__all__ = ["Name", "names"]

_NO_NAMES = CALENDAR | TITLES | TITLE_ABBREVIATIONS
_JOINS = re.compile(
    r"[ \u00a0]|[-–]|\.? |(?: (?:of|de|del|da|di|du|la|al|el|bin|ibn|van|von|der|den|the))+[ -]", re.IGNORECASE
)
_ABBREVIATIONS = capital(TITLE_ABBREVIATIONS | STOPPED_TITLES) | {"St", "No", "vs"}
_STOPPED = re.compile(r"\b([A-Za-z]+)\.$")
_OPENS = re.compile(r"(?:^|[.?!:\n])[\s\"'“‘”’)(\[—–-]*$|[“‘\[]$|(?:^|\s)[\"']$")
_NO_NAME_OF_CAPITALS = 0.75  # of the longer words; above it, all has capitals: a heading
_LONGER = re.compile(r"[^\W\d_]{4,}")
_FORM = itemgetter(Word._fields.index("form"))


@dataclass(frozen=True, slots=True)
class Name:
    """A capitalised run at text[start:end] that is a name by its case.

    Attributes:
        keys: of its words, without those that join them and initials.
        first, last: its words' places among the text's, half-open.
    """

    start: int
    end: int
    keys: tuple[str, ...]
    first: int
    last: int


def names(text: str, words: Sequence[Row]) -> tuple[Name, ...]:
    """The names of a text, in order.

    Args:
        words: the text's own.

    >>> from newsum.text.words import rows
    >>> text = "Officials of the U.S. met Ms. Sollenberg in The Hague on Monday."
    >>> [name.keys for name in names(text, rows(text))]
    [('usa',), ('sollenberg',), ('hagu',)]
    """
    heading = _is_heading(text)
    runs: list[list[tuple[int, Word]]] = []
    previous: Word | None = None
    places = [place for place, form in enumerate(map(_FORM, words)) if form[0].isupper() and _may_be_of_a_name(form)]
    for place, word in zip(places, typed([words[place] for place in places]), strict=True):
        if previous is None or not _one_name(text, previous, word):
            runs.append([])
        names_something = _names_something(word, text, heading=heading)
        if names_something:
            runs[-1].append((place, word))
        previous = word if names_something or not heading else None
    return tuple([_named(run) for run in runs if run])


def _may_be_of_a_name(form: str) -> bool:
    """Whether a form with a capital may be: no lone letter, no figure."""
    return form not in ("A", "I") and (form.isalpha() or not any(map(str.isdigit, form)))


def _named(run: Sequence[tuple[int, Word]]) -> Name:
    """Initials are left out: "George W. Bush" is "George Bush".

    Args:
        run: each word with its place.
    """
    keys = tuple([word.key for _, word in run if len(word.key) > 1]) or tuple([word.key for _, word in run])
    (first, opens), (last, ends) = run[0], run[-1]
    return Name(opens.start, ends.end, keys, first, last + 1)


def _one_name(text: str, left: Word, right: Word) -> bool:
    gap = text[left.end : right.start]
    if gap == " ":
        return True
    stopped = gap.startswith(".") and not _is_abbreviated(text[max(0, left.start - 1) : left.end + 1])
    return bool(_JOINS.fullmatch(gap)) and not stopped


def _is_heading(text: str) -> bool:
    """Whether capitals tell nothing: nearly every longer word has one."""
    if text.rstrip(" \"'”’").endswith((".", "?", "!")) and not text.isupper():
        return False
    longer = _LONGER.findall(text)
    return len(longer) > 3 and sum(w[0].isupper() for w in longer) > _NO_NAME_OF_CAPITALS * len(longer)


class _Case(NamedTuple):
    """What a form alone tells of being a name.

    Attributes:
        is_title: a title, where a stop follows.
        never: a title, a day, a function word.
        usual: news writes it with a capital, or does not know it.
        shouted: all capitals.
    """

    is_title: bool
    never: bool
    usual: bool
    shouted: bool


@lru_cache(maxsize=50_000)  # forms; taken apart in ten times the time of a look-up
def _case(form: str) -> _Case:
    lower = plain_marks(form).lower().removesuffix("'s").rstrip(".")
    never = lower in _NO_NAMES or is_function(form)
    return _Case(lower in STOPPED_TITLES, never, usually_capital(form) is not False, form.isupper())


def _names_something(word: Word, text: str, *, heading: bool) -> bool:
    if word.kind == "name":  # April Jones
        return True
    case = _case(word.form)
    if case.never or (case.is_title and text[word.end : word.end + 1] == "."):
        return False
    if heading:
        return case.usual
    return case.usual or (case.shouted and len(word.key) > 1) or not _begins(text, word)


def _begins(text: str, word: Word) -> bool:
    """Whether a sentence or quotation begins with the word."""
    before = text[max(0, word.start - 20) : word.start]
    if before[-2:-1].isalnum() and before[-1:] == " ":
        return False
    return bool(_OPENS.search(before)) and not _is_abbreviated(before.rstrip())


def _is_abbreviated(before: str) -> bool:
    """Whether a text ends with a title, an initial or the like and its stop."""
    if not before.endswith(".") or (last := _STOPPED.search(before)) is None:
        return False
    return last[1] in _ABBREVIATIONS or (len(last[1]) == 1 and last[1].isupper())
