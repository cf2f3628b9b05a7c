"""`newsum group` sorts a heap of articles into the stories that they tell, as a list or as a file that batch reads."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from newsum.cli.inputs import check_out, read_articles
from newsum.cli.options import AllowPrivate, AnyInputs, Feeds, ListForm, Out, Pages, Urls, list_form, list_format
from newsum.cli.terminal import deliver, progress, row
from newsum.system.choices import Breadth

if TYPE_CHECKING:
    from newsum.articles import Story

__all__ = ["group"]

_WIDEST = 72  # characters of a title in the list


def group(
    inputs: AnyInputs = None,
    urls: Urls = None,
    feeds: Feeds = None,
    pages: Pages = False,
    allow_private: AllowPrivate = False,
    breadth: Annotated[
        Breadth, typer.Option(help="One happening, that and what follows from it, or one matter over months.")
    ] = "story",
    known: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Stories of earlier days, which the articles may join.", show_default=False),
    ] = None,
    form: Annotated[ListForm | None, list_format("A list to read, or a story a line")] = None,
    out: Out = None,
) -> None:
    """Sort a heap of articles into stories, those of most articles first.

    \b
    Examples:
      newsum group tonight/
      newsum group tonight/ --out stories.jsonl
      newsum group tomorrow/ --known stories.jsonl --out stories.jsonl
      newsum group --feed https://example.org/rss.xml --out stories.jsonl
      newsum batch stories.jsonl --out briefs/

    Exit code 1 means that the stories were written, but some of the articles could not be read.
    """
    check_out(out, inputs or [], such_as="stories.jsonl")
    from newsum.grouping import group as grouped
    from newsum.reading import read_stories

    articles, complete = read_articles(
        inputs or [], known, out, urls=urls, feeds=feeds or [], pages=pages, allow_private=allow_private
    )
    with progress("Grouping"):
        stories = grouped(articles, breadth=breadth, known=read_stories(known) if known else ())
    if list_form(form, out) == "json":
        deliver("".join(map(_json_row, stories)), out)
    else:
        deliver(_fitted(stories) if out is None and _is_watched() else _listed(stories), out)
    raise typer.Exit(0 if complete else 1)


def _is_watched() -> bool:
    from newsum.cli.styled import takes_styles

    return takes_styles()


def _fitted(stories: Sequence["Story"]) -> str:
    """A story's title in a terminal, with how many articles it has, its outlets under it."""
    from newsum.cli.styled import fitted
    from newsum.rendering.text import Part

    rows = (
        each
        for story in stories
        for each in (
            (Part(f"{len(story.articles):5}  "), Part(_title(story), "title")),
            (Part(" " * 7), Part(_outlets(story), "remark")),
        )
    )
    return fitted([rows])


def _listed(stories: Sequence["Story"]) -> str:
    """A row for each story: how many articles, its title, its outlets."""
    titles = [_shortened(_title(story)) for story in stories]
    width = max(map(len, titles))
    rows = zip(stories, titles, map(_outlets, stories), strict=True)
    return "".join(f"{len(story.articles):5}  {title:{width}}  {names}".rstrip() + "\n" for story, title, names in rows)


def _title(story: "Story") -> str:
    return row(story.title or story.articles[0].text.strip())


def _outlets(story: "Story") -> str:
    return row("; ".join(story.outlets))


def _shortened(title: str) -> str:
    return title if len(title) <= _WIDEST else f"{title[: _WIDEST - 1].rstrip()}…"


def _json_row(story: "Story") -> str:
    return json.dumps(story.to_dict(), ensure_ascii=False) + "\n"
