"""A line that an article's own correction takes back is contradicted; a line that the note puts right is not."""

import pytest

from newsum import Article, attribute, summarise

BODY = (
    "The harbour authority will close the lighthouse pier for eleven months. "
    "The work is paid for by a national fund for small ports. "
    "Ferry crossings to the island will leave from the fish quay."
)
OTHER = Article(
    "Harlow Wire",
    "The lighthouse pier will be closed for eleven months. The work starts in May, the authority said.",
)
WRONG = {
    "Correction: An earlier version of this article said that the work would cost 41 million euros and that Jo Day "
    "chairs the authority. It will cost 14 million euros, and Ada Holm chairs it.": [
        "The work will cost 41 million euros.",
        "Jo Day chairs the authority.",
    ],
    "This article was amended on 11 March 2026. An earlier version said that the work would cost 41 million euros.": [
        "The work will cost 41 million euros."
    ],
    "Clarification: The first version of this report gave the cost as 41 million euros.": [
        "It will cost 41 million euros."
    ],
    "This story has been corrected to say that the work will cost 14 million euros, not 41 million.": [
        "The work will cost 41 million euros."
    ],
    "Correction: We originally reported that the mayor of Port Lambe had resigned. She is still in office.": [
        "The mayor of Port Lambe has resigned."
    ],
    "A previous version of this story misidentified the head of the authority as Jo Day. Ada Holm leads it.": [
        "Jo Day is the head of the authority."
    ],
}
RIGHT = {
    "Correction: An earlier version of this article said that the work would cost 41 million euros and that Jo Day "
    "chairs the authority. It will cost 14 million euros, and Ada Holm chairs it.": [
        "The work will cost 14 million euros.",
        "The pier will be closed for eleven months.",
    ],
    "This story has been corrected to say that the work will cost 14 million euros, not 41 million.": [
        "The work will cost 14 million euros."
    ],
    "This article was amended on 11 March 2026. An earlier version said that the work would cost 41 million euros.": [
        "The work is paid for by a national fund for small ports."
    ],
}


def labels(note, lines):
    articles = [Article("Port Lambe Gazette", f"{BODY}\n\n{note}", published="2026-03-11"), OTHER]
    return [
        line.support.label
        for line in attribute([f"{line} (Port Lambe Gazette)" for line in lines], articles, judge=None).lines
    ]


@pytest.mark.parametrize("note", WRONG)
def test_a_line_that_a_correction_takes_back_is_contradicted(note):
    assert labels(note, WRONG[note]) == ["contradicted"] * len(WRONG[note])


@pytest.mark.parametrize("note", RIGHT)
def test_what_a_correction_puts_right_or_leaves_alone_is_supported(note):
    assert labels(note, RIGHT[note]) == ["supported"] * len(RIGHT[note])


@pytest.mark.parametrize("note", WRONG)
def test_no_brief_prints_a_correction(note):
    articles = [Article("Port Lambe Gazette", f"{BODY}\n\n{note}", published="2026-03-11"), OTHER]
    printed = summarise(articles, words=90, model=None).text
    assert "version" not in printed
    assert "41 million" not in printed
    assert "Correction" not in printed
