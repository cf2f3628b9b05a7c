"""A line's label and its faults are made of the same findings: they agree on every line, whatever is wrong with it."""

import random
from itertools import islice

import pytest
from fixture_stories import NAMES, story

import newsum
from newsum.similarity.stories import analyse_story
from recipes.corrupting import KINDS, corrupted, with_stranger

SAYS = ("contradiction", "untraceable")
EACH = 9  # lines of a story with each kind of fault


def sentences(name):
    articles = analyse_story(story(name)).articles
    read = sorted({part.text for article in articles for part in article.readable if part is not None})
    return random.Random(name).sample(read, len(read))


def lines(name):
    """Sentences of a story, untouched and with each kind of fault, and sentences of another."""
    own, other = sentences(name), NAMES[NAMES.index(name) - 1]
    put = [
        *((lambda line, kind=kind: corrupted(line, kind, story(name), 0)) for kind in KINDS),
        lambda line: with_stranger(line, story(name), story(other), 0),
        lambda line: line,
    ]
    altered = [line for alter in put for line in islice(filter(None, map(alter, own)), EACH)]
    return [*altered, *sentences(other)[:EACH]]


@pytest.fixture(scope="module")
def checked():
    """(line, the faults of what it says) of every line of every story."""
    found = []
    for name in NAMES:
        summary = newsum.attribute(lines(name), story(name), judge=None)
        says = [fault for fault in summary.faults if fault.kind in SAYS]
        found += [(line, [f for f in says if f.line == n]) for n, line in enumerate(summary.lines)]
    return found


def errors(faults):
    return [fault for fault in faults if fault.severity == "error"]


def test_there_are_a_thousand_lines_with_every_label(checked):
    assert len(checked) >= 1000
    assert {line.support.label for line, _ in checked} == {"supported", "partly", "unsupported", "contradicted"}


def test_a_line_is_supported_exactly_when_no_error_stands_against_what_it_says(checked):
    assert [line.text for line, faults in checked if (line.support.label == "supported") == bool(errors(faults))] == []


def test_a_contradicted_line_has_a_contradiction_that_is_an_error(checked):
    contradicted = [(line, errors(faults)) for line, faults in checked if line.support.label == "contradicted"]
    assert [line.text for line, faults in contradicted if not any(f.kind == "contradiction" for f in faults)] == []


def test_every_error_names_words_that_the_verdict_points_at(checked):
    for line, faults in checked:
        for fault in errors(faults):
            assert fault.spans
            for start, end in fault.spans:
                assert line.text[start:end]
                assert any(start < b and a < end for a, b in line.support.unsupported)


def test_two_lines_that_contradict_each_other_are_a_warning(checked):
    warnings = [f for _, faults in checked for f in faults if f.severity != "error"]
    assert {f.kind for f in warnings} <= {"contradiction"}
    assert all("in line" in f.message for f in warnings)


def test_a_wrong_credit_leaves_the_label_alone():
    given = lines("treaty")[::4]
    plain = newsum.attribute(given, story("treaty"), judge=None).lines
    tagged = newsum.attribute([f"{line} (The Guardian)" for line in given], story("treaty"), judge=None)
    assert [line.support for line in tagged.lines] == [line.support for line in plain]
    assert {f.kind for f in tagged.faults if "The Guardian" in f.message} == {"groundless credit"}
