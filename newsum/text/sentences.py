"""Splits a text into sentences with exact offsets, on which every quote's position rests.

Lines come first: a line end is a boundary (headings, bylines and list items are lines of their
own) unless the text is hard-wrapped, which is seen where lines break just where the next word
would no longer have fitted. Inside a line each full stop is judged by Punkt (Kiss and Strunk,
"Unsupervised multilingual sentence boundary detection", Computational Linguistics 2006) with the
parameters in newsum/text/punkt_parameters, which recipes.punkt learned from news. A few rules
decide what Punkt does not look at: closing quotes, "?" and "!" before lower case, titles,
"No. 10", list numbers, stops glued to the next word, the stops of other scripts. They were
written from what the splitter did on training texts, never from the benchmarks' gold splits.
"""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from newsum.articles import Article, Sentence
from newsum.system.patterns import regex
from newsum.text.lexicon import (
    DEMONSTRATIVES,
    FUNCTION_WORDS,
    MONTH_ABBREVIATIONS,
    REPORTING,
    STOPPED_TITLES,
    SUBJECTS,
    TITLE_ABBREVIATIONS,
    TITLES_BEHIND,
    any_of,
    capital,
    plain_marks,
)
from newsum.text.punkt import Parameters, breaks
from newsum.text.words import usually_capital

__all__ = ["sentences", "split"]

Span = tuple[int, int]

_PARAMETERS = Path(__file__).parent / "punkt_parameters"

_LONGEST = 2_000  # characters; the longest sentence of 60,000 in news has about 900, and figures are compared in pairs
_LONGEST_WORD = 40  # characters of context looked at on either side, so that no text is slow
_LONGEST_QUOTE = 2_000  # characters in which a glued quote's opening is looked for
_WRAP_WIDTHS = range(40, 101)  # columns; mail, wire copy and plain-text editions wrap at 60 to 80
_WRAP_SLACK = 8  # columns; indents and ragged setting leave lines that much short
_WRAP_SHARE = 0.3  # of line ends fall mid-sentence: 58% in news wrapped at 72 columns, 0.06% in news as it comes

_CLOSERS = r"(?:[\"'”’»›)\]}」』）】》]|\[\d{1,3}\])*+"
_OTHER_SCRIPTS = "。！？｡։؟۔।॥።"
_STOP = regex(
    rf"""(?P<foreign>[{_OTHER_SCRIPTS}]+{_CLOSERS})
       | (?P<mark>\.(?:\ \.){{2,}}+|[.!?…‽]++)(?P<closers>{_CLOSERS}(?:\ ["”](?=\s|$))?)""",
    re.VERBOSE,
)
_SIGN = regex(rf"[.!?…‽{_OTHER_SCRIPTS}]")  # what every stop begins with; found in a quarter of the time
_SPACE = regex(r"\s+")
_QUESTIONS = frozenset("?!‽")
_MARKS = _QUESTIONS | frozenset(".…,;:")
_OPENERS = "\"'“‘«‹([{—–-*•"
_DOUBLE_QUOTES = frozenset('"“”«»')
_BEFORE_NUMBERS = frozenset(
    {"art", "ch", "fig", "no", "nos", "p", "pp", "sec", "v", "ver", "vol"}
    | {month.lower() for month in MONTH_ABBREVIATIONS}
)
# Left out of the learned list by the style of the training texts, which drop the stop or the word
_MORE_ABBREVIATIONS = frozenset({"al", "apr", "approx", "assn", "ave", "blvd", "corp", "dept", "est", "ltd"})
_MORE_ABBREVIATIONS |= {"fr", "ft", "mt", "nos", "pa", "pp", "rd", "tex", "univ", "va", "viz", "vol"}
_CLIPPED = regex(r"[A-Z][b-df-hj-np-tv-xz]{2,4}\.")  # no vowel in it: a rank that no list has, not a word
_MAY_END = frozenset({"bldg", "blvd", "ltd", "mfg"})  # so clipped, and often a sentence's last word
_LIST_MARK = regex(r"\s*[(\[]?(?:\d{1,3}|[A-Za-z]|[ivxIVX]{1,5})[.)\]]*$")
_INITIAL = regex(r"[^\W\d_]\.")
_LETTERS = regex(r"(?:[^\W\d_]\.){2,}")
_UNLISTED = regex(r"[^\W\d_a-z].{0,4}\.|.+\..+\.")  # before lower case: "in Erie, Pa. on Monday", "A.F.L.-C.I.O."
_SPEAKER = regex(r"I(?:['’](?:m|ve|ll|d))?\b(?!\.)")  # always a capital, so Punkt can learn nothing from it
_GLUED_BEFORE = regex(r"[A-Za-z][a-z'’-]+|\d{2,}%?")
_GLUED_AFTER = regex(
    r"(?!(?:Com|Net|Org|Js|Io|Tv|Gov|Edu|Co|Uk|Us|Html?)\b)(?:[AI]|(?:[A-Z][a-z]+){1,2})(?:['’][a-z]+)?[,:]?"
)
_PLAIN_START = regex(r"\w(?:[\w'’&.-]*\w)?")  # a next word less its own stop, which Punkt would count
_REPORTED = regex(
    rf"(?!(?:{any_of(capital(SUBJECTS | DEMONSTRATIVES))}|There|But|And|The)\b)(?:[A-Z][\w.'’-]*\s+){{1,4}}"
    rf"{any_of(REPORTING)}\b"
)


def split(text: str) -> tuple[Span, ...]:
    """The sentences of a text as half-open offsets.

    They are in order, never overlap, have no white space at either end, and together hold
    every other character of the text. One of more than 2,000 characters comes in parts, cut at
    spaces where it has any.

    >>> text = 'Sen. Jo Day spoke. "Why?" she asked.'
    >>> [text[start:end] for start, end in split(text)]
    ['Sen. Jo Day spoke.', '"Why?" she asked.']
    """
    blocks = (span for start, end in _blocks(text) for span in _sentences_of_block(text, start, end))
    return tuple(span for start, end in blocks for span in _in_parts(text, start, end))


def sentences(article: Article) -> tuple[Sentence, ...]:
    """The sentences of an article's text, in order; its title is not among them."""
    return tuple(Sentence(article, start, end) for start, end in split(article.text))


# Lines and paragraphs


def _blocks(text: str) -> Iterator[Span]:
    """Stretches that no sentence crosses: lines, or the joined lines of a wrapped paragraph."""
    paragraphs = list(_paragraphs(text))
    lines = [text[start:end] for paragraph in paragraphs for start, end in paragraph]
    all_wrapped = _is_wrapped(lines)
    width = max(map(len, lines), default=0)
    for paragraph in paragraphs:
        own = [text[start:end] for start, end in paragraph]
        if all_wrapped or _is_wrapped(own):
            yield from _join_wrapped(text, paragraph, width if all_wrapped else max(map(len, own)))
        else:
            yield from paragraph


def _paragraphs(text: str) -> Iterator[list[Span]]:
    """Runs of lines that hold something, each line without the white space around it."""
    paragraph: list[Span] = []
    position = 0
    for line in text.splitlines(keepends=True):
        start, end = _stripped(text, position, position + len(line))
        position += len(line)
        if start < end:
            paragraph.append((start, end))
        elif paragraph:
            yield paragraph
            paragraph = []
    if paragraph:
        yield paragraph


def _is_wrapped(lines: list[str]) -> bool:
    if len(lines) < 2 or max(map(len, lines)) not in _WRAP_WIDTHS:
        return False
    broken = sum(_ends_inside(line, after) for line, after in pairwise(lines))
    return broken >= _WRAP_SHARE * (len(lines) - 1)


def _ends_inside(line: str, after: str) -> bool:
    """Whether a line surely breaks off inside a sentence."""
    return line[-1] not in ".!?:" and after[0].islower()


def _join_wrapped(text: str, lines: list[Span], width: int) -> Iterator[Span]:
    """Join each line to the one after it where that one's first word would not have fitted."""
    start = lines[0][0]
    for (line_start, line_end), (next_start, next_end) in pairwise(lines):
        first_word = text[next_start:next_end].split(None, 1)[0]
        if line_end - line_start + 1 + len(first_word) <= width - _WRAP_SLACK:
            yield start, line_end
            start = next_start
    yield start, lines[-1][1]


def _stripped(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


# Inside a line


class _Stop(NamedTuple):
    """A candidate sentence end: "." or the like, what stands before it and what comes after.

    Attributes:
        before: the word before that.
        word: the word before it with its stop, opening marks taken off: "Calif." of "(D-Calif.)".
        dots: how many full stops it holds; "…" counts as three.
        closers: the quotes and brackets that close with it.
        opened: whether an opening double quote comes next.
        following: the text after it from the next letter or digit on, or up to 160 characters of it.
        next_word: the first word of that.
    """

    before: str
    word: str
    mark: str
    dots: int
    closers: str
    spaced: bool
    opened: bool
    following: str
    next_word: str


def _sentences_of_block(text: str, block: int, end: int) -> Iterator[Span]:
    start = block
    for found in _stops(text, block, end):
        cut = found.end()
        if cut < end and (found["foreign"] or _ends_sentence(text, found, block, start, end)):
            yield _stripped(text, start, cut)
            start = cut
    yield _stripped(text, start, end)


def _in_parts(text: str, start: int, end: int) -> Iterator[Span]:
    while end - start > _LONGEST:
        cut = text.rfind(" ", start + 1, start + _LONGEST)
        cut = cut if cut > start else start + _LONGEST
        yield _stripped(text, start, cut)
        start, end = _stripped(text, cut, end)
    yield start, end


def _stops(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    while (sign := _SIGN.search(text, start, end)) and (found := _STOP.match(text, sign.start(), end)):
        yield found
        start = found.end()


def _stop(text: str, found: re.Match[str], start: int, end: int) -> _Stop:
    before = text[max(start, found.start() - _LONGEST_WORD) : found.start()].split()
    mark = found["mark"].replace(" ", "").replace("…", "...")[:_LONGEST_WORD]
    mark = "." if mark == ".." else mark  # a slip of the typist, where three would be an ellipsis
    gap = _SPACE.match(text, found.end(), end)
    begin = gap.end() if gap else found.end()
    after = text[begin : min(end, begin + 4 * _LONGEST_WORD)]
    following = after.lstrip(_OPENERS).lstrip()
    return _Stop(
        before=before[-2].lstrip(_OPENERS) if len(before) > 1 else "",
        word=(before[-1].lstrip(_OPENERS) if before else "") + mark,
        mark=mark,
        dots=mark.count("."),
        closers=found["closers"],
        spaced=begin > found.end(),
        opened=after[0] in _DOUBLE_QUOTES,
        following=following,
        next_word=following.split(None, 1)[0][:_LONGEST_WORD] if following else "",
    )


def _ends_sentence(text: str, found: re.Match[str], block: int, start: int, end: int) -> bool:
    """Whether the sentence that began at `start` ends with the stop that was found."""
    stop = _stop(text, found, start, end)
    if not stop.spaced:
        return _parts_glued_words(stop) and not _opens_glued_quote(text, found, block)
    if set(stop.next_word) <= _MARKS:
        return False
    lower = stop.next_word[0].islower()
    if stop.closers and (stop.dots > 1 or _QUESTIONS & set(stop.mark)) and _REPORTED.match(stop.following):
        return False
    if _QUESTIONS & set(stop.mark):
        return not lower
    if lower and (stop.closers or _UNLISTED.fullmatch(stop.word)):
        return False
    if stop.dots == 1 and (_LIST_MARK.match(text, start, found.end()) or _goes_on(stop)):
        return False
    return (not lower and _surely_begins(stop)) or _punkt().breaks(stop.word, stop.next_word)


def _goes_on(stop: _Stop) -> bool:
    """Whether word and next word belong together whatever Punkt has seen: "Dr. Will", "No. 10"."""
    word = stop.word[:-1].lower()
    if stop.word[0].isupper() and (word in TITLE_ABBREVIATIONS or word in STOPPED_TITLES):
        return word not in TITLES_BEHIND or not _is_named(stop.before)
    if _CLIPPED.fullmatch(stop.word) and stop.next_word[0].isupper() and word not in _MAY_END:
        return True
    if word in _BEFORE_NUMBERS and stop.next_word[0].isdigit():
        return True
    return bool(_INITIAL.fullmatch(stop.word) and (_INITIAL.fullmatch(stop.next_word) or _is_middle(stop)))


def _is_middle(stop: _Stop) -> bool:
    """Whether an initial stands in a name whose last word is also an ordinary one: "Byron R. White"."""
    surname = _plain(stop.next_word).removesuffix("'s")
    begins = surname.lower() in FUNCTION_WORDS or surname.lower() in _punkt().starters
    return stop.before[:1].isupper() and surname[:1].isupper() and not begins and bool(usually_capital(stop.before))


def _is_named(word: str) -> bool:
    """Whether a word before "Sr." is a name's, no title's."""
    return word[:1].isupper() and word.rstrip(".").lower() not in TITLE_ABBREVIATIONS


def _plain(next_word: str) -> str:
    """A next word less the marks about it."""
    start = _PLAIN_START.match(next_word)
    return plain_marks(start[0]) if start else next_word


def _surely_begins(stop: _Stop) -> bool:
    """Whether a sentence begins after this stop, abbreviation or ellipsis though it may be.

    So it is after a closing quote ("We call B.S." Day said), before "I", before an opening
    quote (at 5 p.m. "It is over," she said; but George W. "Dubya" Bush), and after an ellipsis
    that a full stop precedes or that has four dots.
    """
    if _DOUBLE_QUOTES & set(stop.closers) or _SPEAKER.match(stop.following):
        return True
    if stop.dots > 1:
        return stop.dots > 3 or stop.word[: -stop.dots].endswith((".", "?", "!"))
    return stop.opened and not (stop.word.isupper() and "." in stop.word[:-1]) and not _INITIAL.fullmatch(stop.word)


def _parts_glued_words(stop: _Stop) -> bool:
    """Whether a stop with no space after it parts sentences: "ended.The", but not "Node.Js"."""
    word, next_word = stop.word[: -len(stop.mark)].rstrip("\"'’”)"), stop.next_word
    if stop.dots > 1 or not _GLUED_BEFORE.fullmatch(word) or not _GLUED_AFTER.fullmatch(next_word):
        return False
    if word[0].isupper():
        return next_word.rstrip(",:").lower() in _punkt().starters
    return not word.isalpha() or word in _punkt().ordinary


def _opens_glued_quote(text: str, found: re.Match[str], block: int) -> bool:
    """Whether the straight quote after a glued stop opens the next sentence: it closes only what is open."""
    if '"' not in found["closers"]:
        return False
    return text.count('"', max(block, found.start() - _LONGEST_QUOTE), found.start()) % 2 == 0


class _Punkt:
    """Punkt with newsum's parameters, asked about one stop at a time."""

    def __init__(self) -> None:
        self._learned = Parameters.read(_PARAMETERS, more_abbreviations=TITLE_ABBREVIATIONS | _MORE_ABBREVIATIONS)
        self.starters = self._learned.starters
        self.ordinary = self._learned.writing.keys()
        self.breaks = lru_cache(maxsize=1 << 16)(self._breaks)

    def _breaks(self, word: str, next_word: str) -> bool:
        """Whether a sentence ends with `word`, which holds its stop, before `next_word`.

        Letters with stops between them are an abbreviation even if training never met them
        ("J.K. Rowling"); Punkt judges them as it does the best known of their kind.
        """
        if _LETTERS.fullmatch(word) and word[:-1].lower() not in self._learned.abbreviations:
            word = "U.S."
        return breaks(f"{word} {_plain(next_word)}", self._learned)


_punkt = cache(_Punkt)
