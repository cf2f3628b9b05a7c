"""How alike texts are: what must hold for any text, and what makes two ways of writing one thing meet."""

import pytest
from analysed import terms
from hypothesis import given, settings
from hypothesis import strategies as st

from newsum.similarity.terms import cosine, cover

TEXTS = st.text(max_size=60) | st.lists(
    st.sampled_from("gas treaty signed 55bn 55 billion $3m -3.5% Putin the not U.S. 1,200 twenty-two".split())
).map(" ".join)


@settings(deadline=None)
@given(TEXTS, TEXTS)
def test_cosine_and_cover_are_shares_and_cosine_is_symmetric(left, right):
    one, two = terms(left), terms(right)
    assert 0 <= cosine(one, two) <= 1
    assert cosine(one, two) == cosine(two, one)
    assert 0 <= cover(one, [two]) <= cover(one, [two, one]) <= 1


@settings(deadline=None)
@given(TEXTS)
def test_a_text_is_wholly_like_itself_unless_it_has_no_terms(text):
    own = terms(text)
    assert cosine(own, own) == (pytest.approx(1) if own.weights and own.norm else 0)
    assert cover(own, [own]) == (pytest.approx(1) if own.total else 0)


@pytest.mark.parametrize("text", ["", "   ", "…—", "the of and"])
def test_a_text_without_content_is_like_nothing(text):
    assert cosine(terms(text), terms("A treaty was signed.")) == 0
    assert cover(terms(text), [terms("A treaty was signed.")]) == 0
    assert cover(terms("A treaty was signed."), []) == 0


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("55 bn cubic metres", "55 billion cubic metres"),
        ("twenty-two people", "22 people"),
        ("a third of voters", "one-third of voters"),
        ("fell -3.5% there", "fell minus 3.5 percent there"),
        ("the U.S. treaty", "the US treaty"),
    ],
)
def test_two_ways_of_writing_one_thing_have_the_same_terms(left, right):
    assert terms(left).weights.keys() == terms(right).weights.keys()


def test_a_figure_is_one_term_with_its_scale():
    assert [key for key in terms("It holds 55 billion cubic metres").weights if " " not in key] == [
        *("hold", "#5.5e+10", "cubic", "metr")
    ]


def test_word_order_counts_a_little():
    line = terms("gas supplies signed treaty")
    same, turned = terms("gas supplies signed treaty"), terms("treaty signed supplies gas")
    assert 0.6 < cosine(line, turned) < cosine(line, same)


def test_rare_words_cover_more_than_common_ones():
    line = terms("Sandoria signed")
    assert cover(line, [terms("Sandoria")]) > cover(line, [terms("signed")]) > 0
