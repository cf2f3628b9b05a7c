"""The fixture stories are what their story.toml says: lines and traps rest on text that is there, word for word."""

import tomllib
from datetime import date, timedelta
from pathlib import Path

import pytest

from newsum.text.quantities import quantities

FOLDER = Path(__file__).parents[1] / "examples" / "stories"
STORIES = sorted(path.parent for path in FOLDER.glob("*/story.toml"))
TRAPS = {"figures_differ", "wire_copy", "only_in", "quote", "correction", "boilerplate"}


def articles(folder):
    found = {}
    for path in sorted(folder.glob("*.md")):
        head, _, body = path.read_text(encoding="utf-8").removeprefix("---\n").partition("\n---\n")
        found[path.name] = (dict(line.split(": ", 1) for line in head.splitlines()), body)
    return found


def story(folder):
    return tomllib.loads((folder / "story.toml").read_text(encoding="utf-8"))


each_story = pytest.mark.parametrize("folder", STORIES, ids=lambda folder: folder.name)


def test_there_are_twelve_on_twelve_subjects():
    assert len(STORIES) == 12
    assert len({story(folder)["subject"] for folder in STORIES}) == 12


@each_story
def test_three_to_five_outlets_tell_each_story_at_article_length(folder):
    found = articles(folder)
    outlets = {fields["outlet"] for fields, _ in found.values()}
    assert 3 <= len(outlets) <= 5
    assert len(outlets) <= len(found) <= 6
    for fields, body in found.values():
        assert {"outlet", "title", "url", "date"} <= set(fields)
        assert ".example/" in fields["url"]
        assert 200 <= len(body.split()) <= 600


@each_story
def test_each_story_has_a_reference_of_60_and_one_of_120_words(folder):
    references = story(folder)["references"]
    assert [reference["words"] for reference in references] == [60, 120]
    for reference in references:
        length = sum(len(line["text"].split()) for line in reference["lines"])
        assert length == pytest.approx(reference["words"], rel=0.15)


@each_story
def test_every_line_of_a_reference_names_the_sentences_it_rests_on_word_for_word(folder):
    found = articles(folder)
    for reference in story(folder)["references"]:
        for line in reference["lines"]:
            assert line["rests_on"], line["text"]
            for source in line["rests_on"]:
                assert source["sentence"] in found[source["article"]][1], source["sentence"]


@each_story
def test_a_line_has_no_figure_that_its_sentences_do_not_have(folder):
    found = articles(folder)
    for reference in story(folder)["references"]:
        for line in reference["lines"]:
            known = {n.value for source in line["rests_on"] for n in quantities(source["sentence"])}
            known |= {day for source in line["rests_on"] for day in week_around(found[source["article"]][0]["date"])}
            for number in quantities(line["text"]):
                assert number.value in known, (line["text"], number)


def week_around(published):
    """The days of the month and the years that "on Monday" or "yesterday" may stand for."""
    days = [date.fromisoformat(published) + timedelta(days=n) for n in range(-7, 8)]
    return {day.day for day in days} | {day.year for day in days}


@each_story
def test_every_kind_of_trap_is_set_and_shown_word_for_word(folder):
    found = articles(folder)
    traps = story(folder)["traps"]
    assert {trap["kind"] for trap in traps} == TRAPS
    for trap in traps:
        assert trap["note"]
        assert trap["spans"]
        for span in trap["spans"]:
            assert span["text"] in found[span["article"]][1], span["text"]
