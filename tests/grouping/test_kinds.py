"""Two events of a kind, a country or a league stay apart, and one event told in other words comes together."""

from pathlib import Path

import pytest

from newsum.grouping import group
from told_heaps import told_heaps

HEAPS = told_heaps(Path(__file__).with_name("heaps.txt"))


@pytest.mark.parametrize("name", HEAPS)
def test_a_heap_comes_apart_into_its_events(name):
    events = {}
    for event, article in HEAPS[name]:
        events.setdefault(event, set()).add((article.outlet, article.title))
    found = group(article for _, article in HEAPS[name])
    told = [{(article.outlet, article.title) for article in story.articles} for story in found]
    assert sorted(map(sorted, told)) == sorted(map(sorted, events.values()))
