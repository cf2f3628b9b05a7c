"""A page of an outlet's site -> the article on it.

In: a page's HTML, and its address if it was fetched. Out: one `Record` with title, outlet, date, authors, address and
the body's paragraphs; what boilerplate is left in these is taken out by boilerplate.py, for all formats alike.

    stated.py      what the page states of itself     page_dates.py  when it was published
    structured.py  the same as JSON-LD                bodies.py      the text that is its headline's
    as_shown.py    its sentences as they stand there  credit.py      who it is
"""

import re
from collections.abc import Iterator
from typing import Any

from newsum.outlets import names as outlets
from newsum.outlets.addresses import host_of, published_at
from newsum.reading.as_shown import drop
from newsum.reading.bodies import article_rows, asks_to_pay, is_teaser
from newsum.reading.cleaning import one_line
from newsum.reading.dates import to_iso
from newsum.reading.entries import NoticeKind, Problem, Record
from newsum.reading.markup import over_limit
from newsum.reading.page_dates import PageDate, page_date
from newsum.reading.stated import Stated, stated
from newsum.system.patterns import regex

__all__ = ["parse_page"]

LONGEST_TITLE = 1_000  # characters; a longer one is no headline, and left as it is

_EMBEDDED = regex(r"data:[\w.+-]{1,60}/[\w.+-]{1,60};base64,[A-Za-z0-9+/=]+")
_TAIL = regex(r"(.+)\s+(?:[|/·•»–—-]|::)\s+(.+?)")
_NAME = regex(r"(?:[A-Z][\w.'’-]*|al|bin|da|de|del|den|der|di|dos|du|el|ibn|la|le|ten|van|von|y)", re.UNICODE)


def parse_page(html: str, source: str, url: str | None = None) -> Iterator[Record | Problem]:
    html = _EMBEDDED.sub("", html)  # pictures saved inside the page
    if limit := over_limit(html):
        yield Problem(source, None, f"its mark-up is over newsum's limits ({limit})")
        return
    try:
        tree = _tree(html)
        found = None if tree is None else _record(tree, html, url)
    except ImportError as error:  # an old pip leaves lxml_html_clean out where it is asked for as lxml[html_clean]
        yield Problem(source, None, f"pages need a package that cannot be loaded ({error}): reinstall newsum")
        return
    except Exception as error:  # a fault of newsum's own on one strange page must not stop the folder
        yield Problem(source, None, f"newsum failed on this page ({type(error).__name__}: {one_line(str(error))[:80]})")
        return
    yield found or Problem(source, None, "no article was found on this page")


def _tree(html: str) -> Any:
    from trafilatura import load_html

    return load_html(html)


def _record(tree: Any, html: str, url: str | None) -> Record | None:
    page = stated(tree, html, url)
    day = page_date(tree, page.meta, page.data, page.headline)
    for element in day.shown:
        drop(element)
    for_payers = page.locked or asks_to_pay(tree)
    rows = article_rows(tree, page)
    if not rows:
        return None
    address = page.address or url
    outlet = _outlet(page, url)
    title, title_date = _title(next(iter(page.headlines), ""), outlet, address)
    fields: dict[str, Any] = {
        "outlet": outlet,
        "hostname": "" if outlet or address or not page.data else host_of(page.data.home),
        "title": title,
        "text": "\n\n".join(rows),
        "url": address,
        "published": day.published or title_date,
        "authors": _authors(page.authors, outlet),
    }
    notices = () if fields["published"] else tuple(_undated(day))
    if for_payers and is_teaser(rows, page):
        fields["teaser"] = True
        notices += (("teaser", f'"{title}"'),)
    return Record(fields, sole=True, site=url or "", saved=page.saved, notices=notices)


def _undated(day: PageDate) -> Iterator[tuple[NoticeKind, str]]:
    if day.unclear:
        yield "date", f'"{one_line(day.unclear)[:40]}"'
    elif day.changed:
        yield "change", f'"{one_line(day.changed)[:40]}"'


def _outlet(page: Stated, url: str | None) -> str:
    """The name that the page states; "" where its own address is that outlet's, whose usual name is known."""
    address = None if url else page.address
    holder, known = outlets.from_url(published_at(address)) if address else ("", False)
    return "" if known and outlets.known_in(page.outlet) == holder else page.outlet


def _title(title: str, outlet: str, address: str | None) -> tuple[str, str | None]:
    """The headline without the site's name behind it, and a date beside that name: "... | DW | 10.06.2013"."""
    title = " ".join(title.split())
    names = {outlet, outlets.canonical(outlet), outlets.from_url(address)[0] if address else ""} - {""}
    published = None
    while len(title) < LONGEST_TITLE and (match := _TAIL.fullmatch(title)):
        head, tail = match.groups()
        if outlets.canonical(tail) not in names:
            before = _TAIL.fullmatch(head)
            day = to_iso(tail) if before and len(tail) <= len("30 September 2026") else None
            if not day or not before or outlets.canonical(before[2]) not in names:
                break
            published = published or day
        title = head
    return title, published


def _authors(authors: tuple[str, ...], outlet: str) -> list[str]:
    """The names among what was found: "Account You're logged" and the outlet itself are none."""
    names = [" ".join(name.split()) for name in authors]
    return [
        name
        for name in dict.fromkeys(names)
        if 2 <= len(name.split()) <= 5
        and all(_NAME.fullmatch(word) for word in name.split())
        and not outlets.known_in(name)
        and name != outlet
    ]
