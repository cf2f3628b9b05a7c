"""Words, figures and names as news writes them; each case is one that some text got wrong."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsum.text import words as language
from newsum.text.words import (
    content_words,
    looks_english,
    names,
    negations,
    numbers,
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
    for found in (words(text), numbers(text), names(text)):
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
    assert [w.form for w in content_words("The US told us so.")] == ["US"]


def test_a_key_is_found_once_and_kept():
    stem("warm")
    forms = [f"word{'x' * (n % 7)}ing" for n in range(20_000)]
    start = time.process_time()
    for form in forms:
        stem(form)
    assert time.process_time() - start < 0.5


def test_content_words_leave_out_function_words_in_any_case_and_lone_letters():
    assert [w.form for w in content_words("THE plan, he said, isn’t X but a 5-year GAS deal")] == [
        *("plan", "5", "year", "GAS", "deal")
    ]


def test_word_count_is_what_a_reader_would_count():
    assert word_count("Gas — 55 bn m³ a year … costs “more”.") == 8
    assert word_count(" – \n") == 0


# --- figures --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("$1.2bn", 1.2e9, "$"),
        ("US$3m", 3e6, "$"),
        ("$3M", 3e6, "$"),
        ("£84m", 84e6, "£"),
        ("€ 5bn", 5e9, "€"),
        ("50€", 50, "€"),
        ("3.2 million dollars", 3.2e6, "$"),
        ("$1.5-billion", 1.5e9, "$"),
        ("55bn", 55e9, ""),
        ("55 bn", 55e9, ""),
        ("55 billion", 55e9, ""),
        ("4.5 percent", 4.5, "%"),
        ("4.5 per cent", 4.5, "%"),
        ("4.5%", 4.5, "%"),
        ("5-percent", 5, "%"),
        ("one percent", 1, "%"),
        (".5 percent", 0.5, "%"),
        ("-3.5%", -3.5, "%"),
        ("minus 3", -3, ""),
        ("−4", -4, ""),
        ("-$5m", -5e6, "$"),
        ("1,200", 1200, ""),
        ("1,800,000", 1.8e6, ""),
        ("1.200", 1.2, ""),
        ("2½", 2.5, ""),
        ("twenty-two", 22, ""),
        ("Seventy-five", 75, ""),
        ("two hundred thousand", 2e5, ""),
        ("One million", 1e6, ""),
        ("two and a half million", 2.5e6, ""),
        ("one and a half", 1.5, ""),
        ("half a million", 5e5, ""),
        ("half-million", 5e5, ""),
        ("half a dozen", 6, ""),
        ("a dozen", 12, ""),
        ("two dozen", 24, ""),
        ("a hundred", 100, ""),
        ("two-thirds", 2 / 3, ""),
        ("three quarters", 0.75, ""),
        ("1990s", 1990, ""),
        ("3rd", 3, "th"),
        ("third", 3, "th"),
        ("12th", 12, "th"),
    ],
)
def test_a_figure_has_its_value_however_it_is_written(text, value, unit):
    sentence = f"They had {text} of them."
    (found,) = numbers(sentence)
    assert (found.value, found.unit, sentence[found.start : found.end]) == (pytest.approx(value), unit, text)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("the 2026-27 season", [2026, 2027]),
        ("in 2001–02", [2001, 2002]),
        ("on 2026-03-10", [2026, 3, 10]),
        ("10-12 people", [10, 12]),
        ("a 3-2 win", [3, 2]),
        ("a 6.9-magnitude quake", [6.9]),
        ("a 20-year-old", [20]),
        ("a ten-year plan", [10]),
        ("the mid-1990s", [1990]),
        ("a third of 90 seats", [1 / 3, 90]),
        ("from 5 to 6 million", [5, 6e6]),
        ("iOS 17.4.1", [17.4]),
        ("pages 1,2,3", [1, 2, 3]),
        ("100 m", [100]),
    ],
)
def test_figures_that_stand_together_are_told_apart(text, values):
    assert [n.value for n in numbers(text)] == pytest.approx(values)


@pytest.mark.parametrize(
    "text",
    [
        *("at 10:30 a.m.", "at 2.30pm", "at 09:15:30", "No. 10 said", "no. 5", "Nos. 7", "COVID-19", "Covid-19"),
        *("an F-35 jet", "the G7", "B52s", "5G masts", "one of them", "dozens", "No one", "often", "first", "a half"),
    ],
)
def test_times_labels_and_parts_of_names_count_nothing(text):
    assert numbers(text) == ()


def test_letters_that_only_fold_to_a_figures_letters_do_no_harm():
    assert [n.value for n in numbers("the \u017fixth, \u017fix, 5\u212a, two-third\u017f")] == pytest.approx(
        [6, 6, 5e3, 2 / 3]
    )


# --- names ----------------------------------------------------------------------------------------


def keys(text):
    return [name.keys for name in names(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The U.S. and the U.K. signed.", [("usa",), ("uk",)]),
        ("US officials told us so.", [("usa",)]),
        ("They met Ms. Sollenberg.", [("sollenberg",)]),
        ("They met Marta Sollenberg.", [("marta", "sollenberg")]),
        ("Sen. Ted Cruz and Dr. Black spoke.", [("ted", "cruz"), ("black",)]),
        ("George W. Bush wrote it.", [("georg", "bush")]),
        ("He read J. K. Rowling.", [("rowl",)]),
        ("Ask Prime Minister Bori Kasa.", [("bori", "kasa")]),
        ("He asked Europe’s McDonald's.", [("europ", "mcdonald")]),
        ("It is O’Connor's firm.", [("o'connor",)]),
        ("He told al-Jazeera so.", [("jazeera",)]),
        ("He met Mr Smith-Jones there.", [("smith", "jone")]),
        ("The Hague sits.", [("hagu",)]),
        ("He left the Bank of England on Monday, 9 March.", [("bank", "england")]),
        ("Theresa May told Reuters May 5.", [("theresa", "may"), ("reuter",)]),
        ("He told Fox News Sunday.", [("fox", "news")]),
        ("He met Muhammad bin Salman.", [("muhammad", "salman")]),
        ("They got US$3m in Washington, D.C., in all.", [("washington",), ("dc",)]),
        ("In March COVID-19 came.", [("covid",)]),
        ("a Trump-backed plan", [("trump",)]),
    ],
)
def test_names_are_told_by_their_capitals(text, found):
    assert keys(text) == found


def test_a_word_that_only_begins_a_sentence_or_quotation_is_a_name_where_news_has_it_so():
    text = "Officials left. Putin stayed. He said: “Peace is near.” Sandoria, he said, “Never will”."
    assert keys(text) == [("putin",), ("sandoria",)]


def test_a_name_does_not_run_on_into_the_next_sentence():
    assert keys("He met Putin. Trump left.\nBiden stayed.") == [("putin",), ("trump",), ("biden",)]


@pytest.mark.parametrize(
    "text", ["PRESIDENT SIGNS NEW TRADE TREATY WITH SANDORIA", "President Signs New Trade Treaty With Sandoria"]
)
def test_in_a_heading_only_words_that_news_has_with_capitals_or_not_at_all_are_names(text):
    assert keys(text) == [("sandoria",)]


def test_a_name_is_where_it_says():
    text = "They told U.S. President Donald Trump."
    (name,) = names(text)
    assert text[name.start : name.end] == "U.S. President Donald Trump"
    assert name.keys == ("usa", "donald", "trump")


# --- English, statistics, negation ------------------------------------------------------------------

SPANISH = "El presidente del Gobierno anunció este lunes que no habrá elecciones hasta el próximo año, a pesar de todo."
GERMAN = "Der Kanzler hat am Montag in Berlin erklärt, dass man an dem Plan arbeitet; so war es, um was es auch geht."
FRENCH = "Le président a annoncé lundi que les élections auront lieu en mai. On ne sait pas qui sera candidat, or son"
DUTCH = "De minister zei maandag dat er geen nieuwe belastingen komen. Het is een besluit dat in het kabinet was in de"


@pytest.mark.parametrize(
    "text", [SPANISH, GERMAN, FRENCH, DUTCH, "El tratado fue firmado.", "总统星期一宣布。", "Он сказал."]
)
def test_other_languages_are_not_english(text):
    assert not looks_english(text)
    assert not looks_english(text.upper())


@pytest.mark.parametrize(
    "text",
    [
        *("Treaty signed.", "The treaty was signed.", "PRESIDENT SIGNS NEW TRADE TREATY", "", "1,200 300 %"),
        "Sandoria and Osterland have agreed on gas from Halmstrand.",
        "THE PRESIDENT SAID THAT HE WOULD SIGN AFTER ALL, AND THAT GAS WAS COVERED BY IT.",
        "Milk, bread, eggs, butter, flour, sugar, salt",
    ],
)
def test_short_capital_and_listed_english_is_english(text):
    assert looks_english(text)


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


def test_the_statistics_load_fast():
    fastest = 1.0
    for _ in range(5):
        start = time.process_time()
        language._statistics.__wrapped__()
        fastest = min(fastest, time.process_time() - start)
    assert fastest < 0.06


def test_negations_are_counted_and_false_friends_are_not():
    assert negations("He did not deny it.") == 2
    assert negations("It isn’t so, nor was it.") == 2
    assert negations("Not only that: No. 10 has no doubt.") == 0
