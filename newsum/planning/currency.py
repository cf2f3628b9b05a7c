"""Says how much of a sentence's worth its age leaves: what a later report may have overtaken counts less.

A sentence loses a tenth for each day that its article is older than the story's latest, and half of the rest where it
looks ahead ("will meet on Thursday"): what it announces may have happened since. Undated articles lose nothing.
"""

from collections.abc import Sequence
from datetime import date

import numpy as np

from newsum.planning.salience import Floats
from newsum.text.dates import looks_ahead, published_day

__all__ = ["current"]

_A_DAY, _MOST_DAYS = 0.9, 4  # what is left for each day, at most so many
_AHEAD = 0.5


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
        return 1.0
    aged = _A_DAY ** min(_MOST_DAYS, (latest - day).days)
    return aged * _AHEAD if looks_ahead(text) else aged
