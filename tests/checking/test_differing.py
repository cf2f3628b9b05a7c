"""Where two outlets give different figures for one thing, and where their figures are of different things."""

import pytest

import newsum
from newsum.articles import Article, Story
from newsum.checking import StoryFigures
from newsum.similarity.stories import analyse_story
from newsum.text.analysis import analyse

OURS = "The storm left 46,000 homes in the port of Karrow without power on Friday."


def differing(line, other, *, days=("", ""), outlets=("BBC", "Reuters")):
    """The figures on which two articles of a sentence each differ."""
    articles = [
        Article(outlet, text, id=name, published=day or None)
        for outlet, text, name, day in zip(outlets, (line, other), "ab", days, strict=True)
    ]
    found = StoryFigures(analyse_story(Story(tuple(articles)))).differing(analyse(line), [("a", 0)])
    return [(each.ours.figure.text, each.theirs.figure.text) for each in found]


@pytest.mark.parametrize(
    ("line", "other", "figures"),
    [
        (OURS, "Some 31,000 homes in Karrow lost power in Friday's storm.", ("46,000", "31,000")),
        (
            "The earthquake killed 37 people in western Calderra.",
            "In western Calderra 118 people died in the earthquake.",
            ("37", "118"),
        ),
        (
            "President Solano declared a state of emergency in two provinces.",
            "Solano, the president, has declared a state of emergency in eight provinces.",
            ("two", "eight"),
        ),
        (
            "The count in St. Orlan stopped for almost three hours after a scanner failed.",
            "A scanner failure in St. Orlan held up the count for nearly eight hours.",
            ("three", "eight"),
        ),
    ],
)
def test_two_figures_for_one_thing_differ_in_other_words_too(line, other, figures):
    assert differing(line, other) == [figures]


@pytest.mark.parametrize(
    "other",
    [
        "The storm left 46,300 homes in the port of Karrow without power on Friday.",  # rounded
        "The storm left more than 40,000 homes in the port of Karrow without power on Friday.",  # a bound
        "The storm left 31,000 other homes in the port of Karrow without power on Friday.",
        "The storm left 46,000 homes in Karrow and 31,000 homes in Vessing without power on Friday.",  # has it too
        "The storm left 31,000 homes a day in the port of Karrow without power.",  # over another span
        "A film about whales drew 31,000 visitors to a museum.",
        "The storm is expected to cost insurers $31,000 for each boat in the port.",
    ],
)
def test_what_may_both_be_right_does_not_differ(other):
    assert differing(OURS, other) == []


def test_a_figure_in_a_name_counts_nothing():
    assert differing("The 737 Max 8 left Karrow on Friday.", "The plane left Karrow with 149 people on Friday.") == []


def test_one_outlet_does_not_differ_with_itself():
    other = "Some 31,000 homes in Karrow lost power in Friday's storm."
    assert differing(OURS, other, outlets=("BBC", "BBC")) == []


def test_a_toll_that_a_later_report_raises_is_no_difference():
    line, other = "The earthquake killed 37 people in Calderra.", "The earthquake killed 118 people in Calderra."
    assert differing(line, other, days=("2026-03-10", "2026-03-11")) == []
    assert differing(line, other, days=("2026-03-11", "2026-03-10")) == [("37", "118")]
    assert differing(line, other, days=("2026-03-10", "2026-03-10")) == [("37", "118")]


def test_what_happened_long_ago_is_no_difference():
    line, past = "The earthquake killed 37 people in Calderra.", "The last one, in 1998, killed 61 people in Calderra."
    assert differing(line, past)
    assert differing(line, past, days=("2026-01-18", "2026-01-18")) == []
    assert differing(line, past.replace("1998", "2026"), days=("2026-01-18", "2026-01-18"))


def test_a_brief_says_once_which_words_differ():
    other = "Some 31,000 homes in Karrow lost power in Friday's storm."
    articles = [Article("BBC", OURS), Article("Reuters", other)]
    (found,) = newsum.attribute([OURS, OURS], articles, judge=None).disagreements
    assert (found.kind, [position.outlet for position in found.positions]) == ("number", ["BBC", "Reuters"])
    told = [position.quote[start:end] for position, (start, end) in zip(found.positions, found.spans, strict=True)]
    assert told == ["46,000", "31,000"]


def test_no_figure_no_difference():
    assert differing("The storm left Karrow without power.", "Some 31,000 homes in Karrow lost power.") == []
