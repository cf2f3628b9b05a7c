"""Says on the standard library's log, under "newsum", what was done and how long it took.

In: what is done, in a `with` statement. Out: a record of level INFO; nothing is printed until somebody asks for it,
with `logging.basicConfig(level="INFO")` or `newsum ... --verbose`.
"""

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["LOG", "timed"]

LOG = logging.getLogger("newsum")


@contextmanager
def timed(done: str, *values: object) -> Iterator[None]:
    """Logs what was done, with the seconds that it took; `values` fill the places of `done`, as in `logging`."""
    began = time.perf_counter()
    yield
    LOG.info(f"{done}: %.2f s", *values, time.perf_counter() - began)
