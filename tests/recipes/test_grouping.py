"""The heaps that the model of pairs is fitted to."""

import random

from extras import need

need("train")

from newsum.articles import Article
from newsum.grouping.pairs import FEATURES
from recipes.grouping.__main__ import rows
from recipes.grouping.elsewhere import changed, names_of, next_names, other_figures, other_names, taken_names
from recipes.grouping.heaps import large_heaps, small_heaps
from recipes.grouping.stories import once

QUAKE = (
    Article(
        "Gazette",
        "A quake of magnitude 5.1 struck near Vellano on Monday, said Mara Holm of the Calderran Geological Service.",
        "Quake shakes Vellano",
        published="2026-03-09",
    ),
    Article(
        "Post", "Chimneys fell in Vellano when a tremor of magnitude 5.1 came at dawn.", "Chimneys fall in Vellano"
    ),
)
TREATY = (
    Article(
        "Wire", "Osterland signed a gas treaty with Syldavia in Lindau on Friday, said Karl Vance.", "Treaty signed"
    ),
    Article("Post", "Gas for ten years: Karl Vance has what Osterland wanted.", "Osterland gets its gas"),
)


def test_a_story_is_told_elsewhere_with_one_new_word_for_each_old_one():
    told = [changed(article, {"Vellano": "Harlow"}, {"5.1": "6.4"}, 0) for article in QUAKE]
    assert [article.title for article in told] == ["Quake shakes Harlow", "Chimneys fall in Harlow"]
    assert "magnitude 6.4" in told[0].text
    assert "magnitude 6.4" in told[1].text
    assert "Vellano" not in told[0].text + told[1].text


def test_a_story_that_happens_later_has_its_weekdays_later():
    told = changed(QUAKE[0], {}, {}, 4)
    assert told.published == "2026-03-13"
    assert "on Friday" in told.text


def test_what_a_story_is_on_stands_in_its_titles_and_openings():
    found = names_of(QUAKE)
    assert found.commonest(1) == ["Vellano"]
    assert {"Vellano", "Calderran", "Holm"} <= set(found.counts)


def test_another_event_keeps_some_names_but_never_all_that_the_story_is_on():
    found = names_of(QUAKE)
    for seed in range(50):
        names = other_names(found, ["Lindau"], random.Random(seed))
        assert set(found.commonest(3)) & set(names)
        assert 1 <= len(next_names(found, ["Lindau"], random.Random(seed))) <= 3


def test_other_things_happen_to_the_same():
    quake, treaty = names_of(QUAKE), names_of(TREATY)
    for seed in range(50):
        names = taken_names(treaty, quake, random.Random(seed))
        assert names
        assert set(names) <= set(treaty.counts)
        assert set(names.values()) <= set(quake.counts)


def test_other_figures_have_as_many_digits_and_years_stay():
    article = Article("Wire", "In 2026 it cost 1,250 crowns, 12% more.", "")
    figures = [other_figures([article], random.Random(seed)) for seed in range(20)]
    assert {key for found in figures for key in found} == {"1,250", "12"}
    assert all(len(new) == len(old) for found in figures for old, new in found.items())


def test_one_title_stands_once_in_an_event():
    assert once([QUAKE[0], QUAKE[0], QUAKE[1]]) == list(QUAKE)


def test_heaps_give_pairs_of_one_event_and_of_two():
    small = list(small_heaps([QUAKE, TREATY], 40, seed=1))
    assert small == list(small_heaps([QUAKE, TREATY], 40, seed=1))
    found = rows(small, hardest=None, weight=1.0)
    assert found.found.shape == (len(found.right), len(FEATURES))
    assert 0 < found.right.mean() < 1


def test_large_heaps_hold_stories_as_they_are():
    titles = {article.title.lower() for article in (*QUAKE, *TREATY)}
    heaps = list(large_heaps([QUAKE, TREATY], seed=1))
    assert {article.title.lower() for heap in heaps for _, article in heap} == titles
