"""Batches in several processes, and batches that are killed: the same files in the end, and nobody left waiting."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from batch_stories import Deadly, Quick, Slow, tree, write_stories

from newsum.batch import Local, Report, run
from newsum.rendering.index import with_turns

SCRIPT = """
import signal
import sys
signal.signal(signal.SIGINT, signal.default_int_handler)
sys.path.insert(0, {tests!r})
from batch_stories import Slow
import newsum.batch
from newsum.batch import Local, run
from newsum.cli import main
def slowly(source, out, *, resume, progress, **_):
    return run(source, out, resume=resume, progress=progress, summariser=Slow(), engine=Local({jobs}))
if __name__ == "__main__":
    newsum.batch.run = slowly
    sys.exit(main(["batch", *sys.argv[1:]]))
"""


def counts(report: Report) -> tuple[int, int, int]:
    return report.done, report.skipped, report.failed


@pytest.fixture(scope="module")
def stories(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_stories(tmp_path_factory.mktemp("batch") / "stories", 40)


@pytest.fixture(scope="module")
def undisturbed(stories: Path) -> dict[str, bytes]:
    out = stories.parent / "undisturbed"
    run(stories, out, summariser=Quick(), engine=Local(1))
    return tree(out)


def start(folder: Path, jobs: int, stories: Path, *more: str) -> "subprocess.Popen[str]":
    """`newsum batch` in a process group of its own, writing to folder / "out".

    It hears Ctrl-C as from a keyboard, also where these tests run behind an "&", which has it ignored.
    """
    script = folder / f"run{jobs}.py"
    script.write_text(SCRIPT.format(tests=str(Path(__file__).parents[1]), jobs=jobs))
    command = [sys.executable, str(script), str(stories), "--out", str(folder / "out"), "--model", "none", *more]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True)


def wait_until(holds: Callable[[], bool], process: "subprocess.Popen[str] | None" = None) -> None:
    for _ in range(3000):
        if holds() or (process is not None and process.poll() is not None):
            return
        time.sleep(0.01)
    raise AssertionError("it took longer than 30 seconds")


def members(group: int) -> list[int]:
    """The living processes of a process group."""
    found = []
    for path in Path("/proc").glob("[0-9]*"):
        try:
            fields = (path / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[2]) == group and fields[0] != "Z":
            found.append(int(path.name))
    return found


def briefs(folder: Path) -> int:
    return len(list((folder / "out" / "briefs").glob("*")))


def test_two_processes_write_what_one_does(stories: Path, undisturbed: dict[str, bytes], tmp_path: Path) -> None:
    seen: list[int] = []
    report = run(stories, tmp_path / "out", summariser=Quick(), engine=Local(2), progress=lambda n, _: seen.append(n))
    assert counts(report) == (40, 0, 0)
    assert seen == [*range(41)]
    assert tree(tmp_path / "out") == undisturbed


def test_a_process_killed_once_costs_no_story(stories: Path, undisturbed: dict[str, bytes], tmp_path: Path) -> None:
    deadly = Deadly(once=str(tmp_path / "once"))
    assert counts(run(stories, tmp_path / "out", summariser=deadly, engine=Local(2))) == (40, 0, 0)
    assert tree(tmp_path / "out") == undisturbed


def test_a_story_that_kills_every_process_fails_alone_and_is_tried_again(
    stories: Path, undisturbed: dict[str, bytes], tmp_path: Path
) -> None:
    report = run(stories, tmp_path / "out", summariser=Deadly(), engine=Local(2))
    assert counts(report) == (39, 0, 1)
    assert list(report.reasons) == ["the process that worked on it was killed, twice; it may need more memory"]
    assert counts(run(stories, tmp_path / "out", summariser=Quick(), engine=Local(1), resume=True)) == (1, 39, 0)
    assert tree(tmp_path / "out") == undisturbed


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="needs /proc")
@pytest.mark.parametrize("jobs", [1, 2])
def test_kill_nine_at_any_moment_and_resuming_ends_in_the_same_files(
    stories: Path, undisturbed: dict[str, bytes], tmp_path: Path, jobs: int
) -> None:
    rng = random.Random(jobs)
    for least in sorted(rng.sample(range(64), 3)):
        process = start(tmp_path, jobs, stories, "--resume")
        wait_until(lambda least=least: briefs(tmp_path) >= least, process)
        time.sleep(rng.random() * 0.1)
        os.kill(process.pid, signal.SIGKILL)
        process.communicate()
        wait_until(lambda group=process.pid: not members(group))  # no worker waits for its parent for ever
        assert alone(tree(tmp_path / "out")).items() <= alone(undisturbed).items()
    assert counts(run(stories, tmp_path / "out", summariser=Slow(), engine=Local(1), resume=True))[2] == 0
    assert tree(tmp_path / "out") == undisturbed


def alone(files: dict[str, bytes]) -> dict[str, str]:
    """The briefs, pages without the ways to their neighbours, which are put in at a run's end."""
    told = {name: content.decode() for name, content in files.items() if name.startswith("briefs/s")}
    return {name: with_turns(text, None, None) if name.endswith(".html") else text for name, text in told.items()}


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="needs /proc")
@pytest.mark.parametrize("jobs", [1, 2])
def test_ctrl_c_ends_every_process_at_once_and_says_so(
    stories: Path, undisturbed: dict[str, bytes], tmp_path: Path, jobs: int
) -> None:
    process = start(tmp_path, jobs, stories)
    wait_until(lambda: briefs(tmp_path) > 2, process)
    os.killpg(process.pid, signal.SIGINT)
    stdout, stderr = process.communicate(timeout=20)
    assert (process.returncode, stdout, stderr) == (130, "", "newsum: interrupted\n")
    wait_until(lambda: not members(process.pid))
    assert not list((tmp_path / "out").glob(".*tmp"))
    run(stories, tmp_path / "out", summariser=Quick(), engine=Local(1), resume=True)
    assert tree(tmp_path / "out") == undisturbed


def test_a_script_without_its_guard_is_told_so(stories: Path, tmp_path: Path) -> None:
    script = tmp_path / "unguarded.py"
    script.write_text(
        "import sys\nfrom newsum.batch import Local, run\nfrom newsum.summariser import Summariser\n"
        "run(sys.argv[1], sys.argv[2], summariser=Summariser(model=None), engine=Local(2))\n"
    )
    done = subprocess.run(
        [sys.executable, str(script), str(stories), str(tmp_path / "out")], capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 1
    assert 'in a script, run the batch under  if __name__ == "__main__":' in done.stderr
