"""`newsum group`: a heap of articles in, the stories that they tell out."""

import json
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from newsum.errors import NothingToRead
from newsum.terminal import print_result, row, save, say

if TYPE_CHECKING:
    from newsum.articles import Story

__all__ = ["group"]


class Breadth(StrEnum):
    """What counts as one story."""

    EVENT = "event"
    STORY = "story"
    TOPIC = "topic"


class Form(StrEnum):
    TEXT = "text"
    JSON = "json"


def group(
    inputs: Annotated[
        list[str], typer.Argument(metavar="PATH|URL", help="Files, folders, patterns or addresses.", show_default=False)
    ],
    breadth: Annotated[
        Breadth, typer.Option(help="One happening, that and what follows from it, or one matter over months.")
    ] = Breadth.STORY,
    form: Annotated[Form, typer.Option("--format", help="A list to read, or a story a line.")] = Form.TEXT,
    out: Annotated[Path | None, typer.Option(metavar="FILE", help="Write to this file.", show_default=False)] = None,
) -> None:
    """Sort a heap of articles into stories, the largest first.

    \b
    Examples:
      newsum group tonight/
      newsum group tonight/ --format json --out stories.jsonl
      newsum batch stories.jsonl --out briefs/
    """
    from newsum.grouping import group as grouped
    from newsum.reading import read_report

    reading = read_report(*inputs)
    for message in (*reading.problems, *reading.notices):
        say(f"warning: {message}")
    if not reading.articles:
        raise NothingToRead("nothing to group: no article could be read")
    stories = grouped(reading.articles, breadth=breadth.value)
    made = "".join(f"{_listed(story) if form is Form.TEXT else _json(story)}\n" for story in stories)
    if out is None:
        print_result(made)
    else:
        save(made, out)
    raise typer.Exit(1 if reading.problems else 0)


def _listed(story: "Story") -> str:
    count = len(story.articles)
    outlets = ", ".join(outlet for outlet in story.outlets if outlet) or "no outlet named"
    return row(f"{count:4}  {story.title or '(no title)'}  [{outlets}]")


def _json(story: "Story") -> str:
    return json.dumps(story.to_dict(), ensure_ascii=False)
