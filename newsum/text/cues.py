"""Counts how many words of a text are verbs, figures of a toll, signs of boilerplate and the like.

Planning asks ten such questions of each sentence of a story. No word crosses a space, so what stands between two is
looked at once, ever: its answers are the fields of one number, and the fields of a text's sum are its counts.
"""

import re
from functools import lru_cache
from struct import Struct
from typing import NamedTuple

from newsum.text.lexicon import (
    AUXILIARIES,
    MODAL_HEDGES,
    PAST,
    PAST_OR_PRESENT,
    PERSONS,
    REPORTING,
    SPEAKER,
    TOLL,
    any_of,
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
    figures: int
    boilerplate: int


_LONG = re.compile(r"[^\W\d_]{4,}")
_FINITE = re.compile(rf"\b(?:{any_of(AUXILIARIES | PAST | PAST_OR_PRESENT)}|\w{{2,}}ed|\w{{3,}}s)\b")
_SPEAKER = re.compile(rf"\b{any_of(SPEAKER)}\b")
_ADJACENT = re.compile(r"[A-Z]{2}")
_REPORTS = re.compile(rf"\b{any_of(REPORTING)}\b")
_MODAL = re.compile(rf"\b{any_of(MODAL_HEDGES)}\b")
# Of a run in lower case
_PERSON = re.compile(rf"\b{any_of(PERSONS)}\b")
_TOLL = re.compile("|".join(TOLL.values()).replace(" their lives", ""))  # a run has no space
_BOILERPLATE = re.compile(  # a word that ends it, begins it, or stands in it
    r"(?:sign|editor['’]s|hide|read|click|follow|getty|ap|download|listen|watch|article|reporting|contributed|edited|"
    r"terms|privacy|corrected|version|declined|stay)$|^(?:line|affected|touch|request|interest|developing|breaking)|"
    r"newsletter|subscri|cookie|reserved|©|picture:|image:|photo|watch:|advertisement|newsroom@|https?://|www\.|@"
)


_FIELDS = Struct(f"<{len(Cues._fields)}I")  # side by side in one number, 32 bits each: no text has so many words


# Runs, of which news has the same over and over: 240 articles have 20,400, 9,000 have 68,000. Counting one takes 100
# times a look-up.
@lru_cache(maxsize=50_000)
def _packed(run: str) -> int:
    long, lower = _LONG.findall(run), run.lower()
    counts = Cues(
        words=is_word(run),
        long=len(long),
        capitals=sum(word[0].isupper() for word in long) if lower != run else 0,
        finite=_FINITE.search(run) is not None,
        speaker=_SPEAKER.search(run) is not None,
        shouted=_ADJACENT.search(run) is not None,
        reports=_REPORTS.search(run) is not None,
        modal=_MODAL.search(run) is not None,
        person=_PERSON.search(lower) is not None,
        toll=_TOLL.search(lower) is not None,
        figures=may_be_part(run),
        boilerplate=_BOILERPLATE.search(lower) is not None,
    )
    return int.from_bytes(_FIELDS.pack(*counts), "little")


def cues(text: str) -> Cues:
    """The counts of a text.

    >>> cues("Two miners were killed, the AP said.")._asdict()["toll"]
    1
    """
    total = sum(map(_packed, text.split()))
    return Cues._make(_FIELDS.unpack(total.to_bytes(_FIELDS.size, "little")))
