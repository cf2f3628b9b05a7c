"""Where converted models are kept, and how a folder of them is written so that no one ever reads half of it.

In: a key that says exactly which weights in which form, and what writes them into an empty folder. Out: the folder.
It lies in the platform's cache folder or in that of the environment variable NEWSUM_CACHE; it is written beside its
place and moved there whole, under a lock, with a manifest of sizes and CRC-32 sums by which a damaged one is known
and made anew. Where nothing can be written it is temporary and goes with the process. Older models are left to lie.
"""

import json
import os
import shutil
import tempfile
import zlib
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from newsum.system.paths import expanded

__all__ = ["Kept", "cache_folder", "kept"]

_MANIFEST = "manifest.json"
_BLOCK = 2**20
_PATIENCE = 600.0  # seconds for another process to finish converting; BART-large takes some 20


Write = Callable[[Path], None]


@dataclass(frozen=True, slots=True)
class Kept:
    """A folder of converted weights.

    Attributes:
        key: which weights in which form.
        write: what writes them into an empty folder.
        temporary: what removes the folder when nobody holds this any longer; None in the cache.
    """

    folder: Path
    key: str
    write: Write
    temporary: tempfile.TemporaryDirectory[str] | None = None

    def again(self) -> "Kept":
        """The same weights where they are now: a cache may be cleared, or damaged, while it is in use."""
        return kept(self.key, self.write)


def cache_folder() -> Path:
    """The folder of all converted models."""
    if chosen := os.environ.get("NEWSUM_CACHE"):
        return expanded(chosen)
    from platformdirs import user_cache_path

    return user_cache_path("newsum", appauthor=False)


def kept(key: str, write: Write) -> Kept:
    """The folder of that key, written first where it is not there or is damaged."""
    place = cache_folder() / key
    if _is_whole(place):
        return Kept(place, key, write)
    try:
        _make(place, write)
    except OSError:  # a read-only home, a full disk, a lock that cannot be had: it works without a cache too
        temporary = tempfile.TemporaryDirectory(prefix="newsum-")
        write(Path(temporary.name))
        return Kept(Path(temporary.name), key, write, temporary)
    return Kept(place, key, write)


def _make(place: Path, write: Write) -> None:
    from filelock import FileLock

    place.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(place.with_name(f"{place.name}.lock"), timeout=_PATIENCE):
        if _is_whole(place):  # by another process, while this one waited
            return
        for remains in (place, *place.parent.glob(f"{place.name}.*/")):  # damaged, or of a process that was killed
            shutil.rmtree(remains, ignore_errors=True)
        unfinished = Path(tempfile.mkdtemp(prefix=f"{place.name}.", dir=place.parent))
        try:
            write(unfinished)
            sums = {file.name: [file.stat().st_size, _sum(file)] for file in unfinished.iterdir()}
            (unfinished / _MANIFEST).write_text(json.dumps(sums), encoding="utf-8")
            unfinished.rename(place)
        finally:
            shutil.rmtree(unfinished, ignore_errors=True)


def _is_whole(place: Path) -> bool:
    """Whether all files of a folder are there as they were written."""
    with suppress(OSError, ValueError, TypeError, AttributeError):
        sums = json.loads((place / _MANIFEST).read_text(encoding="utf-8"))
        return all(
            (place / name).stat().st_size == size and _sum(place / name) == crc for name, (size, crc) in sums.items()
        )
    return False


def _sum(file: Path) -> int:
    found = 0
    with file.open("rb") as stream:
        while block := stream.read(_BLOCK):
            found = zlib.crc32(block, found)
    return found
