"""Finds the quotations of a line, and the parts of each that must stand in a source letter for letter."""

from collections.abc import Iterator
from typing import NamedTuple

from newsum.summary import Span
from newsum.system.patterns import regex
from newsum.text.lexicon import QUOTED, plain_marks

__all__ = ["Quotation", "plain", "quotations"]

_COMMA = regex(r",(?!\d)")
_LEFT_OUT = regex(r"\.\.\.|…|\[[^\]]*\]")


class Quotation(NamedTuple):
    """A quotation with its marks; where "..." or "[he]" stands for something else it has several parts."""

    span: Span
    parts: tuple[str, ...]


def quotations(text: str) -> Iterator[Quotation]:
    """The quotations of a text.

    >>> [quotation.parts for quotation in quotations('He said, "We waited ... and signed."')]
    [('we waited', 'and signed')]
    """
    for found in QUOTED.finditer(text):
        yield Quotation(found.span(), tuple(map(_bare, _LEFT_OUT.split(found[0]))))


def plain(text: str) -> str:
    """Small letters, straight quotation marks, single spaces, no commas between words, for these are an editor's.

    >>> plain("Unfair, arbitrary, and  capricious") == plain("unfair, arbitrary and capricious")
    True
    """
    return " ".join(_COMMA.sub(" ", plain_marks(text.casefold())).split())


def _bare(part: str) -> str:
    """`plain`, and no stop or mark about it: what is quoted may end elsewhere than its sentence."""
    return plain(part).strip(" ,.;:!?'\"")
