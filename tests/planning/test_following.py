"""What an editor would let follow an opening, as far as the sentence and its article tell it."""

from collections.abc import Mapping, Sequence

import numpy as np
import pytest
from analysed import story_of

from newsum.articles import Article
from newsum.judging.marking import Marks
from newsum.planning.following import FEATURES, features, following
from newsum.planning.salience import features as of_salience
from newsum.planning.salience import view_of

OPENING = "Crews at Alden Sound Ferries walked out on Tuesday over night rosters and left six islands cut off."
ARTICLE = Article(
    "Channel Meridian",
    f"{OPENING} Lena Marchetti offered the union a loan of five million euros in March. The offer was refused by "
    "Marchetti's rivals in the council. The rosters were drawn up in January by the company. "
    "Another meeting, she said, could still be held here. The refusal of the loan cost the company two ships.",
)
BARE = ("offered", "refused", "rosters", "meeting", "cost")


@pytest.fixture(scope="module")
def known() -> Mapping[str, Mapping[str, float]]:
    """What is known of each sentence below the opening, by a word of it."""
    story = story_of([ARTICLE])
    view = view_of(story)
    told = frozenset(view.candidates[0].passage.analysis.word_table.keys)
    rows = features(view, story, of_salience(view), told, 0, np.arange(6))
    assert rows.shape == (6, len(FEATURES))
    return {word: dict(zip(FEATURES, row, strict=True)) for word, row in zip(BARE, rows[1:].tolist(), strict=True)}


def test_a_thing_that_only_the_article_told_is_counted_and_one_that_the_opening_told_is_not(known):
    assert known["refused"]["things"] >= 1
    assert known["refused"]["things_before"] == 1
    assert known["refused"]["first_thing"] == 1.0
    assert known["rosters"]["things"] == 1  # "the company", and not "the rosters"
    assert known["rosters"]["first_thing"] < 1.0


def test_a_thing_that_is_said_to_be_of_another_counts_less(known):
    assert 0 < known["cost"]["things"] % 1 < 0.5


def test_what_the_sentence_before_has_and_the_opening_has_not_is_leant_on(known):
    assert known["refused"]["leaning"] > 0 == known["offered"]["leaning"]
    assert known["offered"]["told"] < known["rosters"]["told"]


def test_a_name_that_its_article_introduced_before_is_known_there(known):
    assert known["offered"]["untold_names"] == 1
    assert known["offered"]["names_before"] == 0
    assert known["refused"]["names_before"] == 1


def test_what_points_elsewhere_is_counted_and_follows_less_readily(known):
    assert known["meeting"]["points"] == 3  # "Another", "still", "here"
    assert known["offered"]["points"] == 0
    assert known["meeting"]["nobody"] == 1
    story = story_of([ARTICLE])
    view = view_of(story)
    told = frozenset(view.candidates[0].passage.analysis.word_table.keys)
    worth = following(view, story, of_salience(view), told, 0, np.arange(6)).worth
    assert (worth > 0).all()
    assert worth[1] > worth[4]


def test_a_sentence_that_is_all_of_its_article_has_nothing_around_it():
    alone = Article("Northgate Wire", "The rosters lengthen night shifts to twelve hours from April, the company said.")
    story = story_of([ARTICLE, alone])
    view = view_of(story)
    told = frozenset(view.candidates[0].passage.analysis.word_table.keys)
    asked = np.arange(len(view.candidates))
    around = following(view, story, of_salience(view), told, 0, asked).around
    assert around[-1] == 0 < np.abs(around[:-1]).max()


class _Reader:
    """Reads the sentences with one of some words ill."""

    reads_lines = True

    def __init__(self, *poor: str) -> None:
        self._poor = poor

    def marks(self, told: str, lines: Sequence[str]) -> list[Marks]:
        found = [-3.0 if set(self._poor) & set(line.split()) else 1.0 for line in lines]
        return [Marks(0.5, mark, mark) for mark in found]


def test_where_lines_are_read_an_article_is_known_by_what_its_others_are_found_to_be():
    twin = Article("Northgate Wire", ARTICLE.text)
    story = story_of([ARTICLE, twin])
    view = view_of(story)
    told = frozenset(view.candidates[0].passage.analysis.word_table.keys)
    asked = np.arange(len(view.candidates))
    plain = following(view, story, of_salience(view), told, 0, asked, _Reader())
    read = following(view, story, of_salience(view), told, 0, asked, _Reader("loan"))
    first = [n for n, c in enumerate(view.candidates) if "loan" in c.text]
    others = [n for n in asked if n not in first]
    assert (read.worth[first] < plain.worth[first]).all()
    assert (read.around[others] < read.around[first].max()).all()
