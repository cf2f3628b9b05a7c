"""Makes text that anybody may have written safe to print: on one row, without what drives a terminal or a page.

In: untrusted text. Out: plain strings, not yet escaped for Markdown or HTML; that is the work of each form.
"""

import re
from datetime import date
from urllib.parse import quote, urlsplit

from newsum.system.patterns import regex
from newsum.text.lexicon import MONTHS

__all__ = ["day", "harmless", "link", "plain", "quoted", "spelt", "unmistakable"]

# Controls drive a terminal (ESC) or end a C string; white space among them is kept for `plain` to fold. Embeddings,
# overrides and isolates: one left open in a title would turn round the tags that follow it; right-to-left letters need
# none of them. Half characters cannot be written.
_UNSAFE = regex("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
# What may stand unescaped in an address. Brackets, parentheses, quotes and asterisks may not: each ends a link or
# starts something else in some dialect of Markdown.
_URL_SAFE = "%/:=&?~#+!$,;@-._"
# What reads like a tag or remark of ours: brackets after a full stop or at the end, and our own remarks anywhere.
_FORGED = regex(
    r"(?:[.!?…][\"'”’]*\s*|^)\[[^\]]*\]|\[[^\]]*\][\s.,;:!?…\"'”’]*$"
    r"|[(\[]\s*(?:also|carried by|same text in|partly supported|not supported|contradicted by|outlet guessed|"
    r"no source found)\b",
    re.IGNORECASE,
)
_DOUBLE_QUOTES = str.maketrans({"“": "‘", "”": "’", '"': "'", "„": "‚", "«": "‹", "»": "›"})


def harmless(text: str) -> str:
    """The text without control characters; white space stays as it is."""
    return _UNSAFE.sub(lambda found: "\ufffd" if "\ud800" <= found[0] <= "\udfff" else "", text)


def plain(text: str) -> str:
    """The text on one line, without control characters."""
    return " ".join(harmless(text).split())


def quoted(text: str) -> str:
    return f"“{plain(text)}”"


def unmistakable(text: str) -> str:
    """A line's text on one row; in quotation marks where a part of it could be taken for a tag or remark of ours.

    >>> unmistakable("He resigned. [Reuters; BBC].")
    '“He resigned. [Reuters; BBC].”'
    """
    text = plain(text)
    return f"“{text.translate(_DOUBLE_QUOTES)}”" if _FORGED.search(text) else text


def day(published: str | None) -> str:
    """The day alone, of a date or time in ISO form; anything else as it stands."""
    text = plain(published or "")
    return text[:10] if re.match(r"\d{4}-\d\d-\d\d(T|$)", text) else text


def spelt(day: str) -> str:
    """A day in ISO form as people write it; anything else as it stands.

    >>> spelt("2026-03-10"), spelt("last week")
    ('10 March 2026', 'last week')
    """
    try:
        written = date.fromisoformat(day)
    except ValueError:
        return day
    return f"{written.day} {MONTHS[written.month - 1]} {written.year}"


def link(url: str | None) -> str | None:
    """The address as a link's target, percent-encoded; None for any that is not http or https."""
    address = plain(url or "")
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return None
    return quote(address, safe=_URL_SAFE)
