"""How well a mixed heap of articles comes back as its stories, and how fast.

    python -m benchmarks.grouping [--scale | --tune]

The heaps are `news_cluster_dev` (28 events mixed), `basil_dev` and `allsides_val` mixed, and `ecbplus_dev`, by event
and by topic, which may hold two events of one kind years apart; none of them was tuned on. B-cubed precision and recall
(Bagga and Baldwin 1998) ask of each article which share of its story is rightly there, and which share of its true
story is. The intervals are 95% bootstrap intervals over true stories (seeded). The peers run on the same heaps:
single-pass clustering (an article joins the story whose mean is nearest, or opens one, in the order of time) and the
connected components of the graph of pairs that are alike enough, both on TF-IDF of the stems of title and text. Their
thresholds were chosen, once with the best window of time and once without, as newsum's own settings were: on mixtures
of the training sets (--tune shows the choice). Without the data the 12 fixture stories, mixed, stand in.

--scale measures time and peak memory from 2,000 to 30,000 articles, each size in a process of its own: allsides and
other news, about half of them repeated by another outlet with every twelfth word changed. The exit code is 1 where a
figure is below its bar: B-cubed F1 of newsum; two minutes, 3 GB and n^1.2 with --scale.
"""

import argparse
import json
import math
import random
import resource
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import product
from pathlib import Path
from unittest.mock import patch

import numpy as np

if __package__ in (None, ""):
    sys.path[0] = str(Path(__file__).resolve().parents[1])

from benchmarks.bars import bar, printed
from benchmarks.data import data_folder, read_jsonl
from benchmarks.heaps import Labels, b_cubed, connected, heaps, mixtures, single_pass, stories_of
from newsum import grouping
from newsum.articles import Article, Story
from newsum.grouping import group
from newsum.grouping.clustering import Measure
from newsum.grouping.vectors import day
from newsum.reading.dates import to_iso

__all__ = ["large_heap", "main", "measured", "report", "scale_report", "tune"]

BARS = {  # B-cubed F1
    "news_cluster_dev": 0.90,
    "basil_dev + allsides_val": 0.85,
    "ecbplus_dev": 0.80,
    "ecbplus_dev, topics": 0.80,
    "12 fixture stories": 0.90,
}
SECONDS, GIGABYTES, GROWTH = 120, 3, 1.2  # of the largest heap; the exponent of n in CPU time
_SURE = 0.25  # of the measures that are tried
_SEED = 7
_SAMPLES = 1000
_SIZES = (2_000, 4_000, 8_000, 16_000, 30_000)
_PARTS = 10  # of a heap, by date, where stories grow from one to the next


def newsum(articles: Sequence[Article]) -> Labels:
    return _labels(group(articles), articles)


def by_and_by(articles: Sequence[Article]) -> Labels:
    """newsum, part by part in the order of time: what is known already stays, and the next part joins it."""
    ordered = sorted(articles, key=lambda article: (day(article.published) or math.inf, article.id))
    known: list[Story] = []
    for part in np.array_split(np.arange(len(ordered)), _PARTS):
        known = group([ordered[place] for place in part], known=known)
    return _labels(known, articles)


def _labels(stories: Iterable[Story], articles: Sequence[Article]) -> Labels:
    found = {article.id: number for number, story in enumerate(stories) for article in story.articles}
    return [found[article.id] for article in articles]


# --- the report -------------------------------------------------------------------------------

_SYSTEMS: dict[str, Callable[[Sequence[Article]], Labels]] = {
    "newsum": newsum,
    f"newsum, in {_PARTS} parts by date": by_and_by,
    "single pass, 2 days": single_pass,
    "single pass, no window": partial(single_pass, alike=0.22, window=math.inf),
    "connected components, 2 days": connected,
    "connected components, no window": partial(connected, alike=0.24, window=math.inf),
}


def interval(found: Labels, truth: Labels) -> tuple[float, float]:
    """95% of the F1 of draws of true stories, each with all its articles."""
    rng = np.random.default_rng(_SEED)
    stories = sorted(set(truth))
    draws = (Counter(rng.choice(stories, len(stories)).tolist()) for _ in range(_SAMPLES))
    drawn = [b_cubed(found, truth, [draw[number] for number in truth])[2] for draw in draws]
    low, high = np.percentile(drawn, [2.5, 97.5])
    return float(low), float(high)


def report() -> Iterator[str]:
    yield "| heap | system | precision | recall | B-cubed F1 | stories, of |"
    yield "| --- | --- | --- | --- | --- | --- |"
    reached = {}
    for heap in heaps():
        for name, system in _SYSTEMS.items():
            found = system(heap.articles)
            precision, recall, f1 = b_cubed(found, heap.truth)
            reached[heap.name, name] = f1
            low, high = interval(found, heap.truth)
            sizes = f"{len(set(found))}, {len(set(heap.truth))}"
            scores = f"{precision:.3f} | {recall:.3f} | {f1:.3f} ({low:.3f}–{high:.3f})"
            yield f"| {heap.name} | {name} | {scores} | {sizes} |"
    yield ""
    for (heap_name, name), f1 in reached.items():
        if name == "newsum":
            yield bar(f"{heap_name}: B-cubed F1 {f1:.3f} ({BARS[heap_name]})", holds=f1 >= BARS[heap_name])


def tune() -> Iterator[str]:
    """Mean F1 over the mixtures, and on each: settings of newsum, and of the peers, whose best are their defaults."""
    tried: dict[str, list[float]] = {}
    for heap in mixtures():
        for name, found in _tried(heap.articles):
            tried.setdefault(name, []).append(b_cubed(found, heap.truth)[2])
    for name, scores in sorted(tried.items(), key=lambda item: -np.mean(item[1])):
        yield f"{np.mean(scores):.4f}  {name}  {' '.join(f'{score:.3f}' for score in scores)}"


def _tried(articles: Sequence[Article]) -> Iterator[tuple[str, Labels]]:
    for alike, fades, lasts in product((0.1, 0.12, 0.14, 0.16, 0.18), (4,), (0.3, 0.4, 0.5)):
        measure = Measure(alike, fades, lasts, sure=_SURE)
        with patch.object(grouping, "_MEASURES", {"story": measure}):
            yield f"newsum alike={alike:.2f} fades={fades} lasts={lasts}", newsum(articles)
    for peer, alike, window in product((single_pass, connected), np.arange(0.1, 0.41, 0.02), (2, 3, 7, 14, math.inf)):
        yield f"{peer.__name__} alike={alike:.2f} window={window}", peer(articles, alike, window)


# --- scale ------------------------------------------------------------------------------------


def large_heap(size: int) -> list[Article]:
    """So many articles of allsides and other news, the second half again in another outlet, with changes."""
    rng = random.Random(_SEED)
    found = [a for name in ("allsides_train", "allsides_val") for story in stories_of(name) for a in story.articles]
    found += [Article.from_dict({**row, "date": to_iso(row["date"])}) for row in read_jsonl("text/news_articles")]
    found += [story.articles[0] for story in map(Story.from_dict, read_jsonl("text/bbc_news_summary"))]
    rng.shuffle(found)
    fresh = found[: math.ceil(size * len(found) / max(_SIZES))]
    again = (_changed(rng.choice(fresh), rng) for _ in range(size - len(fresh)))
    return [replace(article, id=str(place)) for place, article in enumerate([*fresh, *again])]


def _changed(article: Article, rng: random.Random) -> Article:
    words = article.text.split(" ")
    for _ in range(len(words) // 12):
        words[rng.randrange(len(words))] = rng.choice(words)
    return replace(article, text=" ".join(words), outlet=rng.choice(("Herald", "Post", "Times", "Wire", "Globe")))


def measured(size: int) -> dict[str, float]:
    """Seconds and memory of grouping so many articles, in this process."""
    heap = large_heap(size)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    wall, cpu = time.perf_counter(), time.process_time()
    stories = group(heap)
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return {
        "articles": size,
        "stories": len(stories),
        "wall": wall,
        "cpu": cpu,
        "read": before / 1e6,
        "peak": peak / 1e6,
    }


def scale_report() -> Iterator[str]:
    yield "| articles | stories | s | CPU s | GB with the heap read | GB at most |"
    yield "| --- | --- | --- | --- | --- | --- |"
    rows = []
    for size in _SIZES:
        command = [sys.executable, "-m", "benchmarks.grouping", "--measure", str(size)]
        rows.append(json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout))
        row = rows[-1]
        yield (
            f"| {row['articles']:,} | {row['stories']:,} | {row['wall']:.1f} | {row['cpu']:.1f} "
            f"| {row['read']:.2f} | {row['peak']:.2f} |"
        )
    sizes, seconds = (np.log([row[field] for row in rows]) for field in ("articles", "cpu"))
    growth, later = (float(np.polyfit(sizes[first:], seconds[first:], 1)[0]) for first in (0, 2))
    wall, peak = rows[-1]["wall"], rows[-1]["peak"]
    yield ""
    yield bar(f"{_SIZES[-1]:,} articles: {wall:.1f} s of the clock ({SECONDS})", holds=wall < SECONDS)
    yield bar(f"{_SIZES[-1]:,} articles: {peak:.2f} GB ({GIGABYTES})", holds=peak < GIGABYTES)
    figures = f"n^{growth:.2f}, from 8,000 articles on n^{later:.2f} (n^{GROWTH})"
    yield bar(f"CPU time grows as {figures}", holds=max(growth, later) <= GROWTH)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--scale", action="store_true", help="measure time and memory instead")
    parser.add_argument("--tune", action="store_true", help="how settings fare on the training mixtures instead")
    parser.add_argument("--measure", type=int, metavar="N", help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.measure:
        print(json.dumps(measured(chosen.measure)))
        return 0
    if data_folder() is None:
        print("no benchmark data (set NEWSUM_DATA to its folder): the fixture stories stand in\n")
        if chosen.scale or chosen.tune:
            return 0
    return printed(scale_report() if chosen.scale else tune() if chosen.tune else report())


if __name__ == "__main__":
    sys.exit(main())
