"""One row of the table of what the judge must reach, and the development stories that its lines are drawn from.

In: the data folder. Out: `Measured`, stories, sentences that can stand in a brief.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from benchmarks.data import read_jsonl
from newsum.articles import Story
from newsum.similarity.stories import StoryAnalysis, analyse_story
from newsum.text.analysis import Passage
from recipes.aside import held_out

__all__ = ["DEVELOPMENT", "Measured", "development", "drawn", "kept_tenth", "share"]

DEVELOPMENT = ("basil_dev", "news_cluster_dev")
_WORDS = range(9, 39)  # of a sentence that is drawn


@dataclass(frozen=True, slots=True)
class Measured:
    """A figure with the bar that it is held against.

    Attributes:
        least: whether the bar is the least that it may be, else the most.
        of: what it was counted over.
        read: what a reader should look at: each line that fell, say.
    """

    what: str
    value: float
    bar: float
    least: bool
    of: str
    read: tuple[str, ...] = field(default=(), repr=False)

    @property
    def holds(self) -> bool:
        return self.value >= self.bar if self.least else self.value <= self.bar


def share(hits: Sequence[bool]) -> float:
    """The share of those that are true; nothing has none."""
    return sum(hits) / len(hits) if hits else 0.0


def development() -> Iterator[Story]:
    """Every story of basil_dev and news_cluster_dev."""
    for name in DEVELOPMENT:
        yield from (Story.from_dict(row) for row in read_jsonl(f"stories/{name}"))


def kept_tenth() -> Iterator[Story]:
    """The stories of allsides_train that nothing was trained on."""
    rows = read_jsonl("stories/allsides_train")
    yield from (Story.from_dict(row) for row in rows if held_out(row["story_id"]))


def drawn(stories: Sequence[Story], count: int, seed: int) -> Iterator[tuple[StoryAnalysis, Passage]]:
    """Sentences that can stand in a brief, with their stories: one of each, in an order drawn at random, over again."""
    chance = random.Random(seed)
    order = list(stories)
    given = 0
    for turn in range(count):
        chance.shuffle(order)
        for story in order:
            known = analyse_story(story)
            usable = [p for a in known.articles for p in a.readable if p and len(p.text.split()) in _WORDS]
            if usable and given < count:
                given += 1
                yield known, random.Random(f"{seed} {turn} {story.id}").choice(usable)
        if given >= count:
            return
