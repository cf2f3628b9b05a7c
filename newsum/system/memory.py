"""Memory: how much of it is free, where the system says so, and how often the garbage collector looks for more."""

import gc
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

__all__ = ["free_memory", "seldom_collected"]

_SELDOM = 20_000  # new objects; the articles of one story and what is known of them are as many


def free_memory() -> int | None:
    """Bytes that a process may take without pushing others out; None where the system does not tell."""
    try:
        rows = dict(row.split(":", 1) for row in Path("/proc/meminfo").read_text(encoding="ascii").splitlines())
        return int(rows["MemAvailable"].split()[0]) * 1024
    except (OSError, ValueError, KeyError):
        pass
    try:
        return os.sysconf("SC_AVPHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (AttributeError, ValueError, OSError):
        return None


@contextmanager
def seldom_collected() -> Iterator[None]:
    """Has the garbage collector look through what is new less often, for as long as the block runs.

    Python's bound of 700 objects has it walk the 40,000 of newsum's and others' modules while these are loaded, where
    nothing is garbage: a seventh of the time of a command's brief.
    """
    bounds = gc.get_threshold()
    gc.set_threshold(_SELDOM, *bounds[1:])
    try:
        yield
    finally:
        gc.set_threshold(*bounds)
