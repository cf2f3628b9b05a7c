"""Says which sentences lean on what is told before them, or on what nothing tells.

One that opens with "He", "But" or "Two days later" leans on the sentence before it: it cannot stand alone. Others lean
on what a brief need not tell: where a person's pronoun has nobody before it to stand for ("His condition was
critical"), where "a simple one" or "here" tells neither what nor where. How far a sentence leans besides is learnt from
readers (newsum.planning.following).
"""

import re

from newsum.system.patterns import regex
from newsum.text.analysis import Analysis
from newsum.text.lexicon import (
    AUXILIARIES,
    DEMONSTRATIVES,
    LINKS,
    NUMERALS,
    PERSONS,
    POSSESSIVES,
    SUBJECTS,
    TIME_UNITS,
    any_of,
    capital,
)

__all__ = ["points_nowhere", "stands_alone"]

_PRONOUN = regex(
    rf"(?:{any_of(capital(SUBJECTS | POSSESSIVES | DEMONSTRATIVES))}|Such|One|Others?|Both|Here|There|Then)\b"
)
_UNNAMED = regex(  # "Behind him,", "When they met,"
    r"(?:Behind|With|For|To|On|At|After|Before|Among|Beside|Between|By|From|Under|Over|As|When|While|Since|Although|Though|"
    r"If|Because|What|How|Why|Like|Unlike)(?: [a-z]\w*){0,2} (?:he|she|him|they|them|it)\b"
)
_LEANS_BACK = regex(
    rf"(?:{any_of(capital(LINKS))}|"
    r"(?:In|At|On|By|After|Before|Since|During) (?:that|this|these|those|then|such) |"
    rf"(?:{any_of(capital(NUMERALS[1:]))}|A few|Several|\d+) (?:\w+ )?{any_of(TIME_UNITS)}s (?:ago|later|earlier)|"
    r"The (?:figures?|latter|former|pair|two|trio|same)\b|The (?:move|comments?|remarks?|news) c(?:ame|omes?)\b|"
    rf"(?:Neither|None|Either|Each|Many|Some|Few|Several|Most) (?:of them\b|{any_of(AUXILIARIES)}\b)|"
    r"At the same time\b|"
    r"Indeed|Now|Then|Thus|Therefore|Otherwise|Similarly|Besides|Hence|Nor|Likewise|Not|Because|Which|Who)\b"
)
_POINTS_BACK = regex(r"(?:reject|deni|disput|confirm)ed (?:that|this)(?: \w+){0,3}\.$")  # "that on Friday."
_PERSON = regex(rf"\b{any_of(PERSONS)}\b", re.IGNORECASE)
_SOMEBODY = regex(r"\b(?:[Tt]he|[Aa]n?|[Hh]is|[Hh]er) [a-z]|\b(?:who|whose|man|woman|everyone|anyone|someone)\b")
# "Ten of those seats", "needs a simple one", "is praised here", "this is how"
_OF_WHAT = regex(
    r"\b(?:of|in) (?:those|these)\b(?! (?:who|whose|which|that)\b)|"
    r"(?<!but )(?<!and )(?<!not )\ban? [a-z]+ one\b(?!-| (?:of|who|that|which)\b)|"
    r"(?<!from )\bhere(?=[.,]| for )|\b[Tt]his is (?:how|what|why|where)\b"
)
# One of these is in each of them
_OF_WHAT_SIGNS = (" those", " these", " one", "here.", "here,", "here for ", "his is ")
_NEAR = 8  # characters from a comma to a name that follows it: ", Mr. Barr"


def stands_alone(text: str) -> bool:
    """Whether a sentence can be a line: no pronoun or "But" that leans on the sentence before it."""
    plain = text.lstrip("“\"‘'")
    return not (_PRONOUN.match(plain) or _LEANS_BACK.match(text) or _UNNAMED.match(plain) or _points_back(text))


def _points_back(text: str) -> bool:
    """Whether it ends by "denied that on Friday"; a plain part of that is quicker to look for."""
    return ("ed that" in text or "ed this" in text) and _POINTS_BACK.search(text) is not None


def points_nowhere(sentence: Analysis) -> bool:
    """Whether a sentence points at somebody or something that nothing in it names: "his letter", "a simple one"."""
    return _is_of_what(sentence.text) or _has_nobody(sentence)


def _is_of_what(text: str) -> bool:
    """Whether it is, told by plain parts of that which are quicker to look for."""
    return any(map(text.__contains__, _OF_WHAT_SIGNS)) and _OF_WHAT.search(text) is not None


def _has_nobody(sentence: Analysis) -> bool:
    """Whether a person's pronoun stands before anybody it could be; "In his letter, Barr said" has one behind."""
    pronoun = _PERSON.search(sentence.text) if sentence.cues.person else None
    if pronoun is None or any(name.start < pronoun.start() for name in sentence.names):
        return False
    comma = sentence.text.find(", ", pronoun.end())
    if comma > 0 and any(name.start - comma < _NEAR for name in sentence.names if name.start > comma):
        return False
    return not _SOMEBODY.search(sentence.text[: pronoun.start()])
