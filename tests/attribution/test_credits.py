"""Whom a line credits, who else says the same and whom its evidence cites, decided from evidence and verdict."""

from dataclasses import replace

import pytest

from newsum.attribution.credits import Credits, credits_of, with_credits
from newsum.summary import Evidence, Line, Support

SIGNED = Evidence("a", "BBC", 0, 20, "A treaty was signed.", 0.9)
GAS = Evidence("a", "BBC", 21, 35, "It covers gas.", 0.9)
ALSO = Evidence("b", "CNN", 0, 24, "Both sides have signed.", 0.9)
NOBODY = Evidence("c", "Post", 0, 14, "Nobody signed.", 0.9)


def test_outlets_are_those_of_the_evidence_each_once_and_also_leaves_copies_out():
    copied = replace(NOBODY, copy_of="a")
    credits = credits_of((SIGNED, GAS), (ALSO, ALSO, copied, replace(NOBODY, outlet="BBC")), "supported", "model")
    assert credits == Credits(outlets=("BBC",), also=("CNN",), cited=())


def test_the_origin_of_a_copy_that_the_line_rests_on_is_no_second_witness():
    credits = credits_of((replace(SIGNED, copy_of="b"),), (ALSO, NOBODY), "supported", "model")
    assert (credits.outlets, credits.also) == (("BBC",), ("Post",))


@pytest.mark.parametrize(("score", "also"), [(0.64, ()), (0.65, ("CNN",))])
def test_who_says_a_part_only_or_less_surely_does_not_say_the_same(score, also):
    assert credits_of((SIGNED,), (replace(ALSO, score=score),), "supported", "model").also == also


@pytest.mark.parametrize(
    ("origin", "label", "score", "outlets"),
    [
        ("given", "unsupported", 0.09, ()),
        ("given", "unsupported", 0.11, ("BBC",)),
        ("given", "partly", 0.09, ("BBC",)),
        ("source", "unsupported", 0.09, ("BBC",)),
    ],
)
def test_an_unsupported_given_line_credits_nobody_whose_words_are_only_the_nearest(origin, label, score, outlets):
    assert credits_of((replace(SIGNED, score=score),), (), label, origin).outlets == outlets


def test_whom_the_evidence_cites_is_named_once_and_not_where_the_line_credits_it():
    quotes = ("A treaty was signed, Reuters and the BBC reported.", "It covers gas, according to Reuters.")
    evidence = tuple(replace(SIGNED, quote=quote, end=len(quote)) for quote in quotes)
    assert credits_of(evidence, (), "supported", "model").cited == ("Reuters",)
    both = (*evidence, Evidence("r", "Reuters", 0, 7, "Signed.", 0.9))
    assert credits_of(both, (), "supported", "model").cited == ()


def test_a_line_takes_its_credits_over_and_loses_those_it_had():
    line = with_credits(Line("x", (SIGNED,), (ALSO,), Support("supported", 0.9)))
    assert (line.outlets, line.also, line.cited) == (("BBC",), ("CNN",), ())
    again = with_credits(replace(line, evidence=(), corroboration=(), cited=("AP",)))
    assert again == Line("x", support=Support("supported", 0.9))
