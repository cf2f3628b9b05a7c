"""Figures are read by their value, however news writes them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsum.text.quantities import quantities

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
    assert [(n.value, n.unit) for n in quantities(text)] == values


def test_offsets_are_of_the_figure_with_its_scale_and_unit():
    text = "A third of 1,200 people paid $1.2bn, 4.5 percent more."
    assert [text[n.start : n.end] for n in quantities(text)] == ["A third", "1,200", "$1.2bn", "4.5 percent"]


def test_a_long_run_of_digits_takes_no_time_and_raises_nothing():
    assert len(quantities("1" * 5_000 + " 2" * 500)) >= 500


PIECES = "a no. No. third half million stone tender one ten and of percent minus $ $5 1,200 2.30 p.m. 55bn".split()


@given(st.lists(st.sampled_from([*PIECES, " ", "\n"]), max_size=14).map(" ".join))
def test_looking_only_where_figures_may_stand_misses_none(text):
    """Between two figures all of a text is looked through."""
    before, after = "7 words here. ", " plus words 7"
    around = quantities(before + text + after)
    moved = [(n.start - len(before), n.end - len(before), n.value, n.unit) for n in around[1:-1]]
    assert moved == [(n.start, n.end, n.value, n.unit) for n in quantities(text)]


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("$1.2bn", 1.2e9, "$"),
        ("US$3m", 3e6, "$"),
        ("$3M", 3e6, "$"),
        ("£84m", 84e6, "£"),
        ("€ 5bn", 5e9, "€"),
        ("50€", 50, "€"),
        ("3.2 million dollars", 3.2e6, "$"),
        ("$1.5-billion", 1.5e9, "$"),
        ("55bn", 55e9, ""),
        ("55 bn", 55e9, ""),
        ("55 billion", 55e9, ""),
        ("4.5 percent", 4.5, "%"),
        ("4.5 per cent", 4.5, "%"),
        ("4.5%", 4.5, "%"),
        ("5-percent", 5, "%"),
        ("one percent", 1, "%"),
        (".5 percent", 0.5, "%"),
        ("-3.5%", -3.5, "%"),
        ("minus 3", -3, ""),
        ("−4", -4, ""),
        ("-$5m", -5e6, "$"),
        ("1,200", 1200, ""),
        ("1,800,000", 1.8e6, ""),
        ("1.200", 1.2, ""),
        ("2½", 2.5, ""),
        ("twenty-two", 22, ""),
        ("Seventy-five", 75, ""),
        ("two hundred thousand", 2e5, ""),
        ("One million", 1e6, ""),
        ("two and a half million", 2.5e6, ""),
        ("one and a half", 1.5, ""),
        ("half a million", 5e5, ""),
        ("half-million", 5e5, ""),
        ("half a dozen", 6, ""),
        ("a dozen", 12, ""),
        ("two dozen", 24, ""),
        ("a hundred", 100, ""),
        ("two-thirds", 2 / 3, ""),
        ("three quarters", 0.75, ""),
        ("1990s", 1990, ""),
        ("3rd", 3, "th"),
        ("third", 3, "th"),
        ("12th", 12, "th"),
    ],
)
def test_a_figure_has_its_value_however_it_is_written(text, value, unit):
    sentence = f"They had {text} of them."
    (found,) = quantities(sentence)
    assert (found.value, found.unit, sentence[found.start : found.end]) == (pytest.approx(value), unit, text)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("the 2026-27 season", [2026, 2027]),
        ("in 2001–02", [2001, 2002]),
        ("on 2026-03-10", [2026, 3, 10]),
        ("10-12 people", [10, 12]),
        ("a 3-2 win", [3, 2]),
        ("a 6.9-magnitude quake", [6.9]),
        ("a 20-year-old", [20]),
        ("a ten-year plan", [10]),
        ("the mid-1990s", [1990]),
        ("a third of 90 seats", [1 / 3, 90]),
        ("from 5 to 6 million", [5, 6e6]),
        ("iOS 17.4.1", [17.4]),
        ("pages 1,2,3", [1, 2, 3]),
        ("100 m", [100]),
    ],
)
def test_figures_that_stand_together_are_told_apart(text, values):
    assert [n.value for n in quantities(text)] == pytest.approx(values)


@pytest.mark.parametrize(
    "text",
    [
        *("at 10:30 a.m.", "at 2.30pm", "at 09:15:30", "No. 10 said", "no. 5", "Nos. 7", "COVID-19", "Covid-19"),
        *("an F-35 jet", "the G7", "B52s", "5G masts", "one of them", "dozens", "No one", "often", "first", "a half"),
    ],
)
def test_times_labels_and_parts_of_names_count_nothing(text):
    assert quantities(text) == ()


def test_letters_that_only_fold_to_a_figures_letters_do_no_harm():
    assert [n.value for n in quantities("the \u017fixth, \u017fix, 5\u212a, two-third\u017f")] == pytest.approx(
        [6, 6, 5e3, 2 / 3]
    )
