"""Finds the text that belongs to a page's headline, and says whether it is only the beginning of it.

In: a page's tree and what it states. Out: the article's rows, none where the page's text is not its headline's. The
article is found by trafilatura (Barbaresi 2021, "Trafilatura: A Web Scraping Library and Command-Line Tool for Text
Discovery and Extraction"), without comments and tables; where what it finds has nothing of the headline in it (a banner
on cookies, a list of other articles), the rows below the headline are tried, and the text in the structured data.
"""

import logging
import re
from collections.abc import Iterator, Sequence
from copy import deepcopy
from typing import Any

from newsum.reading.as_shown import growing, prepare
from newsum.reading.cleaning import clean
from newsum.reading.elements import Element, rows, text
from newsum.reading.markup import over_limit
from newsum.reading.page_dates import is_dateline
from newsum.reading.stated import Stated
from newsum.reading.structured import letters
from newsum.system.patterns import regex
from newsum.text.lexicon import FUNCTION_WORDS

__all__ = ["article_rows", "asks_to_pay", "is_teaser", "rows_of_html"]

SHORTEST_BODY = 200  # characters; below this the quick extractor has likely missed the article
_EXTRACTED = frozenset("p head item quote cell code row list".split())  # trafilatura's blocks
_SILENT = logging.NullHandler()
_ROW = 40  # characters of a row that can be an article's sentence
_STEM = 5  # letters by which a headline's word is found in the text: "closed" in "closes"
# Of 2,390 articles of allsides_train whose headlines have three words to look for, 3 have none of them, and each of
# these texts is another article's; 22 have one.
_LEAST_WORDS = 4
_TEASER = 1_000  # characters; what payers are shown more of is an article
_PAYERS = regex(
    r"""subscri(?:be|ption)\ to\ (?:continue|read|keep|unlock)|already\ (?:a\ subscriber|have\ an\ account|subscribed)|
        (?:article|story|content|page)\ is\ (?:only\ )?(?:for|available\ to|reserved\ for|exclusive\ to)\ 
        (?:our\ |paying\ )?        (?:subscribers|members)\b|subscribers?[ -]only\ (?:article|story|content)|
        (?:log|sign)\ in\ (?:or\ \w+\ )?to\ (?:continue|read|keep)|
        to\ (?:continue\ reading|read\ (?:the\ (?:full|whole|rest)|on|more))\b.{0,40}
        (?:log\ in|sign\ (?:in|up)|subscribe|register)|(?:continue|keep)\ reading\ with\ a|
        unlock\ this\ (?:article|story)|(?:start|begin)\ your\ (?:free\ )?trial|register\ to\ (?:continue|read)|
        remaining\ \d+%\ of\ this\ (?:article|story)""",
    re.VERBOSE | re.IGNORECASE,
)
_SENTENCE_END = regex(r"[.!?…。！？؟।]['\"’”»)\]]*$")
_LONGEST_END = 20  # characters in which a sentence's end stands
_LONGEST_CALL = 240  # characters of a row that asks for money


def article_rows(tree: Element, page: Stated) -> list[str]:
    """The article's paragraphs; none where no text on the page is the headline's.

    Raises:
        ImportError: trafilatura, or something that it needs, is not installed.
    """
    prepare(tree, page.headline)
    found: list[list[str]] = []
    for candidate in _candidates(tree, page):
        own = list(_own(candidate, page))
        if own and _likeness(own, page) == 2 and len(" ".join(own)) >= SHORTEST_BODY:
            found = [own]
            break
        found.append(own)
    best = max(found, key=lambda own: (_likeness(own, page), min(len(" ".join(own)), SHORTEST_BODY)), default=[])
    stated = list(_own(rows_of_html(page.data.body), page)) if page.data else []
    if not _likeness(best, page) or (_likeness(best, page) == 1 and not _stands_below(tree, page.headline, best)):
        return stated if page.data and page.data.headline and _has_sentences(stated) else []
    return stated if len(" ".join(stated)) > 2 * len(" ".join(best)) and _likeness(stated, page) else best


def asks_to_pay(tree: Element) -> bool:
    """Whether a row of the page asks for a subscription before more of its article is shown."""
    return any(map(_asks_to_pay, rows(tree)))


def is_teaser(article: Sequence[str], page: Stated) -> bool:
    """Whether what a page for payers shows is only how its article begins."""
    whole = " ".join(article)
    is_all = page.data is not None and page.data.words > 0 and len(whole.split()) > 0.8 * page.data.words
    return len(whole) < _TEASER and not is_all


def rows_of_html(content: str) -> list[str]:
    """The rows of a piece of HTML, or of plain text; none of one that is beyond what its parser can take."""
    content = clean(content)
    if not content or over_limit(content):
        return []
    if not re.search(r"<(?:p|br|div|li|h\d|a|b|i|em|strong|span|ul)\b", content, re.IGNORECASE):
        return [row for row in (" ".join(line.split()) for line in content.splitlines()) if row]
    from lxml import html

    return rows(prepare(html.fragment_fromstring(content, create_parent="div"), None))


def _asks_to_pay(row: str) -> bool:
    return len(row) <= _LONGEST_CALL and _PAYERS.search(row) is not None


def _candidates(tree: Element, page: Stated) -> Iterator[list[str]]:
    """The quick extractor goes first: on twelve saved pages it gave the same text as the full one on eleven, and on
    the twelfth the article (300 characters) where the full one added 2,200 of teasers for other articles."""
    for fast in (True, False):
        yield _extracted(tree, fast=fast)
    if page.headline is not None:
        yield _below(page.headline)
    if page.data:
        yield rows_of_html(page.data.body)


def _extracted(tree: Element, *, fast: bool) -> list[str]:
    import trafilatura

    logging.getLogger("trafilatura").addHandler(_SILENT)  # what it logs is said in a Problem
    try:
        document: Any = trafilatura.bare_extraction(
            deepcopy(tree), fast=fast, favor_precision=True, include_comments=False, include_tables=False
        )
    except Exception:  # a page that trips the extractor, whatever it raises, must not stop the folder
        return []
    return rows(document.body, blocks=_EXTRACTED) if document is not None else []


def _below(headline: Element) -> list[str]:
    """The rows below the headline in the smallest part of the page that holds an article's worth of them."""
    for ancestor, length in growing(headline):
        if length >= SHORTEST_BODY:
            found = rows(ancestor)
            title = text(headline)
            start = found.index(title) + 1 if title in found else 0
            return [row for row in found[start:] if len(row) >= _ROW]
    return []


def _stands_below(tree: Element, headline: Element | None, article: Sequence[str]) -> bool:
    """Whether a text with but one word of the headline begins below it; a text from elsewhere on a page stands above
    it more often than not."""
    if headline is None:
        return True
    page = rows(tree)
    title = text(headline)
    return article[0] not in page or title not in page or page.index(article[0]) > page.index(title)


def _own(found: Sequence[str], page: Stated) -> Iterator[str]:
    """The rows without the headline, the dateline and calls to pay."""
    titles = {letters(headline) for headline in page.headlines}
    begun = False
    for row in found:
        heads = letters(row) in titles or (not begun and is_dateline(row))
        if not heads and not _asks_to_pay(row):
            begun = True
            yield row


def _likeness(article: Sequence[str], page: Stated) -> int:
    """How surely a text is the headline's: 2 where it has several of its words, 0 where none of those it should."""
    if not _has_sentences(article):  # a list of other headlines
        return 0
    wanted = _words(" ".join(page.headlines[:2]))
    if len(wanted) < _LEAST_WORDS:
        return 2
    shared = len(wanted & _words(" ".join(article)))
    return min(shared, 2)


def _has_sentences(article: Sequence[str]) -> bool:
    return any(_SENTENCE_END.search(row[-_LONGEST_END:]) for row in article)


def _words(said_there: str) -> set[str]:
    found = re.findall(r"[^\W\d_]{4,}", said_there.casefold())
    return {word[:_STEM] for word in found if word not in FUNCTION_WORDS}
