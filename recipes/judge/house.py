"""Brings what the recipes use of newsum's own code, and nothing else does: repoint here where the code moves."""

import hashlib

from newsum.outlets.names import canonical
from newsum.text.sentences import split

__all__ = ["canonical", "held_out", "sentences_of"]


def sentences_of(text: str) -> list[str]:
    """The sentences of a text, white space inside them made one space."""
    return [" ".join(text[start:end].split()) for start, end in split(text)]


def held_out(story_id: str) -> bool:
    """Whether a training story is one of the tenth that is kept to tune and read on (as newsum's training has it)."""
    return int(hashlib.sha256(story_id.encode()).hexdigest()[:8], 16) % 10 == 0
