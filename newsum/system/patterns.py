"""Makes patterns that compile when they are first used.

In: a regular expression. Out: what `re.compile` gives, as far as its user sees.
newsum has some 330 patterns and a brief asks 140 of them; compiling all was a sixth of a cold one.
"""

import re
from functools import cached_property
from typing import Any, AnyStr, cast

__all__ = ["regex"]


class _Later:
    """A pattern that compiles when its first method is asked for; it keeps that method as its own."""

    def __init__(self, pattern: str | bytes, flags: int) -> None:
        self.pattern, self._flags = pattern, flags

    @cached_property
    def _compiled(self) -> re.Pattern[Any]:
        return re.compile(self.pattern, self._flags)

    def __getattr__(self, name: str) -> Any:
        value = getattr(self._compiled, name)
        setattr(self, name, value)
        return value


def regex(pattern: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """A pattern for a module to hold: `re.compile` at its first use.

    Raises:
        re.error: when it is used, where the expression is wrong.
    """
    return cast("re.Pattern[AnyStr]", _Later(pattern, flags))
