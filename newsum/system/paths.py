"""Looks at paths as a user gives them without ever failing on them: links in a circle and unknown users are no errors.

In: a path. Out: a path, which may lead nowhere; whoever opens it says so.
"""

import os
from pathlib import Path

__all__ = ["expanded", "real"]


def expanded(path: str | Path) -> Path:
    """The path with "~" and "~user" filled in, or as it is where nobody is called so; `Path.expanduser` would raise."""
    return Path(os.path.expanduser(path))


def real(path: str | Path) -> Path:
    """The path without links, or as far as they can be followed; `Path.resolve` raises where they run in a circle."""
    return Path(os.path.realpath(path))
