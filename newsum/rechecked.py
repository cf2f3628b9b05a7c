"""Has a summary's labels and credits made again by a judge, for `Summary.verify`.

The types stand on storeys below the rooms that check lines; this module is the one place from which they call these.
In: a summary, articles, a judge. Out: what comes out otherwise, as `newsum.audit.rechecking` tells it.
"""

from collections.abc import Sequence
from typing import Any

__all__ = ["differences"]


def differences(summary: Any, articles: Sequence[Any], judge: Any) -> tuple[Any, ...]:
    """A `Failure` for each label and credit that a judge and the rules give otherwise."""
    from newsum.audit.rechecking import differences as found

    return tuple(found(summary, articles, judge))
