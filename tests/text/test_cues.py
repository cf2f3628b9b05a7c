"""One pass over a sentence's words sees what a search for each kind of word would see."""

import re

import pytest

from newsum.similarity import counts as counting
from newsum.text import readable
from newsum.text.cues import Signs, signs

BOILERPLATE = """sign up today
editor’s note
our newsletter
hide caption
a subscription
read more
read the full story
click here
follow us
follow @kassel
accept cookies
all rights reserved
© kassel media
getty images
ap photo
picture: kassel
image: kassel
photo by kassel
photograph by kassel
photo: kassel
download the app
listen to this
watch live
watch: the vote
advertisement
this article was first printed
reporting by kassel
contributed to this report
edited by kassel
terms of use
privacy policy
corrected on monday
an earlier version of this
newsroom@kassel
tip line
have you been affected
get in touch
declined to comment
did not immediately respond to requests
did not reply to a request
stay up to date
as an interest
https://kassel
www.kassel
desk@kassel.example
this is a developing story"""


def test_a_sentence_is_counted():
    text = "“Three miners may have died,” the AP said; we counted 12 co-workers."
    seen = signs(text)
    assert seen == Signs(12, 7, 1, 7, 1, 1, 1, 1, 1, 2, 1)


@pytest.mark.parametrize("phrase", BOILERPLATE.split("\n"))
def test_every_phrase_of_boilerplate_has_a_sign(phrase):
    assert readable._BOILERPLATE.search(phrase)
    assert signs(phrase.capitalize()).boilerplate


def test_every_kind_of_boilerplate_is_among_the_phrases():
    parts = re.sub(r"\s*\n\s*", "", readable._BOILERPLATE.pattern)
    kinds = re.split(r"\|(?![^(]*\))", parts)
    assert all(any(re.search(kind, phrase, re.VERBOSE) for phrase in BOILERPLATE.split("\n")) for kind in kinds)


@pytest.mark.parametrize(
    "word",
    "killed killing dead died dies death deaths toll fatality fatalities injured injury injuries wounded hurt missing "
    "unaccounted lost".split(),
)
def test_every_word_of_a_running_figure_has_a_sign(word):
    assert any(sign.search(f"{word} their lives") for sign in counting._RUNNING.values())
    assert signs(word.capitalize()).toll


def test_a_long_text_is_counted_field_by_field():
    assert signs("Killed " * 70_000) == Signs(70_000, 70_000, 70_000, 70_000, 0, 0, 0, 0, 70_000, 0, 0)
