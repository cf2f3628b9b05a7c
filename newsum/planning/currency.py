"""Says how much of a sentence's worth its age leaves: what a later report may have overtaken counts less.

A sentence loses a part for each day that its article is older than the story's latest. Where it looks ahead ("will
meet on Thursday") it loses another part, a larger one if it is older: what it announces may have happened since.
"""

from collections.abc import Sequence
from datetime import date

import numpy as np

from newsum.planning.salience import Floats
from newsum.text.dates import looks_ahead, published_day

__all__ = ["current"]

_A_DAY, _MOST_DAYS = 0.85, 4  # what is left for each day, at most so many
_AHEAD, _AHEAD_LATEST = 0.5, 0.85  # and where it looks ahead, of an older article and of the latest or an undated one


def current(texts: Sequence[str], published: Sequence[str | None]) -> Floats:
    """(texts,): what is left of each one's worth, 0..1.

    Args:
        published: ISO dates, of the article of each; None where it is not known.
    """
    days = [published_day(date) for date in published]
    latest = max(filter(None, days), default=None)
    return np.array([_left(text, day, latest) for text, day in zip(texts, days, strict=True)])


def _left(text: str, day: date | None, latest: date | None) -> float:
    if day is None or latest is None or day == latest:
        return _AHEAD_LATEST if looks_ahead(text) else 1.0
    aged = _A_DAY ** min(_MOST_DAYS, (latest - day).days)
    return aged * _AHEAD if looks_ahead(text) else aged
