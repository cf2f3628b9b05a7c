"""Writing a file whole or not at all, whatever interrupts it.

In: a path and the pieces of its content. Out: the file. Until it is complete and on the disk, whoever looks sees the
old one, or none; what an interruption leaves is a draft that `is_draft` knows by its name.
"""

import os
import shutil
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

__all__ = ["is_draft", "replace_file"]

_DRAFT = ".newsum-tmp"


def replace_file(path: Path, pieces: Iterable[bytes]) -> None:
    """Writes a draft in the same folder and puts it in the file's place; the file keeps its mode.

    A link is replaced, never written through.

    Raises:
        OSError: it cannot be written; the old file is as it was.
    """
    draft = path.with_name(f".{path.name}.{os.getpid()}{_DRAFT}")
    draft.unlink(missing_ok=True)
    try:
        with draft.open("xb") as file:  # never through a link that somebody planted under this name
            for piece in pieces:
                file.write(piece)
            file.flush()
            os.fsync(file.fileno())  # or a power cut could leave the new name with nothing in it
        if path.is_file() and not path.is_symlink():
            shutil.copymode(path, draft)
        draft.replace(path)
        _keep_name(path.parent)
    finally:
        draft.unlink(missing_ok=True)


def _keep_name(folder: Path) -> None:
    """Puts the folder's names on the disk, so that what is written later is never there before this file.

    Windows, some network drives and a folder that may not be listed do not allow it; then it is up to the system.
    """
    with suppress(OSError):
        number = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)


def is_draft(path: Path) -> bool:
    """Whether the file is a draft that was never put in its place."""
    return path.name.startswith(".") and path.name.endswith(_DRAFT)
