"""A figure of scores shows each system's mean and interval, in a form to publish."""

import re

import pytest
from extras import need

need("plot")

from matplotlib.figure import Figure

import newsum
from newsum.evaluation.plots import plot

REFERENCES = [f"The treaty number {n} was signed in the capital on Monday." for n in range(12)]
GOOD = newsum.evaluate(REFERENCES, REFERENCES)
BAD = newsum.evaluate(["A ferry sailed."] * 12, REFERENCES)


def test_a_panel_a_score_and_a_row_a_system():
    figure = plot({"newsum": GOOD, "lead": BAD}, ("rouge1", "rouge2"))
    assert isinstance(figure, Figure)
    assert [panel.get_title() for panel in figure.axes] == ["ROUGE-1", "ROUGE-2"]
    assert [label.get_text() for label in figure.axes[0].get_yticklabels()] == ["newsum", "lead"]
    means = [line.get_xdata()[0] for line in figure.axes[0].lines if line.get_marker() == "o"]
    assert means == pytest.approx([100 * GOOD["rouge1"].mid, 100 * BAD["rouge1"].mid])


def test_who_differs_from_the_one_held_against_has_a_filled_mark():
    figure = plot({"newsum": GOOD, "same": GOOD, "lead": BAD}, ("rouge1",), against="lead")
    marks = [line.get_markerfacecolor() for line in figure.axes[0].lines if line.get_marker() == "o"]
    assert marks == ["#0072B2", "#0072B2", "white"]
    assert "filled: differs from lead (p &lt; 0.05)" in figure._repr_svg_()


def test_one_systems_scores_are_a_row():
    assert [label.get_text() for label in plot(GOOD).axes[0].get_yticklabels()] == ["newsum"]


def test_other_scores_are_drawn_as_they_stand():
    figure = plot({"a": GOOD}, ("words",))
    assert figure.axes[0].lines[0].get_xdata()[0] == pytest.approx(GOOD["words"].mid)


def test_a_figure_is_the_same_bytes_each_time_and_its_text_stays_text():
    first, second = (plot({"newsum": GOOD, "lead": BAD})._repr_svg_() for _ in range(2))
    assert first == second
    assert re.search(r"<text[^>]*>ROUGE-Lsum</text>", first)


def test_it_is_saved_as_a_file_to_publish(tmp_path):
    plot(GOOD).savefig(tmp_path / "x.pdf")
    assert (tmp_path / "x.pdf").read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize(
    ("systems", "options", "told"),
    [
        ({}, {}, "takes scores by name"),
        ({"a": 1}, {}, "takes scores by name"),
        ({"a": GOOD}, {"scores": ("rouge9",)}, 'a has no score "rouge9": it has rouge1'),
        ({"a": GOOD}, {"against": "b"}, 'against="b" is none of the systems: a'),
        ({"a": GOOD, "b": newsum.evaluate(["x"], ["x"])}, {}, "b are not of the same stories"),
    ],
)
def test_what_cannot_be_drawn_is_said(systems, options, told):
    with pytest.raises(newsum.SettingsError, match=told):
        plot(systems, **options)


def test_scores_and_comparisons_show_themselves_as_tables():
    assert repr(GOOD).startswith("<Scores of 12 stories: rouge1 1.0000, ")
    assert "<td" in GOOD._repr_html_()
    assert "| rouge1 | 1.0000 | 1.0000 to 1.0000 | 12 |" in GOOD._repr_markdown_()
    compared = GOOD.compare(BAD)
    assert compared["rouge1"].p < 0.05
    assert "| score | difference | interval | p | stories |" in compared._repr_markdown_()
    assert compared._repr_html_().count("<tr>") == len(compared) + 1
