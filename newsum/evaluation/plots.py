"""Draws the scores of systems side by side, as a figure to publish.

    plot({"newsum": scores, "lead": others}, against="lead").savefig("scores.pdf")

In: each system's `Scores`, of the same stories. Out: a matplotlib figure, a panel a score and a row a system: the mean
over stories, and the bootstrap interval around it. It needs newsum[plot].
"""

import io
from collections.abc import Mapping, Sequence
from typing import Any

from newsum.errors import SettingsError, needing
from newsum.evaluation.scores import Scores

with needing("plot", "a figure of scores"):
    from matplotlib import rc_context
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

__all__ = ["Plot", "plot"]

_ROUGE = {"rouge1": "ROUGE-1", "rouge2": "ROUGE-2", "rougeL": "ROUGE-L", "rougeLsum": "ROUGE-Lsum"}
_BLUE = "#0072B2"  # of the palette by Okabe and Ito, which colour-blind readers can tell apart; dark enough in grey
_SURE = 0.05  # the p below which two systems are said to differ
_PANEL, _ROW, _FRAME = 2.35, 0.24, 0.9  # inches: three panels are as wide as a page of two columns
_STYLE: Any = {
    "font.family": "sans-serif",
    "font.size": 8,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.spines.left": False,
    "axes.axisbelow": True,
    "svg.fonttype": "none",  # text stays text
    "svg.hashsalt": "newsum",  # the same bytes each time
    "pdf.fonttype": 42,  # fonts that printers' checks accept
}


class Plot(Figure):
    """A figure that a notebook shows, whether or not pyplot is in use; `savefig` writes PDF, SVG or PNG."""

    def _repr_svg_(self) -> str:
        drawn = io.StringIO()
        with rc_context(_STYLE):
            self.savefig(drawn, format="svg", metadata={"Date": None})
        return drawn.getvalue()


def plot(
    systems: Scores | Mapping[str, Scores],
    scores: Sequence[str] = ("rouge1", "rouge2", "rougeLsum"),
    *,
    against: str = "",
) -> Plot:
    """Draw the scores of systems side by side.

    Args:
        systems: name -> what `newsum.evaluate` found, in the order of the rows; or one system's scores.
        scores: the names of the scores, one a panel. ROUGE is drawn in hundredths, as papers give it.
        against: the system that the others are held against: those that differ from it (p < 0.05, paired
            permutation test) have a filled mark, the others a hollow one.

    Raises:
        SettingsError: there is no system, one is not of the same stories as the first, or a name is unknown.
        MissingExtra: matplotlib is not installed.
    """
    systems = {"newsum": systems} if isinstance(systems, Scores) else systems
    _require(systems, scores, against)
    with rc_context(_STYLE):
        figure = Plot(figsize=(_PANEL * len(scores), _FRAME + _ROW * len(systems)), layout="constrained")
        FigureCanvasAgg(figure)
        panels = figure.subplots(1, len(scores), sharey=True, squeeze=False)[0]
        for panel, score in zip(panels, scores, strict=True):
            _draw(panel, systems, score, against)
        panels[0].set_yticks(range(len(systems)), systems)
        panels[0].invert_yaxis()
        figure.supxlabel(_caption(next(iter(systems.values())), against), fontsize=7, color="#444444")
    return figure


def _require(systems: Mapping[str, Scores], scores: Sequence[str], against: str) -> None:
    if not systems or not all(isinstance(found, Scores) for found in systems.values()):
        raise SettingsError('a plot takes scores by name: {"newsum": newsum.evaluate(...)}')
    stories = next(iter(systems.values())).stories
    for name, found in systems.items():
        if found.stories != stories:
            raise SettingsError(f"the scores of {name} are not of the same stories as the first system's")
        if missing := [score for score in scores if score not in found]:
            raise SettingsError(f'{name} has no score "{missing[0]}": it has {", ".join(found)}')
    if against and against not in systems:
        raise SettingsError(f'against="{against}" is none of the systems: {", ".join(systems)}')


def _draw(panel: Any, systems: Mapping[str, Scores], score: str, against: str) -> None:
    scale = 100 if score in _ROUGE else 1
    for row, (name, found) in enumerate(systems.items()):
        mid, low, high = (value * scale for value in (found[score].mid, found[score].low, found[score].high))
        filled = not against or (name != against and found.compare(systems[against])[score].p < _SURE)
        face = _BLUE if filled else "white"
        panel.errorbar(
            mid,
            row,
            xerr=[[mid - low], [high - mid]],
            fmt="o",
            color=_BLUE,
            mfc=face,
            ms=5,
            capsize=2.5,
            elinewidth=1.2,
        )
    if against:
        panel.axvline(systems[against][score].mid * scale, color="#999999", linewidth=0.8, linestyle=":")
    panel.set_title(_ROUGE.get(score, score.replace("_", " ")), fontsize=9)
    panel.set_ylim(-0.6, len(systems) - 0.4)
    panel.grid(axis="x", color="#e5e5e5", linewidth=0.8)
    panel.tick_params(length=0)
    panel.locator_params(axis="x", nbins=5, integer=scale > 1)


def _caption(scores: Scores, against: str) -> str:
    said = f"means over {len(scores.stories)} stories, {scores.settings['confidence']:.0%} bootstrap intervals"
    return f"{said}; filled: differs from {against} (p < {_SURE})" if against else said
