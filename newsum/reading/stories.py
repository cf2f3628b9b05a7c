"""A folder of story folders, a table or a data set -> stories, one at a time.

In: a folder whose subfolders each hold one story's articles; a table (.jsonl, .csv, .parquet) or data set whose rows
are stories ({"story_id", "title", "articles"}), or articles with a "story_id", those of one story together. Out: a
`FoundStory` for each, and the `Problem`s and `Notice`s that belong to none. A story keeps those of its articles that
can be read; one of which none can be read is found too, with what is wrong, so that a long run can say so.
"""

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from newsum.articles import Article, Story
from newsum.errors import ArticleError
from newsum.reading.cleaning import one_line
from newsum.reading.entries import Entry, Notice, Problem, Record, articles_of, distinct
from newsum.reading.files import entries_in, rows_in
from newsum.reading.parquet import Frame, Rows
from newsum.reading.tables import Row, story_records
from newsum.reading.visits import Visits
from newsum.reading.walking import TABLES, is_article_file, sources, suffix_of
from newsum.system.paths import expanded, is_folder, real

__all__ = ["FoundStory", "count_stories", "found_stories", "holds_stories", "story_entries", "story_of"]

StoryEntry = Story | Problem | Notice


@dataclass(frozen=True, slots=True)
class FoundStory:
    """What a folder or row tells of one story.

    Attributes:
        id: as stated, or the folder's name; "" where there is none.
        story: None where no article of it can be read.
        problems: what of it was left out.
    """

    id: str
    story: Story | None
    problems: tuple[Problem, ...] = ()
    notices: tuple[Notice, ...] = ()


def story_entries(source: Path | Rows | Frame) -> Iterator[StoryEntry]:
    """All the stories that a folder, file or data set holds, and what was met on the way."""
    for found in found_stories(source):
        if isinstance(found, FoundStory):
            yield from found.notices
            yield from found.problems
            if found.story:
                yield found.story
        else:
            yield found


def found_stories(source: Path | Rows | Frame) -> Iterator[FoundStory | Problem | Notice]:
    """The stories, whether they can be read or not; those of a table are forgotten as they are given."""
    if not isinstance(source, Path):
        yield from _in_rows(rows_in(source), "the data set")
        return
    path = expanded(source)
    if is_folder(path):
        yield from _in_folder(path)
    elif not os.path.lexists(path):
        yield Problem(str(path), None, "there is no such file or folder; check the path")
    elif suffix_of(path) in TABLES:
        yield from _in_rows(rows_in(path), str(path))
    else:
        formats = f"{', '.join(TABLES[:-1])} or {TABLES[-1]}"
        yield Problem(str(path), None, f"stories are read from a folder of story folders, or a {formats} file")


def holds_stories(source: Path | Rows | Frame) -> bool:
    """Whether the source says which articles are one story: subfolders, or its first row's fields."""
    if isinstance(source, Path) and is_folder(source):
        return bool(_subfolders(source)) or _tables_alone(source)
    first = next((row for row in rows_in(source) if isinstance(row, tuple)), None)
    return first is not None and ("articles" in first[1] or bool(_identity(first[1])))


def count_stories(source: Path | Rows | Frame) -> int:
    """How many stories `found_stories` will find; no article is made for it."""
    if isinstance(source, Path) and is_folder(source):
        if not _tables_alone(source):
            return len(_subfolders(source)) or 1
        return sum(map(_count_rows, map(rows_in, _loose(source))))
    return _count_rows(rows_in(source))


def _count_rows(rows: Iterable[Row | Problem | Notice]) -> int:
    return sum(1 if key else sum(isinstance(row, tuple) for row in run) for key, run in groupby(rows, _story_named))


def _subfolders(folder: Path) -> list[Path]:
    """Those that are not hidden, in order."""
    return sorted(path for path in folder.iterdir() if is_folder(path) and not path.name.startswith("."))


def _tables_alone(folder: Path) -> bool:
    """Whether the folder holds tables of stories and no other article file."""
    loose = _loose(folder)
    return bool(loose) and all(suffix_of(path) in TABLES for path in loose) and holds_stories(loose[0])


def _loose(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if not is_folder(path) and is_article_file(path))


def _in_folder(folder: Path) -> Iterator[FoundStory | Problem | Notice]:
    try:
        folders, loose = _subfolders(folder), _loose(folder)
    except OSError as error:
        yield Problem(str(folder), None, f"the folder cannot be opened: {(error.strerror or 'refused').lower()}")
        return
    if not folders and loose and all(suffix_of(path) in TABLES for path in loose):
        for path in loose:
            yield from _in_rows(rows_in(path), str(path))
        return
    for path in folders or [folder]:
        found = (entry for source in sources([path]) for entry in entries_in(source, Visits()))
        yield _story(found, real(path).name, "")
    if folders:
        for path in loose:
            yield Problem(str(path), None, "it stands beside the story folders, not in one; move it into its story's")


def _in_rows(rows: Iterable[Row | Problem | Notice], source: str) -> Iterator[FoundStory | Problem | Notice]:
    """A story for each row with articles, and for each run of rows with one "story_id"."""
    seen: set[str] = set()
    for identity, run in groupby(rows, _story_named):
        if identity is None:
            yield from (story_of(row, source) if isinstance(row, tuple) else row for row in run)
            continue
        articles = [row for row in run if isinstance(row, tuple)]
        line, fields = articles[0]
        if identity in seen:
            yield Problem(source, line, f'the story "{identity}" has rows further up too; sort the table by story_id')
        seen.add(identity)
        found = (e for n, row in articles for e in articles_of(Record(row, n), source))
        yield _story(found, identity, _name(fields.get("story_title")))


def _story_named(row: Row | Problem | Notice) -> str | None:
    """The story that the row's one article is of; None for all other rows."""
    return (_identity(row[1]) or None) if isinstance(row, tuple) and "articles" not in row[1] else None


def _identity(fields: Mapping[str, Any]) -> str:
    return _name(fields.get("story_id") or fields.get("story"))


def story_of(row: Row, source: str) -> FoundStory | Problem:
    """The story that one row holds with its articles."""
    line, fields = row
    if "articles" not in fields:
        return Problem(source, line, 'a story needs an "articles" list, or articles with a "story_id"')
    found = (
        entry
        for record in story_records(fields, source, line)
        for entry in ([record] if isinstance(record, Problem) else articles_of(record, source))
    )
    return _story(found, _name(fields.get("story_id") or fields.get("id")), _name(fields.get("title")))


def _story(entries: Iterable[Entry], identity: str, title: str) -> FoundStory:
    found = list(distinct(entries))
    problems = [entry for entry in found if isinstance(entry, Problem)]
    articles = tuple(entry for entry in found if isinstance(entry, Article))
    story = None
    try:
        story = Story(articles, identity or None, title) if articles else None
    except ArticleError as error:
        problems.append(Problem(identity, None, str(error)))
    return FoundStory(identity, story, tuple(problems), tuple(entry for entry in found if isinstance(entry, Notice)))


def _name(value: object) -> str:
    """An id or title: a number serves too, anything else is none."""
    return one_line(str(value)) if isinstance(value, str | int) and not isinstance(value, bool) else ""
