"""Says what a line rests on, and whether it may stand: attribution, the judge and the verdict on one line.

In: a possible line, the story's sources. Out: `Found`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from newsum.attribution.lines import Attribution, SourceIndex, attribute_line
from newsum.checking import Judged, StoryContext, StoryJudge, Verdict, check, context_of, keeps_order, rests_on
from newsum.judging import Judge
from newsum.similarity.stories import StoryAnalysis
from newsum.summary import Evidence, Support
from newsum.text.analysis import Analysis, Passage
from newsum.text.dates import resolvable
from newsum.text.whole import is_sentence
from newsum.writing.options import Option, taken_over

__all__ = ["Found", "Sources", "found", "may_stand", "support_of", "with_outlets"]

_NAMES = 0.5  # the score of a sentence that only names a line's people


@dataclass(frozen=True, slots=True, eq=False)
class Sources:
    """What the lines of a story are checked against."""

    index: SourceIndex
    context: StoryContext
    judge: StoryJudge

    @classmethod
    def of(cls, story: StoryAnalysis, judge: Judge | None) -> "Sources":
        return cls(SourceIndex(story), context_of(story), StoryJudge(judge, story))


@dataclass(frozen=True, slots=True)
class Found:
    """A line with what it rests on, when that was published, and the verdict on it."""

    option: Option
    attribution: Attribution
    published: str | None
    support: Support
    judged: Judged | None


def found(option: Option, against: Sources, *, others: bool = True) -> Found:
    """What a line rests on, and the verdict on it; a sentence that does not bear the names put in goes without them.

    Args:
        others: ask the judge about each other outlet too, which only a line that is printed needs (`with_outlets`).
    """
    one = _found(option, against, others=others)
    if len(option.sources) > 1 and one.support.label != "supported":
        return _found(taken_over(option.sources[0], option.value), against, others=others)
    return one


def _found(option: Option, against: Sources, *, others: bool) -> Found:
    index = against.index
    own = attribute_line(option.analysis, index, prefer=option.sources[:1] or _claimed(option, index))
    own = replace(own, evidence=(*own.evidence, *_naming(option, own.evidence, index)))
    judged = against.judge.of(option.analysis.text, own.evidence, own.corroboration, others=others)
    evidence, corroboration, verdict = rests_on(
        own.evidence,
        own.corroboration,
        judged,
        lambda part: _verdict(option, option.analysis, part, against, judged),
    )
    return Found(option, Attribution(evidence, corroboration), index.published(evidence), verdict.support, judged)


def with_outlets(one: Found, against: Sources) -> Found:
    """A line that was found without `others`, the judge asked about these too; the verdict does not depend on them."""
    corroboration = one.attribution.corroboration
    return replace(one, judged=against.judge.with_outlets(one.judged, one.option.analysis.text, corroboration))


def support_of(found: Found, line: Analysis, against: Sources) -> Support:
    """The verdict on a line that was found, once its dates were put in."""
    option, evidence = found.option, found.attribution.evidence
    return _verdict(option, line, evidence, against, found.judged, unresolved=option.analysis).support


def _verdict(
    option: Option,
    line: Analysis,
    evidence: Sequence[Evidence],
    against: Sources,
    judged: Judged | None,
    unresolved: Analysis | None = None,
) -> Verdict:
    return check(
        line,
        evidence,
        against.index.analyses(evidence),
        dates=resolvable(against.index.published(evidence)),
        unresolved=unresolved,
        story=against.context,
        judged=judged,
        written=_is_written(option),
    )


def _is_written(option: Option) -> bool:
    """Whether a line is a model's own, and no sentence of the articles in which a name was filled in."""
    return option.origin == "model" and not option.sources


def may_stand(one: Found, index: SourceIndex) -> bool:
    """Whether a line may be printed as it is: one that a model wrote must be a sentence.

    Where no judge was asked, it must be in its sources' order too.
    """
    if one.support.label not in (("supported",) if one.judged else ("supported", "partly")):
        return False
    line, evidence = one.option.analysis, one.attribution.evidence
    if one.option.sources:
        return True
    return is_sentence(line.text) and (one.judged is not None or keeps_order(line, index.analyses(evidence)))


def _naming(option: Option, evidence: Sequence[Evidence], index: SourceIndex) -> Iterator[Evidence]:
    """The sentences that name the line's people, of the articles that it rests on, where they are not in it yet."""
    there = {(e.article, e.start) for e in evidence}
    for passage in option.sources[1:]:
        place = passage.article.id, passage.sentence.start
        if passage.article.id in {e.article for e in evidence} and place not in there:
            yield index.evidence(passage, _NAMES)
            there.add(place)


def _claimed(option: Option, index: SourceIndex) -> list[Passage]:
    """The sentences of the outlets that the model tagged a line with, the nearest first."""
    own = {key for key, label in index.labels.items() if label in option.claimed}
    return [p for _, p in index.scores(option.analysis) if p.sentence.article.id in own] if own else []
