"""Says what the bundled writer reads: of the whole story for the opening, of one thing to say for a later line.

In: an analysed story, a content unit. Out: reports, (outlet, text) each, the text on one line.
"""

from collections.abc import Iterable, Sequence

from newsum.generation.line_writer import Report
from newsum.planning.units import ContentUnit
from newsum.similarity.stories import StoryAnalysis
from newsum.similarity.terms import cosine
from newsum.text.analysis import ArticleAnalysis, Passage
from newsum.text.leaning import stands_alone
from newsum.text.terms import Terms

__all__ = ["of_story", "of_unit"]

_OPENING = 60  # words of a report's opening
_REPORTS = 4
_BESIDE = 0.15  # cosine from which another outlet's sentence is shown beside a unit's own


def of_story(story: StoryAnalysis) -> list[Report]:
    """The titles and openings of the independent reports, the latest of them first."""
    own = [article for article in story.articles if _is_independent(article, story) and article.sentences]
    latest = sorted(own, key=lambda article: article.article.published or "", reverse=True)[:_REPORTS]
    return [_report(article, _opening(article), story) for article in latest]


def of_unit(unit: ContentUnit, story: StoryAnalysis) -> list[Report]:
    """The unit's sentences, and of other outlets those that come nearest; each under its article's title."""
    chosen: dict[str, list[Passage]] = {}
    for sentence in unit.sentences:
        chosen.setdefault(sentence.article.id, []).append(sentence)
    for article in story.articles:
        if len(chosen) < 3 and article.article.id not in chosen and _is_independent(article, story):
            nearest = max(_readable(article), key=lambda p: cosine(p.analysis.terms, _seed(unit)), default=None)
            if nearest is not None and cosine(nearest.analysis.terms, _seed(unit)) >= _BESIDE:
                chosen[article.article.id] = [nearest]
    articles = {article.article.id: article for article in story.articles}
    return [_report(articles[key], _with_context(articles[key], own), story) for key, own in chosen.items()]


def _seed(unit: ContentUnit) -> Terms:
    return unit.sentences[0].analysis.terms


def _is_independent(article: ArticleAnalysis, story: StoryAnalysis) -> bool:
    return story.origins[article.article.id] == article.article.id


def _readable(article: ArticleAnalysis) -> Iterable[Passage]:
    return (passage for passage in article.readable if passage is not None)


def _opening(article: ArticleAnalysis) -> list[Passage]:
    room, found = _OPENING, list[Passage]()
    for passage in _readable(article):
        room -= passage.analysis.size
        if found and room < 0:
            break
        found.append(passage)
    return found


def _with_context(article: ArticleAnalysis, own: Sequence[Passage]) -> list[Passage]:
    """The sentences in the article's order, each that leans on the one before it with that one."""
    starts = [passage.sentence.end for passage in article.sentences]
    places = {starts.index(passage.sentence.end): passage for passage in own if passage.sentence.end in starts}
    for place, passage in list(places.items()):
        if place > 0 and place - 1 not in places and not stands_alone(passage.text):
            places[place - 1] = article.sentences[place - 1]
    return [places[place] for place in sorted(places)]


def _report(article: ArticleAnalysis, passages: Sequence[Passage], story: StoryAnalysis) -> Report:
    title = " ".join(article.title.text.split()).rstrip(".")
    text = " ".join(" ".join(passage.text.split()) for passage in passages)
    return story.story.labels[article.article.id], f"{title}. {text}" if title else text
