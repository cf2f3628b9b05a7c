"""Stories for tests of batches, and summarisers that are quick, slow, faulty or deadly, in whatever process they are.

All are classes of this module, so that a worker process can find them by name.
"""

import json
import os
import signal
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from newsum.articles import Article, Story
from newsum.batch import Local, Report, run
from newsum.errors import ArticleError, CheckpointError, NewsumError
from newsum.summariser import Summariser
from newsum.summary import Evidence, Line, Source, Summary

OUTLETS = ("Northgate Wire", "The Ledger", "Harbour Press")


def write_stories(folder: Path, count: int = 20) -> Path:
    """Story folders s00, s01 ... of three articles each."""
    for n in range(count):
        for number, outlet in enumerate(OUTLETS):
            text = f"The council of Port {n} voted on Tuesday to raise harbour fees by {n + number} percent.\n"
            place = folder / f"s{n:02}" / f"{number}.md"
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(f"---\noutlet: {outlet}\ntitle: Fees rise in Port {n}\n---\n{text}", encoding="utf-8")
    return folder


def made_stories(count: int = 20) -> list[Story]:
    """As many stories as Python objects."""
    return [
        Story((Article("The Ledger", f"Port {n} raised its fees."),), f"s{n:02}", f"Port {n}") for n in range(count)
    ]


def tree(folder: Path) -> dict[str, bytes]:
    """What every file of a folder holds, hidden ones too."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


@dataclass(frozen=True)
class Quick(Summariser):
    """Takes the first article over as it is; cannot do a story whose text is "unfit"."""

    model: str | Path | None = None

    def summarise_shard(
        self, stories: Sequence[Story | Iterable[Article]], *, words: int = 120
    ) -> list[Summary | NewsumError]:
        return [self._one(story, words) for story in stories if isinstance(story, Story)]

    def _one(self, story: Story, words: int) -> Summary | NewsumError:
        first = story.articles[0]
        if first.text == "unfit":
            return ArticleError("there is nothing to summarise")
        evidence = Evidence(first.id, first.outlet, 0, len(first.text), first.text, 0.9)
        line = Line(first.text, (evidence,), outlets=(first.outlet,))
        sources = tuple(map(Source.of, story.articles))
        return Summary((line,), story.id, story.title or first.title, sources, provenance={"words": words})


@dataclass(frozen=True)
class Slow(Quick):
    """Takes a fifth of a second for each shard."""

    def summarise_shard(
        self, stories: Sequence[Story | Iterable[Article]], *, words: int = 120
    ) -> list[Summary | NewsumError]:
        time.sleep(0.2)
        return super().summarise_shard(stories, words=words)


@dataclass(frozen=True)
class Faulty(Quick):
    """Has a fault of its own with the story "s05", until the file `mended` is there."""

    mended: str = ""

    def summarise_shard(
        self, stories: Sequence[Story | Iterable[Article]], *, words: int = 120
    ) -> list[Summary | NewsumError]:
        if not Path(self.mended).exists() and any(isinstance(s, Story) and s.id == "s05" for s in stories):
            raise IndexError("list index out of range")
        return super().summarise_shard(stories, words=words)


@dataclass(frozen=True)
class Deadly(Quick):
    """Kills its process at the story "s05": always, or only while the file `once` is not there."""

    once: str = ""

    def summarise_shard(
        self, stories: Sequence[Story | Iterable[Article]], *, words: int = 120
    ) -> list[Summary | NewsumError]:
        if any(isinstance(story, Story) and story.id == "s05" for story in stories) and not self._is_spent():
            os.kill(os.getpid(), signal.SIGKILL)
        return super().summarise_shard(stories, words=words)

    def _is_spent(self) -> bool:
        if not self.once:
            return False
        if Path(self.once).exists():
            return True
        Path(self.once).touch()
        return False


@dataclass(frozen=True)
class Unloadable(Quick):
    """Has a model that cannot be loaded, which shows only when it is needed."""

    def summarise_shard(
        self, stories: Sequence[Story | Iterable[Article]], *, words: int = 120
    ) -> list[Summary | NewsumError]:
        return [CheckpointError("the weights are broken") for _ in stories]


def batch(source: Any, out: Path, **options: Any) -> Report:
    return run(source, out, **{"summariser": Quick(), "engine": Local(1), **options})


def rows(out: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (out / "index.jsonl").read_text(encoding="utf-8").splitlines()]


def counts(report: Report) -> tuple[int, int, int]:
    return report.done, report.skipped, report.failed
