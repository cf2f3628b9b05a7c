"""A heap of articles becomes the stories that they tell, the same whatever their order."""

import json
import random
from dataclasses import replace

import pytest
from fixture_stories import NAMES, story

from newsum.articles import Article
from newsum.cli import main
from newsum.errors import ArticleError, SettingsError
from newsum.grouping import group

HEAP = [article for name in NAMES for article in story(name).articles]


def sets(stories):
    return {frozenset(a.id for a in found.articles) for found in stories}


TOLD = {frozenset(a.id for a in story(name).articles) for name in NAMES}


def test_the_fixtures_in_one_heap_come_back_as_twelve_stories():
    found = group(HEAP)
    assert sets(found) == TOLD
    assert all(one.title in {a.title for a in one.articles} for one in found)


def test_the_order_of_the_heap_makes_no_difference():
    shuffled = random.Random(5).sample(HEAP, len(HEAP))
    assert [(s.id, s.title) for s in group(shuffled)] == [(s.id, s.title) for s in group(HEAP)]


def test_tomorrows_articles_join_todays_stories_which_keep_their_ids():
    first = [a for name in NAMES[:6] for a in story(name).articles[:3]]
    rest = [a for a in HEAP if a not in first]
    today = group(first)
    tomorrow = group(rest, known=today)
    assert all(any(found <= told for told in TOLD) for found in sets(tomorrow))  # nothing is mixed
    assert len(sets(tomorrow) & TOLD) >= len(TOLD) - 1  # one article may stay alone: it knew three of five
    assert {s.id for s in today} <= {s.id for s in tomorrow}


def test_an_article_given_twice_is_taken_once_and_one_alone_is_a_story():
    (only,) = group([HEAP[0], HEAP[0]])
    assert only.articles == (HEAP[0],)
    assert group([]) == []


def test_articles_on_other_things_are_other_stories():
    found = group(
        [
            Article("BBC", "Ferries stopped sailing to the islands when the crews walked out over night rosters."),
            Article("CNN", "A rocket left its satellites in the wrong orbit after the engine shut down too soon."),
        ]
    )
    assert len(found) == 2


GAS = "Osterland and Kestria signed a treaty on gas and defence in Skerrow, the ministers Holm and Quist said."
GAS_AGAIN = "The treaty on gas and defence that Osterland and Kestria signed in Skerrow was praised by Holm and Quist."


@pytest.mark.parametrize(
    "texts",
    [
        (
            "Osterland y Kestria firmaron en Skerrow un tratado sobre el gas y la defensa, dijeron los ministros Holm.",
            "El tratado sobre el gas y la defensa que Osterland y Kestria firmaron en Skerrow fue elogiado por Holm.",
        ),
        (
            "奥斯特兰与凯斯特里亚周二在斯凯罗港签署了为期十五年的天然气与安全条约，两国部长表示条约将于六月生效。",
            "两国部长周二在斯凯罗港签署天然气与安全条约，奥斯特兰与凯斯特里亚的条约为期十五年，将于六月生效。",
        ),
    ],
)
def test_articles_of_one_language_are_together_and_of_two_are_not(texts):
    foreign = [Article("A", texts[0], "Skerrow"), Article("B", texts[1], "Skerrow")]
    english = [Article("C", GAS, "Skerrow"), Article("D", GAS_AGAIN, "Skerrow")]
    found = {frozenset(article.outlet for article in one.articles) for one in group([*foreign, *english])}
    assert found == {frozenset("AB"), frozenset("CD")}


@pytest.mark.parametrize(("breadth", "stories"), [("event", 2), ("topic", 1)])
def test_the_breadth_says_how_long_a_story_may_last(breadth, stories):
    resigned = "Voters whose bills rose blame the gas treaty, and Holm of Osterland resigned when the audit was shown."
    then, later = Article("A", GAS, published="2026-03-10"), Article("B", resigned, published="2026-04-20")
    crowd = [Article("C", f"Ferry number {n} sank off Port {n} with all its cargo of timber.") for n in range(20)]
    found = group([then, later, *crowd], breadth=breadth)
    assert len([one for one in found if {"A", "B"} & set(one.outlets)]) == stories


def test_a_breadth_that_is_none_is_refused():
    with pytest.raises(SettingsError, match="breadth"):
        group(HEAP[:2], breadth="wide")


def test_the_command_writes_stories_that_batch_reads(tmp_path, capsys):
    for number, article in enumerate(HEAP[:10]):
        (tmp_path / f"{number}.json").write_text(json.dumps(article.to_dict()), encoding="utf-8")
    out = tmp_path / "out" / "stories.jsonl"
    out.parent.mkdir()
    assert main(["group", str(tmp_path), "--out", str(out)]) == 0
    rows = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert sorted(len(row["articles"]) for row in rows) == [5, 5]
    assert main(["group", str(tmp_path / "0.json"), str(tmp_path / "9.json")]) == 0
    assert capsys.readouterr().out.count("\n") == 2
    (tmp_path / "empty").mkdir()
    assert main(["group", str(tmp_path / "empty")]) == 2


def test_what_is_known_already_is_not_taken_again():
    today = group(HEAP[:10])
    assert group(HEAP[:10], known=today) == today
    changed = replace(HEAP[0], text="Another text.")
    assert group([changed], known=today) == today


def test_two_different_articles_of_one_id_are_refused():
    with pytest.raises(ArticleError, match="two different articles have the id"):
        group([HEAP[0], replace(HEAP[0], text="Another text.")])


def test_the_command_lets_articles_join_the_stories_of_the_day_before(tmp_path):
    (today, tomorrow), stories = (tmp_path / "today", tmp_path / "tomorrow"), tmp_path / "stories.jsonl"
    for place, article in enumerate(HEAP[:10]):
        folder = tomorrow if place % 5 == 4 else today
        folder.mkdir(exist_ok=True)
        (folder / f"{place}.json").write_text(json.dumps(article.to_dict()), encoding="utf-8")
    assert main(["group", str(today), "--out", str(stories)]) == 0
    before = [json.loads(line) for line in stories.read_text(encoding="utf-8").splitlines()]
    assert main(["group", str(tomorrow), "--known", str(stories), "--out", str(stories)]) == 0
    after = [json.loads(line) for line in stories.read_text(encoding="utf-8").splitlines()]
    assert {row["id"] for row in before} <= {row["id"] for row in after}
    assert sum(len(row["articles"]) for row in after) == 10
    assert max(len(row["articles"]) for row in after) == 5


def test_the_command_names_a_place_that_cannot_be_written(tmp_path, capsys):
    (tmp_path / "0.json").write_text(json.dumps(HEAP[0].to_dict()), encoding="utf-8")
    assert main(["group", str(tmp_path / "0.json"), "--out", str(tmp_path / "none" / "stories.jsonl")]) == 2
    assert "stories.jsonl cannot be written: there is no folder" in capsys.readouterr().err
    heap = tmp_path / "heap.jsonl"
    heap.write_text(json.dumps(HEAP[0].to_dict()), encoding="utf-8")
    assert main(["group", str(heap), "--out", str(heap)]) == 2
    assert "is also an input, which would be overwritten" in capsys.readouterr().err


def test_the_command_writes_the_stories_and_says_what_could_not_be_read(tmp_path, capsys):
    (tmp_path / "0.json").write_text(json.dumps(HEAP[0].to_dict()), encoding="utf-8")
    (tmp_path / "1.json").write_text("{", encoding="utf-8")
    assert main(["group", str(tmp_path)]) == 1
    shown = capsys.readouterr()
    assert shown.out.count("\n") == 1
    assert "1.json" in shown.err
