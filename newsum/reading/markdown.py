"""Takes the mark-up off a Markdown text, row by row.

In: the text of an article, or of somebody's brief. Out: its headings, paragraphs, items, table rows and lines of code,
each as the rows that it was written in. CommonMark, with tables and struck-out text, is read by markdown-it-py.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from newsum.system.patterns import regex

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

__all__ = ["MOST_MARKS", "Link", "Row", "blocks", "is_crowded"]

MOST_MARKS = 100_000  # signs that may be mark-up, and line ends; an article has some hundreds, and so many take 3 s
_MARKS = "\n[]*_`<>|#-~!"

# What is in every text that has mark-up: a sign, an entity, a rare space, a line that begins or ends with one. Most
# news saved as Markdown has none of it, and its paragraphs are told without the parser, which takes 40 ms to load.
_MAY_BE_MARKED = regex(
    r"[*_`\[\]<>|~\\&\x00-\x09\x0b-\x1f\x7f-\xa0\u1680\u2000-\u200f\u2028-\u202f\u205f\u3000\ufeff]"
    r"|^ *(?:[-+=#:]|\d+[.)])|  $",
    re.MULTILINE,
)
_FOOTNOTE = regex(r"^ {0,3}\[\^[^\]\n]{1,50}\]:.*$", re.MULTILINE)
_FOOTNOTE_MARK = regex(r"\[\^[^\]\n]{1,50}\]")
_LONGEST_NUMBER = 3  # figures of an item's number: "1986. It was a great year." begins with a year

# Text is not code because it is indented, and HTML around text does not keep its Markdown from being read.
_NOT_IN_NEWS = ("code", "html_block")
# A line of --- makes no heading of a brief's line above it, "[BBC]: ..." no link of its tag [BBC], and <x> may be said.
_NOT_IN_BRIEFS = ("lheading", "reference", "html_inline")


@dataclass(frozen=True, slots=True)
class Link:
    """An address, and the place of the words that lead to it in their row, half-open."""

    start: int
    end: int
    address: str

    def moved(self, by: int) -> "Link":
        return Link(max(0, self.start + by), max(0, self.end + by), self.address)


@dataclass(frozen=True, slots=True)
class Row:
    """A row without its mark-up.

    Attributes:
        mark: "#" for a heading, "##" for one below it, and so on; "-" or a number for an item of a list.
        bold: all of it is.
        links: what it links to, in order.
    """

    text: str
    mark: str = ""
    bold: bool = False
    links: tuple[Link, ...] = ()


def blocks(text: str, *, brief: bool = False) -> Iterator[list[Row]]:
    """What stands by itself in a text, each as its rows; pictures, footnotes, comments and tags are left out.

    Args:
        brief: it is a brief, which may be plain text: HTML, footnotes and the definitions of links stay as they are.

    >>> [(row.mark, row.text) for rows in blocks("# Treaty\\n\\n* It was *signed*\\n  by [both](/b).") for row in rows]
    [('#', 'Treaty'), ('-', 'It was signed'), ('', 'by both.')]
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if _MAY_BE_MARKED.search(text) is None:
        yield from _paragraphs(text)
        return
    mark, cells = "", None
    for token in _parser(brief=brief).parse(text if brief else _FOOTNOTE.sub("", _without_comments(text))):
        match token.type:
            case "heading_open":
                mark = "#" * int(token.tag[1])
            case "list_item_open":
                mark = token.info or "-"
            case "list_item_close":
                mark = ""
            case "fence":
                yield from ([Row(line)] for line in token.content.splitlines() if line.strip())
            case "tr_open":
                cells = list[Row]()
            case "tr_close":
                yield from _table_row(cells or [])
                cells = None
            case "inline":
                written = _written(token.children or [], brief=brief)
                if cells is not None:
                    cells += [row for rows in written for row in rows]
                else:
                    yield from _marked(written, mark)
                mark = ""


def _paragraphs(text: str) -> Iterator[list[Row]]:
    """The paragraphs of a text without mark-up."""
    rows = list[Row]()
    for line in text.split("\n"):
        if line.strip():
            rows.append(Row(line.strip()))
        elif rows:
            yield rows
            rows = []
    if rows:
        yield rows


def is_crowded(text: str) -> bool:
    """Whether a text has more marks than can be read in seconds."""
    return sum(map(text.count, _MARKS)) > MOST_MARKS


def _table_row(cells: Sequence[Row]) -> Iterator[list[Row]]:
    if cells:
        text, links = "", list[Link]()
        for cell in cells:
            text += " | " if text else ""
            links += [link.moved(len(text)) for link in cell.links]
            text += cell.text
        yield [Row(text, links=tuple(links))]


def _marked(written: list[list[Row]], mark: str) -> list[list[Row]]:
    """The blocks with the mark on their first row; a number too long for an item's is given back to it."""
    if not (mark and written):
        return written
    (first, *rows), *more = written
    if len(mark) > _LONGEST_NUMBER and mark.isdigit():
        first = replace(first, text=f"{mark}. {first.text}", bold=False)
    else:
        first = replace(first, mark=mark)
    return [[first, *rows], *more]


def _written(children: Sequence["Token"], *, brief: bool) -> list[list[Row]]:
    """The rows of one run of text; where a row is broken on purpose, another block begins."""
    runs: list[list[list[Token]]] = [[[]]]
    for child in children:
        if child.type == "hardbreak":
            runs.append([[]])
        elif child.type == "softbreak":
            runs[-1].append([])
        elif child.type != "text" or child.content:
            runs[-1][-1].append(child)
    rows = [[row for run in block if (row := _row(run, brief=brief)).text] for block in runs]
    return [block for block in rows if block]


def _row(run: Sequence["Token"], *, brief: bool) -> Row:
    from markdown_it.common.utils import normalizeReference

    parts: list[str] = []
    links: list[Link] = []
    size, begins, start, label, address = 0, 0, 0, None, ""  # of the parts so far, and where a link begins in them
    for token in run:
        if token.type in ("text", "code_inline"):
            parts.append(token.content)
            size += len(token.content)
        elif token.type == "link_open":
            begins, start, label = len(parts), size, token.meta.get("label")
            address = str(token.attrs["href"])
        elif token.type == "link_close":
            if label == normalizeReference("".join(parts[begins:])):
                parts[begins:] = ["[", *parts[begins:], "]"]  # "[BBC]" may be a tag, whatever "[BBC]: ..." says below
                size += 2
            links.append(Link(start, size, address))
    text = "".join(parts) if brief else _FOOTNOTE_MARK.sub("", "".join(parts))
    bold = [t.type for t in run if t.type.startswith("strong")] == ["strong_open", "strong_close"]
    placed = tuple(link.moved(len(text.lstrip()) - len(text)) for link in links)
    return Row(text.strip(), bold=bold and run[0].tag == run[-1].tag == "strong", links=placed)


def _without_comments(body: str) -> str:
    """The body without <!-- comments -->, which may hold blank lines; a pattern would be quadratic on unclosed ones."""
    *commented, rest = body.split("-->")
    return "".join(part.partition("<!--")[0] if "<!--" in part else f"{part}-->" for part in commented) + rest


@cache
def _parser(*, brief: bool) -> "MarkdownIt":
    from markdown_it import MarkdownIt  # 40 ms to load: only where there is Markdown

    parser = MarkdownIt("commonmark", {"store_labels": True}).enable(["table", "strikethrough"])
    parser.disable([*_NOT_IN_NEWS, *(_NOT_IN_BRIEFS if brief else ())])
    parser.validateLink = lambda url: True  # type: ignore[method-assign]  # whatever it leads to, its words are text
    parser.normalizeLink = lambda url: url  # type: ignore[method-assign]  # as it stands
    return parser
