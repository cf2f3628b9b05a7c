"""The same batch on Ray: a small cluster on this machine, started once for all tests of this file."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from batch_stories import Deadly, Quick, Unloadable, made_stories, tree, write_stories
from extras import need

from newsum.batch import Local, Report, run
from newsum.batch.ray import OnRay
from newsum.batch.work import StoryFailure, Work
from newsum.errors import CheckpointError, MissingExtra, SettingsError
from newsum.summary import Summary


@pytest.fixture(scope="module")
def cluster() -> Iterator[None]:
    need("ray")
    import ray

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RAY_USAGE_STATS_ENABLED", "0")
        patch.setenv("PYTHONPATH", str(Path(__file__).parents[1]), prepend=os.pathsep)
        ray.init(num_cpus=2, include_dashboard=False, log_to_driver=False, logging_level="ERROR")
        yield
        ray.shutdown()


@pytest.fixture(scope="module")
def stories(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_stories(tmp_path_factory.mktemp("ray") / "stories", 40)


@pytest.fixture(scope="module")
def undisturbed(stories: Path) -> dict[str, bytes]:
    run(stories, stories.parent / "undisturbed", summariser=Quick(), engine=Local(1))
    return tree(stories.parent / "undisturbed")


def counts(report: Report) -> tuple[int, int, int]:
    return report.done, report.skipped, report.failed


@pytest.mark.usefixtures("cluster")
def test_two_workers_of_which_one_is_killed_write_what_one_process_does(
    stories: Path, undisturbed: dict[str, bytes], tmp_path: Path
) -> None:
    seen: list[int] = []
    deadly = Deadly(once=str(tmp_path / "once"))
    report = run(stories, tmp_path / "out", summariser=deadly, engine=OnRay(2), progress=lambda n, _: seen.append(n))
    assert (tmp_path / "once").exists()
    assert counts(report) == (40, 0, 0)
    assert seen == [*range(41)]
    assert tree(tmp_path / "out") == undisturbed


@pytest.mark.usefixtures("cluster")
def test_a_shard_that_kills_every_worker_is_reported_and_the_rest_goes_on(
    stories: Path, undisturbed: dict[str, bytes], tmp_path: Path
) -> None:
    report = run(stories, tmp_path / "out", summariser=Deadly(), engine=OnRay(2))
    done, skipped, failed = counts(report)
    assert (done + failed, skipped) == (40, 0)
    assert 16 <= failed <= 32  # a shard that waited at the same worker may go down with it
    assert list(report.reasons) == ["the worker that had it was killed 3 times; resume to try again"]
    assert counts(run(stories, tmp_path / "out", summariser=Quick(), engine=Local(), resume=True)) == (failed, done, 0)
    assert tree(tmp_path / "out") == undisturbed


@pytest.mark.usefixtures("cluster")
def test_what_fails_every_story_stops_the_run_and_what_fails_one_does_not() -> None:
    shards = [[], made_stories(3), []]
    with pytest.raises(CheckpointError, match="the weights are broken"):
        list(OnRay(1).map(Work(Unloadable(), 60), shards))
    unfit = made_stories(2)
    object.__setattr__(unfit[1].articles[0], "text", "unfit")
    [[summary, failure]] = list(OnRay(1).map(Work(Quick(), 60), [unfit]))
    assert isinstance(summary, Summary)
    assert summary == Quick().summarise_shard(unfit, words=60)[0]
    assert failure == StoryFailure("there is nothing to summarise")


def test_without_ray_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(MissingExtra, match=r"pip install 'newsum\[ray\]'"):
        list(OnRay().map(Work(Quick(), 60), [made_stories(1)]))
    with pytest.raises(SettingsError, match="workers=0 is not allowed"):
        OnRay(0)
