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
        ("minus $ 1,200", -1200, "$"),
        ("$1.2bn", 1.2e9, "$"),
        ("US$3m", 3e6, "US$"),
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
        ("from 5 to 6 million", [5e6, 6e6]),
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


def read(text):
    """The figures of a text, each as it is told: value, and unit or measure where it has one."""
    return [(n.value, n.unit or n.measure) if n.unit or n.measure else n.value for n in quantities(text)]


SPELT = {
    "two hundred and fifty thousand four hundred and twelve votes": [250_412],
    "a hundred and fifty homes": [150],
    "one hundred fifty homes": [150],
    "three million two hundred thousand people": [3_200_000],
    "one hundred twenty-three million four hundred fifty-six thousand seven hundred eighty-nine": [123_456_789],
    "twelve hundred jobs": [1200],
    "twenty-five hundred jobs": [2500],
    "two thousand and eight": [2008],
    "two thousand twenty-four": [2024],
    "nineteen eighty-four": [1984],
    "in nineteen fourteen": [1914],
    "by twenty thirty-one": [2031],
    "in eighteen twelve": [1812],
    "nineteen hundred": [1900],
    "the nineteen-nineties": [1990],
    "nineteen twelve-year-olds": [19, (12, "year")],
    "twenty fifty-pound notes": [20, (50, "£")],
    "five dozen eggs": [60],
    "forty thousand": [40_000],
    "one thousand and one": [1001],
    "two and three-quarter hours": [(2.75, "hour")],
    "three and a quarter miles": [(3.25, "mile")],
    "a million and a half people": [1_500_000],
    "one-eighth of it": [0.125],
    "seven tenths": [0.7],
    "three fifths of members": [0.6],
    "2/3 of the members": [2 / 3],
    "five lakh rupees": [(500_000, "₹")],
    "Rs 12 crore": [(120_000_000, "₹")],
    "2 lakh crore": [2e12],
    "nineteen of twenty": [19, 20],
    "five, six, seven": [5, 6, 7],
    "one in five": [5],
    "1 in 5": [5],
    "two hundred thousand million": [2e11],
}


@pytest.mark.parametrize("text", SPELT)
def test_a_number_in_words_of_any_length_is_one_number(text):
    assert read(text) == [v if isinstance(v, tuple) else pytest.approx(v) for v in SPELT[text]]


RANKS = {
    "the twenty-first century": 21,
    "the 21st century": 21,
    "the twenty-second day": 22,
    "the hundredth game": 100,
    "her one hundred and fifth cap": 105,
    "the thirtieth time": 30,
    "the nineteenth hole": 19,
    "the 1,000th visitor": 1000,
    "the forty-third president": 43,
    "the thousandth run": 1000,
    "the fourteenth floor": 14,
}


@pytest.mark.parametrize("text", RANKS)
def test_an_ordinal_of_any_length_is_a_rank(text):
    assert read(text) == [(RANKS[text], "th")]


RANGES = {
    "between 2 and 3 million homes": [2e6, 3e6],
    "between 1 and 2 million homes": [1e6, 2e6],
    "1 to 2 million homes": [1e6, 2e6],
    "between one and two thousand marched": [1000, 2000],
    "from one to three per cent": [(1, "%"), (3, "%")],
    "no one and 2 million homes": [2e6],
    "one of two thousand": [2000],
    "$4-5 billion": [(4e9, "$"), (5e9, "$")],
    "30 to 40 thousand trees": [30e3, 40e3],
    "two to three million": [2e6, 3e6],
    "two or three hundred people": [200, 300],
    "5 to 10 percent": [(5, "%"), (10, "%")],
    "between 12 and 15%": [(12, "%"), (15, "%")],
    "€1.5–2bn": [(1.5e9, "€"), (2e9, "€")],
    "£20m-30m": [(20e6, "£"), (30e6, "£")],
    "$4 to $5 billion": [(4e9, "$"), (5e9, "$")],
    "between £2 and £3 million": [(2e6, "£"), (3e6, "£")],
    "4-5 billion dollars": [(4e9, "$"), (5e9, "$")],
    "10, 20 and 30 percent": [(10, "%"), (20, "%"), (30, "%")],
    "from 10 to 12m": [10e6, 12e6],
    "a two- to three-million gap": [2e6, 3e6],
    "five to six kilometres": [(5, "km"), (6, "km")],
    "between four and six weeks": [(4, "week"), (6, "week")],
    "6- to 8-week courses": [(6, "week"), (8, "week")],
    "900,000 to 1 million": [900e3, 1e6],
    "500 to 1,500 jobs": [500, 1500],
    "in 2019 and 3 million in 2020": [2019, 3e6, 2020],
    "from 2020 to 5 percent": [2020, (5, "%")],
    "€20 to 30 a head": [(20, "€"), (30, "€")],
    "gave $5 to 10 people": [(5, "$"), 10],
    "a 3-2 win": [3, 2],
}


@pytest.mark.parametrize("text", RANGES)
def test_both_ends_of_a_range_have_its_scale_and_unit(text):
    assert read(text) == RANGES[text]


GROUPED = {
    "1,234,567": 1234567,
    "1.234.567": 1234567,
    "1 234 567": 1234567,
    "1\u00a0234\u00a0567": 1234567,
    "12\u202f345": 12345,
    "12 345": 12345,
    "12,34,567": 1234567,
    "1,23,45,678": 12345678,
    "1'234": 1234,
    "1’234’567": 1234567,
    "1.234.567,89": 1234567.89,
    "1.234,50": 1234.5,
    "1,234.56": 1234.56,
    "2,5 million": 2.5e6,
    "1.200": 1.2,
}


@pytest.mark.parametrize("text", GROUPED)
def test_digits_are_grouped_in_the_style_of_any_country(text):
    assert read(f"There were {text} of them.") == [pytest.approx(GROUPED[text])]


UNITS = {
    "A$5m": [(5e6, "A$")],
    "5 million Australian dollars": [(5e6, "A$")],
    "US$5": [(5, "US$")],
    "C$3bn": [(3e9, "C$")],
    "HK$20": [(20, "HK$")],
    "USD 5 million": [(5e6, "US$")],
    "EUR 3m": [(3e6, "€")],
    "3 million euros": [(3e6, "€")],
    "¥500": [(500, "¥")],
    "500 yen": [(500, "JP¥")],
    "20 billion yuan": [(20e9, "CN¥")],
    "₹500": [(500, "₹")],
    "9 million Swiss francs": [(9e6, "CHF")],
    "300 million kronor": [(300e6, "kr")],
    "40 rand": [(40, "rand")],
    "50 cents": [(50, "¢")],
    "50p": [(50, "p")],
    "70 pence": [(70, "p")],
    "3 percentage points": [(3, "pp")],
    "25 basis points": [(25, "bp")],
    "5 km": [(5, "km")],
    "5km": [(5, "km")],
    "a five-mile road": [(5, "mile")],
    "12 square kilometres": [(12, "km2")],
    "80 hectares": [(80, "ha")],
    "30C": [(30, "°C")],
    "30 degrees Celsius": [(30, "°C")],
    "86°F": [(86, "°F")],
    "40 degrees": [(40, "°")],
    "100 km/h": [(100, "km/h")],
    "60 mph": [(60, "mph")],
    "300 tonnes": [(300, "t")],
    "20 litres": [(20, "l")],
    "a 20-year-old": [(20, "year")],
    "eleven months": [(11, "month")],
    "500 megawatts": [(500, "MW")],
    "10kg": [(10, "kg")],
    "the 100m final": [(100, "m")],
    "20 jobs": [20],
}


@pytest.mark.parametrize("text", UNITS)
def test_currencies_and_measures_are_told_apart(text):
    assert read(text) == UNITS[text]


def test_one_alone_counts_nothing_whether_in_digits_or_in_words():
    assert read("1 person") == read("one person") == []
    assert read("on 1 May") == [1]
    assert read("a 1-0 win") == [1, 0]
