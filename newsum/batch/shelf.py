"""Keeps the stories of a run on disk between the time they go out to the engine and the time their pages are written.

In: stories, put in the order of the run. Out: the same, taken in that order. An engine may take in a hundred thousand
stories before the first comes back, which this process need not hold in memory meanwhile.
"""

import json
from pathlib import Path
from tempfile import TemporaryFile

from newsum.articles import Story

__all__ = ["Shelf"]


class Shelf:
    """Stories in a file without a name, which is gone when it is closed.

    Raises:
        OSError: the file cannot be made or written.
    """

    def __init__(self, folder: Path) -> None:
        self._file = TemporaryFile(dir=folder)  # noqa: SIM115 - closed by `close`
        self._taken = 0  # bytes

    def put(self, story: Story) -> None:
        self._file.seek(0, 2)
        self._file.write(json.dumps(story.to_dict()).encode() + b"\n")

    def take(self) -> Story:
        """The story that was put first of those that are left."""
        self._file.seek(self._taken)
        story = Story.from_dict(json.loads(self._file.readline()))
        self._taken = self._file.tell()
        if not self._file.read(1):  # all are taken: begin anew
            self._file.truncate(0)
            self._taken = 0
        return story

    def close(self) -> None:
        self._file.close()
