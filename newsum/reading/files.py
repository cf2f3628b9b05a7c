"""Reads files, addresses, data sets and what is piped in, each by its format, one entry at a time.

In: what walking.py found. Out: `Article`s, and the `Problem`s and `Notice`s met on the way.
"""

import io
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

from newsum.reading.bounds import few_problems, few_rows
from newsum.reading.decoding import MANY_ARTICLES, ONE_ARTICLE, Lines, decode, load, unpack
from newsum.reading.entries import Entry, Notice, Problem, Record, Unreadable, articles_of
from newsum.reading.parquet import Frame, Rows, dataset_rows, parquet_rows
from newsum.reading.plain_text import parse_markdown, parse_text
from newsum.reading.tables import Row, csv_rows, jsonl_rows, parse_json, records
from newsum.reading.visits import Visits
from newsum.reading.walking import FEED_LIST, STDIN, TABLES, Source, formats, suffix_of
from newsum.reading.web import Fetched

__all__ = ["entries_in", "rows_in", "text_as_written"]

Found = Record | Problem


# Pages and feeds take 35 ms to load: only where there is one


def _page(text: str, source: str, site: str | None = None) -> Iterator[Found]:
    from newsum.reading.pages import parse_page

    return parse_page(text, source, site)


def _feed(data: bytes, source: str) -> Iterator[Found]:
    from newsum.reading.feeds import parse_feed

    return parse_feed(data, source)


def _is_feed(data: bytes) -> bool:
    from newsum.reading.feeds import is_feed

    return is_feed(data)


_PARSERS: dict[str, Callable[[str, str], Iterator[Found]]] = {
    ".txt": parse_text,
    ".md": parse_markdown,
    ".json": parse_json,
    ".html": _page,
    ".htm": _page,
}
_BY_LINE: dict[str, Callable[[Iterable[str], str], Iterator[Row | Problem]]] = {
    ".jsonl": jsonl_rows,
    ".csv": csv_rows,
}
_PAGES = frozenset((".html", ".htm"))
_FEEDS = frozenset((".xml", ".rss", ".atom"))
_MEDIA_TYPES = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "application/json": ".json",
    "application/x-ndjson": ".jsonl",
    "application/jsonl": ".jsonl",
    "text/csv": ".csv",
    "text/markdown": ".md",
    "text/plain": ".txt",
    "application/rss+xml": ".xml",
    "application/atom+xml": ".xml",
    "application/rdf+xml": ".xml",
    "application/xml": ".xml",
    "text/xml": ".xml",
    "text/x-opml": FEED_LIST,
    "application/x-opml+xml": FEED_LIST,
}
_DATA = "the data set"  # as messages call one that is no file
_UNTOLD = ("text/plain", "application/octet-stream", "application/gzip", "application/x-gzip", "")


def entries_in(source: Source, visits: Visits) -> Iterator[Entry]:
    """All that one file, address or data set holds."""
    if isinstance(source, Problem | Notice):
        yield source
    elif isinstance(source, Path):
        yield from few_problems(_read_file(source, visits), str(source))
    elif isinstance(source, str) and source == STDIN:
        yield from few_problems(_read_piped(visits), "standard input")
    elif isinstance(source, str):
        yield from few_problems(_read_url(source, visits), source)
    else:
        yield from _articles_of_rows(source, _DATA)


def text_as_written(path: Path) -> Iterator[Entry]:
    """The article of a text file, its mark-up left in it."""
    source = str(path)
    try:
        text, _ = decode(load(path, ONE_ARTICLE))
        yield from _articles(parse_text(text, source), source, path)
    except Unreadable as error:
        yield Problem(source, None, str(error))


def rows_in(table: Path | Rows | Frame) -> Iterator[Row | Problem | Notice]:
    """The rows of a table, data set or frame, one in memory at a time."""
    if isinstance(table, Path):
        yield from _rows_of_file(table)
        return
    try:
        yield from few_problems(few_rows(dataset_rows(table), _DATA), _DATA)
    except Unreadable as error:
        yield Problem(_DATA, None, str(error))


def _rows_of_file(path: Path) -> Iterator[Row | Problem | Notice]:
    source, suffix = str(path), suffix_of(path)
    lines = Lines(path, MANY_ARTICLES)
    try:
        rows = parquet_rows(path) if suffix == ".parquet" else _BY_LINE[suffix](lines, source)
        yield from few_problems(few_rows(rows, source), source)
    except Unreadable as error:
        yield Problem(source, None, str(error))
    if lines.lost:
        yield Notice("bytes", source, f"{lines.lost:,}")


def _articles_of_rows(table: Path | Rows | Frame, source: str) -> Iterator[Entry]:
    for row in rows_in(table):
        yield from [row] if isinstance(row, Notice) else _articles(records([row], source), source)


def _read_file(path: Path, visits: Visits) -> Iterator[Entry]:
    source, suffix = str(path), suffix_of(path)
    if suffix in TABLES:
        yield from _articles_of_rows(path, source)
        return
    if suffix == ".warc":
        from newsum.reading.warc import warc_pages

        yield from _articles(warc_pages(path), source)
        return
    try:
        data = load(path, MANY_ARTICLES if suffix == ".json" else ONE_ARTICLE)
        yield from _read_data(data, suffix, source, visits, path=path)
    except Unreadable as error:
        yield Problem(source, None, str(error))


def _read_piped(visits: Visits) -> Iterator[Entry]:
    """What stands on standard input: a page, JSON, a feed or text, by how it begins."""
    try:
        data = unpack(_piped(ONE_ARTICLE + 1), ONE_ARTICLE)
        if len(data) > ONE_ARTICLE:
            raise Unreadable(f"it holds more than {ONE_ARTICLE // 1_000_000} MB, newsum's limit for one article")
        yield from _read_data(data, _format_of(data), "standard input", visits)
    except (Unreadable, OSError) as error:
        yield Problem("standard input", None, str(error))


def _piped(most: int) -> bytes:
    """The first bytes of standard input; of a stand-in for it that has text only, the text's.

    Raises:
        Unreadable: it is closed.
    """
    stream = sys.stdin
    if stream is None or stream.closed:
        raise Unreadable("it is closed")
    held = getattr(stream, "buffer", None)
    return bytes(held.read(most)) if held is not None else stream.read(most).encode("utf-8", "replace")


def _format_of(data: bytes) -> str:
    start = data.lstrip(b"\xef\xbb\xbf \t\r\n")[:2_048]
    if _is_feed(start):
        return ".xml"
    if start.startswith((b"{", b"[")):
        lines = [line for line in data.splitlines() if line.strip()]
        return ".jsonl" if len(lines) > 1 and all(line.lstrip().startswith(b'{"') for line in lines[:2]) else ".json"
    lower = start.lower()
    is_page = lower.startswith((b"<!doctype html", b"<html", b"<!--", b"<head", b"<body")) or b"<html" in lower
    return ".html" if is_page else ".txt"


def _read_url(url: str, visits: Visits) -> Iterator[Entry]:
    try:
        fetched = visits.named(url)
        suffix = _suffix_at(fetched)
        if suffix in (*_FEEDS, FEED_LIST):
            visits.keep(url, fetched)
        data = unpack(fetched.data, ONE_ARTICLE)
        yield from _read_data(data, suffix, url, visits, site=fetched.url, charset=fetched.charset)
    except Unreadable as error:
        yield Problem(url, None, str(error))


def _read_data(
    data: bytes,
    suffix: str,
    source: str,
    visits: Visits,
    *,
    path: Path | None = None,
    site: str = "",
    charset: str | None = None,
) -> Iterator[Entry]:
    """The articles in a file's or an answer's bytes.

    Args:
        site: the address that they were fetched from; "" for what is the user's own.

    Raises:
        Unreadable: they are not what they should be.
    """
    if not data.strip():
        raise Unreadable("it is empty")
    if suffix == FEED_LIST:
        from newsum.reading.feeds import feed_addresses

        for address in feed_addresses(data):
            yield from _read_feed(address, visits)
        return
    if suffix in _FEEDS:
        yield from _items(_feed(data, source), source, site, visits)
        return
    text, lost = decode(data, declared=charset, html=suffix in _PAGES)
    if lost:
        yield Notice("bytes", source, f"{lost:,}")
    yield from _articles(_located(_records(suffix, text, source, site), site), source, path)


def _read_feed(address: str, visits: Visits) -> Iterator[Entry]:
    """A feed that a list names."""
    try:
        fetched = visits.found(address, fresh=0.0)
        yield from _items(_feed(unpack(fetched.data, ONE_ARTICLE), address), address, fetched.url, visits)
    except Unreadable as error:
        yield Problem(address, None, str(error))


def _items(found: Iterable[Found], source: str, site: str, visits: Visits) -> Iterator[Entry]:
    """A feed's items, or the pages that they lead to; where a page cannot be had, what the feed has of it."""
    for record in _located(found, site):
        if isinstance(record, Problem) or not (visits.follow and record.fields.get("url")):
            yield from _articles([record], source)
            continue
        page = _followed(record.fields, visits)
        if isinstance(page, Problem):
            yield page
        yield from _articles([record if isinstance(page, Problem) else page], source)


def _followed(item: Mapping[str, object], visits: Visits) -> Found:
    """The article on an item's page, with the day that its feed gives where the page gives none."""
    address = str(item["url"])
    try:
        fetched = visits.found(address)
        suffix = _suffix_at(fetched)
        if suffix not in _PAGES:
            raise Unreadable("the feed's item leads to no page")
        text, _ = decode(unpack(fetched.data, ONE_ARTICLE), declared=fetched.charset, html=True)
    except Unreadable as error:
        return Problem(address, None, str(error))
    page = next(_page(text, address, fetched.url))
    if isinstance(page, Problem) or page.fields["published"]:
        return page
    undated = tuple(notice for notice in page.notices if notice[0] not in ("date", "change"))
    return replace(page, fields={**page.fields, "published": item.get("published")}, notices=undated)


def _articles(found: Iterable[Found], source: str, path: Path | None = None) -> Iterator[Entry]:
    for record in found:
        yield from [record] if isinstance(record, Problem) else articles_of(record, source, path)


def _records(suffix: str, text: str, source: str, site: str) -> Iterator[Found]:
    if suffix in _BY_LINE:
        return records(_BY_LINE[suffix](io.StringIO(text, newline=""), source), source)
    return _page(text, source, site or None) if suffix in _PAGES else _PARSERS[suffix](text, source)


def _located(found: Iterable[Found], site: str) -> Iterator[Found]:
    """The records, each with the address that it was fetched from."""
    return (replace(record, site=site) if site and isinstance(record, Record) else record for record in found)


def _suffix_at(fetched: Fetched) -> str:
    """The format of what was fetched: by its declared type, else by the address's ending, else a page; a feed or a
    list of feeds is known by how it begins.

    Raises:
        Unreadable: it is of a type that holds no article.
    """
    if _is_feed(fetched.data):
        return ".xml"
    if fetched.kind not in _UNTOLD:
        if fetched.kind not in _MEDIA_TYPES:
            raise Unreadable(f'the server calls it "{fetched.kind[:60]}", which newsum does not read; {formats()}')
        return FEED_LIST if b"<opml" in fetched.data[:2_048].lower() else _MEDIA_TYPES[fetched.kind]
    ending = suffix_of(Path(urlsplit(fetched.url).path))
    if ending in (*_PARSERS, *_BY_LINE, *_FEEDS, FEED_LIST):
        return ending
    return ".txt" if fetched.kind == "text/plain" else ".html"
