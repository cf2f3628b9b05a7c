"""Says how much of a sentence's worth its age leaves: what a later report may have overtaken counts less.

A text loses a part for each day that its article is older than the story's latest, where most articles are of that
week: of what happened over months a brief looks back. What looks ahead ("will meet on Thursday") may have happened
since.
"""

from collections.abc import Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray

from newsum.planning.salience import Floats
from newsum.text.dates import looks_ahead, published_day

__all__ = ["ahead", "announcing", "current", "days_of", "overtaken"]

Flags = NDArray[np.bool_]
Days = Sequence[date | None]

_A_DAY, _MOST_DAYS = 0.88, 6  # what is left for each day, at most so many
_AHEAD, _AHEAD_LATEST = 0.5, 0.85  # where it looks ahead, of an older article and of the latest or an undated one
_NEWS, _OF_NEWS = 7, 2 / 3  # days before the latest article, and the share of the dated that must be of them


def ahead(texts: Sequence[str], asked: Flags) -> Flags:
    """(texts,): which look ahead, of those that are asked about."""
    return np.array([bool(ask) and looks_ahead(text) for text, ask in zip(texts, asked, strict=True)], dtype=bool)


def days_of(published: Sequence[str | None]) -> Days:
    """The days of ISO dates; None for what is none."""
    known = {when: published_day(when) for when in set(published)}
    return [known[when] for when in published]


def overtaken(days: Days) -> Flags:
    """(texts,): which are older than the latest report, so that what they announce may have happened since."""
    latest = max(filter(None, days), default=None)
    return np.array([day is not None and day != latest for day in days], dtype=bool)


def current(days: Days) -> Floats:
    """(texts,): what its age leaves of each one's worth, 0..1."""
    left: Floats = _A_DAY ** np.minimum(_MOST_DAYS, _ages(days))
    return left


def announcing(looks_ahead: Flags, days: Days) -> Floats:
    """(texts,): what is left of each one's worth where it looks ahead (`ahead`), 0..1."""
    return np.where(looks_ahead, np.where(_ages(days) > 0, _AHEAD, _AHEAD_LATEST), 1.0)


def _ages(days: Days) -> NDArray[np.int64]:
    """(texts,), days before the latest; 0 where a date is not known, or most are of other weeks."""
    known = [day for day in days if day is not None]
    latest = max(known, default=None)
    if latest is None or sum((latest - day).days <= _NEWS for day in known) < _OF_NEWS * len(known):
        return np.zeros(len(days), dtype=np.int64)
    return np.array([0 if day is None else (latest - day).days for day in days], dtype=np.int64)
