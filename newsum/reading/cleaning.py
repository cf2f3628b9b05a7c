"""Cleans a text of what nobody sees, so that two texts that look the same are the same.

In: text in any state. Out: text with "\\n" line ends, letters in their composed form (NFC), plain spaces, and without
control characters, soft hyphens, invisible joiners, direction marks, tags and fillers. What shapes letters or pictures
stays: joiners in Arabic, Indic and emoji, the tags of a flag. Text is cleaned once, when it is read, and nowhere later:
every character offset in newsum counts the characters that stand here.
"""

import re
import unicodedata

from newsum.system.patterns import regex

__all__ = ["clean", "one_line"]

# C0 and C1 controls but tab and line end, and the byte order mark wherever files were joined.
_CONTROLS = "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufeff"
# Soft hyphen, grapheme joiner, Hangul and Khmer fillers, Mongolian separators, zero-width space, directions and their
# isolates, word joiner and invisible operators, deprecated format characters, interlinear annotations.
_UNSEEN = (
    "\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\uffa0"
    "\ufff0-\ufffb"
)
_REMOVED = regex(f"[{_CONTROLS}{_UNSEEN}\U000e0100-\U000e01ef]")
_SHAPES = "\u200c\u200d\ufe00-\ufe0f\U000e0000-\U000e007f"
_SHAPED = regex(f"(?P<before>^|[^{_SHAPES}])(?P<marks>[{_SHAPES}]+)")
_LINE_ENDS = regex("\r\n|[\r\x0b\x0c\x85\u2028]")
_SPACES = regex("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_SURROGATES = regex("[\ud800-\udfff]")  # JSON's "\ud800" can hold half a character, which nothing can print
# Scripts whose letters a joiner joins or keeps apart begin here: Arabic, and the Indic ones behind it.
_FIRST_JOINED = "\u0600"


def clean(text: str) -> str:
    """Text with "\\n" line ends, nothing unseen, no trailing spaces and one blank line at most.

    >>> clean("The min\\u00adister\\u00a0goes.\\r\\n")
    'The minister goes.'
    """
    text = _LINE_ENDS.sub("\n", text.replace("\u2029", "\n\n"))
    if not text.isascii():
        text = _seen(text)
    text = _REMOVED.sub("", text)
    # Line by line: a pattern for "spaces before a line end" is quadratic on a long run of spaces.
    text = "\n".join(line.rstrip() for line in text.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", text).strip()


def one_line(text: str) -> str:
    """A title, name or address: cleaned, with single spaces."""
    return " ".join(clean(text).split())


def _seen(text: str) -> str:
    text = _REMOVED.sub("", _SURROGATES.sub("\ufffd", text))
    text = _SPACES.sub(" ", _SHAPED.sub(_shaped, text))
    return unicodedata.normalize("NFC", text)


def _shaped(found: re.Match[str]) -> str:
    """A joiner, selector or tag stays behind a picture, or a letter of a script that it shapes."""
    before = found["before"]
    letter = before.isalnum() or before.isspace() or unicodedata.category(before or " ")[0] in "PM"
    stays = before >= _FIRST_JOINED if letter else bool(before)
    return found[0] if stays else before
