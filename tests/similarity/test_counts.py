"""What is counted, over which span of time, and when a later figure replaces an earlier."""

import pytest

from newsum.similarity import counts as counting
from newsum.similarity.counts import counts, running, spans
from newsum.text.analysis import analyse


def supersedes(later, earlier):
    return counting.supersedes(running(analyse(later)), running(analyse(earlier)))


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("1,400 workers walked out.", [("worker", 1400.0)]),
        ("The toll rose to 118.", [("dead", 118.0)]),
        ("118 people were killed.", [("dead", 118.0)]),
        ("118 dead were counted.", [("dead", 118.0)]),
        ("At least 310 people were injured.", [("injured", 310.0)]),
        ("640 people were injured and 43 are still missing.", [("injured", 640.0), ("missing", 43.0)]),
        ("It happened in 2019.", []),
        ("It cost $40m.", []),
    ],
)
def test_a_count_goes_by_its_noun_or_by_what_happened(text, counted):
    assert list(counts(analyse(text))) == counted


def test_a_later_death_toll_replaces_an_earlier_one():
    earlier, later = "The quake killed at least 37 people.", "The death toll has risen to 118, officials said."
    assert supersedes(later, earlier)
    assert not supersedes("The quake killed 37 people.", earlier)
    assert not supersedes("The quake left 118 people homeless.", earlier)


def test_fewer_missing_replace_more():
    assert supersedes("Nine people are still missing.", "43 people are listed as missing.")
    assert not supersedes("43 people are listed as missing.", "Nine people are still missing.")


def test_figures_that_do_not_run_are_not_replaced():
    assert not supersedes("The union counts 3,200 workers.", "The company counts 1,800 workers.")


@pytest.mark.parametrize(
    ("text", "over"),
    [
        ("The line cancelled 178 sailings over the week of the strike.", {"week"}),
        ("It runs 70 daily sailings.", {"day"}),
        ("A fine of 4 percent of its annual turnover.", {"year"}),
        ("The strike began a week ago.", set()),
    ],
)
def test_a_span_of_time_is_told_from_a_time(text, over):
    assert spans(text) == over
