"""A sentence whose people are introduced goes without the names that its evidence does not bear out."""

from newsum.articles import Article, Story
from newsum.planning.intake import prepared
from newsum.text.analysis import analyse
from newsum.writing.options import Option
from newsum.writing.standing import Sources, found

BARE = "Oru told members that the two oldest ferries would be sold in the spring."
NAMING = "Sam Oru leads the harbour party."


def found_as(name: str) -> str:
    """The line that is found where a name is put in for "Oru"."""
    story, _ = prepared(Story((Article("Bay Post", f"{NAMING} {BARE} Few had thought so."),)), "to summarise")
    naming, bare, _ = story.articles[0].sentences
    option = Option(analyse(BARE.replace("Oru", name)), "source", (bare, naming), 0.3)
    return found(option, Sources.of(story, None)).option.text


def test_a_name_that_the_article_has_stays() -> None:
    assert found_as("Sam Oru") == BARE.replace("Oru", "Sam Oru")


def test_a_name_that_it_has_not_goes() -> None:
    assert found_as("Mara Vell Oru") == BARE
