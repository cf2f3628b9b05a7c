"""Somebody else's brief and the articles in; the same brief with every line's evidence, and its faults, out.

Nothing is written or changed: a line keeps its words, loses its tags to `Line.claimed`, and gets the evidence,
corroboration and support that newsum's own lines get. briefs.py takes the text apart, naming.py knows the outlets'
names in it, tracing.py and opposites.py look its claims up, faults.py says what is wrong. No model is needed.
"""

from collections.abc import Iterable, Sequence
from importlib.metadata import version

from newsum.articles import Article, Story
from newsum.attribution import Attribution, SourceIndex, attribute_line
from newsum.checking import Entailment, check, company_of, disagreements
from newsum.checking.company import Company
from newsum.dates import resolvable
from newsum.errors import SettingsError
from newsum.given.briefs import read_brief
from newsum.given.faults import find_faults, is_said
from newsum.given.naming import Outlets
from newsum.given.tracing import undated
from newsum.language import looks_english
from newsum.preparing import prepared
from newsum.summary import Line, Source, Summary

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
    lines = tuple(
        line_of(line.text, index, claimed=line.claimed, company=company, entailment=entailment) for line in brief.lines
    )
    return Summary(
        lines=lines,
        story_id=story.id,
        title=brief.title,
        sources=tuple(map(Source.of, story.articles)),
        disagreements=disagreements((*line.evidence, *line.corroboration) for line in lines),
        faults=find_faults(lines, brief.credits, index, company),
        notices=tuple(notices),
        provenance={"newsum": version("newsum"), "model": None, "settings": {}},
    )


def line_of(
    text: str,
    index: SourceIndex,
    *,
    claimed: tuple[str, ...] = (),
    company: Company | None = None,
    entailment: Entailment | None = None,
) -> Line:
    """The line with what it rests on, and the verdict; `company` are the story's sentences, where they are at hand."""
    found = evidence_of(text, index, claimed=claimed)
    published = next((a.published for e in found.evidence for a in index.story.articles if a.id == e.article), None)
    return Line(
        text=text,
        evidence=found.evidence,
        corroboration=found.corroboration,
        support=check(text, found.evidence, context=resolvable(published), company=company, entailment=entailment),
        origin="given",
        claimed=claimed,
    )


def evidence_of(text: str, index: SourceIndex, *, claimed: tuple[str, ...] = ()) -> Attribution:
    """What a line rests on; where two outlets say it equally well, the one that it claims goes first."""
    if not is_said(text, index):  # a shared word or two would credit outlets that say nothing of it
        return Attribution((), ())
    own = {key for key, label in index.story.labels.items() if label in claimed}
    prefer = [s for _, s in index.scores(text) if s.article.id in own] if own else []
    return attribute_line(undated(text), index, prefer=prefer)
