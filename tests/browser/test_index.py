"""A batch's index in a real browser: it finds, filters and sorts, and leads from brief to brief and back."""

from pathlib import Path

import pytest
from batch_stories import batch
from browser_pages import DESKTOP, PHONE, Browser

from newsum.articles import Article, Story

STORIES = [
    Story((Article("BBC", "The ferry strike began.", published="2026-03-10"),), "strike", "Ferry strike"),
    Story(
        (Article("CNN", "A quake shook Calderra.", published="2026-03-12"), Article("BBC", "It shook.")),
        "quake",
        "Quake",
    ),
    Story((Article("AFP", "The zoo reopened.", published="2026-03-11"),), "zoo", "A zoo reopens"),
]


@pytest.fixture
def index(page: Browser, tmp_path: Path) -> Browser:
    batch(STORIES, tmp_path / "out", formats=["html"])
    page.driver.get((tmp_path / "out" / "index.html").as_uri())
    return page


def _shown(page: Browser) -> list[str]:
    return [card.find_element("css selector", "h2").text for card in page.find_all(".card") if card.is_displayed()]


def _choose(page: Browser, name: str, value: str) -> None:
    script = """
    const field = document.querySelector(`[name=${arguments[0]}]`);
    field.value = arguments[1];
    for (const kind of ["input", "change"]) field.dispatchEvent(new Event(kind, { bubbles: true }));
    """
    page.run(script, name, value)


def test_a_search_finds_the_cards_that_hold_every_word(index: Browser) -> None:
    index.find("[name=words]").send_keys("the STRIKE")
    assert _shown(index) == ["Ferry strike"]
    assert index.find("[role=status]").text == "1 of 3"
    index.find("[name=words]").clear()
    _choose(index, "words", "")
    assert _shown(index) == ["Ferry strike", "Quake", "A zoo reopens"]


def test_an_outlet_is_picked_from_those_that_there_are(index: Browser) -> None:
    assert [option.text for option in index.find_all("[name=outlet] option")] == [
        "all",
        "AFP (1)",
        "BBC (2)",
        "CNN (1)",
    ]
    _choose(index, "outlet", "BBC")
    assert _shown(index) == ["Ferry strike", "Quake"]


def test_the_cards_are_sorted_by_date_by_title_and_as_they_came(index: Browser) -> None:
    _choose(index, "order", "day")
    assert _shown(index) == ["Quake", "A zoo reopens", "Ferry strike"]
    _choose(index, "order", "title")
    assert _shown(index) == ["A zoo reopens", "Ferry strike", "Quake"]
    _choose(index, "order", "place")
    assert _shown(index) == ["Ferry strike", "Quake", "A zoo reopens"]


def test_a_reader_goes_from_the_index_to_a_brief_on_to_the_next_and_back(index: Browser) -> None:
    index.click(".card h2 a")
    assert index.find("h1").text == "Ferry strike"
    index.click(".turns .next")
    assert index.find("h1").text == "Quake"
    index.click(".turns .before")
    assert index.find("h1").text == "Ferry strike"
    index.click(".turns a[href='../index.html']")
    assert _shown(index) == ["Ferry strike", "Quake", "A zoo reopens"]


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
@pytest.mark.parametrize("dark", [False, True])
def test_axe_finds_no_serious_fault_in_the_index_and_nothing_overflows(index: Browser, width: int, dark: bool) -> None:
    index.look(width, dark=dark)
    assert index.overflowing() == []
    assert index.faults() == []
