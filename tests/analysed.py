"""Gives tests the stages as functions of plain text: each argument is analysed, then handed on."""

from collections.abc import Iterable, Sequence
from typing import Any

from newsum.articles import Article, Story
from newsum.attribution import lines as attribution
from newsum.attribution.lines import Attribution, SourceIndex, Weights
from newsum.similarity.stories import StoryAnalysis, analyse_story
from newsum.text.analysis import Passage, analyse
from newsum.text.terms import Terms


def terms(text: str) -> Terms:
    return analyse(text).terms


def story_of(articles: Story | Iterable[Article]) -> StoryAnalysis:
    return analyse_story(articles if isinstance(articles, Story) else Story(tuple(articles)))


def index_of(articles: Story | Iterable[Article], *, weights: Weights | None = None) -> SourceIndex:
    return SourceIndex(story_of(articles), weights=weights)


def attribute_line(line: str, index: SourceIndex, **options: Any) -> Attribution:
    return attribution.attribute_line(analyse(line), index, **options)


def attribute_lines(lines: Sequence[str], index: SourceIndex, **options: Any) -> list[Attribution]:
    return attribution.attribute_lines(list(map(analyse, lines)), index, **options)


def passages(article: Article) -> tuple[Passage, ...]:
    """Every sentence of an article."""
    return story_of([article]).articles[0].sentences


def readable(article: Article) -> list[Passage]:
    """The sentences of an article that can stand in a brief, less their datelines."""
    return [part for part in story_of([article]).articles[0].readable if part is not None]
