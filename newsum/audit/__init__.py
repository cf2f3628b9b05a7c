"""Checks somebody else's brief: finds what each of its lines rests on, and what is wrong with it.

In: the brief as text or as lines, and the articles.
Out: a `Summary` whose lines keep their words, lose their tags to `Line.claimed`, and get the evidence, corroboration
and support that newsum's own lines get. No model is needed.

parsing.py takes the text apart, outlet_tags.py knows the outlets' names in it; newsum.checking finds what speaks
against a line, and faults.py shows that, and what is wrong with the credits.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import replace
from importlib.metadata import version

from newsum.articles import Article, Story
from newsum.attribution.credits import with_credits
from newsum.attribution.lines import Attribution, SourceIndex, attribute_lines
from newsum.audit.bounds import beginning, in_parts
from newsum.audit.faults import JudgedLine, find_faults
from newsum.audit.given import GivenAnalysis, analyse_given
from newsum.audit.outlet_tags import Outlets
from newsum.audit.parsing import GivenLine, read_brief
from newsum.checking import Entailment, StoryContext, Verdict, check, context_of, disagreements
from newsum.errors import SettingsError
from newsum.outlets.citations import citations
from newsum.planning.intake import prepared
from newsum.summary import Evidence, Line, Source, Summary
from newsum.system.threads import one_thread
from newsum.text.analysis import Analysis, Passage
from newsum.text.dates import resolvable
from newsum.text.language import looks_english

__all__ = ["attribute", "evidence_of", "line_of"]


def attribute(
    text: str | Sequence[str], articles: Story | Iterable[Article], *, entailment: Entailment | None = None
) -> Summary:
    """Find what a given brief rests on, line by line, and what is wrong with it.

    Args:
        text: the brief as one text, or its lines. Tags such as "(BBC)" are taken out of the lines into
            `Line.claimed`; "Credited from: BBC", lists of sources and the like claim outlets for the whole.
        entailment: a model that judges each line too, for instance newsum.checking.entailment.SequenceClassifier.

    Returns:
        A summary whose lines have `origin="given"` and whose `faults` name each fault with its words.

    Raises:
        SettingsError: `text` is no text, or there is no line in it.
        ArticleError: there is no article, or none with text.

    >>> articles = [Article("BBC", "The treaty runs for ten years."), Article("Reuters", "It was signed in Rome.")]
    >>> [fault.message for fault in attribute("The treaty runs for ten years. (Reuters)", articles).faults]
    ['It is credited to Reuters, but nothing in the article of Reuters says so; it rests on BBC.']
    """
    if not isinstance(text, str) and not (isinstance(text, Sequence) and all(isinstance(t, str) for t in text)):
        raise SettingsError(f"text={text!r:.40} is not a brief: pass one text or a list of lines")
    story, notices = prepared(articles, "to check the brief against")
    text, beyond = beginning(text)
    brief = read_brief(text, Outlets(story.story.labels.values()))
    brief = replace(brief, lines=tuple(in_parts(brief.lines)))
    notices += beyond
    if not brief.lines:
        raise SettingsError("there is no line in the brief: pass a text with at least one sentence")
    if not looks_english(" ".join(line.text for line in brief.lines)):
        notices.append("The brief does not look English, and newsum is made and measured for English.")
    index, context = SourceIndex(story), context_of(story)
    known = (p.analysis for a in story.articles for p in (*a.sentences, *filter(None, a.readable)))
    given = analyse_given(brief.lines, known)
    with one_thread() if entailment is None else nullcontext():
        resting = zip(given, _evidence_of(given, index), strict=True)
        judged = [JudgedLine(each, *_line(each, found, index, context, entailment)) for each, found in resting]
        faults = find_faults(judged, brief.credits, index)
    lines = tuple(each.line for each in judged)
    return Summary(
        lines=lines,
        story_id=story.story.id,
        title=brief.title,
        sources=tuple(map(Source.of, story.story.articles)),
        disagreements=disagreements(_voices(line, index) for line in lines),
        faults=faults,
        notices=tuple(notices),
        provenance={"newsum": version("newsum"), "writer": None, "judge": None, "settings": {}},
    )


def line_of(
    text: str, index: SourceIndex, *, story: StoryContext | None = None, entailment: Entailment | None = None
) -> Line:
    """A line alone with what it rests on, and the verdict; `story` are the story's sentences, where at hand."""
    (given,) = analyse_given([GivenLine(text)])
    return _line(given, _evidence_of([given], index)[0], index, story, entailment)[0]


def _line(
    given: GivenAnalysis,
    found: Attribution,
    index: SourceIndex,
    story: StoryContext | None,
    entailment: Entailment | None,
) -> tuple[Line, Verdict]:
    """The line and the verdict on it; without credit where it puts words that no article has into a strange mouth."""
    verdict = check(
        given.whole,
        found.evidence,
        index.analyses(found.evidence),
        dates=resolvable(index.published(found.evidence)),
        unresolved=given.without_printed_dates,
        story=story,
        entailment=entailment,
    )
    if verdict.support.label == "unsupported" and _is_made_up(given, verdict):
        found = Attribution((), ())
    text, claimed = given.line.text, given.line.claimed
    line = Line(text, found.evidence, found.corroboration, verdict.support, "given", claimed)
    return with_credits(line), verdict


def _is_made_up(given: GivenAnalysis, verdict: Verdict) -> bool:
    """Whether a line quotes what no article has, and names whom none knows, but for outlets that it cites."""
    cited = [(start, end) for start, end, _ in citations(given.line.text)]
    strange = [f for f in verdict.against if f.standing == "nowhere"]
    named = [f for f in strange if f.kind == "name" and not any(a <= f.span[0] < b for a, b in cited)]
    return bool(named) and any(f.kind == "quotation" for f in strange)


def evidence_of(lines: Sequence[GivenLine], index: SourceIndex) -> list[Attribution]:
    """What each line of a brief rests on; where two outlets say it equally well, the one that it claims goes first."""
    return _evidence_of(analyse_given(lines), index)


def _evidence_of(given: Sequence[GivenAnalysis], index: SourceIndex) -> list[Attribution]:
    prefer = [_claimed(each, index) if each.line.claimed else () for each in given]
    return attribute_lines([each.without_printed_dates for each in given], index, prefer=prefer)


def _claimed(given: GivenAnalysis, index: SourceIndex) -> Iterator[Passage]:
    """The sentences of the outlets that a line is tagged with."""
    own = {key for key, label in index.labels.items() if label in given.line.claimed}
    yield from (p for _, p in index.scores(given.whole) if p.sentence.article.id in own)


def _voices(line: Line, index: SourceIndex) -> list[tuple[Evidence, Analysis]]:
    evidence = (*line.evidence, *line.corroboration)
    return list(zip(evidence, index.analyses(evidence), strict=True))
