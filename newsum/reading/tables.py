"""JSON, JSON lines and CSV -> the articles in them, each with its line.

In: the text of a .json file; the lines of a table, as they come. Out: a `Record` for each article, a `Problem` for
each line that is none; the lines after a broken one are read. A .json file holds one article, a list of them or
{"articles": [...]}; a .jsonl file one article or one story ({"story_id", "title", "articles"}) a line; a .csv file
names its columns in its first line. Fields are those of `Article`; "source" serves as outlet, "date" as published.
"""

import csv
import json
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import Any

from newsum.reading.cleaning import one_line
from newsum.reading.decoding import MANY_ARTICLES
from newsum.reading.entries import Problem, Record

__all__ = ["Row", "csv_rows", "jsonl_rows", "parse_json", "records", "story_records"]

_MOST_SWALLOWED = 200  # lines that a quotation mark left open may swallow and that are read again ...
_MOST_REPEATS = 1_000  # ... so many times in one table, or a hostile one would be read two hundred times over

Row = tuple[int | None, Mapping[str, Any]]  # with its line, where the table has lines


def parse_json(text: str, source: str) -> Iterator[Record | Problem]:
    try:
        content = _loads(text)
    except json.JSONDecodeError as error:
        yield Problem(source, error.lineno, f"it is not JSON: {_reason(error)}")
    except ValueError as error:
        yield Problem(source, None, f"it is not JSON that can be read: {error}")
    else:
        listed = content.get("articles") if isinstance(content, Mapping) and "articles" in content else content
        if isinstance(listed, Mapping):
            yield Record(listed, sole=True)
        elif isinstance(listed, list) and listed:
            yield from _records(listed, source, None)
        else:
            yield Problem(source, None, _not_articles(listed))


def jsonl_rows(lines: Iterable[str], source: str) -> Iterator[Row | Problem]:
    # Lines end at "\n" only: splitlines() would also break at U+2028, which may stand raw inside a JSON string.
    for line, row in enumerate(lines, start=1):
        if not row.strip("\ufeff \t\r\n"):
            continue
        try:
            content = _loads(row)
        except json.JSONDecodeError as error:
            content = Problem(source, line, f"it is not JSON: {_reason(error)}")
        except ValueError as error:
            content = Problem(source, line, f"it is not JSON that can be read: {error}")
        if isinstance(content, Mapping):
            yield line, content
        elif isinstance(content, Problem):
            yield content
        else:
            yield Problem(source, line, f"it must be an object with fields, not {_kind(content)}")


def csv_rows(lines: Iterable[str], source: str) -> Iterator[Row | Problem]:
    rows = _cells(lines, source)
    header = next(rows, Problem(source, None, "it holds no rows"))
    if isinstance(header, tuple) and len(header[1]) < 3 and header[1][0].lower().startswith("sep="):
        header = next(rows, header)  # a spreadsheet's own first line: "sep=;"
    if isinstance(header, Problem):
        yield header
        return
    names = [name.strip().strip("\ufeff").lower() for name in header[1]]
    if "text" not in names:
        found = ", ".join(f'"{one_line(name)[:40]}"' for name in names[:12])
        yield Problem(source, header[0], f'its first line must name the columns, "text" among them; it has {found}')
        return
    row: tuple[int, list[str]] | Problem | None = None
    for row in rows:
        yield row if isinstance(row, Problem) else _named(row, names, source)
    if row is None:
        yield Problem(source, None, "it has a line of column names and no articles")


def _named(row: tuple[int, list[str]], names: list[str], source: str) -> Row | Problem:
    """The row's cells by the names of their columns; one with more cells than columns is cut nowhere, but left out."""
    line, cells = row
    while len(cells) > len(names) and not cells[-1].strip():
        cells.pop()
    if len(cells) > len(names):
        return Problem(
            source,
            line,
            f"the row has {len(cells)} cells, but there are {len(names)} columns: put text that has commas in it "
            'into straight quotation marks ("...")',
        )
    return line, dict(zip(names, cells, strict=False))


def records(rows: Iterable[Row | Problem], source: str) -> Iterator[Record | Problem]:
    """The articles of the rows: one a row, or a story's."""
    for row in rows:
        if isinstance(row, Problem):
            yield row
        elif "articles" in row[1]:
            yield from story_records(row[1], source, row[0])
        else:
            yield Record(row[1], row[0])


def story_records(story: Mapping[str, Any], source: str, line: int | None) -> Iterator[Record | Problem]:
    """The articles of one story's row."""
    listed = story["articles"]
    if isinstance(listed, list) and listed:
        yield from _records(listed, source, line)
    else:
        yield Problem(source, line, _not_articles(listed))


def _cells(lines: Iterable[str], source: str) -> Iterator[tuple[int, list[str]] | Problem]:
    """Each row with the line that it starts on; strict, for a stray quote would silently swallow rows.

    What a quotation mark that is left open swallowed is read again, from the next line on.
    """
    lines = iter(lines)
    first = list(_up_to_text(lines))
    taken = _Taken(chain(first, lines))
    dialect = _dialect("".join(first))
    reader = csv.reader(taken, dialect)
    start = 0  # lines before the first that the reader has
    while True:
        line = start + reader.line_num + 1
        taken.forget()
        try:
            row = _next(reader)
        except csv.Error as error:
            reason = "a quotation mark is not closed" if _is_open(error) else str(error)
            yield Problem(source, line, f"the row cannot be read: {reason}")
            if swallowed := taken.again():
                start, reader = line, csv.reader(swallowed, dialect)
        else:
            if row is None:
                return
            if any(cell.strip() for cell in row):
                yield line, row


class _Taken:
    """Lines on their way to a reader, the last ones of which it can be given once more."""

    def __init__(self, lines: Iterator[str]) -> None:
        self._lines, self._recent, self._waiting = lines, list[str](), deque[str]()
        self._left = _MOST_REPEATS

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._waiting.popleft() if self._waiting else next(self._lines)
        if len(self._recent) <= _MOST_SWALLOWED:
            self._recent.append(line)
        return line

    def forget(self) -> None:
        """Begins a row: what came before it is read."""
        self._recent.clear()

    def again(self) -> "_Taken | None":
        """The same lines from the row's second on; None where it has one line alone, or too many to be read twice."""
        if not (1 < len(self._recent) <= _MOST_SWALLOWED and self._left):
            return None
        self._left -= 1
        self._waiting.extendleft(reversed(self._recent[1:]))
        return self


def _is_open(error: csv.Error) -> bool:
    """Whether a cell's closing quotation mark is missing; the next row's opening one then seems to close it."""
    return "end of data" in str(error) or "expected after" in str(error)


def _up_to_text(lines: Iterator[str]) -> Iterator[str]:
    """The lines up to the first that is not blank."""
    for line in lines:
        yield line
        if line.strip("\ufeff \t\r\n"):
            return


def _next(reader: Iterator[list[str]]) -> list[str] | None:
    # The limit is the module's, not the reader's: it is put back for whoever else uses csv in this process.
    usual = csv.field_size_limit(MANY_ARTICLES)
    try:
        return next(reader, None)
    finally:
        csv.field_size_limit(usual)


def _dialect(text: str) -> type[csv.Dialect]:
    """The delimiter, the commonest in the first line of comma, semicolon (as spreadsheets write it in much of Europe)
    and tab; and the quotation mark that the first column's name stands in."""
    first = text.lstrip("\r\n\ufeff").partition("\n")[0]
    commonest = max(",;\t", key=first.count)
    name = first.partition(commonest)[0].strip()
    quoted = len(name) > 1 and name[0] == name[-1] == "'"

    class Dialect(csv.excel):
        delimiter, quotechar = commonest, "'" if quoted else '"'
        strict = skipinitialspace = True

    return Dialect


def _records(listed: list[Any], source: str, line: int | None) -> Iterator[Record | Problem]:
    for number, fields in enumerate(listed, start=1):
        if isinstance(fields, Mapping):
            yield Record(fields, line, f"article {number}")
        else:
            kind = _kind(fields)
            yield Problem(source, line, f"article {number}: it must be an object with fields, not {kind}")


def _loads(text: str) -> Any:
    try:
        return json.loads(text.removeprefix("\ufeff"), strict=False)  # a raw tab in a string does no harm
    except RecursionError:
        raise ValueError("its brackets are nested too deep") from None


def _reason(error: json.JSONDecodeError) -> str:
    return f"{error.msg[:1].lower()}{error.msg[1:]} (column {error.colno})"


def _not_articles(content: object) -> str:
    if content == []:
        return "it holds no articles"
    return f'it must hold an article, a list of articles or {{"articles": [...]}}, not {_kind(content)}'


def _kind(content: object) -> str:
    names = {dict: "an object", list: "a list", str: "text", bool: "true or false", type(None): "null"}
    return names.get(type(content), "a number")
