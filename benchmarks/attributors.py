"""Credits lines to a story's articles: newsum and the simple ways beside it.

All see the same sentences. A baseline credits every article whose best sentence is at least half as like the line as
the story's best (the rule that suits TF-IDF best on SPARK; MiniLM's cosines are higher throughout, so 0.8 there).
"""

import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from benchmarks.minilm import encoder
from newsum.articles import Sentence, Story
from newsum.attribution.lines import SourceIndex, Weights, attribute_lines
from newsum.checking import StoryJudge, besides
from newsum.judging import Judge
from newsum.similarity.stories import analyse_story
from newsum.summary import Evidence
from newsum.text.analysis import analyse
from newsum.text.sentences import sentences
from newsum.text.words import words

__all__ = ["ATTRIBUTORS", "Attributor", "Credit", "by_newsum"]

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Credit:
    """Whom a line is credited to.

    Attributes:
        also: other articles' sentences that say the same.
        articles: the articles credited, where they are not just those of the sentences.
    """

    evidence: tuple[Evidence, ...]
    also: tuple[Evidence, ...] = ()
    articles: frozenset[str] | None = None


Attributor = Callable[[Story, Sequence[str]], list[Credit]]
Likeness = Callable[[Sequence[str], Sequence[str]], Floats]  # lines, sentences -> (lines, sentences)


def by_newsum(
    story: Story, lines: Sequence[str], *, weights: Weights | None = None, judge: Judge | None = None
) -> list[Credit]:
    """By the linear models, and a judge where one is given: it takes away what the rest entails without."""
    index = SourceIndex(known := analyse_story(story), weights=weights)
    asked, found = StoryJudge(judge, known), attribute_lines(list(map(analyse, lines)), index)
    credits = []
    for text, one in zip(lines, found, strict=True):
        judged = asked.of(text, one.evidence, one.corroboration, others=False)
        resting = judged.resting if judged else one.evidence
        credits.append(
            Credit(resting, besides(judged, one.evidence, one.corroboration) if judged else one.corroboration)
        )
    return credits


def _all(story: Story, lines: Sequence[str]) -> list[Credit]:
    """Every article; its first sentence stands for it, the first article's first."""
    firsts = [own[0] for own in map(sentences, story.articles) if own]
    everyone = tuple(_evidence(sentence, 1 - n / len(firsts)) for n, sentence in enumerate(firsts))
    return [Credit(everyone[:1], everyone[1:]) for _ in lines]


def _first(story: Story, lines: Sequence[str]) -> list[Credit]:
    """The first article, by its first sentence."""
    return [Credit(credit.evidence) for credit in _all(story, lines)]


def _alike(likeness: Likeness, least: float) -> Attributor:
    """Every article whose best sentence is at least so much of the story's best."""

    def attribute(story: Story, lines: Sequence[str]) -> list[Credit]:
        whole = [sentence for article in story.articles for sentence in sentences(article)]
        return [_credit(row, whole, least) for row in likeness(lines, [s.text for s in whole])]

    return attribute


def _credit(row: Floats, whole: Sequence[Sentence], least: float) -> Credit:
    best: dict[str, int] = {}
    for number in np.argsort(-row, kind="stable"):
        best.setdefault(whole[number].article.id, int(number))
    kept = [n for n in best.values() if row[n] >= least * row.max()]
    found = tuple(_evidence(whole[n], float(row[n])) for n in kept)
    return Credit(found[:1], found[1:])


def _evidence(sentence: Sentence, score: float) -> Evidence:
    article = sentence.article
    return Evidence(article.id, article.outlet, sentence.start, sentence.end, sentence.text, score)


# --- likenesses -------------------------------------------------------------------------------------------


def tfidf(lines: Sequence[str], texts: Sequence[str]) -> Floats:
    """Cosine of words and pairs of words, weighted by their inverse frequency among the texts."""
    documents = [_grams(text) for text in texts]
    held = Counter(gram for document in documents for gram in document)
    weight = {gram: math.log((1 + len(texts)) / (1 + n)) + 1 for gram, n in held.items()}
    column = {gram: number for number, gram in enumerate(weight)}

    def matrix(of: Iterable[Mapping[str, int]], rows: int) -> Floats:
        found = np.zeros((rows, len(column)))
        for row, counts in zip(found, of, strict=True):
            for gram in counts.keys() & column.keys():
                row[column[gram]] = counts[gram] * weight[gram]
        return found / np.maximum(np.linalg.norm(found, axis=1, keepdims=True), 1e-9)

    return matrix(map(_grams, lines), len(lines)) @ matrix(documents, len(documents)).T


def _grams(text: str) -> Counter[str]:
    forms = [word.form.casefold() for word in words(text)]
    return Counter([*forms, *(f"{left} {right}" for left, right in pairwise(forms))])


def rouge_l(lines: Sequence[str], texts: Sequence[str]) -> Floats:
    """F1 of the longest common subsequence of stems."""
    keys = [[word.key for word in words(text)] for text in texts]
    return np.array([[_subsequence([w.key for w in words(line)], own) for own in keys] for line in lines])


def _subsequence(left: Sequence[str], right: Sequence[str]) -> float:
    longest = [0] * (len(right) + 1)
    for one in left:
        diagonal = 0
        for place, other in enumerate(right, start=1):
            above = longest[place]
            longest[place] = diagonal + 1 if one == other else max(above, longest[place - 1])
            diagonal = above
    return 2 * longest[-1] / max(1, len(left) + len(right))


def _minilm() -> Attributor:
    """Raises MissingExtra where the model is not installed."""
    encoded = encoder()
    return _alike(lambda lines, texts: np.maximum(0.0, encoded(lines) @ encoded(texts).T), 0.8)


ATTRIBUTORS: dict[str, Callable[[], Attributor]] = {
    "credit all": lambda: _all,
    "the first article": lambda: _first,
    "TF-IDF": lambda: _alike(tfidf, 0.5),
    "ROUGE-L": lambda: _alike(rouge_l, 0.5),
    "MiniLM cosine": _minilm,
}
