"""What a page states of itself as JSON-LD -> headline, date, authors, publisher and text, whatever shape they have.

In: the texts of a page's ld+json scripts, and its headlines and addresses, by which the page's own article is told
from teasers. Out: a `Structured`, or None where no article is stated. A field may be text, a list, an object, a number
or a reference into the graph; what makes no sense is passed over. (schema.org, JSON-LD 1.1)
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from newsum.system.patterns import regex

__all__ = ["Structured", "letters", "loads", "structured"]

_MOST_NODES = 5_000  # objects that are looked at; a big site's graph has a hundred
_LONGEST_HEADLINE = 1_000  # characters that are compared
_DEEPEST = 6  # [[[{"@value": "..."}]]]
_ARTICLE = regex(r"(?:Article|Posting|Report|Review|Blog)$")
_INSIDE = ("@graph", "mainEntity", "mainEntityOfPage", "@included")  # where an article of the page's own stands
_DANGLING = regex(r",(?=\s*[}\]])")


@dataclass(frozen=True, slots=True)
class Structured:
    """The page's own article as it is stated; "" and () for what is not.

    Attributes:
        home: the publisher's own address.
    """

    headline: str = ""
    published: str = ""
    changed: str = ""
    authors: tuple[str, ...] = ()
    publisher: str = ""
    home: str = ""
    address: str = ""
    body: str = ""
    words: int = 0
    locked: bool = False


def structured(scripts: Iterable[str], headlines: Sequence[str], addresses: Sequence[str]) -> Structured | None:
    """The article that the page is about.

    >>> found = structured(['{"@type": "NewsArticle", "headline": ["Pier shut"]}'], ["Pier shut"], [])
    >>> found.headline
    'Pier shut'
    """
    nodes = [node for script in scripts for node in _nodes(loads(script))]
    by_id = {node["@id"]: node for node in nodes if isinstance(node.get("@id"), str) and len(node) > 1}
    articles = [node for node in nodes if _is_article(node)]
    shown = [letters(headline[:_LONGEST_HEADLINE]) for headline in headlines if headline]
    best = max(articles, key=lambda node: _likeness(node, shown, addresses), default=None)
    if best is None or _likeness(best, shown, addresses) < 0:
        return None
    found = _stated(best, by_id)
    pages = [node for node in nodes if "WebPage" in _texts(node.get("@type"), ("@id", "@value", "name"))]
    if not found.published and len(pages) == 1:  # some graphs date the page and not the article on it
        found = replace(found, published=_text(pages[0].get("datePublished"), numbers=True))
    return found


def loads(script: str) -> Any:
    """The script's content; None where it is no JSON even without comment marks and dangling commas."""
    text = script.strip()
    for mark in ("//", "<![CDATA[", "<!--"):
        text = text.removeprefix(mark).lstrip()
    for mark in (";", "]]>", "-->", "//", ";"):
        text = text.removesuffix(mark).rstrip()
    for attempt in (text, _DANGLING.sub("", text)):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def letters(text: str) -> str:
    """What two writings of a headline share."""
    return "".join(c for c in text.casefold() if c.isalnum())


def _nodes(content: Any) -> Iterator[Mapping[str, Any]]:
    """The objects of a page's own graph, not those in lists of other pages."""
    waiting = [content]
    for _ in range(_MOST_NODES):
        if not waiting:
            return
        value = waiting.pop(0)
        if isinstance(value, list):
            waiting += value[:_MOST_NODES]
        elif isinstance(value, Mapping):
            yield value
            waiting += [value[name] for name in _INSIDE if isinstance(value.get(name), list | Mapping)]
            if isinstance(by_name := value.get("@graph"), Mapping) and "@type" not in by_name:
                waiting += list(by_name.values())[:_MOST_NODES]


def _is_article(node: Mapping[str, Any]) -> bool:
    return any(_ARTICLE.search(kind) for kind in _texts(node.get("@type"), ("@id", "@value", "name")))


def _likeness(node: Mapping[str, Any], shown: Sequence[str], addresses: Sequence[str]) -> int:
    """How surely the article is the page's: by its headline and its address; below 0 where both are another's."""
    own = letters((_text(node.get("headline")) or _text(node.get("name")))[:_LONGEST_HEADLINE])
    named = any(
        own == each or (len(own) > 9 and own in each) or (len(each) > 9 and each in own) for each in shown if own
    )
    places = [_address(node.get(name)) for name in ("url", "mainEntityOfPage", "@id")]
    placed = any(_path(place) == _path(address) for place in places for address in addresses if place and address)
    if named or placed:
        return 2 * named + placed
    return -1 if own and shown else 0


def _path(address: str) -> str:
    return address.partition("://")[2].partition("#")[0].partition("?")[0].rstrip("/").removeprefix("www.")


def _stated(node: Mapping[str, Any], by_id: Mapping[str, Mapping[str, Any]]) -> Structured:
    free = node.get("isAccessibleForFree")
    words = _text(node.get("wordCount"), numbers=True)
    return Structured(
        headline=_text(node.get("headline")) or _text(node.get("name")),
        published=_text(node.get("datePublished"), numbers=True) or _text(node.get("dateCreated"), numbers=True),
        changed=_text(node.get("dateModified"), numbers=True),
        authors=tuple(_people(node.get("author"), by_id)),
        publisher=next(filter(None, (_name(node.get(by), by_id) for by in ("publisher", "sourceOrganization"))), ""),
        home=next(filter(None, map(_address, map(node.get, ("publisher", "sourceOrganization")))), ""),
        address=next(filter(None, map(_address, map(node.get, ("url", "mainEntityOfPage")))), ""),
        body=_body(node),
        words=int(words) if words.isdigit() and len(words) < 8 else 0,
        locked=free is False or (isinstance(free, str) and free.strip().lower() == "false"),
    )


def _body(node: Mapping[str, Any]) -> str:
    """The article's text, or a live blog's updates one under another."""
    if body := _text(node.get("articleBody")) or _text(node.get("text")):
        return body
    updates = node.get("liveBlogUpdate") or node.get("blogPost")
    listed = updates if isinstance(updates, list) else [updates]
    return "\n\n".join(filter(None, map(_update, listed[:_MOST_NODES])))


def _update(value: Any) -> str:
    if not isinstance(value, Mapping):
        return _text(value)
    return _text(value.get("articleBody")) or _text(value.get("text")) or _text(value.get("description"))


def _people(value: Any, by_id: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    listed = value if isinstance(value, list) else [value]
    yield from filter(None, (_name(each, by_id) for each in listed[:50]))


def _name(value: Any, by_id: Mapping[str, Mapping[str, Any]]) -> str:
    """The name of a person or organisation: as text, in an object, or where the graph has it."""
    if isinstance(value, list):
        return next(filter(None, (_name(each, by_id) for each in value[:50] if not isinstance(each, list))), "")
    if isinstance(value, Mapping):
        known = by_id.get(str(value.get("@id")), {})
        return next((t for each in (value, known) for n in ("name", "legalName") if (t := _text(each.get(n)))), "")
    name = _text(value)
    return _text(by_id[name].get("name")) if name in by_id else name


def _address(value: Any) -> str:
    found = next(iter(_texts(value, ("@id", "url", "@value"))), "")
    return found if "://" in found else ""


def _text(value: Any, *, numbers: bool = False) -> str:
    found = _texts(value, ("@value", "name", "text", "headline"), numbers=numbers)
    return next((text for text in found if text), "")


def _texts(value: Any, names: Sequence[str], *, numbers: bool = False, depth: int = 0) -> Iterator[str]:
    """The texts in a value of any shape."""
    if isinstance(value, str):
        yield value.strip()
    elif isinstance(value, int | float) and not isinstance(value, bool) and numbers:
        yield str(value)
    elif depth < _DEEPEST and isinstance(value, list):
        for each in value[:50]:
            yield from _texts(each, names, numbers=numbers, depth=depth + 1)
    elif depth < _DEEPEST and isinstance(value, Mapping):
        for name in names:
            yield from _texts(value.get(name), names, numbers=numbers, depth=depth + 1)
