"""Figures are read by their value, however news writes them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsum.text import quantities as figures
from newsum.text.quantities import numbers

READ = {
    "$1.2bn": [(1.2e9, "$")],
    "1.2 billion dollars": [(1.2e9, "$")],
    "55 billion cubic metres": [(55e9, "")],
    "55bn": [(55e9, "")],
    "twenty-two": [(22.0, "")],
    "two-thirds": [(pytest.approx(2 / 3), "")],
    "4.5 percent": [(4.5, "%")],
    "4.5 per cent": [(4.5, "%")],
    "4.5%": [(4.5, "%")],
    "1,234,567 votes": [(1234567.0, "")],
    "1.200 seconds": [(1.2, "")],
    "half a million": [(500_000.0, "")],
    "a dozen": [(12.0, "")],
    "the 9th": [(9.0, "th")],
    "the ninth": [(9.0, "th")],
    "in 2026-27": [(2026.0, ""), (2027.0, "")],
    "minus 5 degrees": [(-5.0, "")],
    "£84m": [(84e6, "£")],
    "€52 million": [(52e6, "€")],
    "at 10:30": [],
    "COVID-19": [],
    "No. 10": [],
    "one of them": [],
    "a billionaire, 52": [(52.0, "")],
    "nothing here": [],
    "": [],
}


@pytest.mark.parametrize(("text", "values"), READ.items(), ids=[text or "empty" for text in READ])
def test_a_figure_has_its_value_and_unit(text, values):
    assert [(n.value, n.unit) for n in numbers(text)] == values


def test_offsets_are_of_the_figure_with_its_scale_and_unit():
    text = "A third of 1,200 people paid $1.2bn, 4.5 percent more."
    assert [text[n.start : n.end] for n in numbers(text)] == ["A third", "1,200", "$1.2bn", "4.5 percent"]


def test_a_long_run_of_digits_takes_no_time_and_raises_nothing():
    assert len(numbers("1" * 5_000 + " 2" * 500)) >= 500


PIECES = "a no. No. third half million stone tender one ten and of percent minus $ $5 1,200 2.30 p.m. 55bn".split()


@given(st.lists(st.sampled_from([*PIECES, " ", "\n"]), max_size=14).map(" ".join))
def test_looking_only_where_figures_may_stand_misses_none(text):
    found = numbers.__wrapped__(text)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(figures, "_stretch", lambda text, *_: (0, len(text)))
        assert numbers.__wrapped__(text) == found
