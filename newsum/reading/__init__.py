"""Files, folders, saved pages, tables, feeds, data sets and addresses -> articles.

In: paths, patterns, folders, http(s) addresses, data sets or frames. Out: a list of `Article`, with a `ReadingWarning`
for each thing that was left out or guessed; `read_report` gives those as data. Every outlet's file is untrusted:
nothing in it is executed, nothing that it names is fetched unless the user asks for a feed's pages, and its size and
nesting are bounded.
"""

from typing import TYPE_CHECKING

from newsum.system.lazily import offered

if TYPE_CHECKING:
    from newsum.reading.entries import Problem
    from newsum.reading.reader import (
        Reading,
        StoryReading,
        read,
        read_brief,
        read_report,
        read_stories,
        read_stories_report,
    )

__all__ = [
    "Problem",
    "Reading",
    "StoryReading",
    "read",
    "read_brief",
    "read_report",
    "read_stories",
    "read_stories_report",
]

# Loaded when first asked for: a brief of articles that are there already reads none
_HOME_OF = dict.fromkeys(__all__, "reader") | {"Problem": "entries"}
__getattr__, __dir__ = offered(__name__, _HOME_OF)
