"""What a parser hands over for each article, and how that becomes an `Article`.

In: a `Record`, the fields as they stand in a page, a table or a text's front matter. Out: an `Article` with its
outlet named, its date in ISO form and its text cleaned and freed of boilerplate, or a `Problem` that says what is
wrong and where. A `Notice` goes with an article about which something was guessed or left out. Text is cleaned here
and nowhere later, so that every character offset in newsum counts the same characters.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import Any, Literal

from newsum.articles import Article
from newsum.errors import ArticleError
from newsum.outlets import names as outlets
from newsum.reading.boilerplate import without_boilerplate
from newsum.reading.cleaning import clean, one_line
from newsum.reading.dates import to_iso

__all__ = ["Entry", "Notice", "Problem", "Record", "Unreadable", "articles_of", "distinct"]

LONGEST_TEXT = 10_000_000  # characters, 1.6 million words: no article; sentence splitting would take minutes

LONGEST_FIELDS = {"outlet": 200, "source": 200, "title": 2_000, "url": 4_000}  # characters; these are printed whole


class Unreadable(Exception):
    """One input cannot be read; becomes a `Problem`. Never leaves newsum.reading."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that was left out: which file or URL, at which line where it has lines, and why."""

    path: str
    line: int | None
    message: str

    def __str__(self) -> str:
        place = self.path if self.line is None else f"{self.path}, line {self.line}"
        return f"{place}: {self.message}"


@dataclass(frozen=True, slots=True)
class Notice:
    """Something about an article that was read which its reader should know: what, and the words for it."""

    kind: Literal["outlet", "date", "bytes", "id"]
    path: str
    detail: str


@dataclass(frozen=True, slots=True)
class Record:
    """One article as a parser found it.

    Attributes:
        fields: the names and values that stand in the file.
        place: where in the file, for one without lines: "article 3".
        sole: it is all that the file holds, so the file's name may tell its outlet.
    """

    fields: Mapping[str, Any]
    line: int | None = None
    place: str = ""
    sole: bool = False


Entry = Article | Problem | Notice


def articles_of(record: Record, source: str, path: PurePath | None = None) -> Iterator[Entry]:
    """The record's article, with its notices first; or the problem with it.

    Args:
        source: the file or URL as messages name it.
        path: the file whose name may tell the outlet; none for a URL.
    """
    try:
        article, notices = _article(record, source, path)
    except ArticleError as error:
        place = f"{record.place}: " if record.place else ""
        yield Problem(source, record.line, f"{place}{error}")
    else:
        yield from notices
        yield article


def _article(record: Record, source: str, path: PurePath | None) -> tuple[Article, list[Notice]]:
    fields = record.fields
    if "text" not in fields:
        found = ", ".join(f'"{one_line(str(name))[:40]}"' for name in list(fields)[:12]) or "none"
        raise ArticleError(f'an article needs a "text" field; the fields here are {found}')
    text = clean(_text(fields, "text"))
    if not text:
        raise ArticleError("the article has no text")
    if len(text) > LONGEST_TEXT:
        raise ArticleError(
            f"its text has {len(text):,} characters, more than the {LONGEST_TEXT:,} that newsum takes for one article; "
            "split it into its articles"
        )
    title = one_line(_text(fields, "title"))
    url = one_line(_text(fields, "url")) or None
    outlet, guessed_from = _outlet(record, url, path if record.sole else None)
    stated_date = _text(fields, "published", "date")
    article = Article(
        outlet=outlet,
        text=without_boilerplate(text, title),
        title=title,
        url=url,
        published=to_iso(stated_date),
        authors=_authors(fields),
        id=one_line(_text(fields, "id")),
        outlet_guessed=bool(guessed_from) or (bool(outlet) and fields.get("outlet_guessed") is True),
    )
    notices = [Notice("outlet", source, f'"{outlet}" from {guessed_from}')] if guessed_from else []
    if stated_date.strip() and article.published is None:
        notices.append(Notice("date", source, f'"{one_line(stated_date)[:40]}"'))
    return article, notices


def _outlet(record: Record, url: str | None, path: PurePath | None) -> tuple[str, str]:
    """The outlet, and what it was guessed from where it is not stated."""
    if stated := one_line(_text(record.fields, "outlet", "source")):
        return outlets.canonical(stated), ""
    if url:
        outlet, known = outlets.from_url(url)
        if outlet:
            return outlet, "" if known else "the URL"
    outlet = outlets.from_path(path) if path else ""
    return outlet, "the file's name or folder" if outlet else ""


def _text(fields: Mapping[str, Any], *names: str) -> str:
    """The first of the named fields that is given; a number serves as an id only."""
    for name in names:
        value = fields.get(name)
        if value is None or value == "":
            continue
        if name == "id" and type(value) is int:
            return str(value)
        if not isinstance(value, str):
            raise ArticleError(f'"{name}" must be text, not {_json_type(value)}')
        if len(value) > LONGEST_FIELDS.get(name, len(value)):
            raise ArticleError(
                f'"{name}" has {len(value):,} characters, more than the {LONGEST_FIELDS[name]:,} allowed'
            )
        return value
    return ""


def _json_type(value: object) -> str:
    names = {dict: "an object", list: "a list", bool: "true or false", int: "a number", float: "a number"}
    return names.get(type(value), type(value).__name__)


def _authors(fields: Mapping[str, Any]) -> tuple[str, ...]:
    value = fields.get("authors") or fields.get("author") or ()
    if isinstance(value, str):
        value = re.split(r";|,|\band\b" if ";" not in value else ";", value)
    if not isinstance(value, list | tuple) or not all(isinstance(name, str) for name in value):
        raise ArticleError('"authors" must be a list of names')
    return tuple(name for name in map(one_line, value) if name)


def distinct(entries: Iterable[Entry]) -> Iterator[Entry]:
    """The entries, with no id given to two different articles.

    Evidence names its article by id, and two tables may both count theirs from 1: the second article then gets the
    id that its content makes.
    """
    by_id: dict[str, Article] = {}
    for entry in entries:
        if isinstance(entry, Article) and by_id.setdefault(entry.id, entry) != entry:
            yield Notice("id", entry.url or entry.title, f'"{entry.id}"')
            entry = replace(entry, id="")
            by_id.setdefault(entry.id, entry)
        yield entry
