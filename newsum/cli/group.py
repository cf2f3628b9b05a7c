"""`newsum group`: a heap of articles in, the stories that they tell out, as a list or as a file that batch reads."""

import json
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from newsum.cli.terminal import print_result, progress, row, save, say
from newsum.errors import NothingToRead, SettingsError

if TYPE_CHECKING:
    from newsum.articles import Article, Story

__all__ = ["group"]

_WIDEST = 72  # characters of a title in the list


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
    known: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Stories of earlier days, which the articles may join.", show_default=False),
    ] = None,
    form: Annotated[
        Form | None,
        typer.Option("--format", help="A list to read, or a story a line.  [default: by --out]", show_default=False),
    ] = None,
    out: Annotated[Path | None, typer.Option(metavar="FILE", help="Write to this file.", show_default=False)] = None,
) -> None:
    """Sort a heap of articles into stories, those of most articles first.

    \b
    Examples:
      newsum group tonight/
      newsum group tonight/ --out stories.jsonl
      newsum group tomorrow/ --known stories.jsonl --out stories.jsonl
      newsum batch stories.jsonl --out briefs/

    Exit code 1 means that the stories were written, but some of the articles could not be read.
    """
    form = form or (Form.JSON if out is not None and out.suffix.lower() in (".json", ".jsonl") else Form.TEXT)
    if out is not None and (out.is_dir() or not out.parent.is_dir()):
        raise SettingsError(f"--out {out} cannot be written: name a file in a folder that is there")
    from newsum.grouping import group as grouped
    from newsum.reading import read_stories

    articles, complete = _read(inputs, known, out)
    with progress("Grouping"):
        stories = grouped(articles, breadth=breadth.value, known=read_stories(known) if known else ())
    made = _listed(stories) if form is Form.TEXT else "".join(map(_json, stories))
    if out is None:
        print_result(made)
    else:
        save(made, out)
    raise typer.Exit(0 if complete else 1)


def _read(inputs: Sequence[str], *own: Path | None) -> tuple[list["Article"], bool]:
    """The articles, and whether all could be read; `own` files are what the command itself reads or writes."""
    from newsum.reading import Problem, read_report
    from newsum.reading.files import sources

    mine = {path.resolve() for path in own if path is not None}
    with progress("Reading"):
        found = [s for s in sources(inputs) if not (isinstance(s, Path) and s.resolve() in mine)]
        reading = read_report(*(source for source in found if not isinstance(source, Problem)))
    problems = [*(source for source in found if isinstance(source, Problem)), *reading.problems]
    for message in (*problems, *reading.notices):
        say(f"warning: {message}")
    if not reading.articles:
        raise NothingToRead("nothing to group: no article could be read")
    return list(reading.articles), not problems


def _listed(stories: Sequence["Story"]) -> str:
    """A row for each story: how many articles, its title, its outlets."""
    titles = [_cut(row(story.title or story.articles[0].text.strip())) for story in stories]
    width = max(map(len, titles))
    outlets = (row("; ".join(story.outlets)) for story in stories)
    rows = zip(stories, titles, outlets, strict=True)
    return "".join(f"{len(story.articles):5}  {title:{width}}  {names}".rstrip() + "\n" for story, title, names in rows)


def _cut(title: str) -> str:
    return title if len(title) <= _WIDEST else f"{title[: _WIDEST - 1].rstrip()}…"


def _json(story: "Story") -> str:
    return json.dumps(story.to_dict(), ensure_ascii=False) + "\n"
