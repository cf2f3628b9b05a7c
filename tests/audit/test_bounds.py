"""A brief or article without end is read in part, with a notice, and a repeated pattern takes linear time."""

import pytest

import newsum
from newsum.articles import Article
from newsum.audit.bounds import MOST_CHARACTERS, in_parts
from newsum.briefs.parsing import GivenLine
from newsum.text import analysis

ARTICLE = Article("BBC", "The bridge at Karrow fell on Monday, police said. Two people were hurt.")


def test_a_brief_is_checked_up_to_the_most_and_says_so() -> None:
    brief = "The bridge at Karrow fell on Monday. (BBC)\n\n" + "x" * 1_000_000
    summary = newsum.attribute(brief, [ARTICLE])
    assert summary.lines[0].text == "The bridge at Karrow fell on Monday."
    assert sum(len(line.text) for line in summary.lines) <= MOST_CHARACTERS
    assert "what follows the first 30,000 was not checked" in summary.notices[-1]
    assert newsum.attribute(brief[:900], [ARTICLE]).notices == summary.notices[:-1]


def test_the_lines_of_a_list_count_together() -> None:
    summary = newsum.attribute(["The bridge at Karrow fell on Monday."] * 2 + ["y" * 40_000] * 2, [ARTICLE])
    assert sum(len(line.text) for line in summary.lines) <= MOST_CHARACTERS
    assert any("The brief has 80,072 characters" in notice for notice in summary.notices)


def test_a_line_without_end_is_checked_in_parts_that_hold_all_its_words() -> None:
    words = [f"1,{n:03}" for n in range(999)]
    parts = list(in_parts([GivenLine(" ".join(words), ("BBC",)), GivenLine("It fell.")]))
    assert " ".join(part.text for part in parts).split() == [*words, "It", "fell."]
    assert all(len(part.text) <= 1_000 for part in parts)
    assert {part.claimed for part in parts[:-1]} == {("BBC",)}


def test_an_article_is_read_up_to_the_most_and_the_summary_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(analysis, "MOST_CHARACTERS", 60)
    long = Article(
        "BBC", "The bridge at Karrow fell on Monday. Two were hurt there. The road to Tarn was closed for a week."
    )
    [found] = analysis.analyse_articles([long])
    assert [passage.text for passage in found.sentences][:2] == [
        "The bridge at Karrow fell on Monday.",
        "Two were hurt there.",
    ]
    assert found.sentences[-1].sentence.end <= 60


@pytest.mark.parametrize(
    ("sentence", "read"),
    [
        ("It fell on Monday, police said, " * 8 + "again. ", 1_000_000),
        ("It fell on Monday. ", 189_999),
        ("a\n", 19_999),
    ],
)
def test_an_article_without_end_is_read_up_to_a_million_characters_and_ten_thousand_sentences(
    sentence: str, read: int
) -> None:
    whole = Article("CNN", sentence * (1_100_000 // len(sentence)))
    assert newsum.summarise([ARTICLE, whole], model=None).notices == (
        f"Only the first {read:,} characters were read of the article of CNN.",
    )


def test_a_brief_is_checked_up_to_five_hundred_lines_and_says_so() -> None:
    summary = newsum.attribute("It fell on Monday. (BBC)\n" * 600, [ARTICLE], judge=None)
    assert len(summary.lines) == 500
    assert "The brief has 600 lines; what follows the first 500 was not checked." in summary.notices
