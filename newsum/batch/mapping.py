"""A batch of rows as `datasets.Dataset.map` passes them -> their briefs as columns.

In: the columns "articles" (a list of articles with the fields of `Article`), and where they are there "story_id" or
"id", and "title". Out: the columns "brief" (its lines, one a row), "summary" (the whole of it as JSON, which
`Summary.from_json` reads) and "error" (why there is none); one that has nothing to say is "", for a column's type is
settled by its first rows, and rows of nothing but null would settle it wrongly.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from newsum.batch.work import Outcome, StoryFailure, Work
from newsum.reading.parquet import dataset_rows
from newsum.reading.stories import FoundStory, story_of
from newsum.summariser import Summariser
from newsum.summary import Summary

__all__ = ["Mapper"]


@dataclass(frozen=True)
class Mapper:
    """Callable with a batch of rows; each process that it is sent to loads the model once.

    >>> data.map(Mapper(words=80), batched=True, batch_size=16)  # doctest: +SKIP
    """

    summariser: Summariser = field(default_factory=Summariser)
    words: int = 120

    def __reduce__(self) -> tuple[Any, ...]:  # without the loaded model
        return Mapper, (replace(self.summariser), self.words)

    def __call__(self, columns: Mapping[str, Sequence[Any]]) -> dict[str, list[str]]:
        rows = [dict(zip(columns, cells, strict=True)) for cells in zip(*columns.values(), strict=True)]
        found = [story_of(row, "the data set") for row in dataset_rows(rows)]
        stories = [entry.story for entry in found if isinstance(entry, FoundStory) and entry.story]
        results = iter(Work(self.summariser, self.words)(stories) if stories else ())
        outcomes: list[Outcome] = []
        for entry in found:
            if isinstance(entry, FoundStory) and entry.story:
                outcomes.append(next(results))
            else:
                problems = entry.problems if isinstance(entry, FoundStory) else (entry,)
                outcomes.append(StoryFailure("; ".join(problem.message for problem in problems)))
        return _columns(outcomes)


def _columns(outcomes: Sequence[Outcome]) -> dict[str, list[str]]:
    return {
        "brief": [outcome.text if isinstance(outcome, Summary) else "" for outcome in outcomes],
        "summary": [outcome.to_json(indent=None) if isinstance(outcome, Summary) else "" for outcome in outcomes],
        "error": ["" if isinstance(outcome, Summary) else outcome.reason for outcome in outcomes],
    }
