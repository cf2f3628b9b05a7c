"""A brief fits its words, says each thing once, and reads from the top down."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsum.articles import Article, Sentence
from newsum.planning.units import ContentUnit
from newsum.text.analysis import Passage, analyse
from newsum.text.words import word_count
from newsum.writing.options import Option
from newsum.writing.selection import fill, in_reading_order

THINGS = (
    "pipeline treaty parliament annexes ferry strike rosters medicine storm harbour basement relief hospital hackers "
    "records deadline rocket satellites engine orbit merger branches lender pension kidney dialysis placebo enzyme "
    "midfielder transfer contract debut election coalition farmers railway".split()
)


def unit(number, *, place=0.0, salience=1.0, text="a", opens=False):
    article = Article("BBC", f"Unit {number}.")
    passage = Passage(Sentence(article, 0, len(article.text)), analyse(article.text))
    return ContentUnit((passage,), (salience,), (place,), (text,), (0.0,), opens)


def option(*words, value=1.0):
    return Option(analyse(" ".join(words)), "source", (), value)


def about(number, length, *, value=1.0):
    """An option of so many words on a subject of its own."""
    made = (f"{THINGS[number % len(THINGS)]}{'abcdefghij'[n % 10] * (1 + n // 10)}" for n in range(length))
    return option(*made, value=value)


def length(chosen):
    return sum(word_count(o.text) for _, o in chosen)


@given(st.lists(st.lists(st.integers(3, 40), min_size=1, max_size=3), max_size=12), st.integers(10, 200))
def test_no_brief_is_longer_than_its_words_and_a_tenth(lengths, words):
    units = [unit(n) for n in range(len(lengths))]
    options = [[about(3 * n + m, size) for m, size in enumerate(sizes)] for n, sizes in enumerate(lengths)]
    chosen = fill(units, options, words=words)
    shortest = min((size for sizes in lengths for size in sizes), default=0)
    assert length(chosen) <= max(1.1 * words, shortest)
    assert all(o in options[units.index(u)] for u, o in chosen)
    assert len({id(u) for u, _ in chosen}) == len(chosen)


def test_the_most_salient_units_go_in_until_the_brief_is_full():
    units = [unit(n) for n in range(5)]
    chosen = fill(units, [[about(n, 10)] for n in range(5)], words=30)
    assert [u for u, _ in chosen] == units[:3]


def test_of_two_briefs_that_are_worth_the_same_the_one_of_two_texts_goes_in():
    units = [unit(0, opens=True), unit(1), unit(2, text="b"), unit(3, text="b")]
    for value, texts in ((0.99, ["a", "b"]), (0.8, ["a", "a"])):
        options = [[about(0, 20)], [about(1, 20)], [about(2, 20, value=value)], [about(3, 20, value=0.1)]]
        assert [u.origins[0] for u, _ in fill(units, options, words=44)] == texts


def test_a_unit_that_does_not_fit_makes_way_for_the_next():
    units = [unit(0), unit(1), unit(2)]
    chosen = fill(units, [[about(0, 15)], [about(1, 30, value=0.8)], [about(2, 12, value=0.9)]], words=30)
    assert [u for u, _ in chosen] == [units[0], units[2]]


def test_the_first_option_that_fits_is_taken():
    chosen = fill([unit(0)], [[about(0, 50), about(1, 18)]], words=20)
    assert [word_count(o.text) for _, o in chosen] == [18]


def test_what_has_been_said_is_not_said_again():
    said = option("Osterland", "signed", "the", "pipeline", "treaty", "with", "Kestria")
    again = option("Osterland", "signed", "a", "pipeline", "treaty", "with", "Kestria", "yesterday", value=0.8)
    new = option("Crews", "of", "the", "ferries", "walked", "out", "on", "Tuesday")
    chosen = fill([unit(0), unit(1), unit(2)], [[said], [again], [new]], words=40)
    assert [o for _, o in chosen] == [said, new]


def test_two_short_lines_that_belong_go_before_a_long_one_that_half_belongs():
    units = [unit(n) for n in range(3)]
    chosen = fill(units, [[about(0, 28, value=0.3)], [about(1, 14, value=0.5)], [about(2, 15, value=0.4)]], words=30)
    assert [u for u, _ in chosen] == units[1:]


def test_room_that_is_left_goes_to_fuller_versions():
    chosen = fill([unit(0), unit(1)], [[about(0, 8), about(0, 20)], [about(1, 8)]], words=30)
    assert [word_count(o.text) for _, o in chosen] == [20, 8]


def test_where_every_sentence_is_too_long_the_shortest_stands_alone():
    units = [unit(0), unit(1)]
    longer, shorter = about(0, 30), about(1, 20)
    assert fill(units, [[longer], [shorter]], words=10) == [(units[1], shorter)]


def test_without_options_there_is_no_line():
    assert fill([unit(0)], [[]], words=10) == []
    assert fill([], [], words=10) == []


def test_a_list_of_options_too_few_is_refused():
    with pytest.raises(ValueError, match="zip"):
        fill([unit(0), unit(1)], [[about(0, 5)]], words=50)


def test_the_most_salient_line_goes_first_and_the_rest_as_the_articles_tell_it():
    last, middle, top = (unit(n, place=place) for n, place in enumerate((0.9, 0.5, 0.1)))
    chosen = [(u, about(n, 5)) for n, u in enumerate((last, middle, top))]
    assert [u for u, _ in in_reading_order(chosen)] == [last, top, middle]
    assert in_reading_order([]) == []


def test_the_plan_s_opening_opens_the_brief_whatever_else_is_in_it():
    opening, middle, first = unit(0, place=0.5, opens=True), unit(1, place=0.2), unit(2, place=0.0)
    chosen = [(middle, about(0, 5)), (opening, about(1, 5, value=0.1)), (first, about(2, 5))]
    assert [u for u, _ in in_reading_order(chosen)] == [opening, first, middle]


def test_the_plan_s_opening_is_in_the_brief_by_the_first_of_its_lines_that_fits():
    opening, other = unit(0, opens=True), unit(1)
    lines = [[about(0, 50, value=0.1), about(1, 20, value=0.1), about(2, 15, value=0.2)], [about(3, 30)]]
    assert [word_count(o.text) for _, o in fill([opening, other], lines, words=35)] == [20]
    assert [word_count(o.text) for _, o in fill([opening, other], lines, words=50)] == [50]
    assert [u for u, _ in fill([opening, other], [[about(0, 90)], lines[1]], words=35)] == [other]


def test_another_article_s_first_sentence_does_not_tell_the_event_of_the_opening_again():
    told = "Ministers signed the gas treaty in Karrow after nine months of talks with unions".split()
    again = "The gas treaty ties both countries together until 2041 and long after it ministers said".split()
    options = [[option(*told)], [option(*again, value=0.9)]]
    for place, lines in ((0.0, 1), (0.4, 2)):
        assert len(fill([unit(0, opens=True), unit(1, place=place)], options, words=40)) == lines
