"""The extractor that looks at printed lines finds what is planted in them, and nothing in what is true."""

import pytest

from benchmarks.printed import contiguous, strangers
from newsum.articles import Article, Story
from newsum.summary import Evidence, Line

TEXT = "Osterland signed a treaty with Kestria on Tuesday for 55 billion cubic metres of gas. It was read out today."
ARTICLE = Article("Harbour Courier", TEXT, published="2026-03-12")  # a Thursday
STORY = Story((ARTICLE,))


def line(text):
    return Line(text, (Evidence(ARTICLE.id, "Harbour Courier", 0, len(TEXT), TEXT, 1.0),), outlets=("Harbour Courier",))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Osterland signed a treaty with Kestria for 55 billion cubic metres of gas.", []),
        ("Osterland signed a treaty with Kestria on Tuesday (10 March).", []),
        ("Osterland signed a treaty with Kestria on Tuesday (11 March).", ["Tuesday (11 March)"]),
        ("Osterland signed a treaty with Kestria, which was read out on 12 March.", []),
        ("Osterland signed a treaty with Kestria, which was read out on 12 June.", ["on 12 June"]),
        ("Osterland signed a treaty with Volmark for 56 billion cubic metres.", ["56", "Volmark"]),
    ],
)
def test_what_the_evidence_lacks_is_found(text, found):
    assert strangers(line(text), STORY) == found


def test_a_line_with_a_date_put_in_is_contiguous_still_and_a_cut_one_is_not():
    assert contiguous(line("Osterland signed a treaty with Kestria on Tuesday (10 March) for 55 billion cubic."), STORY)
    assert not contiguous(line("Osterland signed a treaty with Kestria for 55 billion cubic metres of gas."), STORY)
