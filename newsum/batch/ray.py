"""The engine of many machines: the shards of a batch on Ray (newsum[ray]).

In: shards. Out: their outcomes in order, the same as one machine gives. Ray Data carries each shard to an actor that
has loaded the model once (`map_batches` with a callable class), keeps what does not fit in memory on disk, and starts
a killed actor and its shard again; there is no scheduler of newsum's own. With no cluster to be found, Ray starts one
on this machine for the time of the batch. Stories and briefs travel as JSON; newsum must be installed on every machine.
"""

import json
import logging
import os
import warnings
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import Any

from newsum import errors
from newsum.articles import Story
from newsum.batch.work import Outcome, StoryFailure, Work
from newsum.errors import NewsumError, SettingsError, needing
from newsum.summary import Summary

__all__ = ["OnRay"]

_TRIES = 3  # of a shard whose actor is killed; more would let one poisonous story go round for ever


@dataclass(frozen=True, slots=True)
class OnRay:
    """Works on a Ray cluster, with one model and one core for each worker.

    Args:
        workers: how many; as many as the cluster has cores when not given.
        address: of the cluster, as `ray.init` takes it; by default the one that RAY_ADDRESS names, else one that is
            started here.

    Raises:
        SettingsError: `workers` is less than one.
    """

    workers: int | None = None
    address: str | None = None

    def __post_init__(self) -> None:
        if self.workers is not None and self.workers < 1:
            raise SettingsError(f"workers={self.workers!r} is not allowed: use 1 or more")

    def map(self, work: Work, shards: Iterable[Sequence[Story]]) -> Generator[list[Outcome], None, None]:
        with _cluster(self.address, self.workers) as ray:
            work.require_sendable(ray.cloudpickle.dumps)
            blocks: list[Any] = []
            sizes = [_put(ray, stories, blocks) for stories in shards]
            workers = self.workers or max(1, int(ray.cluster_resources().get("CPU", 1)))
            answers = _answers(ray, blocks, work, min(workers, len(blocks)))
            number, answer = next(answers, (len(blocks), ""))
            place = 0
            for size in sizes:
                if not size:
                    yield []
                    continue
                if number == place:
                    yield _read(answer)
                    number, answer = next(answers, (len(blocks), ""))
                else:  # the shards come in order: this one will not
                    yield [_KILLED] * size
                place += 1


_KILLED = StoryFailure(f"the worker that had it was killed {_TRIES} times; resume to try again", passing=True)


@contextmanager
def _cluster(address: str | None, workers: int | None) -> Iterator[Any]:
    """Ray, connected; a cluster that was started for it ends with it."""
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # nothing is sent anywhere unasked
    with needing("ray", "a batch on Ray"):
        import ray
        import ray.data
    started = not ray.is_initialized()
    if started:
        here: dict[str, Any] = {}
        if not (address or os.environ.get("RAY_ADDRESS")):
            here = {"num_cpus": workers, "include_dashboard": False}
        ray.init(address=address, log_to_driver=False, logging_level=logging.ERROR, **here)
    try:
        yield ray
    finally:
        if started:
            ray.shutdown()


def _put(ray: Any, stories: Sequence[Story], blocks: list[Any]) -> int:
    """Puts a shard that has stories into Ray's store, which moves to disk what memory cannot hold; how many it has."""
    import pyarrow

    if stories:
        written = json.dumps([story.to_dict() for story in stories])
        blocks.append(ray.put(pyarrow.table({"number": [len(blocks)], "shard": [written]})))
    return len(stories)


def _answers(ray: Any, blocks: Sequence[Any], work: Work, workers: int) -> Iterator[tuple[int, str]]:
    """What comes of each block, with its number, in order; a block whose worker was killed too often is missing."""
    if not blocks:
        return
    with _settings(ray), warnings.catch_warnings():
        # How often a task is tried can only be said through the arguments that Ray 2.60 warns it will rename.
        warnings.simplefilter("ignore")
        answers = ray.data.from_arrow_refs(blocks).map_batches(
            _worker(work),
            batch_size=1,
            batch_format="numpy",
            compute=ray.data.ActorPoolStrategy(size=workers),
            num_cpus=1,
            max_restarts=-1,
            max_task_retries=_TRIES - 1,
        )
        for row in answers.iter_rows():
            yield int(row["number"]), row["answer"]


@contextmanager
def _settings(ray: Any) -> Iterator[None]:
    """Ray Data in order, without its own bars, and past a shard that kills its worker."""
    context = ray.data.DataContext.get_current()
    order, bars, errors_allowed = (
        context.execution_options.preserve_order,
        context.enable_progress_bars,
        context.max_errored_blocks,
    )
    logger = logging.getLogger("ray.data")
    level = logger.level
    context.execution_options.preserve_order, context.enable_progress_bars, context.max_errored_blocks = True, False, -1
    logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        logger.setLevel(level)
        context.execution_options.preserve_order = order
        context.enable_progress_bars, context.max_errored_blocks = bars, errors_allowed


# --- on the worker ----------------------------------------------------------------------------


def _worker(work: Work) -> type:
    """The class of the actors; the work travels in it, for an argument might be gone when an actor is restarted."""

    class Worker:
        def __init__(self) -> None:
            self.work = work

        def __call__(self, batch: Mapping[str, Any]) -> dict[str, Any]:
            stories = [Story.from_dict(values) for values in json.loads(batch["shard"][0])]
            return {"number": batch["number"], "answer": [_written(self.work, stories)]}

    return Worker


def _written(work: Work, stories: Sequence[Story]) -> str:
    try:
        outcomes = work.listed(stories)
    except NewsumError as error:
        return json.dumps({"error": type(error).__name__, "message": str(error)})
    return json.dumps([_to_dict(outcome) for outcome in outcomes])


def _to_dict(outcome: Outcome) -> dict[str, Any]:
    return outcome.to_dict() if isinstance(outcome, Summary) else asdict(outcome)


def _read(answer: str) -> list[Outcome]:
    """What a worker wrote.

    Raises:
        NewsumError: the worker met what would fail every story.
    """
    outcomes = json.loads(answer)
    if isinstance(outcomes, dict):
        raise getattr(errors, outcomes["error"])(outcomes["message"])
    return [StoryFailure(**values) if "reason" in values else Summary.from_dict(values) for values in outcomes]
