"""A date as it stands in a file, as an ISO 8601 string; None where it can be read in two ways or in none.

In: "10 March 2026", "March 10, 2026 at 5 p.m.", "Tue, 10 Mar 2026 06:42:00 +0000". Out: "2026-03-10", and the time
too where it is stated with its zone. "10/03/2026" is March in one country and October in another: a wrong date is
worse than none, since "on Monday" is resolved by it; who knows the country says so. Month names are English, whatever
the machine's locale.
"""

import re
from datetime import UTC, date, datetime

from newsum.system.patterns import regex
from newsum.text.lexicon import MONTH, MONTHS

__all__ = ["readings", "to_iso", "when"]

_LONGEST = 80  # characters; the longest date lines seen ("Updated ... at ...") have about 60
_MONTHS = {name[:3].lower(): n for n, name in enumerate(MONTHS, start=1)}
_MONTH = rf"(?P<month>{MONTH})\b\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>\d{4})\b"
_WRITTEN = tuple(
    regex(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b{_DAY}[\s-]+(?:of\s+)?{_MONTH},?[\s-]+{_YEAR}",  # 10 March 2026, 10-Mar-2026
        rf"\b{_MONTH}\s+{_DAY},?\s+{_YEAR}",  # March 10, 2026
        r"^(?P<year>\d{4})[/.](?P<month>\d{1,2})[/.](?P<day>\d{1,2})\b",  # 2026/03/10
        r"^(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)(?![\d-])",  # 2026-03-10 at 5 p.m.
        r"^(?P<day>\d{1,2})\.\s?(?P<month>\d{1,2})\.\s?(?P<year>\d{4})\b",  # 10.03.2026: points put the day first
    )
)
_STAMP = regex(r"\d{9,20}(?:\.\d{1,9})?")
# Seconds since 1970, and thousandths to billionths of them: no news is older than 1973, none from after 5138.
_EPOCHS = ((1e8, 1e11, 1), (1e11, 1e14, 1e3), (1e14, 1e17, 1e6), (1e17, 1e20, 1e9))
_SLASHED = regex(r"^(\d{1,2})[/-](\d{1,2})[/-](\d{4})\b")


def to_iso(text: str) -> str | None:
    """The date in ISO 8601, unchanged if it already is; None if it is not clear.

    >>> to_iso("10 March 2026"), to_iso("2026-03-10T06:42:00Z"), to_iso("10/03/2026")
    ('2026-03-10', '2026-03-10T06:42:00Z', None)
    """
    text = " ".join(text.split())
    if not text or len(text) > _LONGEST:
        return None
    return _iso(text) or _rfc_2822(text) or _written(text)


def when(stamp: float | str) -> str | None:
    """The moment that a computer's count of seconds since 1970 means, or of thousandths to billionths of them.

    >>> when(1773131400), when("1773131400000"), when("2026")
    ('2026-03-10T08:30:00+00:00', '2026-03-10T08:30:00+00:00', None)
    """
    if isinstance(stamp, str):
        if not _STAMP.fullmatch(stamp.strip()):
            return None
        stamp = float(stamp)
    scale = next((scale for least, most, scale in _EPOCHS if least <= stamp < most), None)
    return datetime.fromtimestamp(stamp / scale, UTC).isoformat(timespec="seconds") if scale else None


def readings(text: str) -> tuple[str, ...]:
    """The days that a date in figures may mean: with the day first, and with the month first.

    >>> readings("10/03/2026, 5 p.m."), readings("13/03/2026"), readings("March 2026")
    (('2026-03-10', '2026-10-03'), ('2026-03-13',), ())
    """
    match = _SLASHED.match(text.strip())
    if not match:
        return ()
    first, second, year = match.groups()
    days = (_day(year, second, first), _day(year, first, second))
    return tuple(dict.fromkeys(filter(None, days)))


def _iso(text: str) -> str | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    if re.match(r"\d{4}-\d\d-\d\d", text):
        return text
    return moment.date().isoformat() if len(text) == len("20260310") else moment.isoformat()


def _rfc_2822(text: str) -> str | None:
    """E-mail's and feeds' form. Only with its time and zone: the parser takes far too much for a date."""
    if not re.search(r"\d{1,2} [A-Za-z]{3} \d{4} \d\d:\d\d(?::\d\d)? (?:[+-]\d{4}|GMT|UTC)$", text):
        return None
    from email.utils import parsedate_to_datetime

    try:
        return parsedate_to_datetime(text).isoformat()
    except ValueError:
        return None


def _written(text: str) -> str | None:
    for pattern in _WRITTEN:
        if match := pattern.search(text):
            month = match["month"]
            return _day(match["year"], month if month.isdigit() else _MONTHS[month[:3].lower()], match["day"])
    both = readings(text)
    return both[0] if len(both) == 1 else None  # 13/03/2026 has one reading, 10/03/2026 two


def _day(year: str | int, month: str | int, day: str | int) -> str | None:
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None
