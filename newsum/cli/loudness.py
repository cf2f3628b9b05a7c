"""Gives every command --quiet and --verbose: how much is said on stderr while it works.

In: a command. Out: the same with both options. --quiet leaves errors alone; --verbose shows the library's log
(`logging`, "newsum"): what was read, grouped, planned, written, and in how many seconds.
"""

import logging
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from inspect import Parameter, signature
from typing import Annotated

import typer

__all__ = ["is_quiet", "with_loudness"]

_quiet: ContextVar[bool] = ContextVar("quiet", default=False)

_OPTIONS = {
    "quiet": Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing but errors.")],
    "verbose": Annotated[bool, typer.Option("--verbose", "-v", help="Say what is done, and how long it takes.")],
}


def is_quiet() -> bool:
    return _quiet.get()


def with_loudness(command: Callable[..., None]) -> Callable[..., None]:
    """The command with --quiet and --verbose, which hold while it runs."""

    @wraps(command)
    def run(*arguments: object, quiet: bool = False, verbose: bool = False, **options: object) -> None:
        with _loudness(quiet, verbose):
            command(*arguments, **options)

    own = [Parameter(name, Parameter.KEYWORD_ONLY, default=False, annotation=kind) for name, kind in _OPTIONS.items()]
    parameters = [*signature(command).parameters.values(), *own]
    run.__signature__ = signature(command).replace(parameters=parameters)  # type: ignore[attr-defined]  # typer reads it
    run.__annotations__ = {**command.__annotations__, **_OPTIONS}
    return run


@contextmanager
def _loudness(quiet: bool, verbose: bool) -> Iterator[None]:
    log, handler = logging.getLogger("newsum"), logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("newsum: %(message)s"))
    level, token = log.level, _quiet.set(quiet)
    if verbose:
        log.addHandler(handler)
        log.setLevel(logging.INFO)
    try:
        yield
    finally:
        log.removeHandler(handler)
        log.setLevel(level)
        _quiet.reset(token)
