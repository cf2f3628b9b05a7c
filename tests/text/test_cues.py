"""One pass over a sentence's words sees what a search for each kind of word would see."""

import pytest

from newsum.similarity.counts import running
from newsum.text.analysis import analyse
from newsum.text.cues import Cues, cues
from newsum.text.readable import readable_from

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
    text = "“Three miners may have died,” the AP said; we counted 12 co-workers, and he 11 on May’s last day."
    seen = cues(text)
    assert seen._asdict() == {
        "words": 19,
        "long": 8,
        "capitals": 1,
        "finite": 7,
        "speaker": 1,
        "shouted": 1,
        "reports": 1,
        "modal": 1,
        "person": 1,
        "toll": 1,
        "months": 1,
        "figures": 3,
        "boilerplate": 1,
    }


@pytest.mark.parametrize("phrase", BOILERPLATE.split("\n"))
def test_every_phrase_of_boilerplate_has_a_sign_and_is_no_line(phrase):
    sentence = f"The council {phrase} after the storm had closed the port for nine days."
    assert cues(phrase.capitalize()).boilerplate
    assert readable_from(sentence, cues(sentence)) is None


@pytest.mark.parametrize(
    "word",
    "killed killing dead died dies death deaths toll fatality fatalities injured injury injuries wounded hurt missing "
    "unaccounted lost".split(),
)
def test_every_word_of_a_running_figure_has_a_sign(word):
    assert cues(word.capitalize()).toll


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("12 people were killed.", "dead"),
        ("12 people were found dead.", "dead"),
        ("12 people died.", "dead"),
        ("The death toll rose to 12.", "dead"),
        ("12 people lost their lives.", "dead"),
        ("12 people were injured.", "injured"),
        ("12 people were wounded.", "injured"),
        ("12 people were hurt.", "injured"),
        ("12 people are missing.", "missing"),
        ("12 people are unaccounted for.", "missing"),
    ],
)
def test_a_running_figure_goes_by_what_happened(text, what):
    assert running(analyse(text)) == {what: 12.0}


def test_a_long_text_is_counted_field_by_field():
    assert cues("Killed " * 70_000) == Cues(70_000, 70_000, 70_000, 70_000, 0, 0, 0, 0, 0, 70_000, 0, 0, 0)
