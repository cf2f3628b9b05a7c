"""Web archives (WARC, ISO 28500) -> the articles on the pages in them.

In: a .warc file, plain or gzip-compressed, as crawlers write it. Out: what parse_page makes of each HTML response, at
the address that it was fetched from. fastwarc reads the records one at a time; a record over the limit of one page is
named and passed over.
"""

from collections.abc import Iterator
from pathlib import Path

from newsum.errors import needing
from newsum.reading.decoding import ONE_ARTICLE, decode
from newsum.reading.entries import Problem, Record, Unreadable
from newsum.reading.pages import parse_page

__all__ = ["warc_pages"]

_PAGES = ("text/html", "application/xhtml+xml")
_ANSWERED = range(200, 300)


def warc_pages(path: Path) -> Iterator[Record | Problem]:
    """The pages' records.

    Raises:
        MissingExtra: fastwarc is not installed.
    """
    with needing("warc", "a WARC file"):
        from fastwarc.warc import ArchiveIterator, WarcRecordType

    seen = False
    try:
        with path.open("rb") as file:
            for record in ArchiveIterator(
                file, record_types=WarcRecordType.response, parse_http=True, auto_decode="all"
            ):
                seen = True
                headers = record.http_headers
                if headers is None or headers.status_code not in _ANSWERED or record.http_content_type not in _PAGES:
                    continue
                address = (record.headers.get("WARC-Target-URI") or "").strip("<> ")
                yield from _page(record.reader.read(ONE_ARTICLE + 1), record.http_charset, address, path)
    except Exception as error:  # whatever a broken archive makes the library raise
        reason = str(error).strip().partition("\n")[0][:200] or type(error).__name__
        yield Problem(str(path), None, f"it is not a WARC file that can be read to its end: {reason}")
        return
    if not seen:
        yield Problem(str(path), None, "it holds no page that a server answered with (no WARC response records)")


def _page(data: bytes, charset: str | None, url: str, path: Path) -> Iterator[Record | Problem]:
    source = f"{path}: {url}"
    if len(data) > ONE_ARTICLE:
        yield Problem(source, None, f"the page holds more than {ONE_ARTICLE // 1_000_000} MB")
        return
    try:
        text, _ = decode(data, declared=charset, html=True)
    except Unreadable as error:
        yield Problem(source, None, str(error))
        return
    yield from parse_page(text, source, url or None)
