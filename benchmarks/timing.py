"""Times works side by side, so that ratios hold on a busy machine; and makes stories of any size to work on.

Works are done in turns, over and over, and compared turn by turn: what else the machine does falls on all alike. Beside
the clock stands the processor's time, all threads together, which neighbours lengthen less.
"""

import json
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path
from typing import Any

from benchmarks.sets import FIXTURES, real_sets
from newsum.articles import Article, Story
from newsum.reading import read_stories
from newsum.text.sentences import split

__all__ = ["Timed", "compared", "in_process", "made_story", "over", "real_stories", "whole"]

Row = dict[str, Any]
Work = Callable[[], Any]


@dataclass(frozen=True, slots=True)
class Timed:
    """Seconds of each repeat, by the clock and of the processor."""

    seconds: tuple[float, ...]
    processor: tuple[float, ...] = ()

    @property
    def median(self) -> float:
        return statistics.median(self.seconds)

    def over(self, other: "Timed") -> tuple[float, float, float]:
        """How many times as fast as another, repeat by repeat: the median, the least and the most."""
        return _ratios(self.seconds, other.seconds)

    def over_by_processor(self, other: "Timed") -> tuple[float, float, float]:
        return _ratios(self.processor, other.processor)


def _ratios(mine: Sequence[float], theirs: Sequence[float]) -> tuple[float, float, float]:
    ratios = [other / own for own, other in zip(mine, theirs, strict=True)]
    return statistics.median(ratios), min(ratios), max(ratios)


def compared(works: dict[str, Work], repeats: int) -> dict[str, Timed]:
    """Every work once to warm up, then in turns."""
    taken: dict[str, list[tuple[float, float]]] = {name: [] for name in works}
    for work in works.values():
        work()
    for _ in range(repeats):
        for name, work in works.items():
            began, used = time.perf_counter(), time.process_time()
            work()
            taken[name].append((time.perf_counter() - began, time.process_time() - used))
    return {name: Timed(*map(tuple, zip(*found, strict=True))) if found else Timed(()) for name, found in taken.items()}


def over(timed: Timed, base: Timed) -> Row:
    """A row's columns: how fast, and how many times as fast as the base."""
    median, least, most = timed.over(base)
    return {
        "seconds": timed.median,
        "processor s": statistics.median(timed.processor),
        "ratio": median,
        "least": least,
        "most": most,
        "processor ratio": timed.over_by_processor(base)[0],
    }


# --- stories ------------------------------------------------------------------------------------------------


def made_story(articles: int, words: int, *, seed: int = 0) -> Story:
    """A story of any size, its sentences drawn from the fixtures'; each article has an outlet of its own."""
    rng = random.Random(seed)
    known = [a.text[i:j] for story in read_stories(FIXTURES) for a in story.articles for i, j in split(a.text)]

    def text() -> str:
        drawn: list[str] = []
        while sum(len(s.split()) for s in drawn) < words:
            drawn.append(rng.choice(known))
        return " ".join(drawn)

    return Story(tuple(Article(f"Outlet {n}", text(), published="2026-03-10") for n in range(articles)), id=str(seed))


def real_stories(most: int) -> list[Story]:
    """AllSides val where it is there, else the fixtures over and over."""
    found = next((s.stories for s in real_sets() if s.name == "allsides"), None)
    return found[:most] if found else list(islice(cycle(read_stories(FIXTURES)), most))


# --- processes of their own ---------------------------------------------------------------------------------

# Between them and this process stands a small one: a process's peak memory counts that of the one that started it
_LEAN = """
import json, resource, subprocess, sys, time
began = time.perf_counter()
run = subprocess.run(sys.argv[1:], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
took, used = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
measured = {"seconds": took, "processor s": used.ru_utime + used.ru_stime, "peak MB": used.ru_maxrss / 1024}
print(json.dumps([run.returncode, run.stderr[-2000:], run.stdout, measured]))
"""


def whole(command: Sequence[str], environment: Mapping[str, str] | None = None) -> tuple[Row, str]:
    """A command's seconds from start to end and its peak memory in MB, and what it printed."""
    lean = [sys.executable, "-S", "-c", _LEAN, *command]
    root = Path(__file__).resolve().parents[1]
    run = subprocess.run(lean, cwd=root, env=environment, capture_output=True, text=True, check=True)
    code, complaint, printed, measured = json.loads(run.stdout)
    if code != 0:
        raise RuntimeError(f"{' '.join(command)} failed: {complaint}")
    return measured, printed


def in_process(articles: int, words: int, stories: int) -> Row:
    """Seconds of newsum on made-up stories, and the process's peak memory in MB."""
    code = (
        "import time; from benchmarks.timing import made_story; from newsum import Summariser;"
        f"made = (made_story({articles}, {words}, seed=n) for n in range({stories}));"
        "summariser = Summariser(); summariser.summarise(made_story(2, 60, seed=-1), words=45);"
        "began, used = time.perf_counter(), time.process_time();"
        "done = sum(1 for _ in summariser.summarise_many(made, words=45));"
        "print(done, time.perf_counter() - began, time.process_time() - used)"
    )
    measured, printed = whole([sys.executable, "-c", code])
    done, seconds, used = printed.split()
    assert int(done) == stories
    return {"seconds": float(seconds), "processor s": float(used), "peak MB": measured["peak MB"]}
