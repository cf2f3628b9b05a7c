"""Names are told by their capitals; each case is one that some text got wrong."""

import pytest

from newsum.text.analysis import analyse


def names(text):
    return analyse(text).names


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
