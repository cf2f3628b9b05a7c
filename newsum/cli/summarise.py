"""`newsum summarise` turns the articles of one story into a brief."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from newsum.cli.inputs import check_out, read_articles
from newsum.cli.options import (
    AllowPrivate,
    AnyInputs,
    BriefForm,
    Endpoint,
    EvidenceToo,
    Feeds,
    Judge,
    Model,
    Out,
    Pages,
    Timeout,
    Urls,
    Width,
    Window,
    Words,
    brief_form,
    named_judge,
    named_model,
)
from newsum.cli.terminal import deliver_brief, progress, say
from newsum.system.choices import Unsupported

if TYPE_CHECKING:
    from newsum.articles import Article
    from newsum.summary import Summary

__all__ = ["summarise"]

_A_STORY = 2  # articles at least: one that stands alone may be its story's odd one


def summarise(
    inputs: AnyInputs = None,
    urls: Urls = None,
    feeds: Feeds = None,
    pages: Pages = False,
    allow_private: AllowPrivate = False,
    words: Words = 120,
    model: Model = None,
    endpoint: Endpoint = None,
    timeout: Timeout = 120.0,
    window: Window = None,
    form: BriefForm = None,
    out: Out = None,
    device: Annotated[
        str | None, typer.Option(metavar="NAME", help="cpu, cuda, cuda:1 ...; default: the best there is.")
    ] = None,
    unsupported: Annotated[Unsupported, typer.Option(help="What becomes of a line that nothing supports.")] = "replace",
    seed: Annotated[int, typer.Option(metavar="N", help="Where chance plays a part, start it here.")] = 0,
    judge: Judge = "auto",
    evidence: EvidenceToo = False,
    width: Width = None,
) -> None:
    """Write a brief of the articles of one story.

    \b
    Examples:
      newsum summarise stories/treaty/
      newsum summarise bbc.txt reuters.html --words 80 --format md
      newsum summarise 'stories/treaty/*.html' --out treaty.html
      newsum summarise --urls treaty-links.txt
      pbpaste | newsum summarise - bbc.txt
      newsum summarise stories/treaty/ --endpoint http://localhost:11434/v1 --model llama3.2

    Exit code 1 means that the brief was written, but some of the articles could not be read.
    """
    check_out(out, inputs or [], such_as="brief.md")
    form = brief_form(form, out)
    writer = named_model(model, endpoint, timeout, window)
    articles, complete = read_articles(
        inputs or [], out, urls=urls, feeds=feeds or [], pages=pages, allow_private=allow_private
    )
    with progress("Writing the brief"):
        from newsum.summariser import summarise as brief_of

        summary = brief_of(
            articles,
            words=words,
            model=writer,
            device=device,
            unsupported=unsupported,
            seed=seed,
            judge=named_judge(judge),
        )
    _warn_of_several_stories(articles, summary)
    deliver_brief(summary, form, out, articles=articles, evidence=evidence, width=width)
    raise typer.Exit(0 if complete else 1)


def _warn_of_several_stories(articles: "Sequence[Article]", summary: "Summary") -> None:
    """Says so where the articles fall into several topics of more than one each.

    None of 194 stories of the fixtures and of development data does; of 75 mixtures of 2 to 12 stories, all but one.
    Grouping takes 30 ms, so it is only asked where the brief does not show that they tell of one thing: its lines
    join the articles of 51 of 62 stories, and of one of 60 mixtures.
    """
    if len(articles) < 2 * _A_STORY or _apart(articles, summary) < _A_STORY:
        return
    from newsum.grouping import group

    stories = sum(len(story.articles) >= _A_STORY for story in group(articles, breadth="topic"))
    if stories > 1:
        told = f"these look like {stories} stories: use newsum batch for a brief of each"
        say(f"warning: {told}; newsum group says which they are")


def _apart(articles: "Sequence[Article]", summary: "Summary") -> int:
    """How many articles no chain of the brief's lines joins to most of the others, by who is on the matter of each."""
    joined = [{article.id} for article in articles]
    for line in summary.lines:
        on_it = {each.article for each in (*line.evidence, *line.corroboration)}
        if meeting := [own for own in joined if own & on_it]:
            joined = [*(own for own in joined if not own & on_it), set().union(*meeting)]
    return len(articles) - max(map(len, joined))
