"""Takes off what a model wraps its answer in: thoughts, fences, JSON, tags, marks of an end, quotation marks.

In: what a model wrote. Out: the text, lists and Markdown as they are, for parsing.py.
"""

import json
import re
from collections.abc import Iterator

from newsum.system.patterns import regex

__all__ = ["unwrapped"]

_THOUGHTS = regex(r"<think(?:ing)?>.*?(?:</think(?:ing)?>|\Z)|\A.*</think(?:ing)?>", re.DOTALL)
_FENCE = regex(r"^\s*(?:```|~~~)\w*\s*$", re.MULTILINE)
_ENDS = regex(r"<\|[^<>|\n]{1,40}\|>|</?s>|\[/?INST\]|<(?:start_of_turn|end_of_turn|bos|eos|pad)>")
_TAG = regex(r"</?([a-z][a-z0-9_-]*)(?:\s[^<>\n]*)?/?>", re.IGNORECASE)
_INLINE = frozenset("a b i u em strong span mark sup sub cite small code q".split())
_JSON = regex(r"\s*(?:\{\s*[\"}]|\[\s*[\"{])")
_STRING = regex(r"\"((?:[^\"\\]|\\.)*)(\"\s*:|\"|\Z)", re.DOTALL)  # a key with the colon; the last may be cut off
_NO_LINE = frozenset("title headline heading type role status id url".split())  # keys of what is no part of the text
_TEXT = 4  # words of a string, from which it is text; a shorter one names whose text it is
_MARK = regex(r"[\"“”]")


def unwrapped(text: str) -> str:
    """The text that a model was asked for, of all that it wrote.

    >>> unwrapped("<think>Short.</think>```json\\n{\\"brief\\": \\"It rained for a day.\\"}\\n```")
    'It rained for a day.'
    """
    bare = _FENCE.sub("", _THOUGHTS.sub("", text)).strip().removeprefix("```json").removesuffix("```")
    if _JSON.match(bare):
        bare = "\n\n".join(_texts(bare))
    bare = _TAG.sub(lambda tag: "" if tag[1].lower() in _INLINE else "\n\n", _ENDS.sub("", bare))
    return _without_marks(bare.strip())


def _texts(written: str) -> Iterator[str]:
    """The texts of a JSON value, whole or cut off, each with the short strings beside it as its tags."""
    key = text = ""
    for found in _STRING.finditer(written):
        if found[2].endswith(":"):
            key = found[1].casefold()
            continue
        said = _plain(found[1]).strip()
        if key in _NO_LINE:
            key = ""
        elif len(said.split()) >= _TEXT:
            if text:
                yield text
            text = said
        elif said and text:
            text += f" [{said}]"
    if text:
        yield text


def _plain(string: str) -> str:
    try:
        return str(json.loads(f'"{string}"', strict=False))
    except ValueError:
        return string


def _without_marks(text: str) -> str:
    """The text without a quotation mark that opens it and closes with its end, or never."""
    marks = [found.start() for found in _MARK.finditer(text)]
    if not marks or marks[0] != 0:
        return text
    if len(marks) == 2 and not text[marks[1] + 1 :].strip(" ."):
        return text[1 : marks[1]] + text[marks[1] + 1 :].strip()
    return text[1:].lstrip() if len(marks) % 2 else text
