"""A page of an outlet's site -> the article on it.

In: a page's HTML, and its address if it was fetched. Out: one `Record` with title, outlet, date, authors, address and
the body's paragraphs. The article is found by trafilatura (Barbaresi 2021, "Trafilatura: A Web Scraping Library and
Command-Line Tool for Text Discovery and Extraction"), without comments and tables; what boilerplate it leaves in is
taken out by boilerplate.py, for all formats alike.
"""

import logging
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from newsum.outlets import names as outlets
from newsum.reading.dates import to_iso
from newsum.reading.entries import Problem, Record
from newsum.reading.markup import over_limit

__all__ = ["parse_page"]

LONGEST_TITLE = 1_000  # characters; a longer one is no headline, and left as it is
SHORTEST_BODY = 200  # characters; below this the quick extractor has likely missed the article

_EMBEDDED = re.compile(r"data:[\w.+-]{1,60}/[\w.+-]{1,60};base64,[A-Za-z0-9+/=]+")
_SILENT = logging.NullHandler()
_BLOCKS = frozenset("p head item quote cell code".split())
_BREAK = "\0"  # stands for <br>; HTML can't hold it
_TAIL = re.compile(r"(.+)\s+(?:[|/·•»–—-]|::)\s+(.+?)")
_NAME = re.compile(r"(?:[A-Z][\w.'’-]*|al|bin|da|de|del|den|der|di|dos|du|el|ibn|la|le|ten|van|von|y)", re.UNICODE)


def parse_page(html: str, source: str, url: str | None = None) -> Iterator[Record | Problem]:
    html = _EMBEDDED.sub("", html)  # pictures saved inside the page
    if limit := over_limit(html):
        yield Problem(source, None, f"its mark-up is over newsum's limits ({limit})")
        return
    try:
        document = _extracted(html, url)
    except ImportError as error:  # an old pip leaves lxml_html_clean out where it is asked for as lxml[html_clean]
        yield Problem(source, None, f"pages need a package that cannot be loaded ({error}): reinstall newsum")
        return
    text = _paragraphs(document.body) if document else ""
    if not text:
        yield Problem(source, None, "no article was found on this page")
        return
    address = _address(document.url, url)
    outlet = _outlet(document.sitename, address, document.url, html)
    title, title_date = _title(document.title or "", outlet, address)
    fields = {
        "outlet": outlet,
        "title": title,
        "text": text,
        "url": address,
        "published": title_date or document.date,
        "authors": _authors(document.author or "", outlet),
    }
    yield Record(fields, sole=True)


def _extracted(html: str, url: str | None) -> Any:
    """Trafilatura's document or None.

    The quick extractor goes first: on twelve saved pages it gave the same text as the full one on eleven, and on
    the twelfth the article (300 characters) where the full one added 2,200 of teasers for other articles.

    Raises:
        ImportError: trafilatura, or something that it needs, is not installed.
    """
    import trafilatura

    for name in ("trafilatura", "htmldate"):  # what they log is said in a Problem; unhandled, it would go to stderr
        logging.getLogger(name).addHandler(_SILENT)
    found = None
    for fast in (True, False):
        try:
            document = trafilatura.bare_extraction(
                html,
                url=url,
                fast=fast,
                favor_precision=True,
                include_comments=False,
                include_tables=False,
                with_metadata=True,
                date_extraction_params={"extensive_search": False, "original_date": True},
            )
        except Exception:  # a page that trips the extractor, whatever it raises, must not stop the folder
            document = None
        found = document or found
        if document is not None and len(document.text or "") >= SHORTEST_BODY:
            return document
    return found


def _paragraphs(body: Any) -> str:
    """The body's blocks, each with its white space made single, a blank line between them.

    Not `document.text`: that holds the source file's own line ends in the middle of sentences.
    """
    paragraphs: list[str] = []
    parts: list[str] = []
    for entering, element in _steps(body):
        if element.tag in _BLOCKS:
            paragraphs += "".join(parts).split(_BREAK)
            parts = []
        if entering:
            parts.append(_BREAK if element.tag == "lb" else "")
        parts.append((element.text if entering else element.tail if element is not body else "") or "")
    paragraphs += "".join(parts).split(_BREAK)
    return "\n\n".join(filter(None, (" ".join(paragraph.split()) for paragraph in paragraphs)))


def _steps(body: Any) -> Iterator[tuple[bool, Any]]:
    """Each element as it is entered and left; without recursion, for a page can be nested 10,000 deep."""
    yield True, body
    open_elements = [(body, iter(body))]
    while open_elements:
        element, children = open_elements[-1]
        child = next(children, None)
        if child is not None:
            yield True, child
            open_elements.append((child, iter(child)))
        else:
            yield False, element
            open_elements.pop()


def _address(stated: str | None, fetched: str | None) -> str | None:
    """The page's own address; but a fetched page can't pass for another site's by stating an address there."""
    if fetched and (not stated or outlets.from_url(stated)[0] != outlets.from_url(fetched)[0]):
        return fetched
    return stated


def _outlet(sitename: str | None, address: str | None, stated_address: str | None, html: str) -> str:
    """The outlet that the page states; "" where its address tells it better or nothing is stated."""
    known = outlets.from_url(address)[1] if address else False
    name = " ".join((sitename or "").split())
    # Where no site name is stated, trafilatura gives the host of the address that the page states ...
    hosts = {urlsplit(url).netloc.lower().removeprefix("www.") for url in (address, stated_address) if url}
    if known or not name or len(name) > 60 or name.lower().removeprefix("www.") in hosts:
        return ""
    # ... or else any part of the title that has a point in it: "U.S. sends warship".
    stated = re.search(r"og:site_name|application-name|twitter:site|dc\.publisher|\"publisher\"", html, re.IGNORECASE)
    return name if stated or outlets.is_host(name) else ""


def _title(title: str, outlet: str, address: str | None) -> tuple[str, str | None]:
    """The headline without the site's name and date behind it, and that date: "... | DW | 10.06.2013"."""
    title = " ".join(title.split())
    names = {outlet, outlets.canonical(outlet), outlets.from_url(address)[0] if address else ""} - {""}
    published = None
    while len(title) < LONGEST_TITLE and (match := _TAIL.fullmatch(title)):
        head, tail = match.groups()
        day = to_iso(tail) if len(tail) <= len("30 September 2026") else None
        if not day and outlets.canonical(tail) not in names:
            break
        title, published = head, published or day
    return title, published


def _authors(authors: str, outlet: str) -> list[str]:
    """The names among what was found: "Account You're logged" and the outlet itself are none."""
    names = [" ".join(name.split()) for name in authors.split(";")]
    return [
        name
        for name in names
        if 2 <= len(name.split()) <= 5
        and all(_NAME.fullmatch(word) for word in name.split())
        and outlets.canonical(name) == name
        and name != outlet
    ]
