"""What a user gives as articles, or as stories -> the story or stories that it is; paths are read.

In: a story, articles, one article, or the files, folders, patterns and addresses that hold them. Out: a `Story`, or
stories; else an error that says what to give instead.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

from newsum import reading  # whose reader is loaded where a path is given
from newsum.articles import Article, Story, no_article
from newsum.errors import ArticleError
from newsum.summary import Summary

__all__ = ["Given", "GivenStories", "articles_of", "stories_of", "story_of"]

Given = Story | Article | str | Path | Iterable[Article | str | Path]
GivenStories = str | Path | Iterable[Given]

_LONGEST_PATH = 1_000  # characters; what is longer, or of several rows, is a text


def story_of(given: Given) -> Story:
    """The story that was given; warns of what cannot be read, as `newsum.read` does.

    Raises:
        ArticleError: it is neither articles nor paths.
        NothingToRead: there is no article at the paths.
    """
    return given if isinstance(given, Story) else Story(articles_of(given))  # type: ignore[arg-type]


def articles_of(given: Given) -> Iterable[Article]:
    """The articles that were given, those at paths read; what else is in a list is left for the story to refuse.

    Raises:
        ArticleError: it is no list at all.
        NothingToRead: there is no article at the paths.
    """
    if isinstance(given, Story):
        return given.articles
    if isinstance(given, Article):
        return (given,)
    if isinstance(given, Summary):
        raise ArticleError("that is a brief, not the articles of one: pass its articles")
    if _is_path(given):
        return reading.read(given)  # type: ignore[arg-type]
    if isinstance(given, list | tuple) and given and all(map(_is_path, given)):
        return reading.read(*given)
    if isinstance(given, str) or not isinstance(given, Iterable):
        raise no_article(given)
    return given  # type: ignore[return-value]


def stories_of(given: GivenStories) -> Iterable[Given]:
    """The stories that were given, one after the other.

    Raises:
        ArticleError: it is one story, or no stories; and, where they are taken, that one of them is an article.
        NothingToRead: there is no story at the path.
    """
    if isinstance(given, str | Path):
        return reading.read_stories(given)
    if isinstance(given, Article | Story):
        what = type(given).__name__.lower()
        raise ArticleError(f"one {what} is not several stories: write summarise({what})")
    if not isinstance(given, Iterable):
        raise ArticleError(f"stories are lists of articles, not {type(given).__name__}: newsum.read_stories makes them")
    return _each(given)


def _each(given: Iterable[Given]) -> Iterator[Given]:
    for story in given:
        if isinstance(story, Article):
            raise ArticleError("a story is a list of articles, not an Article: newsum.group(articles) makes stories")
        yield story


def _is_path(given: object) -> bool:
    if isinstance(given, str):
        return "\n" not in given and len(given) <= _LONGEST_PATH
    return isinstance(given, Path)
