"""A batch's folder: briefs, an index that links them, and a record of each story, by which a run is taken up again.

    OUT/briefs/<name>.json .html ...   the briefs
    OUT/index.jsonl, index.html        a row for each story of the last run that came to its end
    OUT/.newsum/records/<name>.json    what was made of which articles under which settings
    OUT/.newsum/lock                   held by the run that writes here

In: rows and summaries, story by story. Out: those files. Each is written whole or not at all, a story's record after
its briefs and removed before they change, so that a record always tells the truth, whatever the run was stopped by; it
holds the digests of the briefs, so that one that was changed or cut since is written again.
Nothing is ever removed but records that are to be written anew and drafts that a killed run left.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any

from newsum.articles import Story
from newsum.batch.shelf import Shelf
from newsum.errors import SettingsError
from newsum.rendering.forms import SUFFIXES, encoded, rendered
from newsum.rendering.index import index_page, with_turns
from newsum.summary import Summary
from newsum.system.atomic_files import is_draft, replace_file
from newsum.system.paths import is_folder, is_link, is_there

__all__ = ["Output", "Row"]

Row = Mapping[str, Any]  # of index.jsonl


class Output:
    """The folder of a batch, locked while it is entered.

    Args:
        forms: the forms that each brief is written in.
        resume: go on with a batch that the folder already holds.

    Raises:
        SettingsError: on entering, where the folder holds what must not be overwritten or another run writes to it;
            later, where a file cannot be written.
    """

    def __init__(self, folder: Path, forms: Sequence[str], *, resume: bool) -> None:
        if unknown := [form for form in forms if form not in SUFFIXES]:
            raise SettingsError(f"the format {unknown[0]!r} is not allowed: use {', '.join(SUFFIXES)}")
        if not forms:
            raise SettingsError(f"no format is asked for: use {', '.join(SUFFIXES)}")
        self.folder, self.forms, self.resume = folder, tuple(dict.fromkeys(forms)), resume
        self.briefs, self.records = folder / "briefs", folder / ".newsum" / "records"

    def __enter__(self) -> "Output":
        from filelock import FileLock, Timeout

        self._refuse_foreign()
        self.lock = FileLock(self.records.parent / "lock", timeout=0)
        try:
            self.records.mkdir(parents=True, exist_ok=True)
            self.briefs.mkdir(exist_ok=True)
            self.lock.acquire()
            self._clear()
            self.spool = TemporaryFile(dir=self.records.parent)  # the rows of the index, until all are there
            self.shelf = Shelf(self.records.parent)
        except Timeout as error:
            raise SettingsError(
                f"another newsum batch is writing to {self.folder}: wait for its end, or name another folder"
            ) from error
        except OSError as error:
            self.lock.release()
            raise _unwritable(self.folder, error) from error
        return self

    def _clear(self) -> None:
        """Removes the drafts that a killed run left."""
        for place in (self.folder, self.briefs, self.records):
            for path in filter(is_draft, place.iterdir()):
                path.unlink(missing_ok=True)

    def __exit__(self, *_: object) -> None:
        with suppress(OSError):  # of rows that a full disk has no room for; the index is written by now, or will not be
            self.spool.close()
            self.shelf.close()
        self.lock.release()

    def _refuse_foreign(self) -> None:
        """What is in the folder must be an earlier batch's that is to be gone on with, or nothing in the way."""
        if is_there(self.folder) and not is_folder(self.folder):
            raise SettingsError(f"{self.folder} is a file; name a folder for the briefs")
        places = (self.records.parent, self.records, self.briefs, self.records.parent / "lock")
        if link := next((place for place in places if is_link(place)), None):
            raise SettingsError(f"{link} is a link, which newsum does not write through; name another folder")
        if is_folder(self.records):
            begun = any(self.records.iterdir()) or is_there(self.folder / "index.jsonl")
            if begun and not self.resume:
                raise SettingsError(
                    f"{self.folder} holds an earlier batch: add --resume to go on with it, or name another folder"
                )
        elif taken := next((n for n in ("briefs", "index.jsonl", "index.html") if is_there(self.folder / n)), None):
            raise SettingsError(f"{self.folder} has a {taken} that no newsum batch wrote; name another folder")

    # --- stories ------------------------------------------------------------------------------------

    def row_of(self, name: str, fingerprint: str) -> Row | None:
        """The row of a story that is done: same articles, same settings, and all its files as they were written."""
        try:
            row = json.loads(self._record(name).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return None
        if not isinstance(row, dict) or row.get("fingerprint") != fingerprint:
            return None
        written = row.pop("sha256", {})
        files = row.get("files") or {}
        wanted = self.forms if row.get("status") == "done" else ()
        if all(form in files and _read_digest(self.folder / files[form]) == written.get(form, "") for form in wanted):
            return row
        return None

    def shelve(self, story: Story) -> None:
        """Keeps a story until its page is written, which shows its articles."""
        if "html" in self.forms:
            try:
                self.shelf.put(story)
            except OSError as error:
                raise _unwritable(self.folder, error) from error

    def unshelved(self) -> Story | None:
        """The next of the stories that were shelved; None where no form needs them."""
        return self.shelf.take() if "html" in self.forms else None

    def write(
        self, name: str, row: Row, summary: Summary | None, story: Story | None = None, *, keep: bool = True
    ) -> Row:
        """Writes a story's briefs and record.

        Args:
            story: its articles, for its page.
            keep: whether a later run may take the row over, for a story without a summary.

        Returns:
            The row with its files.
        """
        files: dict[str, str] = {}
        written: dict[str, str] = {}
        with suppress(FileNotFoundError):
            self._record(name).unlink()
        if summary is not None:
            articles = story.articles if story else ()
            for form in self.forms:
                files[form] = f"briefs/{name}{SUFFIXES[form]}"
                brief = encoded(rendered(summary, form, articles))
                self._replace(self.folder / files[form], [brief])
                written[form] = _digest(self.folder / files[form], brief)
        row = {**row, "files": files}
        if keep:
            self._replace(self._record(name), [_line({**row, "sha256": written})])
        return row

    def _record(self, name: str) -> Path:
        return self.records / f"{name}.json"

    # --- the index ------------------------------------------------------------------------------------

    def add(self, row: Row) -> None:
        """Puts the row into the index to come."""
        try:
            self.spool.write(_line(row))
        except OSError as error:
            raise _unwritable(self.folder / "index.jsonl", error) from error

    def write_index(self, heading: str) -> Path:
        """Writes the index of the rows that were added, and the ways from brief to brief; returns its page."""
        page = self.folder / "index.html"
        self._link_pages()
        self._replace(self.folder / "index.jsonl", self._rows())
        self._replace(page, map(encoded, index_page(map(json.loads, self._rows()), heading)))
        return page

    def _link_pages(self) -> None:
        """Leads from each page to the one before and the one after it; one that is linked so already stays."""
        rows = (row for row in map(json.loads, self._rows()) if "html" in row["files"])
        pages = ((row["title"] or row["id"] or "", Path(row["files"]["html"]).name) for row in rows)
        before, here = None, next(pages, None)
        while here is not None:
            after = next(pages, None)
            path = self.briefs / here[1]
            old = path.read_text(encoding="utf-8")
            if (linked := with_turns(old, before, after)) != old:
                self._replace(path, [encoded(linked)])
            before, here = here, after

    def _rows(self) -> Iterator[bytes]:
        self.spool.seek(0)
        yield from self.spool

    def _replace(self, path: Path, pieces: Iterable[bytes]) -> None:
        try:
            replace_file(path, pieces)
        except OSError as error:
            raise _unwritable(path, error) from error


def _read_digest(path: Path) -> str | None:
    """The digest of a brief as it lies there; None where it cannot be read."""
    try:
        return _digest(path, path.read_bytes())
    except (OSError, UnicodeDecodeError):
        return None


def _digest(path: Path, brief: bytes) -> str:
    """The SHA-256 of a brief; of a page without the ways to its neighbours, which come and go with these."""
    alone = encoded(with_turns(brief.decode("utf-8"), None, None)) if path.suffix == ".html" else brief
    return hashlib.sha256(alone).hexdigest()


def _line(row: Row) -> bytes:
    return encoded(json.dumps(row, ensure_ascii=False) + "\n")


def _unwritable(path: Path, error: OSError) -> SettingsError:
    reason = (error.strerror or type(error).__name__).lower()
    return SettingsError(f"{path} cannot be written: {reason}; what was done before is kept, go on with --resume")
