"""Finds the notes by which an article corrects itself, and in them what is taken back and what is put right.

In: an article's text and its sentences' offsets.
Out: for each sentence of a note the stretches that still hold and those that are taken back.

A note begins with "Correction:" and the like, with a version of this very article, or with what was done to it; it goes
on to its paragraph's end. "An earlier version of the bill" is news.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from newsum.system.patterns import regex

__all__ = ["NoteSentence", "note_sentences"]

Span = tuple[int, int]

_THING = (
    r"(?:article|story|report|post|piece|item|page|column|dispatch|blog|newsletter|review|obituary|graphic|page|text)"
)
_VERSION = r"(?:earlier|previous|original|first|initial|prior|older) (?:version|edition|draft)s?"
_SIGNS = (  # one of them, in lower case, is in every sentence that begins a note; looking for them takes no time
    *(
        "version",
        "edition",
        "draft",
        "correct",
        "clarif",
        "erratum",
        "amend",
        "updated",
        "revised",
        "edited",
        "changed",
    ),
    *("we originally", "we initially", "we wrongly", "we mistakenly", "we erroneously"),
)
_HEAD = regex(r"\W*(?:corrections?|clarifications?|corrected|erratum|amendment)\b[^:.]{0,30}:\s*", re.IGNORECASE)
_EARLIER = regex(
    rf"\b{_VERSION} of (?:this|our) {_THING}\b|"
    r"\b[Ww]e (?:originally|initially|incorrectly|wrongly|mistakenly|erroneously) "
    r"(?:reported|said|stated|wrote|named)\b",
    re.IGNORECASE,
)
_DONE = regex(
    rf"\bthis (?:\w+\.? \d{{1,2}}(?:, \d{{4}},?)? )?{_THING} (?:has been|was|is) (?:\w+ )?"
    r"(?:amended|corrected|updated|clarified|revised|changed|edited)\b",
    re.IGNORECASE,
)
# Inside a note
_SAID = regex(  # what an earlier version said is taken back
    rf"\b{_VERSION}\b|\b[Ww]e (?:originally|initially|first|earlier|incorrectly|wrongly|mistakenly|erroneously) \w+",
    re.IGNORECASE,
)
_NAMED_AS = regex(r"\bmis(?:identified|spelled|spelt|named|stated|attributed|quoted)\b.*?\b(?:as|to)\s", re.IGNORECASE)
_MISSTATED = regex(
    r"\bmis(?:identified|spelled|spelt|named|stated|attributed|quoted|characteri[sz]ed)\b", re.IGNORECASE
)
_TURN = regex(r",? (?:when|but|whereas|while)(?: in fact| actually)?,? |; (?:in fact,? )?", re.IGNORECASE)
_INSTEAD = regex(r"(?:, (?:and )?not|,? rather than|,? instead of)\s+([^,;]+?)(?=[.,;)]*(?:$|[,;]))", re.IGNORECASE)
_CHANGED_FROM = regex(r"\bto\b.*(\sfrom\s+([^,;]+?))(?=[.,;)]*$)", re.IGNORECASE)
_TOLD = regex(r"\bto (?:say|state|reflect|show|correct|clarify|fix|make clear|note|read)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class NoteSentence:
    """A sentence of a note.

    Attributes:
        number: its place among the article's sentences.
        right: the stretches of the article's text that still hold.
        wrong: those that are taken back.
    """

    number: int
    right: tuple[Span, ...] = ()
    wrong: tuple[Span, ...] = ()


def note_sentences(text: str, spans: Sequence[Span]) -> tuple[NoteSentence, ...]:
    """The sentences of an article that belong to its notes, in order.

    >>> text = "An earlier version of this story said it would cost 41 million. It will cost 14 million."
    >>> [len(sentence.wrong) for sentence in note_sentences(text, [(0, 63), (64, 88)])]
    [1, 0]
    """
    signs = list(filter(text.lower().__contains__, _SIGNS))
    return tuple(_found(text, spans, signs)) if signs else ()


def _found(text: str, spans: Sequence[Span], signs: Sequence[str]) -> Iterator[NoteSentence]:
    is_note, ended = False, 0
    for number, (start, end) in enumerate(spans):
        opens = number == 0 or "\n" in text[ended:start]
        is_note, ended = is_note and not opens, end
        sentence = text[start:end]
        head = None
        if any(map(sentence.lower().__contains__, signs)):
            head = _HEAD.match(text, start, end) if opens else None
            is_note = bool(is_note or head or _EARLIER.search(sentence) or _DONE.search(sentence))
        if is_note:
            right, wrong = _parted(text, head.end() if head is not None else start, end)
            yield NoteSentence(number, right, wrong)


def _parted(text: str, start: int, end: int) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """What of a note's sentence still holds, and what is taken back."""
    sentence = text[start:end]
    if (said := _SAID.search(sentence)) is not None:
        turn = _TURN.search(sentence, said.end())
        stop = start + turn.start() if turn else end
        right = ((start + turn.end(), end),) if turn else ()
        if (named := _NAMED_AS.search(sentence, said.start())) is not None:
            return right, ((start + named.end(), stop),)
        return right, () if _MISSTATED.search(sentence) else ((start + said.start(), stop),)
    done = _DONE.search(sentence)
    if (instead := _INSTEAD.search(sentence)) is not None:
        return ((start, start + instead.start()),), ((start + instead.start(1), start + instead.end(1)),)
    if done is not None and not _TOLD.search(sentence):
        return (), ()
    if done is not None and (changed := _CHANGED_FROM.search(sentence)) is not None:
        return ((start, start + changed.start(1)),), ((start + changed.start(2), start + changed.end(2)),)
    return (((start, end),) if start < end else ()), ()
