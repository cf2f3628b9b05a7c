"""Brings what the recipes use of newsum's own code, and nothing else does: repoint here where the code moves."""

from newsum.checking.one_writing import in_one_writing
from newsum.outlets.names import canonical
from newsum.text.sentences import split
from recipes.aside import held_out

__all__ = ["canonical", "held_out", "in_one_writing", "sentences_of"]


def sentences_of(text: str) -> list[str]:
    """The sentences of a text, white space inside them made one space."""
    return [" ".join(text[start:end].split()) for start, end in split(text)]
