"""Whom a sentence cites, from its words alone; how a brief says so, and reads it back."""

import json
from dataclasses import replace
from functools import partial

import pytest

import newsum
from newsum import Article, Summary
from newsum.attribution.credits import with_credits
from newsum.outlets.citations import cited, without_citations
from newsum.rendering import to_fragment, to_text
from newsum.summary import Evidence, Line


@pytest.mark.parametrize(
    ("text", "outlets"),
    [
        ("The ship had left, Reuters reported.", ("Reuters",)),
        ("The ship had left, according to the Associated Press.", ("Associated Press",)),
        ("Officials told the Guardian that the ship had left.", ("The Guardian",)),
        ("He told CNN's night editor that the ship had left.", ("CNN",)),
        ("The email was first reported by The New York Times.", ("The New York Times",)),
        ("The ship had left, the AP reports, per CNN.", ("CNN", "Associated Press")),
        ("The ship had left, the Northgate Wire reported.", ("Northgate Wire",)),
        ("As the Brisbane Times reports, the ship had left.", ("Brisbane Times",)),
        ("According to the International Atomic Energy Agency, the ship had left.", ()),
        ("According to the White House, the ship had left.", ()),
        ("Captain Oldham told reporters that the ship had left.", ()),
        ("He resigned hours after Fox News reported the raid.", ()),
        ('"Now, according to ABC News, the ship has left," she said.', ()),
        ("", ()),
    ],
)
def test_an_outlet_is_cited_where_the_words_say_so(text, outlets):
    assert cited(text) == outlets


def test_an_outlet_does_not_cite_itself_under_any_of_its_names():
    assert cited("Officials told the Guardian that he left.", besides=["Guardian"]) == ()
    assert cited("Officials told the AP that he left.", besides=["Associated Press"]) == ()


def test_what_a_sentence_says_is_left_without_whom_it_cites():
    assert without_citations("According to Reuters, the ship had left.") == ", the ship had left."
    assert without_citations("The ship had left.") == "The ship had left."


attribute = partial(newsum.attribute, judge=None)
BBC = Article("BBC", "The ship had left Halmstrand on Monday, Reuters reported. Fog lay on the harbour.")


def brief(*articles):
    return attribute(["The ship had left Halmstrand on Monday.", "Fog lay on the harbour."], articles)


def test_a_line_names_whom_its_evidence_cites():
    summary = brief(BBC)
    assert [(line.outlets, line.cited) for line in summary.lines] == [(("BBC",), ("Reuters",)), (("BBC",), ())]
    assert "The ship had left Halmstrand on Monday. [BBC, citing Reuters]" in str(summary)
    assert "Fog lay on the harbour. [BBC]" in str(summary)
    assert "<bdi>BBC, citing Reuters</bdi>" in to_fragment(summary)
    assert summary.verify([BBC]) == ()


def test_whom_the_line_credits_is_not_named_again():
    both = "The ship had left Halmstrand on Monday. It was bound for Osterland."
    summary = attribute(
        ["The ship, bound for Osterland, had left Halmstrand on Monday."], [BBC, Article("Reuters", both)]
    )
    (line,) = summary.lines
    assert "Reuters" in line.outlets
    assert line.cited == ()


def test_whom_a_line_cites_is_stored_and_not_looked_up_again_in_a_table_that_may_have_changed():
    values = json.loads(brief(BBC).to_json())
    assert values["lines"][0]["cited"] == ["Reuters"]
    values["lines"][0]["cited"] = ["Northgate Press"]
    again = Summary.from_dict(values)
    assert again.lines[0].cited == ("Northgate Press",)
    assert "The ship had left Halmstrand on Monday. [BBC, citing Northgate Press]" in str(again)


def test_of_two_outlets_credited_only_the_one_that_cites_is_said_to_cite():
    quote = "The ship had left Halmstrand on Monday, Reuters reported."
    own = Evidence("a", "BBC", 0, len(quote), quote, 0.9)
    line = with_credits(Line("It left.", (own, Evidence("b", "CNN", 0, 14, "Ships had left", 0.9))))
    assert line.cited == ("Reuters",)
    assert to_text(Summary((line,))).startswith("It left. [BBC, citing Reuters; CNN]")
    assert to_text(Summary((replace(line, cited=()),))).startswith("It left. [BBC; CNN]")


def test_a_given_tag_that_cites_credits_only_whom_it_names_first():
    given = "The ship had left Halmstrand on Monday. [BBC, citing Reuters]\nFog lay on the harbour. [BBC]"
    summary = attribute(given, [BBC])
    assert [line.claimed for line in summary.lines] == [("BBC",), ("BBC",)]
    assert summary.faults == ()
