"""Names the values that a setting may have, each list once: the library checks them, the command line offers them.

They stand apart from the code that they steer, so that `newsum --help` knows them without loading it.
"""

from typing import Literal

__all__ = [
    "BUNDLED_WRITER",
    "DEFAULT_MODEL",
    "LEAST_WORDS",
    "MOST_WORDS",
    "Breadth",
    "Empty",
    "Form",
    "Multiple",
    "Unsupported",
]

BUNDLED_WRITER = "newsum-135m"  # what the writer that comes with newsum is called
DEFAULT_MODEL: str | None = BUNDLED_WRITER  # that writes where none is named; None: the sentences as they stand

LEAST_WORDS, MOST_WORDS = 10, 2_000  # of a brief; below, no sentence fits; above, it is none

Unsupported = Literal["replace", "flag", "drop"]  # what becomes of a written line that its sources do not support
Form = Literal["text", "md", "html", "json"]  # that a brief is written in
Breadth = Literal["event", "story", "topic"]  # what counts as one story
Multiple = Literal["max", "mean"]  # what several references of one story count as
Empty = Literal["raise", "zero"]  # what an empty prediction does
