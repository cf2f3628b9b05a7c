"""How likely two articles tell of one event: what is asked of a pair, and what comes of it."""

import numpy as np
import pytest

from newsum.articles import Article
from newsum.grouping.pairs import FEATURES, features, likelihoods
from newsum.grouping.vectors import weighed

HERE = Article(
    "Gazette",
    "A quake of magnitude 5.1 struck near Vellano on Monday, said the Calderran Geological Service. Two chimneys fell.",
    "Quake shakes Vellano",
    published="2026-03-09",
)
HERE_TOO = Article(
    "Post",
    "Chimneys came down in Vellano at dawn on Monday. The tremor had a magnitude of 5.1, the service of Calderra said.",
    "Vellano wakes to tremor",
    published="2026-03-10",
)
THERE = Article(
    "Gazette",
    "A quake of magnitude 5.3 struck near Harlow on Wednesday, said the Osterian Seismic Institute. Two chimneys fell.",
    "Quake shakes Harlow",
    published="2026-03-11",
)
UNNAMED = Article("Wire", "it rained all night and the river rose by a metre.", "")


def asked(left, right):
    """The features of a pair by their names."""
    articles = [left, right]
    found = features(articles, weighed(articles), np.array([0]), np.array([1]))
    return dict(zip(FEATURES, found[0].tolist(), strict=True))


def chance(left, right):
    articles = [left, right]
    return float(likelihoods(articles, weighed(articles), np.array([0]), np.array([1]))[0])


def test_figures_that_count_one_thing_and_differ_speak_against_one_event():
    assert asked(HERE, THERE)["figures apart"] == 2  # magnitude 5.1 and 5.3, twice told: "5.1 struck"
    assert asked(HERE, HERE_TOO)["figures apart"] == 0


def test_the_weekday_that_an_article_names_is_the_last_before_it_came_out():
    assert asked(HERE, HERE_TOO)["days of events apart"] == 0
    assert asked(HERE, THERE)["days of events apart"] == 2
    assert asked(HERE, THERE)["days apart"] == 2


def test_names_of_one_article_that_the_other_lacks_are_strangers():
    apart, together = asked(HERE, THERE), asked(HERE, HERE_TOO)
    assert apart["names found"] == 0 < together["names found"]
    assert apart["strangers"] > together["strangers"] > 0
    assert apart["rarest name"] == 0 < together["rarest name"]


def test_words_that_are_no_names_are_compared_apart_from_names():
    assert asked(HERE, THERE)["of others"] > 0.5 > asked(HERE, HERE_TOO)["of others"]
    assert asked(HERE, THERE)["of names"] < 0.05 < asked(HERE, HERE_TOO)["of names"]


def test_which_of_two_articles_comes_first_makes_no_difference():
    assert asked(HERE, THERE) == pytest.approx(asked(THERE, HERE))


def test_an_article_without_names_title_or_date_has_finite_features():
    assert all(map(np.isfinite, asked(HERE, UNNAMED).values()))
    assert all(map(np.isfinite, asked(UNNAMED, Article("Wire", "x", "", published="2026-03-09")).values()))


def test_one_event_in_other_words_is_likelier_than_another_of_its_kind_in_the_same_words():
    assert chance(HERE, HERE_TOO) > 0.5 > 0.1 > chance(HERE, THERE)


def test_what_lies_between_two_articles_in_time_is_left_to_their_clusters():
    late, later = (Article("Post", HERE_TOO.text, HERE_TOO.title, published=f"2026-03-{day}") for day in (20, 27))
    assert chance(HERE, late) == chance(HERE, later)


def test_no_pairs_have_no_features():
    none = np.zeros(0, dtype=np.int64)
    assert features([HERE], weighed([HERE]), none, none).shape == (0, len(FEATURES))
