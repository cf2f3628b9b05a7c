"""Says whether a sentence can stand in a brief; whether it leans on what is told before it, leaning.py says.

Rules read off news (allsides_train, news_articles): datelines are cut off; boilerplate, headings, captions,
fragments, questions, half quotations and what tells a model what to do are no lines.
"""

import re

from newsum.system.patterns import regex
from newsum.text.cues import Cues, cues
from newsum.text.lexicon import (
    DAY_ABBREVIATIONS,
    MONTH,
    MONTH_ABBREVIATIONS,
    STOPPED_TITLES,
    TITLE_ABBREVIATIONS,
    capital,
    unquoted,
)

__all__ = ["readable_from", "shouts"]

_LENGTHS = range(6, 61)  # words
_LONGEST_DATELINE = 60  # characters
_FEWEST_OUTSIDE = 4  # words outside quotations

_DATELINE = regex(
    r"^(?:[A-Z][A-Za-z.'’-]*(?:[ ,]+(?:[A-Z][A-Za-z.'’-]*|\d{1,2})){0,6}\s*)?(?:\([^)]{2,40}\)\s*)?"
    r"(?:—|–|―|--|-)\s+(?=[A-Z“\"‘'])|"
    r"^[A-Z][A-Za-z.'’-]*(?:[ ,]+[A-Z][A-Za-z.'’-]*){0,4}\s*\((?:CNN|AP|Reuters|AFP|UPI|CNN Business)\)\s*(?=[A-Z“\"])"
)
# Of a text in lower case. Each alternative begins with a plain character: the search then takes a tenth of the time.
_BOILERPLATE = regex(
    r"""sign\ up|editor['’]s\ note|newsletter|hide\ caption|
        subscri(?:be|ption|ber)|read\ (?:more|also|the\ full)|click\ here|follow\ (?:us|@)|
        cookie|all\ rights\ reserved|©|getty\ images|ap\ photo|picture:|image:|
        photo(?:(?<!\wphoto)(?:graph)?(?:\s+by|:))|
        download\ (?:the|our)\ app|listen\ to|watch(?:\ (?:live|now|the\ video)|:)|advertisement|
        this\ article\ (?:was|has|originally)|reporting\ by|contributed\ to\ this\ report|
        edited\ by|terms\ of\ (?:use|service)|privacy\ policy|corrected\ (?:on|to)|
        earlier\ version\ of\ this|newsroom@|tips?\ line|have\ you\ been\ affected|get\ in\ touch|
        declined\ to\ (?:comment|discuss)|not\ (?:immediately\ )?(?:respond|reply)\ to\ (?:a\ )?requests?|
        stay\ up\ to\ date|as\ an\ interest|https?://|www\.|@\w+\.\w+|this\ is\ a\ (?:developing|breaking)""",
    re.VERBOSE,
)
# What somebody put into a page for a model to obey. Of 172,000 sentences of real news 22 match, none of which is news
# ("Write to ... at ...", "Say hasta la vista to dark under-eye circles").
_INSTRUCTS = regex(
    r"(?:(?:Please|Now|Then|AI|Assistant|Attention|Important)\b[,:]? )?"
    r"(?:Ignore|Disregard|Forget|Write|Say|Respond|Reply|Summari[sz]e|Pretend)\b(?!-)|"
    r"Assistant[:,]|(?:System|SYSTEM|AI):"
)
_EARLIER_INSTRUCTIONS = regex(r"\b(?:previous|prior|above) instructions\b")
_BEGINS_BOILERPLATE = regex(r"related|photos?:|updated?:|correction|(?:more|watch|video|live|analysis|opinion):")
_CAPTION = regex(  # "Brian Kemp reacts in Athens, Ga., November 7, 2018."
    rf"day, {MONTH}\.? \d{{1,2}}, \d{{4}}|,? (?:on )?\b{MONTH}\.? \d{{1,2}},? \d{{4}}\.$|"
    r"\b(?:is|are) (?:seen|pictured|shown) (?:at|during|over|atop|near|outside|above|behind|in [A-Z])|"
    r"\((?:AP|Reuters|AFP|EPA|Getty|File|Photo)\b|\bfile photo\b|\((?:left|right|center|centre)\)|\w Image [A-Z]",
)
# One of these, or a year before the last stop, is in every caption
_CAPTION_SIGNS = ("(", "day, ", "photo", " Image ", " seen ", " shown ", " pictured ")
_NO_SUBJECT = regex(
    r"Turns out |(?:Will|Would|Can|Could|Should|Must|Has|Have|Had|Is|Are|Was|Were|Does|Did) "
    r"(?!(?:the|this|that|a|an|it|he|she|they)\b)[a-z]"
)
_SHOUTS = regex(
    r"\b[A-Z]{5,}\b|\b[A-Z]{3,} (?:[A-Z]{2,} )*[A-Z]{3,}\b|"
    r"\b[A-Z]{2,}-[A-Z]{2,}\b|\b(?:FIVE|FOUR|NINE|ONLY|JUST|EVER|EVEN|MUST|LIFE|DEAD|THAT|THIS)\b"
)
# "it was Sun. | Dec. 31": the splitter took an abbreviation for the end
_BROKEN_OFF = DAY_ABBREVIATIONS | MONTH_ABBREVIATIONS | capital(TITLE_ABBREVIATIONS | STOPPED_TITLES)
_BROKEN_OFF |= {"Wash", "Calif", "Fla", "Mass", "Mich", "Minn", "vs"}
_LAST_WORD = regex(r"\b([A-Za-z]+)\.$")


def readable_from(text: str, counted: Cues) -> int | None:
    """Where the part of a sentence begins that can stand in a brief (after its dateline); None where none can.

    Left out: boilerplate, headings and captions, fragments, questions, quotations that begin or end
    elsewhere, and what somebody says as "I" or "we" outside a quotation.

    Args:
        counted: the cues of the whole text.
    """
    dateline = _DATELINE.match(text) if _may_have_dateline(text[:_LONGEST_DATELINE]) else None
    skipped = dateline.end() if dateline is not None and dateline.end() < min(_LONGEST_DATELINE, len(text) - 20) else 0
    part = text[skipped:]
    return skipped if _can_stand(part, cues(part) if skipped else counted) else None


def _may_have_dateline(begins: str) -> bool:
    """Whether there are its marks, which are quicker to look for."""
    return ")" in begins or "-" in begins or "—" in begins or "–" in begins or "―" in begins


def _can_stand(text: str, counted: Cues) -> bool:
    if counted.words not in _LENGTHS or text[-1] not in '.!”"’' or "\n" in text:
        return False
    if not (text[0].isupper() or text[0].isdigit() or text[0] in "“\"‘'$£€") or text.isupper():
        return False
    # The quickest to tell come first
    if "?" in text or text.count("(") != text.count(")") or not counted.finite or _is_broken_off(text[-9:]):
        return False
    plain = unquoted(text)
    if "“" in plain or "”" in plain or '"' in plain:
        return False
    outside = counted if plain == text else cues(plain)
    if outside.speaker or (outside is not counted and outside.words < _FEWEST_OUTSIDE):
        return False
    if _instructs(text) or " MORE " in text:  # the links that one large site puts into its sentences end so
        return False
    return not (_is_headline(counted) or _is_boilerplate(text, counted) or _is_phrase(text) or _is_caption(text))


def _is_broken_off(end: str) -> bool:
    last = _LAST_WORD.search(end)
    return last is not None and last[1] in _BROKEN_OFF


def _is_phrase(text: str) -> bool:
    """Whether it is only what stands before or after a clause: "With a red sports car inside.", "Will have wings." """
    return (text.startswith("With ") and "," not in text) or _NO_SUBJECT.match(text) is not None


def _instructs(text: str) -> bool:
    """Whether it tells a model what to do: an article is material, whatever it asks for."""
    return bool(_INSTRUCTS.match(text) or ("instructions" in text and _EARLIER_INSTRUCTIONS.search(text)))


def _is_caption(text: str) -> bool:
    """Whether it is one, told by signs that are quicker to look for where there are any."""
    may_be = text[-2:-1].isdigit() or any(map(text.__contains__, _CAPTION_SIGNS))
    return may_be and _CAPTION.search(text) is not None


def _is_boilerplate(text: str, counted: Cues) -> bool:
    lower = text.lower()
    return bool(_BEGINS_BOILERPLATE.match(lower) or (counted.boilerplate and _BOILERPLATE.search(lower)))


def _is_headline(counted: Cues) -> bool:
    """Whether nearly every longer word has a capital."""
    return counted.capitals > 0.75 * max(counted.long, 3)


def shouts(text: str, counted: Cues) -> bool:
    """Whether a word stands in capitals for stress, as tabloids have it."""
    return bool(counted.shouted and _SHOUTS.search(text))
