"""Paths, patterns, folders and addresses -> what can be read in them, one entry at a time.

In: inputs as the user gave them. Out: `Article`s, and the `Problem`s and `Notice`s met on the way, in the order of
sorted paths. A folder is walked for the formats in `PARSERS`; other files and hidden ones in it are passed over, for
a folder may hold anything, while a file named by itself was meant to be read and is named if it cannot be.
"""

import glob
import os
import posixpath
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

from newsum.reading.decoding import MANY_ARTICLES, ONE_ARTICLE, decode, load, unpack
from newsum.reading.entries import Entry, Notice, Problem, Record, Unreadable, articles_of
from newsum.reading.pages import parse_page
from newsum.reading.tables import parse_csv, parse_json, parse_jsonl
from newsum.reading.texts import parse_markdown, parse_text
from newsum.reading.web import fetch, is_url

__all__ = ["PARSERS", "entries_in", "is_article_file", "sources", "suffix_of", "text_of"]

Parser = Callable[[str, str], Iterator[Record | Problem]]

PARSERS: dict[str, Parser] = {
    ".txt": parse_text,
    ".md": parse_markdown,
    ".json": parse_json,
    ".jsonl": parse_jsonl,
    ".csv": parse_csv,
    ".html": parse_page,
    ".htm": parse_page,
}
_TABLES = frozenset((".json", ".jsonl", ".csv"))
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


def sources(inputs: Iterable[str | Path]) -> Iterator[Path | str | Problem]:
    """The files and addresses that the inputs name, each once, in the order given."""
    seen: set[Path | str] = set()
    for given in inputs:
        found = [given] if isinstance(given, str) and is_url(given) else _paths(given)
        for source in found:
            same = source.resolve() if isinstance(source, Path) else str(source)
            if same not in seen:
                seen.add(same)
                yield source


def entries_in(source: Path | str | Problem) -> Iterator[Entry]:
    """All that one file or address holds."""
    if isinstance(source, Problem):
        yield source
    else:
        yield from _read_file(source) if isinstance(source, Path) else _read_url(source)


def suffix_of(path: Path) -> str:
    """The suffix that tells the format: ".txt" of "a.txt" and of "a.txt.gz"."""
    name = path.name.lower().removesuffix(".gz")
    return posixpath.splitext(name)[1]


def is_article_file(path: Path) -> bool:
    """Whether a folder's file is one to read: not hidden, of a known format."""
    return not path.name.startswith(".") and suffix_of(path) in PARSERS


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


def text_of(path: Path) -> tuple[str, int]:
    """The file's text, and how many of its characters could not be made out.

    Raises:
        Unreadable: the file cannot be opened or is no text.
    """
    suffix = suffix_of(path)
    data = load(path, MANY_ARTICLES if suffix in _TABLES else ONE_ARTICLE)
    return decode(data, html=suffix in _PAGES)


def _paths(given: str | Path) -> Iterator[Path | Problem]:
    name = str(given)
    path = Path(name).expanduser()
    if not name.strip() or "\0" in name:
        yield Problem(repr(name), None, "it is not a path")
    elif path.is_dir():
        yield from _some(_walk(path), name, f"the folder holds no article that newsum reads ({_formats()})")
    elif os.path.lexists(path):
        yield path if suffix_of(path) in PARSERS else Problem(name, None, f"newsum does not read this; {_formats()}")
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
    return f"it reads {', '.join(PARSERS)}, each also as .gz"


def _read_file(path: Path) -> Iterator[Entry]:
    source = str(path)
    try:
        text, lost = text_of(path)
    except Unreadable as error:
        yield Problem(source, None, str(error))
        return
    if lost:
        yield Notice("bytes", source, f"{lost:,}")
    for record in PARSERS[suffix_of(path)](text, source):
        yield from [record] if isinstance(record, Problem) else articles_of(record, source, path)


def _read_url(url: str) -> Iterator[Entry]:
    try:
        fetched = fetch(url)
        suffix = _suffix_at(fetched.url, fetched.kind)
        data = unpack(fetched.data, MANY_ARTICLES if suffix in _TABLES else ONE_ARTICLE)
        text, lost = decode(data, declared=fetched.charset, html=suffix in _PAGES)
    except Unreadable as error:
        yield Problem(url, None, str(error))
        return
    if lost:
        yield Notice("bytes", url, f"{lost:,}")
    records = parse_page(text, url, fetched.url) if suffix in _PAGES else PARSERS[suffix](text, url)
    for record in records:
        if isinstance(record, Record) and record.sole and not record.fields.get("url"):
            record = Record({**record.fields, "url": fetched.url}, sole=True)
        yield from [record] if isinstance(record, Problem) else articles_of(record, url)


def _suffix_at(url: str, kind: str) -> str:
    """The format of what was fetched: by its declared type, else by the address's ending, else a page.

    Raises:
        Unreadable: it is of a type that holds no article.
    """
    ending = suffix_of(Path(urlsplit(url).path))
    if kind in ("text/plain", "application/octet-stream", "application/gzip", "application/x-gzip", ""):
        return ending if ending in PARSERS else ".txt" if kind == "text/plain" else ".html"
    if kind not in _MEDIA_TYPES:
        raise Unreadable(f'the server calls it "{kind[:60]}", which newsum does not read; {_formats()}')
    return _MEDIA_TYPES[kind]
