"""Draws results as PNG files: ROUGE, quality against speed, attribution, reliability, speed, growth."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import matplotlib

matplotlib.use("Agg")  # before pyplot: there may be no screen
from matplotlib import pyplot

__all__ = ["plot", "plot_speed", "reliability"]

_BINS = 10


def plot(results: dict[str, Any], folder: Path) -> list[Path]:
    """Draw what there are numbers for; returns the files written."""
    measured = [row for row in results["rows"] if "scores" in row]
    titles = {name: about["title"] for name, about in results["sets"].items()}
    figures = {"rouge.png": _rouge(measured, titles), "speed.png": _speed(measured, titles)} if measured else {}
    if results["attribution"]:
        figures["attribution.png"] = _attribution(results["attribution"])
    if results["judged"]:
        figures["reliability.png"] = _reliability(results["judged"])
    for name, figure in figures.items():
        figure.savefig(folder / name, dpi=120, bbox_inches="tight")
        pyplot.close(figure)
    return [folder / name for name in figures]


def _rouge(rows: Sequence[dict[str, Any]], titles: dict[str, str]) -> Any:
    figure, axes = pyplot.subplots(1, len(titles), figsize=(3.2 * len(titles), 3.6), squeeze=False, sharey=True)
    for axis, (name, title) in zip(axes[0], titles.items(), strict=True):
        own = [row for row in rows if row["set"] == name]
        scores = [row["scores"]["rouge1"] for row in own]
        below, above = [s["mid"] - s["low"] for s in scores], [s["high"] - s["mid"] for s in scores]
        axis.errorbar([s["mid"] for s in scores], [r["system"] for r in own], xerr=[below, above], fmt="o", capsize=3)
        axis.set(title=title, xlabel="ROUGE-1 F1, 95% interval")
    axes[0][0].invert_yaxis()
    return figure


def _speed(rows: Sequence[dict[str, Any]], titles: dict[str, str]) -> Any:
    figure, axis = pyplot.subplots(figsize=(6, 4.5))
    for name, title in titles.items():
        own = [row for row in rows if row["set"] == name]
        axis.scatter([r["seconds"] for r in own], [r["scores"]["rouge1"]["mid"] for r in own], label=title)
        for row in own:
            axis.annotate(row["system"], (row["seconds"], row["scores"]["rouge1"]["mid"]), fontsize=6)
    axis.set(xscale="log", xlabel="seconds a story", ylabel="ROUGE-1 F1")
    axis.legend(fontsize=7)
    return figure


def _attribution(rows: Sequence[dict[str, Any]]) -> Any:
    """F1 and exact set of the outlets credited, a pair of bars for each set and way of counting."""
    figure, axis = pyplot.subplots(figsize=(6, 0.6 + 0.5 * len(rows)))
    for offset, score in ((-0.2, "f1"), (0.2, "exact")):
        axis.barh([n + offset for n in range(len(rows))], [row[score] for row in rows], height=0.35, label=score)
    axis.set_yticks(range(len(rows)), [f"{row['set']}, {row['counted']}" for row in rows])
    axis.set(xlim=(0, 1), xlabel="attribution: F1, exact set")
    axis.invert_yaxis()
    axis.legend(fontsize=7)
    return figure


def reliability(judged: Sequence[tuple[float, bool]], bins: int = _BINS) -> list[tuple[float, float, int]]:
    """For each bin of the score that holds lines: their mean score, the share judged consistent, how many."""
    held: list[list[tuple[float, bool]]] = [[] for _ in range(bins)]
    for score, consistent in judged:
        held[min(int(score * bins), bins - 1)].append((score, consistent))
    return [
        (sum(score for score, _ in lines) / len(lines), sum(good for _, good in lines) / len(lines), len(lines))
        for lines in held
        if lines
    ]


def _reliability(judged: Sequence[tuple[float, bool]]) -> Any:
    points = reliability(judged)
    figure, axis = pyplot.subplots(figsize=(4.5, 4.5))
    axis.plot([0, 1], [0, 1], linestyle=":", color="grey")
    axis.plot([score for score, _, _ in points], [share for _, share, _ in points], marker="o")
    for score, share, count in points:
        axis.annotate(str(count), (score, share), fontsize=7, textcoords="offset points", xytext=(4, -10))
    axis.set(xlabel="support score", ylabel="share that people judged consistent", xlim=(0, 1), ylim=(0, 1))
    return figure


def plot_speed(rows: Sequence[dict[str, Any]], folder: Path) -> list[Path]:
    """Draw what benchmarks.speed measured: ratios with their spread, and growth; returns the files written."""
    compared = [row for row in rows if "ratio" in row]
    grown = [row for row in rows if row["part"] == "growth"]
    figures = {}
    if compared:
        figures["speed-ratios.png"] = _ratios(compared)
    if grown:
        figures["speed-growth.png"] = _growth(grown)
    for name, figure in figures.items():
        figure.savefig(folder / name, dpi=120, bbox_inches="tight")
        pyplot.close(figure)
    return [folder / name for name in figures]


def _ratios(rows: Sequence[dict[str, Any]]) -> Any:
    figure, axis = pyplot.subplots(figsize=(7, 0.8 + 0.3 * len(rows)))
    middle = [row["ratio"] for row in rows]
    spread = [[row["ratio"] - row["least"] for row in rows], [row["most"] - row["ratio"] for row in rows]]
    axis.errorbar(middle, range(len(rows)), xerr=spread, fmt="o", capsize=3)
    axis.set_yticks(range(len(rows)), [f"{row['part']}: {row['what']} {row.get('shape', '')}" for row in rows])
    axis.axvline(1, linestyle=":", color="grey")
    axis.set(xscale="log", xlabel="times as fast as what it is held against; least, median and most of the repeats")
    axis.tick_params(axis="y", labelsize=6)
    axis.invert_yaxis()
    return figure


def _growth(rows: Sequence[dict[str, Any]]) -> Any:
    kinds = list(dict.fromkeys(row["of"] for row in rows))
    figure, axes = pyplot.subplots(2, len(kinds), figsize=(3.6 * len(kinds), 5.5), squeeze=False)
    for column, kind in enumerate(kinds):
        own = [row for row in rows if row["of"] == kind]
        for axis, measured in ((axes[0][column], "seconds"), (axes[1][column], "peak MB")):
            axis.plot([row["size"] for row in own], [row[measured] for row in own], marker="o")
            axis.set(xlabel=kind, ylabel=measured, xscale="log", ylim=(0, None))
    return figure
