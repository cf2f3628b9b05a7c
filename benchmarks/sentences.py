"""Sentence boundaries: newsum beside untrained Punkt and pysbd, on two hand-split corpora.

A boundary is the end offset of a sentence. Precision is the share of predicted ends that equal
a gold end, recall the share of gold ends that were predicted, F1 their harmonic mean, over all
documents together. The end of each document is given, so it is not counted. Intervals are 95%
bootstrap intervals over documents (seeded); "behind newsum" is that of the difference in F1 on
the same draws of documents.

Corpora: `sentences/gum_news` (GUM: news and other genres) and `sentences/ewt` (Universal
Dependencies EWT: blogs, mail, reviews, newsgroups). Nothing was tuned on either. The peers run
twice: as they come, on the whole text, and "by line", with each line split by itself, which is
newsum's own rule for line ends.

    python -m benchmarks.sentences
"""

import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

if __package__ in (None, ""):  # run as a file: python benchmarks/sentences.py
    sys.path[0] = str(Path(__file__).resolve().parents[1])

from benchmarks.data import data_folder, read_jsonl
from newsum.text.sentences import split

__all__ = ["Document", "boundary_counts", "load", "main", "measure"]

Span = tuple[int, int]
Splitter = Callable[[str], Iterable[Span]]

_SAMPLES = 1000
_SEED = 20


@dataclass(frozen=True, slots=True)
class Document:
    """A text and its gold sentence ends, the last left out."""

    text: str
    ends: frozenset[int]


@dataclass(frozen=True, slots=True)
class Score:
    """Percent; `f1_drawn` holds F1 on each bootstrap draw of documents."""

    precision: float
    recall: float
    f1: float
    f1_drawn: np.ndarray
    seconds: float


def load(name: str) -> list[Document]:
    """The documents of "gum_news" or "ewt" that have more than one sentence."""
    rows = ({**row, **row["articles"][0]} if "articles" in row else row for row in read_jsonl(f"sentences/{name}"))
    spans = ((row["text"], row["sentence_spans"]) for row in rows)
    return [Document(text, frozenset(end for _, end in gold[:-1])) for text, gold in spans if len(gold) > 1]


def boundary_counts(document: Document, predicted: Iterable[Span]) -> tuple[int, int, int]:
    """Right ends, predicted ends, gold ends; the end of the text is not counted."""
    last = len(document.text.rstrip())
    ends = {end for _, end in predicted if end < last}
    return len(ends & document.ends), len(ends), len(document.ends)


def measure(documents: Sequence[Document], splitter: Splitter) -> Score:
    """Precision, recall and F1 of a splitter, over all documents and on bootstrap draws of them."""
    began = time.process_time()
    counts = np.array([boundary_counts(document, splitter(document.text)) for document in documents])
    seconds = time.process_time() - began
    draws = np.random.default_rng(_SEED).integers(len(counts), size=(_SAMPLES, len(counts)))
    f1_drawn = np.array([_f1(*counts[draw].sum(axis=0)) for draw in draws])
    right, predicted, gold = counts.sum(axis=0)
    return Score(100 * right / max(1, predicted), 100 * right / gold, _f1(right, predicted, gold), f1_drawn, seconds)


def _interval(drawn: np.ndarray) -> str:
    low, high = np.percentile(drawn, [2.5, 97.5])
    return f"{low:.2f} to {high:.2f}"


def _f1(right: int, predicted: int, gold: int) -> float:
    return 200 * right / max(1, predicted + gold)


def untrained_punkt() -> Splitter:
    """nltk's Punkt with no parameters: what it does before any training or download."""
    from nltk.tokenize.punkt import PunktSentenceTokenizer

    return PunktSentenceTokenizer().span_tokenize


def pysbd_english() -> Splitter:
    """pysbd's English rules, on the text as it is."""
    import pysbd

    segmenter = pysbd.Segmenter(language="en", clean=False, char_span=True)
    return lambda text: [_stripped(text, span.start, span.end) for span in segmenter.segment(text)]


def by_line(splitter: Splitter) -> Splitter:
    """A splitter that sees one line at a time."""

    def split_lines(text: str) -> Iterable[Span]:
        position = 0
        for line in text.splitlines(keepends=True):
            if line.strip():
                yield from (_stripped(text, position + start, position + end) for start, end in splitter(line))
            position += len(line)

    return split_lines


def _stripped(text: str, start: int, end: int) -> Span:
    return start, start + len(text[start:end].rstrip())


def main() -> None:
    if data_folder() is None:
        print("skipped: no benchmark data; set NEWSUM_DATA to its folder, or put it in ../shared/data")
        return
    punkt, pysbd = untrained_punkt(), pysbd_english()
    systems = {
        "newsum": split,
        "untrained Punkt, by line": by_line(punkt),
        "untrained Punkt, as it comes": punkt,
        "pysbd, by line": by_line(pysbd),
        "pysbd, as it comes": pysbd,
    }
    for name in ("gum_news", "ewt"):
        documents = load(name)
        print(f"\n{name}: {len(documents)} documents, {sum(len(d.ends) for d in documents)} boundaries")
        print(f"{'':30}{'precision':>10}{'recall':>8}{'F1':>8}{'interval':>17}{'behind newsum':>17}{'CPU s':>9}")
        scores = {system: measure(documents, splitter) for system, splitter in systems.items()}
        for system, score in scores.items():
            behind = "" if system == "newsum" else _interval(scores["newsum"].f1_drawn - score.f1_drawn)
            print(
                f"{system:30}{score.precision:10.2f}{score.recall:8.2f}{score.f1:8.2f}"
                f"{_interval(score.f1_drawn):>17}{behind:>17}{score.seconds:9.1f}"
            )


if __name__ == "__main__":
    main()
