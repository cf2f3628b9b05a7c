"""The threads of the libraries underneath, kept in hand; context managers, for as long as their block runs."""

import os
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import lru_cache
from typing import cast

from threadpoolctl import ThreadpoolController

__all__ = ["allowed_threads", "cores", "one_thread", "others_kept"]


def cores() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def allowed_threads() -> int:
    """OMP_NUM_THREADS where it is set, as torch has it, else the cores that this process may use."""
    stated = os.environ.get("OMP_NUM_THREADS", "")
    return int(stated) if stated.isdecimal() and int(stated) > 0 else cores()


def one_thread() -> AbstractContextManager[object]:
    """Keeps numpy's products in this thread.

    They are small, and OpenBLAS's second thread spins for some 30 ms after each: with two cores a third of the time
    of a story without its model, taken from the model's threads.
    """
    return cast(AbstractContextManager[object], _pools(len(sys.modules)).limit(limits=1, user_api="blas"))


@contextmanager
def others_kept() -> Iterator[None]:
    """Gives back the number of OpenMP's threads, which CTranslate2 sets for all libraries, PyTorch too."""
    pools = ThreadpoolController().select(user_api="openmp").lib_controllers
    counts = [pool.num_threads for pool in pools]
    try:
        yield
    finally:
        for pool, count in zip(pools, counts, strict=True):
            pool.set_num_threads(count)


@lru_cache(maxsize=1)
def _pools(modules: int) -> ThreadpoolController:
    """The libraries that have threads, looked for anew where modules were loaded since: SciPy has its own OpenBLAS.

    It takes 2 ms, a tenth of a story's time.
    """
    return ThreadpoolController()
