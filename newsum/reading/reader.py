"""Reads what a user names: the articles or stories in it, what was left out, and what was guessed.

In: paths, patterns, folders, addresses, data sets, frames. Out: articles and warnings, or a `Reading` that holds both.
"""

import warnings
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Literal, get_args

from newsum.articles import Article, Story
from newsum.errors import NothingToRead, ReadingError, ReadingWarning, SettingsError
from newsum.reading.decoding import ONE_ARTICLE, decode, load
from newsum.reading.entries import Entry, Notice, Problem, Unreadable, distinct
from newsum.reading.files import entries_in, text_as_written
from newsum.reading.parquet import Frame, Rows
from newsum.reading.plain_text import addresses
from newsum.reading.stories import story_entries
from newsum.reading.visits import Visits
from newsum.reading.walking import Input, sources, suffix_of
from newsum.reading.web import is_url
from newsum.system.logs import timed
from newsum.system.paths import expanded, is_file

__all__ = [
    "Reading",
    "StoryReading",
    "read",
    "read_brief",
    "read_report",
    "read_stories",
    "read_stories_report",
]

OnError = Literal["warn", "raise"]

_SHOWN = 20  # examples in one notice
_WORDING = {
    "outlet": 'outlets were guessed: {}; state them as "outlet" to be sure',
    "date": "dates that cannot be read for certain were left out: {}; write them like 2026-03-10",
    "change": 'dates of a change were not taken for dates of publication: {}; state these as "published"',
    "teaser": "only the teaser of an article for payers was on the page: {}",
    "passed": "files that newsum does not read were passed over: {}",
    "bytes": 'characters that could not be made out stand as "\ufffd": {}; save the text as UTF-8',
    "id": "ids given to two different articles were replaced: {}",
}


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read.

    Attributes:
        problems: what was left out, each with its file and line.
        notices: sentences on what was guessed, or could not be made out, in the articles that were read.
    """

    articles: tuple[Article, ...]
    problems: tuple[Problem, ...] = ()
    notices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StoryReading:
    """Which stories were read; `problems` and `notices` as in `Reading`."""

    stories: tuple[Story, ...]
    problems: tuple[Problem, ...] = ()
    notices: tuple[str, ...] = ()


def read(
    *inputs: Input | Iterable[Input],
    errors: OnError = "warn",
    urls: str | Path | None = None,
    follow: bool = False,
    allow_private: bool = False,
) -> list[Article]:
    """The articles in files, folders, patterns (`*.txt`), http(s) addresses and data sets, in the order given.

    Files are .txt, .md, .json, .jsonl, .csv, .parquet, saved .html pages, feeds (.xml, .rss, .atom), lists of feeds
    (.opml) and web archives (.warc), all but .parquet also gzip-compressed; a folder is walked with its subfolders. A
    file met twice is read once; "-" is standard input. A data set is a `datasets.Dataset` or `IterableDataset`, or a
    frame of pandas or polars, whose columns are named as `Article`'s fields are. `read([a, b])` is `read(a, b)`.

    Args:
        errors: "warn" names what cannot be read in a `ReadingWarning` and reads the rest; "raise" stops.
        urls: a file with an address in each line, which are read after the inputs.
        follow: whether the page that each item of a feed leads to is fetched; else what the feed has of it is read.
        allow_private: whether addresses found in feeds, and redirects, may lead into this machine's own network.

    Raises:
        NothingToRead: no article was found at all.
        ReadingError: with `errors="raise"`, an input, or a line of it, cannot be read.
        SettingsError: `errors` has another value.

    >>> articles = read("examples/stories/rocket-launch")  # doctest: +SKIP
    """
    _require_choice(errors)
    reading = read_report(*inputs, urls=urls, follow=follow, allow_private=allow_private)
    _report(reading.problems, reading.notices, errors, nothing=not reading.articles)
    return list(reading.articles)


def read_report(
    *inputs: Input | Iterable[Input],
    urls: str | Path | None = None,
    follow: bool = False,
    allow_private: bool = False,
    besides: Collection[Path] = (),
) -> Reading:
    """What `read` reads, with what was left out and guessed as data instead of warnings.

    Args:
        besides: files that are passed over, as if they were not there.

    Raises:
        SettingsError: an input is neither a path, nor text, nor a data set.
    """
    _require_inputs(inputs)
    visits = Visits(follow=follow, allow_private=allow_private)
    named = chain(sources(inputs, besides), _listed(urls))
    with timed("read %d inputs", len(inputs)):
        entries = list(distinct(entry for source in named for entry in entries_in(source, visits)))
    articles = tuple(entry for entry in entries if isinstance(entry, Article))
    return Reading(articles, _problems(entries), _sentences(entries))


def read_brief(given: str) -> Reading:
    """What `read_report` reads of a file, address or standard input that holds somebody's brief.

    A file of Markdown keeps its mark-up: its links and footnotes say where each line is from.
    """
    path = expanded(given)
    if suffix_of(path) != ".md" or is_url(given) or not is_file(path):
        return read_report(given)
    entries = list(text_as_written(path))
    return Reading(tuple(entry for entry in entries if isinstance(entry, Article)), _problems(entries))


def read_stories(source: str | Path | Rows | Frame, *, errors: OnError = "warn") -> list[Story]:
    """The stories in a folder of story folders, a table (.jsonl, .csv, .parquet) or a data set.

    A folder that holds articles and no subfolders is one story. A table's row is a story with its `articles`, or an
    article with the `story_id` of its story. A story's id is its `story_id` or its folder's name.

    Raises:
        NothingToRead, ReadingError, SettingsError: as `read` does.
    """
    _require_choice(errors)
    reading = read_stories_report(source)
    _report(reading.problems, reading.notices, errors, nothing=not reading.stories)
    return list(reading.stories)


def read_stories_report(source: str | Path | Rows | Frame) -> StoryReading:
    """What `read_stories` reads, with what was left out and guessed as data instead of warnings."""
    _require_inputs((source,))
    entries = list(story_entries(Path(source) if isinstance(source, str) else source))
    stories = tuple(entry for entry in entries if isinstance(entry, Story))
    return StoryReading(stories, _problems(entries), _sentences(entries))


def _listed(urls: str | Path | None) -> Iterator[str | Problem]:
    """The addresses in a file of them."""
    if urls is None:
        return
    path = expanded(urls)
    try:
        text, _ = decode(load(path, ONE_ARTICLE))
    except Unreadable as error:
        yield Problem(str(urls), None, str(error))
        return
    for line in addresses(text):
        yield line if is_url(line) else Problem(str(urls), None, f'"{line[:80]}" is not an address')


def _require_choice(errors: str) -> None:
    if errors not in get_args(OnError):
        allowed = " or ".join(f'"{choice}"' for choice in get_args(OnError))
        raise SettingsError(f"errors must be {allowed}, not {errors!r}")


def _require_inputs(inputs: Iterable[object]) -> None:
    for given in inputs:
        if isinstance(given, list | tuple):
            _require_inputs(given)
            continue
        if isinstance(given, str | Path) or (isinstance(given, Rows | Frame) and not isinstance(given, Mapping)):
            continue
        hint = "; for several, write read(*paths)" if isinstance(given, set | frozenset) else ""
        hint = '; for one of its splits, write read(data["train"])' if isinstance(given, Mapping) else hint
        raise SettingsError(
            f"an input must be a path, pattern, address, data set or frame, not {type(given).__name__}{hint}"
        )


def _report(problems: tuple[Problem, ...], notices: tuple[str, ...], errors: OnError, *, nothing: bool) -> None:
    """Raises or warns; the warnings point at whoever called `read` or `read_stories`."""
    if nothing and not problems:
        raise NothingToRead("nothing to read: no input was given; name files, folders, patterns or addresses")
    if nothing and len(problems) == 1:
        raise NothingToRead(f"nothing to read: {problems[0]}")
    if problems and errors == "raise":
        more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
        raise (NothingToRead if nothing else ReadingError)(f"{problems[0]}{more}")
    for problem in (*problems, *notices):
        warnings.warn(str(problem), ReadingWarning, stacklevel=3)
    if nothing:
        raise NothingToRead(f"nothing to read: all {len(problems)} inputs failed, the first being {problems[0]}")


def _problems(entries: Iterable[Entry | Story]) -> tuple[Problem, ...]:
    return tuple(entry for entry in entries if isinstance(entry, Problem))


def _sentences(entries: Iterable[Entry | Story]) -> tuple[str, ...]:
    """One sentence for each kind of notice, for a table can hold a thousand of one kind."""
    notices = [entry for entry in entries if isinstance(entry, Notice)]
    kinds = dict.fromkeys(notice.kind for notice in notices)
    return tuple(_sentence(kind, [notice for notice in notices if notice.kind == kind]) for kind in kinds)


def _sentence(kind: str, notices: list[Notice]) -> str:
    each = dict.fromkeys(f"{notice.detail} ({notice.path})" if notice.path else notice.detail for notice in notices)
    shown = ", ".join(list(each)[:_SHOWN]) + (f" and {len(each) - _SHOWN} more" if len(each) > _SHOWN else "")
    return _WORDING[kind].format(shown)
