"""Gives a line of somebody else's its verdict and its credits, whether it is checked or checked again.

In: a given line with its evidence, the story that it is of, what a judge thinks of it. Out: a `Verdict`; the line with
its credits.
"""

from collections.abc import Sequence

from newsum.attribution.credits import with_credits
from newsum.attribution.lines import SourceIndex
from newsum.audit.given import GivenAnalysis
from newsum.checking import Judged, StoryContext, Verdict, agreeing, check
from newsum.summary import Evidence, Line
from newsum.text.analysis import Analysis
from newsum.text.dates import resolvable

__all__ = ["credited", "verdict_on"]


def verdict_on(
    given: GivenAnalysis,
    evidence: Sequence[Evidence],
    sentences: Sequence[Analysis],
    index: SourceIndex,
    story: StoryContext | None,
    judged: Judged | None,
) -> Verdict:
    """The verdict on a line.

    Args:
        sentences: what is known of each quote of the evidence.
    """
    return check(
        given.whole,
        evidence,
        sentences,
        dates=resolvable(index.published(evidence)),
        unresolved=given.without_printed_dates,
        story=story,
        judged=judged,
    )


def credited(
    line: Line, given: GivenAnalysis, index: SourceIndex, story: StoryContext | None, judged: Judged | None
) -> Line:
    """The line with the credits that its evidence, its verdict and the judge give it."""
    around = index.around(line.corroboration) if judged else ()
    return with_credits(line, agreeing(judged, given.without_printed_dates, line.corroboration, around, story))
