"""Somebody else's brief and the articles in; the same brief with every line's evidence, and its faults, out.

Nothing is written or changed: a line keeps its words, loses its tags to `Line.claimed`, and gets the evidence,
corroboration and support that newsum's own lines get. briefs.py takes the text apart, naming.py knows the outlets'
names in it, tracing.py and opposites.py look its claims up, faults.py says what is wrong. No model is needed.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import replace
from importlib.metadata import version

from newsum.articles import Article, Sentence, Story
from newsum.attribution.credits import with_credits
from newsum.attribution.lines import Attribution, SourceIndex, attribute_lines
from newsum.audit.faults import find_faults
from newsum.audit.outlet_tags import Outlets
from newsum.audit.parsing import GivenLine, read_brief
from newsum.audit.tracing import Tracer, without_printed_dates
from newsum.checking import Entailment, check, company_of, disagreements
from newsum.checking.context import StoryContext
from newsum.errors import SettingsError
from newsum.outlets.citations import without_citations
from newsum.planning.intake import prepared
from newsum.summary import Line, Source, Summary
from newsum.system.threads import one_thread
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
    brief = read_brief(text, Outlets(story.labels.values()))
    if not brief.lines:
        raise SettingsError("there is no line in the brief: pass a text with at least one sentence")
    if not looks_english(" ".join(line.text for line in brief.lines)):
        notices.append("The brief does not look English, and newsum is made and measured for English.")
    index = SourceIndex(story)
    company = company_of(story)
    tracer = Tracer(index)
    with one_thread() if entailment is None else nullcontext():
        found = zip(brief.lines, evidence_of(brief.lines, index), strict=True)
        lines = tuple(_credited(_line(line, own, index, company, entailment), tracer) for line, own in found)
        faults = find_faults(lines, brief.credits, index, company, tracer)
    return Summary(
        lines=lines,
        story_id=story.id,
        title=brief.title,
        sources=tuple(map(Source.of, story.articles)),
        disagreements=disagreements((*line.evidence, *line.corroboration) for line in lines),
        faults=faults,
        notices=tuple(notices),
        provenance={"newsum": version("newsum"), "writer": None, "judge": None, "settings": {}},
    )


def line_of(
    text: str, index: SourceIndex, *, company: StoryContext | None = None, entailment: Entailment | None = None
) -> Line:
    """A line alone with what it rests on, and the verdict; `company` are the story's sentences, where at hand."""
    line = GivenLine(text)
    return _line(line, evidence_of([line], index)[0], index, company, entailment)


def _line(
    line: GivenLine, found: Attribution, index: SourceIndex, company: StoryContext | None, entailment: Entailment | None
) -> Line:
    published = index.published(found.evidence)
    context = resolvable(published)
    support = check(line.text, found.evidence, context=context, company=company, entailment=entailment)
    return with_credits(Line(line.text, found.evidence, found.corroboration, support, "given", line.claimed))


def _credited(line: Line, tracer: Tracer) -> Line:
    """The line as it is; without credit where it puts words that no article has into a mouth that none knows."""
    made_up = tracer.quotations(line.text) and tracer.names(without_citations(line.text))
    if line.support.label != "unsupported" or not made_up:
        return line
    return with_credits(replace(line, evidence=(), corroboration=()))


def evidence_of(lines: Sequence[GivenLine], index: SourceIndex) -> list[Attribution]:
    """What each line of a brief rests on; where two outlets say it equally well, the one that it claims goes first."""
    prefer = [_claimed(line, index) if line.claimed else () for line in lines]
    return attribute_lines([without_printed_dates(line.text) for line in lines], index, prefer=prefer)


def _claimed(line: GivenLine, index: SourceIndex) -> Iterator[Sentence]:
    """The sentences of the outlets that a line is tagged with."""
    own = {key for key, label in index.story.labels.items() if label in line.claimed}
    yield from (s for _, s in index.scores(line.text) if s.article.id in own)
