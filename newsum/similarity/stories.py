"""Analyses a story once, when it comes in: each of its articles, and whose text each of them carries.

In: a `Story`.
Out: a `StoryAnalysis`, which planning, writing, attribution, checking and audit are handed.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from newsum.articles import Story
from newsum.similarity.origins import origins
from newsum.text.analysis import ArticleAnalysis, analyse_articles

__all__ = ["StoryAnalysis", "analyse_story"]


@dataclass(frozen=True, slots=True, eq=False)
class StoryAnalysis:
    """What is known of a story.

    Attributes:
        articles: in the story's order.
        origins: article id -> the id of the article whose text it carries; its own where it is independent.
    """

    story: Story
    articles: tuple[ArticleAnalysis, ...]
    origins: Mapping[str, str]

    @property
    def is_english(self) -> bool:
        """Whether all of its articles look English."""
        return all(article.is_english for article in self.articles)


def analyse_story(story: Story) -> StoryAnalysis:
    """What is known of a story's articles, title by title and sentence by sentence."""
    return StoryAnalysis(story, analyse_articles(story.articles), origins(story.articles))
