"""A line and the story's articles in; the evidence it rests on, and who else says it, out.

Each source sentence is scored by how much of the line's weighted terms it covers (rare words, figures by
value, neighbouring words). Evidence is the smallest set that covers what can be covered, taken greedily
(weighted set cover, Chvátal 1979); corroboration is every other article with a sentence that says nearly
as much. Thresholds were fitted on SPARK's human alignments by benchmarks/attribution.py.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from newsum.articles import Sentence, Story
from newsum.coverage import origins
from newsum.readable import readable, stands_alone
from newsum.sentences import sentences
from newsum.similarity import Terms, cosine, cover, terms
from newsum.summary import Evidence

__all__ = ["Attribution", "SourceIndex", "attribute_line"]

# Fitted on SPARK's 375 aligned lines by a grid, both halves of the stories agreeing: article-set F1 .84, and .80
# once a line must be grounded (below) to be anybody's.
_LEAST = 0.1  # of a line's score; a best sentence below it only shares a word
_ADDS = 0.08  # of a line's weight that a further sentence must add to be evidence
_NEARLY = 0.48  # of the best sentence's score: another article that reaches it says the same
_GROUND = 0.2  # of a line's words, by weight, that its evidence must have; less is nobody's line
# Of 1,265 lines held against another fixture story's articles, 0.2% are credited by these two; 3% without.
_SHARED = 3  # words that one sentence has in common with the line, or
_MOSTLY = 0.4  # of the line's words, by weight, in one sentence
_EDITED = 0.15  # of a line's score that a carrier's edit of the agency's sentence may gain over it
_MOST = 4  # sentences of evidence; no line of a brief needs more


@dataclass(frozen=True, slots=True)
class Attribution:
    """What a line rests on, and the evidence in other articles that say the same."""

    evidence: tuple[Evidence, ...]
    corroboration: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class _Source:
    sentence: Sentence
    terms: Terms


class SourceIndex:
    """Every sentence of a story, found by its terms; made once, asked for each line."""

    def __init__(self, story: Story) -> None:
        self.story = story
        self.origins = origins(story.articles)
        self._sources: list[_Source] = []
        self._by_term: dict[str, list[int]] = {}
        for article in story.articles:
            for whole in sentences(article):
                sentence = readable(whole) or whole
                source = _Source(sentence, terms(sentence.text))
                for key in source.terms.weights:
                    self._by_term.setdefault(key, []).append(len(self._sources))
                self._sources.append(source)

    def scores(self, line: str) -> list[tuple[float, Sentence]]:
        """The sentences that share a term with the line, best first, each with its score 0..1."""
        wanted = terms(line)
        covered: dict[int, float] = {}
        for key, weight in wanted.weights.items():
            for number in self._by_term.get(key, ()):
                covered[number] = covered.get(number, 0.0) + weight
        scored = [(_score(wanted, self._sources[n].terms, w), n) for n, w in covered.items()]
        return [(score, self._sources[n].sentence) for score, n in sorted(scored, key=lambda item: (-item[0], item[1]))]

    def voices(self, line: str) -> tuple[Evidence, ...]:
        """The nearest sentence of each independent outlet to a line, where one is near at all."""
        best: dict[str, Evidence] = {}
        for score, sentence in self.scores(line):
            if score >= _LEAST:
                best.setdefault(self.origins[sentence.article.id], self.evidence(sentence, score))
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


def _score(line: Terms, source: Terms, covered: float) -> float:
    """Mostly the share of the line that the sentence covers; between equals, the closer sentence."""
    return 0.8 * (covered / line.total if line.total else 0.0) + 0.2 * cosine(line, source)


def attribute_line(line: str, index: SourceIndex, *, prefer: Iterable[Sentence] = ()) -> Attribution:
    """Find what a line rests on, from its own words.

    Args:
        prefer: sentences that the line was written from; between equals they go first.
    """
    preferred = {(s.article.id, s.start) for s in prefer}
    scored = [(s + 0.03 * ((x.article.id, x.start) in preferred), x) for s, x in index.scores(line)]
    scored.sort(key=lambda item: -item[0])
    if not scored or scored[0][0] < _LEAST:
        return Attribution((), ())
    chosen = _smallest_cover(terms(line), scored, index.origins)
    if not _is_grounded(terms(line), [terms(sentence.text) for _, sentence in chosen]):
        return Attribution((), ())
    evidence = tuple(index.evidence(sentence, score) for score, sentence in chosen)
    return Attribution(evidence, _corroboration(chosen, scored, index))


def _is_grounded(line: Terms, evidence: Sequence[Terms]) -> bool:
    """Whether the evidence says the line rather than shares its subject: enough in all, and enough in one place."""
    words = {key for key in line.weights if " " not in key}
    together = any(
        len(words & e.weights.keys()) >= _SHARED or cover(line, [e], pairs=False) >= _MOSTLY for e in evidence
    )
    return together and cover(line, evidence, pairs=False) >= _GROUND


def _smallest_cover(
    line: Terms, scored: Sequence[tuple[float, Sentence]], origin: Mapping[str, str]
) -> list[tuple[float, Sentence]]:
    """Greedy: the best sentence, then each that adds enough of what is still unsaid."""
    pool = [(score, sentence, terms(sentence.text)) for score, sentence in scored[:40]]
    best = pool[0]
    first = origin[best[1].article.id]  # a carrier's small edits must not take the credit from the agency
    chosen = [next((p for p in pool if p[1].article.id == first and p[0] > best[0] - _EDITED), best)]
    while len(chosen) < _MOST:
        have = cover(line, [t for _, _, t in chosen])
        rest = [p for p in pool if p not in chosen]
        gains = [(cover(line, [*(t for _, _, t in chosen), p[2]]) - have, p) for p in rest]
        gain, found = max(gains, key=lambda item: (item[0], item[1][0]), default=(0.0, None))
        if found is None or gain < _ADDS:
            break
        chosen.append(found)
    return [(score, sentence) for score, sentence, _ in chosen]


def _corroboration(
    chosen: Sequence[tuple[float, Sentence]], scored: Sequence[tuple[float, Sentence]], index: SourceIndex
) -> tuple[Evidence, ...]:
    """The best sentence of each other article that says nearly as much as the best evidence."""
    cited = {sentence.article.id for _, sentence in chosen}
    best: dict[str, tuple[float, Sentence]] = {}
    for score, sentence in scored:
        if sentence.article.id not in cited and score >= _NEARLY * scored[0][0]:
            best.setdefault(sentence.article.id, (score, sentence))
    return tuple(index.evidence(sentence, score) for score, sentence in best.values())
