"""Aligns a line with one sentence of its evidence: which word stands for which, and what stands in another's place.

The two are aligned word by word (Ratcliff and Obershelp 1988, as in difflib), figures by value. A name, figure or date
of the line is *held* where the sentence has it in the same company, and has a *rival* where the sentence has another
of its kind in its place: who did what is told by the company that a name keeps, so that a name which stands
elsewhere in the same sentence is no excuse.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import islice, pairwise
from typing import Literal

from newsum.checking.kinship import akin
from newsum.checking.one_name import named_alike
from newsum.summary import Span
from newsum.system.patterns import regex
from newsum.text.analysis import Analysis, analyse
from newsum.text.words import Word

__all__ = ["Alignment", "Claim", "Comparison", "align", "claims", "compare", "respaced"]

Kind = Literal["name", "number", "weekday", "month"]

_OUTLET = r"(?:[Tt]he )?(?P<{}>[A-Z@][\w.&'’-]*(?: (?:of |the |and )?[A-Z][\w.&'’-]*){{0,4}})"
_REPORTED = regex(  # whom a writer cites is no part of what the evidence says
    rf"\b(?:per|via|[Aa]ccording to|tells|told|reports?|reported by|notes) {_OUTLET.format('cited')}"
    r"(?=[,.;)]|$|\"| that\b)|"
    rf"\b{_OUTLET.format('citing')} (?:reports|notes|points out)\b"
)
_COPY = 0.6  # of a line's words in one sentence, in its order
_SLACK = 2  # words that a replaced stretch may be longer than what replaces it
_ENDLESS = 200  # tokens; of a longer sentence the words that it repeats are not matched, for each would be with each
_COMPANY = 4  # content words on each side of a claim that tell whether two sentences speak of the same thing


@dataclass(frozen=True, slots=True)
class Claim:
    """A name, figure, weekday or month of the line: its tokens first..last (half-open) and its place in the text."""

    kind: Kind
    first: int
    last: int
    span: Span


def claims(line: Analysis) -> tuple[Claim, ...]:
    """The names, figures and dates of a line, in order."""
    found: list[Claim] = []
    text = line.text
    reporters = [m.span(m.lastgroup or 0) for m in _REPORTED.finditer(text)]
    for n, token in enumerate(line.tokens):
        if token.kind in ("", "word") or any(a <= token.start < b for a, b in reporters):
            continue
        last = found[-1] if found else None
        if last and token.kind == "name" == last.kind and last.last == n and _is_gap(text[last.span[1] : token.start]):
            found[-1] = Claim("name", last.first, n + 1, (last.span[0], token.end))
        else:
            found.append(Claim(token.kind, n, n + 1, (token.start, token.end)))  # type: ignore[arg-type]
    return tuple(found)


def _is_gap(text: str) -> bool:
    """Whether two words of a name stand so apart: "George W. Bush"."""
    return "," not in text and len(text) <= 4


@dataclass(frozen=True, slots=True)
class Alignment:
    """A line's tokens and a source sentence's; `match[i]` is the source's token for the line's i-th, or -1."""

    line: tuple[Word, ...]
    source: tuple[Word, ...]
    match: tuple[int, ...]

    @property
    def share(self) -> float:
        """The share of the line's tokens that have their like in the source, in its order."""
        return sum(m >= 0 for m in self.match) / len(self.match) if self.match else 0.0

    def company(self, claim: Claim) -> float:
        """0..1, the share of the content words around a claim that are matched."""
        around = [*self._content(range(claim.first - 1, -1, -1)), *self._content(range(claim.last, len(self.line)))]
        return sum(self.match[n] >= 0 for n in around) / len(around) if around else 0.0

    def _content(self, places: Iterable[int]) -> list[int]:
        return list(islice((n for n in places if self.line[n].kind), _COMPANY))

    def holds(self, claim: Claim) -> bool:
        """Whether every word of the claim is matched, or the source has none of its kind for those that are not."""
        own = self.match[claim.first : claim.last]
        if min(own) >= 0 or (claim.kind == "name" and self._is_akin(self.line[claim.first : claim.last])):
            return True
        return max(own) >= 0 and not self.rivals(claim)

    def _is_akin(self, name: Sequence[Word]) -> bool:
        """Whether the source has the name in another form: "Kestria" for "Kestrian"."""
        others = {t.key for t in self.source if t.kind == "name"}
        return any(t.key != key and akin(t.key, key) for t in name for key in others)

    def rivals(self, claim: Claim) -> tuple[Word, ...]:
        """What the source has of the claim's kind in its place, or of any kind where nothing else can be meant."""
        own = {t.key for t in self.line[claim.first : claim.last]}
        gaps = [self.gap(n) for n in range(claim.first, claim.last) if self.match[n] < 0]
        found = {t: None for gap in gaps for t in gap if t.kind == claim.kind and t.key not in own}
        if not found and self.is_tight(claim.first, claim.last):
            found = {t: None for gap in gaps for t in gap if t.kind}
        return tuple(found)

    def is_tight(self, first: int, last: int) -> bool:
        """Whether the words right before and after a stretch are matched, with no longer a stretch between them."""
        before = self.match[first - 1] if first else -1
        after = self.match[last] if last < len(self.match) else len(self.source)
        outer = (not first or before >= 0) and after > before
        return outer and any(m < 0 for m in self.match[first:last]) and after - before - 1 <= last - first + _SLACK

    def gap(self, n: int) -> tuple[Word, ...]:
        """The source's tokens between those matched nearest before and after the line's n-th."""
        before = next((self.match[i] for i in range(n - 1, -1, -1) if self.match[i] >= 0), -1)
        after = next((self.match[i] for i in range(n + 1, len(self.match)) if self.match[i] >= 0), len(self.source))
        return self.source[before + 1 : after]


@dataclass(frozen=True, slots=True, eq=False)
class Comparison:
    """A line beside the sentences of its evidence, `respaced`, and how it is aligned with each of them."""

    line: Analysis
    sources: tuple[Analysis, ...]
    aligned: tuple[Alignment, ...]


def compare(line: Analysis, sentences: Iterable[Analysis]) -> Comparison:
    """A line beside sentences."""
    sources = tuple(respaced(line, sentence) for sentence in sentences)
    return Comparison(line, sources, tuple(align(line, source) for source in sources))


_SEPARATED = regex(r"\d+(?:,\d{3})+(?:\.\d+)?|\d+\.\d+")


def respaced(line: Analysis, source: Analysis) -> Analysis:
    """The source with the line's names in short or in full, and its figures as it has them: "3, 800", or cut at "98."

    Text that was taken apart into tokens and put together again has such figures.
    """
    text = _respaced(line.text, named_alike(source.text, line.text))
    return source if text == source.text else analyse(text)


def _respaced(line: str, source: str) -> str:
    for figure in set(_SEPARATED.findall(line)):
        spaced = re.sub(r"[.,]", lambda m: re.escape(m[0]) + r"\s?", figure)
        source = re.sub(rf"(?<![\d.,]){spaced}(?!\d)", figure, source)
        whole, _, decimals = figure.partition(".")
        if decimals and re.search(rf"(?<![\d.,]){whole}\.$", source):
            source = source + decimals
        elif decimals and re.match(rf"{decimals}\s", source):
            source = f"{whole}.{source}"
    return source


def align(line: Analysis, source: Analysis) -> Alignment:
    """The line's words beside the source's, in order.

    In what is nearly a copy names are matched last, each within its gap: "Corvane sued Halden" has no name in common
    with "Halden sued Corvane" that is in its place.
    """
    left, right = line.tokens, source.tokens
    if line.token_table.forms == source.token_table.forms and len(left) < _ENDLESS:  # a copy: each word is its own
        return Alignment(left, right, tuple(range(len(left))))
    match = _matched([t.key for t in left], [t.key for t in right])
    if sum(m >= 0 for m in match) >= _COPY * len(left) and any(t.kind == "name" for t in left):
        match = _matched(_without_names(left, "<"), _without_names(right, ">"))
        for begin, end, first, last in list(_gaps(match, len(right))):
            inner = _matched([t.key for t in left[begin:end]], [t.key for t in right[first:last]])
            match[begin:end] = [m + first if m >= 0 else -1 for m in inner]
    return Alignment(left, right, tuple(match))


def _matched(left: Sequence[str], right: Sequence[str]) -> list[int]:
    match = [-1] * len(left)
    for i, j, size in SequenceMatcher(None, left, right, autojunk=len(right) >= _ENDLESS).get_matching_blocks():
        match[i : i + size] = range(j, j + size)
    return match


def _without_names(found: Sequence[Word], mark: str) -> list[str]:
    """The keys, each name's its own."""
    return [f"{mark}{n}" if t.kind == "name" else t.key for n, t in enumerate(found)]


def _gaps(match: Sequence[int], length: int) -> Iterator[tuple[int, int, int, int]]:
    """Where both sides have words that are not matched: the line's and the source's stretch."""
    kept = [(-1, -1), *((n, m) for n, m in enumerate(match) if m >= 0), (len(match), length)]
    for (n, m), (after, following) in pairwise(kept):
        if after > n + 1 and following > m + 1:
            yield n + 1, after, m + 1, following
