"""Whether a batch keeps its promises: killed and resumed, in two processes and on Ray, and in bounded memory.

    python -m benchmarks.batching kill      200 stories, kill -9 at ten random moments, --resume: the same bytes
    python -m benchmarks.batching speed     two processes and two Ray workers against one: the same bytes, 1.6 times
    python -m benchmarks.batching memory    2,000 stories against 100: peak memory within 1.2, time within 25%

In: the fixture stories, each told many times with other figures. Out: a line for each measurement; the exit code is 1
where one does not hold. Without a model unless --model names one: it is the batch that is measured. Run it on a machine
that does nothing else; `speed` needs two free cores, measures in rounds, says each and holds by the median.
"""

import argparse
import json
import os
import random
import re
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from newsum.reading import read_stories

if TYPE_CHECKING:
    from newsum.batch import Engine

FIXTURES = Path(__file__).resolve().parents[1] / "examples" / "stories"
KILLS = 10
FASTER = 1.6
MORE_MEMORY = 1.2
OFF_LINEAR = 0.25


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("kill", "speed", "memory"))
    parser.add_argument("--stories", type=int, help="how many; default: 200, 400 and 2,000")
    parser.add_argument("--model", default="none")
    parser.add_argument("--jobs", type=int, default=1, help="of the killed batch")
    parser.add_argument("--rounds", type=int, default=3, help="of the engines whose speed is compared")
    parser.add_argument("--seed", type=int, default=1, help="of the moments")
    args = parser.parse_args()
    os.environ |= {"OMP_NUM_THREADS": "1", "RAY_worker_niceness": "0"}  # Ray's workers would give way to all others
    with tempfile.TemporaryDirectory() as folder:
        holds = {"kill": kill, "speed": speed, "memory": memory}[args.what](Path(folder), args)
    return 0 if holds else 1


# --- killed -----------------------------------------------------------------------------------


def kill(folder: Path, args: argparse.Namespace) -> bool:
    count = args.stories or 200
    table, out = write(folder / "stories.jsonl", count), folder / "out"
    command = batch(table, out, args.model, "--jobs", str(args.jobs), "--resume")
    undisturbed = folder / "undisturbed"
    seconds = timed(batch(table, undisturbed, args.model, "--jobs", str(args.jobs)))
    print(f"undisturbed: {count} stories, --jobs {args.jobs}, {seconds:.1f} s")
    rng = random.Random(args.seed)
    for least in sorted(rng.sample(range(2 * count - 16), KILLS)):
        process = subprocess.Popen(command, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
        while process.poll() is None and written(out) < least:
            time.sleep(0.002)
        time.sleep(rng.choice((0, rng.random() * seconds / count * 8)))  # while it writes, or while it works
        process.send_signal(signal.SIGKILL)
        code = process.wait()
        drafts = sum(path.name.endswith("-tmp") for path in out.rglob("*"))
        print(f"killed at {written(out)} of {2 * count} files, {drafts} of them drafts: exit code {code}")
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    same = tree(out) == tree(undisturbed)
    print(f"resumed after {KILLS} kills: {'byte-identical' if same else 'DIFFERENT'} ({len(tree(out))} files)")
    return same


def written(out: Path) -> int:
    return len(os.listdir(out / "briefs")) if (out / "briefs").is_dir() else 0


# --- in two processes, on Ray -----------------------------------------------------------------


def speed(folder: Path, args: argparse.Namespace) -> bool:
    """Rates are of the stories after the first shard: how long Ray takes to start says nothing of a night's work."""
    from newsum.batch import Engine, Local
    from newsum.batch.ray import OnRay

    table = write(folder / "stories.jsonl", args.stories or 400)
    engines: dict[str, Engine] = {"one process": Local(1), "two processes": Local(2), "Ray, two workers": OnRay(2)}
    ratios: dict[str, list[float]] = {}
    trees: list[dict[str, bytes]] = []
    for number in range(args.rounds):
        rates: dict[str, float] = {}
        for name, engine in engines.items():
            out = folder / f"{name} {number}"
            seconds, rates[name] = rate(table, out, engine, args.model)
            trees.append(tree(out))
            ratios.setdefault(name, []).append(rates[name] / rates["one process"])
            faster = f"{ratios[name][-1]:.2f} times one process"
            print(f"{name}: {seconds:.1f} s with the start, then {rates[name]:.1f} stories/s, {faster}", flush=True)
    same = all(written == trees[0] for written in trees)
    print(f"results: {'byte-identical' if same else 'DIFFERENT'}")
    medians = {name: median(found) for name, found in ratios.items() if name != "one process"}
    print("; ".join(f"{name}: {found:.2f} times, the median" for name, found in medians.items()) + f" ({FASTER})")
    return same and all(found >= FASTER for found in medians.values())


def rate(table: Path, out: Path, engine: "Engine", model: str) -> tuple[float, float]:
    """Seconds of the whole run, and stories a second after its first shard."""
    from newsum.batch import run
    from newsum.summariser import Summariser

    seen: list[tuple[float, int]] = []
    begun = time.perf_counter()
    run(
        table,
        out,
        summariser=Summariser(model=None if model == "none" else model),
        engine=engine,
        progress=lambda through, total: seen.append((time.perf_counter(), through)),
    )
    (first, few), (last, all_of_them) = seen[0], seen[-1]
    return time.perf_counter() - begun, (all_of_them - few) / (last - first)


# --- memory and time --------------------------------------------------------------------------


def memory(folder: Path, args: argparse.Namespace) -> bool:
    """Processor time, which other work on the machine leaves alone; what starting takes is that of one story."""
    one, few, many = 1, 100, args.stories or 2_000
    peaks, seconds = {}, {}
    for count in (one, few, many):
        table = write(folder / f"{count}.jsonl", count)
        peaks[count], seconds[count] = measured(batch(table, folder / f"out{count}", args.model, "--jobs", "1"))
        print(f"{count} stories: {peaks[count]:.0f} MB at most, {seconds[count]:.1f} s of processor time")
    more = peaks[many] / peaks[few]
    longer = (seconds[many] - seconds[one]) / (many - one) / ((seconds[few] - seconds[one]) / (few - one))
    print(f"memory: {more:.2f} times; time a story: {longer:.2f} times")
    return more <= MORE_MEMORY and longer <= 1 + OFF_LINEAR


def measured(command: list[str]) -> tuple[float, float]:
    """Peak memory in MB and seconds of processor time of a process."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"{' '.join(command)} failed")
    return usage.ru_maxrss / 1024, usage.ru_utime + usage.ru_stime


# --- shared -----------------------------------------------------------------------------------


def write(path: Path, count: int) -> Path:
    """A table of the fixture stories, each time with other figures."""
    stories = [story.to_dict() for story in read_stories(FIXTURES)]
    with path.open("w", encoding="utf-8") as table:
        for n in range(count):
            story, round_ = stories[n % len(stories)], n // len(stories)
            articles = [{**a, "id": "", "text": shifted(a["text"], round_)} for a in story["articles"]]
            told = {"story_id": f"{story['id']}-{round_}", "articles": articles}
            table.write(json.dumps(told, ensure_ascii=False) + "\n")
    return path


def shifted(text: str, by: int) -> str:
    return re.sub(r"\d{2,3}", lambda figure: str(int(figure[0]) + by), text)


def batch(table: Path, out: Path, model: str, *options: str) -> list[str]:
    command = [sys.executable, "-m", "newsum", "batch", str(table), "--out", str(out), "--model", model]
    return [*command, *options]


def timed(command: list[str]) -> float:
    begun = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - begun


def tree(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


if __name__ == "__main__":
    sys.exit(main())
