"""Makes the labels and credits of a brief's lines again, by the rules and a judge, and says which come out otherwise.

In: a summary, the articles, a judge. Out: a `Failure` for each field that the same evidence does not give again.

What a line rests on is taken as it is stored: whether the articles have it is `Summary.verify`'s own question, and a
line whose evidence is not all there as it was is left alone here.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from newsum.articles import Article
from newsum.attribution.lines import SourceIndex
from newsum.audit.given import analyse_given
from newsum.audit.verdicts import credited, verdict_on
from newsum.briefs.parsing import GivenLine
from newsum.checking import StoryContext, StoryJudge, context_of
from newsum.checking.corrections import taken_back
from newsum.judging import Judge, described, load_judge
from newsum.planning.intake import prepared
from newsum.receipts import Failure, matched
from newsum.similarity.stories import StoryAnalysis
from newsum.summary import Evidence, Line, Summary
from newsum.text.analysis import analyse

__all__ = ["differences"]


def differences(summary: Summary, articles: Sequence[Article], judge: str | Path | Judge) -> Iterator[Failure]:
    """Each line's label and credits that the judge and the rules give otherwise.

    Raises:
        ArticleError: no article has text.
        CheckpointError: the judge's folder is not there or not whole.
    """
    loaded = load_judge(judge)
    story, _ = prepared(articles, "to check the lines against")
    name, asked = described(loaded)["name"], StoryJudge(loaded, story)
    index, context = SourceIndex(story), context_of(story)
    paired = zip(summary.sources, matched(summary.sources, story.story.articles), strict=True)
    now = {source.article: article for source, article in paired if article is not None}
    for number, line in enumerate(summary.lines):
        moved = _moved(line, now)
        if moved is None:
            continue
        again = _again(moved, story, index, context, asked)
        for field, stored, made in (
            ("support.label", line.support.label, again.support.label),
            ("outlets", line.outlets, again.outlets),
            ("also", line.also, again.also),
        ):
            if stored != made:
                told = f"{field} is {_shown(stored)}, but the rules and the judge {name} make it {_shown(made)}."
                yield Failure("field", number, "", f"Line {number + 1}: {told}")


def _moved(line: Line, now: Mapping[str, Article]) -> Line | None:
    """The line with the ids that its articles have now; None where its evidence does not all stand there."""
    everything = (*line.evidence, *line.corroboration)
    stands = all(
        (article := now.get(one.article)) is not None and article.text[one.start : one.end] == one.quote
        for one in everything
    )
    if not line.evidence or not stands:
        return None
    evidence, corroboration = (tuple(_of(one, now) for one in part) for part in (line.evidence, line.corroboration))
    return replace(line, evidence=evidence, corroboration=corroboration)


def _of(evidence: Evidence, now: Mapping[str, Article]) -> Evidence:
    origin = now.get(evidence.copy_of or "")
    return replace(evidence, article=now[evidence.article].id, copy_of=origin.id if origin else evidence.copy_of)


def _again(line: Line, story: StoryAnalysis, index: SourceIndex, context: StoryContext, asked: StoryJudge) -> Line:
    """The line with the label and the credits that it gets now."""
    (given,) = analyse_given([GivenLine(line.text, line.claimed)])
    judged = asked.of(given.without_printed_dates.text, line.evidence, line.corroboration)
    sentences = [analyse(one.quote) for one in line.evidence]
    support = verdict_on(given, line.evidence, sentences, index, context, judged).support
    if line.origin == "given":
        is_supported = support.label == "supported"
        if taken_back(given.whole, story.articles, is_supported=is_supported) is not None:
            support = replace(support, label="contradicted")
    return credited(replace(line, support=support), given, index, context, judged)


def _shown(value: str | tuple[str, ...]) -> str:
    return f"“{value}”" if isinstance(value, str) else ", ".join(value) or "nobody"
