"""Tells months from what is only written like them: "May I", Theresa May, the March on Rome, April Jones, Del Mar.

In: a text and its words, of which each that has a month's form is of that kind.
Out: the same words, those that are no months being of another kind.
"""

import re

from newsum.system.patterns import regex
from newsum.text.lexicon import MONTH, REPORTING, STOPPED_TITLES, TITLE_ABBREVIATIONS, WEEKDAY, any_of, capital
from newsum.text.words import Form, WordTable

__all__ = ["settled_months"]

_ALSO_WORDS = frozenset({"may", "march", "august", "april", "june"})
_SHORTENED = frozenset({"jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec"})
_REACH = 24  # characters on each side that tell

_NUMBER_BEFORE = regex(r"\d(?:st|nd|rd|th)?(?: of)? $")
_NUMBER_AFTER = regex(r"\.? \d")
# What stands before a month and no name; what stands before either
_TIME = regex(
    r"(?:^|[\s(“\"])(?:in|since|until|till|during|last|next|this|early|late|mid|every|each|between|of|"
    r"around|through) $|"
    rf"\bmid-$|\b{WEEKDAY},? $|\b{MONTH}(?: and| or| to|,|[-–]) ?$",
    re.IGNORECASE,
)
_EITHER = regex(
    r"(?:^|[\s(“\"])(?:by|before|after|from|to|for|on|and|or|as|the|an?|but|with|than|about|its|their|our) $",
    re.IGNORECASE,
)
_MARCHERS = regex(r"\b(?:Women|Men|People|Workers|Students|Man)(?:['’]s?)? $")
_CAPITAL_BEFORE = regex(r"[A-Z][\w’'-]*\.? $")
_TITLE_BEFORE = regex(rf"\b{any_of(capital(TITLE_ABBREVIATIONS | STOPPED_TITLES))}\.? $")
_OPENS = regex(r"(?:^|[.!?:\n]\s?|[“\"‘])$")
_WALK = regex(r" (?:on|for|against|of|from|through|with)\b(?! \d)")
_ASKS = regex(r" (?:the|I|we|you|he|she|it|they|this|that|those|these|his|her|their|our|all|God|a|an|not)\b")
_CAPITAL_AFTER = regex(rf" (?!{MONTH}\b|{WEEKDAY}\b)[A-Z][a-z’'-]+")
_SAYS = regex(rf" (?:has |had |also )?{any_of(REPORTING)}\b")


def settled_months(text: str, words: WordTable) -> WordTable:
    """The words of a text, those of a month's form being of that kind only where they are used so."""
    columns = zip(words.starts, words.ends, words.forms, strict=True)
    settled = [_settled(text, *column) if column[2][2] == "month" else column[2] for column in columns]
    return words._replace(forms=tuple(settled))


def _settled(text: str, start: int, end: int, known: Form) -> Form:
    written, key, _, weight, may_name = known
    lower = written.lower()
    form = lower[:-2] if lower.endswith(("'s", "’s")) else lower
    before, after = text[max(0, start - _REACH) : start], text[end : end + _REACH]
    if form in _SHORTENED:
        kind = "month" if _is_shortened(before, after) else "name"
    else:
        kind = _kind(form, before, after) if form in _ALSO_WORDS else "month"
    return written, key, kind, weight, may_name


def _is_shortened(before: str, after: str) -> bool:
    """Whether "Jan" or "Mar" is one: with a figure, or after what only a time follows."""
    return bool(_NUMBER_BEFORE.search(before) or _NUMBER_AFTER.match(after) or _TIME.search(before))


def _kind(form: str, before: str, after: str) -> str:
    """The kind of "May", "March", "August", "April" or "June": of a month, a name, or a word."""
    if _NUMBER_BEFORE.search(before) or _NUMBER_AFTER.match(after):
        return "month"
    if _MARCHERS.search(before) or _TITLE_BEFORE.search(before):
        return "name"
    if _OPENS.search(before):
        return _opening(form, after)
    if _TIME.search(before):
        return "month"
    if _EITHER.search(before):
        if form == "march" and _WALK.match(after):
            return "word"
        return "name" if _CAPITAL_AFTER.match(after) and not _follows_article(before) else "month"
    is_named = _CAPITAL_BEFORE.search(before) or _CAPITAL_AFTER.match(after) or _SAYS.match(after)
    return "name" if is_named else "month"


def _follows_article(before: str) -> bool:
    return before.lower().endswith(("the ", " a ", " an ", "its ", "their ", "our "))


def _opening(form: str, after: str) -> str:
    """The kind of one that opens a sentence: "May I", "March with us", "April Jones"."""
    if form == "may" and _ASKS.match(after):
        return ""
    if form == "march" and _WALK.match(after):
        return "word"
    return "name" if _CAPITAL_AFTER.match(after) or _SAYS.match(after) else "month"
