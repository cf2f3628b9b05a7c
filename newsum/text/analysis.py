"""Analyses each text once: what every stage needs to know of a sentence, a title or a line, each part with its offsets.

In: a text, or an article when its story comes in.
Out: an `Analysis`, which is handed on; no stage below asks a text for its words again.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from newsum.articles import Article, Sentence
from newsum.text.cues import Cues, cues
from newsum.text.names import Name, names
from newsum.text.quantities import Quantity, quantities
from newsum.text.readable import readable_from
from newsum.text.sentences import split
from newsum.text.terms import Terms, terms
from newsum.text.words import Word, words

__all__ = ["MOST_CHARACTERS", "Analysis", "ArticleAnalysis", "Passage", "analyse", "analyse_articles"]

MOST_CHARACTERS = 1_000_000  # of an article, 160,000 words; what follows is not read, for it would take half a minute

_DATES = ("weekday", "month")


@dataclass(frozen=True, slots=True, eq=False)
class Analysis:
    """What is known of one text; offsets are half-open and count its characters.

    Attributes:
        words: every word and figure, in order.
        tokens: the words, each figure one of them: what texts are aligned by.
        names: capitalised runs that are names by their case.
        quantities: figures in digits and words, by value.
        dates: weekdays and months among the tokens.
        terms: the content words and figures, weighted.
        cues: how many of the words are verbs, signs of boilerplate and the like.
    """

    text: str
    words: tuple[Word, ...]
    tokens: tuple[Word, ...]
    names: tuple[Name, ...]
    quantities: tuple[Quantity, ...]
    dates: tuple[Word, ...]
    terms: Terms
    cues: Cues

    @property
    def size(self) -> int:
        """How many words a reader would count."""
        return self.cues.words


@dataclass(frozen=True, slots=True, eq=False)
class Passage:
    """A sentence of an article, or the part of it that can stand in a brief, with what is known of it."""

    sentence: Sentence
    analysis: Analysis

    @property
    def text(self) -> str:
        return self.analysis.text

    @property
    def article(self) -> Article:
        return self.sentence.article


@dataclass(frozen=True, slots=True, eq=False)
class ArticleAnalysis:
    """What is known of an article.

    Attributes:
        sentences: every sentence of the text, or of its first million characters, in order.
        readable: for each of them the part that can stand in a brief (without its dateline), or None.
    """

    article: Article
    title: Analysis
    sentences: tuple[Passage, ...]
    readable: tuple[Passage | None, ...]


def analyse(text: str) -> Analysis:
    """What is known of a text.

    >>> found = analyse("Mrs Dravec signed for 55 bn on Monday.")
    >>> [name.keys for name in found.names], [q.value for q in found.quantities], [d.form for d in found.dates]
    ([('dravec',)], [55000000000.0], ['Monday'])
    """
    own_words = words(text)
    found_names = names(text, own_words)
    own_words = _named(own_words, found_names) if found_names else own_words
    counted = cues(text)
    figures = quantities(text) if counted.figures else ()
    tokens = tuple(_tokens(own_words, figures)) if figures else own_words
    dates = tuple([token for token in tokens if token.kind in _DATES])
    return Analysis(text, own_words, tokens, found_names, figures, dates, terms(own_words, figures), counted)


def analyse_articles(articles: Iterable[Article]) -> tuple[ArticleAnalysis, ...]:
    """What is known of a story's articles; a sentence that several of them carry is analysed once."""
    known: dict[str, Analysis] = {}
    return tuple([_article(article, known) for article in articles])


def _article(article: Article, known: dict[str, Analysis]) -> ArticleAnalysis:
    title = known.get(article.title) or known.setdefault(article.title, analyse(article.title))
    sentences = tuple([_passage(article, start, end, known) for start, end in split(article.text[:MOST_CHARACTERS])])
    return ArticleAnalysis(article, title, sentences, tuple([_readable(sentence, known) for sentence in sentences]))


def _passage(article: Article, start: int, end: int, known: dict[str, Analysis]) -> Passage:
    text = article.text[start:end]
    return Passage(Sentence(article, start, end), known.get(text) or known.setdefault(text, analyse(text)))


def _readable(passage: Passage, known: dict[str, Analysis]) -> Passage | None:
    """The part of a sentence that can stand in a brief (without its dateline), or None."""
    skipped = readable_from(passage.text, passage.analysis.cues)
    if not skipped:
        return None if skipped is None else passage
    return _passage(passage.article, passage.sentence.start + skipped, passage.sentence.end, known)


def _named(own_words: Sequence[Word], found_names: Sequence[Name]) -> tuple[Word, ...]:
    """The words, those inside a name being of that kind; a weekday stays one."""
    marked, make = list(own_words), tuple.__new__
    for name in found_names:
        for place in range(name.first, name.last):
            start, end, form, key, kind, weight = marked[place]
            if kind != "weekday":
                marked[place] = make(Word, (start, end, form, key, "name", weight))
    return tuple(marked)


def _tokens(own_words: Sequence[Word], figures: Sequence[Quantity]) -> Iterator[Word]:
    """The words of a text, each figure one token whose key is its value."""
    waiting = list(figures)[::-1]
    covered = 0
    for word in own_words:
        while waiting and waiting[-1].end <= word.start:
            waiting.pop()
        if word.start < covered:
            continue
        if waiting and waiting[-1].start < word.end:
            figure, covered = waiting[-1], waiting[-1].end
            start, end = min(word.start, figure.start), max(word.end, figure.end)
            yield Word(start, end, "", f"#{figure.value:g}", "number", 0.0)
        else:
            yield word
