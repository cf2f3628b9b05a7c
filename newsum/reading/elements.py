"""Walks a page's elements: their text, their rows, their place beside the headline.

In: an lxml tree. Out: texts with single spaces; a page's blocks as rows, inline elements inside their sentence and
block elements apart. Nothing here recurses, for a page can be nested hundreds deep, and each element is entered once.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from newsum.reading.cleaning import one_line
from newsum.system.patterns import regex

__all__ = ["BLOCKS", "HEADINGS", "Element", "belongs", "marked", "rows", "stated_as", "steps", "text"]

Element = Any  # lxml.html.HtmlElement, which has no types

HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
BLOCKS = HEADINGS | frozenset(
    """address article aside blockquote body center dd details dialog dir div dl dt fieldset figcaption figure footer
    form header hr html legend li main menu nav ol p pre search section summary table tbody td tfoot th thead tr
    ul""".split()
)
_UNREAD = frozenset(
    """audio base button canvas embed head iframe input link map math meta nav noscript object option script select
    style svg template textarea title video""".split()
)
_OF_OTHERS = frozenset("aside nav footer".split())
# What sites call the boxes round an article, by the words in their ids and classes.
_ELSEWHERE = regex(
    r"""comment|disqus|related|teaser|promo|sidebar|most[-_]?(?:read|viewed|popular)|trending|recommend|popular|
        (?:up)?next[-_]|\bevent|calendar|footer|copyright|newsletter|(?:^|[-_\s])nav""",
    re.VERBOSE | re.IGNORECASE,
)
# A property of RDFa, where it is one of schema.org's or Dublin Core's: "publisher", "schema:publisher", its address
_PROPERTY = regex(
    r"(?:(?:schema|dc|dcterms):|https?://(?:schema\.org|purl\.org/dc/(?:terms|elements/1\.1))/)?([a-z]+)", re.IGNORECASE
)


def stated_as(element: Element) -> list[str]:
    """What microdata or RDFa calls what an element holds: "publisher", "datepublished"."""
    named = (element.get("itemprop") or "").lower().split()
    matches = map(_PROPERTY.fullmatch, (element.get("property") or "").split())
    return named + [match[1].lower() for match in matches if match]


def text(element: Element) -> str:
    return one_line("".join(element.itertext()))


def marked(element: Element) -> str:
    """The words by which its site tells an element from others."""
    return " ".join(filter(None, map(element.get, ("class", "id", "itemprop", "property", "role", "data-testid"))))


def belongs(element: Element, headline: Element | None) -> bool:
    """Whether an element is the article's whose headline this is, and not a comment's, a teaser's or the site's."""
    for ancestor in (element, *element.iterancestors()):
        if headline is not None and _holds(ancestor, headline):
            return True
        if ancestor.tag in _OF_OTHERS or _ELSEWHERE.search(marked(ancestor)):
            return False
        if ancestor.tag == "article" and headline is not None:
            return False
    return True


def _holds(ancestor: Element, element: Element) -> bool:
    return ancestor is element or any(ancestor is each for each in element.iterancestors())


def steps(element: Element) -> Iterator[tuple[bool, Element]]:
    """Each element as it is entered (True) and left."""
    yield True, element
    open_elements = [(element, iter(element))]
    while open_elements:
        current, children = open_elements[-1]
        child = next(children, None)
        if child is not None:
            yield True, child
            open_elements.append((child, iter(child)))
        else:
            yield False, current
            open_elements.pop()


def rows(element: Element, *, blocks: Iterable[str] = BLOCKS) -> list[str]:
    """The element's text, a row for each block and each line that is broken on purpose."""
    found: list[str] = []
    parts: list[str] = []
    blocks = frozenset(blocks)
    unread = 0  # elements entered whose text nobody reads
    for entering, each in steps(element):
        tag = each.tag if isinstance(each.tag, str) else "script"
        if tag in blocks or (entering and tag in ("br", "lb")):
            found.append("".join(parts))
            parts = []
        unread += (1 if entering else -1) if tag in _UNREAD else 0
        said = each.text if entering else each.tail if each is not element else None
        if said and not unread:
            parts.append(said)
    found.append("".join(parts))
    return [row for row in map(one_line, found) if row]
