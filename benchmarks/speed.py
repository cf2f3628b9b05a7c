"""How fast newsum is, beside its peers in the same run: ratios with their spread, not seconds of one machine.

    python -m benchmarks.speed [--parts generation pipeline stages growth cold] [--stories 40] [--repeats 5] [--large]

Generation: each backend on the same weights and requests, tokens a second over PyTorch's in 32 bits. Pipeline: whole
briefs a second over sumy's LexRank. Stages: where the time of a brief goes. Growth: time and peak memory against
articles a story, words an article and stories a batch. Cold: whole processes of `newsum summarise`. Real news where
NEWSUM_DATA or ../shared/data holds AllSides val, else the fixtures. `results/` gets speed.md, speed.json and a plot.
"""

import argparse
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import cycle, islice, pairwise
from pathlib import Path
from typing import Any

if __package__ in (None, ""):
    sys.path[0] = str(Path(__file__).resolve().parents[1])

from benchmarks.bench import RESULTS, _machine, _row, _versions
from benchmarks.sets import FIXTURES, real_sets
from newsum.articles import Article, Story
from newsum.reading import read_stories
from newsum.sentences import split

__all__ = ["Timed", "compared", "made_story", "main"]

Row = dict[str, Any]
Work = Callable[[], Any]
WORDS = 45


@dataclass(frozen=True, slots=True)
class Timed:
    """Seconds of each repeat."""

    seconds: tuple[float, ...]

    @property
    def median(self) -> float:
        return statistics.median(self.seconds)

    def over(self, other: "Timed") -> tuple[float, float, float]:
        """How many times as fast as another, repeat by repeat: the median, the least and the most."""
        ratios = [theirs / mine for mine, theirs in zip(self.seconds, other.seconds, strict=True)]
        return statistics.median(ratios), min(ratios), max(ratios)


def compared(works: dict[str, Work], repeats: int) -> dict[str, Timed]:
    """Every work once to warm up, then in turns, so that what else the machine does falls on all alike."""
    taken: dict[str, list[float]] = {name: [] for name in works}
    for work in works.values():
        work()
    for _ in range(repeats):
        for name, work in works.items():
            began = time.perf_counter()
            work()
            taken[name].append(time.perf_counter() - began)
    return {name: Timed(tuple(seconds)) for name, seconds in taken.items()}


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


# --- generation -----------------------------------------------------------------------------------------


def generation(repeats: int, large: bool) -> Iterator[Row]:
    """Backends on the same weights: at 400 tokens in and 100 out, and at the shapes that the pipeline has."""
    from newsum.seq2seq import GenerationSettings, load
    from newsum.strategies import draft
    from newsum.writing import SETTINGS

    models = {name: load("mini", backend=name, device="cpu") for name in ("torch", "ctranslate2")}
    long = GenerationSettings(beams=4, max_tokens=100, min_tokens=100)
    requests = [r for story in real_stories(4) for r in draft(story, WORDS, models["torch"]).requests]
    for shape, asked, how in (
        ("400 in, 100 out, batch 8", _long_requests(models["torch"], 400, 8), long),
        (f"the pipeline's {len(requests)} requests of 4 stories", requests, SETTINGS),
    ):
        yield from _generated(shape, "mini", {n: partial(m.generate, asked, how) for n, m in models.items()}, repeats)
    if large:
        with tempfile.TemporaryDirectory() as folder:
            _random_bart_large(Path(folder))
            models = {name: load(folder, backend=name, device="cpu") for name in ("torch", "ctranslate2")}
            asked = _long_requests(models["torch"], 400, 2)
            works = {n: partial(m.generate, asked, long) for n, m in models.items()}
            yield from _generated("400 in, 100 out, batch 2", "BART-large, random", works, repeats)


def _generated(shape: str, weights: str, works: dict[str, Work], repeats: int) -> Iterator[Row]:
    taken = compared(works, repeats)
    for name, timed in taken.items():
        yield {"part": "generation", "weights": weights, "shape": shape, "what": name, **_over(timed, taken["torch"])}


def _long_requests(model: Any, tokens: int, count: int) -> list[Any]:
    from newsum.seq2seq import Request

    texts = []
    for number in range(count):
        words = made_story(1, 2 * tokens, seed=number).articles[0].text.split()
        while model.count(" ".join(words)) > tokens:
            words.pop()
        texts.append(Request(model.clean(" ".join(words))))
    return texts


def _random_bart_large(folder: Path) -> None:
    """A checkpoint of BART-large's shape with the bundled tokenizer: speed does not depend on what it knows."""
    from transformers import AutoTokenizer, BartConfig, BartForConditionalGeneration

    from newsum.seq2seq.checkpoints import locate

    bundled = locate("mini")
    tokenizer = AutoTokenizer.from_pretrained(bundled.location)
    ends = {"bos_token_id": tokenizer.cls_token_id, "eos_token_id": tokenizer.sep_token_id}
    config = BartConfig(
        vocab_size=len(tokenizer),
        pad_token_id=tokenizer.pad_token_id,
        decoder_start_token_id=tokenizer.cls_token_id,
        forced_eos_token_id=tokenizer.sep_token_id,
        **ends,
    )
    BartForConditionalGeneration(config).save_pretrained(folder)
    tokenizer.save_pretrained(folder)


# --- the whole pipeline ---------------------------------------------------------------------------------


def pipeline(stories: Sequence[Story], repeats: int) -> Iterator[Row]:
    """Briefs of 45 words: newsum with and without its model, sumy's LexRank, lead."""
    from newsum.baselines import lead, lexrank
    from newsum.summariser import Summariser

    mini, planned = Summariser(), Summariser(model=None)
    works: dict[str, Work] = {
        "LexRank (sumy)": lambda: [lexrank(s, words=WORDS) for s in _unseen(stories)],
        "newsum": lambda: list(mini.summarise_many(_unseen(stories), words=WORDS)),
        "newsum without its model": lambda: list(planned.summarise_many(_unseen(stories), words=WORDS)),
        "lead": lambda: [lead(s, words=WORDS) for s in _unseen(stories)],
    }
    taken = compared(works, repeats)
    for name, timed in taken.items():
        row = {"part": "pipeline", "what": name, "stories": len(stories), **_over(timed, taken["LexRank (sumy)"])}
        yield {**row, "a second": len(stories) / timed.median}


def _unseen(stories: Sequence[Story]) -> Sequence[Story]:
    """The stories as if never seen: what newsum remembers of the texts that it has split and read is forgotten."""
    from newsum import coverage, figures, readable, sentences, similarity

    for cached in (
        coverage._origins, figures.numbers, readable._dateline_of_readable, sentences.split, similarity.terms,
        similarity.shingles,
    ):  # fmt: skip
        cached.cache_clear()
    return stories


def stages(stories: Sequence[Story]) -> Iterator[Row]:
    """Where a brief's time goes, story by story."""
    from newsum.summariser import Summariser

    summariser = Summariser()
    spent = dict.fromkeys(("prepare and plan", "write", "fill, attribute and check"), 0.0)
    summariser.summarise(stories[0], words=WORDS)  # loads the model, which is in no stage's time
    for story in _unseen(stories):
        marks = [time.perf_counter()]
        begun = summariser._begin(story, WORDS)
        marks.append(time.perf_counter())
        answers = summariser._write([begun], WORDS)
        marks.append(time.perf_counter())
        list(summariser._finish([begun], answers, WORDS))
        marks.append(time.perf_counter())
        for name, (start, end) in zip(spent, pairwise(marks), strict=True):
            spent[name] += end - start
    total = sum(spent.values())
    for name, seconds in spent.items():
        yield {"part": "stages", "what": name, "ms a story": 1000 * seconds / len(stories), "share": seconds / total}


# --- growth ---------------------------------------------------------------------------------------------


def growth() -> Iterator[Row]:
    """Seconds and peak memory as stories, their articles and their texts grow, each in a process of its own."""
    for articles in (2, 5, 10, 20, 50, 100):
        yield {"part": "growth", "of": "articles a story", "size": articles, **_in_process(articles, 600, 1)}
    for words in (200, 800, 3200, 12800):
        yield {"part": "growth", "of": "words an article", "size": words, **_in_process(3, words, 1)}
    for count in (10, 100, 500, 2000):
        yield {"part": "growth", "of": "stories", "size": count, **_in_process(3, 300, count)}


def _in_process(articles: int, words: int, stories: int) -> Row:
    """Seconds of newsum (model included) on made-up stories, and the process's peak memory in MB."""
    code = (
        "import resource, time; from benchmarks.speed import made_story; from newsum import Summariser;"
        f"made = (made_story({articles}, {words}, seed=n) for n in range({stories}));"
        "summariser = Summariser(); summariser.summarise(made_story(2, 60, seed=-1), words=45);"
        "began = time.perf_counter(); done = sum(1 for _ in summariser.summarise_many(made, words=45));"
        "print(done, time.perf_counter() - began, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)"
    )
    root = Path(__file__).resolve().parents[1]
    run = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True)
    done, seconds, peak = run.stdout.split()
    assert int(done) == stories
    return {"seconds": float(seconds), "peak MB": float(peak)}


# --- cold start -----------------------------------------------------------------------------------------


def cold(repeats: int) -> Iterator[Row]:
    """Whole processes: `newsum summarise` of a three-article story, the first of all and later ones; the import."""
    story = str(FIXTURES / "treaty")
    with tempfile.TemporaryDirectory() as cache:
        command = [sys.executable, "-m", "newsum", "summarise", story, "--words", "60"]
        environment = {**os.environ, "NEWSUM_CACHE": cache}
        yield {"part": "cold", "what": "summarise, the first time (weights converted)", **_whole(command, environment)}
        later = [_whole(command, environment) for _ in range(repeats)]
    yield {"part": "cold", "what": "summarise", **{k: statistics.median(r[k] for r in later) for k in later[0]}}
    for what, code in (("import newsum", "import newsum"), ("python alone", "pass")):
        runs = [_whole([sys.executable, "-c", code], dict(os.environ)) for _ in range(repeats)]
        yield {"part": "cold", "what": what, **{k: statistics.median(r[k] for r in runs) for k in runs[0]}}


def _whole(command: Sequence[str], environment: dict[str, str]) -> Row:
    began = time.perf_counter()
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    assert status == 0, f"{command} failed"
    return {"seconds": time.perf_counter() - began, "peak MB": usage.ru_maxrss / 1024}


# --- the report -----------------------------------------------------------------------------------------


def _over(timed: Timed, base: Timed) -> Row:
    median, least, most = timed.over(base)
    return {"seconds": timed.median, "ratio": median, "least": least, "most": most}


def table(rows: Iterable[Row]) -> str:
    """The rows as Markdown, a table a part."""
    parts: list[str] = []
    by_part: dict[str, list[Row]] = {}
    for row in rows:
        by_part.setdefault(row["part"], []).append(row)
    for part, own in by_part.items():
        head = [name for name in own[0] if name != "part"]
        parts += [f"**{part}**", "", _row(head), _row(["---"] * len(head))]
        parts += [_row([_cell(row.get(name)) for name in head]) for row in own] + [""]
    return "\n".join(parts)


def _cell(value: Any) -> str:
    return f"{value:.3g}" if isinstance(value, float) else str(value)


def main(args: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.speed", description=__doc__.partition("\n")[0])
    every = ("generation", "pipeline", "stages", "growth", "cold")
    parser.add_argument("--parts", nargs="+", choices=every, default=every)
    parser.add_argument("--stories", type=int, default=40, metavar="N", help="of the pipeline and the stages")
    parser.add_argument("--repeats", type=int, default=5, metavar="N")
    parser.add_argument("--large", action="store_true", help="a checkpoint of BART-large's shape too")
    parser.add_argument("--out", type=Path, default=RESULTS, metavar="FOLDER")
    chosen = parser.parse_args(args)
    parts: dict[str, Callable[[], Iterator[Row]]] = {
        "generation": lambda: generation(chosen.repeats, chosen.large),
        "pipeline": lambda: pipeline(real_stories(chosen.stories), chosen.repeats),
        "stages": lambda: stages(real_stories(chosen.stories)),
        "growth": growth,
        "cold": lambda: cold(chosen.repeats),
    }
    rows = []
    for part in chosen.parts:
        for row in parts[part]():
            print(json.dumps(row), file=sys.stderr, flush=True)
            rows.append(row)
    made = f"{table(rows)}\n{_machine()}; {', '.join(f'{n} {v}' for n, v in _versions().items())}\n"
    chosen.out.mkdir(parents=True, exist_ok=True)
    (chosen.out / "speed.json").write_text(json.dumps(rows, indent=1), encoding="utf-8")
    (chosen.out / "speed.md").write_text(made, encoding="utf-8")
    print(made)
    return 0


if __name__ == "__main__":
    sys.exit(main())
