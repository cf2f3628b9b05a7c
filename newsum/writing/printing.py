"""Prints the lines that stand: dates resolved, credits given, paragraphs, the title that fits.

In: `Found` lines. Out: `Printed` lines as a summary has them.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from newsum.attribution.credits import with_credits
from newsum.checking import Judged, agreeing
from newsum.similarity.counts import running, supersedes
from newsum.similarity.stories import StoryAnalysis
from newsum.similarity.terms import cosine
from newsum.summary import Line
from newsum.text.analysis import Analysis, analyse
from newsum.text.dates import DateResolver
from newsum.writing.standing import Found, Sources, support_of

__all__ = ["Printed", "paragraphs", "printed", "title_of"]

_NO_TITLE = analyse("")
_ONE_PARAGRAPH = 100  # words; a shorter brief has one
_PARAGRAPH = 40  # words, from which the next line begins another
_SHORT = 20  # words, from which a line does that shares nothing with those before it in the paragraph
_SHARES = 0.06  # cosine of terms


@dataclass(frozen=True, slots=True)
class Printed:
    """A line of the summary and what is known of its text."""

    line: Line
    analysis: Analysis
    judged: Judged | None


def printed(found: Sequence[Found], against: Sources) -> tuple[Printed, ...]:
    """The lines as they are printed."""
    dates = DateResolver()
    lines = [_line(one, against, dates) for one in found]
    places = paragraphs([one.analysis for one in lines])
    return tuple(
        replace(one, line=replace(one.line, paragraph=place)) for one, place in zip(lines, places, strict=True)
    )


def paragraphs(lines: Sequence[Analysis]) -> list[int]:
    """The paragraph of each line, from 0: one thought each, some 40 words, in a brief of 100 words or more."""
    if sum(line.size for line in lines) < _ONE_PARAGRAPH:
        return [0] * len(lines)
    begins: list[bool] = []
    current: list[Analysis] = []
    for line in lines:
        size = sum(one.size for one in current)
        apart = size >= _SHORT and max(cosine(line.terms, one.terms) for one in current) < _SHARES
        begins.append(size >= _PARAGRAPH or apart)
        current = [line] if begins[-1] else [*current, line]
    return list(accumulate(map(int, begins)))


def _line(found: Found, against: Sources, dates: DateResolver) -> Printed:
    line, evidence = found.option.analysis, found.attribution.evidence
    resolved = dates.resolve(line.text, found.published) if evidence else line.text
    support = found.support
    if resolved != line.text:
        line = analyse(resolved)
        support = support_of(line, evidence, against, found.published, found.judged, found.option.analysis)
    origin, claimed = found.option.origin, found.option.claimed
    if support.label == "unsupported":  # nobody said it, so nobody is credited
        return Printed(Line(resolved, support=support, origin=origin, claimed=claimed), line, found.judged)
    resting = Line(resolved, evidence, found.attribution.corroboration, support, origin, claimed)
    corroboration = found.attribution.corroboration
    around = against.index.around(corroboration) if found.judged else ()
    entailed = agreeing(found.judged, found.option.analysis, corroboration, around, against.context)
    return Printed(with_credits(resting, entailed), line, found.judged)


def title_of(story: StoryAnalysis, lines: Sequence[Analysis]) -> str:
    """The headline, verbatim, that says most of what the brief says and no older death toll; a story's own first."""
    if story.story.title:
        return story.story.title
    brief = (lines[0] if len(lines) == 1 else analyse(" ".join(line.text for line in lines))).terms
    figures = [running(line) for line in lines]
    titles = [article.title for article in story.articles if article.title.text]
    current = [t for t in titles if not any(supersedes(told, running(t)) for told in figures)]
    return max(current or titles, key=lambda title: cosine(title.terms, brief), default=_NO_TITLE).text
