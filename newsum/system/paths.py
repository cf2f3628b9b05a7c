"""Looks at paths as a user gives them without ever failing on them: links in a circle, unknown users, names that are
too long and folders that are closed to the user are no errors, while `Path.is_dir` and its like raise for the last two.

In: a path. Out: a path, which may lead nowhere; whoever opens it says so.
"""

import os
from pathlib import Path

__all__ = ["expanded", "is_file", "is_folder", "is_link", "is_there", "real"]


def expanded(path: str | Path) -> Path:
    """The path with "~" and "~user" filled in, or as it is where nobody is called so; `Path.expanduser` would raise."""
    return Path(os.path.expanduser(path))


def real(path: str | Path) -> Path:
    """The path without links, or as far as they can be followed; `Path.resolve` raises where they run in a circle."""
    return Path(os.path.realpath(path))


def is_folder(path: str | Path) -> bool:
    return os.path.isdir(path)


def is_file(path: str | Path) -> bool:
    """Whether it is a regular file, or a link to one."""
    return os.path.isfile(path)


def is_there(path: str | Path) -> bool:
    """Whether it leads to anything."""
    return os.path.exists(path)


def is_link(path: str | Path) -> bool:
    return os.path.islink(path)
