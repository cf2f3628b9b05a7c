"""The engine of one machine: shards in this process, or in several that each hold a model.

In: shards. Out: their outcomes in order, a few shards ahead at most. A process that is killed costs nothing but time:
what was in hand is done again alone, a shard that kills its process twice is taken apart, and only the story that did
it has no brief. Nothing waits for a process that is gone, and no process outlives this one.
"""

import os
import pickle
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterable, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing import active_children, get_context, parent_process
from typing import ParamSpec, TypeVar

from newsum.articles import Story
from newsum.batch.work import Outcome, StoryFailure, Work
from newsum.errors import SettingsError
from newsum.summariser import SHARD
from newsum.system.threads import cores

__all__ = ["Local", "fitting_jobs"]

P = ParamSpec("P")
T = TypeVar("T")

_AHEAD = 2  # shards for each process, so that none waits while this process writes


def fitting_jobs(stories: int | None) -> int:
    """As many processes as there are cores, but no more than there are shards."""
    return max(1, cores() if stories is None else min(cores(), -(-stories // SHARD)))


@dataclass(frozen=True, slots=True)
class Local:
    """Works in `jobs` processes of one thread each; with one job, in this process.

    Raises:
        SettingsError: `jobs` is less than one, or several and the model cannot be sent to another process.
    """

    jobs: int = 1

    def __post_init__(self) -> None:
        if self.jobs < 1:
            raise SettingsError(f"jobs={self.jobs!r} is not allowed: use 1 or more")

    def map(self, work: Work, shards: Iterable[Sequence[Story]]) -> Generator[Iterable[Outcome], None, None]:
        if self.jobs == 1:
            return (work(stories) if stories else [] for stories in shards)
        work.require_sendable(pickle.dumps)
        return _pooled(work, shards, self.jobs)


Queue = deque[tuple[Sequence[Story], "Future[list[Outcome]] | None"]]


def _pooled(work: Work, shards: Iterable[Sequence[Story]], jobs: int) -> Generator[list[Outcome], None, None]:
    pool = _Pool(work, jobs)
    queue: Queue = deque()
    try:
        for stories in shards:
            queue.append((stories, pool.submit(stories) if stories else None))
            while queue and (len(queue) >= _AHEAD * jobs or _is_done(queue[0][1])):
                yield pool.outcomes(*queue.popleft())
        while queue:
            yield pool.outcomes(*queue.popleft())
    finally:
        pool.stop()


def _is_done(future: "Future[list[Outcome]] | None") -> bool:
    return future is None or future.done()


class _Pool:
    """Processes that work on shards; made anew when one of them was killed."""

    def __init__(self, work: Work, jobs: int) -> None:
        self.work, self.jobs = work, jobs
        self.others = set(active_children())
        self.executor: ProcessPoolExecutor | None = None
        self.careful: ProcessPoolExecutor | None = None

    def submit(self, stories: Sequence[Story]) -> "Future[list[Outcome]]":
        if self.executor is not None:
            try:
                return _submit(self.executor, self.work.listed, stories)
            except (BrokenProcessPool, OSError):  # the latter where it breaks while a process is being added
                pass
        self.executor = _started(self.jobs)
        return _submit(self.executor, self.work.listed, stories)

    def outcomes(self, stories: Sequence[Story], future: "Future[list[Outcome]] | None") -> list[Outcome]:
        if future is None:
            return []
        try:
            return future.result()
        except BrokenProcessPool:  # by this shard or by one that was worked on beside it
            pass
        try:
            return self._alone(stories)
        finally:
            if self.careful is not None:
                self.careful.shutdown()
                self.careful = None

    def _alone(self, stories: Sequence[Story]) -> list[Outcome]:
        """The outcomes of a shard in a process that works on nothing else; of its stories singly if it kills that."""
        if self.careful is None:
            self.careful = _started(1)
        try:
            return _submit(self.careful, self.work.listed, stories).result()
        except BrokenProcessPool:
            self.careful = None
        if len(stories) > 1:
            return [outcome for story in stories for outcome in self._alone([story])]
        return [StoryFailure("the process that worked on it was killed, twice; it may need more memory", passing=True)]

    def stop(self) -> None:
        """Ends the processes, idle or not: what they still work on is not wanted any more."""
        for executor in filter(None, (self.executor, self.careful)):
            executor.shutdown(wait=False, cancel_futures=True)
        for process in set(active_children()) - self.others:
            process.terminate()
            process.join()


def _started(jobs: int) -> ProcessPoolExecutor:
    """An executor of which one process is known to start; else every story would be found to kill its process."""
    # Spawned, not forked: a fork of a process with torch's threads can hang.
    executor = ProcessPoolExecutor(jobs, mp_context=get_context("spawn"), initializer=_begin)
    try:
        _submit(executor, os.getpid).result()
    except BrokenProcessPool as error:
        raise SettingsError(
            'no process can be started; in a script, run the batch under  if __name__ == "__main__":  or use one job'
        ) from error
    return executor


def _submit(executor: ProcessPoolExecutor, work: Callable[P, T], *args: P.args, **more: P.kwargs) -> "Future[T]":
    """Submits work, for which a process may be started. It inherits that Ctrl-C is blocked: its parent ends it."""
    if not hasattr(signal, "pthread_sigmask"):
        return executor.submit(work, *args, **more)
    blocked = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        return executor.submit(work, *args, **more)
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, blocked)


def _begin() -> None:
    """In each process: one thread for arithmetic, and gone when the parent is."""
    for name in ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
        os.environ[name] = "1"
    if torch := sys.modules.get("torch"):  # a script may have loaded it before this
        torch.set_num_threads(1)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    # A worker of ProcessPoolExecutor holds both ends of its queue and would wait for ever for a killed parent.
    if (parent := parent_process()) is not None:
        parent.join()
        os._exit(1)
