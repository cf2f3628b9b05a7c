"""Summarises a shard of stories: for each its summary, or why it has none. Every process of every engine runs it.

A shard is a fixed run of stories, whatever the number of processes and wherever they are: a model may write the lines
of its stories in one batch, so only the same shard is sure to give the same briefs.
"""

from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol

from newsum.articles import Story
from newsum.errors import CheckpointError, EndpointError, MissingExtra, NewsumError, SettingsError
from newsum.generation.writer import is_loaded
from newsum.summariser import Summariser
from newsum.summary import Summary

__all__ = ["Engine", "Outcome", "StoryFailure", "Work"]

_OF_THE_RUN = (CheckpointError, MissingExtra, SettingsError)  # every story would fail so


@dataclass(frozen=True, slots=True)
class StoryFailure:
    """Why a story has no brief.

    Attributes:
        passing: it may go better another time: a process was killed, memory ran out, a server failed, newsum has been
            mended.
    """

    reason: str
    passing: bool = False


Outcome = Summary | StoryFailure


class Engine(Protocol):
    """Where shards are worked on: in this process, in several, on many machines."""

    def map(self, work: "Work", shards: Iterable[Sequence[Story]]) -> Generator[Iterable[Outcome], None, None]:
        """The outcomes of each shard, in the order of the shards; none for an empty one. Each shard's are taken up
        before the next's are asked for.

        Closing the generator ends what is still being worked on.

        Raises:
            CheckpointError, MissingExtra, SettingsError: what would fail every story.
        """
        ...


@dataclass(frozen=True)
class Work:
    """What is done with each shard. Wherever it is sent, the model is loaded once."""

    summariser: Summariser
    words: int

    def __reduce__(self) -> tuple[Any, ...]:  # without the loaded model
        return Work, (replace(self.summariser), self.words)

    def require_sendable(self, pickled: Callable[[Any], bytes]) -> None:
        """Raises SettingsError where the model is an object that cannot travel to another process."""
        if not is_loaded(model := self.summariser.model):
            return
        try:
            pickled(self)
        except Exception as error:  # each kind of object fails in its own way
            raise SettingsError(
                f"the model {model.name} cannot be sent to other processes ({error}): use one job, in this process"
            ) from error

    def __call__(self, stories: Sequence[Story]) -> Iterator[Outcome]:
        """The outcome of each story, as soon as it is there."""
        through = 0
        try:
            for result in self.summariser.summarise_shard(stories, words=self.words):
                yield _outcome(result)
                through += 1
        except _OF_THE_RUN:
            raise
        except Exception as error:  # newsum's own fault with one strange story must not cost its neighbours
            if len(stories) == 1:
                yield StoryFailure(f"newsum failed on it ({type(error).__name__}: {error})", passing=True)
                return
            for story in stories[through:]:
                yield from self([story])

    def listed(self, stories: Sequence[Story]) -> list[Outcome]:
        """The outcomes of all stories, to be sent."""
        return list(self(stories))


def _outcome(result: Summary | NewsumError) -> Outcome:
    if isinstance(result, _OF_THE_RUN):
        raise result
    if isinstance(result, NewsumError):
        return StoryFailure(str(result), passing=isinstance(result, EndpointError))
    return result
