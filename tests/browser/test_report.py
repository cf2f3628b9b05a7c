"""The report in a real browser: what lights up where, on which device, and that nothing leaves the page."""

import gzip
import json
import os
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from browser_pages import DESKTOP, PHONE, Browser, expected, resting_on
from fixture_stories import FOLDER, NAMES, story

import newsum
from newsum.articles import Article, Story
from newsum.rendering import to_html
from newsum.rendering.wording import carriers
from newsum.summary import Summary

FAULTY = FOLDER.parent / "briefs" / "treaty-faulty.txt"
POINTED = ("ferry-strike", "earthquake")  # in the second outlets differ on a point


@cache
def brief(name: str) -> tuple[Summary, tuple[Article, ...]]:
    """A brief of a fixture story, or the faulty brief of the treaty, checked; and its articles."""
    if name == "checked":
        articles = story("treaty").articles
        return newsum.attribute(FAULTY.read_text(encoding="utf-8"), articles), articles
    return newsum.summarise(story(name), words=150, model=None), story(name).articles


def page_of(name: str) -> str:
    return to_html(*brief(name))


@cache
def development_stories() -> tuple[Story, ...]:
    """Real stories of the development data, three of each kind; none where that data is not there."""
    beside = Path(__file__).resolve().parents[3] / "shared" / "data"
    folder = Path(os.environ.get("NEWSUM_DATA") or beside) / "stories"
    found: list[Story] = []
    for name in ("multiling2011_dev", "basil_dev"):
        if (path := folder / f"{name}.jsonl.gz").exists():
            with gzip.open(path, "rt", encoding="utf-8") as rows:
                found += [Story.from_dict(json.loads(row)) for row, _ in zip(rows, range(3), strict=False)]
    return tuple(found)


def _evidence(summary: dict[str, Any], key: str) -> tuple[list[Any], list[Any]]:
    """What a line or disagreement rests on, and what else is on the same."""
    if key[0] == "d":
        return summary["disagreements"][int(key[1:]) - 1]["positions"], []
    line = summary["lines"][int(key[1:]) - 1]
    return line["evidence"], line["corroboration"]


def _holders(summary: dict[str, Any]) -> list[str]:
    return [f"l{n + 1}" for n in range(len(summary["lines"]))] + [
        f"d{n + 1}" for n in range(len(summary["disagreements"]))
    ]


def _assert_lit(page: Browser, name: str, key: str) -> None:
    """That exactly the evidence of the line is lit, by the JSON's offsets, and the line itself."""
    summary, articles = brief(name)
    values = summary.to_dict()
    rests, others = _evidence(values, key)
    assert page.lit(".hit.lit.rests") == expected(values, articles, rests)
    assert page.lit() == expected(values, articles, [*rests, *others])
    assert page.lit_lines() == [key]


# --- from a line to its evidence --------------------------------------------------------------------


@pytest.mark.parametrize("name", [*POINTED, "checked"])
def test_pointing_at_a_line_lights_up_its_evidence_and_going_away_puts_it_out(page: Browser, name: str) -> None:
    page.open(page_of(name))
    for key in _holders(brief(name)[0].to_dict()):
        page.point_at(f"#{key} .number")
        _assert_lit(page, name, key)
    page.point_away()
    assert page.lit() == {}
    assert page.lit_lines() == []


@pytest.mark.parametrize("name", POINTED)
def test_the_keyboard_comes_to_every_line_and_lights_up_its_evidence(page: Browser, name: str) -> None:
    from selenium.webdriver.common.keys import Keys

    page.open(page_of(name))
    for key in _holders(brief(name)[0].to_dict()):
        page.tab_to(f"#{key} .number")
        _assert_lit(page, name, key)
    page.press(Keys.ENTER)
    _assert_lit(page, name, key)
    page.press(Keys.ESCAPE)
    assert page.lit() == {}


@pytest.mark.parametrize("name", POINTED)
def test_a_tap_on_a_phone_opens_the_articles_at_the_evidence(page: Browser, name: str) -> None:
    from selenium.webdriver.common.keys import Keys

    page.look(PHONE)
    page.open(page_of(name))
    for key in _holders(brief(name)[0].to_dict()):
        page.tap(f"#{key} .said" if key[0] == "l" else f"#{key} h3")
        _assert_lit(page, name, key)
        assert page.is_in_view(".hit.lit.rests")
        assert page.is_in_view(f"#{key} .number")
        page.tap(".close")
        assert page.lit() == {}
    page.press(Keys.ESCAPE)


def test_a_click_keeps_a_line_lit_until_another_click_or_escape(page: Browser) -> None:
    from selenium.webdriver.common.keys import Keys

    page.open(page_of("ferry-strike"))
    page.click("#l2 .said")
    page.point_at("#l1 .said")
    _assert_lit(page, "ferry-strike", "l2")
    page.click("#l2 .said")
    page.point_away()
    assert page.lit() == {}
    page.click("#l3 .said")
    page.press(Keys.ESCAPE)
    page.point_away()
    assert page.lit() == {}


def test_words_that_the_line_and_its_evidence_share_are_marked(page: Browser) -> None:
    page.open(page_of("ferry-strike"))
    page.click("#l1 .said")
    shared = {each.text.lower() for each in page.find_all(".hit.lit.rests .common")}
    said = page.find("#l1 .said").text.lower()
    assert {"ferries", "strike", "islands"} <= shared
    assert not shared & {"the", "of", "at"}
    assert all(word in said for word in shared)


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_an_address_with_a_line_opens_at_it(page: Browser, width: int) -> None:
    page.look(width)
    page.open(page_of("earthquake"), at="#l4")
    _assert_lit(page, "earthquake", "l4")
    assert page.is_in_view("#l4 .number")


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
@pytest.mark.parametrize("kind", ["credited", "also", "copy"])
def test_a_chip_leads_to_the_sentence_that_it_stands_for(page: Browser, width: int, kind: str) -> None:
    page.look(width)
    page.open(page_of("ferry-strike"))
    chips = page.find_all(f".chip.{kind}")
    assert chips
    number = int(chips[0].find_element("xpath", "ancestor::*[starts-with(@id, 'l')]").get_attribute("id")[1:])
    line = brief("ferry-strike")[0].lines[number - 1]
    (page.tap if width == PHONE else page.click)(f"#l{number} .chip.{kind}")
    target = page.find(f"#l{number} .chip.{kind}").get_attribute("href").split("#")[1]
    others = [each for each in line.corroboration if (each.outlet in line.also) == (kind == "also")]
    meant = line.evidence[0] if kind == "credited" else next(e for e in others if kind == "also" or e.copy_of)
    assert target.endswith(f"-{meant.start}")
    assert page.focused() == target
    assert page.is_in_view(f"#{target}")
    _assert_lit(page, "ferry-strike", f"l{number}")


# --- and back ---------------------------------------------------------------------------------------


def _hits(name: str) -> list[tuple[str, list[str]]]:
    """The anchor of each marked sentence, with the lines that the JSON says rest there."""
    values = brief(name)[0].to_dict()
    numbers = {source["article"]: number for number, source in enumerate(values["sources"], start=1)}
    places = {
        (numbers[each["article"]], each["start"])
        for key in _holders(values)
        for part in _evidence(values, key)
        for each in part
    }
    return [(f"a{number}-{start}", resting_on(values, number, start)) for number, start in sorted(places)]


@pytest.mark.parametrize("name", POINTED)
def test_pointing_at_a_sentence_lights_up_the_lines_that_rest_on_it(page: Browser, name: str) -> None:
    page.open(page_of(name))
    for anchor, keys in _hits(name):
        page.point_at(f"#{anchor}")
        assert page.lit_lines() == keys


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_a_tap_on_a_lit_sentence_leads_back_to_its_lines(page: Browser, width: int) -> None:
    page.look(width)
    page.open(page_of("ferry-strike"))
    touch = page.tap if width == PHONE else page.click
    for anchor, keys in _hits("ferry-strike"):
        touch(f"#{keys[0]} .said" if keys[0][0] == "l" else f"#{keys[0]} h3")
        touch(f"#{anchor}")
        assert page.lit_lines() == keys
        assert page.focused() == keys[0]
        assert page.is_in_view(f"#{keys[0]} .number")
        page.run("document.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape' }))")


def test_the_keyboard_leads_back_from_a_sentence_to_its_line(page: Browser) -> None:
    from selenium.webdriver.common.keys import Keys

    page.open(page_of("ferry-strike"))
    page.tab_to("#l1 .chip.credited")
    page.press(Keys.ENTER)
    page.tab_to(".back[href='#l1']")
    page.press(Keys.ENTER)
    assert page.focused() == "l1"
    _assert_lit(page, "ferry-strike", "l1")


# --- a line with its credit -------------------------------------------------------------------------


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_every_line_is_copied_with_its_credit(page: Browser, width: int) -> None:
    page.look(width)
    page.open(page_of("ferry-strike"))
    page.clipboard()  # asks for leave to read it
    summary = brief("ferry-strike")[0]
    assert any(carriers(line) for line in summary)
    for number, line in enumerate(summary, start=1):
        (page.tap if width == PHONE else page.click)(f"#l{number} button")
        assert page.clipboard().startswith(f"{line.text} [{'; '.join(line.outlets)}]")
        assert page.find("[role=status]").get_attribute("textContent") == "Copied."
        assert page.lit_lines() in ([], [f"l{number}"])  # pointed at, and nothing is opened
        assert page.driver.current_url.endswith(".html")


# --- everywhere -------------------------------------------------------------------------------------


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("name", [*POINTED, "checked"])
def test_axe_finds_no_serious_fault(page: Browser, name: str, dark: bool) -> None:
    for width in (PHONE, DESKTOP):
        page.look(width, dark=dark)
        page.open(page_of(name))
        page.run("document.querySelector('#l1 .said').click()")
        assert page.lit() != {}
        assert page.faults() == []


@pytest.mark.parametrize("name", [*NAMES, "checked"])
def test_nothing_overflows_on_a_phone(page: Browser, name: str) -> None:
    page.look(PHONE)
    page.open(page_of(name))
    assert page.overflowing() == []
    page.run("document.querySelector('#l1 .said').click()")
    assert page.overflowing() == []


def test_reports_of_real_stories_hold_as_well(page: Browser) -> None:
    if not development_stories():
        pytest.skip("no development data: NEWSUM_DATA names its folder")
    for each in development_stories():
        summary = newsum.summarise(each, words=200)
        for width in (PHONE, DESKTOP):
            page.look(width)
            page.open(to_html(summary, each.articles))
            assert page.overflowing() == []
            assert page.faults() == []
        values = summary.to_dict()
        for key in _holders(values):
            page.point_at(f"#{key} .number")
            rests, others = _evidence(values, key)
            assert page.lit() == expected(values, each.articles, [*rests, *others])


def test_without_its_articles_the_quotes_stand_alone_and_light_up(page: Browser) -> None:
    summary, _ = brief("ferry-strike")
    page.open(to_html(summary))
    page.click("#l1 .said")
    evidence, corroboration = summary.lines[0].evidence, summary.lines[0].corroboration
    lit = "".join(page.lit().values())
    assert all("".join(each.quote.split()) in lit for each in (*evidence, *corroboration))
    assert len(lit) == sum(len("".join(each.quote.split())) for each in (*evidence, *corroboration))
    assert page.faults() == []


def test_in_print_all_of_it_is_there(page: Browser) -> None:
    page.open(page_of("ferry-strike"))
    page.look(DESKTOP, printed=True)
    shown = page.find("body").text
    assert all(line.text in shown for line in brief("ferry-strike")[0].lines)
    assert all(article.text.split("\n")[-1][-40:] in shown for article in brief("ferry-strike")[1])
    assert page.run("return getComputedStyle(document.querySelector('.texts')).overflowY") == "visible"
    assert not page.find("#l1 button").is_displayed()
    assert all(chip.is_displayed() for chip in page.find_all(".line .chip"))


def test_without_scripts_every_chip_is_a_link_to_its_sentence_and_every_sentence_one_back(page: Browser) -> None:
    page.driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        page.open(page_of("ferry-strike"))
        assert all(chip.is_displayed() for chip in page.find_all(".line .chip"))
        page.find("#l1 .chip.credited").click()
        anchor = page.find("#l1 .chip.credited").get_attribute("href").split("#")[1]
        assert page.driver.current_url.endswith(f"#{anchor}")
        page.find(f"#{anchor} ~ .back[href='#l1']").click()
        assert page.driver.current_url.endswith("#l1")
    finally:
        page.driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})
