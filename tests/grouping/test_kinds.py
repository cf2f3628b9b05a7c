"""Two events of a kind, a country or a league stay apart, and one event told in other words comes together."""

from pathlib import Path

import pytest
from told_heaps import told_heaps

from newsum.grouping import group

# The second file's were written before they were first measured, after the model of pairs was made
HEAPS = {
    name: told
    for file in ("heaps.txt", "more_heaps.txt")
    for name, told in told_heaps(Path(__file__).with_name(file)).items()
}
WRONG = (  # still; one that comes right fails the run, so that it is taken out of this list
    "two matches of one club, in one week, told at length",
    "two strikes at airports",
    "one landslide, in other words",
    "one verdict, in other words, no dates",
    "one protest that goes on for three days",
    "two cup draws of one country; long, alike by habit of the writer",
    "one strike deal in other words, told on three days",
    "one ferry accident, told in three ways; a new ferry line of the same island",
    "one train strike over four days; an accident on the same line",
    "one rescue, other words, and one arrest in the same town",
)


def marked(name):
    return pytest.param(name, marks=pytest.mark.xfail(strict=True)) if name in WRONG else name


@pytest.mark.parametrize("name", map(marked, HEAPS))
def test_a_heap_comes_apart_into_its_events(name):
    events = {}
    for event, article in HEAPS[name]:
        events.setdefault(event, set()).add((article.outlet, article.title))
    found = group(article for _, article in HEAPS[name])
    told = [{(article.outlet, article.title) for article in story.articles} for story in found]
    assert sorted(map(sorted, told)) == sorted(map(sorted, events.values()))
