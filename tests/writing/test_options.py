"""A unit's own sentences are offered as lines, the planned one first, each on one line of its own."""

from newsum.articles import Article, Sentence
from newsum.planning.units import ContentUnit
from newsum.text.analysis import Passage, analyse
from newsum.writing.options import offer, tidy

LONG = (
    "Osterland and Kestria signed a 15-year treaty on energy and security on Thursday, committing Kestria to supply 55 "
    "billion cubic metres of natural gas."
)
OTHER = "Kestria will supply Osterland with 55 billion cubic metres of gas over 15 years."
BRIEF = "The ferries stopped running on Tuesday morning."


def unit(*texts, saliences=None):
    articles = [Article(f"Outlet {n}", text) for n, text in enumerate(texts)]
    sentences = tuple(Passage(Sentence(a, 0, len(a.text)), analyse(a.text)) for a in articles)
    each = (1.0,) * len(articles)
    return ContentUnit(sentences, saliences or each, each, tuple(a.id for a in articles), each)


def test_a_units_own_sentences_are_offered():
    ((option, other),) = offer([unit(LONG, OTHER)])
    assert [option.text, other.text] == [LONG, OTHER]
    assert option.origin == other.origin == "source"
    assert option.sources[0].text == LONG


def test_the_planned_sentence_comes_first_and_then_the_most_salient():
    (options,) = offer([unit(LONG, OTHER, BRIEF, saliences=(0.1, 0.2, 0.3))])
    assert [(option.text, option.value) for option in options] == [(LONG, 0.1), (BRIEF, 0.3), (OTHER, 0.2)]


def test_the_options_of_each_unit_stay_with_it():
    assert [[option.text for option in own] for own in offer([unit(OTHER), unit(LONG, BRIEF)])] == [
        [OTHER],
        [LONG, BRIEF],
    ]
    assert offer([]) == []


def test_a_sentence_that_leans_on_another_is_not_offered_by_itself():
    ((option,),) = offer([unit(LONG, "It will run for 15 years from the day of ratification.")])
    assert option.text == LONG


def test_a_sentence_over_several_lines_is_printed_on_one():
    assert tidy("the talks\n  lasted \t for days .") == "The talks lasted for days."
    assert tidy("A .5 calibre gun") == "A .5 calibre gun"
    assert tidy("") == ""
