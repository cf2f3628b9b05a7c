"""Runs damaged inputs one after the other in a process of their own, and tells which of them failed.

In: a target and a span of seeds. Out: (seed, what happened) for each failure. The process is ended and begun again
where an input hangs in it or takes it down.
"""

import gc
import multiprocessing
import os
import resource
import socket
import tempfile
import time
import warnings
from collections.abc import Iterator
from importlib import import_module
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from benchmarks.fuzzing.targets import TARGETS, cleared, rng_of
from newsum.errors import NewsumError

__all__ = ["HANGS", "SECONDS", "failures", "outcome"]

SECONDS, KILOBYTES = 5.0, 500_000
HANGS = 60.0  # seconds by the clock: the machine may be busy with other things
_ADDRESS_SPACE = 16 * 2**30  # bytes: an input that wants more has failed, and must not take the machine down


def failures(target: str, first: int, last: int) -> Iterator[tuple[int, str]]:
    """What failed of the inputs from seed `first` up to, but not with, `last`."""
    while first < last:
        told, tells = multiprocessing.Pipe(duplex=False)
        at, since = multiprocessing.Value("q", first), multiprocessing.Value("d", time.monotonic())
        process = multiprocessing.Process(target=_run, args=(target, first, last, tells, at, since), daemon=True)
        process.start()
        tells.close()
        done = False
        while not done:
            if told.poll(0.5):
                try:
                    seed, what = told.recv()
                except EOFError:
                    yield at.value, f"it takes its process down (exit code {process.exitcode})"
                    break
                done = seed < 0
                if not done:
                    yield seed, what
            elif time.monotonic() - since.value > HANGS:
                process.kill()
                yield at.value, f"it hangs for {HANGS:.0f} s"
                break
        process.join()
        first = last if done else at.value + 1


def _run(target: str, first: int, last: int, tells: Connection, at: Any, since: Any) -> None:
    warnings.simplefilter("ignore")
    socket.getaddrinfo = _no_network
    for pause in ("newsum.reading.web.PAUSE", "newsum.reading.visits.PACE"):  # nobody is there to be polite to
        module, _, name = pause.rpartition(".")
        setattr(import_module(module), name, 0.0)
    resource.setrlimit(resource.RLIMIT_AS, (_ADDRESS_SPACE, _ADDRESS_SPACE))
    null = os.open(os.devnull, os.O_RDWR)
    os.dup2(null, 2)  # what libraries print of broken files
    with tempfile.TemporaryDirectory() as name:
        outcome(target, -1, Path(name))  # what is loaded once is loaded
        for seed in range(first, last):
            at.value, since.value = seed, time.monotonic()
            if what := outcome(target, seed, Path(name)):
                tells.send((seed, what))
    tells.send((-1, ""))


def _no_network(host: object, *args: object, **kwargs: object) -> Any:
    raise socket.gaierror(socket.EAI_NONAME, "there is no network here")


def outcome(target: str, seed: int, folder: Path) -> str:
    """What is wrong with how newsum took one input; "" where nothing is."""
    cleared(folder)
    before, started = _memory(begin=True), time.process_time()
    try:
        TARGETS[target](rng_of(target, seed), folder)
        failure = ""
    except NewsumError:
        failure = ""
    except BaseException as error:
        failure = f"{type(error).__name__}: {str(error)[:200]}"
    seconds = time.process_time() - started
    grown = _memory() - before
    if not failure and seconds > SECONDS:
        failure = f"{seconds:.1f} s"
    if not failure and grown > KILOBYTES:
        failure = f"{grown // 1_000} MB"
    return failure


def _memory(*, begin: bool = False) -> int:
    """Kilobytes in use at most since the last call with `begin`; of the whole process where no more is told."""
    try:
        if begin:
            gc.collect(0)
            Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
        status = Path("/proc/self/status").read_text(encoding="ascii", errors="replace")
        return int(status.partition("VmHWM:")[2].split()[0])
    except (OSError, ValueError, IndexError):
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
