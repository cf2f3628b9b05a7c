"""Notes by which an article corrects itself: what they take back, what they put right; no brief prints them."""

import pytest

from newsum.articles import Article
from newsum.text.analysis import analyse_articles

BODY = (
    "The harbour authority will close the lighthouse pier for eleven months. "
    "Ferry crossings to the island will leave from the fish quay."
)

# A note -> (what it takes back, what it puts right): words that stand there, "" where nothing does
NOTES = {
    "Correction: An earlier version of this article said that the work would cost 41 million euros. "
    "It will cost 14 million euros.": ("41 million", "14 million"),
    "This article was amended on 11 March 2026. An earlier version said that the work would cost 41 million euros.": (
        "41 million",
        "",
    ),
    "Clarification: The first version of this report gave the cost as 41 million euros.": ("41 million", ""),
    "This story has been corrected to say that the work will cost 14 million euros, not 41 million.": (
        "41 million",
        "14 million",
    ),
    "A previous version of this story misstated the cost of the work. It is 14 million euros, not 41 million euros.": (
        "41 million",
        "14 million",
    ),
    "Editor's note: Due to an editing error, an earlier version of this piece misidentified the chair as Jo Day. "
    "She is Ada Holm.": ("Jo Day", "Ada Holm"),
    "We originally reported that Jo Day chairs the authority. Ada Holm chairs it.": ("Jo Day", "Ada Holm"),
    "(This March 10 story has been corrected to fix the cost to 14 million euros from 41 million in paragraph 2.)": (
        "41 million",
        "14 million",
    ),
    "CORRECTION, March 11: The original version of this post incorrectly stated that the ferry sank. It ran aground.": (
        "sank",
        "aground",
    ),
    "This story has been updated to correct that the pier is 90 metres long rather than 900 metres.": (
        "900",
        "90 metres long",
    ),
    "Corrected: a headline on an earlier version of this article said that the mayor had resigned. She has not.": (
        "resigned",
        "has not",
    ),
    "An earlier version of this report wrongly said 12 people died, when in fact 12 were hurt.": (
        "died",
        "12 were hurt",
    ),
}

# Notes that say only that something was added: they take nothing back
UPDATES = [
    "This story has been updated to include a statement from the authority.",
    "This article was updated on 11 March 2026.",
    "Update, 4 p.m.: This post has been updated with more details.",
]

# News about versions, corrections and updates is no note
NEWS = [
    "An earlier version of the bill said that tolls would rise.",
    "The minister corrected the figure to 14 million in parliament.",
    "The authority has updated its plan to include a lift.",
    "A previous version of the software let anyone in.",
    "The prison said that a correction officer was hurt.",
]


def known(note):
    (article,) = analyse_articles([Article("Port Lambe Gazette", f"{BODY}\n\n{note}")])
    return article


@pytest.mark.parametrize("note", NOTES)
def test_what_a_note_takes_back_is_no_sentence_of_the_article(note):
    article = known(note)
    wrong, right = NOTES[note]
    back = " ".join(correction.text[a:b] for correction in article.corrections for a, b in correction.wrong)
    said = " ".join(passage.text for passage in article.sentences)
    assert wrong in back
    assert right not in back or not right
    assert wrong not in said.removeprefix(BODY)
    assert right in said


@pytest.mark.parametrize("note", [*NOTES, *UPDATES])
def test_a_note_is_never_a_line(note):
    article = known(note)
    assert [p.text for p in article.readable if p is not None] == BODY.replace("months. ", "months.|").split("|")


@pytest.mark.parametrize("note", UPDATES)
def test_a_note_of_an_update_takes_nothing_back(note):
    assert known(note).corrections == ()


@pytest.mark.parametrize("sentence", NEWS)
def test_news_about_versions_and_corrections_is_news(sentence):
    article = known(sentence)
    assert article.corrections == ()
    assert [passage.text for passage in article.sentences][-1] == sentence
