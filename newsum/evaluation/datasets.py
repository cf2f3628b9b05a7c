"""Data sets of stories with reference summaries, on the hub or on disk -> `Example`s, one at a time.

Multi-News, WCEP, CNN/DailyMail and XSum are known by name; any other hub name, and files (.jsonl, .csv, .parquet, the
first two also as .gz), work by naming their columns. The hub and Parquet are read through `datasets`, which
newsum[datasets] brings: the hub with its cache, or `streaming`, which keeps nothing on disk; files are always streamed.
A row is a story of newsum's own ({"articles": [...], "reference" or "references"}), or has one column with the source
text and one with the summary. A folder holds story folders as `newsum.read` takes them, each with its references in a
story.toml.

Multi-News and WCEP are on the hub as loading scripts, which `datasets` no longer runs; the hub's own conversion to
Parquet (revision refs/convert/parquet) is read instead.
"""

import csv
import gzip
import json
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Any, TextIO

from newsum.articles import Article, Story
from newsum.errors import ReadingError, SettingsError, needing
from newsum.reading import read_stories
from newsum.system.paths import is_file, is_folder

__all__ = ["DATASETS", "Example", "Layout", "load"]

_CONVERTED = "refs/convert/parquet"
_CELL = 10_000_000  # characters in a CSV cell; the csv module's own limit, 131,072, is a long article's length


@dataclass(frozen=True, slots=True)
class Example:
    """A story and the summaries that people wrote of it."""

    story: Story
    references: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """Where a data set is and what its columns mean.

    Attributes:
        path, config, revision, folder: as `datasets.load_dataset` takes them (`folder` as data_dir).
        document: the column of the source text, or of a list of texts.
        reference: the column of the summary, or of a list of summaries.
        separator: what stands between the articles of one document.
        newline: what stands for a line end.
        outlet: the outlet of every article, where there is only one.
        unlike: the start of every summary that is no part of it.
    """

    path: str = ""
    document: str = "document"
    reference: str = "summary"
    config: str | None = None
    revision: str | None = None
    folder: str | None = None
    separator: str | None = None
    newline: str | None = None
    outlet: str = ""
    unlike: str = ""


DATASETS: dict[str, Layout] = {
    "multi_news": Layout(
        "alexfabbri/multi_news",
        revision=_CONVERTED,
        folder="default",
        separator="|||||",
        newline="NEWLINE_CHAR",
        unlike="–",
    ),
    "wcep": Layout("ccdv/WCEP-10", revision=_CONVERTED, folder="list"),
    "cnn_dailymail": Layout("abisee/cnn_dailymail", "article", "highlights", config="3.0.0"),
    "xsum": Layout("EdinburghNLP/xsum", outlet="BBC"),
}


def load(
    source: str | Path,
    *,
    split: str = "validation",
    copy: str | Path | None = None,
    streaming: bool = False,
    limit: int | None = None,
    words: int | None = None,
    document_column: str | None = None,
    reference_column: str | None = None,
    separator: str | None = None,
) -> Iterator[Example]:
    """The stories of a data set with their references, in order, one in memory at a time.

    Args:
        source: "multi_news", "wcep", "cnn_dailymail", "xsum", another hub name, a file, or a folder of story folders.
        split: the part of a hub's data set.
        copy: a folder with the same files as the hub has, to be read instead of it.
        streaming: read the hub's files as they arrive, without keeping them.
        limit: stop after so many stories.
        words: take only the references of that length, where a story folder's are of several.
        document_column: what a table's column of articles is called.
        reference_column: what its column of summaries is called.
        separator: what stands between the articles of one document.

    Raises:
        MissingExtra: a data set of the hub, or a Parquet file, and `datasets` is not installed.
        ReadingError: the data cannot be reached or read, or has no such column.
        SettingsError: `limit` is no count.
    """
    if limit is not None and limit < 1:
        raise SettingsError(f"limit must be at least 1, not {limit}")
    if copy is None and is_folder(source):
        return islice(_story_folders(Path(source), words), limit)
    layout = _layout(str(source))
    given = {"document": document_column, "reference": reference_column, "separator": separator}
    layout = replace(layout, **{name: value for name, value in given.items() if value is not None})
    rows = _hub(layout, split, copy, streaming) if copy is not None or not is_file(source) else _file(Path(source))
    return islice(_examples(rows, layout, str(source), named=any(given.values())), limit)


def _layout(source: str) -> Layout:
    """What is known of the data set, by its own name or the hub's."""
    by_path = {layout.path.lower(): layout for layout in DATASETS.values()}
    return DATASETS.get(source) or by_path.get(source.lower()) or Layout(source)


# --- where the rows come from -----------------------------------------------------------------


def _hub(layout: Layout, split: str, copy: str | Path | None, streaming: bool) -> Iterable[Mapping[str, Any]]:
    with needing("datasets", f"the data set {layout.path}"):
        from datasets import load_dataset

    place: dict[str, Any] = {"path": layout.path, "name": layout.config, "revision": layout.revision}
    if layout.folder:
        place["data_dir"] = layout.folder
    if copy is not None:
        if not is_folder(copy):
            raise ReadingError(f"there is no folder {copy} to read a copy of {layout.path} from")
        place = {"path": str(copy)}
    try:
        rows: Iterable[Mapping[str, Any]] = load_dataset(**place, split=split, streaming=streaming)
    except Exception as error:  # whatever the hub's client, the network or a file's format brings up
        where = copy or f"{layout.path} on the hub"
        hint = "" if copy else '; where the hub is out of reach, name a folder with its files: copy="..."'
        raise ReadingError(f"{where} cannot be loaded ({type(error).__name__}: {_short(error)}){hint}") from error
    return rows


def _file(path: Path) -> Iterable[Mapping[str, Any]]:
    suffix = path.with_suffix("").suffix if path.suffix == ".gz" else path.suffix
    if suffix == ".parquet":
        return _parquet(path)
    if suffix not in _READERS:
        known = ", ".join((*_READERS, ".parquet"))
        raise ReadingError(f"{path}: a data set is a {known} file, a folder of stories or a hub's name")
    return _streamed(path, _READERS[suffix])


def _streamed(path: Path, reader: Callable[[TextIO], Iterator[Any]]) -> Iterator[Mapping[str, Any]]:
    opened = gzip.open if path.suffix == ".gz" else open
    try:
        with opened(path, "rt", encoding="utf-8-sig", newline="") as file:
            for row in reader(file):
                if not isinstance(row, Mapping):
                    raise ValueError("its rows must be objects with named fields")
                yield row
    except (OSError, EOFError, ValueError, RecursionError, csv.Error) as error:
        raise ReadingError(f"{path} cannot be read: {_short(error)}") from error


def _json_lines(file: TextIO) -> Iterator[Any]:
    return (json.loads(line, strict=False) for line in file if line.strip())


def _json(file: TextIO) -> Iterator[Any]:
    """The items of a list, else the rows of a file that is JSON lines under another name."""
    start = file.read(1)
    while start.isspace():
        start = file.read(1)
    if start == "[":
        yield from json.loads(start + file.read(), strict=False)
    elif start:
        yield json.loads(start + file.readline(), strict=False)
        yield from _json_lines(file)


def _csv(file: TextIO) -> Iterator[dict[str, str]]:
    usual = csv.field_size_limit(_CELL)
    try:
        yield from csv.DictReader(file)
    finally:
        csv.field_size_limit(usual)


_READERS: dict[str, Callable[[TextIO], Iterator[Any]]] = {".jsonl": _json_lines, ".json": _json, ".csv": _csv}


def _parquet(path: Path) -> Iterator[Mapping[str, Any]]:
    with needing("datasets", "a Parquet file"):
        from datasets import load_dataset

    try:
        yield from load_dataset("parquet", data_files=str(path), split="train", streaming=True)
    except Exception as error:
        raise ReadingError(f"{path} cannot be read: {_short(error)}") from error


def _short(error: Exception) -> str:
    return str(error).strip().partition("\n")[0][:200]


def _story_folders(folder: Path, words: int | None) -> Iterator[Example]:
    for story in read_stories(folder):
        path = folder / (story.id or "") / "story.toml"
        path = path if is_file(path) else folder / "story.toml"
        references = _told(path, words)
        yield Example(story, references)


def _told(path: Path, words: int | None) -> tuple[str, ...]:
    """The references that a story.toml holds, a line of the brief in a row."""
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ReadingError(f"{path.parent} has no story.toml with its references") from error
    except ValueError as error:
        raise ReadingError(f"{path} is not TOML: {error}") from error
    found = [r for r in content.get("references", []) if words is None or r.get("words") == words]
    if not found:
        kinds = sorted({str(r.get("words")) for r in content.get("references", [])})
        raise ReadingError(f"{path} has no reference of {words} words; it has {', '.join(kinds) or 'none at all'}")
    return tuple("\n".join(line["text"] for line in reference["lines"]) for reference in found)


# --- what a row means -------------------------------------------------------------------------


def _examples(rows: Iterable[Mapping[str, Any]], layout: Layout, source: str, *, named: bool) -> Iterator[Example]:
    for number, row in enumerate(rows, start=1):
        if "articles" in row and not named:
            yield _own(row, f"{source}, row {number}")
        else:
            yield _foreign(row, layout, source, number)


def _own(row: Mapping[str, Any], where: str) -> Example:
    story = Story.from_dict(row)
    references = row.get("references") or row.get("reference")
    if not references:
        raise ReadingError(f"{where} has no reference; its columns are {_quoted(row)}")
    return Example(story, (references,) if isinstance(references, str) else tuple(references))


def _foreign(row: Mapping[str, Any], layout: Layout, source: str, number: int) -> Example:
    for name in (layout.document, layout.reference):
        if name not in row:
            raise ReadingError(f'{source} has no column "{name}"; its columns are {_quoted(row)}')
    document, references = row[layout.document], row[layout.reference]
    texts = document if isinstance(document, list) else _parted(document, layout.separator)
    articles = (Article(layout.outlet, _clean(text, layout)) for text in texts)
    given = references if isinstance(references, list) else [references]
    return Example(
        Story(tuple(article for article in articles if article.text), str(row.get("id") or f"{source}-{number}")),
        tuple(reference.strip().removeprefix(layout.unlike).strip() for reference in given),
    )


def _parted(document: str, separator: str | None) -> list[str]:
    return document.split(separator) if separator else [document]


def _clean(text: str, layout: Layout) -> str:
    text = text.replace(layout.newline, "\n") if layout.newline else text
    return "\n".join(line.strip() for line in text.splitlines()).strip()


def _quoted(row: Mapping[str, Any]) -> str:
    return ", ".join(f'"{name}"' for name in row)
