"""Says on the standard library's log, under "newsum", what was done and how long it took.

In: what is done, in a `with` statement. Out: a record of level INFO; nothing is printed until somebody asks for it,
with `logging.basicConfig(level="INFO")` or `newsum ... --verbose`.
"""

import logging
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

__all__ = ["LOG", "masked", "timed"]

LOG = logging.getLogger("newsum")


@contextmanager
def timed(done: str, *values: object) -> Iterator[None]:
    """Logs what was done, with the seconds that it took; `values` fill the places of `done`, as in `logging`."""
    began = time.perf_counter()
    yield
    LOG.info(f"{done}: %.2f s", *values, time.perf_counter() - began)


@contextmanager
def masked(secret: str, loggers: Sequence[str]) -> Iterator[None]:
    """Keeps a secret out of what libraries log while the block runs, each logger named: theirs do not inherit it."""

    def mask(record: logging.LogRecord) -> bool:
        if secret in (said := record.getMessage()):
            record.msg, record.args = said.replace(secret, "[key]"), ()
        return True

    found = [logging.getLogger(name) for name in loggers] if secret else []
    for logger in found:
        logger.addFilter(mask)
    try:
        yield
    finally:
        for logger in found:
            logger.removeFilter(mask)
