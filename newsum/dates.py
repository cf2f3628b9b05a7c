"""Relative dates in a line, resolved by the day its article was published.

"on Monday" becomes "on Monday (9 March)" where it is first said in a brief, "yesterday" becomes "on 9
March". The verb nearest before the word tells past from future, as news style has it: "said on Monday"
looks back, "will meet on Monday" ahead. What cannot be resolved and would mislead is left out where the
sentence stands without it. Quotations are never touched.
"""

import re
from collections.abc import Callable
from datetime import date, timedelta

__all__ = ["DateResolver", "long_date", "resolvable"]

_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_MONTHS = "January February March April May June July August September October November December".split()
_PART = r"(?: (?:morning|afternoon|evening|night))?"
_WEEKDAY = re.compile(
    rf"(?P<lead>\b(?:last|next|this|every|each) )?\b(?P<day>{'|'.join(_DAYS)})(?P<part>{_PART})(?P<of>['’]s)?\b"
    rf"(?!,? (?:\d|{'|'.join(_MONTHS)})|s\b)"
)
_NEAR = re.compile(
    r"\b(?:yesterday|tomorrow|tonight|last night|this morning|this afternoon|this evening)\b", re.IGNORECASE
)
_OFFSETS = {"yesterday": -1, "last night": -1, "tomorrow": 1}
_AHEAD = re.compile(
    r"\b(?:will|would|shall|to|due|set|scheduled|expected|expects?|plans?|planned|until|by|ahead|before|may|could)\b"
)
_BACK = re.compile(r"\b(?:\w+ed|said|told|was|were|had|has|have|won|lost|came|began|made|took|held|met|struck|found)\b")
_ADVERBIAL = re.compile(
    rf"(?P<before>^|,? )(?:[Oo]n |[Ll]ate on |[Ee]arly on )?(?:{'|'.join(_DAYS)}){_PART}(?P<after>,?)(?=[ .;])"
    r"(?! (?:and|or|to|through)\b)"
)
_QUOTED = re.compile(r"[“\"][^“”\"]*[”\"]")


def long_date(day: date, *, year: bool = False) -> str:
    """ "9 March", or "9 March 2026"."""
    return f"{day.day} {_MONTHS[day.month - 1]}" + (f" {day.year}" if year else "")


def published_day(published: str | None) -> date | None:
    """The day of an ISO date or time; None where there is none or it is malformed."""
    try:
        return date.fromisoformat((published or "")[:10])
    except ValueError:
        return None


def resolvable(published: str | None) -> str:
    """Every date that `DateResolver` can write for an article of that day: a week either way."""
    day = published_day(published)
    return "" if day is None else ", ".join(long_date(day + timedelta(days=n)) for n in range(-7, 8))


class DateResolver:
    """Resolves the relative dates of one brief's lines, each date in full once."""

    def __init__(self) -> None:
        self._anchored: dict[str, date] = {}

    def resolve(self, line: str, published: str | None) -> str:
        """The line with its relative dates resolved, or left out where `published` does not tell them."""
        day = published_day(published)
        if day is None:
            return _outside_quotes(line, _leave_out)
        return _outside_quotes(line, lambda text: self._resolve(text, day))

    def _resolve(self, text: str, published: date) -> str:
        text = _WEEKDAY.sub(lambda m: self._weekday(m, published), text)
        return _NEAR.sub(lambda m: _near(m, published), text)

    def _weekday(self, found: re.Match[str], published: date) -> str:
        lead = (found["lead"] or "").strip()
        if lead in ("this", "every", "each"):
            return found[0]
        name, part = found["day"], found["part"]
        day = _meant(name, published, ahead=lead == "next" or (not lead and _looks_ahead(found)))
        if found["of"]:
            return f"the {long_date(day)}" if not lead and not _has_determiner(found) else found[0]
        if self._anchored.get(name) == day:
            return f"{name}{part}"
        self._anchored.setdefault(name, day)
        return f"{name}{part} ({long_date(day)})"


def _meant(name: str, published: date, *, ahead: bool) -> date:
    """The nearest day of that name: before or on the day of publication, or after it."""
    distance = (published.weekday() - _DAYS.index(name)) % 7
    return published + timedelta(days=(7 - distance) if ahead and distance else 0 if ahead else -distance)


def _looks_ahead(found: re.Match[str]) -> bool:
    """Whether the nearest sign before the day (or, failing that, after it) is of the future."""
    before, after = found.string[: found.start()], found.string[found.end() :]
    ahead = max((m.start() for m in _AHEAD.finditer(before)), default=-1)
    back = max((m.start() for m in _BACK.finditer(before)), default=-1)
    if ahead == back == -1:
        first_ahead, first_back = _AHEAD.search(after), _BACK.search(after)
        return first_ahead is not None and (first_back is None or first_ahead.start() < first_back.start())
    return ahead > back


def _has_determiner(found: re.Match[str]) -> bool:
    return bool(re.search(r"\b(?:the|a|his|her|its|their|this|that)\s$", found.string[: found.start()], re.IGNORECASE))


def _near(found: re.Match[str], published: date) -> str:
    phrase = found[0].lower()
    day = long_date(published + timedelta(days=_OFFSETS.get(phrase, 0)))
    part = {"last night": "the night of ", "tonight": "the evening of "}.get(phrase, "")
    begins = found.start() == 0
    return ("On " if begins else "on ") + part + day


def _leave_out(text: str) -> str:
    shorter = _ADVERBIAL.sub(lambda m: "" if m["before"] in ("", " ") else "," * bool(m["after"]), text).strip()
    return shorter[:1].upper() + shorter[1:]


def _outside_quotes(line: str, change: Callable[[str], str]) -> str:
    """Apply `change` to what is not quoted; quotations are masked so that the text around them is seen whole."""
    quotes = _QUOTED.findall(line)
    masked = _QUOTED.sub("\uffff", line)
    kept = iter(quotes)
    return re.sub("\uffff", lambda _: next(kept), change(masked))
