"""A line and the story's articles in; the evidence it rests on, and who else says it, out.

Three small linear models weigh what newsum/matching.py and newsum/grounding.py find: whether the story says a line at
all, how likely the line was written from a sentence, and how likely each article says it or a part of it.
recipes.attribution fitted them on SPARK's human alignments and editors' summaries;
newsum/attribution/attribution.json holds their numbers. Evidence is the likeliest sentence and, greedily, those of the
articles believed that add to what is said (weighted set cover, Chvátal 1979); corroboration is the likeliest sentence
of every other article believed.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from newsum.articles import Sentence, Story
from newsum.attribution.grounding import SAID, lacks, said
from newsum.attribution.matching import ARTICLE, SENTENCE, Match, Matcher
from newsum.outlets.citations import without_citations
from newsum.similarity.origins import origins
from newsum.summary import Evidence
from newsum.text.readable import readable, stands_alone
from newsum.text.sentences import sentences
from newsum.text.words import names, numbers

__all__ = ["Attribution", "SourceIndex", "Weights", "attribute_line", "attribute_lines"]

_WEIGHTS = Path(__file__).parent / "attribution.json"

# Probability that an article says a line or a part of it, or that a sentence is what it was written from
_BELIEVED = 0.5
_ADDS = 0.12  # of a line's weight that a further sentence must add to be evidence; the fixtures' F1 is .77, at .16 .75
_MOST = 4  # sentences of evidence; no line of a brief needs more
_PREFERRED = 0.7  # log odds: a sentence that the line was written from goes first where another says it as well
_EDITED = 0.15  # of a score that a carrier's edit of the agency's sentence may gain over it
# Of a line's weight: who has less of it in its words says the same less surely, though the line may be taken from it.
# With the bar of `Line.also`, who has .45 is named: in briefs of 12 real stories 28 others are not, 22 of whom said
# something else or only a part.
_AGREES = 0.6
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
    """

    sentence: Floats
    score: Floats
    article: Floats
    said: Floats

    @classmethod
    def from_dict(cls, stored: Mapping[str, Any]) -> "Weights":
        return cls(*(np.array(stored[name], dtype=float) for name in ("sentence", "score", "article", "said")))

    def scores(self, odds: Floats) -> Floats:
        """The probability that a line was written from each sentence."""
        return _probability(self.score[0] * odds + self.score[1])

    def believed(self, articles: Floats) -> Floats:
        """The probability that each article says the line or a part of it."""
        return _probability(articles @ self.article[:-1] + self.article[-1])

    def grounds(self, said: Floats) -> float:
        """The logarithm of the odds that a story says a line, before its company is known; from 0 on it does."""
        return float(said @ self.said[:-1] + self.said[-1])


def _probability(logit: Floats) -> Floats:
    result: Floats = 1 / (1 + np.exp(-np.clip(logit, -30, 30)))
    return result


@cache
def _fitted() -> Weights:
    stored = json.loads(_WEIGHTS.read_text(encoding="utf-8"))
    known = {"sentence": SENTENCE, "article": ARTICLE, "said": SAID}
    assert {name: tuple(of) for name, of in stored["features"].items()} == known
    return Weights.from_dict(stored)


class SourceIndex:
    """Every sentence of a story, found by its terms; made once, asked for each line.

    Args:
        weights: other models than the shipped ones, for cross-validation.
    """

    def __init__(self, story: Story, *, weights: Weights | None = None) -> None:
        self.story = story
        self.origins = origins(story.articles)
        self._weights = weights
        self.sentences: list[Sentence] = []
        self._numbers: list[int] = []  # of their articles, of those with a sentence
        self._places: list[int] = []
        for own in filter(None, map(sentences, story.articles)):
            self._numbers += [self._numbers[-1] + 1 if self._numbers else 0] * len(own)
            self._places += range(len(own))
            self.sentences += [readable(whole) or whole for whole in own]

    @property
    def weights(self) -> Weights:
        return self._weights or _fitted()

    @cached_property
    def matcher(self) -> Matcher:
        return Matcher([s.text for s in self.sentences], self._numbers, self._places)

    def said(self, line: str, match: Match | None = None) -> Floats:
        """(SAID,); whom a line cites ("Reuters reports") is no part of what it says.

        Args:
            match: the line's, where it is at hand.
        """
        bare = without_citations(line)
        return said(match if match and bare == line else self.matcher.match(bare), self.matcher)

    def scores(self, line: str) -> list[tuple[float, Sentence]]:
        """The sentences that share a term with the line, nearest first, each with its likeness 0..1."""
        likeness = self.matcher.likeness(line)
        nearest = np.argsort(-likeness, kind="stable").tolist()
        return [(float(likeness[n]), self.sentences[n]) for n in nearest if likeness[n] > 0]

    def published(self, evidence: Iterable[Evidence]) -> str | None:
        """When the article of the first evidence was; None where that is not known."""
        first = next(iter(evidence), None)
        return next((a.published for a in self.story.articles if first is not None and a.id == first.article), None)

    def voices(self, line: str) -> tuple[Evidence, ...]:
        """The nearest sentence of each independent outlet to a line, where one is near at all."""
        best: dict[str, Evidence] = {}
        for score, sentence in self.scores(line):
            if score >= _LEAST and (origin := self.origins[sentence.article.id]) not in best:
                best[origin] = self.evidence(sentence, score)
        return tuple(best.values())

    def nearest(self, line: str) -> list[Sentence]:
        """The sentences that could stand in a line's place, nearest first."""
        best = [s for score, s in self.scores(line)[:10] if score >= _LEAST]
        return [s for s in best if readable(s) is not None and stands_alone(s.text)]

    def evidence(self, sentence: Sentence, score: float) -> Evidence:
        """A sentence as evidence, with the name to credit and the origin whose text it carries."""
        article = sentence.article
        origin = self.origins[article.id]
        return Evidence(
            article=article.id,
            outlet=self.story.labels[article.id],
            start=sentence.start,
            end=sentence.end,
            quote=sentence.text,
            score=round(min(1.0, score), 4),
            copy_of=None if origin == article.id else origin,
        )


def attribute_line(line: str, index: SourceIndex, *, prefer: Iterable[Sentence] = ()) -> Attribution:
    """Find what a line rests on, from its own words.

    Args:
        prefer: sentences that the line was written from; between equals they go first.
    """
    return attribute_lines([line], index, prefer=[prefer])[0]


def attribute_lines(
    lines: Sequence[str], index: SourceIndex, *, prefer: Sequence[Iterable[Sentence]] = ()
) -> list[Attribution]:
    """Find what each line of one text rests on.

    Where the story says most of the other lines, a line that tells little by itself ("Not so, say the unions.") is
    taken to be of the story too; less readily where it has names or figures that the story lacks.

    Args:
        prefer: for each line, sentences that it was written from; between equals they go first.
    """
    if not index.sentences:
        return [Attribution((), ())] * len(lines)
    matches = [index.matcher.match(line) for line in lines]
    grounds = [index.weights.grounds(index.said(line, match)) for line, match in zip(lines, matches, strict=True)]
    gains = [(_LACKING if lacks(match) else 1.0) * _COMPANY * _share(grounds, n) for n, match in enumerate(matches)]
    is_said = [own + gain >= 0 for own, gain in zip(grounds, gains, strict=True)]
    return [
        _attributed(match, index, chosen) if told else Attribution((), ())
        for match, told, chosen in zip(matches, is_said, prefer or [()] * len(lines), strict=True)
    ]


def _share(grounds: Sequence[float], number: int) -> float:
    """The share of a text's other lines that the story says by themselves; a few lines count for less."""
    others = [*grounds[:number], *grounds[number + 1 :]]
    return sum(one >= 0 for one in others) / (len(others) + _FEW)


def _attributed(match: Match, index: SourceIndex, prefer: Iterable[Sentence]) -> Attribution:
    weights = index.weights
    odds = match.sentences @ weights.sentence
    scores = weights.scores(odds + _PREFERRED * _are_preferred(index, prefer))
    believed = weights.believed(index.matcher.articles_of(match, odds)) >= _BELIEVED
    weight = match.rarity / max(float(match.rarity.sum()), 1e-9)
    chosen = _smallest_cover(match, weight, scores, believed[index.matcher.article], index)
    believed[index.matcher.article[chosen]] = False
    others = np.flatnonzero(believed)
    same = [int(np.argmax(np.where(index.matcher.article == number, scores, -1.0))) for number in others]
    agreed = scores * np.minimum(1.0, match.has @ weight / _AGREES)
    same.sort(key=lambda n: -agreed[n])
    return Attribution(
        tuple(index.evidence(index.sentences[n], float(scores[n])) for n in chosen),
        tuple(index.evidence(index.sentences[n], float(agreed[n])) for n in same),
    )


def _are_preferred(index: SourceIndex, prefer: Iterable[Sentence]) -> NDArray[np.bool_]:
    wanted = {(s.article.id, s.start) for s in prefer}
    return np.array([(s.article.id, s.start) in wanted for s in index.sentences], dtype=bool)


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
    origin = index.origins[index.sentences[best].article.id]
    if origin == index.sentences[best].article.id:
        return best
    own = [n for n, s in enumerate(index.sentences) if s.article.id == origin]
    first = max(own, key=lambda n: scores[n], default=best)
    alike = scores[first] > scores[best] - _EDITED
    return first if alike and _facts(index.sentences[best]) <= _facts(index.sentences[first]) else best


def _facts(sentence: Sentence) -> set[str | float]:
    """A sentence's names, by their words, and the values of its figures."""
    return {key for name in names(sentence.text) for key in name.keys} | {n.value for n in numbers(sentence.text)}
