"""Asks a judge about a line: whether what it rests on entails it, and whether each other outlet's own sentences do.

In: a judge, the story, a line with its evidence. Out: `Judged`.

A premise is the evidence of one or more articles, each headed by its outlet and day, its sentences in their order, and
in a second form with the sentence before each, which may tell who "he" or "the company" is. Of the first that entails
the line, sentences are then left out for as long as the rest still does: what is left is the smallest set that the line
rests on. Budget: at most `_SETS` premises of evidence, `_FEWER` with fewer sentences and `_OTHERS` of other outlets a
line, and one back to each of these that contradicts it; none of evidence where the line is one of its sentences.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from newsum.checking.citing import without_own_citations
from newsum.checking.one_writing import in_one_writing
from newsum.judging import Entailment, Judge, told
from newsum.judging.marking import marker_of
from newsum.similarity.stories import StoryAnalysis
from newsum.summary import Evidence
from newsum.text.analysis import ArticleAnalysis

__all__ = ["Judged", "StoryJudge", "besides"]

_SETS, _FEWER, _OTHERS = 3, 3, 4
_ENOUGH = 0.8  # how sure of a line the judge must be for no wider premise to be read
_OPEN = 0.5  # how sure it may be of the evidence at most, for a line to rest on what others say too
_NONE = Entailment(0.0, 1.0, 0.0)
# What the odds of "contradicted" against "neutral" are multiplied by: of the pairs that a judge learns one in five
# contradicts, of reports of one event hardly any (prior shift; Saerens and others 2002). Of 350 sentences of the kept
# tenth with the nearest one of another outlet the bundled judge calls 7% contradicted at .5, so 1%; of those with one
# fact turned 37%, so 17%.
_DENIALS = 0.03
_ASKED_BACK = 0.5  # how contradicted a line must be by another outlet, for the question to be asked the other way round
_CERTAIN = Entailment(1.0, 0.0, 0.0)  # a sentence says what it says; no judge need be asked
# Words and characters of a line: a judge is made for sentences, and what is longer is left to the rules. Of news a word
# is 1.3 tokens; what is no news has one for a character.
_MOST_WORDS, _MOST_CHARACTERS, _LONGEST_WORD = 100, 800, 30
_ABOVE = 6  # lines above one, that a premise may have
_BESIDE = 2  # other articles' sentences that the widest premise has beside the evidence


@dataclass(frozen=True, slots=True)
class Judged:
    """What a judge thinks of a line.

    Attributes:
        best: the answer to the premise that entails it most.
        outlets: article id -> the answer to what that article says of it, for the articles asked about.
        resting: the smallest set of what was asked about that entails it; all of the evidence where the judge is not
            sure of any.
    """

    best: Entailment
    outlets: Mapping[str, Entailment] = field(default_factory=dict)
    resting: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class _Set:
    """Sentences that together may entail a line.

    Attributes:
        beside: whether the one before each is read too.
        alone: which of them is the likeliest to entail it by itself.
    """

    evidence: tuple[Evidence, ...]
    beside: bool = False
    alone: int = 0


def besides(
    judged: Judged | None, evidence: Sequence[Evidence], corroboration: Sequence[Evidence]
) -> tuple[Evidence, ...]:
    """What else is on the same matter, once a line rests on what the judge left: one sentence an article."""
    resting = judged.resting if judged is not None and judged.resting else tuple(evidence)
    taken = {each.article for each in resting}
    others: dict[str, Evidence] = {}
    for each in (*evidence, *corroboration):
        if each.article not in taken:
            others.setdefault(each.article, each)
    return tuple(others.values())


class StoryJudge:
    """A judge with the articles of a story at hand.

    Args:
        judge: None where the rules alone decide. One that is there is not asked about other languages than English.

    Attributes:
        notices: what to tell the reader.
        marker: the judge, where it also reads lines as an editor does.
    """

    def __init__(self, judge: Judge | None, story: StoryAnalysis) -> None:
        reads = judge is None or story.is_english
        self.notices = () if reads else ("The judge was not asked: it reads English only.",)
        self._judge = judge if reads else None
        self.marker = marker_of(self._judge)
        self._answers: dict[tuple[str, str], Entailment] = {}  # a brief may say one thing five hundred times
        self._articles = {article.article.id: article for article in story.articles}
        self._labels = story.story.labels

    def of(
        self, line: str, evidence: Sequence[Evidence], corroboration: Sequence[Evidence] = (), *, others: bool = True
    ) -> Judged | None:
        """What the judge thinks of a line; None where it rests on nothing, is no sentence any more, or none is asked.

        Args:
            corroboration: evidence of other articles, nearest first.
            others: ask about these one by one too.
        """
        if self._judge is None or not evidence or not _is_sentence(line):
            return None
        line = without_own_citations(line, evidence)
        copied = next((each for each in evidence if line.split() == each.quote.split()), None)
        if copied is not None:
            judged = Judged(_CERTAIN, resting=(copied,))
        else:
            judged = self._resting(line, list(self._sets(evidence, corroboration))[:_SETS])
        return self.with_outlets(judged, line, besides(judged, evidence, corroboration)) if others else judged

    def _resting(self, line: str, sets: Sequence["_Set"]) -> Judged:
        """The answer to the set that entails the line most, and the smallest one that does."""
        best = _NONE
        for each in sets:
            answer = self._answer(line, each)
            adds = each.evidence == sets[0].evidence or best.entailed < _OPEN
            best = max(best, answer, key=lambda one: one.entailed)
            if answer.entailed >= _ENOUGH:
                return Judged(best, resting=self._fewer(line, each).evidence if adds else sets[0].evidence)
        return Judged(best, resting=sets[0].evidence)

    def _fewer(self, line: str, whole: "_Set") -> "_Set":
        """The set without what it need not have: one sentence alone, else one left out after the other."""
        alone = replace(whole, evidence=(whole.evidence[whole.alone],))
        if len(whole.evidence) < 2 or self._answer(line, alone).entailed >= _ENOUGH:
            return alone
        kept = whole
        for each in whole.evidence[:0:-1][: _FEWER - 1]:
            fewer = replace(kept, evidence=tuple(other for other in kept.evidence if other is not each))
            if self._answer(line, fewer).entailed >= _ENOUGH:
                kept = fewer
        return kept

    def _answer(self, line: str, one: "_Set") -> Entailment:
        (answer,) = self._ask([(in_one_writing(self._told(one.evidence, beside=one.beside), line), line)])
        return answer

    def _ask(self, pairs: Sequence[tuple[str, str]]) -> list[Entailment]:
        """The judge's answers; no pair is asked twice."""
        new = list(dict.fromkeys(pair for pair in pairs if pair not in self._answers))
        if self._judge is not None and new:
            self._answers |= zip(new, map(_of_reports, self._judge.entailment(new)), strict=True)
        return [self._answers[pair] for pair in pairs]

    def with_outlets(self, judged: Judged | None, line: str, corroboration: Sequence[Evidence]) -> Judged | None:
        """What is thought of a line, with the answer to what each other article says of it."""
        if self._judge is None or judged is None:
            return judged
        told_by = {e.article: in_one_writing(self._told([e], beside=True), line) for e in corroboration[:_OTHERS]}
        answers = self._ask([(premise, line) for premise in told_by.values()])
        quotes = {each.article: each.quote for each in corroboration}
        both = [self._both_ways(one, line, quotes[key]) for key, one in zip(told_by, answers, strict=True)]
        return replace(judged, outlets=dict(zip(told_by, both, strict=True)))

    def _both_ways(self, answer: Entailment, line: str, quote: str) -> Entailment:
        """The answer, as contradicted as the two are either way round, for neither can be true with the other."""
        if answer.contradicted < _ASKED_BACK or not _is_sentence(quote):
            return answer
        (back,) = self._ask([(line, quote)])
        denied = min(answer.contradicted, back.contradicted)
        return replace(answer, neutral=answer.neutral + answer.contradicted - denied, contradicted=denied)

    def among(self, line: str, above: Sequence[str]) -> Entailment | None:
        """The answer to what stands above a line in the same text; None where nothing does, or no judge is asked.

        A line that is entailed by it says nothing new, one that is contradicted cannot be true with it.
        """
        if self._judge is None or not above or not _is_sentence(line):
            return None
        (answer,) = self._ask([(" ".join(above[-_ABOVE:]), line)])
        return answer

    def _sets(self, evidence: Sequence[Evidence], corroboration: Sequence[Evidence]) -> Iterator["_Set"]:
        """The evidence as it stands, with what stands before it, and with what others say."""
        yield _Set(tuple(evidence))
        yield _Set(tuple(evidence), beside=True)
        carried = {each.copy_of for each in evidence if each.copy_of} | {each.article for each in evidence}
        others = [each for each in corroboration if each.article not in carried and each.copy_of not in carried]
        if others:
            yield _Set((*evidence, *others[:_BESIDE]), alone=len(evidence))  # the evidence does not, as asked

    def _told(self, evidence: Sequence[Evidence], *, beside: bool = False) -> str:
        by_article: dict[str, list[Evidence]] = {}
        for each in evidence:
            by_article.setdefault(each.article, []).append(each)
        return " ".join(self._of_article(self._articles[key], own, beside) for key, own in by_article.items())

    def _of_article(self, article: ArticleAnalysis, evidence: Sequence[Evidence], beside: bool) -> str:
        quotes = {self._place(article, each): each.quote for each in evidence}
        if beside:
            for place in list(quotes):
                if place > 0:
                    quotes.setdefault(place - 1, " ".join(article.sentences[place - 1].text.split()))
        text = " ".join(quotes[place] for place in sorted(quotes))
        return told(self._labels[article.article.id], text, article.article.published)

    @staticmethod
    def _place(article: ArticleAnalysis, evidence: Evidence) -> int:
        """Which of the article's sentences the evidence is, or is a part of."""
        ends = (n for n, passage in enumerate(article.sentences) if evidence.start < passage.sentence.end)
        return next(ends, len(article.sentences) - 1)


def _of_reports(answer: Entailment) -> Entailment:
    """A judge's answer as it is to be taken among reports of one event; how likely it is entailed stays."""
    left, denied = 1 - answer.entailed, answer.contradicted * _DENIALS
    if denied == 0:
        return answer
    share = denied / (denied + answer.neutral)
    return replace(answer, neutral=left * (1 - share), contradicted=left * share)


def _is_sentence(line: str) -> bool:
    words = line.split()
    return (
        len(words) <= _MOST_WORDS and len(line) <= _MOST_CHARACTERS and max(map(len, words), default=0) <= _LONGEST_WORD
    )
