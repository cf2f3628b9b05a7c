"""Decides, as Punkt does, whether a sentence ends at a stop between two words.

Kiss and Strunk, "Unsupervised multilingual sentence boundary detection", Computational Linguistics 2006, section 4,
with parameters that nltk's trainer learned (recipes.punkt). It decides as nltk does, against which
tests/test_punkt.py holds it; importing nltk takes 0.3 s, and 2 s where it finds scikit-learn and scipy to import too.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from pathlib import Path

from newsum.system.patterns import regex
from newsum.text.rows import SortedRows

__all__ = ["Parameters", "breaks"]

_NO_WORD = r"[)\";}\]*:@'({\[‘’“”«»?!]"  # what no word has inside; nltk 3.10 added the curly quotes
_MARKS = r"(?:-{2,}|\.{2,}|(?:\.\s){2,}\.)"
_TOKEN = regex(
    rf"""{_MARKS}
       | (?=[^("`{{\[:;&\#*@)}}\]\-,])\S+?(?=\s|$|{_NO_WORD}|{_MARKS}|,(?:$|\s|{_NO_WORD}|{_MARKS}))
       | \S""",
    re.VERBOSE,
)
_NUMBER = regex(r"-?[.,]?\d[\d,.-]*\.?")
_INITIAL = regex(r"[^\W\d]\.")
_DOTS = regex(r"\.{2,}")
_PUNCTUATION = frozenset(";:,.!?")

# How a word was written in training, as nltk's trainer writes it down: bits of one number
_UPPER, _UPPER_INSIDE = 0b0001110, 0b0000100
_LOWER, _LOWER_FIRST = 0b1110000, 0b0010000


@dataclass(frozen=True)
class Parameters:
    """What was learned, by word types: lower case, figures all alike.

    Attributes:
        abbreviations: without their last stop.
        collocations: pairs that go together across a stop.
        starters: words that often begin a sentence.
        writing: type -> how it was written, and where, in bits, as a number in figures.
    """

    abbreviations: frozenset[str]
    collocations: frozenset[tuple[str, ...]]
    starters: frozenset[str]
    writing: Mapping[str, str]

    @classmethod
    def read(cls, folder: Path, *, more_abbreviations: Iterable[str] = ()) -> "Parameters":
        """From the four files that nltk's `save_punkt_params` writes."""
        rows = {file.stem: file.read_text(encoding="utf-8").splitlines() for file in folder.iterdir()}
        return cls(
            abbreviations=frozenset(rows["abbrev_types"]).union(more_abbreviations),
            collocations=frozenset(tuple(row.split("\t")) for row in rows["collocations"]),
            starters=frozenset(rows["sent_starters"]),
            writing=SortedRows(rows["ortho_context"]),
        )


@dataclass(frozen=True)
class _Token:
    text: str

    @cached_property
    def kind(self) -> str:
        lower = self.text.lower()
        return "##number##" if _NUMBER.fullmatch(lower) else lower

    @property
    def plain(self) -> str:
        """The type without its last stop."""
        return self.kind[:-1] if len(self.kind) > 1 and self.kind.endswith(".") else self.kind


def breaks(text: str, learned: Parameters) -> bool:
    """Whether a sentence ends inside a short text, such as two words.

    The marks around a word are tokens of their own, and any two neighbours may part sentences.
    """
    return any(_ends(*pair, learned) for pair in pairwise(map(_Token, _TOKEN.findall(text))))


def _ends(token: _Token, following: _Token, learned: Parameters) -> bool:
    """Whether a sentence ends with the token."""
    if not token.text.endswith("."):
        return token.text in ("?", "!")
    kind = following.plain if _seems_to_end(following, learned) else following.kind
    if (token.plain, kind) in learned.collocations:
        return False
    is_initial = bool(_INITIAL.fullmatch(token.text))
    written = int(learned.writing.get(kind, 0))
    starts = _starts(following.text, written)
    if not is_initial and (_DOTS.fullmatch(token.text) or _is_abbreviation(token, learned)):
        often_starts = following.text[0].isupper() and kind in learned.starters
        return bool(starts or often_starts) and not (token.plain == "##number##" and starts is False)
    if is_initial or token.plain == "##number##":
        never_lower = following.text[0].isupper() and not written & _LOWER
        if starts is False or (starts is None and is_initial and never_lower):
            return False
    return _seems_to_end(token, learned)


def _seems_to_end(token: _Token, learned: Parameters) -> bool:
    """Whether a token ends a sentence by its type alone."""
    if token.text in (".", "?", "!"):
        return True
    return token.text.endswith(".") and not token.text.endswith("..") and not _is_abbreviation(token, learned)


def _is_abbreviation(token: _Token, learned: Parameters) -> bool:
    if token.text == "." or token.text.endswith(".."):
        return False
    word = token.text[:-1].lower()
    return word in learned.abbreviations or word.rpartition("-")[2] in learned.abbreviations


def _starts(word: str, writing: int) -> bool | None:
    """Whether a word begins a sentence, by how it was written elsewhere; None where that does not tell."""
    if word in _PUNCTUATION:
        return False
    if word[0].isupper() and writing & _LOWER and not writing & _UPPER_INSIDE:
        return True
    if word[0].islower() and (writing & _UPPER or not writing & _LOWER_FIRST):
        return False
    return None
