"""Finds the evidence that a line rests on in a story's articles, and who else says it.

Four small linear models weigh what matching.py, grounding.py and corroborating.py find: whether the story says a line
at all, how likely the line was written from a sentence, how likely each article says it or a part of it, and how likely
one says all of it. recipes.attribution fitted them on SPARK's human alignments, editors' summaries and pairs of a line
and another article that readers marked; newsum/attribution/attribution.json holds their numbers.

Evidence is the likeliest sentence and, greedily, those of the articles believed that add to what is said (weighted set
cover, Chvátal 1979); corroboration is the likeliest sentence of every other article believed.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from newsum.attribution.corroborating import WHOLE, whole
from newsum.attribution.grounding import SAID, lacks, said
from newsum.attribution.matching import ARTICLE, SENTENCE, Match, Matcher
from newsum.outlets.citations import without_citations
from newsum.similarity.stories import StoryAnalysis
from newsum.summary import Evidence
from newsum.text.analysis import Analysis, Passage, analyse
from newsum.text.leaning import stands_alone

__all__ = ["Attribution", "SourceIndex", "Weights", "attribute_line", "attribute_lines"]

_WEIGHTS = Path(__file__).parent / "attribution.json"

# Probability that an article says a line or a part of it, or that a sentence is what it was written from
_BELIEVED = 0.5
_ADDS = 0.12  # of a line's weight that a further sentence must add to be evidence; the fixtures' F1 is .77, at .16 .75
_MOST = 4  # sentences of evidence; no line of a brief needs more
_PREFERRED = 0.7  # log odds: a sentence that the line was written from goes first where another says it as well
_EDITED = 0.15  # of a score that a carrier's edit of the agency's sentence may gain over it
# Log odds that a line gains where the story says all other lines of its text: one line in fifty of a text that is given
# with its articles is taken to be of another story. Half of that where the line names what the story lacks.
_COMPANY, _LACKING = 4.0, 0.5
_FEW = 2  # lines more that a text must have for half of that
_LEAST = 0.1  # of a likeness; a nearest sentence below it only shares a word

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Attribution:
    """What a line rests on, and the evidence in other articles that say the same."""

    evidence: tuple[Evidence, ...]
    corroboration: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Weights:
    """The models as plain numbers.

    Attributes:
        sentence: (SENTENCE,), for the logarithm of the odds that a line was written from a sentence.
        score: (2,), what makes a probability of those odds: a factor and a constant.
        article: (ARTICLE and a constant,).
        said: (SAID and a constant,).
        whole: (WHOLE and a constant,).
    """

    sentence: Floats
    score: Floats
    article: Floats
    said: Floats
    whole: Floats

    @classmethod
    def from_dict(cls, stored: Mapping[str, Any]) -> "Weights":
        return cls(*(np.array(stored[name], dtype=float) for name in ("sentence", "score", "article", "said", "whole")))

    def scores(self, odds: Floats) -> Floats:
        """The probability that a line was written from each sentence."""
        return _probability(self.score[0] * odds + self.score[1])

    def believed(self, articles: Floats) -> Floats:
        """The probability that each article says the line or a part of it."""
        return _probability(articles @ self.article[:-1] + self.article[-1])

    def says_all(self, whole: Floats) -> Floats:
        """The probability that each article says all of the line."""
        return _probability(whole @ self.whole[:-1] + self.whole[-1])

    def grounds(self, said: Floats) -> float:
        """The logarithm of the odds that a story says a line, before its company is known; from 0 on it does."""
        return float(said @ self.said[:-1] + self.said[-1])


def _probability(logit: Floats) -> Floats:
    result: Floats = 1 / (1 + np.exp(-np.clip(logit, -30, 30)))
    return result


@cache
def _fitted() -> Weights:
    stored = json.loads(_WEIGHTS.read_text(encoding="utf-8"))
    known = {"sentence": SENTENCE, "article": ARTICLE, "said": SAID, "whole": WHOLE}
    assert {name: tuple(of) for name, of in stored["features"].items()} == known
    return Weights.from_dict(stored)


class SourceIndex:
    """Every sentence of a story, found by its terms; made once, asked for each line.

    Args:
        weights: other models than the shipped ones, for cross-validation.

    Attributes:
        sentences: the part of each that can stand in a brief, else the whole of it.
        labels: article id -> the name to credit.
    """

    def __init__(self, story: StoryAnalysis, *, weights: Weights | None = None) -> None:
        self.story = story.story
        self.origins = story.origins
        self.labels = self.story.labels
        self._weights = weights
        self.sentences: list[Passage] = []
        self._can_stand: list[bool] = []
        self._numbers: list[int] = []  # of their articles, of those with a sentence
        self._places: list[int] = []
        for number, article in enumerate(a for a in story.articles if a.sentences):
            self._numbers += [number] * len(article.sentences)
            self._places += range(len(article.sentences))
            parts = zip(article.readable, article.sentences, strict=True)
            self.sentences += [part or whole for part, whole in parts]
            self._can_stand += [part is not None for part in article.readable]
        taken_back = [correction.passage for article in story.articles for correction in article.corrections]
        self._at = {_place(passage): passage for passage in (*taken_back, *self.sentences)}
        self._number_of = {_place(passage): n for n, passage in enumerate(self.sentences)}

    @property
    def weights(self) -> Weights:
        return self._weights or _fitted()

    @cached_property
    def matcher(self) -> Matcher:
        return Matcher([passage.analysis for passage in self.sentences], self._numbers, self._places)

    def are(self, passages: Iterable[Passage]) -> NDArray[np.bool_]:
        """(sentences,): which of the sentences these are."""
        found = np.zeros(len(self.sentences), dtype=bool)
        found[[n for passage in passages if (n := self._number_of.get(_place(passage))) is not None]] = True
        return found

    def analyses(self, evidence: Iterable[Evidence]) -> list[Analysis]:
        """What is known of the sentences that this index gave as evidence."""
        return [self._at[e.article, e.start].analysis for e in evidence]

    def around(self, evidence: Iterable[Evidence]) -> list[list[Analysis]]:
        """For each sentence that this index gave as evidence: that before it in its article, itself, and that after."""
        found = []
        for each in evidence:
            n = self._number_of.get((each.article, each.start))
            near = [] if n is None else self.sentences[max(0, n - 1) : n + 2]
            found.append([passage.analysis for passage in near if passage.article.id == each.article])
        return found

    def said(self, line: Analysis, match: Match | None = None) -> Floats:
        """(SAID,); whom a line cites ("Reuters reports") is no part of what it says.

        Args:
            match: the line's, where it is at hand.
        """
        bare = without_citations(line.text)
        if bare != line.text:
            match = self.matcher.match(analyse(bare))
        return said(match or self.matcher.match(line), self.matcher)

    def scores(self, line: Analysis) -> list[tuple[float, Passage]]:
        """The sentences that share a term with the line, nearest first, each with its likeness 0..1."""
        return [(score, self.sentences[n]) for score, n in self._ranked(line)]

    def _ranked(self, line: Analysis) -> list[tuple[float, int]]:
        likeness = self.matcher.likeness(line)
        nearest = np.argsort(-likeness, kind="stable").tolist()
        return [(float(likeness[n]), n) for n in nearest if likeness[n] > 0]

    def published(self, evidence: Iterable[Evidence]) -> str | None:
        """When the article of the first evidence was; None where that is not known."""
        first = next(iter(evidence), None)
        return next((a.published for a in self.story.articles if first is not None and a.id == first.article), None)

    def nearest(self, line: Analysis) -> list[Passage]:
        """The sentences that could stand in a line's place, nearest first."""
        best = [n for score, n in self._ranked(line)[:10] if score >= _LEAST]
        return [self.sentences[n] for n in best if self._can_stand[n] and stands_alone(self.sentences[n].text)]

    def evidence(self, passage: Passage, score: float) -> Evidence:
        """A sentence as evidence, with the name to credit and the origin whose text it carries."""
        sentence, article = passage.sentence, passage.article
        origin = self.origins[article.id]
        return Evidence(
            article=article.id,
            outlet=self.labels[article.id],
            start=sentence.start,
            end=sentence.end,
            quote=passage.text,
            score=round(min(1.0, score), 4),
            copy_of=None if origin == article.id else origin,
        )


def _place(passage: Passage) -> tuple[str, int]:
    return passage.article.id, passage.sentence.start


def attribute_line(line: Analysis, index: SourceIndex, *, prefer: Iterable[Passage] = ()) -> Attribution:
    """Find what a line rests on, from its own words.

    Args:
        prefer: sentences that the line was written from; between equals they go first.
    """
    return attribute_lines([line], index, prefer=[prefer])[0]


def attribute_lines(
    lines: Sequence[Analysis], index: SourceIndex, *, prefer: Sequence[Iterable[Passage]] = ()
) -> list[Attribution]:
    """Find what each line of one text rests on.

    Where the story says most of the other lines, a line that tells little by itself ("Not so, say the unions.") is
    taken to be of the story too; less readily where it has names or figures that the story lacks.

    Args:
        prefer: for each line, sentences that it was written from; between equals they go first.
    """
    if not index.sentences:
        return [Attribution((), ())] * len(lines)
    once = {line.text: line for line in lines}  # a text may say one thing five hundred times
    found = {text: index.matcher.match(line) for text, line in once.items()}
    borne = {text: index.weights.grounds(index.said(line, found[text])) for text, line in once.items()}
    matches, grounds = [found[line.text] for line in lines], [borne[line.text] for line in lines]
    gains = [(_LACKING if lacks(match) else 1.0) * _COMPANY * _share(grounds, n) for n, match in enumerate(matches)]
    is_said = [own + gain >= 0 for own, gain in zip(grounds, gains, strict=True)]
    told_once = {line.text for line, told in zip(lines, is_said, strict=True) if told and not prefer}
    plain = {text: _attributed(once[text], found[text], index, ()) for text in told_once}
    return [
        Attribution((), ()) if not told else plain[line.text] if plain else _attributed(line, match, index, chosen)
        for line, match, told, chosen in zip(lines, matches, is_said, prefer or [()] * len(lines), strict=True)
    ]


def _share(grounds: Sequence[float], number: int) -> float:
    """The share of a text's other lines that the story says by themselves; a few lines count for less."""
    others = [*grounds[:number], *grounds[number + 1 :]]
    return sum(one >= 0 for one in others) / (len(others) + _FEW)


def _attributed(line: Analysis, match: Match, index: SourceIndex, prefer: Iterable[Passage]) -> Attribution:
    weights = index.weights
    odds = match.sentences @ weights.sentence
    scores = weights.scores(odds + _PREFERRED * index.are(prefer))
    articles = index.matcher.articles_of(match, odds)
    believed = weights.believed(articles) >= _BELIEVED
    weight = match.rarity / max(float(match.rarity.sum()), 1e-9)
    chosen = _smallest_cover(match, weight, scores, believed[index.matcher.article], index)
    believed[index.matcher.article[chosen]] = False
    others = np.flatnonzero(believed)
    same = [int(np.argmax(np.where(index.matcher.article == number, scores, -1.0))) for number in others]
    says = weights.says_all(whole(match, index.matcher, line.terms, same, articles)) if same else np.zeros(0)
    return Attribution(
        tuple(index.evidence(index.sentences[n], float(scores[n])) for n in chosen),
        tuple(index.evidence(index.sentences[same[n]], float(says[n])) for n in np.argsort(-says, kind="stable")),
    )


def _smallest_cover(
    match: Match, weight: Floats, scores: Floats, believed: NDArray[np.bool_], index: SourceIndex
) -> list[int]:
    """Greedy: the likeliest sentence, then each that adds enough of what is still unsaid."""
    chosen = [_original(int(scores.argmax()), scores, index)]
    said = match.alike[chosen[0]].copy()
    may_add = believed | (scores >= _BELIEVED)
    while len(chosen) < _MOST:
        may_add |= index.matcher.article == index.matcher.article[chosen[-1]]
        gains = np.where(may_add, np.maximum(match.alike - said, 0.0) @ weight, 0.0)
        best = int(gains.argmax())
        if gains[best] < _ADDS:
            break
        chosen.append(best)
        said = np.maximum(said, match.alike[best])
    return chosen


def _original(best: int, scores: Floats, index: SourceIndex) -> int:
    """The agency's sentence where the likeliest is a carrier's: small edits must not take the credit from it.

    An edit that puts in a name or figure ("the country's" -> "Osterland's") is the carrier's own.
    """
    own_id = index.sentences[best].article.id
    origin = index.origins[own_id]
    if origin == own_id:
        return best
    own = [n for n, passage in enumerate(index.sentences) if passage.article.id == origin]
    first = max(own, key=lambda n: scores[n], default=best)
    alike = scores[first] > scores[best] - _EDITED
    return first if alike and _facts(index.sentences[best]) <= _facts(index.sentences[first]) else best


def _facts(passage: Passage) -> set[str | float]:
    """A sentence's names, by their words, and the values of its figures."""
    found = passage.analysis
    return {key for name in found.names for key in name.keys} | {n.value for n in found.quantities}
