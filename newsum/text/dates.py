"""Relative dates in a line, resolved by the day its article was published.

"on Monday" becomes "on Monday (9 March)" where it is first said in a brief, "yesterday" becomes "on 9
March". As news style has it, a plain past tense looks back less than a week and "will" ahead. Where the verb
does not tell, or the day is part of a name ("Black Friday"), of another noun ("a Tuesday vote") or of a span
("Monday to Friday"), the words stay as they are: no date is better than a wrong one. Without a day of
publication "on Monday" is left out where the sentence stands without it. Quotations are never touched.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from newsum.system.patterns import regex
from newsum.text.lexicon import (
    AUXILIARIES,
    DAYS_OR_MORE,
    MONTH,
    MONTHS,
    NUMERALS,
    ORDINALS,
    PARTS_OF_DAY,
    PAST,
    PAST_OR_PRESENT,
    POSSESSIVES,
    QUOTED,
    SUBJECTS,
    WEEKDAY,
    WEEKDAYS,
    any_of,
    unquoted,
)

__all__ = ["DateResolver", "long_date", "looks_ahead", "published_day", "resolvable"]

_YEARS = range(1900, 2101)  # of publication; a week either way of year 1 or 9999 is no date

# Days since the weekday. "will meet on Monday", published on a Monday: which? On a Tuesday: in six days, or was the
# text written a day earlier (a time zone, a date of reposting)? "met on Monday", published on a Sunday: the same.
_UNSURE_AHEAD, _UNSURE_BACK = (0, 1), (6,)

Edit = tuple[int, int, str]


def long_date(day: date, *, year: bool = False) -> str:
    """ "9 March", or "9 March 2026"."""
    return f"{day.day} {MONTHS[day.month - 1]}" + (f" {day.year}" if year else "")


def published_day(published: str | None) -> date | None:
    """The day of an ISO date or time, where it was published; None where there is none or it is malformed."""
    try:
        day = date.fromisoformat((published or "")[:10])
    except ValueError:
        return None
    return day if day.year in _YEARS else None


def resolvable(published: str | None) -> str:
    """Every date that `DateResolver` can write for an article of that day: a week either way."""
    day = published_day(published)
    return "" if day is None else ", ".join(long_date(day + timedelta(days=n)) for n in range(-7, 8))


class DateResolver:
    """Resolves the relative dates of one brief's lines, each date in full once.

    >>> dates = DateResolver()
    >>> dates.resolve("The treaty was signed on Monday.", "2026-03-10")
    'The treaty was signed on Monday (9 March).'
    >>> dates.resolve("Gas rose on Monday and fell yesterday.", "2026-03-12")
    'Gas rose on Monday and fell on 11 March.'
    """

    def __init__(self) -> None:
        self._anchored: dict[str, date] = {}

    def resolve(self, line: str, published: str | None) -> str:
        """The line with its relative dates resolved, or left out where `published` does not tell them."""
        day = published_day(published)
        seen = _QUOTATION.sub(lambda m: _MASK * len(m[0]), line)
        if day is None:
            changed = _applied(line, _left_out(seen))
            return changed if changed == line else changed[:1].upper() + changed[1:]
        return _applied(line, sorted([*self._weekdays(seen, day), *_near_days(seen, day)]))

    def _weekdays(self, text: str, published: date) -> Iterator[Edit]:
        named = list(_WEEKDAY.finditer(text))
        for found in named if named and not _ANOTHER_TIME.search(text) else ():
            ahead = _looks_ahead(text, found) if _is_one_day(text, found) else None
            distance = (published.weekday() - WEEKDAYS.index(found["day"])) % 7
            if ahead is None or distance in (_UNSURE_AHEAD if ahead else _UNSURE_BACK):
                continue
            if not distance and text[: found.start()].lower().endswith("since "):
                continue  # a week, or since this morning
            day = published + timedelta(days=7 - distance if ahead else -distance)
            if self._anchored.get(found["day"]) != day:
                self._anchored[found["day"]] = day
                yield found.end(), found.end(), f" ({long_date(day)})"


def _applied(line: str, edits: list[Edit]) -> str:
    for start, end, new in reversed(edits):
        line = line[:start] + new + line[end:]
    return line


# --- what is a day at all -----------------------------------------------------------------------------

_MASK = "\uffff"  # stands for each character of a quotation
_QUOTATION = regex(rf"^[^“”]*”|{QUOTED.pattern}|“[^”]*(?:”|$)|\"[^\"]*(?:\"|$)")  # or one that began or ends elsewhere
_PART = rf"(?: {any_of(PARTS_OF_DAY)})?"
_WEEKDAY = regex(rf"(?<![-–/\w])(?P<day>{WEEKDAY}){_PART}(?P<of>['’]s)?(?![-–/\w])")
# The day is then counted from another one, or the sentence looks back on another week
_ANOTHER_TIME = regex(
    rf"\b(?:[Ii]n|[Ss]ince|of|year) (?:19|20)\d\d\b|\b{MONTH} \d|\d {MONTH}\b|\b(?:[Ii]n|[Ll]ast|[Ss]ince) {MONTH}\b|"
    rf"\b{any_of(DAYS_OR_MORE)}s? (?:ago|earlier|before|later|after|prior)\b|"
    r"\b(?:last|next|previous|following|that|past|coming|same|earlier this|later this) (?:week|month|year|day|weekend)|"
    rf"\banniversar|\b(?:{any_of(ORDINALS)}|final) (?:time|day) since\b"
)
_NOT_BEFORE = regex(  # a determiner, a name's first word, a date
    rf"(?:\b(?:a|an|the|any|every|each|some|another|this|that|last|next|past|previous|following|coming|final|no|most|"
    rf"many|all|{any_of((*NUMERALS, *ORDINALS, *POSSESSIVES))})|['’]s?|\d,?|"
    rf"\b(?!(?:On|By|Since|Until|Late|Early|From|Before|After|But|And)\b)[A-Z][\w.’'-]*|{WEEKDAY}{_PART},?|"
    rf"{WEEKDAY}{_PART},? (?:and|or|to|into|through|until|till|by)|\bbetween) $"
)
_NOT_AFTER = regex(
    rf",? (?:\(|the )?(?:\d|{MONTH}\b)| (?:and|or|to|through|until|till|into) (?:\w+ )?{WEEKDAY}\b|,? {WEEKDAY}\b|"
    r" (?:of|in) (?:the|each|every|this|next|last|early|late|mid)\b| ?\(|, or\b|,? \d"
)
_SAFE_AFTER = regex(  # what may follow "(9 March)": a pause, or a word that the day does not describe
    r"$|[.,;:!?)—–]| [—–-] | (?:a|an|the|in|at|on|to|after|before|with|by|for|from|as|that|when|where|while|and|but|"
    r"or|because|amid|during|following|over|about|against|who|which|into|under|near|outside|inside|if|until|since|not|"
    rf"also|there|despite|without|between|{any_of(SUBJECTS | POSSESSIVES | AUXILIARIES | PAST | PAST_OR_PRESENT)}|"
    r"[a-z]{3,}ed|[a-z]{3,}ly)\b"
)


def _is_one_day(text: str, found: re.Match[str]) -> bool:
    """Whether the words are one day of one week, said as an adverb, with room for a date after them."""
    before, after = text[: found.start()], text[found.end() :]
    if _NOT_BEFORE.search(before) or _NOT_AFTER.match(after) or before.count("(") != before.count(")"):
        return False
    if found["of"]:
        return bool(re.match(r" [a-z]", after))
    return bool(_SAFE_AFTER.match(after) or (before in ("On ", "on ") and re.match(r" [A-Z]", after)))


# --- before or after publication ------------------------------------------------------------------------

_REACH = 90  # characters from a verb to its day
_PAST = any_of(PAST | {"was", "were", "had", "did"})
_EVENT = "vote|election|hearing|strike|meeting|rally|summit|debate|trial|talks|deadline|protest|march|poll|session"
_VERB = regex(  # each takes its own verb with it: "will be held" is ahead, "to be held" in doubt
    r"(?P<ahead>(?:\b(?:will|shall|won[’']t)|[’']ll|"
    r"\b(?:is|are) (?:\w+ )?(?:expected|due|set|scheduled|going|slated|likely) to)"
    r"(?: not| also)?(?: be)?(?: [a-z]+)?)\b|"
    r"(?P<doubt>\b(?:would|may|might|could|can|should|must|to|be|is|are|am|has|have|been|being|due|set|scheduled|"
    r"expected|planned|slated|proposed|postponed|delayed|moved|rescheduled|cancell?ed)(?: not| also)?(?: be| been)?"
    r"(?: [a-z]+(?:ed|ld|en|t))?|"
    r"(?:plans|hopes|wants|intends|aims|looks|needs|ahead|before|until|upcoming|effective|if|unless|"
    r"returns|meets|begins|starts|opens|appears|heads?|faces?|votes|holds?|takes?|goes|comes?|runs?|ends?|"
    r"expires?|arrives?|leaves?|speaks?|travels?|convenes?|says|tells|preparing|planning|hoping|considering|"
    r"seeking|looking|threatening|awaiting|facing|starting|beginning|returning|visiting|meeting|running))\b|"
    rf"(?P<back>(?<!\b[Tt]he )(?<!\ba )(?<!\ban )\b(?:{_PAST}|[a-z]{{3,}}(?<!ne)(?<!e)(?<!hundr)ed)\b)"
)
_PLAIN_TO = regex(
    rf"\bto (?=[A-Z\uffff\d]|(?:the|an?|{any_of(POSSESSIVES)}|reporters|lawmakers|journalists|supporters|hospital)\b)"
)


_OPENS = regex(r"(?:(?:Late |Early )?[Oo]n )?")
_ACTIVE = regex(rf"(?: [a-z]+ly)? (?!was|were|had)(?:{_PAST}|[a-z]{{3,}}ed)\b")


def _looks_ahead(text: str, found: re.Match[str]) -> bool | None:
    """Whether the day is yet to come, by the verb nearest before it, else the first after; None in doubt."""
    start = max((m.end() for m in re.finditer(r"[;:—]| – |\. ", text[: found.start()])), default=0)
    before, after = text[max(start, found.start() - _REACH) : found.start()], text[found.end() :][:_REACH]
    if found["of"]:
        looks_back = re.search(r"\b(?:after|during|since|following|at|in) $", before, re.IGNORECASE)
        return False if looks_back and {*_signs(before), *_signs(after)} == {"back"} else None
    if before.lower().endswith("since "):
        return None if re.search(r"\b(?:will|would)\b", before) else False
    signs = [*_signs(before)][-1:]
    if not signs and (_OPENS.fullmatch(before) or _ACTIVE.match(after)):
        signs = [*_signs(after)][:1]
    sign = signs[0] if signs else "doubt"
    if re.search(rf"\b(?:by|until|till|before|for|from|through|next|{_EVENT}) (?:on )?$", before, re.IGNORECASE):
        return True if sign == "ahead" else None
    return {"ahead": True, "back": False}.get(sign)


_AHEAD = regex(  # of a text in lower case with a space before it
    r"\W(?:will|shall|won[’']t|(?:plan|intend|hope|aim)s? to|"
    r"(?:expected|due|set|scheduled|going|slated|likely|about) to|(?:expected|planned|upcoming|scheduled) \w+|yet to|"
    r"(?:is|are) (?:calling|considering|heading|mulling|preparing|pushing|seeking|urging|weighing)|"
    r"(?<=[’'])ll)\b"
)
_HEADED_AHEAD = regex(r"(?:[A-Z][\w’'.-]* ){1,3}[Tt]o [A-Z]")  # as a headline says it


def looks_ahead(text: str) -> bool:
    """Whether a verb outside quotations says what is yet to come or open: "will meet", "is considering"."""
    plain = unquoted(text)
    return _AHEAD.search(f" {plain.lower()}") is not None or _HEADED_AHEAD.match(plain) is not None


def _signs(text: str) -> Iterator[str]:
    for verb in _VERB.finditer(_PLAIN_TO.sub("", text)):
        yield verb.lastgroup or "doubt"


# --- yesterday and tonight --------------------------------------------------------------------------------

_NEAR = regex(
    r"\b(?P<day>yesterday|tomorrow)(?: (?P<part>morning|afternoon|evening|night))?\b(?P<of>['’]s)?|"
    r"\b(?P<this>this morning|this afternoon|this evening|tonight|last night)\b(?P<of_this>['’]s)?|"
    r"(?P<today>(?:(?<=\bsaid )|(?<=ed )|(?<=\btold reporters )|(?<=\b[Ee]arlier )|(?<=\b[Ll]ater ))today)"
    r"\b(?!['’])",
    re.IGNORECASE,
)
_STANDS_FREE = regex(r"(?:\b(?:a|an|the|of|before|after|and|or|than|better|day|late|['’]s)|[-–]) $", re.IGNORECASE)
_BARE = regex(r"\b(?:since|until|till|by|from|for|through) $", re.IGNORECASE)


def _near_days(text: str, published: date) -> Iterator[Edit]:
    for found in _NEAR.finditer(text):
        before, after = text[: found.start()], text[found.end() :]
        capital_inside = found[0][0].isupper() and before.strip('\uffff “"')
        if capital_inside or found["of_this"] or _STANDS_FREE.search(before) or re.match(r"[-–]| (?:and|or)\b", after):
            continue
        if (found["day"] or "").lower() == "tomorrow" and [*_signs(before)][-1:] != ["ahead"]:
            continue  # "could end tomorrow" means one day or another
        if found["of"] and not re.match(r" (?!(?:a|an|the|not|all)\b)[a-z]", after):
            continue  # "yesterday's the day"
        new = _near_day(found, published, bare=bool(_BARE.search(before)))
        if new is not None:
            yield found.start(), found.end(), new if before else new[:1].upper() + new[1:]


def _near_day(found: re.Match[str], published: date, *, bare: bool) -> str | None:
    said = (found["day"] or found["this"] or found["today"]).lower()
    day = long_date(published + timedelta(days={"yesterday": -1, "last night": -1, "tomorrow": 1}.get(said, 0)))
    part = found["part"] or {"tonight": "evening"}.get(said, said.split()[-1] if found["this"] else "")
    if found["of"]:
        return None if part else f"the {day}"
    if part:
        return f"the {part} of {day}" if bare else f"on the {part} of {day}"
    return day if bare else f"on {day}"


# --- without a date -----------------------------------------------------------------------------------

_ADVERBIAL = regex(
    rf"(?P<before>^|(?<![,.;:]), | )(?:(?:[Ll]ate |[Ee]arly )?[Oo]n {WEEKDAY}{_PART}(?![-–/\w'’])|"
    rf"(?<=\bsaid )(?P<said>(?:{WEEKDAY}|yesterday)(?![-–/\w'’])))(?P<after>,?)"
)
_NEEDS_IT = regex(
    r"(?:\b(?:is|are|was|were|be|been|fell|falls|fall|depends?|and|or|but|both|than|not|only|just|as|except|from|to|"
    r"until|if|even|especially|later|earlier|again|came|comes|come|held|scheduled|due|set|begins?|began|starts?|"
    r"ended|ends?|opens?|took place|takes place|take place|happened|occurred)|[,(–—-])$"
)


def _left_out(text: str) -> list[Edit]:
    """The cuts that take out "on Monday" where what is left is a sentence."""
    found = (m for m in _ADVERBIAL.finditer(text) if _can_go(text, m))
    return [(m.start(), m.end() + (m.start() == 0), _comma(text, m)) for m in found]


def _comma(text: str, found: re.Match[str]) -> str:
    """The comma that the sentence still needs: not after "But", nor before its end."""
    one_word = re.fullmatch(r"(?:But|And|Yet|So|Then|Also)", text[: found.start()])
    ends = found["before"] == ", " and not re.match(r" \w", text[found.end() :])
    return "" if one_word or ends or not found.start() else "," * ("," in (found["before"].strip(), found["after"]))


def _can_go(text: str, found: re.Match[str]) -> bool:
    before, after = text[: found.start()], text[found.end() :]
    if _NOT_AFTER.match(found["after"] + after) or _NEEDS_IT.search(before):
        return False
    if found["before"] == ", " and found["after"]:  # does it stand in an apposition's comma, or in its own?
        return False
    if not before:
        return bool(re.match(r" (?:[A-Z]|(?:the|a|an|he|she|it|they)\b)", after))
    needs_more = found["said"] and not re.match(r" \w", after)  # "He said Monday."
    return bool(_SAFE_AFTER.match(after)) and not needs_more
