"""The first mention of a person carries the full name; places, groups and namesakes are left alone."""

import pytest
from analysed import story_of

from newsum import Article
from newsum.text.analysis import analyse
from newsum.writing.introducing import introduced, people_of

TEXT = (
    "Governor Lena Marchetti signed the bill on Monday. Marchetti said it would save the ferry. The union of Tom Adler "
    "went to court. Adler called the bill an insult. Crews in Port Sorrel walked out. Sorrel is a town of 900."
)
PEOPLE = people_of(story_of([Article("The Post", TEXT)]))


def test_people_are_whom_an_article_names_in_full_and_then_by_surname() -> None:
    assert PEOPLE["Marchetti"] == "Lena Marchetti"
    assert PEOPLE["Adler"] == "Tom Adler"


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("Marchetti signed the bill.", "Lena Marchetti signed the bill."),
        ("Governor Marchetti signed the bill.", "Governor Lena Marchetti signed the bill."),
        ("Lena Marchetti signed the bill.", "Lena Marchetti signed the bill."),
        ("The Marchetti bill passed.", "The Marchetti bill passed."),
        ("Paul Marchetti signed the bill.", "Paul Marchetti signed the bill."),
        ("Crews met in Adler on Monday.", "Crews met in Adler on Monday."),
        ("Marchetti said that Marchetti would sign.", "Lena Marchetti said that Marchetti would sign."),
    ],
)
def test_a_first_mention_gets_the_full_name(line: str, wanted: str) -> None:
    found = analyse(line)
    names = [line[name.start : name.end] for name in found.names]
    assert introduced(line, [], PEOPLE, [word for name in names for word in (name, name.split()[-1])]) == wanted


def test_who_was_named_above_is_not_named_in_full_again() -> None:
    above = ["Lena Marchetti signed the bill."]
    assert introduced("Marchetti said it would help.", above, PEOPLE, ["Marchetti"]) == "Marchetti said it would help."


def test_two_of_one_surname_are_left_alone() -> None:
    text = "Lena Marchetti won. Paul Marchetti lost. Marchetti said she was glad."
    assert "Marchetti" not in people_of(story_of([Article("The Post", text)]))
