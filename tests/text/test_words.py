"""Words as news writes them; each case is one that some text got wrong."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsum.text.analysis import analyse
from newsum.text.words import (
    content_words,
    rarity,
    stem,
    usually_capital,
    weigh,
    word_count,
    words,
)

# --- words --------------------------------------------------------------------------------------


def test_words_are_cut_where_readers_would_cut_them():
    text = "U.S. aid of US$3m, don’t you think, rose 4.5% at 10:30 a.m. in Zu\u0308rich."
    assert [w.form for w in words(text)] == [
        *("U.S.", "aid", "of", "US$3m", "don’t", "you", "think", "rose", "4.5%", "at", "10:30", "a.m.", "in"),
        "Zu\u0308rich",
    ]


@settings(deadline=None)
@given(st.text(st.characters()))
def test_offsets_hold_whatever_the_text(text):
    analysis = analyse(text)
    for found in (analysis.words, analysis.tokens, analysis.quantities, analysis.names):
        assert [x.start for x in found] == sorted(x.start for x in found)
        assert all(0 <= x.start < x.end <= len(text) for x in found)
    assert all(text[w.start : w.end] == w.form for w in words(text))


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("signed", "signs"),
        ("Putin’s", "Putin"),
        ("O’Connor", "O'Connor"),
        ("Erdoğan", "Erdogan"),
        ("Zu\u0308rich", "Zürich"),
        ("U.S.", "US"),
        ("U.S.A.", "US"),
        ("U.K.", "UK"),
        ("TREATY", "treaties"),
        ("İstanbul", "Istanbul"),
        ("don’t", "don't"),
        ("STRASSE", "Straße"),
    ],
)
def test_forms_of_one_word_share_a_key(left, right):
    assert stem(left) == stem(right)


def test_the_country_is_not_the_pronoun():
    assert stem("US") != stem("us")
    assert [w.form for w in content_words(words("The US told us so."))] == ["US"]


def test_a_key_is_found_once_and_kept():
    stem("warm")
    before = stem.cache_info()
    assert [stem("warmer") for _ in range(3)] == ["warmer"] * 3
    after = stem.cache_info()
    assert (after.misses - before.misses, after.hits - before.hits) == (1, 2)


def test_content_words_leave_out_function_words_in_any_case_and_lone_letters():
    assert [w.form for w in content_words(words("THE plan, he said, isn’t X but a 5-year GAS deal"))] == [
        *("plan", "5", "year", "GAS", "deal")
    ]


def test_word_count_is_what_a_reader_would_count():
    assert word_count("Gas — 55 bn m³ a year … costs “more”.") == 8
    assert word_count(" – \n") == 0


# --- statistics ------------------------------------------------------------------------------------


def test_rare_words_weigh_more():
    assert rarity("the") == pytest.approx(0, abs=0.02)
    assert rarity("said") < rarity("treaty") < rarity("Sandoria") == 1
    assert rarity("Putin’s") == rarity("putin")
    assert rarity("U.S.") == rarity("US")
    assert weigh(words("Sandoria Osterland")) == 2


def test_usual_capitals_are_those_of_news():
    assert usually_capital("Putin's") is True
    assert usually_capital("Hague") is True
    assert usually_capital("Officials") is False
    assert usually_capital("Sandoria") is None
