"""Paths, patterns, folders and addresses -> what can be read in them, one entry at a time.

In: inputs as the user gave them. Out: `Article`s, and the `Problem`s and `Notice`s met on the way, in the order of
sorted paths. A folder is walked for the formats in `FORMATS`; other files and hidden ones in it are passed over, for
a folder may hold anything, while a file named by itself was meant to be read and is named if it cannot be.
"""

import glob
import io
import os
import posixpath
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

from newsum.reading.decoding import MANY_ARTICLES, ONE_ARTICLE, Lines, decode, load, unpack
from newsum.reading.entries import Entry, Notice, Problem, Record, Unreadable, articles_of
from newsum.reading.pages import parse_page
from newsum.reading.parquet import Rows, dataset_rows, parquet_rows
from newsum.reading.plain_text import parse_markdown, parse_text
from newsum.reading.tables import Row, csv_rows, jsonl_rows, parse_json, records
from newsum.reading.web import fetch, is_url

__all__ = ["FORMATS", "TABLES", "entries_in", "is_article_file", "rows_in", "sources", "suffix_of"]

_PARSERS: dict[str, Callable[[str, str], Iterator[Record | Problem]]] = {
    ".txt": parse_text,
    ".md": parse_markdown,
    ".json": parse_json,
    ".html": parse_page,
    ".htm": parse_page,
}
_BY_LINE: dict[str, Callable[[Iterable[str], str], Iterator[Row | Problem]]] = {
    ".jsonl": jsonl_rows,
    ".csv": csv_rows,
}
TABLES = (*_BY_LINE, ".parquet")  # read a row at a time
FORMATS = (".txt", ".md", ".json", *TABLES, ".html", ".htm")
_PAGES = frozenset((".html", ".htm"))
_MEDIA_TYPES = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "application/json": ".json",
    "application/x-ndjson": ".jsonl",
    "application/jsonl": ".jsonl",
    "text/csv": ".csv",
    "text/markdown": ".md",
    "text/plain": ".txt",
}


Source = Path | str | Rows | Problem


def sources(inputs: Iterable[str | Path | Rows]) -> Iterator[Source]:
    """The files and addresses that the inputs name, each once, in the order given; data sets as they are."""
    seen: set[Path | str] = set()
    for given in inputs:
        if not isinstance(given, str | Path):
            yield given
            continue
        found = [given] if isinstance(given, str) and is_url(given) else _paths(given)
        for source in found:
            same = source.resolve() if isinstance(source, Path) else str(source)
            if same not in seen:
                seen.add(same)
                yield source


def entries_in(source: Source) -> Iterator[Entry]:
    """All that one file, address or data set holds."""
    if isinstance(source, Problem):
        yield source
    elif isinstance(source, Path):
        yield from _read_file(source)
    elif isinstance(source, str):
        yield from _read_url(source)
    else:
        yield from _articles(records(dataset_rows(source), "the data set"), "the data set")


def suffix_of(path: Path) -> str:
    """The suffix that tells the format: ".txt" of "a.txt" and of "a.txt.gz"."""
    name = path.name.lower().removesuffix(".gz")
    return posixpath.splitext(name)[1]


def is_article_file(path: Path) -> bool:
    """Whether a folder's file is one to read: not hidden, of a known format."""
    return not path.name.startswith(".") and suffix_of(path) in FORMATS


def _walk(folder: Path) -> Iterator[Path | Problem]:
    """The article files in a folder and its subfolders, in sorted order; links to folders are not followed."""
    refused: list[OSError] = []
    for root, folders, names in os.walk(folder, onerror=refused.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (path for name in sorted(names) if is_article_file(path := Path(root, name)))
    for error in refused:
        yield Problem(
            str(error.filename), None, f"the folder cannot be opened: {(error.strerror or 'refused').lower()}"
        )


def rows_in(path: Path) -> Iterator[Row | Problem | Notice]:
    """The rows of a table, one in memory at a time."""
    source, suffix = str(path), suffix_of(path)
    lines = Lines(path, MANY_ARTICLES)
    try:
        yield from parquet_rows(path) if suffix == ".parquet" else _BY_LINE[suffix](lines, source)
    except Unreadable as error:
        yield Problem(source, None, str(error))
    if lines.lost:
        yield Notice("bytes", source, f"{lines.lost:,}")


def _paths(given: str | Path) -> Iterator[Path | Problem]:
    name = str(given)
    path = Path(name).expanduser()
    if not name.strip() or "\0" in name:
        yield Problem(repr(name), None, "it is not a path")
    elif path.is_dir():
        yield from _some(_walk(path), name, f"the folder holds no article that newsum reads ({_formats()})")
    elif os.path.lexists(path):
        yield path if suffix_of(path) in FORMATS else Problem(name, None, f"newsum does not read this; {_formats()}")
    elif glob.has_magic(name):
        matches = (Path(match) for match in sorted(glob.glob(str(path), recursive=True)))
        yield from _some(_matched(matches), name, f"no file that newsum reads matches this pattern ({_formats()})")
    else:
        yield Problem(name, None, "there is no such file or folder; check the path")


def _matched(matches: Iterator[Path]) -> Iterator[Path | Problem]:
    for path in matches:
        if path.is_dir():
            yield from _walk(path)
        elif is_article_file(path):
            yield path


def _some(paths: Iterator[Path | Problem], name: str, otherwise: str) -> Iterator[Path | Problem]:
    found = False
    for path in paths:
        found = True
        yield path
    if not found:
        yield Problem(name, None, otherwise)


def _formats() -> str:
    return f"it reads {', '.join(FORMATS)}, all but .parquet also as .gz"


def _read_file(path: Path) -> Iterator[Entry]:
    source, suffix = str(path), suffix_of(path)
    if suffix in TABLES:
        for row in rows_in(path):
            yield from [row] if isinstance(row, Notice) else _articles(records([row], source), source)
        return
    try:
        text, lost = decode(load(path, MANY_ARTICLES if suffix == ".json" else ONE_ARTICLE), html=suffix in _PAGES)
    except Unreadable as error:
        yield Problem(source, None, str(error))
        return
    if lost:
        yield Notice("bytes", source, f"{lost:,}")
    yield from _articles(_PARSERS[suffix](text, source), source, path)


def _articles(found: Iterable[Record | Problem], source: str, path: Path | None = None) -> Iterator[Entry]:
    for record in found:
        yield from [record] if isinstance(record, Problem) else articles_of(record, source, path)


def _read_url(url: str) -> Iterator[Entry]:
    try:
        fetched = fetch(url)
        suffix = _suffix_at(fetched.url, fetched.kind)
        text, lost = decode(unpack(fetched.data, ONE_ARTICLE), declared=fetched.charset, html=suffix in _PAGES)
    except Unreadable as error:
        yield Problem(url, None, str(error))
        return
    if lost:
        yield Notice("bytes", url, f"{lost:,}")
    yield from _articles(_located(_records_at(suffix, text, url, fetched.url), fetched.url), url)


def _records_at(suffix: str, text: str, url: str, address: str) -> Iterator[Record | Problem]:
    if suffix in _BY_LINE:
        return records(_BY_LINE[suffix](io.StringIO(text, newline=""), url), url)
    return parse_page(text, url, address) if suffix in _PAGES else _PARSERS[suffix](text, url)


def _located(found: Iterable[Record | Problem], address: str) -> Iterator[Record | Problem]:
    """The records, each with the address that it was fetched from."""
    return (replace(record, site=address) if isinstance(record, Record) else record for record in found)


def _suffix_at(url: str, kind: str) -> str:
    """The format of what was fetched: by its declared type, else by the address's ending, else a page.

    Raises:
        Unreadable: it is of a type that holds no article.
    """
    ending = suffix_of(Path(urlsplit(url).path))
    if kind in ("text/plain", "application/octet-stream", "application/gzip", "application/x-gzip", ""):
        return ending if ending in (*_PARSERS, *_BY_LINE) else ".txt" if kind == "text/plain" else ".html"
    if kind not in _MEDIA_TYPES:
        raise Unreadable(f'the server calls it "{kind[:60]}", which newsum does not read; {_formats()}')
    return _MEDIA_TYPES[kind]
