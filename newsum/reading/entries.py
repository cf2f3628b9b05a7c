"""What a parser hands over for each article, and how that becomes an `Article`.

In: a `Record`, the fields as they stand in a page, a table or a text's front matter. Out: an `Article` with its
outlet named, its date in ISO form and its text cleaned and freed of boilerplate, or a `Problem` that says what is
wrong and where. A `Notice` goes with an article about which something was guessed or left out. Text is cleaned here
and nowhere later, so that every character offset in newsum counts the same characters.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import Any, Literal

from newsum.articles import Article
from newsum.errors import ArticleError
from newsum.reading.boilerplate import without_boilerplate
from newsum.reading.cleaning import clean, one_line
from newsum.reading.credit import Credit, of_fetched, of_own_file
from newsum.reading.fields import authors, identity, named, published, text_of

__all__ = ["Entry", "Notice", "NoticeKind", "Problem", "Record", "Unreadable", "articles_of", "distinct"]

LONGEST_TEXT = 10_000_000  # characters, 1.6 million words: no article; sentence splitting would take minutes

NoticeKind = Literal["outlet", "date", "change", "teaser", "bytes", "id", "passed"]


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
        return one_line(f"{place}: {self.message}")  # a file's name, and what it holds, can have line ends


@dataclass(frozen=True, slots=True)
class Notice:
    """Something about an article that was read which its reader should know: what, and the words for it."""

    kind: NoticeKind
    path: str
    detail: str


@dataclass(frozen=True, slots=True)
class Record:
    """One article as a parser found it.

    Attributes:
        fields: the names and values that stand in the file.
        place: where in the file, for one without lines: "article 3".
        sole: it is all that the file holds, so the file's name may tell its outlet.
        site: the address that it was fetched from; "" for a user's own file.
        saved: its address is only what a browser or crawler noted when it saved the page.
        notices: what its parser has to say of it, each with its kind.
    """

    fields: Mapping[str, Any]
    line: int | None = None
    place: str = ""
    sole: bool = False
    site: str = ""
    saved: bool = False
    notices: tuple[tuple[NoticeKind, str], ...] = ()


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
    text = clean(text_of(fields, "text"))
    if not text:
        raise ArticleError("the article has no text")
    if len(text) > LONGEST_TEXT:
        raise ArticleError(
            f"its text has {len(text):,} characters, more than the {LONGEST_TEXT:,} that newsum takes for one article; "
            "split it into its articles"
        )
    credit = _credit(record, path)
    title = one_line(text_of(fields, "title"))
    day, unclear = published(fields)
    article = Article(
        outlet=credit.outlet,
        text=without_boilerplate(text, title),
        title=title,
        url=credit.url,
        published=day,
        authors=authors(fields),
        id=identity(fields),
        outlet_guessed=bool(credit.guess) or (bool(credit.outlet) and fields.get("outlet_guessed") is True),
        teaser=fields.get("teaser") is True,
    )
    notices = [Notice(kind, source, detail) for kind, detail in record.notices]
    if credit.guess:
        notices.append(Notice("outlet", source, f'"{credit.outlet}" from {credit.guess}'))
    if unclear:
        notices.append(Notice("date", source, f'"{unclear}"'))
    return article, notices


def _credit(record: Record, path: PurePath | None) -> Credit:
    stated = named(record.fields)
    if record.site:
        return of_fetched(stated, record.site, alone=record.sole)
    return of_own_file(stated, path if record.sole else None, saved=record.saved)


def distinct(entries: Iterable[Entry]) -> Iterator[Entry]:
    """The entries, with no id given to two different articles.

    Evidence names its article by id, and two tables may both count theirs from 1: the second article then gets the
    id that its content makes. Two of one content (read on two days, perhaps) are told apart by a number.
    """
    by_id: dict[str, Article] = {}
    for entry in entries:
        if isinstance(entry, Article) and by_id.setdefault(entry.id, entry) != entry:
            made = replace(entry, id="")
            if made.id != entry.id:
                yield Notice("id", entry.url or entry.title, f'"{entry.id}"')
            entry, number = made, 1
            while by_id.setdefault(entry.id, entry) != entry:
                number += 1
                entry = replace(made, id=f"{made.id}-{number}")
        yield entry
