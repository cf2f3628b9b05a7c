"""The rows of a live blog -> the same without the hour that each entry opens with, and its talk about itself.

In: the rows of any article. Out: "17.00 The search was called off." as "The search was called off."; a row that only
points at what the page shows beside it ("More photos are coming in.") is left out. Both are for texts with
three entries or more that open with an hour, as 6 of 11,400 articles of allsides_train and news_articles have,
and the saved page of telegraph.co.uk. An hour alone on its row stays: it is unfit for a brief, and planning's to pass.
"""

import re
from collections.abc import Sequence

from newsum.system.patterns import regex

__all__ = ["without_hours"]

_LEAST = 3  # entries; two rows that open with an hour are found in programmes of a day to come
_HOUR = (  # "17.00", "4:05 p.m.", "18:30"
    r"""(?:[01]\d|2[0-3])[.:][0-5]\d(?:\s?[ap]\.?m\b\.?)?|[1-9]:[0-5]\d(?:\s?[ap]\.?m\b\.?)?|
        (?:1[0-2]|0?[1-9])[.:][0-5]\d\s?[ap]\.?m\b\.?"""
)
_ZONE = r"(?:\s(?:GMT|BST|CET|CEST|UTC|[ECMP]S?T|[ECMP]DT|Eastern|Central|Mountain|Pacific|local\stime))?\.?"
_ENTRY = regex(rf"(?i:{_HOUR}){_ZONE}\s?[:|–—-]?\s+(?=[^\Wa-z]|[“\"'‘@#])", re.VERBOSE)
_OF_THE_PAGE = regex(
    r"""(?:(?:here|below|above)(?:['’]s|\ is|\ are)\ .*\b(?:video|photo|picture|image|map|graphic)|
        (?:more|some|these|the\ (?:latest|first)|here\ are)\ (?:\w+\ ){0,2}(?:photos|pictures|images|videos|footage)\ |
        (?:more|the\ latest(?:\ updates?)?|this)(?:\ on\ this)?\ from\ |our\ (?:picture|video)\ (?:desk|team)\ |
        .*\b(?:leave|ending|closing|end|close|wrap(?:ping)?\ up)\ (?:up\ )?(?:our|this|the)\ live\ (?:coverage|blog)|
        .*\bread\ (?:more|the\ full|it|all)\b.*\ here\.?$)""",
    re.VERBOSE | re.IGNORECASE,
)
_LONGEST = 240  # characters of a row about the page


def without_hours(rows: Sequence[str]) -> list[str]:
    """The rows of a live blog, freed; those of any other article as they were.

    >>> without_hours(["17.00 It sank.", "", "16:06 Boats left.", "15:25 A storm rose.", "More photos are here soon."])
    ['It sank.', '', 'Boats left.', 'A storm rose.']
    """
    opened = [_ENTRY.match(row) for row in rows]
    if sum(entry is not None for entry in opened) < _LEAST:
        return list(rows)
    freed = (row[entry.end() :] if entry else row for row, entry in zip(rows, opened, strict=True))
    return [row for row in freed if len(row) > _LONGEST or not _OF_THE_PAGE.match(row)]
