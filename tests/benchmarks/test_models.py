"""benchmarks.models: what counts as a line, what the guard takes out, and the table of verdicts that a reader left."""

import re
from pathlib import Path

import pytest
from scripted_judge import ScriptedJudge

from benchmarks import models
from benchmarks.data import data_folder
from benchmarks.models import Guarded, Line, digest, guarded, lines_of, read_verdicts, reckoned
from newsum.articles import Article, Story

TABLE = Path(models.__file__).with_name("models.tsv")
STRIKE = "Ferry crews in Osterland began a three-day strike over night rosters on Tuesday."
STORY = Story((Article("Northgate Wire", f"{STRIKE} Only eight of 70 sailings will run."),), id="ferry")


def test_the_lines_of_an_answer_are_what_would_be_printed_of_it_within_the_words():
    long = " ".join(["word"] * 80)
    found = lines_of(
        f"Here is the brief:\n\n- {STRIKE} [Northgate Wire]\n- It is {long}.\n- The union was banned.", STORY
    )
    assert [line.text for line in found] == [STRIKE, "The union was banned."]
    assert found[0].id == digest("ferry", STRIKE)


def test_what_no_article_says_does_not_stand_and_what_one_says_does():
    found, stood_in = guarded(f"{STRIKE} The mayor of Osterland was arrested last night.", STORY, ScriptedJudge())
    assert [(line.line.text, line.label, line.stands) for line in found] == [
        (STRIKE, "supported", True),
        ("The mayor of Osterland was arrested last night.", "partly", False),
    ]
    assert stood_in == 0  # its nearest sentence is there already


def test_shares_are_of_the_lines_with_that_verdict_and_repeats_count_for_nothing():
    def line(name, *, stands, label="supported"):
        return Guarded(Line("s", name), label, stands, 0.5, 0.5)

    lines = [
        line("a", stands=True),
        line("b", stands=False),
        line("c", stands=False),
        line("d", stands=False, label="repeated"),
        line("e", stands=True),
    ]
    verdicts = {
        digest("s", name): said for name, said in {"a": "true", "b": "true", "c": "untrue", "d": "true"}.items()
    }
    assert reckoned(lines, verdicts) == {"true": (1, 2), "untrue": (1, 1), "unread": (0, 1)}


def test_the_table_names_each_line_once_and_holds_no_text():
    verdicts = read_verdicts(TABLE)
    rows = [row for row in TABLE.read_text(encoding="utf-8").splitlines() if not row.startswith("#")]
    assert len(rows) == len(verdicts) > 100
    assert set(verdicts.values()) == {"true", "untrue", "no line"}
    assert all(re.fullmatch(r"[0-9a-f]{12}\t[a-z ]+\t[a-z0-9 -]+", row) for row in rows)


DRAWS = ("measured", "second", "third", "fourth", "tuning")


@pytest.mark.parametrize("draw", DRAWS)
def test_the_draws_share_no_story(draw):
    if data_folder() is None:
        pytest.skip("needs the development data")
    own = {story.id for story in models.stories(draw)}
    others = {story.id for other in DRAWS if other != draw for story in models.stories(other)}
    assert len(own) == (60 if draw == "tuning" else 20)
    assert not own & others
