"""A function of a text's small parts in; the same function, answering from memory what it was asked before, out.

News is made of some ten thousand words over and over: what is known of a word, or of what stands between two spaces,
is worked out once. `functools.lru_cache` would take twice as long to look one up, for it keeps them in order of use;
here all are forgotten when there are too many.
"""

from collections.abc import Callable, Iterator
from typing import TypeVar

__all__ = ["Remembered"]

Answer = TypeVar("Answer")


class Remembered(dict[str, Answer]):
    """What a function answers, by what it was asked.

    Args:
        most: answers that are kept at once.
    """

    def __init__(self, function: Callable[[str], Answer], *, most: int) -> None:
        self._function = function
        self._most = most

    def __missing__(self, part: str) -> Answer:
        if len(self) >= self._most:
            self.clear()
        self[part] = answer = self._function(part)
        return answer

    def of_runs(self, text: str) -> Iterator[Answer]:
        """The answers for each run of a text that stands between two spaces, in order."""
        return map(self.__getitem__, text.split())
