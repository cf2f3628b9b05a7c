"""Writes the names of a source as a line writes them, where short and long are one name: "IRS", "Calif.", "al-Qaida".

In: a source's text, and the line. Out: the text, "the Internal Revenue Service" as "the IRS" where the line has it so.

A short form is one of the lexicon's or made of the initials of a run of capitalised words. The rules then find a name
in its place, and a judge reads one name where there were two ways of writing it.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from newsum.system.patterns import regex
from newsum.text.lexicon import ONE_NAME, STATES

__all__ = ["named_alike"]

_ACRONYM = regex(r"(?<![\w&.-])(?:[A-Z]{2,6}|(?:[A-Z]\.){2,6})(?![\w&-])")
_MOST = 20  # acronyms of a text that are looked up
_BETWEEN = r"\s(?:(?:of|the|and|for|on|in|to|&)\s){0,3}"  # words of a long name that its initials leave out
_WORD = r"[\w’'.-]*"


def named_alike(source: str, line: str) -> str:
    """The source with the line's form of each name that both have.

    >>> named_alike("The Internal Revenue Service fined a Fla. bank, the United States said.", "The US (IRS) fined it.")
    'The IRS fined a Fla. bank, the US said.'
    >>> named_alike("The GOP won in Tampa, Fla.", "Republicans won in Florida.")
    'The Republicans won in Tampa, Florida'
    """
    if source == line:
        return source
    for form in dict.fromkeys(_known().findall(line)):
        if not _is_in(form, source):
            for others in _others()[form]:
                source = others.sub(form, source)
    ours, theirs = (list(dict.fromkeys(_ACRONYM.findall(text)))[:_MOST] for text in (line, source))
    for short in ours:
        if not _is_in(short, source):
            source = _in_full(short).sub(short, source)
    for short in theirs:
        if not _is_in(short, line) and (full := _in_full(short).search(line)):
            source = re.sub(_written(short), full[0], source)
    return source


def _is_in(form: str, text: str) -> bool:
    return re.search(_written(form), text) is not None


def _written(form: str) -> str:
    return rf"(?<!\w){re.escape(form)}" + ("" if form.endswith(".") else r"(?![\w-])")


def _any_of(forms: Iterable[str]) -> re.Pattern[str]:
    return regex("|".join(_written(form) for form in sorted(forms, key=len, reverse=True)))


@cache
def _known() -> re.Pattern[str]:
    return _any_of(_others())


@cache
def _others() -> Mapping[str, Sequence[re.Pattern[str]]]:
    """A form of the lexicon -> for each name that it may be, the name's other forms."""
    found: dict[str, list[re.Pattern[str]]] = {}
    for forms in (*ONE_NAME, *STATES):
        for form in forms:
            found.setdefault(form, []).append(_any_of(set(forms) - {form}))
    return found


def _in_full(short: str) -> re.Pattern[str]:
    """A run of capitalised words with such initials."""
    initials = short.replace(".", "")
    return re.compile(rf"\b{_BETWEEN.join(rf'{letter}{_WORD}' for letter in initials)}(?!\w)")
