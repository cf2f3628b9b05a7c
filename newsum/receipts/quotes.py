"""This module finds a quote again in an article that is no longer letter for letter what it was.

In: a quote, and the text that it is sought in. Out: what became of it: moved (it stands elsewhere), changed (its marks,
or some of its words, are others now), or gone.
"""

import unicodedata
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from newsum.text.sentences import split
from newsum.text.words import words

__all__ = ["Sought", "sought"]

_ALIKE = 0.6  # of two sentences' words, in order: one edited is above, two on one subject are below
_LONGEST = 2_000  # words; a quote is a sentence
_MARKS = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛′`´", "'"),
        **dict.fromkeys("“”„‟″«»", '"'),
        **dict.fromkeys("‐‑‒–—―−", "-"),
        **dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff"),
        "…": "...",
    }
)


@dataclass(frozen=True, slots=True)
class Sought:
    """What became of a quote.

    Attributes:
        fate: "moved" (its letters stand elsewhere), "changed" (like words do), "gone".
        start: where it, or what is nearest to it, stands now; None where it is gone.
        end: where that ends.
    """

    fate: Literal["moved", "changed", "gone"]
    start: int | None = None
    end: int | None = None


def sought(quote: str, text: str) -> Sought:
    """What became of a quote in a text.

    >>> sought("“It’s over,” he said.", 'At noon: "It\\'s over," he said.')
    Sought(fate='changed', start=9, end=30)
    """
    if not quote.strip():
        return Sought("gone")
    if (at := text.find(quote)) >= 0:
        return Sought("moved", at, at + len(quote))
    plain, places = _plain(text)
    wanted = _plain(quote)[0].strip()
    if wanted and (at := plain.find(wanted)) >= 0:
        return Sought("changed", places[at], places[at + len(wanted) - 1] + 1)
    return _nearest(quote, text)


def _plain(text: str) -> tuple[str, list[int]]:
    """The text with plain marks, single spaces and letters taken apart, and where each character of it stood."""
    letters: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        for letter in unicodedata.normalize("NFKD", character).translate(_MARKS):
            letter = " " if letter.isspace() else letter
            if letter != " " or letters[-1:] != [" "]:
                letters.append(letter)
                places.append(place)
    return "".join(letters), places


def _nearest(quote: str, text: str) -> Sought:
    """The sentence that shares most of the quote's words in their order, where it shares enough."""
    own = [word.key for word in words(quote)][:_LONGEST]
    best, found = _ALIKE, Sought("gone")
    distinct = len(set(own))
    for start, end in split(text):
        if end - start < best * distinct / (2 - best):
            continue  # of fewer characters than it would need words
        forms = [word.key for word in words(text[start:end])][:_LONGEST]
        if 2 * len(set(own) & set(forms)) < best * (distinct + len(set(forms))):
            continue
        if (alike := SequenceMatcher(None, own, forms, autojunk=False).ratio()) >= best:
            best, found = alike, Sought("changed", start, end)
    return found
