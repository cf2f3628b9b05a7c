"""Finds the names in a text, told by their capitals, each with its offsets.

A capital that only begins a sentence counts where news usually writes that word with one, or where the word is unknown;
so does every capital in a heading that capitalises all. Titles, weekdays and months are not names.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from newsum.system.patterns import regex
from newsum.text.lexicon import CALENDAR, STOPPED_TITLES, TITLE_ABBREVIATIONS, TITLES, any_of, capital, plain_marks
from newsum.text.words import Form, WordTable, is_function, usually_capital

__all__ = ["Name", "NameRow", "names"]

_NO_NAMES = CALENDAR | TITLES | TITLE_ABBREVIATIONS
_JOINING = frozenset("of de del da di du la al el bin ibn van von der den the".split())
_JOINS = regex(rf"[ \u00a0]|[-–]|\.? |(?: {any_of(_JOINING)})+[ -]", re.IGNORECASE)
_ABBREVIATIONS = capital(TITLE_ABBREVIATIONS | STOPPED_TITLES) | {"St", "No", "vs"}
_STOPPED = regex(r"\b([A-Za-z]+)\.$")
_OPENS = regex(r"(?:^|[.?!:\n])[\s\"'“‘”’)(\[—–-]*$|[“‘\[]$|(?:^|\s)[\"']$")
_NO_NAME_OF_CAPITALS = 0.75  # of the longer words; above it, all has capitals: a heading
_LONGER = regex(r"[^\W\d_]{4,}")


class Name(NamedTuple):
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


# The fields of a `Name`. Texts' names are kept so, for the garbage collector looks at a plain tuple but once.
NameRow = tuple[int, int, tuple[str, ...], int, int]


def names(text: str, words: WordTable) -> tuple[NameRow, ...]:
    """The names of a text, in order, as plain tuples.

    Args:
        words: the text's own.

    >>> from newsum.text.words import table
    >>> text = "Officials of the U.S. met Ms. Sollenberg in The Hague on Monday."
    >>> [keys for _, _, keys, _, _ in names(text, table(text))]
    [('usa',), ('sollenberg',), ('hagu',)]
    """
    starts, ends, forms = words
    heading = _is_heading(text)
    runs: list[list[int]] = []
    previous: int | None = None
    for place in [place for place, form in enumerate(forms) if form[-1]]:
        if (
            previous is None
            or (place > previous + 1 and forms[previous + 1][0].lower() not in _JOINING)
            or not _one_name(text, starts[previous], ends[previous], starts[place])
        ):
            runs.append([])
        names_something = _names_something(forms[place], text, starts[place], ends[place], heading=heading)
        if names_something:
            runs[-1].append(place)
        previous = place if names_something or not heading else None
    return tuple([_named(run, words) for run in runs if run])


def _named(places: Sequence[int], words: WordTable) -> NameRow:
    """Initials are left out: "George W. Bush" is "George Bush"."""
    if len(places) == 1:  # most
        (place,) = places
        return words.starts[place], words.ends[place], (words.forms[place][1],), place, place + 1
    keys = [words.forms[place][1] for place in places]
    first, last = places[0], places[-1]
    told = tuple([key for key in keys if len(key) > 1] or keys)
    return words.starts[first], words.ends[last], told, first, last + 1


def _one_name(text: str, left: int, left_end: int, right: int) -> bool:
    """Whether what stands between the word at text[left:left_end] and that at `right` joins them."""
    gap = text[left_end:right]
    if gap == " ":
        return True
    stopped = gap.startswith(".") and not _is_abbreviated(text[max(0, left - 1) : left_end + 1])
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


def _names_something(form: Form, text: str, start: int, end: int, *, heading: bool) -> bool:
    written, key, kind, _, _ = form
    if kind == "name":  # April Jones
        return True
    case = _case(written)
    if case.never or (case.is_title and text[end : end + 1] == "."):
        return False
    if heading:
        return case.usual
    return case.usual or (case.shouted and len(key) > 1) or not _begins(text, start)


def _begins(text: str, start: int) -> bool:
    """Whether a sentence or quotation begins with the word at `start`."""
    before = text[max(0, start - 20) : start]
    if before[-2:-1].isalnum() and before[-1:] == " ":
        return False
    return bool(_OPENS.search(before)) and not _is_abbreviated(before.rstrip())


def _is_abbreviated(before: str) -> bool:
    """Whether a text ends with a title, an initial or the like and its stop."""
    if not before.endswith(".") or (last := _STOPPED.search(before)) is None:
        return False
    return last[1] in _ABBREVIATIONS or (len(last[1]) == 1 and last[1].isupper())
