"""A brief that another checkout prints otherwise is traced to the word that made the difference."""

import pytest

import newsum
from benchmarks import tracing
from benchmarks.tracing import Brief, Cause, causes, traced, without

TEXT = "The harbour board of Karrow closed its piers on Tuesday after the storm. Repairs will cost 3 million pounds."
STORY = newsum.Story((newsum.Article("BBC", TEXT, title="Karrow closes piers", published="2026-03-12"),), id="karrow")
KEY = ("made", "karrow", "None", 60)


def brief(before):
    return Brief(KEY, STORY, "closed its piers on tuesday (10 march)", before)


@pytest.mark.parametrize(
    ("value", "less"),
    [
        (frozenset({"said", "told"}), frozenset({"told"})),
        (("one", "said"), ("one", "\0")),
        ({"said": 1, "told": 2}, {"told": 2}),
        ("(?:said|told)", "(?:told)"),
        ("said", "said"),
    ],
)
def test_a_list_of_any_form_can_be_without_a_word(value, less):
    assert without("said", value) == less


def test_words_of_the_lines_that_differ_are_tried_before_other_words():
    found = list(causes([brief("")]))
    assert found[:4] == [Cause("quotation", mark) for mark in "“\"‘'"]
    assert Cause("ending", "MONTH") in found
    assert Cause("finding", "negation") in found
    assert found.index(Cause("word", "Tuesday")) < found.index(Cause("word", "Friday"))
    assert len(found) == len(set(found)) > 500


def test_a_weekday_that_another_checkout_does_not_know_is_the_cause_of_a_date_put_in(monkeypatch):
    printed = str(newsum.summarise(STORY, words=60, model=None))
    assert "on Tuesday (10 March) after" in printed
    tried = [Cause("ending", "MONTH"), Cause("word", "Friday"), Cause("word", "Tuesday"), Cause("word", "storm")]
    monkeypatch.setattr(tracing, "causes", lambda briefs: tried)
    assert traced([brief(printed.replace(" (10 March)", ""))]) == {KEY: "word Tuesday"}
    assert traced([brief(printed)]) == {KEY: "nothing"}


def test_a_brief_that_no_cause_explains_is_said_to_have_none(monkeypatch):
    monkeypatch.setattr(tracing, "causes", lambda briefs: [Cause("quotation", "‘")])
    assert traced([brief("The piers stayed open.")]) == {KEY: ""}
