"""Every system there is on every set there is: one table, plots, and the numbers behind them.

    python -m benchmarks.bench [--systems NAME ...] [--sets NAME ...] [--model CHECKPOINT ...] [--page docs/figures.md]

The fixtures are measured always, real news where NEWSUM_DATA or ../shared/data holds it. `results/` gets table.md,
results.json (every story's scores) and, where matplotlib is installed, the plots. ROUGE is F1 x100 with stems, the
best of several references; intervals are 95% bootstraps over stories.
"""

import argparse
import json
import os
import platform
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

if __package__ in (None, ""):  # run as a file: python benchmarks/bench.py
    sys.path[0] = str(Path(__file__).resolve().parents[1])

from benchmarks.attributing import attribution_rows, judged_lines
from benchmarks.sets import StorySet, fixture_sets, real_sets
from benchmarks.systems import available
from newsum.evaluation import SEED, Scores, evaluate
from newsum.evaluation.baselines import System, lead

__all__ = ["Row", "insert", "machine", "main", "markdown_row", "measure", "table", "versions"]

RESULTS = Path(__file__).parent / "results"
MARKS = ("<!-- bench: made by make bench -->", "<!-- end of bench -->")
Row = dict[str, Any]

_SHOWN = {"rouge1": "ROUGE-1", "rouge2": "ROUGE-2", "rougeLsum": "ROUGE-Lsum"}
_PACKAGES = ("newsum", "rouge-score", "nltk", "numpy", "sumy", "torch", "transformers", "ctranslate2")


def measure(stories: StorySet, name: str, system: System) -> tuple[Row, Scores]:
    """One system on one set: its row, and its scores."""
    lead(stories.stories[0], words=stories.words)  # loads the splitter, which is in nobody's time
    began = time.perf_counter()
    summaries = [system(story, words=stories.words) for story in stories.stories]
    seconds = (time.perf_counter() - began) / len(summaries)
    scores = evaluate(
        summaries, stories.references, stories=stories.stories, words=stories.words, empty="zero", samples=1000
    )
    return {"set": stories.name, "system": name, "seconds": seconds, **scores.to_dict()}, scores


def rows(sets: Iterable[StorySet], names: Sequence[str] | None = None, models: Sequence[str] = ()) -> Iterator[Row]:
    """A row for each system on each set; where a system is missing the row says why."""
    for stories in sets:
        for name, system in available(stories, names, models):
            if isinstance(system, str):
                yield {"set": stories.name, "system": name, "missing": system}
                continue
            row = measure(stories, name, system)[0]
            print(
                f"{stories.name:14}{name:20}{_cells(row)}  {row['seconds']:.2f} s a story", file=sys.stderr, flush=True
            )
            yield row


def table(results: dict[str, Any]) -> str:
    """The results as Markdown: a table a set, then what they were measured with."""
    parts = []
    for name, about in results["sets"].items():
        own = [row for row in results["rows"] if row["set"] == name and "scores" in row]
        head = ["system", *_SHOWN.values(), "words", "balance", "s a story"]
        parts += [f"**{about['title']}**, {about['stories']} stories, {about['words']} words asked for", ""]
        parts += [
            markdown_row(head),
            markdown_row(["---"] * len(head)),
            *(markdown_row(_columns(row)) for row in own),
            "",
        ]
    if results["attribution"]:
        head = ["attribution", "articles", "precision", "recall", "F1", "exact set", "lines"]
        parts += [
            markdown_row(head),
            markdown_row(["---"] * len(head)),
            *map(_attribution_row, results["attribution"]),
            "",
        ]
    missing = dict.fromkeys(f"{row['system']}: {row['missing']}" for row in results["rows"] if "missing" in row)
    parts += [f"Not measured: {reason}" for reason in missing]
    return "\n".join([*parts, "", _measured_with(results)]).strip() + "\n"


def markdown_row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _columns(row: Row) -> list[str]:
    found = row["scores"]
    intervals = [
        f"{100 * s['mid']:.1f} ({100 * s['low']:.1f}–{100 * s['high']:.1f})" for s in (found[n] for n in _SHOWN)
    ]
    balance = f"{found['balance']['mid']:.2f}" if "balance" in found else ""
    return [row["system"], *intervals, f"{found['words']['mid']:.0f}", balance, f"{row['seconds']:.2f}"]


def _attribution_row(row: Row) -> str:
    shares = (f"{row[name]:.3f}" for name in ("precision", "recall", "f1", "exact"))
    return markdown_row([row["set"], row["counted"], *shares, str(row["lines"])])


def _cells(row: Row) -> str:
    return "  ".join(f"{100 * row['scores'][name]['mid']:6.2f}" for name in _SHOWN)


def _measured_with(results: dict[str, Any]) -> str:
    packages = ", ".join(f"{name} {number}" for name, number in results["versions"].items())
    hashes = ", ".join(f"{name} {about['sha256'][:12]}" for name, about in results["sets"].items())
    return f"{packages}; {results['machine']}; seed {results['seed']}; data {hashes}."


def insert(page: str, made: str) -> str:
    """The page with the table between its marks.

    Raises:
        ValueError: it has no such marks.
    """
    start, end = MARKS
    before, found, rest = page.partition(start)
    _, closed, after = rest.partition(end)
    if not (found and closed):
        raise ValueError(f"the page has no place for the table: put {start} and {end} where it belongs")
    return f"{before}{start}\n{made}{end}{after}"


def _about(stories: StorySet) -> dict[str, Any]:
    return {
        "title": stories.title,
        "stories": len(stories.examples),
        "words": stories.words,
        "sha256": stories.sha256,
    }


def versions() -> dict[str, str]:
    found = {"Python": platform.python_version()}
    for name in _PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found


def machine() -> str:
    cpu = Path("/proc/cpuinfo")
    lines = cpu.read_text().splitlines() if cpu.is_file() else []
    model = next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "")
    return f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores{', ' + model if model else ''}"


def main(args: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.bench", description=__doc__.partition("\n")[0])
    parser.add_argument("--systems", nargs="+", metavar="NAME", help="only these")
    parser.add_argument("--sets", nargs="+", metavar="NAME", help="only these: fixtures-60, allsides ...")
    parser.add_argument("--model", nargs="+", default=[], metavar="CHECKPOINT", help="hub names or folders to add")
    parser.add_argument("--out", type=Path, default=RESULTS, metavar="FOLDER")
    parser.add_argument("--page", type=Path, metavar="FIGURES.md", help="put the table between its marks")
    chosen = parser.parse_args(args)
    sets = [s for s in (*fixture_sets(), *real_sets()) if not chosen.sets or s.name in chosen.sets]
    results = {
        "versions": versions(),
        "machine": machine(),
        "seed": SEED,
        "sets": {stories.name: _about(stories) for stories in sets},
        "rows": list(rows(sets, chosen.systems, chosen.model)),
        "attribution": list(attribution_rows(sets)),
        "judged": [] if chosen.sets else judged_lines(),
    }
    chosen.out.mkdir(parents=True, exist_ok=True)
    (chosen.out / "results.json").write_text(json.dumps(results, ensure_ascii=False, indent=1), encoding="utf-8")
    made = table(results)
    (chosen.out / "table.md").write_text(made, encoding="utf-8")
    if chosen.page is not None:
        chosen.page.write_text(insert(chosen.page.read_text(encoding="utf-8"), made), encoding="utf-8")
    _plot(results, chosen.out)
    print(made)
    return 0


def _plot(results: dict[str, Any], folder: Path) -> None:
    try:
        from benchmarks.plots import plot
    except ImportError:
        print('no plots: pip install "newsum[bench]"', file=sys.stderr)
    else:
        plot(results, folder)


if __name__ == "__main__":
    sys.exit(main())
