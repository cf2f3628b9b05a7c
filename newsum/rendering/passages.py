"""An article's text, cut where the evidence in it begins and ends, so that a page can light up each stretch.

In: the text, or only quotes of it, and what rests on which stretch. Out: paragraphs of pieces; every piece knows which
lines and disagreements rest on it, and which of its words it shares with each of these lines. Nothing of the text is
left out, and no piece crosses a line end. The work grows with the text and with the evidence, not with their product.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from newsum.rendering.plain import harmless
from newsum.summary import Evidence
from newsum.text.words import content_words, words

__all__ = ["Mark", "Paragraphs", "Piece", "Run", "anchor", "content_keys", "quotes_alone", "quotes_in"]


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of an article that somebody rests on.

    Attributes:
        holder: who: "l3" is the third line, "d1" the first disagreement.
        rests: whether the holder rests on it, or it is only on the same matter.
        keys: of the holder's content words (`newsum.text.words`).
    """

    evidence: Evidence
    holder: str
    rests: bool
    keys: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Run:
    """Words of a piece, with the holders that have them too."""

    text: str
    shared: tuple[str, ...] = ()


@dataclass(slots=True)
class Piece:
    """A stretch of a paragraph on which the same holders rest.

    Attributes:
        anchor: by which a link finds it; "" where no evidence begins here.
        holders: all of them, in order; `rests` are those that rest on it.
        ends: the holders whose evidence ends here: the way back to them stands behind it.
    """

    runs: tuple[Run, ...]
    anchor: str = ""
    holders: tuple[str, ...] = ()
    rests: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()


Paragraphs = list[list[Piece]]


@dataclass(slots=True)
class _Cut:
    """The stretch between two places where evidence begins or ends."""

    start: int
    end: int
    begins: bool = False
    marks: list[Mark] = field(default_factory=list)
    ending: list[Mark] = field(default_factory=list)


def content_keys(text: str) -> frozenset[str]:
    """What two forms of one word share, of all the words of a text that carry meaning."""
    return frozenset(word.key for word in content_words(words(text)))


def quotes_in(text: str, marks: Iterable[Mark], prefix: str) -> Paragraphs:
    """The paragraphs of an article, with its evidence marked.

    Args:
        marks: whose evidence stands in the text at its offsets.
        prefix: of the anchors in it.
    """
    paragraphs: Paragraphs = [[]]
    for cut in _cuts(len(text), marks):
        rows = text[cut.start : cut.end].split("\n")
        for number, row in enumerate(rows):
            if number:
                paragraphs.append([])
            first, last = number == 0, number == len(rows) - 1
            if row or (first and cut.begins) or (last and cut.ending):
                paragraphs[-1].append(_piece(row, cut, prefix, first=first, last=last))
    return [pieces for pieces in paragraphs if any(run.text.strip() for piece in pieces for run in piece.runs)]


def quotes_alone(marks: Iterable[Mark], prefix: str) -> Paragraphs:
    """The quotes of an article that is not at hand, or that no longer holds them, each a paragraph."""
    by_place: dict[tuple[int, int, str], list[Mark]] = defaultdict(list)
    for mark in marks:
        by_place[mark.evidence.start, mark.evidence.end, mark.evidence.quote].append(mark)
    return [
        [_piece(quote, _Cut(start, end, True, own, own), prefix, first=True, last=True)]
        for (start, end, quote), own in sorted(by_place.items())
    ]


def anchor(prefix: str, start: int) -> str:
    """By which a link finds the piece that begins at a character."""
    return f"{prefix}-{start}"


def _cuts(length: int, marks: Iterable[Mark]) -> Iterator[_Cut]:
    opening: dict[int, list[Mark]] = defaultdict(list)
    closing: dict[int, list[Mark]] = defaultdict(list)
    for mark in marks:
        opening[mark.evidence.start].append(mark)
        closing[mark.evidence.end].append(mark)
    bounds = sorted({0, length, *opening, *closing})
    current: list[Mark] = []
    for start, end in pairwise(bounds):
        current = [mark for mark in current if mark.evidence.end > start] + opening.get(start, [])
        yield _Cut(start, end, start in opening, current, closing.get(end, []))


def _piece(text: str, cut: _Cut, prefix: str, *, first: bool, last: bool) -> Piece:
    if not cut.marks:  # nothing begins or ends in it either
        return Piece((Run(harmless(text)),))
    return Piece(
        tuple(_runs(text, cut.marks)),
        anchor(prefix, cut.start) if first and cut.begins else "",
        _holders(cut.marks),
        _holders(mark for mark in cut.marks if mark.rests),
        _holders(cut.ending) if last else (),
    )


def _holders(marks: Iterable[Mark]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(mark.holder for mark in marks))


def _runs(text: str, marks: Sequence[Mark]) -> Iterator[Run]:
    """The words that holders share, each with these, and what stands between them."""
    keys: Mapping[str, frozenset[str]] = {mark.holder: mark.keys for mark in marks}
    at = 0
    for word in content_words(words(text)):
        shared = tuple(holder for holder, own in keys.items() if word.key in own)
        if shared:
            if at < word.start:
                yield Run(harmless(text[at : word.start]))
            yield Run(harmless(text[word.start : word.end]), shared)
            at = word.end
    if at < len(text) or not text:
        yield Run(harmless(text[at:]))
