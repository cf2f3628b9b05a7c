"""Finds what a sentence counts, so that two outlets' figures for one thing can be held against each other.

A count is a noun with its figure ("1,400 workers"); deaths, injuries and the like go by what happened rather
than by the noun, since "a toll of 118", "118 people were killed" and "118 dead" count one thing. Those are
also the figures that reports update: the latest one stands.
"""

import re
from collections.abc import Iterator, Mapping

from newsum.system.patterns import regex
from newsum.text.analysis import Analysis, ArticleAnalysis
from newsum.text.lexicon import AUXILIARIES, NUMERALS, TIME_UNITS, TOLL, any_of
from newsum.text.quantities import Quantity
from newsum.text.words import stem

__all__ = ["counts", "running", "spans", "states", "supersedes", "withdrawn"]

_NEAR = 0.02  # two figures within 2% are one figure, rounded
_YEARS = frozenset(range(1900, 2100))  # a range takes a float by going through its numbers
_NOUN = regex(r"[\s-]*(?:of (?:the )?)?([^\W\d_]{3,})")
_RUNNING = {what: regex(rf"\b(?:{signs})\b", re.IGNORECASE) for what, signs in TOLL.items()}
_WHOM = frozenset("people persons person men women residents passengers villagers others".split())
_FALLS = frozenset({"missing"})  # with every report; the others rise
_REACHED = regex(r"\b(?:to|at|of|reached|passed|hit|killing|killed)(?: (?:at least|more than|about|some))? $")
_MEASURES = frozenset("hour minut second day week month year km kilometr metr mile magnitud and".split())  # stems
_SPAN = regex(
    r"\b(?:over|during|within|every|each|per|an?|in the (?:past|last)) (?:the |its |each |about |past |last )*"
    rf"((?:(?:{any_of(NUMERALS)}|\d+)[ -])?{any_of(TIME_UNITS)}s?)\b(?! (?:ago|later|earlier|after|before))|"
    r"\b(daily|weekly|monthly|yearly|annual)\b",
    re.IGNORECASE,
)
_ONE_SPAN = {"daili": "day", "annual": "year"}
_REACH = 34  # characters either side of a figure in which its "killed" is looked for


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
            if noun is not None and noun[1].lower() in AUXILIARIES and sign.search(after):  # "43 are missing"
                return what
            people = noun is not None and (noun[1].lower() in _WHOM or bool(sign.match(noun[1])))
            if people and (sign.search(before[-_REACH:]) or sign.search(after)):
                return what
            if noun is None and _REACHED.search(before) and sign.search(before[-2 * _REACH :]):
                return what
    return stem(noun[1]) + number.unit if noun and stem(noun[1]) not in _MEASURES else ""


def spans(text: str) -> set[str]:
    """The spans of time that a text counts over: "over the three days", "daily".

    >>> sorted(spans("It counts 12 a day and 80 per week.")), spans("A daily fee.") == spans("A fee a day.")
    (['day', 'week'], True)
    """
    named = (stem(span[1] or span[2]).lower() for span in _SPAN.finditer(text))
    return {_ONE_SPAN.get(name, name) for name in named}


def supersedes(later: Mapping[str, float], earlier: Mapping[str, float]) -> bool:
    """Whether a later report's `running` figures overtake an earlier one's: a higher death toll, fewer missing."""
    return any(
        later.get(what, value) < value if what in _FALLS else later.get(what, 0) > value * (1 + _NEAR)
        for what, value in earlier.items()
    )


def running(sentence: Analysis) -> Mapping[str, float]:
    """The figures of a sentence that reports keep changing: the dead, the injured, the missing."""
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
