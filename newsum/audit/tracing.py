"""A line and its story in; the figures, names and quotations that lead nowhere or are altered, out.

A figure is altered where the evidence counts the same thing and comes to another value; it leads nowhere where no
article has it. Relative dates in the evidence ("on Thursday") are resolved first, so that "5 February" is found.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from newsum.attribution.lines import SourceIndex
from newsum.checking.context import plain
from newsum.similarity.terms import cover, terms
from newsum.summary import Evidence, Span
from newsum.text.dates import DateResolver, resolvable
from newsum.text.lexicon import FUNCTION_WORDS, MONTHS, any_of
from newsum.text.words import Name, Quantity, names, numbers, rarity, stem, words

__all__ = ["Altered", "Tracer", "without_printed_dates"]

_MONTH = any_of(MONTHS)
_MONTH_BEFORE = re.compile(rf"\b({_MONTH})\s$")
_MONTH_AFTER = re.compile(rf"\s({_MONTH})\b")
_COUNTED = re.compile(r"[\s-]*(?:of (?:the )?|or so )?([^\W\d_]{3,})")
_ROUGHLY = re.compile(
    r"\b(?:about|around|roughly|approximately|some|nearly|almost|over|under|up to|at least|more than|fewer than|"
    r"less than|just|as many as|close to)\s[$£€]?$",
    re.IGNORECASE,
)
_ROUNDED, _ROUGH = 0.02, 0.15  # of the value: "4.9" for 4.89 is a rounding, "nearly 5,000" for 4,312 a rough figure
_TWIN = 0.4  # of a line's weight: a quote that covers so much speaks of the same day
_RELATED = 0.3  # rarity of a word that a line and a sentence share for that sentence's figures to be of its subject
_QUOTED = re.compile(r"“([^“”]{2,})”|\"([^\"]{2,})\"")
_LONGEST_INITIALS = 5


@dataclass(frozen=True, slots=True)
class Altered:
    """A figure at `span` of a line, and what the evidence has in its place."""

    span: Span
    true: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class _Figure:
    number: Quantity
    counted: str
    month: str
    text: str


class Tracer:
    """Looks figures, names and quotations up in all of a story's articles."""

    def __init__(self, index: SourceIndex) -> None:
        self._index = index
        self._published = {a.id: a.published for a in index.story.articles}
        self._figures: dict[tuple[str, str], tuple[_Figure, ...]] = {}

    # --- figures ------------------------------------------------------------------------------------

    def figures(self, line: str, evidence: Sequence[Evidence]) -> tuple[list[Altered], list[Span]]:
        """(figures that the evidence has otherwise, figures that no article has)."""
        near = [(e, self._known(e.quote, e.article)) for e in evidence]
        altered: list[Altered] = []
        nowhere: list[Span] = []
        for figure in _figures(line):
            alike = [k for _, known in near for k in known if k.month == figure.month]
            alike = alike or [k for _, known in near for k in known]  # "2027" where the line has "October 2027"
            if any(_same(figure, k, line) for k in alike) or self._related(figure, line):
                continue
            rivals = ((e, k) for e, known in near for k in known if _rivals(figure, k))
            if figure.text in self._days:  # some relative date may mean it: only a near twin of the line tells
                rivals = ((e, k) for e, k in rivals if cover(terms(line), [terms(e.quote)]) >= _TWIN)
            rival = next(rivals, None)
            span = (figure.number.start, figure.number.end)
            if rival is not None:
                altered.append(Altered(span, rival[1].text, rival[0]))
            elif figure.text not in self._days and not any(_same_value(figure.number, n) for n in self._numbers):
                nowhere.append(span)
        return altered, nowhere

    def _known(self, text: str, article: str) -> tuple[_Figure, ...]:
        """The figures of a source sentence, "Thursday" read as its date."""
        if (text, article) not in self._figures:
            published = self._published.get(article)
            dated = DateResolver().resolve(text, published) if published else text
            self._figures[text, article] = tuple(_figures(dated))
        return self._figures[text, article]

    def _related(self, figure: _Figure, line: str) -> bool:
        """Whether a sentence on the line's subject, though no evidence for it, has the figure."""
        subject = {w.key for w in words(line) if rarity(w.form) >= _RELATED and not w.form[0].isdigit()}
        for score, sentence in self._index.scores(line):
            if score < 0.05:
                return False
            known = list(self._known(sentence.text, sentence.article.id))
            known = [k for k in known if k.month == figure.month]  # "in the spring of 2028" is not "October 2028"
            if any(_same(figure, k, line) for k in known) and any(w.key in subject for w in words(sentence.text)):
                return True
        return False

    # --- names and quotations -----------------------------------------------------------------------

    def names(self, line: str) -> list[Span]:
        """Names of which no article has every word."""
        whole = [n for n in names(line) if not _is_cut(line, n)]
        return [(n.start, n.end) for n in whole if not self._has_name(n, line)]

    def _has_name(self, name: Name, line: str) -> bool:
        written = line[name.start : name.end].replace(".", "")
        if written.isupper() and len(written) <= _LONGEST_INITIALS and written.lower() in self._initials:
            return True
        return all(any(self._akin(part, key) for key in self._keys) for part in name.keys)

    @staticmethod
    def _akin(part: str, key: str) -> bool:
        """Whether two words are one name: "Kestrian" and "Kestria"."""
        return part == key or (min(len(part), len(key)) >= 5 and (part.startswith(key) or key.startswith(part)))

    def quotations(self, line: str) -> list[Span]:
        """Quotations that stand in no article; what "..." leaves out may be anything."""
        return [m.span() for m in _QUOTED.finditer(line) if not self._has_quote(m[1] or m[2])]

    def _has_quote(self, quote: str) -> bool:
        pieces = (_bare_quote(piece) for piece in re.split(r"\.\.\.|…|\[[^\]]*\]", quote))
        return all(any(piece in text for text in self._texts) for piece in pieces)

    # --- what the articles have ---------------------------------------------------------------------

    @cached_property
    def _texts(self) -> list[str]:
        return [_bare_quote(f"{a.title}\n{a.text}") for a in self._index.story.articles]

    @cached_property
    def _keys(self) -> frozenset[str]:
        articles = self._index.story.articles
        known = (f"{a.outlet}\n{a.title}\n{' '.join(a.authors)}\n{a.text}" for a in articles)
        return frozenset(w.key for text in known for w in words(text))

    @cached_property
    def _initials(self) -> frozenset[str]:
        found = (n.keys for a in self._index.story.articles for n in names(a.text))
        return frozenset("".join(key[0] for key in keys) for keys in found if len(keys) > 1)

    @cached_property
    def _numbers(self) -> list[Quantity]:
        return [n for a in self._index.story.articles for n in numbers(f"{a.title}\n{a.text}")]

    @cached_property
    def _days(self) -> frozenset[str]:
        """Every day that a relative date in the articles may mean, "9 March"."""
        return frozenset(day for p in self._published.values() for day in resolvable(p).split(", "))


def _is_cut(line: str, name: Name) -> bool:
    """Whether what looks like a name is a letter of "U.S." or the first half of "Don't"."""
    around = line[max(0, name.start - 1) : name.start] + line[name.end : name.end + 2]
    return name.end - name.start == 1 or bool(re.search(r"^['’]|['’][^\W\d_s]", around))


def without_printed_dates(line: str) -> str:
    """The line without the dates in brackets that newsum prints after "Friday": no article has them.

    >>> without_printed_dates("They met on Friday (16 January) in Rome.")
    'They met on Friday in Rome.'
    """
    return re.sub(rf" \(\d{{1,2}} {_MONTH}\)", "", line)


def _bare_quote(text: str) -> str:
    return plain(text).strip(" ,.;:!?'\"")


def _figures(text: str) -> Iterator[_Figure]:
    for number in numbers(text):
        before, after = _MONTH_BEFORE.search(text, 0, number.start), _MONTH_AFTER.match(text, number.end)
        month = before or after
        noun = _COUNTED.match(text, number.end)
        counted = stem(noun[1]) if noun and noun[1].lower() not in FUNCTION_WORDS else ""
        shown = text[before.start() if before else number.start : after.end() if after else number.end]
        yield _Figure(number, counted, month[1] if month else "", shown)


def _same_value(left: Quantity, right: Quantity) -> bool:
    return abs(left.value - right.value) <= 1e-9 * max(1.0, abs(left.value)) and (
        left.unit == right.unit or not (left.unit and right.unit)
    )


def _same(figure: _Figure, known: _Figure, line: str) -> bool:
    ours, theirs = figure.number, known.number
    if figure.month != known.month and (ours.value <= 31 or (figure.month and known.month)):
        return False
    if ours.unit and ours.unit != theirs.unit:
        return False
    if _same_value(ours, theirs):
        return True
    if figure.month or not ours.value or ours.unit != theirs.unit:
        return False
    slack = _ROUGH if _ROUGHLY.search(line[: ours.start]) else _ROUNDED
    rounder = len(f"{ours.value:g}".rstrip("0")) < len(f"{theirs.value:g}".rstrip("0"))
    return rounder and abs(ours.value - theirs.value) <= slack * abs(theirs.value)


def _rivals(figure: _Figure, known: _Figure) -> bool:
    """Whether two figures that differ count the same thing."""
    if figure.month or known.month:
        same_day = figure.number.value == known.number.value
        return bool(figure.month and known.month) and (figure.month == known.month or same_day)
    if figure.number.unit != known.number.unit:
        return False
    return bool(figure.number.unit) or bool(figure.counted and figure.counted == known.counted)
