"""Says whether a story has a name, figure or date in the company that a line gives it.

A name that was swapped for another of the story leads the search for evidence astray: sentences that have the other
name look near. So the claim is left out and its neighbours are looked up alone, in the whole story: is the claim where
most of them are, or another of its kind? "You shall know a word by the company it keeps" (Firth 1957).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from newsum.checking.alignment import Claim
from newsum.text.analysis import Analysis
from newsum.text.lexicon import plain_marks
from newsum.text.quantities import Quantity
from newsum.text.words import Word

__all__ = ["Place", "StoryContext", "plain"]

_WINDOW = 5  # content words on each side of a claim
_FADES = 0.3  # by which a neighbour counts less, for each word between
_OTHER_SIDE = 0.5  # a neighbour on the other side of the claim counts so much: "X sued Y" is no "Y sued X"
_REACH = 8  # words from a claim in the story within which its neighbours are looked for
_LOOKED_AT = 5  # sentences, those with most of the neighbours
_BEFORE, _AFTER = 2, 1  # sentences around one in which a name may stand that it means by "he"
_ROUNDED = 0.05  # of a figure
_ROOT = 4  # letters that "Russia" and "Russian" share

_Side = Mapping[str, float]


def plain(text: str) -> str:
    """Small letters, straight quotation marks, single spaces."""
    return " ".join(plain_marks(text.casefold()).split())


class Place(NamedTuple):
    """Shares, 0..1 by weight, of a claim's neighbours that one sentence of the story has.

    Attributes:
        best: of all sentences.
        held: of those that have the claim too.
        near: of those that have it or stand close to one that has it.
        own: of neighbours that stand around the claim in the sentence, where the line has them.
        rival: of neighbours that stand so around another of its kind.
        sentences: how many have the claim.
    """

    best: float
    held: float
    near: float
    own: float
    rival: float
    sentences: int


class StoryContext:
    """The sentences of a story, by their words.

    Args:
        articles: each article's sentences in order, its title first.
    """

    def __init__(self, articles: Iterable[Sequence[Analysis]]) -> None:
        gap = [None] * _BEFORE  # so that no sentence stands near one of another article
        self._sentences = [sentence for article in articles for sentence in (*article, *gap)]

    def _known(self) -> Iterator[tuple[int, Analysis]]:
        return ((n, sentence) for n, sentence in enumerate(self._sentences) if sentence is not None)

    def says(self, words: str) -> bool:
        """Whether the words, made `plain`, stand in the story."""
        return words in self._text

    def counts(self, figure: Quantity) -> bool:
        """Whether the story has a figure, or one that it rounds."""
        return any(_rounds(figure.value, known) for known in self._values)

    @cached_property
    def _values(self) -> frozenset[float]:
        return frozenset(figure.value for _, sentence in self._known() for figure in sentence.quantities)

    @cached_property
    def _text(self) -> str:
        return plain(" ".join(sentence.text for _, sentence in self._known()))

    @cached_property
    def _places(self) -> Mapping[str, Sequence[int]]:
        """The sentences that have each key."""
        places: dict[str, list[int]] = {}
        for n, sentence in self._known():
            for key in sentence.terms.weights:
                if " " not in key:
                    places.setdefault(key, []).append(n)
        return places

    @cached_property
    def _roots(self) -> Mapping[str, Sequence[str]]:
        """The keys that begin alike."""
        roots: dict[str, list[str]] = {}
        for key in self._places:
            roots.setdefault(key[:_ROOT], []).append(key)
        return roots

    def place(self, line: Analysis, claim: Claim) -> Place:
        """Where the story has a claim's neighbours, and how much of them where it has the claim too."""
        own = line.tokens[claim.first : claim.last]
        having = self._having(own, claim.kind)
        near = {n + by for n in having for by in range(-_AFTER, _BEFORE + 1)} if claim.kind == "name" else having
        sides = _sides(line.tokens, claim, line.terms.weights)
        total = sum(w for side in sides for w in side.values())
        if not total:
            return Place(0.0, 0.0, 0.0, 0.0, 0.0, len(having))
        covered: dict[int, float] = {}
        for side in sides:
            for key, weight in side.items():
                for n in self._places.get(key, ()):
                    covered[n] = covered.get(n, 0.0) + weight / total
        own_keys = {key for token in own for key in self._akin(token.key, claim.kind)}
        around = self._contest(own_keys, claim.kind, sides, sorted(covered, key=lambda n: (-covered[n], n)))
        return Place(
            max(covered.values(), default=0.0),
            max((share for n, share in covered.items() if n in having), default=0.0),
            max((share for n, share in covered.items() if n in near), default=0.0),
            around[0] / total,
            around[1] / total,
            len(having),
        )

    def _contest(
        self, own_keys: set[str], kind: str, sides: tuple[_Side, _Side], nearest: Sequence[int]
    ) -> tuple[float, float]:
        """The weight of the neighbours that stand around the claim, and around the best rival."""
        own = rival = 0.0
        for n in nearest[:_LOOKED_AT]:
            source = sentence.tokens if (sentence := self._sentences[n]) is not None else ()
            for at, token in enumerate(source):
                if token.key in own_keys:
                    own = max(own, _around(source, at, sides))
                elif token.kind == kind:
                    rival = max(rival, _around(source, at, sides))
        return own, rival

    def _having(self, own: Sequence[Word], kind: str) -> set[int]:
        """The sentences that have the last word of a claim, or half of its words."""
        places = [{n for key in self._akin(t.key, kind) for n in self._places.get(key, ())} for t in own]
        return {n for n in set().union(*places) if n in places[-1] or 2 * sum(n in p for p in places) >= len(places)}

    def _akin(self, key: str, kind: str) -> Sequence[str]:
        """The story's keys that are one name: "Russia", "Russian"."""
        if kind != "name" or len(key) < _ROOT:
            return (key,)
        return [k for k in self._roots.get(key[:_ROOT], ()) if k.startswith(key) or (key.startswith(k))]


def _rounds(value: float, exact: float) -> bool:
    """Whether a figure is another, or it rounded: "5,000" for 4,973."""
    if abs(value - exact) <= 1e-9 * max(1.0, abs(value)):
        return True
    rounder = len(f"{value:.9g}".rstrip("0")) < len(f"{exact:.9g}".rstrip("0"))
    return rounder and abs(value - exact) <= _ROUNDED * abs(exact)


def _sides(line: Sequence[Word], claim: Claim, weights: Mapping[str, float]) -> tuple[_Side, _Side]:
    """The weights of the content words before and after a claim, the nearest counting most."""
    before = [t.key for t in line[: claim.first] if t.kind][::-1][:_WINDOW]
    after = [t.key for t in line[claim.last :] if t.kind][:_WINDOW]
    left, right = (
        {key: weights.get(key, 0.0) / (1 + _FADES * n) for n, key in reversed(list(enumerate(side)))}
        for side in (before, after)
    )
    return left, right


def _around(source: Sequence[Word], at: int, sides: tuple[_Side, _Side]) -> float:
    """The weight of the neighbours that stand around a word of the source."""
    seen: dict[str, float] = {}
    for n in range(max(0, at - _REACH), min(len(source), at + _REACH + 1)):
        key = source[n].key
        same, other = sides if n < at else sides[::-1]
        if n != at and (key in same or key in other):
            seen[key] = max(seen.get(key, 0.0), same.get(key, 0.0) + _OTHER_SIDE * other.get(key, 0.0))
    return sum(seen.values())
