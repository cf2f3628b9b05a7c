"""The systems to beat: what they choose, in what order, within what length; every line with its receipt."""

import pytest
from extras import need

from newsum.articles import Article, Story
from newsum.errors import SettingsError
from newsum.evaluation import evaluate
from newsum.evaluation.baselines import BASELINES, Oracle, brief_of, centroid, lead, lead_in_turn, take
from newsum.evaluation.datasets import load
from newsum.text.sentences import sentences
from newsum.text.words import word_count

TREATY = Story(
    (
        Article("Wire", "Osterland signed a gas treaty. Gas will flow in October. The weather was fine."),
        Article("Courier", "A gas treaty was signed by Osterland. Gas will flow in October. Shops were open."),
        Article("", "Crowds cheered. A vote on the gas treaty follows in March."),
    ),
    "treaty",
)


@pytest.fixture(scope="module")
def fixtures():
    return list(load("examples/stories", words=60))


def texts(summary):
    return [line.text for line in summary.lines]


def test_lead_is_the_beginning_of_the_first_article():
    assert texts(lead(TREATY, words=10)) == ["Osterland signed a gas treaty.", "Gas will flow in October."]


def test_lead_in_turn_takes_a_sentence_from_each_outlet_in_turn():
    summary = lead_in_turn(TREATY, words=14)
    assert texts(summary) == [
        "Osterland signed a gas treaty.",
        "A gas treaty was signed by Osterland.",
        "Crowds cheered.",
    ]
    assert summary.credits == ("Wire", "Courier", "source 3")


def test_a_sentence_that_two_outlets_share_is_taken_once():
    assert texts(lead_in_turn(TREATY, words=100)).count("Gas will flow in October.") == 1


@pytest.mark.parametrize(
    ("words", "lengths"),
    [(1, [5]), (7, [5]), (8, [5, 5]), (12, [5, 5]), (13, [5, 5, 4]), (99, [5, 5, 4])],
)
def test_sentences_are_taken_while_they_lead_nearer_to_the_length_asked_for(words, lengths):
    assert [word_count(s.text) for s in take(sentences(TREATY.articles[0]), words)] == lengths


def test_the_centroid_prefers_what_all_say_and_does_not_say_it_twice():
    chosen = texts(centroid(TREATY, words=17))
    assert sum("treaty" in text and "signed" in text for text in chosen) == 1
    assert "The weather was fine." not in chosen
    assert "Shops were open." not in chosen


@pytest.mark.parametrize("name", BASELINES)
def test_every_line_of_a_baseline_proves_its_outlet(name, fixtures):
    if name in ("LexRank", "TextRank"):
        need("bench")
    for example in fixtures[:3]:
        summary = BASELINES[name](example.story, words=60)
        assert summary.verify(example.story) == ()
        assert summary.lines
        assert all(line.origin == "source" and line.support.label == "supported" for line in summary.lines)
        assert 35 <= word_count(summary.text) <= 85
        assert summary == BASELINES[name](example.story, words=60)


def test_the_oracle_beats_every_other_choice_of_sentences(fixtures):
    oracle = Oracle({example.story.id: example.references for example in fixtures})
    references = [list(example.references) for example in fixtures]
    best, known = (
        evaluate([system(example.story, words=60) for example in fixtures], references, samples=50)
        for system in (oracle, centroid)
    )
    assert best["rouge1"].low > known["rouge1"].high
    assert best["rouge2"].mid > 1.5 * known["rouge2"].mid


def test_the_oracle_says_which_story_it_knows_nothing_of():
    with pytest.raises(SettingsError, match="the oracle has no references of story treaty"):
        Oracle({})(TREATY, words=60)


@pytest.mark.parametrize("name", BASELINES)
def test_a_story_without_articles_or_text_gives_an_empty_brief(name):
    if name in ("LexRank", "TextRank"):
        need("bench")
    assert BASELINES[name](Story(()), words=60).lines == ()
    assert BASELINES[name](Story((Article("Wire", ""),)), words=60).lines == ()


def test_a_system_of_ones_own_takes_five_lines():
    def last(story, *, words):
        chosen = [sentences(article)[-1] for article in story.articles]
        return brief_of(story, take(chosen, words), "last")

    summary = last(TREATY, words=12)
    assert texts(summary) == ["The weather was fine.", "Shops were open.", "A vote on the gas treaty follows in March."]
    assert summary.provenance == {"writer": {"name": "last", "revision": None, "backend": None}, "judge": None}
    assert summary.verify(TREATY) == ()
