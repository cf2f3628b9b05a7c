"""Finds what a sentence counts, so that two outlets' figures for one thing can be held against each other.

A count is a noun with its figure ("1,400 workers"); deaths, injuries and the like go by what happened rather
than by the noun, since "a toll of 118", "118 people were killed" and "118 dead" count one thing. Those are
also the figures that reports update: the latest one stands.
"""

import re
from collections.abc import Iterator, Mapping

from newsum.similarity.terms import cosine
from newsum.text.analysis import Analysis, ArticleAnalysis
from newsum.text.lexicon import NUMERALS, ROUGHLY, TIME_UNITS, TOLL, any_of
from newsum.text.quantities import Quantity
from newsum.text.words import stem

__all__ = ["counts", "differ", "running", "states", "supersedes", "withdrawn"]

_NEAR = 0.02  # two figures within 2% are one figure, rounded
_ROUNDED = 0.1  # within which "more than 11 million" and "11.5 million" are one figure
_HEDGED = re.compile(rf"\b{any_of(ROUGHLY)}\b".replace(" ", "[ -]"), re.IGNORECASE)
_ALIKE = 0.3  # cosine of two sentences; below, one noun may count different things in each
_YEARS = range(1900, 2100)
_NOUN = re.compile(r"[\s-]*(?:of (?:the )?)?([^\W\d_]{3,})")
_RUNNING = {what: re.compile(rf"\b(?:{signs})\b", re.IGNORECASE) for what, signs in TOLL.items()}
_WHOM = frozenset("people persons person men women residents passengers villagers others".split())
_REACHED = re.compile(r"\b(?:to|at|of|reached|passed|hit|killing|killed)(?: (?:at least|more than|about|some))? $")
_MEASURES = frozenset("hour minut second day week month year km kilometr metr mile magnitud and".split())  # stems
_SPAN = re.compile(
    r"\b(?:over|during|within|every|each|per|an?|in the (?:past|last)) (?:the |its |each |about |past |last )*"
    rf"((?:(?:{any_of(NUMERALS)}|\d+)[ -])?{any_of(TIME_UNITS)}s?)\b(?! (?:ago|later|earlier|after|before))|"
    r"\b(daily|weekly|monthly|yearly|annual)\b",
    re.IGNORECASE,
)
_REACH = 30  # characters either side of a figure in which its "killed" is looked for


def counts(sentence: Analysis) -> Iterator[tuple[str, float]]:
    """(what is counted, how many) for each count in a sentence."""
    for figure in sentence.quantities:
        if figure.unit in ("", "%") and figure.value not in _YEARS and (what := _counted(sentence.text, figure)):
            yield what, figure.value


def _counted(text: str, number: Quantity) -> str:
    noun = _NOUN.match(text, number.end)
    before, after = text[: number.start], text[number.end : number.end + _REACH]
    if not number.unit:
        for what, sign in _RUNNING.items():
            people = noun is not None and (noun[1].lower() in _WHOM or bool(sign.match(noun[1])))
            if people and (sign.search(before[-_REACH:]) or sign.search(after)):
                return what
            if noun is None and _REACHED.search(before) and sign.search(before[-2 * _REACH :]):
                return what
    return stem(noun[1]) + number.unit if noun and stem(noun[1]) not in _MEASURES else ""


def differ(left: Analysis, right: Analysis) -> bool:
    """Whether two sentences that say much the same give different figures for one thing.

    Sentences with a figure in common agree: "31.1 percent and 37 seats" is one row of "she has 38, he 37". What
    happened over three days and what happened in one are two things.
    """
    ours, theirs = ({figure.value for figure in sentence.quantities} for sentence in (left, right))
    if not (ours and theirs) or ours & theirs or cosine(left.terms, right.terms) < _ALIKE:
        return False
    near = _ROUNDED if _HEDGED.search(left.text) or _HEDGED.search(right.text) else _NEAR
    return bool(_differences(left, right, near)) and _spans(left.text) == _spans(right.text)


def _spans(text: str) -> set[str]:
    """The spans of time that a sentence counts over: "over the three days", "daily"."""
    return {stem(span[1] or span[2]) for span in _SPAN.finditer(text)}


def supersedes(later: Mapping[str, float], earlier: Mapping[str, float]) -> bool:
    """Whether a later report's `running` figures raise one of an earlier report's (a death toll)."""
    return any(later.get(what, 0) > value * (1 + _NEAR) for what, value in earlier.items())


def running(sentence: Analysis) -> Mapping[str, float]:
    """The figures of a sentence that reports keep raising: the dead, the injured, the missing."""
    return {what: value for what, value in counts(sentence) if what in _RUNNING} if sentence.cues.toll else {}


def withdrawn(article: ArticleAnalysis) -> frozenset[tuple[str, float]]:
    """The counts and sums that an article's own correction takes back: named there, gone from the rest."""
    if not article.corrections:
        return frozenset()
    wrong = {fact for correction in article.corrections for fact in _facts(correction.said)}
    return frozenset(wrong - {fact for passage in article.sentences for fact in _facts(passage.analysis)})


def states(sentence: Analysis, facts: frozenset[tuple[str, float]]) -> bool:
    """Whether a sentence states one of these counts or sums."""
    return bool(facts and _facts(sentence) & facts)


def _facts(found: Analysis) -> set[tuple[str, float]]:
    return {*counts(found), *((n.unit, n.value) for n in found.quantities if n.unit not in ("", "th"))}


def _differences(left: Analysis, right: Analysis, near: float) -> set[str]:
    ours: dict[str, set[float]] = {}
    theirs: dict[str, set[float]] = {}
    for found, sentence in ((ours, left), (theirs, right)):
        for what, value in counts(sentence):
            found.setdefault(what, set()).add(value)
    return {
        what
        for what in ours.keys() & theirs.keys()
        if not any(abs(a - b) <= near * max(a, b) for a in ours[what] for b in theirs[what])
    }
