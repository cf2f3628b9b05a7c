"""Finds when a page was published, among all the dates that stand on it.

In: a page's tree, what it states in its head and as JSON-LD, its headline. Out: a `PageDate`. A stated publication
comes first, then one shown beside the headline; a date of change, of a comment, a teaser, an event, in a headline, a
sentence or an address is never one. A time stays as it is stated, with its zone: near midnight its day is another one
elsewhere. "03/04/2026" is read by the page's locale, or by another date on it, and else not at all.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from newsum.reading.dates import readings, to_iso, when
from newsum.reading.elements import BLOCKS, HEADINGS, Element, belongs, marked, stated_as, steps, text
from newsum.reading.structured import Structured, loads
from newsum.system.patterns import regex
from newsum.text.lexicon import MONTH

__all__ = ["PageDate", "is_dateline", "page_date"]

_PUBLISHED = (  # names of <meta>, the surest first
    """article:published_time article:published og:published_time og:article:published_time og:pubdate datepublished
    dc.date.issued dcterms.issued dc.issued dcterms.date dc.date dcterms.created dc.date.created parsely-pub-date
    sailthru.date publication_date publication-date publicationdate publish-date publish_date publishdate published
    published_time published_date published-date publisheddate article.published pubdate pub_date bt:pubdate
    cxenseparse:recs:publishtime citation_publication_date citation_date prism.publicationdate rnews:datepublished
    article_date_original originalpublicationdate artpublicationdate displaydate date""".split()
)
_CHANGED = frozenset(
    """article:modified_time og:updated_time article:updated_time og:modified_time last-modified last_modified lastmod
    modified modified_time datemodified date.modified dc.date.modified dcterms.modified dc.modified revised
    revision_date updated updated_time date.updated""".split()
)
_MONTH_FIRST = frozenset(("US", "PH"))
_DAY_FIRST = frozenset(
    "GB UK IE AU NZ IN ZA NG KE GH SG MY PK BD LK JM FR DE ES IT PT NL BE AT CH PL SE DK NO FI".split()
)

_DATE = regex(
    rf"""(?<!\d)(?:\d{{4}}-\d\d-\d\d(?:[T\ ]\d\d:\d\d(?::\d\d(?:\.\d{{1,6}})?)?(?:Z|[+-]\d\d:?\d\d)?)?|
        \d{{1,2}}(?:st|nd|rd|th)?[\s-]+(?:of\s+)?{MONTH}\b\.?,?[\s-]+\d{{4}}|{MONTH}\b\.?\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{4}}|
        \d{{1,2}}[/.-]\d{{1,2}}[/.-](?:\d{{4}}|\d\d))(?!\d)""",
    re.VERBOSE | re.IGNORECASE,
)
_LABEL = regex(
    r"(?P<changed>updat\w*|modif\w*|edited|changed|revis\w*|correct\w*|amended)|"
    r"(?P<published>publi\w*|posted|issued|pub[-_]?date|filed)",
    re.IGNORECASE,
)
_STARTS = regex(r"(?:first |last |originally )?(?:published|posted|updated|modified)\b", re.IGNORECASE)
_IS_OTHER = regex(
    r"start|end[-_ ]?date|expir|valid|event|birth|born|died|deadline|opens|until|©|copyright", re.IGNORECASE
)
_BYLINE = regex(r"\b[Bb][Yy]\s+[A-Z]")
_SENTENCE_END = regex(r"[.!?]['\"’”)]*$")
_LONGEST_DATELINE = 160  # characters
_MICRODATA = 200  # elements with a date of their own that are looked at
_ABOVE = 8  # rows above the headline that may hold the date
_BELOW = 25  # rows below it, if no paragraph comes before


@dataclass(frozen=True, slots=True)
class PageDate:
    """When a page was published.

    Attributes:
        published: as an ISO date or time; None where nothing tells.
        unclear: the words of one that can be read in two ways.
        changed: a date of change, where no other is stated.
        shown: the elements that show dates beside the headline, and nothing of the article.
    """

    published: str | None = None
    unclear: str = ""
    changed: str = ""
    shown: tuple[Element, ...] = ()


_Piece = tuple[str, Element]  # words, and the element that they stand in


@dataclass(slots=True)
class _Dates:
    published: list[str]
    changed: list[str]


def page_date(
    tree: Element, meta: Mapping[str, Sequence[str]], stated: Structured | None, headline: Element | None
) -> PageDate:
    """The date of a page."""
    dates = _Dates([], [])
    if stated:
        dates.published += filter(None, [stated.published])
        dates.changed += filter(None, [stated.changed])
    for name in _PUBLISHED:
        dates.published += meta.get(name, ())
    for name in _CHANGED:
        dates.changed += meta.get(name, ())
    dates.published += _parsely(meta)
    _microdata(tree, headline, dates)
    datelines = [] if headline is None else list(_datelines(tree, headline))
    for row in datelines:
        _label(row, dates)
    told = _told(dates, _month_first(tree, meta, (*dates.published, *dates.changed)))
    whole = (element for row in datelines for _, element in row if len(text(element)) <= _LONGEST_DATELINE)
    return replace(told, shown=tuple(element for element in whole if headline not in element.iter()))


def is_dateline(row: str) -> bool:
    """Whether a row tells when the article was published or changed, and nothing else.

    >>> is_dateline("Published 9 March 2026, 7 a.m."), is_dateline("It was opened on 9 March 2026.")
    (True, False)
    """
    if len(row) > _LONGEST_DATELINE or not _DATE.search(row):
        return False
    rest = _DATE.sub(" ", row)
    words = len(re.findall(r"[^\W\d_]{2,}", rest))
    if _LABEL.search(rest) or _BYLINE.search(rest):
        return words <= 12
    return words <= 5 and not (words > 2 and _SENTENCE_END.search(row))


def _told(dates: _Dates, month_first: bool | None) -> PageDate:
    changed = [day for day in (_clear(each, month_first) for each in dates.changed) if day]
    unclear = ""
    for stated in dates.published:
        if day := _clear(stated, month_first) or _before(stated, changed):
            return PageDate(day)
        unclear = unclear or (stated if readings(stated) or _DATE.fullmatch(stated.strip()) else "")
    return PageDate(None, unclear, "" if unclear else next(iter(dates.changed), ""))


def _clear(stated: str, month_first: bool | None) -> str | None:
    both = readings(stated)
    if len(both) == 2 and month_first is not None:
        return both[1] if month_first else both[0]
    return to_iso(stated) or when(stated)


def _before(stated: str, changed: Sequence[str]) -> str | None:
    """The one reading of a date in figures that does not come after the page's change."""
    possible = [day for day in readings(stated) if changed and day <= min(changed)[:10]]
    return possible[0] if len(possible) == 1 else None


def _month_first(tree: Element, meta: Mapping[str, Sequence[str]], stated: Iterable[str]) -> bool | None:
    """Whether the page's dates in figures put the month first: as another of them shows, or as its country does."""
    orders = {order for each in stated if (order := _order(each)) is not None}
    if len(orders) == 1:
        return orders.pop()
    locales = (
        *meta.get("og:locale", ()),
        *meta.get("content-language", ()),
        tree.getroottree().getroot().get("lang") or "",
    )
    countries = {
        found[1].upper() for each in locales if (found := re.fullmatch(r"[a-z]{2,3}[-_]([A-Za-z]{2})", each.strip()))
    }
    if countries and countries <= _MONTH_FIRST:
        return True
    return False if countries and countries <= _DAY_FIRST else None


def _order(stated: str) -> bool | None:
    """Whether a date in figures can only be read with its month first; None where it can be read in both ways."""
    figures = re.match(r"\s*(\d{1,2})[/-](\d{1,2})[/-]\d{4}\b", stated)
    if not figures or len(readings(stated)) != 1 or figures[1] == figures[2]:
        return None
    return int(figures[2]) > 12


def _parsely(meta: Mapping[str, Sequence[str]]) -> Iterator[str]:
    for name in ("parsely-page", "parsely-metadata"):
        for content in meta.get(name, ()):
            stated = loads(content)
            if isinstance(stated, Mapping) and isinstance(stated.get("pub_date"), str):
                yield stated["pub_date"]


def _microdata(tree: Element, headline: Element | None, dates: _Dates) -> None:
    looked_at = 0
    for element in tree.iter("time", "meta", "span", "p", "div", "abbr", "h5", "h6", "data"):
        if looked_at >= _MICRODATA:
            return
        kinds = stated_as(element)
        is_published = "datepublished" in kinds or element.get("pubdate") is not None
        looked_at += is_published or "datemodified" in kinds
        if (is_published or "datemodified" in kinds) and belongs(element, headline):
            value = element.get("content") or element.get("datetime") or text(element)
            (dates.published if is_published else dates.changed).append(value[:_LONGEST_DATELINE])


def _label(row: list[_Piece], dates: _Dates) -> None:
    """Adds a row's dates, each by what is said before it or else by what its element is called."""
    label = ""
    for words, element in row:
        end = 0
        for found in _DATE.finditer(words):
            label += words[end : found.start()]
            if not _IS_OTHER.search(f"{label} {marked(element)}"):
                (dates.changed if _is_change(label, element) else dates.published).append(found[0])
            label, end = "", found.end()
        label += words[end:] + " "


def _is_change(label: str, element: Element) -> bool:
    said = [found.lastgroup for found in _LABEL.finditer(label)]
    called = {found.lastgroup for each in (element, element.getparent()) for found in _LABEL.finditer(marked(each))}
    return said[-1] == "changed" if said else called == {"changed"}


def _datelines(tree: Element, headline: Element) -> Iterator[list[_Piece]]:
    """The rows beside the headline that are datelines: a few above it in its own part of the page, and those below it
    down to the first paragraph, and in its element those at the end that say what they are."""
    found = list(_rows(tree, headline))
    number = 0
    place = next((n for n, row in enumerate(found) if row[0][1] is headline), 0)
    home = next((a for a in headline.iterancestors() if a.tag in ("article", "main", "header", "section", "div")), tree)
    for row in found[max(0, place - _ABOVE) : place]:
        if home in row[0][1].iterancestors() and _is_dateline(row, headline):
            yield row
    below = found[place + 1 :]
    for number, row in enumerate(below):
        if number < _BELOW and _is_dateline(row, headline):
            yield row
        elif number >= _BELOW or (_SENTENCE_END.search(row[-1][0]) and len(_words(row)) > 30):
            break
    if home.tag in ("article", "main"):
        ends = (row for row in below[number:] if len(row) < 5 and _STARTS.match(_words(row)))
        yield from (
            row for row in islice(ends, _BELOW) if home in row[0][1].iterancestors() and _is_dateline(row, headline)
        )


def _words(row: list[_Piece]) -> str:
    return " ".join(words for words, _ in row)


def _is_dateline(row: list[_Piece], headline: Element) -> bool:
    said = _words(row)
    heads = any(each.tag in HEADINGS for _, element in row for each in (element, element.getparent()))
    return is_dateline(said) and not heads and belongs(row[0][1], headline)


def _rows(tree: Element, headline: Element) -> Iterator[list[_Piece]]:
    """The page's rows, each as its pieces with their elements; the headline is one row, a <time> its stated time."""
    row: list[_Piece] = []
    skipped = None  # an element whose text is told by its attributes
    for entering, element in steps(tree):
        tag = element.tag
        if skipped is not None:
            if element is not skipped:
                continue
            skipped = None
        elif entering and (element is headline or tag == "time"):
            skipped = element
            row.append((_stated_time(element) if tag == "time" else text(element), element))
            continue
        elif tag in ("script", "style", "noscript") and entering:
            skipped = element
            continue
        if (tag in BLOCKS or tag == "br") and row:
            yield row
            row = []
        said = element.text if entering else element.tail
        if said and said.strip():
            row.append((" ".join(said.split()), element if entering else element.getparent()))
    if row:
        yield row


def _stated_time(element: Element) -> str:
    stated = (element.get("datetime") or "").strip()
    return stated if to_iso(stated) or readings(stated) else text(element)
