"""Turns a page's tree into one in which every sentence stands as the page shows it, and the article as an article.

In: an lxml tree, and the element of its headline. Out: the same tree, changed: elements inside a sentence are plain
spans, quoted words stand in quotation marks, what is hidden is gone; banners on cookies, and dialogues, are gone too;
whatever element a site keeps its article in, it is one in which the extractor looks for articles.
"""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice

from newsum.reading.elements import BLOCKS, Element, marked, rows, text
from newsum.system.patterns import regex

__all__ = ["drop", "growing", "prepare"]

# Elements that the extractor drops with their words, or takes for blocks, though they stand in sentences.
_INLINE = frozenset(
    """abbr acronym bdi bdo big button cite code data del dfn font ins kbd label mark meter nobr output progress ruby
    samp small time tt u var wbr""".split()
)
_KEPT = BLOCKS | frozenset(
    """a audio b br canvas em embed frame frameset h1 head i iframe img input link map math meta noscript object option
    param picture q rb rp rt s script select slot source span strike strong style sub sup svg template textarea title
    track video""".split()
)
_SENTENCES = frozenset("p li dd dt td blockquote figcaption h1 h2 h3 h4 h5 h6 q a em strong b i span".split())
_HIDDEN = regex(r"(?:^|\s)(?:visually-?hidden|sr-only|screen-?reader(?:-text)?|u-hidden|is-hidden|a11y-hidden)(?:\s|$)")
_UNSHOWN = regex(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_LONGEST_HIDDEN = 200  # characters; what is longer may be an article that a script would show
_BANNER = regex(
    r"cookie|consent|gdpr|onetrust|didomi|usercentrics|privacy-?(?:notice|banner|manager|wall)", re.IGNORECASE
)
_CALL = regex(r"newsletter|subscri|paywall|sign-?up|adblock|regwall", re.IGNORECASE)
_LONGEST_CALL = 600  # characters; what is longer is likely the article behind the wall
_QUOTES = (("“", "”"), ("‘", "’"))
_ARTICLE = 200  # characters of rows like sentences that make an article
_ROW = 40  # characters of such a row


def prepare(tree: Element, headline: Element | None) -> Element:
    _drop_hidden(tree)
    _drop_banners(tree, headline)
    _quote(tree)
    _inline(tree)
    _as_paragraphs(tree)
    if headline is not None:
        _as_article(headline)
        _drop_before(tree, headline)
    return tree


def said(tree: Element) -> int:
    """How many characters of the tree's rows are sentences'."""
    return sum(len(row) for row in rows(tree) if len(row) >= _ROW)


def _drop_hidden(tree: Element) -> None:
    for element in list(tree.iter("*")):
        if element.tag in ("rt", "rp") or _is_hidden(element) or _is_note_mark(element):
            drop(element)


def _is_hidden(element: Element) -> bool:
    hidden = (
        element.get("hidden") is not None
        or _HIDDEN.search(element.get("class") or "")
        or _UNSHOWN.search(element.get("style") or "")
    )
    return bool(hidden) and element.tag not in ("body", "html") and len(text(element)) <= _LONGEST_HIDDEN


def _is_note_mark(element: Element) -> bool:
    """Whether it is a figure that leads to a footnote."""
    if element.tag != "sup" or len(element) != 1 or (element.text or "").strip():
        return False
    return element[0].tag == "a" and (element[0].get("href") or "").startswith("#")


def _drop_banners(tree: Element, headline: Element | None) -> None:
    around = set() if headline is None else {headline, *headline.iterancestors()}
    for element in list(tree.iter("div", "section", "aside", "form", "footer", "dialog")):
        if element in around or element.getparent() is None:
            continue
        names = marked(element)
        asks = element.get("role") in ("dialog", "alertdialog") or element.get("aria-modal") == "true"
        if asks or _BANNER.search(names) or (_CALL.search(names) and len(text(element)) <= _LONGEST_CALL):
            drop(element)


def _quote(tree: Element) -> None:
    """<q> as it is shown: in quotation marks, single ones inside others."""
    for element in list(tree.iter("q")):
        inside = sum(
            ancestor.tag in ("q", "span") and ancestor.get("data-quoted") is not None
            for ancestor in element.iterancestors()
        )
        opening, closing = _QUOTES[inside % 2]
        element.text = opening + (element.text or "")
        if len(element):
            element[-1].tail = (element[-1].tail or "") + closing
        else:
            element.text += closing
        element.tag = "span"
        element.set("data-quoted", "")


def _inline(tree: Element) -> None:
    for element in list(tree.iter("*")):
        tag = element.tag
        unknown = tag not in _KEPT and tag not in _INLINE
        if (tag in _INLINE or unknown) and (parent := element.getparent()) is not None:
            if tag in ("button", "label") and not _in_sentence(element):
                continue
            if unknown and any(child.tag in BLOCKS for child in element):
                element.tag = "div"
            elif parent.tag in _SENTENCES or (element.tail or "").strip() or not unknown:
                element.tag = "span"


def _in_sentence(element: Element) -> bool:
    """Whether words stand right before or behind it in its block."""
    parent, previous = element.getparent(), element.getprevious()
    before = parent.text if previous is None else previous.tail
    return parent.tag in _SENTENCES and bool((before or "").strip() or (element.tail or "").strip())


def _as_paragraphs(tree: Element) -> None:
    """Makes paragraphs of the sentences that stand in other blocks among an article's paragraphs."""
    paragraphs = Counter(element.getparent() for element in tree.iter("p"))
    for element in list(tree.iter("div", "section")):
        around = islice(element.iterancestors(), 2)
        if not any(paragraphs[parent] > 1 for parent in around) or not _is_sentence(_own_words(element)):
            continue
        if any(child.tag in BLOCKS for child in element):
            paragraph = element.makeelement("p")
            paragraph.text, element.text = element.text, None
            element.insert(0, paragraph)
        else:
            element.tag = "p"


def _own_words(element: Element) -> str:
    """What stands in it before its first block."""
    if not any(child.tag in BLOCKS for child in element):
        return text(element)
    return (element.text or "").strip() if element[0].tag in BLOCKS else ""


def _is_sentence(words: str) -> bool:
    return words.count(" ") > 1 and words.rstrip("'\"’”)")[-1:] in tuple(".!?")


def growing(headline: Element) -> Iterator[tuple[Element, int]]:
    """The elements round the headline, from the inside out, each with the characters of sentences in it."""
    inside, total = headline, 0
    for ancestor in headline.iterancestors():
        total += sum(said(child) for child in ancestor if child is not inside and isinstance(child.tag, str))
        loose = (ancestor.text, *(child.tail for child in ancestor))
        total += sum(len(words) for words in loose if words and len(words.strip()) >= _ROW)
        yield ancestor, total
        inside = ancestor


def _as_article(headline: Element) -> None:
    """Makes of the elements round headline and text such as the extractor looks into."""
    for ancestor, length in list(growing(headline)):
        if ancestor.tag in ("body", "html"):
            return
        if length < _ARTICLE:
            continue
        if ancestor.tag not in ("article", "main", "section", "div"):
            ancestor.tag = "div"
        if _MISLEADING.search(marked(ancestor)):
            for name in ("class", "id", "role"):
                ancestor.attrib.pop(name, None)


_MISLEADING = regex(
    r"comment|related|sidebar|promo|widget|footer|\bnav|modal|popup|share|social|banner|teaser|hidden|dialog",
    re.IGNORECASE,
)


def _drop_before(tree: Element, headline: Element) -> None:
    """Drops what stands before the headline, where an article is left."""
    before = [each for step in (headline, *headline.iterancestors()) for each in step.itersiblings(preceding=True)]
    before = [each for each in before if isinstance(each.tag, str) and each.tag != "head" and text(each)]
    if said(tree) - sum(map(said, before)) >= _ARTICLE:
        for each in before:
            drop(each)


def drop(element: Element) -> None:
    """Takes an element out; what stands behind it stays."""
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        previous = element.getprevious()
        if previous is None:
            parent.text = (parent.text or "") + element.tail
        else:
            previous.tail = (previous.tail or "") + element.tail
    parent.remove(element)
