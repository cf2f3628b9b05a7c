"""Every error that newsum raises on purpose, so that one `except newsum.NewsumError` catches them.

    NewsumError
    ├── ArticleError (ValueError)      a value that cannot make an Article, Story or Summary
    ├── ReadingError (ValueError)      a file, folder, page or table that cannot be read
    │   └── NothingToRead              nothing readable at all was found
    ├── SettingsError (ValueError)     an option with a value that is not allowed
    ├── CheckpointError (OSError)      a model folder or hub name that cannot be loaded
    ├── EndpointError (OSError)        a server that did not answer, or not as it should
    ├── SummaryError (ValueError)      saved JSON that is not a newsum summary
    └── MissingExtra (ImportError)     an optional dependency that is not installed

Each message is one sentence in the user's terms: what is wrong, where, and what to do.
"""

from collections.abc import Iterator
from contextlib import contextmanager

__all__ = [
    "ArticleError",
    "CheckpointError",
    "EndpointError",
    "MissingExtra",
    "NewsumError",
    "NothingToRead",
    "ReadingError",
    "ReadingWarning",
    "SettingsError",
    "SummaryError",
    "needing",
]


class NewsumError(Exception):
    """The root of newsum's errors; its message is one row, whatever the names that it quotes hold."""

    def __str__(self) -> str:
        return " ".join(super().__str__().splitlines())


class ArticleError(NewsumError, ValueError):
    """A value cannot make an article or a story."""


class ReadingError(NewsumError, ValueError):
    """An input cannot be read; the message names the file and, where there is one, the line."""


class NothingToRead(ReadingError):
    """No article could be read from any of the inputs."""


class SettingsError(NewsumError, ValueError):
    """An option has a value that is not allowed; the message lists what is."""


class CheckpointError(NewsumError, OSError):
    """A model cannot be loaded; the message says what to install, convert or pass instead."""


class EndpointError(NewsumError, OSError):
    """A server did not write a brief; the message says how it failed and what to do."""


class SummaryError(NewsumError, ValueError):
    """A saved summary is not in newsum's JSON form."""


class MissingExtra(NewsumError, ImportError):
    """A feature needs an optional dependency; the message gives the pip command."""


@contextmanager
def needing(extra: str, what: str) -> Iterator[None]:
    """Imports what an extra of newsum brings, and says which one where it is missing.

    >>> with needing("torch", 'backend="torch"'):
    ...     import torch_of_another_name
    Traceback (most recent call last):
    newsum.errors.MissingExtra: backend="torch" needs torch_of_another_name: pip install 'newsum[torch]'
    """
    try:
        yield
    except ImportError as error:
        name = (error.name or str(error)).partition(".")[0]
        raise MissingExtra(f"{what} needs {name}: pip install 'newsum[{extra}]'", name=error.name) from error


class ReadingWarning(UserWarning):
    """One input was left out, or something about it was guessed; the rest was read."""
