"""Checks somebody else's brief: finds what each of its lines rests on, and what is wrong with it.

In: the brief as text or as lines, and the articles.
Out: a `Summary` whose lines keep their words, lose their tags to `Line.claimed`, and get the evidence, corroboration
and support that newsum's own lines get, by the rules and a judge.

newsum.briefs takes the text apart; newsum.checking finds what speaks
against a line, and faults.py shows that, and what is wrong with the credits.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path

from newsum.attribution.credits import with_credits
from newsum.attribution.lines import Attribution, SourceIndex, attribute_lines
from newsum.audit.bounds import beginning, first_lines, in_parts
from newsum.audit.faults import JudgedLine, find_faults
from newsum.audit.given import GivenAnalysis, analyse_given
from newsum.audit.verdicts import credited, verdict_on
from newsum.briefs.outlet_tags import Outlets
from newsum.briefs.parsing import GivenLine, read_brief
from newsum.checking import (
    Judged,
    StoryContext,
    StoryFigures,
    StoryJudge,
    Verdict,
    context_of,
    denials,
    disagreements,
    rests_on,
)
from newsum.checking.corrections import TakenBack, taken_back
from newsum.checking.findings import Finding
from newsum.errors import SettingsError
from newsum.judging import NAME, Judge, described, load_judge
from newsum.outlets.citations import citations
from newsum.planning.intake import prepared
from newsum.reading.given import Given
from newsum.summary import Evidence, Line, Source, Summary, Support
from newsum.system.paths import is_file
from newsum.system.threads import one_thread
from newsum.text.analysis import ArticleAnalysis, Passage
from newsum.text.language import looks_english

__all__ = ["attribute", "evidence_of", "line_of"]


def attribute(text: str | Sequence[str], articles: Given, *, judge: str | Path | Judge | None = NAME) -> Summary:
    """Find what a given brief rests on, line by line, and what is wrong with it.

    Args:
        text: the brief as one text, or its lines. Tags such as "(BBC)" are taken out of the lines into
            `Line.claimed`; "Credited from: BBC", lists of sources and the like claim outlets for the whole.
        articles: a story, its articles, or the files and folders that `newsum.read` reads them from.
        judge: the model of meaning that each line must pass: "bundled", the folder of another (newsum.judging), or
            anything that `newsum.Judge` describes; None takes the rules alone.

    Returns:
        A summary whose lines have `origin="given"` and whose `faults` name each fault with its words.

    Raises:
        SettingsError: `text` is no text, or there is no line in it.
        ArticleError: there is no article, or none with text.
        CheckpointError: the judge's folder is not there or not whole.

    >>> from newsum.articles import Article
    >>> articles = [Article("BBC", "The treaty runs for ten years."), Article("Reuters", "It was signed in Rome.")]
    >>> [fault.message for fault in attribute("The treaty runs for ten years. (Reuters)", articles).faults]
    ['It is credited to Reuters, but nothing in the article of Reuters says so; it rests on BBC.']
    """
    if isinstance(text, Path):
        raise SettingsError(f"text={text!r} is the name of a file: pass what it holds, text.read_text()")
    if not isinstance(text, str) and not (isinstance(text, Sequence) and all(isinstance(t, str) for t in text)):
        raise SettingsError(f"text={text!r:.40} is not a brief: pass one text or a list of lines")
    if isinstance(text, str) and _names_file(text):
        raise SettingsError(f'text="{text}" is the name of a file: pass what it holds, Path("{text}").read_text()')
    story, notices = prepared(articles, "to check the brief against")
    labels = story.story.labels
    known = [(labels[article.id], article.url, article.title) for article in story.story.articles]
    text, beyond = beginning(text)
    brief = read_brief(text, Outlets(labels.values(), known))
    kept, more = first_lines(tuple(in_parts(brief.lines)))
    brief = replace(brief, lines=tuple(kept))
    notices += [*beyond, *more]
    if not brief.lines:
        raise SettingsError("there is no line in the brief: pass a text with at least one sentence")
    if not looks_english(" ".join(line.text for line in brief.lines)):
        notices.append("The brief does not look English, and newsum is made and measured for English.")
    index, context = SourceIndex(story), context_of(story)
    asked = None if judge is None else load_judge(judge)
    own_judge = StoryJudge(asked, story)
    notices += own_judge.notices
    analyses = (p.analysis for a in story.articles for p in (*a.sentences, *filter(None, a.readable)))
    given = analyse_given(brief.lines, analyses)
    with one_thread():
        resting = list(zip(given, _evidence_of(given, index), strict=True))
        thought = [_judged(own_judge, each, found) for each, found in resting]
        above = [own_judge.among(each.line.text, [e.line.text for e in given[:n]]) for n, each in enumerate(given)]
        checked = [
            JudgedLine(
                each,
                *_corrected(each, *_line(each, found, index, context, of_it), story.articles, index.labels),
                above=before,
            )
            for (each, found), of_it, before in zip(resting, thought, above, strict=True)
        ]
        faults = find_faults(checked, brief.credits, index, has_list=brief.has_list)
    lines = tuple(each.line for each in checked)
    return Summary(
        lines=lines,
        story_id=story.story.id,
        title=brief.title,
        sources=tuple(map(Source.of, story.story.articles)),
        disagreements=(
            *disagreements(
                ((each.without_printed_dates, line.evidence) for each, line in zip(given, lines, strict=True)),
                StoryFigures(story),
                index.evidence,
            ),
            *denials(zip(lines, thought, strict=True)),
        ),
        faults=faults,
        notices=tuple(notices),
        provenance={"newsum": version("newsum"), "writer": None, "judge": asked and described(asked), "settings": {}},
    )


def _names_file(text: str) -> bool:
    """Whether a text is the name of a file that is there."""
    try:
        return "\n" not in text and len(text) <= _LONGEST_PATH and is_file(text)
    except (OSError, ValueError):  # no name that a file can have
        return False


def line_of(
    text: str, index: SourceIndex, *, story: StoryContext | None = None, judge: StoryJudge | None = None
) -> Line:
    """A line alone with what it rests on, and the verdict; `story` are the story's sentences, where at hand."""
    (given,) = analyse_given([GivenLine(text)])
    (found,) = _evidence_of([given], index)
    return _line(given, found, index, story, None if judge is None else _judged(judge, given, found))[0]


def _judged(judge: StoryJudge, given: GivenAnalysis, found: Attribution) -> Judged | None:
    return judge.of(given.without_printed_dates.text, found.evidence, found.corroboration)


def _line(
    given: GivenAnalysis,
    found: Attribution,
    index: SourceIndex,
    story: StoryContext | None,
    judged: Judged | None,
) -> tuple[Line, Verdict]:
    """The line and the verdict on it; without credit where it puts words that no article has into a strange mouth."""
    evidence, corroboration, verdict = rests_on(
        found.evidence,
        found.corroboration,
        judged,
        lambda part: verdict_on(given, part, index.analyses(part), index, story, judged),
    )
    if verdict.support.label == "unsupported" and _is_made_up(given, verdict):
        evidence, corroboration, verdict = (), (), _of_no_evidence(verdict)
    line = Line(given.line.text, evidence, corroboration, verdict.support, "given", given.line.claimed)
    return credited(line, given, index, story, judged), verdict


_LONGEST_PATH = 1_000  # characters
_TAKEN_BACK = 0.01  # the score of a line that its own source has corrected


def _corrected(
    given: GivenAnalysis,
    line: Line,
    verdict: Verdict,
    articles: Sequence[ArticleAnalysis],
    labels: Mapping[str, str],
) -> tuple[Line, Verdict]:
    """The line and verdict as they are, or as a correction that an article printed makes them."""
    found = taken_back(given.whole, articles, is_supported=verdict.support.label == "supported")
    if found is None:
        return line, verdict
    finding = Finding(found.kind, found.span, "contradicted", 1.0, 0)
    support = Support("contradicted", _TAKEN_BACK, (found.span,))
    line = replace(line, evidence=(_receipt(found, labels),), corroboration=(), support=support)
    return with_credits(line), Verdict(support, (finding,), 1)


def _receipt(found: TakenBack, labels: Mapping[str, str]) -> Evidence:
    """The note's sentence as evidence."""
    sentence = found.correction.passage.sentence
    article = sentence.article.id
    return Evidence(article, labels[article], sentence.start, sentence.end, found.correction.text, 1.0)


def _of_no_evidence(verdict: Verdict) -> Verdict:
    """The verdict without what evidence has otherwise that is only the nearest there is."""
    against = tuple(replace(f, source=-1, true="") for f in verdict.against if f.standing != "contradicted")
    return replace(verdict, findings=(*against, *verdict.findings[verdict.counts :]), counts=len(against))


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
