"""Paths, patterns, folders and addresses, as the user gave them -> the files and addresses that are to be read.

In: inputs, or lists of them. Out: each file and address once, in the order given, files of a folder in sorted order; a
`Problem` for what is none, a `Notice` of what a folder holds that may be articles but is not read. A file that is named
by itself was meant to be read, and is named if it cannot be. What browsers save beside a page ("treaty_files/") is no
article.
"""

import glob
import os
import posixpath
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

from newsum.reading.entries import Notice, Problem
from newsum.reading.parquet import Frame, Rows
from newsum.reading.web import is_url
from newsum.system.paths import expanded, is_folder, real

__all__ = [
    "FEED_LIST",
    "FORMATS",
    "STDIN",
    "TABLES",
    "Input",
    "Source",
    "formats",
    "is_article_file",
    "sources",
    "suffix_of",
]

TABLES = (".jsonl", ".csv", ".parquet")  # read a row at a time
FORMATS = (".txt", ".md", ".json", *TABLES, ".html", ".htm", ".xml", ".rss", ".atom", ".warc")
FEED_LIST = ".opml"  # read where it is named, for what it names is fetched
STDIN = "-"

Input = str | Path | Rows | Frame
Source = Input | Problem | Notice

_PAGES = (".html", ".htm")
_BESIDE_PAGES = ("_files", "-Dateien", "_file", "-filer", "_fichiers", "_archivos")  # as browsers name the folder
# What stands beside articles and never is one is passed over without a word.
_COMPANIONS = frozenset(
    """.avif .bib .bmp .cfg .conf .css .db .gif .ico .ini .ipynb .jpeg .jpg .js .lock .log .map .mov .mp3 .mp4 .ogg .otf
    .png .py .pyc .r .sh .sql .sqlite .svg .tif .tiff .toml .ttf .wav .webm .webp .woff .woff2 .yaml .yml""".split()
)
_SHOWN = 8  # kinds of files that were passed over, in one notice


def sources(inputs: Iterable[Input | Iterable[Input]], besides: Collection[Path] = ()) -> Iterator[Source]:
    """The files and addresses that the inputs name, each once, in the order given; data sets as they are.

    Args:
        besides: files that are passed over, as if they were not there.
    """
    seen: set[Path | str] = {real(path) for path in besides}
    for given in _flat(inputs):
        if not isinstance(given, str | Path):
            yield given
            continue
        whole = isinstance(given, str) and (is_url(given) or given == STDIN)
        for source in [given] if whole else _paths(given):
            same = real(source) if isinstance(source, Path) else str(source)
            if same not in seen:
                seen.add(same)
                yield source


def suffix_of(path: Path) -> str:
    """The suffix that tells the format: ".txt" of "a.txt" and of "a.txt.gz"."""
    name = path.name.lower().removesuffix(".gz")
    return posixpath.splitext(name)[1]


def is_article_file(path: Path) -> bool:
    """Whether a folder's file is one to read: not hidden, of a known format."""
    return not path.name.startswith(".") and suffix_of(path) in FORMATS


def formats() -> str:
    return f"it reads {', '.join(FORMATS)}, all but .parquet also as .gz"


def _flat(inputs: Iterable[Input | Iterable[Input]]) -> Iterator[Input]:
    for given in inputs:
        if isinstance(given, list | tuple):
            yield from given
        else:
            yield given  # type: ignore[misc]  # a list or tuple is the one iterable that holds inputs


def _paths(given: str | Path) -> Iterator[Path | Problem | Notice]:
    name = str(given)
    path = expanded(name)
    if not name.strip() or "\0" in name:
        yield Problem(repr(name), None, "it is not a path")
    elif is_folder(path):
        yield from _some(_walk(path), name, f"the folder holds no article that newsum reads ({formats()})")
    elif os.path.lexists(path):
        yield (
            path
            if suffix_of(path) in (*FORMATS, FEED_LIST)
            else Problem(name, None, f"newsum does not read this; {formats()}")
        )
    elif glob.has_magic(name):
        matches = (Path(match) for match in sorted(glob.glob(str(path), recursive=True)))
        yield from _some(_matched(matches), name, f"no file that newsum reads matches this pattern ({formats()})")
    else:
        yield Problem(name, None, "there is no such file or folder; check the path")


def _walk(folder: Path) -> Iterator[Path | Problem | Notice]:
    """The article files in a folder and its subfolders, in sorted order; links to folders are not followed."""
    refused: list[OSError] = []
    passed: Counter[str] = Counter()
    for root, folders, names in os.walk(folder, onerror=refused.append):
        saved = {Path(name).stem for name in names if suffix_of(Path(name)) in _PAGES}
        folders[:] = sorted(name for name in folders if not name.startswith(".") and not _is_beside(name, saved))
        for path in (Path(root, name) for name in sorted(names) if not name.startswith(".")):
            if is_article_file(path):
                yield path
            elif suffix_of(path) not in _COMPANIONS:
                passed[suffix_of(path) or "without a suffix"] += 1
    for error in refused:
        yield Problem(
            str(error.filename), None, f"the folder cannot be opened: {(error.strerror or 'refused').lower()}"
        )
    if passed:
        yield Notice("passed", str(folder), _counted(passed))


def _is_beside(folder: str, pages: Collection[str]) -> bool:
    return any(folder.endswith(end) and folder.removesuffix(end) in pages for end in _BESIDE_PAGES)


def _counted(passed: Counter[str]) -> str:
    listed = [f"{count} {suffix}" for suffix, count in passed.most_common(_SHOWN)]
    rest = passed.total() - sum(count for _, count in passed.most_common(_SHOWN))
    return ", ".join(listed) + (f" and {rest} more" if rest else "")


def _matched(matches: Iterator[Path]) -> Iterator[Path | Problem | Notice]:
    for path in matches:
        if is_folder(path):
            yield from _walk(path)
        elif is_article_file(path):
            yield path


def _some(paths: Iterator[Path | Problem | Notice], name: str, otherwise: str) -> Iterator[Path | Problem | Notice]:
    found = False
    for path in paths:
        found = found or not isinstance(path, Notice)
        yield path
    if not found:
        yield Problem(name, None, otherwise)
