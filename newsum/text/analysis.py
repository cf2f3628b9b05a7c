"""Analyses each text once: what every stage needs to know of a sentence, a title or a line, each part with its offsets.

In: a text, or an article when its story comes in.
Out: an `Analysis`, which is handed on; no stage below asks a text for its words again.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from newsum.articles import Article, Sentence
from newsum.text.corrections import NoteSentence, note_sentences
from newsum.text.cues import Cues, cues
from newsum.text.language import BEGINS, are_english
from newsum.text.lexicon import QUOTED
from newsum.text.months import settled_months
from newsum.text.names import Name, NameRow, names
from newsum.text.quantities import Quantity, quantities
from newsum.text.readable import readable_from
from newsum.text.sentences import split
from newsum.text.terms import Terms, terms
from newsum.text.words import Columns, Form, Word, WordTable, table

__all__ = ["MOST_CHARACTERS", "Analysis", "ArticleAnalysis", "Correction", "Passage", "analyse", "analyse_articles"]

MOST_CHARACTERS = 1_000_000  # of an article, 160,000 words; what follows is not read, for it would take half a minute
MOST_SENTENCES = 10_000  # of an article; a million characters of news have 8,000, one of "a\n" has half a million


@dataclass(frozen=True, slots=True, eq=False)
class Analysis:
    """What is known of one text; offsets are half-open and count its characters.

    Attributes:
        word_columns, token_columns, name_rows: its words, tokens and names as they are kept: plain tuples all the way
            down, which the garbage collector lets go.
        quantities: figures in digits and words, by value.
        terms: the content words and figures, weighted.
        cues: how many of the words are verbs, signs of boilerplate and the like.
    """

    text: str
    word_columns: Columns
    token_columns: Columns
    name_rows: tuple[NameRow, ...]
    quantities: tuple[Quantity, ...]
    terms: Terms
    cues: Cues

    @property
    def word_table(self) -> WordTable:
        """The words by columns."""
        return WordTable(*self.word_columns)

    @property
    def token_table(self) -> WordTable:
        """The tokens by columns."""
        return WordTable(*self.token_columns)

    @property
    def names(self) -> tuple[Name, ...]:
        """Capitalised runs that are names by their case."""
        make = tuple.__new__  # as `WordTable.words` does
        return tuple([make(Name, row) for row in self.name_rows])

    @property
    def words(self) -> tuple[Word, ...]:
        """Every word and figure, in order."""
        return self.word_table.words()

    @property
    def tokens(self) -> tuple[Word, ...]:
        """The words, each figure one of them: what texts are aligned by."""
        return self.token_table.words()

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
class Correction:
    """What an article takes back in a note: evidence against whoever says it.

    Attributes:
        passage: the note's sentence.
        wrong: half-open spans of its text: what is taken back.
        said: what is known of these words.
        note: what is known of the whole note.
    """

    passage: Passage
    wrong: tuple[tuple[int, int], ...]
    said: Analysis
    note: Analysis

    @property
    def text(self) -> str:
        return self.passage.text


@dataclass(frozen=True, slots=True, eq=False)
class ArticleAnalysis:
    """What is known of an article.

    Attributes:
        sentences: every sentence of the text, or of as much of it as is read, in order; of a note of correction only
            what it puts right.
        readable: for each of them the part that can stand in a brief (without its dateline), or None.
        corrections: what the article takes back.
        read: how many characters of the text were read: all, up to a million of them and 10,000 sentences.
        is_english: whether it looks so.
    """

    article: Article
    title: Analysis
    sentences: tuple[Passage, ...]
    readable: tuple[Passage | None, ...]
    corrections: tuple[Correction, ...] = ()
    read: int = 0
    is_english: bool = True


def analyse(text: str) -> Analysis:
    """What is known of a text.

    >>> found = analyse("Mrs Dravec signed for 55 bn on Monday.")
    >>> [name.keys for name in found.names], [figure.value for figure in found.quantities], found.tokens[-1].kind
    ([('dravec',)], [55000000000.0], 'weekday')
    """
    runs = text.split()
    counted, words = cues(text, runs), table(text, runs)
    words = settled_months(text, words) if counted.months else words
    found_names = names(text, words)
    words = _named(words, found_names) if found_names else words
    figures = quantities(text, runs) if counted.figures else ()
    kept = words.columns
    tokens = _tokens(words, figures).columns if figures else kept
    return Analysis(text, kept, tokens, found_names, figures, terms(words, figures), counted)


def analyse_articles(articles: Iterable[Article]) -> tuple[ArticleAnalysis, ...]:
    """What is known of a story's articles; a sentence that several of them carry is analysed once."""
    known: dict[str, Analysis] = {}
    return tuple([_article(article, known) for article in articles])


def _article(article: Article, known: dict[str, Analysis]) -> ArticleAnalysis:
    title = _once(article.title, known)
    text = article.text[:MOST_CHARACTERS]
    spans = split(text)
    if len(spans) > MOST_SENTENCES:
        spans = spans[:MOST_SENTENCES]
        text = text[: spans[-1][1]]
    notes = note_sentences(text, spans)
    if notes:
        found = _corrected(article, title, spans, notes, known)
    else:
        sentences = tuple([_passage(article, start, end, known) for start, end in spans])
        found = ArticleAnalysis(article, title, sentences, _readable_of(sentences, text, known))
    return replace(found, read=len(text), is_english=_is_english(found.sentences))


def _is_english(sentences: Iterable[Passage]) -> bool:
    begins = (passage.analysis for passage in sentences if passage.sentence.start < BEGINS)
    return are_english([form[0] for sentence in begins for form in sentence.word_columns[2]])


def _corrected(
    article: Article,
    title: Analysis,
    spans: Sequence[tuple[int, int]],
    notes: Sequence[NoteSentence],
    known: dict[str, Analysis],
) -> ArticleAnalysis:
    """An article with notes: what they put right is evidence and no line, what they take back is evidence against."""
    of_notes = {note.number for note in notes}
    plain = [_passage(article, *span, known) for n, span in enumerate(spans) if n not in of_notes]
    right = [_passage(article, *span, known) for note in notes for span in note.right]
    whole = _once(" ".join(article.text[slice(*spans[note.number])] for note in notes), known)
    corrections = [_correction(article, spans[note.number], note, whole, known) for note in notes if note.wrong]
    readable = (*_readable_of(plain, article.text, known), *(None for _ in right))
    return ArticleAnalysis(article, title, (*plain, *right), readable, tuple(corrections))


def _correction(
    article: Article, span: tuple[int, int], note: NoteSentence, whole: Analysis, known: dict[str, Analysis]
) -> Correction:
    wrong = tuple([(start - span[0], end - span[0]) for start, end in note.wrong])
    said = _once(" ".join(article.text[start:end] for start, end in note.wrong), known)
    return Correction(_passage(article, *span, known), wrong, said, whole)


def _passage(article: Article, start: int, end: int, known: dict[str, Analysis]) -> Passage:
    text = article.text[start:end]
    return Passage(Sentence(article, start, end), _once(text, known))


def _once(text: str, known: dict[str, Analysis]) -> Analysis:
    return known.get(text) or known.setdefault(text, analyse(text))


def _readable_of(sentences: Sequence[Passage], text: str, known: dict[str, Analysis]) -> tuple[Passage | None, ...]:
    """The readable part of each sentence; None of one in the midst of somebody's quotation, which has no marks."""
    quoted = [match.span() for match in QUOTED.finditer(text)]
    midst = [
        (place := bisect_right(quoted, (passage.sentence.start, len(text))) - 1) >= 0
        and passage.sentence.end <= quoted[place][1]
        and (passage.sentence.start, passage.sentence.end) != quoted[place]
        for passage in sentences
    ]
    return tuple([None if inside else _readable(one, known) for one, inside in zip(sentences, midst, strict=True)])


def _readable(passage: Passage, known: dict[str, Analysis]) -> Passage | None:
    """The part of a sentence that can stand in a brief (without its dateline), or None."""
    skipped = readable_from(passage.text, passage.analysis.cues)
    if not skipped:
        return None if skipped is None else passage
    return _passage(passage.article, passage.sentence.start + skipped, passage.sentence.end, known)


def _named(words: WordTable, found_names: Sequence[NameRow]) -> WordTable:
    """The words, those inside a name being of that kind; a weekday stays one."""
    forms = list(words.forms)
    for _, _, _, first, last in found_names:
        for place in range(first, last):
            forms[place] = _as_name(forms[place])
    return WordTable(words.starts, words.ends, tuple(forms))


@lru_cache(maxsize=50_000)  # forms, of which 9,000 articles have 20,000 in names
def _as_name(form: Form) -> Form:
    written, key, kind, weight, may_name = form
    return written, key, kind if kind == "weekday" else "name", weight, may_name


def _tokens(words: WordTable, figures: Sequence[Quantity]) -> WordTable:
    """The words of a text, each figure one token whose key is its value."""
    starts, ends, forms = list[int](), list[int](), list[Form]()
    done = 0
    for figure in figures:
        first = max(done, bisect_right(words.ends, figure.start))
        last = bisect_left(words.starts, figure.end)
        if first < last:
            starts += words.starts[done:first]
            starts.append(min(words.starts[first], figure.start))
            ends += words.ends[done:first]
            ends.append(max(words.ends[last - 1], figure.end))
            forms += words.forms[done:first]
            forms.append(("", f"#{figure.value:g}", "number", 0.0, False))
            done = last
    return WordTable((*starts, *words.starts[done:]), (*ends, *words.ends[done:]), (*forms, *words.forms[done:]))
