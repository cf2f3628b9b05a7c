"""How fast newsum is, beside its peers in the same run: ratios with their spread, not seconds of one machine.

    python -m benchmarks.speed [--parts pipeline stages attribution growth cold] [--stories 40]

Pipeline: whole briefs a second over sumy's LexRank. Stages: where a brief's time goes. Attribution: a given brief's
evidence. Growth: time and peak memory against articles a story, words an article and stories a batch. Cold: whole
processes of `newsum summarise`. Real news where NEWSUM_DATA or ../shared/data holds AllSides val, else the fixtures.
`results/` gets speed.md, speed.json and plots. What misses its bar is said last, and the exit code is then 1.
"""

import argparse
import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

if __package__ in (None, ""):
    sys.path[0] = str(Path(__file__).resolve().parents[1])

from benchmarks.bench import RESULTS, machine, markdown_row, versions
from benchmarks.sets import FIXTURES
from benchmarks.timing import Row, Timed, Work, compared, in_process, made_story, over, real_stories, whole
from newsum.articles import Story
from newsum.attribution.lines import Attribution, SourceIndex, attribute_line
from newsum.audit import attribute
from newsum.evaluation.baselines import lead, lexrank
from newsum.similarity.stories import analyse_story
from newsum.summariser import Summariser
from newsum.system.threads import one_thread
from newsum.text.analysis import analyse
from newsum.text.sentences import split

__all__ = ["BARS", "Bar", "main", "missed"]

WORDS = 45  # of a brief


@dataclass(frozen=True, slots=True)
class Bar:
    """What a row's figure must reach, or must not pass."""

    what: str
    column: str
    at_least: float | None = None
    at_most: float | None = None

    def holds(self, value: float) -> bool:
        return (self.at_least is None or value >= self.at_least) and (self.at_most is None or value <= self.at_most)

    def __str__(self) -> str:
        return f"{self.what}: {'>=' if self.at_most is None else '<='} {self.at_least or self.at_most:g}"


BARS = {
    "pipeline": Bar("newsum over LexRank", "ratio", at_least=1),
    "all but writing": Bar("all but generation over LexRank, processor", "processor ratio", at_least=3),
    "evidence": Bar("evidence of ten lines in 400 sentences, once they are indexed, ms", "ms", at_most=15),
    "newsum.attribute": Bar("newsum.attribute of ten lines and 400 sentences, ms", "ms", at_most=100),
    "summarise": Bar("newsum summarise of three articles, cold, seconds", "seconds", at_most=1.5),
    "summarise, memory": Bar("newsum summarise of three articles, cold, MB", "peak MB", at_most=400),
    "first summarise": Bar("newsum summarise with an empty cache, MB", "peak MB", at_most=400),
    "import": Bar("import newsum over python alone, seconds", "seconds", at_most=0.15),
    "100 articles": Bar("a story of 100 articles, seconds", "seconds", at_most=10),
    "2,000 stories, memory": Bar("peak memory of 2,000 stories over that of 100", "peak ratio", at_most=1.2),
    "2,000 stories, time": Bar("processor's time a story, 2,000 stories over 100", "processor ratio", at_most=1.25),
}


def missed(rows: Iterable[Row]) -> list[str]:
    """A sentence for each bar that a row misses."""
    found = ((BARS[row["bar"]], row) for row in rows if row.get("bar"))
    return [f"{bar}; it is {row[bar.column]:.3g}" for bar, row in found if not bar.holds(row[bar.column])]


# --- the whole pipeline ---------------------------------------------------------------------------------


def pipeline(stories: Sequence[Story], repeats: int) -> Iterator[Row]:
    """Briefs of 45 words, no judge: newsum as it comes and without a model, LexRank and lead."""
    usual, planned = Summariser(judge=None), Summariser(model=None)
    works: dict[str, Work] = {
        "LexRank (sumy)": lambda: [lexrank(s, words=WORDS) for s in stories],
        "newsum": lambda: list(usual.summarise_many(stories, words=WORDS)),
        "newsum without a model": lambda: list(planned.summarise_many(stories, words=WORDS)),
        "lead": lambda: [lead(s, words=WORDS) for s in stories],
    }
    taken = compared(works, repeats)
    for name, timed in taken.items():
        row = {"part": "pipeline", "what": name, "stories": len(stories), **over(timed, taken["LexRank (sumy)"])}
        yield {**row, "a second": len(stories) / timed.median, "bar": "pipeline" if name == "newsum" else None}


def stages(stories: Sequence[Story], repeats: int) -> Iterator[Row]:
    """Where a brief's time goes, all but the model's beside LexRank's on the same stories."""
    summariser = Summariser(judge=None)
    summariser.summarise(stories[0], words=WORDS)  # loads the model, which is in no stage's time
    lexrank(stories[0], words=WORDS)
    names = ("prepare and plan", "write", "fill, attribute and check", "LexRank (sumy)")
    spent: dict[str, list[tuple[float, float]]] = {name: [] for name in names}
    for _ in range(repeats):
        marks = [_one_by_one(summariser, story) for story in stories]
        for number, name in enumerate(names):
            spans = [(ends[number + 1][0] - ends[number][0], ends[number + 1][1] - ends[number][1]) for ends in marks]
            spent[name].append((sum(s for s, _ in spans), sum(p for _, p in spans)))
    timed = {name: Timed(*map(tuple, zip(*found, strict=True))) for name, found in spent.items()}
    rest = [timed[name] for name in names if name not in ("write", "LexRank (sumy)")]
    timed["all but writing"] = Timed(
        tuple(map(sum, zip(*(t.seconds for t in rest), strict=True))),
        tuple(map(sum, zip(*(t.processor for t in rest), strict=True))),
    )
    for name, found in timed.items():
        row = {"part": "stages", "what": name, "ms a story": 1000 * found.median / len(stories)}
        yield {**row, **over(found, timed["LexRank (sumy)"]), "bar": name if name in BARS else None}


def _one_by_one(summariser: Summariser, story: Story) -> list[tuple[float, float]]:
    """The clock and the processor's time before, between and after the stages of a story, and after LexRank."""
    marks = [_now()]
    begun = summariser._begin(story, WORDS)
    marks.append(_now())
    answers = summariser._write([begun], WORDS)
    marks.append(_now())
    list(summariser._finish([begun], answers, WORDS))
    marks.append(_now())
    lexrank(story, words=WORDS)
    return [*marks, _now()]


def _now() -> tuple[float, float]:
    return time.perf_counter(), time.process_time()


# --- attribution ----------------------------------------------------------------------------------------


def attribution(repeats: int) -> Iterator[Row]:
    """A brief of ten lines against ten articles of forty sentences, by one core's time: its evidence, and all of it."""
    drawn = made_story(10, 2000)
    texts = [" ".join(a.text[i:j] for i, j in split(a.text)[:40]) for a in drawn.articles]
    story = Story(tuple(replace(a, text=text) for a, text in zip(drawn.articles, texts, strict=True)))
    lines = [text[i:j] for n, text in enumerate(texts) for i, j in split(text)[n : n + 1]]
    index = SourceIndex(analyse_story(story))
    works: dict[str, Work] = {
        "evidence": lambda: [attribute_line(analyse(line), index) for line in lines],
        "evidence, indexed first": lambda: _evidence(lines, story),
        "newsum.attribute": lambda: attribute(lines, story, judge=None),
    }
    with one_thread():  # as newsum.attribute does, for its evidence alone too
        taken = compared(works, repeats)
    for name, timed in taken.items():
        row = {"part": "attribution", "what": name, "ms": 1000 * statistics.median(timed.processor)}
        yield {**row, "clock ms": 1000 * timed.median, "bar": name if name in BARS else None}


def _evidence(lines: Sequence[str], story: Story) -> list[Attribution]:
    index = SourceIndex(analyse_story(story))
    return [attribute_line(analyse(line), index) for line in lines]


# --- growth ---------------------------------------------------------------------------------------------


def growth() -> Iterator[Row]:
    """Seconds and peak memory as stories, their articles and their texts grow, each in a process of its own."""
    for articles in (2, 5, 10, 20, 50, 100):
        bar = "100 articles" if articles == 100 else None
        yield {"part": "growth", "of": "articles a story", "size": articles, **in_process(articles, 600, 1), "bar": bar}
    for words in (200, 800, 3200, 12800):
        yield {"part": "growth", "of": "words an article", "size": words, **in_process(3, words, 1)}
    batches = {count: in_process(3, 200, count) for count in (10, 100, 500, 2000)}
    for count, found in batches.items():
        yield {"part": "growth", "of": "stories", "size": count, **found}
    few, many = batches[100], batches[2000]
    row = {"part": "growth over", "what": "2,000 stories over 100", "peak ratio": many["peak MB"] / few["peak MB"]}
    row["processor ratio"] = many["processor s"] / few["processor s"] / 20
    yield {**row, "bar": "2,000 stories, memory"}
    yield {**row, "bar": "2,000 stories, time"}


# --- cold start -----------------------------------------------------------------------------------------


def cold(repeats: int) -> Iterator[Row]:
    """Whole processes: `newsum summarise` of a three-article story, the first of all and later ones; the import."""
    story = [str(file) for file in sorted((FIXTURES / "treaty").glob("*.md"))[:3]]
    assert len(story) == 3
    with tempfile.TemporaryDirectory() as cache:
        command = [sys.executable, "-m", "newsum", "summarise", *story, "--words", "60"]
        environment = {**os.environ, "NEWSUM_CACHE": cache}
        first, _ = whole(command, environment)
        later = [whole(command, environment)[0] for _ in range(repeats)]
    yield {"part": "cold", "what": "summarise, an empty cache", **first, "bar": "first summarise"}
    row = {"part": "cold", "what": "summarise", **_medians(later)}
    yield {**row, "bar": "summarise"}
    yield {**row, "bar": "summarise, memory"}
    alone, imported = (
        [whole([sys.executable, "-c", code])[0] for _ in range(repeats)] for code in ("pass", "import newsum")
    )
    yield {"part": "cold", "what": "python alone", **_medians(alone)}
    difference = {"seconds": _medians(imported)["seconds"] - _medians(alone)["seconds"]}
    yield {
        "part": "cold",
        "what": "import newsum over python alone",
        **_medians(imported),
        **difference,
        "bar": "import",
    }


def _medians(runs: Sequence[Row]) -> Row:
    return {name: statistics.median(run[name] for run in runs) for name in runs[0]}


# --- the report -----------------------------------------------------------------------------------------


def table(rows: Iterable[Row]) -> str:
    """The rows as Markdown, a table a part."""
    parts: list[str] = []
    by_part: dict[str, dict[str, Row]] = {}
    for row in rows:
        shown = {name: value for name, value in row.items() if name not in ("part", "bar")}
        by_part.setdefault(row["part"], {})[repr(shown)] = shown  # once, though it may be held against two bars
    for part, own in by_part.items():
        head = list(dict.fromkeys(name for row in own.values() for name in row))
        parts += [f"**{part}**", "", markdown_row(head), markdown_row(["---"] * len(head))]
        parts += [markdown_row([_cell(row.get(name, "")) for name in head]) for row in own.values()] + [""]
    return "\n".join(parts)


def _cell(value: Any) -> str:
    return f"{value:.3g}" if isinstance(value, float) else str(value)


def _plot(rows: Sequence[Row], folder: Path) -> None:
    try:
        from benchmarks.plots import plot_speed
    except ImportError:
        print('no plots: pip install "newsum[bench]"', file=sys.stderr)
    else:
        plot_speed(rows, folder)


def main(args: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.speed", description=__doc__.partition("\n")[0])
    parts = ("pipeline", "stages", "attribution", "growth", "cold")
    parser.add_argument("--parts", nargs="+", choices=parts, default=parts)
    parser.add_argument("--stories", type=int, default=40, metavar="N", help="of the pipeline and the stages")
    parser.add_argument("--repeats", type=int, default=5, metavar="N")
    parser.add_argument("--out", type=Path, default=RESULTS, metavar="FOLDER")
    chosen = parser.parse_args(args)
    rows = []
    for row in _measured(chosen):
        print(json.dumps(row), file=sys.stderr, flush=True)
        rows.append(row)
    bars = [f"Missed: {sentence}." for sentence in missed(rows)]
    held = f"{sum(bool(row.get('bar')) for row in rows) - len(bars)} bars hold, {len(bars)} are missed."
    about = f"{machine()}; {', '.join(f'{name} {number}' for name, number in versions().items())}"
    made = "\n".join([table(rows), about, "", *bars, held, ""])
    chosen.out.mkdir(parents=True, exist_ok=True)
    (chosen.out / "speed.json").write_text(json.dumps(rows, indent=1), encoding="utf-8")
    (chosen.out / "speed.md").write_text(made, encoding="utf-8")
    _plot(rows, chosen.out)
    print(made)
    return 1 if bars else 0


def _measured(chosen: argparse.Namespace) -> Iterator[Row]:
    parts: dict[str, Callable[[], Iterator[Row]]] = {
        "pipeline": lambda: pipeline(real_stories(chosen.stories), chosen.repeats),
        "stages": lambda: stages(real_stories(chosen.stories), chosen.repeats),
        "attribution": lambda: attribution(chosen.repeats),
        "growth": growth,
        "cold": lambda: cold(chosen.repeats),
    }
    for part in chosen.parts:
        yield from parts[part]()


if __name__ == "__main__":
    sys.exit(main())
