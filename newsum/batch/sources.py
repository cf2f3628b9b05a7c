"""Opens what a batch is asked to summarise: its stories, one at a time, and how many there are.

In: a folder of story folders, a table of stories, a flat heap of articles, or stories from Python. Out: `StorySource`.
Story folders are read one after the other and forgotten; the articles of a heap are grouped first, for which all of
them must be at hand.
"""

from collections.abc import Iterable, Iterator, Sized
from dataclasses import dataclass
from pathlib import Path

from newsum.articles import Story
from newsum.errors import NothingToRead, SettingsError
from newsum.reading import read_report
from newsum.reading.entries import Notice, Problem
from newsum.reading.parquet import Frame, Rows
from newsum.reading.stories import FoundStory, count_stories, found_stories, holds_stories
from newsum.system.paths import expanded, is_folder, is_there

__all__ = ["Found", "StorySource", "open_source"]

Found = FoundStory | Problem | Notice


@dataclass(frozen=True, slots=True)
class StorySource:
    """The stories of a batch.

    Attributes:
        total: how many there are, readable or not; None where only going through them would tell.
        found: the stories, and what was met on the way; they may be gone through once.
        notices: what was said of the heap as a whole.
    """

    total: int | None
    found: Iterator[Found]
    notices: tuple[str, ...] = ()


def open_source(source: str | Path | Rows | Frame | Iterable[Story], *, group: bool | None = None) -> StorySource:
    """The stories of a source.

    Args:
        group: True takes the articles out of whatever holds them and groups them; False never groups; None groups
            where nothing says which articles are one story: in a folder without subfolders, in a table without
            "story_id".

    Raises:
        NothingToRead: there is no such file or folder, or no article in it.
        SettingsError: a table says nothing of stories, and `group` is False.
    """
    if not isinstance(source, str | Path | Rows | Frame):
        stories = (FoundStory(story.id or "", story) for story in source)
        return StorySource(len(source) if isinstance(source, Sized) else None, stories)
    place = expanded(source) if isinstance(source, str | Path) else source
    if isinstance(place, Path) and not is_there(place):
        raise NothingToRead(f"there is no folder or file {place}; check the path")
    told = holds_stories(place)
    if group or (group is None and not told):
        return _grouped(place)
    if not told and not (isinstance(place, Path) and is_folder(place)):
        raise SettingsError(f'{place}: its rows name no story ("story_id"); let them be grouped, or add that column')
    return StorySource(count_stories(place), found_stories(place))


def _grouped(place: Path | Rows | Frame) -> StorySource:
    from newsum.grouping import group

    reading = read_report(place)
    if not reading.articles:
        first = reading.problems[0] if reading.problems else place
        raise NothingToRead(f"nothing to read: {first}")
    stories = [FoundStory(story.id or "", story) for story in group(reading.articles)]
    return StorySource(len(stories) + len(reading.problems), iter((*reading.problems, *stories)), reading.notices)
