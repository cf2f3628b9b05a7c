"""Restores a model's lower-case tokens to a line as a newspaper would print it, from the sentences that it read.

The bundled model's vocabulary has no capitals and splits at every mark ("covid - 19", "o ' connor"). What it
writes are mostly stretches of its sources, so each longest stretch of tokens is looked up in them and printed
as it stands there, capitals, accents, spaces and quotation marks included. A word that only opened its source
sentence loses its capital inside the line unless news writes it with one.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from newsum.text.words import usually_capital

__all__ = ["Restored", "SourceTokens", "restore"]

_CLINGS_LEFT = re.compile(r"[,.;:!?%)\]’”]|['’](?:s|re|ve|ll|d|t|m)\b|n['’]t\b")
_CLINGS_RIGHT = re.compile(r"(?:[(\[$£€#“‘]|\b\w*[-–/])$")


@dataclass(frozen=True, slots=True)
class Restored:
    """A restored line.

    Attributes:
        runs: how many stretches it was put together from.
        known: whether every word stands in the sources or is one of the allowed joining words.
    """

    text: str
    runs: int
    known: bool


@dataclass(frozen=True, slots=True)
class SourceTokens:
    """A source sentence with its token ids and their offsets."""

    text: str
    ids: tuple[int, ...]
    offsets: tuple[tuple[int, int], ...]
    pieces: tuple[str, ...]

    @classmethod
    def of(cls, text: str, tokenizer: Any) -> "SourceTokens":
        encoded = tokenizer(text, add_special_tokens=False, return_offsets_mapping=True)
        ids = tuple(encoded["input_ids"])
        return cls(
            text,
            ids,
            tuple(map(tuple, encoded["offset_mapping"])),
            tuple(tokenizer.convert_ids_to_tokens(list(ids))),
        )


def restore(
    tokens: Sequence[int], sources: Sequence[SourceTokens], tokenizer: Any, joining: frozenset[str]
) -> Restored:
    """Print what the model wrote as its sources write it.

    Args:
        tokens: the ids written; special tokens are passed over.
        joining: the lower-case words that a line may have though no source does.
    """
    ids = [t for t in tokens if t not in set(tokenizer.all_special_ids)]
    pieces = tokenizer.convert_ids_to_tokens(ids)
    parts: list[str] = []
    known = True
    at = 0
    while at < len(ids):
        length, source, begin = _longest_run(ids, pieces, at, sources)
        if length:
            parts.append(_as_printed(source, begin, length, sources, opens=at == 0))
        else:
            length = _word_length(pieces, at)
            word = "".join(p.removeprefix("##") for p in pieces[at : at + length])
            known = known and (word in joining or not word.isalnum())
            parts.append(word)
        at += length
    return Restored(_joined(parts), len(parts), known)


def _word_length(pieces: Sequence[str], at: int) -> int:
    length = 1
    while at + length < len(pieces) and pieces[at + length].startswith("##"):
        length += 1
    return length


def _longest_run(
    ids: Sequence[int], pieces: Sequence[str], at: int, sources: Sequence[SourceTokens]
) -> tuple[int, SourceTokens, int]:
    """(length, source, where it begins) of the longest stretch of whole words that a source has; length 0: none."""
    best = (0, sources[0], 0)
    for source in sources:
        for begin in (i for i, token in enumerate(source.ids) if token == ids[at]):
            length = 1
            while (
                at + length < len(ids)
                and begin + length < len(source.ids)
                and ids[at + length] == source.ids[begin + length]
            ):
                length += 1
            while length and (_inside_word(pieces, at + length) or _inside_word(source.pieces, begin + length)):
                length -= 1
            if length > best[0]:
                best = (length, source, begin)
    return best


def _inside_word(pieces: Sequence[str], at: int) -> bool:
    return at < len(pieces) and pieces[at].startswith("##")


def _as_printed(source: SourceTokens, begin: int, length: int, sources: Sequence[SourceTokens], *, opens: bool) -> str:
    start, end = source.offsets[begin][0], source.offsets[begin + length - 1][1]
    text = source.text[start:end]
    if opens or source.text[:start].strip(" “\"‘'("):
        return text
    first = re.match(r"[^\W\d_]+(?:['’][^\W\d_]+)*", text)
    if first is None or _is_name(first[0], sources):
        return text
    return text[0].lower() + text[1:]


def _is_name(word: str, sources: Sequence[SourceTokens]) -> bool:
    """Whether a sentence's first word keeps its capital elsewhere: by these sources, else by news at large."""
    if word.isupper() and len(word) > 1:
        return True
    inside = re.compile(rf"(?<=[a-z,] ){re.escape(word)}\b")
    return any(inside.search(s.text) for s in sources) or usually_capital(word) is not False


def _joined(parts: Sequence[str]) -> str:
    text = ""
    for part in parts:
        gap = "" if not text or _CLINGS_LEFT.match(part) or _CLINGS_RIGHT.search(text) else " "
        text += gap + part
    return text[:1].upper() + text[1:]
