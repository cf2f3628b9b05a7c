"""Figures put in each other's places, for what newsum is fitted and measured by."""

import pytest

from newsum.articles import Article, Story
from recipes.exchanging import exchanged, near


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("It killed 59 people and hurt 500.", "It killed 500 people and hurt 59."),
        ("Profit was $12 million on $340 million of sales.", "Profit was $340 million on $12 million of sales."),
        ("Twelve of the men and five women left.", "Five of the men and twelve women left."),
        ("Rates rose from 4% to 5%.", "Rates rose from 5% to 4%."),
    ],
)
def test_two_figures_of_one_kind_change_places(line, expected):
    found = exchanged(line, "swapped", (), 0)
    assert found is not None
    assert found.text == expected
    figures = {expected[start:end] for start, end in found.spans}
    assert len(figures) == 2
    assert all(figure in expected and figure.strip("$%") for figure in figures)


@pytest.mark.parametrize(
    "line",
    [
        "It killed 59 people.",
        "In 2019 it had 1,900 members.",
        "It takes between 5 and 10 days.",
        "Ann Lee, 43, has 43 cows.",
        "They met on 3 May at 4 p.m.",
        "It cost $5 and took 6 days.",
    ],
)
def test_what_is_no_pair_of_one_kind_stays(line):
    assert exchanged(line, "swapped", (), 0) is None


def test_a_figure_is_borrowed_from_near_the_sentence_that_has_the_lines_own():
    text = "The fire burnt 19 homes. It took 80 men to put it out.\n\nA. B. C. D. E.\n\nFar away 700 people slept."
    story = Story((Article("Port Gazette", text),))
    beside = near(story, "Nineteen homes burnt, 19 in all.")
    assert "It took 80 men to put it out." in beside
    found = exchanged("Some 19 homes burnt.", "borrowed", beside, 0)
    assert found is not None
    assert (found.text, found.spans) == ("Some 80 homes burnt.", ((5, 7),))
    assert exchanged("Some 75 homes burnt.", "borrowed", ["It took 80 men."], 0) is None  # near enough to be rounded
