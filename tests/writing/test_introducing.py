"""The first mention of a person carries the full name and office; places, groups and namesakes are left alone."""

import pytest
from analysed import story_of

from newsum import Article
from newsum.text.analysis import analyse
from newsum.writing.introducing import introduced, mentions_of, person_of

TEXT = (
    "Governor Lena Marchetti signed the bill on Monday. Marchetti said it would save the ferry. The union of Tom Adler "
    "went to court. Adler called the bill an insult. Crews in Port Sorrel walked out. Sorrel is a town of 900. "
    "The OKR Council met. The Council rose at noon. House Speaker Ann Ruiz-Vega spoke; Ms. Ruiz-Vega left. "
    "House Democrats said so. The Democrats left, and Democrats said why."
)
MENTIONS = mentions_of(story_of([Article("The Post", TEXT)]))


def text(line: str, above: tuple[str, ...] = ()) -> str:
    return introduced(analyse(line), above, MENTIONS).text


def test_people_are_whom_an_article_names_in_full_and_then_by_surname() -> None:
    people = {surname: person.full for surname in MENTIONS if (person := person_of(surname, MENTIONS)) is not None}
    assert people == {
        "Marchetti": "Lena Marchetti",
        "Adler": "Tom Adler",
        "Ruiz-Vega": "Ann Ruiz-Vega",
    }


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("Marchetti signed the bill.", "Governor Lena Marchetti signed the bill."),
        ("Gov. Marchetti signed the bill.", "Gov. Lena Marchetti signed the bill."),
        ("Ms. Marchetti signed the bill.", "Governor Lena Marchetti signed the bill."),
        ("Ms. Ruiz-Vega signed the bill.", "House Speaker Ann Ruiz-Vega signed the bill."),
        ("Adler went to court.", "Tom Adler went to court."),
        ("Lena Marchetti signed the bill.", "Lena Marchetti signed the bill."),
        ("The Marchetti bill passed.", "The Marchetti bill passed."),
        ("Paul Marchetti signed the bill.", "Paul Marchetti signed the bill."),
        ("Crews met in Adler on Monday.", "Crews met in Adler on Monday."),
        ("Marchetti said that Marchetti would sign.", "Governor Lena Marchetti said that Marchetti would sign."),
        ("The mayor said: “Marchetti will sign.”", "The mayor said: “Marchetti will sign.”"),
        ("The bill goes to Council on Monday.", "The bill goes to Council on Monday."),
        ("She told fellow Democrats to wait.", "She told fellow Democrats to wait."),
    ],
)
def test_a_first_mention_gets_the_full_name_and_office(line: str, wanted: str) -> None:
    assert text(line) == wanted


def test_who_was_named_above_is_not_named_in_full_again() -> None:
    assert (
        text("Marchetti said it would help.", ("Lena Marchetti signed the bill.",)) == "Marchetti said it would help."
    )


def test_two_of_one_surname_are_left_alone() -> None:
    namesakes = "Lena Marchetti won. Paul Marchetti lost. Marchetti said she was glad."
    assert person_of("Marchetti", mentions_of(story_of([Article("The Post", namesakes)]))) is None


def test_a_name_comes_from_the_articles_asked_for_and_with_its_sentence() -> None:
    told, silent = Article("The Post", TEXT), Article("Herald", "Marchetti signed the ferry bill at noon on Monday.")
    mentions = mentions_of(story_of([told, silent]))
    line = analyse("Marchetti signed the bill.")
    assert introduced(line, (), mentions, [silent.id]).text == line.text
    made = introduced(line, (), mentions, [told.id])
    assert made.text == "Governor Lena Marchetti signed the bill."
    assert [passage.text for passage in made.named] == ["Governor Lena Marchetti signed the bill on Monday."]
