"""Takes a story in: sets aside what is no article, analyses the rest once, and says what the reader should know.

Articles without text and repeated ones are set aside, and said to be: a summary and a check of somebody
else's brief see the same story.
"""

from newsum.articles import Article, Story
from newsum.errors import ArticleError
from newsum.reading.given import Given, story_of
from newsum.similarity.stories import StoryAnalysis, analyse_story

__all__ = ["prepared"]


def prepared(articles: Given, purpose: str) -> tuple[StoryAnalysis, list[str]]:
    """The story without empty and repeated articles, analysed, and notices for the reader.

    Args:
        articles: a story, its articles, or the paths that they are read from.
        purpose: what there is nothing for when no article has text ("to summarise").

    Raises:
        ArticleError: there is no article, or none with text; or they are something else.
    """
    story = story_of(articles)
    with_text = [a for a in story.articles if a.text.strip()]
    first: dict[tuple[str, str], Article] = {}
    for article in with_text:
        first.setdefault((article.outlet, article.text), article)
    kept = list(first.values())
    if not kept:
        raise ArticleError(f"there is nothing {purpose}: pass at least one article with text")
    notices = []
    if len(with_text) < len(story.articles):
        notices.append(f"{len(story.articles) - len(with_text)} of {len(story.articles)} articles had no text.")
    if len(kept) < len(with_text):
        repeated = len(with_text) - len(kept)
        notices.append(
            "1 repeated article was left out." if repeated == 1 else f"{repeated} repeated articles were left out."
        )
    found = analyse_story(Story(tuple(kept), story.id, story.title))
    if len(set(found.origins.values())) == 1:
        notices.append(
            "Everything here rests on one article."
            if len(kept) == 1
            else "All articles carry one text: nothing here is confirmed independently."
        )
    notices += [
        f"Only the first {a.read:,} characters were read of the article of {found.story.labels[a.article.id]}."
        for a in found.articles
        if a.read < len(a.article.text)
    ]
    if begun := [found.story.labels[a.id] for a in kept if a.teaser]:
        notices.append(f"Only the teaser of an article could be read, which may tell more: {', '.join(begun)}.")
    foreign = [found.story.labels[a.article.id] for a in found.articles if not a.is_english]
    if foreign:
        notices.append(f"Not English, and newsum is made and measured for English: {', '.join(foreign)}.")
    return found, notices
