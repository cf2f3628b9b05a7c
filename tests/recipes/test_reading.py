"""What readers made of stories: of training stories alone, each brief from its opening on."""

import csv
from pathlib import Path

import numpy as np

import recipes.reading
from recipes.aside import held_out
from recipes.fitting import auc

TABLES = Path(recipes.reading.__file__).parent


def _rows(name: str) -> list[dict[str, str]]:
    with (TABLES / name).open(encoding="utf-8") as rows:
        return list(csv.DictReader(rows, delimiter="\t"))


def test_nothing_was_read_of_a_story_that_is_held_out():
    names = ("read_briefs.tsv", "read_credits.tsv", "read_lines.tsv", "read_openings.tsv")
    stories = {row["story"] for name in names for row in _rows(name)}
    assert len(stories) > 800
    assert not any(map(held_out, stories))


def test_each_brief_of_newsums_is_marked_from_its_opening_on():
    rows = _rows("read_lines.tsv")
    assert {row["mark"] for row in rows} == {"ok", "lean", "poor"}
    starts = {(row["story"], row["brief"]): int(row["line"]) for row in reversed(rows)}
    assert set(starts.values()) == {1}


def test_a_story_has_openings_to_choose_from():
    rows = _rows("read_openings.tsv")
    assert {row["mark"] for row in rows} == {"0", "1", "2", "3"}
    places = [(row["story"], row["article"], row["start"]) for row in rows]
    assert len(set(places)) == len(places) > 5 * len({story for story, *_ in places})


def test_a_credit_is_marked_of_another_article_and_once():
    rows = _rows("read_credits.tsv")
    assert {row["mark"] for row in rows} == {"all", "nearly", "part", "otherwise", "not"}
    assert all(row["article"] != row["other"] for row in rows)
    places = [(row["story"], row["article"], row["start"], row["other"]) for row in rows]
    assert len(set(places)) == len(places) > 1000


def test_an_editors_brief_has_no_sentence_twice_and_the_longer_one_more():
    lines = {(row["story"], row["words"]): row["lines"].split() for row in _rows("read_briefs.tsv")}
    assert all(len(set(own)) == len(own) for own in lines.values())
    short, long = (np.mean([len(own) for (_, words), own in lines.items() if words == size]) for size in ("60", "120"))
    assert 2 < short < long / 1.5


def test_the_area_under_the_curve_is_how_often_a_good_one_scores_more():
    area = auc(np.array([3.0, 2.0]), np.array([1.0, 2.0]))
    assert area == (1 + 1 + 1 + 0.5) / 4
