"""What does a setting do? The length asked for, swept, with the scores plotted.

    python examples/sweep_setting.py --system centroid --words 30 60 90 120 --out sweep.png

Longer briefs win recall and lose precision; the plot shows where a system's F1 peaks for references of a given length.
Without matplotlib the numbers alone are printed.
"""

import argparse
from collections.abc import Sequence
from pathlib import Path

from newsum import Summariser
from newsum.evaluation import Scores, evaluate
from newsum.evaluation.baselines import BASELINES
from newsum.evaluation.datasets import load

FIXTURES = Path(__file__).parent / "stories"


def main(args: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--system", default="planned", help="planned, a checkpoint, or a baseline")
    parser.add_argument("--words", type=int, nargs="+", default=[30, 60, 90, 120])
    parser.add_argument("--references", type=int, default=60, help="the length of the references, 60 or 120")
    parser.add_argument("--out", type=Path, help="a PNG, PDF or SVG file")
    chosen = parser.parse_args(args)
    system = (
        BASELINES.get(chosen.system)
        or Summariser(model=None if chosen.system == "planned" else chosen.system).summarise
    )
    examples = list(load(FIXTURES, words=chosen.references))
    references = [list(example.references) for example in examples]
    swept: dict[int, Scores] = {}
    for words in chosen.words:
        summaries = [system(example.story, words=words) for example in examples]
        swept[words] = evaluate(summaries, references, words=words, empty="zero")
        found = swept[words]["rouge1"]
        print(f"{words:4} words  ROUGE-1 {found.mid:.4f} ({found.low:.4f} to {found.high:.4f})")
    if chosen.out:
        _plot(swept, chosen.system, chosen.out)


def _plot(swept: dict[int, Scores], system: str, out: Path) -> None:
    from matplotlib.figure import Figure

    figure = Figure(figsize=(6, 4))
    axis = figure.subplots()
    for name in ("rouge1", "rouge2", "rougeLsum"):
        found = [scores[name] for scores in swept.values()]
        axis.plot(list(swept), [s.mid for s in found], marker="o", label=name)
        axis.fill_between(list(swept), [s.low for s in found], [s.high for s in found], alpha=0.2)
    axis.set(title=system, xlabel="words asked for", ylabel="F1, 95% interval")
    axis.legend()
    figure.savefig(out, bbox_inches="tight")
    print(f"plot: {out}")


if __name__ == "__main__":
    main()
