"""Free memory is told where the system tells it; the garbage collector is left as it was found."""

import gc
import os
from contextlib import suppress
from pathlib import Path

from newsum.system.memory import free_memory, seldom_collected


def test_free_memory_is_what_the_system_says(monkeypatch):
    monkeypatch.setattr(Path, "read_text", lambda self, **options: "MemTotal: 9 kB\nMemAvailable: 7 kB\n")
    assert free_memory() == 7 * 1024


def test_without_proc_free_memory_is_counted_in_pages_or_not_told(monkeypatch):
    monkeypatch.setattr(Path, "read_text", lambda self, **options: "")
    monkeypatch.setattr(os, "sysconf", {"SC_AVPHYS_PAGES": 3, "SC_PAGE_SIZE": 4096}.__getitem__)
    assert free_memory() == 3 * 4096

    def untold(name):
        raise ValueError(name)

    monkeypatch.setattr(os, "sysconf", untold)
    assert free_memory() is None


def test_the_collector_looks_seldom_inside_and_as_before_after():
    before = gc.get_threshold()
    with seldom_collected():
        assert gc.get_threshold()[0] > before[0]
    assert gc.get_threshold() == before
    with suppress(KeyError), seldom_collected():
        raise KeyError
    assert gc.get_threshold() == before
