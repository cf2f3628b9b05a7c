"""A figure of the sources that a line gives to something else is found, whatever the words and the order."""

import pytest

import newsum
from newsum.articles import Article

BLAST = (
    Article(
        "Port Gazette",
        "A bomb went off in the market of Lambe. The blast killed 59 people and wounded over 500, officials said.",
    ),
    Article("Harlow Wire", "At least 59 people died and more than 500 were injured in a blast at a market in Lambe."),
)
FOODS = (
    Article(
        "Port Gazette",
        "Lambe Foods made a profit of $12m on revenue of $340m in the quarter. "
        "It will close 14 of its shops and open 6 new ones next year.",
    ),
    Article("Harlow Wire", "The company sells frozen fish. It was founded by two sisters from Harlow."),
)
VOTE = (
    Article(
        "Port Gazette",
        "The house passed the harbour bill by 237 votes for to 189 against. Rates rose from 4% to 5% in March.",
    ),
    Article("Harlow Wire", "Some 62% of women and 38% of men backed the harbour bill in a poll of 1,200 people."),
)


def label(text, articles):
    (line,) = (summary := newsum.attribute([text], articles, judge=None)).lines
    return line.support.label, [f.message for f in summary.faults if f.severity == "error"]


@pytest.mark.parametrize(
    ("text", "articles"),
    [
        ("More than 500 people were killed and more than 59 were wounded.", BLAST),
        ("500 people died in the blast.", BLAST),
        ("The bomb wounded 59.", BLAST),
        ("Lambe Foods reported revenue of $12m and a profit of $340m.", FOODS),
        ("There were 189 votes for the bill and 237 against it.", VOTE),
        ("Rates went from 5% to 4% in March.", VOTE),
        ("The bill was backed by 62% of men and 38% of women.", VOTE),
    ],
)
def test_figures_in_each_others_places_are_found(text, articles):
    found, errors = label(text, articles)
    assert found == "contradicted"
    assert " where " in errors[0]


@pytest.mark.parametrize(
    ("text", "articles"),
    [
        ("More than 59 people were killed and more than 500 were wounded.", BLAST),
        ("Fifty-nine died and some 500 were hurt.", BLAST),
        ("Lambe Foods reported a profit of $12m and revenue of $340m.", FOODS),
        ("There were 237 votes for the bill and 189 against it.", VOTE),
        ("Rates went from 4% to 5% in March.", VOTE),
        ("The bill was backed by 62% of women and 38% of men.", VOTE),
    ],
)
def test_figures_in_their_places_in_other_words_are_left_alone(text, articles):
    assert label(text, articles) == ("supported", [])


def test_the_error_names_what_the_source_has_there():
    _, errors = label("The bomb wounded 59.", BLAST)
    assert errors == [
        "“59” where Port Gazette has “500”: “The blast killed 59 people and wounded over 500, officials said”."
    ]


def test_a_sentence_as_it_stands_is_beyond_doubt():
    text = "The house passed the harbour bill by 237 votes for to 189 against."
    assert label(text, VOTE)[0] == "supported"
