"""A folder of story folders, or a file of stories, -> stories.

In: a folder whose subfolders each hold one story's articles, or a .jsonl or .jsonl.gz file with one story a line
({"story_id", "title", "articles"}). Out: `Story`s, and the `Problem`s and `Notice`s met on the way. A story keeps
those of its articles that can be read.
"""

import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from newsum.articles import Article, Story
from newsum.reading.entries import Entry, Notice, Problem, Unreadable, articles_of, distinct, one_line
from newsum.reading.files import entries_in, is_article_file, sources, suffix_of, text_of
from newsum.reading.tables import stories_in, story_records

__all__ = ["story_entries"]

StoryEntry = Story | Problem | Notice


def story_entries(path: Path) -> Iterator[StoryEntry]:
    """All the stories that a folder or file holds."""
    path = path.expanduser()
    if path.is_dir():
        yield from _in_folder(path)
    elif not os.path.lexists(path):
        yield Problem(str(path), None, "there is no such file or folder; check the path")
    elif suffix_of(path) == ".jsonl":
        yield from _in_file(path)
    else:
        yield Problem(str(path), None, "stories are read from a folder of story folders, or a .jsonl or .jsonl.gz file")


def _in_folder(folder: Path) -> Iterator[StoryEntry]:
    try:
        inside = sorted(path for path in folder.iterdir() if not path.name.startswith("."))
    except OSError as error:
        yield Problem(str(folder), None, f"the folder cannot be opened: {(error.strerror or 'refused').lower()}")
        return
    folders = [path for path in inside if path.is_dir()]
    loose = [path for path in inside if not path.is_dir() and is_article_file(path)]
    if not folders and loose and all(suffix_of(path) == ".jsonl" for path in loose):
        for path in loose:
            yield from _in_file(path)
        return
    for path in folders or [folder]:
        found = (entry for source in sources([path]) for entry in entries_in(source))
        yield from _story(found, path.resolve().name, "")
    if folders:
        for path in loose:
            yield Problem(str(path), None, "it stands beside the story folders, not in one; move it into its story's")


def _in_file(path: Path) -> Iterator[StoryEntry]:
    source = str(path)
    try:
        text, lost = text_of(path)
    except Unreadable as error:
        yield Problem(source, None, str(error))
        return
    if lost:
        yield Notice("bytes", source, f"{lost:,}")
    for found in stories_in(text, source):
        if isinstance(found, Problem):
            yield found
        else:
            line, fields = found
            identity = fields.get("story_id") or fields.get("id")
            yield from _story(_articles(fields, source, line), _name(identity), _name(fields.get("title")))


def _articles(story: Mapping[str, Any], source: str, line: int) -> Iterator[Entry]:
    for record in story_records(story, source, line):
        yield from [record] if isinstance(record, Problem) else articles_of(record, source)


def _story(entries: Iterable[Entry], identity: str, title: str) -> Iterator[StoryEntry]:
    articles: list[Article] = []
    for entry in distinct(entries):
        if isinstance(entry, Article):
            articles.append(entry)
        else:
            yield entry
    if articles:
        yield Story(tuple(articles), identity or None, title)


def _name(value: object) -> str:
    """An id or title: a number serves too, anything else is none."""
    return one_line(str(value)) if isinstance(value, str | int) and not isinstance(value, bool) else ""
