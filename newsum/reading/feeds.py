"""RSS, Atom and OPML -> the articles that a feed tells of, and the feeds that a list names.

In: a feed's bytes. Out: a `Record` for each item, with the text that the feed has of it and a notice where that is but
a teaser; a `Problem` where it is no feed. Feeds are parsed by feedparser (6.0.14 of July 2026, kept up), lists of feeds
by lxml; no entity that a file declares is expanded, and nothing that it names is fetched here.
"""

import io
import re
import time
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from html.entities import html5
from typing import Any

from newsum.outlets import names as outlets
from newsum.reading.bodies import rows_of_html
from newsum.reading.cleaning import one_line
from newsum.reading.dates import to_iso
from newsum.reading.decoding import decode
from newsum.reading.entries import NoticeKind, Problem, Record, Unreadable
from newsum.reading.markup import LONGEST_PAGE
from newsum.system.patterns import regex

__all__ = ["feed_addresses", "is_feed", "parse_feed"]

MOST_ITEMS = 2_000  # of a feed; those of news sites have 20 to 100
MOST_FEEDS = 500  # of a list
MOST_TAGS = 200_000  # "<" in a feed; 2,000 items of 30 elements have 120,000
_TEASER = 1_000  # characters; a feed's summary has 100 to 400, an article's text 2,000 and more
_START = 2_048  # bytes in which a feed says that it is one
_ROOT = regex(rb"<(?:\w+:)?(?:rss|feed|RDF)[\s>]", re.IGNORECASE)
_ENTITIES = regex("<!ENTITY", re.IGNORECASE)
_ENCODING = regex(rb"""\s{0,20}<\?xml[^>]{0,200}?encoding\s{0,5}=\s{0,5}["']([\w.:-]{2,40})""", re.IGNORECASE)
_ENTITY = regex(
    r"&(?!(?:amp|lt|gt|quot|apos);)(?:(?P<name>[A-Za-z][A-Za-z0-9]{1,31})|#(?P<number>\d{1,9})|#[xX](?P<hex>[\dA-Fa-f]{1,8}));"
)
_NAME = regex(r"[A-Za-z_][\w.-]*", re.ASCII)
_NAMESPACES = {  # of prefixes that feeds use undeclared
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "atom": "http://www.w3.org/2005/Atom",
    "media": "http://search.yahoo.com/mrss/",
}
_SHORT = 500  # characters of a name, a date or an address: feedparser looks for e-mail in them from each one on
_LONG = frozenset(
    "description summary content encoded body div p span li a b i em strong td blockquote title link".split()
)
_CONTROLS = regex("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
_SECTION = regex(r"\s+(?:[-–—|:»›>·]+)\s+.*$")  # "Tolvane Mercury - Town"


def is_feed(data: bytes) -> bool:
    """Whether the bytes are those of a feed, whatever their server calls them."""
    return _ROOT.search(data[:_START]) is not None


def parse_feed(data: bytes, source: str) -> Iterator[Record | Problem]:
    """The feed's items."""
    import feedparser

    try:
        whole = _well_formed(data)
    except Unreadable as error:
        yield Problem(source, None, str(error))
        return
    try:
        feed = feedparser.parse(io.BytesIO(whole), sanitize_html=False, resolve_relative_uris=False)
    except Exception as error:  # a feed that trips the parser, whatever it raises, must not stop the others
        yield Problem(source, None, f"it is not a feed that can be read: {one_line(str(error))[:100]}")
        return
    if not feed.get("version") and not feed.entries:
        yield Problem(source, None, "it is XML, but neither an RSS nor an Atom feed")
        return
    if not feed.entries:
        yield Problem(source, None, "the feed has no items")
    for number, item in enumerate(feed.entries[:MOST_ITEMS], start=1):
        yield _record(item, feed.feed, number)
    if len(feed.entries) > MOST_ITEMS:
        yield Problem(source, None, f"the feed has more than {MOST_ITEMS:,} items; the rest was not read")


def _well_formed(data: bytes) -> bytes:
    """The feed as XML without faults: feedparser's parser for broken feeds, and its search for a DOCTYPE, take minutes
    for a hundred kilobytes of some patterns. What is broken beyond repair is left out.

    Raises:
        Unreadable: it is no text, has entities of its own, or is too big.
    """
    from lxml import etree

    declared = _ENCODING.match(data)
    text, _ = decode(data, declared=declared[1].decode("ascii") if declared else None)
    if _ENTITIES.search(text):
        raise Unreadable("it declares entities of its own, which newsum does not expand")
    if len(text) > LONGEST_PAGE or text.count("<") > MOST_TAGS:
        raise Unreadable(f"its mark-up is over newsum's limits ({LONGEST_PAGE:,} characters, {MOST_TAGS:,} tags)")
    text = _ENTITY.sub(_written_out, _CONTROLS.sub("", text[max(0, text.find("<")) :]))
    parser = etree.XMLParser(
        encoding="utf-8", resolve_entities=False, no_network=True, load_dtd=False, recover=True, huge_tree=False
    )
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError:
        root = None
    if root is None:
        return b""
    for element in list(root.iter(etree.Element)):
        _repair(element)
    return bytes(etree.tostring(root, encoding="utf-8", xml_declaration=True))


def _repair(element: Any) -> None:
    """Gives an element names that XML allows, and no name, date or address without end."""
    prefix, colon, local = element.tag.rpartition("}")[2].rpartition(":")
    if not _NAME.fullmatch(local):
        element.tag, local = "x", "x"
    elif colon:  # a prefix that is declared nowhere
        element.tag = f"{{{_NAMESPACES.get(prefix, 'urn:x')}}}{local}"
    for name in element.attrib:
        if not _NAME.fullmatch(name.rpartition("}")[2]):
            del element.attrib[name]
    if element.text and len(element.text) > _SHORT and local.lower() not in _LONG:
        element.text = element.text[:_SHORT]


def _written_out(entity: re.Match[str]) -> str:
    """A character that XML knows by its number only, "&nbsp;" by it; nothing where it is none, "&#31;"."""
    if entity["name"]:
        meant = html5.get(f"{entity['name']};", "")
        return "".join(f"&#{ord(letter)};" for letter in meant) or f"&amp;{entity['name']};"
    number = int(entity["hex"], 16) if entity["hex"] else int(entity["number"])
    return entity[0] if number < 0x110000 and not _CONTROLS.match(chr(number)) else ""


def feed_addresses(data: bytes) -> list[str]:
    """The addresses of the feeds that an OPML list names, each once.

    Raises:
        Unreadable: it is no such list.
    """
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError:
        root = None
    if root is None or root.tag.rpartition("}")[2].lower() != "opml":
        raise Unreadable("it is not an OPML list of feeds")
    named = (outline.get("xmlUrl") or outline.get("xmlurl") or "" for outline in root.iter("outline"))
    found = list(dict.fromkeys(url.strip() for url in named if url.strip().lower().startswith(("http://", "https://"))))
    if not found:
        raise Unreadable("the OPML list names no feed")
    return found[:MOST_FEEDS]


def _record(item: Mapping[str, Any], feed: Mapping[str, Any], number: int) -> Record:
    title = " ".join(rows_of_html(item.get("title") or ""))
    rows, teaser = _text(item)
    published, changed = _date(item, "published"), _date(item, "updated")
    url = _link(item)
    notices: list[tuple[NoticeKind, str]] = [("teaser", f'"{title}"')] if teaser else []
    if changed and not published:
        notices.append(("change", f'"{changed}"'))
    fields = {
        "outlet": _outlet(item, feed, url),
        "title": title[:2_000],
        "text": "\n\n".join(rows),
        "url": url,
        "published": published,
        "authors": [name for each in item.get("authors", []) if (name := one_line(str(each.get("name") or "")))],
        "teaser": teaser,
    }
    return Record(fields, place=f"item {number}", notices=tuple(notices))


def _text(item: Mapping[str, Any]) -> tuple[list[str], bool]:
    """The longest text that the feed has of the item, and whether it is but a teaser."""
    bodies = [rows_of_html(str(part.get("value") or "")) for part in item.get("content", [])]
    best = max(bodies, key=lambda rows: len(" ".join(rows)), default=[])
    summary = rows_of_html(str(item.get("summary") or ""))
    rows = best if len(" ".join(best)) > len(" ".join(summary)) else summary
    return rows, len(" ".join(rows)) < _TEASER


def _date(item: Mapping[str, Any], name: str) -> str | None:
    if stated := to_iso(str(item.get(name) or "")):
        return stated
    moment = item.get(f"{name}_parsed")  # in UTC, where feedparser could make it out
    if not isinstance(moment, time.struct_time):
        return None
    try:
        return datetime(*moment[:6], tzinfo=UTC).isoformat()
    except ValueError:  # a leap second, an hour 24
        return None


def _link(item: Mapping[str, Any]) -> str:
    links = [item.get("feedburner_origlink"), item.get("link"), item.get("id")]
    return next(
        (one_line(u)[:4_000] for u in links if isinstance(u, str) and u.startswith(("http://", "https://"))), ""
    )


def _outlet(item: Mapping[str, Any], feed: Mapping[str, Any], url: str) -> str:
    """Who published the item: the source that it names, else the feed's own name without its section."""
    source = item.get("source") or {}
    named = [source.get("title") if isinstance(source, Mapping) else "", feed.get("publisher"), feed.get("title")]
    name = next((n for n in (one_line(str(each or "")) for each in named) if n), "")
    name = _SECTION.sub("", " ".join(rows_of_html(name)))[:200]
    holder, known = outlets.from_url(url) if url else ("", False)
    return "" if known and outlets.known_in(name) == holder else name
