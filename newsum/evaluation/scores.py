"""The result of an evaluation: an interval for every score, the stories one by one, and how it was measured."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from newsum.errors import SettingsError, needing
from newsum.evaluation.statistics import Comparison, Interval, Measured, comparisons, intervals
from newsum.rendering.notebook import table_fragment, table_note
from newsum.rendering.tables import Table, figures
from newsum.upward import Shown

__all__ = ["Comparisons", "Scores"]


class _Tabled:
    """What a notebook shows as a table."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        return table_fragment(self._shown())

    def _repr_markdown_(self) -> str:
        return table_note(self._shown())

    def _shown(self) -> Table:
        raise NotImplementedError


class Comparisons(_Tabled, dict[str, Comparison]):
    """One system less another: a score's name -> its `Comparison`; a notebook shows it as a table."""

    def _shown(self) -> Table:
        rows = (
            (
                name,
                f"{found.difference:+.4f}",
                f"{found.low:+.4f} to {found.high:+.4f}",
                f"{found.p:.4f}",
                found.stories,
            )
            for name, found in self.items()
        )
        return figures(("score", "difference", "interval", "p", "stories"), rows)


@dataclass(frozen=True, slots=True, repr=False)
class Scores(_Tabled, Shown, Mapping[str, Interval]):
    """What `evaluate` found: a mapping from a score's name to its `Interval`.

    Attributes:
        stories: each story's id, or its number from 1 where it has none.
        settings: how it was measured: "multiple" ("max" or "mean" over references), seed, samples, confidence,
            and the versions of newsum's scorer.
    """

    stories: tuple[str, ...]
    settings: Mapping[str, Any]
    _measured: Measured
    _intervals: dict[str, Interval] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        names = dict.fromkeys(name for story in self._measured for name in story)
        object.__setattr__(self, "_intervals", intervals(self._measured, list(names), **self._draws))

    @property
    def _draws(self) -> dict[str, Any]:
        return {name: self.settings[name] for name in ("seed", "samples", "confidence")}

    def __getitem__(self, name: str) -> Interval:
        return self._intervals[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._intervals)

    def __len__(self) -> int:
        return len(self._intervals)

    @property
    def table(self) -> list[dict[str, Any]]:
        """One row a story: its name and its scores; a score that it does not have is None."""
        return [
            {"story": name, **{score: story.get(score, (None,))[0] for score in self}}
            for name, story in zip(self.stories, self._measured, strict=True)
        ]

    def compare(self, other: "Scores") -> Comparisons:
        """This system less another, score by score, over the stories that both have the score of.

        Raises:
            SettingsError: the two are not of the same stories.
        """
        if not isinstance(other, Scores):
            raise SettingsError(f"scores are compared with scores, not with {type(other).__name__}")
        if self.stories != other.stories:
            raise SettingsError(
                f"only scores of the same stories can be compared: these are of {len(self.stories)} and "
                f"{len(other.stories)} stories, or in another order"
            )
        return Comparisons(comparisons(self._measured, other._measured, list(self), **self._draws))

    def to_dict(self) -> dict[str, Any]:
        """JSON values only."""
        scores = {
            name: {"low": found.low, "mid": found.mid, "high": found.high, "stories": found.stories}
            for name, found in self.items()
        }
        return {"scores": scores, "settings": dict(self.settings), "table": self.table}

    def to_pandas(self) -> Any:
        """`table` as a pandas DataFrame."""
        with needing("datasets", "a table for pandas"):
            import pandas

        return pandas.DataFrame(self.table)

    def to_dataset(self) -> Any:
        """`table` as a `datasets.Dataset`."""
        with needing("datasets", "a table as a data set"):
            from datasets import Dataset

        return Dataset.from_list(self.table)

    def __repr__(self) -> str:
        shown = ", ".join(f"{name} {found.mid:.4f}" for name, found in list(self.items())[:4])
        return f"<Scores of {len(self.stories)} stories: {shown}>"

    def _shown(self) -> Table:
        rows = (
            (name, f"{found.mid:.4f}", f"{found.low:.4f} to {found.high:.4f}", found.stories)
            for name, found in self.items()
        )
        return figures(("score", "mean", f"{self.settings['confidence']:.0%} interval", "stories"), rows)

    def __str__(self) -> str:
        head = (
            f"{len(self.stories)} stories, {self.settings['multiple']} over references; "
            f"{self.settings['confidence']:.0%} intervals, seed {self.settings['seed']}"
        )
        width = max(map(len, self))
        rows = [f"{name:{width}}  {s.mid:8.4f}  {s.low:8.4f} to {s.high:.4f}" for name, s in self.items()]
        return "\n".join([head, *rows])
