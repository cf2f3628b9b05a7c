"""Says whether a story has a name, figure or date in the company that a line gives it.

A name that was swapped for another of the story leads the search for evidence astray: sentences that have the other
name look near. So the claim is left out and its neighbours are looked up alone, in the whole story: is the claim where
most of them are, or another of its kind? "You shall know a word by the company it keeps" (Firth 1957).
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import islice
from typing import NamedTuple

from newsum.checking.alignment import Claim
from newsum.checking.company import countable
from newsum.checking.figures import Figure, are_equal, figures, rounds
from newsum.checking.kinship import akin, initials
from newsum.checking.quotations import plain
from newsum.similarity.stories import StoryAnalysis
from newsum.similarity.terms import cosine
from newsum.text.analysis import Analysis, analyse
from newsum.text.dates import DateResolver, resolvable
from newsum.text.names import Name
from newsum.text.quantities import Quantity
from newsum.text.words import Word, WordTable, words

__all__ = ["Place", "StoryContext", "context_of"]

_WINDOW = 5  # content words on each side of a claim
_FADES = 0.3  # by which a neighbour counts less, for each word between
_OTHER_SIDE = 0.5  # a neighbour on the other side of the claim counts so much: "X sued Y" is no "Y sued X"
_REACH = 8  # words from a claim in the story within which its neighbours are looked for
_LOOKED_AT = 5  # sentences, those with most of the neighbours
_BEFORE, _AFTER = 2, 1  # sentences around one in which a name may stand that it means by "he"
_ROUNDED = 0.05  # of a figure
_ROOT = 4  # letters by which forms of one name are looked up
_LONGEST_INITIALS = 5
_NEAREST = 6  # sentences that may hold the "not" of a line, said in other words
_MOST_COUNTED = 3_000  # figures of a story, as many as 300,000 words of news have
_SUBJECT = 0.05  # cosine from which a sentence may be on a line's subject

_Side = Mapping[str, float]


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
        published: the id of each article and when it was, in their order.
        by: the outlets' and authors' names.
    """

    def __init__(
        self,
        articles: Iterable[Sequence[Analysis]],
        *,
        published: Sequence[tuple[str, str | None]] = (),
        by: Iterable[str] = (),
    ) -> None:
        known = list(articles)
        gap = [None] * _BEFORE  # so that no sentence stands near one of another article
        self._sentences = [sentence for article in known for sentence in (*article, *gap)]
        self._published = dict(published)
        days = [day for _, day in published] or [None] * len(known)
        self._days = [day for article, day in zip(known, days, strict=True) for _ in (*article, *gap)]
        self._by = " ".join(by)
        self._looked_up: dict[str, Sequence[int]] = {}

    def _known(self) -> Iterator[tuple[int, Analysis]]:
        return ((n, sentence) for n, sentence in enumerate(self._sentences) if sentence is not None)

    # --- what the story has at all ----------------------------------------------------------------------

    def says(self, words: str) -> bool:
        """Whether the words, made `plain`, stand in the story."""
        return words in self._text

    @cached_property
    def _text(self) -> str:
        return plain(" ".join(sentence.text for _, sentence in self._known()))

    def counts(self, figure: Quantity) -> bool:
        """Whether the story has a figure, or one that it rounds."""
        alike = (known for known in self._quantities if known.unit == figure.unit or not (known.unit and figure.unit))
        return any(are_equal(figure, known) or rounds(figure.value, known.value, _ROUNDED) for known in alike)

    @cached_property
    def _quantities(self) -> Sequence[Quantity]:
        found = (figure for _, sentence in self._known() for figure in sentence.quantities)
        return list({(figure.value, figure.unit, figure.measure): figure for figure in found}.values())

    def names(self, name: Name, written: str) -> bool:
        """Whether the story, or who wrote it, has every word of a name, or a name with such initials."""
        short = written.replace(".", "")
        if short.isupper() and len(short) <= _LONGEST_INITIALS and short.lower() in self._initials:
            return True
        return all(part in self._keys or (len(part) >= _ROOT and bool(self._akin(part, "name"))) for part in name.keys)

    @cached_property
    def _keys(self) -> frozenset[str]:
        return frozenset(word.key for word in words(self._by)).union(*(s.word_table.keys for _, s in self._known()))

    @cached_property
    def _initials(self) -> frozenset[str]:
        found = (name.keys for _, sentence in self._known() for name in sentence.names)
        return frozenset(initials(keys) for keys in found if len(keys) > 1)

    def nearest(self, line: Analysis) -> list[Analysis]:
        """The sentences that have most of a line, by weight."""
        shared: dict[int, float] = {}
        for key, weight in line.terms.weights.items():
            for n in self._places(key) if " " not in key else ():
                shared[n] = shared.get(n, 0.0) + weight
        best = sorted(shared, key=lambda n: (-shared[n], n))[:_NEAREST]
        return [sentence for n in best if (sentence := self._sentences[n]) is not None]

    # --- figures, relative dates resolved ---------------------------------------------------------------

    def resolved(self, sentence: Analysis, article: str) -> str:
        """The text of a sentence of an article, "Thursday" with its date."""
        return _resolved(sentence.text, self._published.get(article))

    def figures(self, sentence: Analysis, article: str) -> tuple[Figure, ...]:
        """The figures of a sentence of an article, "Thursday" read as its date."""
        day = self._published.get(article)
        known = self._figures.get((sentence.text, day))
        return known[1] if known is not None else tuple(figures(_dated(sentence, day)))

    def with_figure(self, line: Analysis) -> Iterator[tuple[Analysis, tuple[Figure, ...]]]:
        """Each sentence that may be on a line's subject, with its figures."""
        return (known for known in self._figures.values() if cosine(line.terms, known[0].terms) >= _SUBJECT)

    @cached_property
    def counted(self) -> Sequence[tuple[Analysis, Figure]]:
        """Each figure that counts something, with its sentence."""
        counted = ((sentence, figure) for _, sentence in self._known() for figure in countable(sentence))
        return list(islice(counted, _MOST_COUNTED))

    def may_mean(self, day: str) -> bool:
        """Whether a relative date in the articles may mean a day, "9 March"."""
        return day in self._resolvable

    @cached_property
    def _figures(self) -> Mapping[tuple[str, str | None], tuple[Analysis, tuple[Figure, ...]]]:
        return {
            (sentence.text, day): (sentence, tuple(figures(_dated(sentence, day))))
            for sentence, day in zip(self._sentences, self._days, strict=True)
            if sentence is not None
        }

    @cached_property
    def _resolvable(self) -> frozenset[str]:
        return frozenset(day for published in self._published.values() for day in resolvable(published).split(", "))

    # --- where it has a claim's neighbours ----------------------------------------------------------------

    def _places(self, key: str) -> Sequence[int]:
        """The sentences that have a word's key. Few keys are asked about; an index of all takes as long as 300."""
        found = self._looked_up.get(key)
        if found is None:
            found = self._looked_up[key] = [n for n, terms in self._terms if key in terms]
        return found

    @cached_property
    def _terms(self) -> Sequence[tuple[int, Mapping[str, float]]]:
        return [(n, sentence.terms.weights) for n, sentence in self._known()]

    @cached_property
    def _content(self) -> frozenset[str]:
        """The keys of the words that carry meaning."""
        return frozenset(
            key for _, sentence in self._known() for _, key, _, weight, _ in sentence.word_table.forms if weight
        )

    def place(self, line: Analysis, claim: Claim) -> Place:
        """Where the story has a claim's neighbours, and how much of them where it has the claim too."""
        own = line.token_table.words(claim.first, claim.last)
        having = self._having(own, claim.kind)
        near = {n + by for n in having for by in range(-_AFTER, _BEFORE + 1)} if claim.kind == "name" else having
        sides = _sides(line.token_table, claim, line.terms.weights)
        total = sum(w for side in sides for w in side.values())
        if not total:
            return Place(0.0, 0.0, 0.0, 0.0, 0.0, len(having))
        covered: dict[int, float] = {}
        for side in sides:
            for key, weight in side.items():
                for n in self._places(key):
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
        looked_at = {s.text: s for n in nearest[:_LOOKED_AT] if (s := self._sentences[n]) is not None}  # each text once
        left, right = sides
        weighed = {  # before a claim, and behind it
            key: (
                left.get(key, 0.0) + _OTHER_SIDE * right.get(key, 0.0),
                right.get(key, 0.0) + _OTHER_SIDE * left.get(key, 0.0),
            )
            for key in left.keys() | right.keys()
        }
        for source in (sentence.tokens for sentence in looked_at.values()):
            near = [(n, token.key, *weighed[token.key]) for n, token in enumerate(source) if token.key in weighed]
            for at, token in enumerate(source):
                if token.key in own_keys:
                    own = max(own, _around(near, at))
                elif token.kind == kind:
                    rival = max(rival, _around(near, at))
        return own, rival

    def _having(self, own: Sequence[Word], kind: str) -> set[int]:
        """The sentences that have the last word of a claim, or half of its words."""
        places = [{n for key in self._akin(t.key, kind) for n in self._places(key)} for t in own]
        return {n for n in set().union(*places) if n in places[-1] or 2 * sum(n in p for p in places) >= len(places)}

    def _akin(self, key: str, kind: str) -> Sequence[str]:
        """The story's keys that are one name: "Russia", "Russian"."""
        if kind != "name" or len(key) < _ROOT:
            return (key,)
        return [known for known in self._content if known.startswith(key[:_ROOT]) and akin(key, known)]


def context_of(story: StoryAnalysis) -> StoryContext:
    """The sentences of a story's articles, for `newsum.checking.check`."""
    return StoryContext(
        ([a.title, *(passage.analysis for passage in a.sentences)] for a in story.articles),
        published=[(a.article.id, a.article.published) for a in story.articles],
        by=(name for a in story.articles for name in (a.article.outlet, *a.article.authors)),
    )


def _dated(sentence: Analysis, published: str | None) -> Analysis:
    """A sentence with its relative dates resolved; itself where it has none."""
    text = _resolved(sentence.text, published)
    return sentence if text == sentence.text else analyse(text)


def _resolved(text: str, published: str | None) -> str:
    return DateResolver().resolve(text, published) if published else text


def _sides(line: WordTable, claim: Claim, weights: Mapping[str, float]) -> tuple[_Side, _Side]:
    """The weights of the content words before and after a claim, the nearest counting most."""

    def nearest(places: Iterable[int]) -> list[str]:
        forms = map(line.forms.__getitem__, places)
        return list(islice((key for _, key, kind, _, _ in forms if kind), _WINDOW))

    before, after = nearest(range(claim.first - 1, -1, -1)), nearest(range(claim.last, len(line.forms)))
    left, right = (
        {key: weights.get(key, 0.0) / (1 + _FADES * n) for n, key in reversed(list(enumerate(side)))}
        for side in (before, after)
    )
    return left, right


def _around(near: Sequence[tuple[int, str, float, float]], at: int) -> float:
    """The weight of the neighbours that stand around a word of the source.

    Args:
        near: of each neighbour in the source, in their order: its place, its key, its weight before and behind a claim.
        at: the word's place.
    """
    seen: dict[str, float] = {}
    for n, key, before, behind in near[bisect_left(near, (at - _REACH,)) : bisect_left(near, (at + _REACH + 1,))]:
        weight = before if n < at else behind
        if n != at and weight > seen.get(key, 0.0):
            seen[key] = weight
    return sum(seen.values())
