"""Gathers what a page states of itself: headlines, outlet, address, authors, whether it is for payers.

In: a page's tree and its mark-up. Out: a `Stated`. Nothing here is believed yet: credit.py decides who the page is,
page_dates.py when it was published, bodies.py whether its text is the headline's.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from urllib.parse import urljoin

from newsum.outlets import names as outlets
from newsum.outlets.addresses import host_of, published_at
from newsum.reading.cleaning import one_line
from newsum.reading.elements import Element, belongs, marked, stated_as, text
from newsum.reading.structured import Structured, letters, structured
from newsum.system.patterns import regex

__all__ = ["Stated", "stated"]

_LOOKED_AT = 10  # elements of a kind
LONGEST_NAME = 60  # characters of an outlet's name; longer ones are slogans
_LONGEST_TITLE = 2_000  # characters
_HEAD = 8_192  # characters of mark-up in which a browser leaves its mark
_SITE_NAMES = (
    "og:site_name",
    "dc.publisher",
    "dcterms.publisher",
    "citation_journal_title",
    "publisher",
    "application-name",
)
_AUTHORS = ("author", "article:author", "article:authorname", "dc.creator", "dcterms.creator", "sailthru.author", "byl")
_LOCKED = frozenset(("locked", "metered", "paid", "premium", "subscription"))
_SAVED = (  # what browsers and crawlers write into the pages that they save
    regex(r"<!--\s*saved from url=\(\d+\)(?P<url>\S+)", re.IGNORECASE),
    regex(r"<!--\s*Page saved with SingleFile\s+url:\s*(?P<url>\S+)", re.IGNORECASE),
    regex(r"<!--\s*Saved from (?P<url>https?://\S+)", re.IGNORECASE),
    regex(r"<!--\s*Mirrored from (?P<url>\S+) by HTTrack", re.IGNORECASE),
    regex(r"""<meta\s+name=["']savepage-url["']\s+content=["'](?P<url>[^"']+)""", re.IGNORECASE),
    regex(r"""data-scrapbook-source=["'](?P<url>[^"']+)""", re.IGNORECASE),
)


@dataclass(frozen=True, slots=True)
class Stated:
    """What a page states.

    Attributes:
        meta: the contents of its <meta> elements by their names, in lower case.
        data: its own article in structured data.
        headlines: what it calls its article, the likeliest first.
        headline: the element that shows the headline, where one does.
        outlet: the name of its site.
        address: its own address; "" where it has none.
        saved: the address is only what a browser or crawler noted when it saved the page.
        locked: it says that its article is for payers.
    """

    meta: Mapping[str, Sequence[str]]
    data: Structured | None
    headlines: tuple[str, ...]
    headline: Element | None
    outlet: str
    address: str
    saved: bool
    authors: tuple[str, ...]
    locked: bool


def stated(tree: Element, html: str, fetched: str | None) -> Stated:
    meta = _meta(tree)
    titles = [text(element)[:_LONGEST_TITLE] for element in tree.iter("title") if _is_of_page(element)][:1]
    shown = [(element, text(element)[:_LONGEST_TITLE]) for element in tree.iter("h1") if text(element)]
    named = [*_first(meta, "og:title", "twitter:title", "dc.title", "parsely-title")]
    addresses = list(_addresses(tree, meta, fetched))
    data = structured(_scripts(tree), [*named, *(title for _, title in shown), *titles], addresses)
    headline = _headline(tree, shown, [*named, *([data.headline] if data and data.headline else []), *titles])
    visible = [text(headline)] if headline is not None else []
    address, saved = _address(addresses, data, html, fetched)
    return Stated(
        meta,
        data,
        tuple(dict.fromkeys(filter(None, [*named, *visible, data.headline if data else "", *titles]))),
        headline,
        _outlet(meta, data, tree),
        address,
        saved,
        _authors(meta, data, tree, headline),
        bool(data and data.locked) or not _LOCKED.isdisjoint(x.lower() for x in _first(meta, "article:content_tier")),
    )


def _meta(tree: Element) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        content = one_line(element.get("content") or "")
        if content:
            for attribute in ("property", "name", "http-equiv"):
                if name := (element.get(attribute) or "").strip().lower():
                    found.setdefault(name, []).append(content)
    return found


def _first(meta: Mapping[str, Sequence[str]], *names: str) -> list[str]:
    return [meta[name][0] for name in names if meta.get(name)]


def _is_of_page(element: Element) -> bool:
    return all(ancestor.tag != "svg" for ancestor in element.iterancestors())


def _scripts(tree: Element) -> Iterator[str]:
    for element in tree.iter("script"):
        if "ld+json" in (element.get("type") or "").lower():
            yield element.text or ""


def _headline(tree: Element, shown: list[tuple[Element, str]], titles: Sequence[str]) -> Element | None:
    """The element whose text is a title or begins one; else the only <h1>."""
    known = [letters(title) for title in titles]
    others = ((element, text(element)) for element in tree.iter("h2"))
    for element, words in (*shown, *others):
        own = letters(words)
        if len(own) > 9 and any(each.startswith(own) or (len(each) > 9 and own.startswith(each)) for each in known):
            return element
    long = [element for element, words in shown if len(words) > 15 and belongs(element, None)]
    return long[0] if len(long) == 1 else None


def _addresses(tree: Element, meta: Mapping[str, Sequence[str]], fetched: str | None) -> Iterator[str]:
    """The addresses that the page calls its own: its canonical one first, unless og:url is another site's, for then
    it is the first publisher's of a text that this site took over."""
    base = next((b for element in tree.iter("base") if "://" in (b := element.get("href") or "")), fetched or "")
    links = [e.get("href") for e in tree.iter("link") if "canonical" in (e.get("rel") or "").lower().split()]
    canonical, shared = [
        [full for href in hrefs if href and "://" in (full := _joined(base, href.strip()))][:1]
        for hrefs in (links, _first(meta, "og:url"))
    ]
    if canonical and shared and host_of(published_at(canonical[0])) != host_of(published_at(shared[0])):
        canonical, shared = shared, canonical
    yield from (*canonical, *shared)


def _joined(base: str, href: str) -> str:
    try:
        return urljoin(base, href)
    except ValueError:
        return ""


def _address(addresses: Sequence[str], data: Structured | None, html: str, fetched: str | None) -> tuple[str, bool]:
    """The page's address, and whether only a saving browser's mark tells it."""
    if found := next(iter(addresses), "") or (data.address if data else ""):
        return found, False
    marks = (match["url"] for pattern in _SAVED if (match := pattern.search(html[:_HEAD])))
    mark = next(marks, "")
    mark = mark if not mark or "://" in mark else f"http://{mark}"
    return ("", False) if fetched or not mark.lower().startswith(("http://", "https://")) else (mark, True)


def _outlet(meta: Mapping[str, Sequence[str]], data: Structured | None, tree: Element) -> str:
    """The site's name; of a host's form only where it is a known outlet's."""
    names = [*_first(meta, *_SITE_NAMES[:1]), data.publisher if data else "", *_first(meta, *_SITE_NAMES[1:])]
    marks = (element for element in tree.iter() if "publisher" in stated_as(element))
    names += [name for e in islice(marks, _LOOKED_AT) for name in (_named_in(e), _named_elsewhere(e, tree), text(e))]
    for name in map(one_line, names):
        bare = re.sub(r"\s*\((?:https?://)?[\w.-]+\)$", "", name)  # "Deutsche Welle (www.dw.com)"
        if not bare or len(bare) > LONGEST_NAME or "://" in bare:
            continue
        if not outlets.is_host(bare) or outlets.canonical(bare) != bare.removeprefix("www."):
            return bare
    return ""


def _named_in(element: Element) -> str:
    """The name that microdata or RDFa gives the thing of an element; "" where it gives none."""
    names = (e for e in element.iter() if "name" in stated_as(e))
    return next((name for e in names if (name := e.get("content") or text(e))), element.get("content") or "")


def _named_elsewhere(element: Element, tree: Element) -> str:
    """The name of the thing that an element only refers to: resource="#us"."""
    place = element.get("resource") or element.get("href") or ""
    if not place.startswith("#"):
        return ""
    others = (e for e in tree.iter() if e is not element and place in (e.get("resource"), e.get("about")))
    holders = (*others, *(e for e in tree.iter() if e.get("id") == place[1:]))
    return next(filter(None, map(_named_in, holders)), "")


def _authors(
    meta: Mapping[str, Sequence[str]], data: Structured | None, tree: Element, headline: Element | None
) -> tuple[str, ...]:
    found = [*data.authors] if data else []
    for name in () if found else _AUTHORS:
        if listed := meta.get(name):
            found += listed
            break
    if not found:
        marks = islice((e for e in tree.iter("a", "span", "p", "div", "address") if _is_byline(e)), _LOOKED_AT)
        found = next(([text(e)] for e in marks if 4 < len(text(e)) < 120 and belongs(e, headline)), [])
    return tuple(part for name in found for part in _people(name))


def _is_byline(element: Element) -> bool:
    return (
        "author" in (element.get("rel") or "").split()
        or "author" in stated_as(element)
        or re.search(r"(?:^|[\s_-])(?:byline|author)(?:[\s_-]?name)?(?:$|\s)", marked(element)) is not None
    )


def _people(line: str) -> list[str]:
    """The names in "By Ada Holm and Jo Pell, Harlow Wire"."""
    return [name for name in re.split(r"\s*(?:[,;|]|\band\b|&)\s*", re.sub(r"^\s*[Bb]y:?\s+", "", line)) if name]
