"""Counts how many words of a text are verbs, figures of a toll, signs of boilerplate and the like.

Planning asks ten such questions of each sentence of a story. No word crosses a space, so what stands between two is
looked at once, ever: its answers are the fields of one number, and the fields of a text's sum are its counts.
"""

from collections.abc import Iterable
from functools import lru_cache
from struct import Struct
from typing import NamedTuple

from newsum.system.patterns import regex
from newsum.text.lexicon import (
    AUXILIARIES,
    MARKS,
    MODAL_HEDGES,
    MONTH,
    PAST,
    PAST_OR_PRESENT,
    PERSONS,
    REPORTING,
    SPEAKER,
    TOLL,
)
from newsum.text.quantities import may_be_part
from newsum.text.words import is_word

__all__ = ["Cues", "cues"]


class Cues(NamedTuple):
    """How many of a text's words

    Attributes:
        words: hold a letter or figure.
        long: have four letters or more (each counts, of two that a hyphen joins).
        capitals: and of these, a capital first.
        finite: are verbs in a form that a clause can stand on, or look so.
        speaker: are the speaker's own: "I", "we", "you".
        shouted: have two capitals running.
        reports: say that somebody said something.
        modal: say what would or may be.
        person: stand for a person named before: "he", "her".
        toll: are of the dead, the injured or the missing.
        months: may be a month.
        figures: may be a figure or a part of one.
        boilerplate: stand in every phrase that readable.py takes for boilerplate.
    """

    words: int
    long: int
    capitals: int
    finite: int
    speaker: int
    shouted: int
    reports: int
    modal: int
    person: int
    toll: int
    months: int
    figures: int
    boilerplate: int


_LEAST_LONG = 4  # letters
_LONG = regex(rf"[^\W\d_]{{{_LEAST_LONG},}}")
_PARTS = regex(r"\w+")
_VERBS = AUXILIARIES | PAST | PAST_OR_PRESENT
_ADJACENT = regex(r"[A-Z]{2}")
# Of a run in lower case
_TOLL = regex("|".join(TOLL.values()).replace(" their lives", ""))  # a run has no space
# What stands in boilerplate: a word that ends a run, that begins it, or anywhere
_ENDS = tuple(
    "sign editor's editor’s hide read click follow getty ap picture image download listen watch article reporting "
    "contributed edited terms privacy corrected version www declined stay".split()
)
_BEGINS = tuple("line affected touch request interest developing breaking".split())
_ANYWHERE = regex(r"newsletter|subscri|cookie|reserved|©|picture:|image:|photo|watch:|advertisement|https?://|www\.|@")
_MONTH = regex(MONTH.lower())
_FIELDS = Struct(f"<{len(Cues._fields)}I")  # side by side in one number, 32 bits each: no text has so many words


# Runs, of which news has the same over and over: 240 articles have 20,400, 9,000 have 68,000. Counting one takes 50
# times a look-up.
@lru_cache(maxsize=50_000)
def _packed(run: str) -> int:
    bare, lower = run.strip(MARKS), run.lower()
    if bare.isalpha():  # most
        if bare != run:  # marks around a word tell nothing of it
            return _packed(bare)
        parts, long = [bare], [bare] if len(bare) >= _LEAST_LONG else []
    else:
        parts, long = _PARTS.findall(run), _LONG.findall(run)
    has_capital = lower != run
    fields = _FIELDS.pack(  # as `Cues` has them
        is_word(run),
        len(long),
        has_capital and sum([word[0].isupper() for word in long]),
        any(map(_is_finite, parts)),
        not SPEAKER.isdisjoint(parts),
        has_capital and _ADJACENT.search(run) is not None,
        not REPORTING.isdisjoint(parts),
        not MODAL_HEDGES.isdisjoint(parts),
        not PERSONS.isdisjoint([part.lower() for part in parts] if has_capital else parts),
        _TOLL.search(lower) is not None,
        has_capital and _MONTH.search(lower) is not None,
        may_be_part(run),
        lower.endswith(_ENDS) or lower.startswith(_BEGINS) or _ANYWHERE.search(lower) is not None,
    )
    return int.from_bytes(fields, "little")


def _is_finite(part: str) -> bool:
    return (len(part) > 3 and part.endswith(("ed", "s"))) or part in _VERBS


def cues(text: str, runs: Iterable[str] | None = None) -> Cues:
    """The counts of a text.

    Args:
        runs: what stands between its spaces, where that is at hand.

    >>> cues("Two miners were killed, the AP said.")._asdict()["toll"]
    1
    """
    total = sum(map(_packed, text.split() if runs is None else runs))
    return Cues._make(_FIELDS.unpack(total.to_bytes(_FIELDS.size, "little")))
