"""Tells how much memory is free, where the system says so."""

import os
from pathlib import Path

__all__ = ["free_memory"]


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
