"""The report as a document, without a browser: what stands in it, by its markup."""

import re
from dataclasses import replace
from typing import Any

import pytest
from fixture_stories import FOLDER, NAMES, story
from lxml import html

import newsum
from newsum.articles import Article
from newsum.rendering import to_html
from newsum.rendering.verdict import verdict_of
from newsum.summary import Evidence, Fault, Line, Source, Summary, Support

FAULTY = FOLDER.parent / "briefs" / "treaty-faulty.txt"
BBC = Article("BBC", "The crews walked out. It rained.", "Strike", "https://bbc.example/t", "2026-03-10")
CNN = Article("CNN", "Crews left their ships.", "Ships idle", published="2026-03-11")


def _evidence(article: Article, quote: str) -> Evidence:
    start = article.text.index(quote)
    return Evidence(article.id, article.outlet, start, start + len(quote), quote, 0.9)


def _brief(**changes: Any) -> Summary:
    line = Line(
        "The crews walked out on Monday.",
        (_evidence(BBC, "The crews walked out."),),
        (_evidence(CNN, "Crews left their ships."),),
        Support("partly", 0.5, ((21, 30),)),
        outlets=("BBC",),
        also=("CNN",),
    )
    summary = Summary((line,), title="Strike", sources=(Source.of(BBC), Source.of(CNN)))
    return replace(summary, **changes)


def _page(summary: Summary, articles: tuple[Article, ...] = ()) -> Any:
    return html.fromstring(to_html(summary, articles))


def _all(root: Any, selector: str) -> list[Any]:
    """The elements inside one another that a selector of names, ids and classes tells: "#l1 .chip.also a"."""
    path = ""
    for step in selector.split():
        name, *marks = re.split(r"(?=[.#])", step)
        path += f"//{name or '*'}" + "".join(_condition(mark) for mark in marks)
    return root.xpath(f".{path}")


def _condition(mark: str) -> str:
    if mark[0] == "#":
        return f"[@id='{mark[1:]}']"
    return f"[contains(concat(' ', @class, ' '), ' {mark[1:]} ')]"


def _words(element: Any) -> str:
    return " ".join(element.text_content().split())


@pytest.mark.parametrize("name", NAMES)
def test_every_link_in_a_page_leads_to_something_in_it_and_every_id_is_there_once(name):
    summary = newsum.summarise(story(name), words=150, model=None)
    for articles in ((), story(name).articles):
        page = _page(summary, articles)
        ids = [each.get("id") for each in page.iter() if each.get("id")]
        assert len(ids) == len(set(ids))
        targets = {link.get("href")[1:] for link in page.iter("a") if link.get("href").startswith("#")}
        assert targets <= set(ids)
        assert len(_all(page, ".line")) == len(summary.lines)


@pytest.mark.parametrize("name", NAMES)
def test_a_page_is_under_150_kilobytes_without_its_text(name):
    summary, articles = newsum.summarise(story(name), words=150, model=None), story(name).articles
    page = to_html(summary, articles)
    assert len(page.encode()) - sum(len(article.text.encode()) for article in articles) < 150_000


def test_the_page_names_its_own_style_and_script_by_their_hashes_and_allows_nothing_else():
    page = _page(_brief())
    policy = page.xpath("//meta[@http-equiv]")[0].get("content").split("; ")
    assert policy[0] == "default-src 'none'"
    assert [each.split(" 'sha256-")[0] for each in policy[1:3]] == ["style-src", "script-src"]
    assert policy[3:] == ["base-uri 'none'", "form-action 'none'"]
    assert [each for each in page.iter() if each.get("style") or each.get("src") or each.tag in ("img", "link")] == []


def test_a_line_shows_whom_it_rests_on_who_says_the_same_and_what_nothing_backs():
    page = _page(_brief(), (BBC, CNN))
    chips = [(each.get("class"), _words(each), each.get("href")) for each in _all(page, "#l1 .chip")]
    assert chips == [
        ("chip credited c0", "credited: BBC", "#a1-0"),
        ("chip also c1", "also CNN", "#a2-0"),
    ]
    assert [_words(each) for each in _all(page, "#l1 .gap")] == ["on Monday"]
    assert _words(_all(page, "#l1 .standing")[0]) == "partly supported; no source says “on Monday”"
    assert _all(page, "#l1 .taking")[0].get("data-copy") == "The crews walked out on Monday. [BBC]"


def test_the_lines_of_a_paragraph_stand_together():
    first = _brief().lines[0]
    lines = (first, replace(first, paragraph=0), replace(first, paragraph=1))
    page = _page(_brief(lines=lines))
    assert [len(_all(paragraph, ".line")) for paragraph in _all(page, ".paragraph")] == [2, 1]


def test_the_table_says_of_every_outlet_what_it_is_to_every_line():
    rows = [[_words(cell) for cell in row] for row in _all(_page(_brief()), "tbody tr")]
    assert rows == [["BBC", "●credited"], ["CNN", "○says the same"]]


def test_the_sources_stand_in_the_order_of_time_with_the_lines_that_they_gave():
    page = _page(_brief(sources=(Source.of(CNN), Source.of(BBC))))
    assert [_words(each) for each in _all(page, ".timeline li")] == [
        "10 March 2026 BBC Strike original, credited in line 1",
        "11 March 2026 CNN Ships idle not credited; also on line 1",
    ]


def test_an_article_that_is_only_the_nearest_to_a_line_is_not_said_to_be_credited_in_it():
    line = Line("A king was crowned.", (_evidence(BBC, "It rained."),), origin="given")
    assert (line.outlets, line.support.label) == ((), "unsupported")
    row = _all(_page(_brief(lines=(line,)), (BBC, CNN)), ".timeline li")[0]
    assert _words(row).endswith("original, not credited; also on line 1")


def test_with_its_articles_a_page_says_that_every_quote_was_looked_up():
    facts = _words(_all(_page(_brief(), (BBC, CNN)), ".facts")[0])
    assert "all 2 quotes looked up: letter for letter in the articles" in facts
    assert "looked up" not in _words(_all(_page(_brief()), ".facts")[0])


def test_a_quote_that_no_longer_stands_in_its_article_is_said_and_shown_apart():
    changed = replace(BBC, text="Crews were locked out. It rained.", id=BBC.id)
    page = _page(_brief(), (changed, CNN))
    assert "do not read “The crews walked out.”" in _words(_all(page, ".verdict.error")[0])
    assert [_words(each) for each in _all(page, "#a1 .lost .hit")] == ["The crews walked out."]
    assert _all(page, "#l1 .chip.credited")[0].get("href") == "#a1-quote-0"
    assert len(_all(page, "#a1 .hit")) == 1


def test_without_its_articles_a_page_says_that_it_has_quotes_alone():
    page = _page(_brief())
    assert "quotes alone" in _words(_all(page, "#a1 header")[0])
    assert [_words(each) for each in _all(page, "article .hit")] == ["The crews walked out.", "Crews left their ships."]


# --- somebody else's brief ----------------------------------------------------------------------------


def test_a_checked_brief_opens_with_the_verdict_and_has_its_faults_at_their_lines_worst_first():
    summary = newsum.attribute(FAULTY.read_text(encoding="utf-8"), story("treaty").articles)
    page = _page(summary, story("treaty").articles)
    failing = sorted({f.line + 1 for f in summary.faults if f.severity == "error" and f.line is not None})
    verdict = page.xpath("//main/*[3]")[0]
    assert verdict.get("class") == "verdict error"
    assert _words(verdict).startswith(f"{len(failing)} of {len(summary.lines)} lines fail")
    assert sorted(int(each.get("href")[2:]) for each in _all(verdict[1], "a")) == failing
    for number in failing:
        shown = [each.get("class") for each in _all(page, f"#l{number} .faults li")]
        assert shown[0] == "error"
        assert shown == sorted(shown)
    whole = [fault for fault in summary.faults if fault.line is None]
    assert len(_all(verdict, ".faults li")) == len(whole)


def test_a_claimed_credit_stands_beside_the_one_that_was_found():
    line = replace(_brief().lines[0], origin="given", claimed=("CNN", "Reuters", "BBC"))
    fault = Fault("groundless credit", "error", 0, ((0, 31),), "It is credited to Reuters, but ...")
    page = _page(_brief(lines=(line,), faults=(fault,)))
    assert [(each.get("class"), _words(each)) for each in _all(page, "#l1 .claim")] == [
        ("claim found", "CNN ✓"),
        ("claim lost", "not found: Reuters"),
        ("claim found", "BBC ✓"),
    ]
    assert _all(page, "#l1 .wrong") == []  # the words are true, whoever said them


def test_a_line_that_names_no_outlet_says_so_once():
    line = replace(_brief().lines[0], origin="given")
    fault = Fault("untagged", "warning", 0, ((0, 31),), "It names no outlet; it rests on BBC.")
    page = _page(_brief(lines=(line,), faults=(fault,)))
    assert _words(_all(page, "#l1 .who")[0]).startswith("claimed none found credited: BBC")
    assert _all(page, "#l1 .faults") == []
    assert _words(_all(page, ".says")[0]) == "No line fails; 1 names no outlet."


@pytest.mark.parametrize(
    ("faults", "says", "severity"),
    [
        ([], "No line fails.", ""),
        ([("contradiction", "error", 0)], "1 of 3 lines fails.", "error"),
        ([("contradiction", "error", 0), ("missing credit", "warning", 0)], "1 of 3 lines fails.", "error"),
        (
            [("contradiction", "error", 2), ("untraceable", "error", 2), ("untraceable", "error", 0)],
            "2 of 3 lines fail.",
            "error",
        ),
        ([("missing credit", "warning", 1)], "No line fails; 1 more needs a look.", "warning"),
        ([("untagged", "warning", 1), ("untagged", "warning", 2)], "No line fails; 2 name no outlet.", "warning"),
        ([("groundless credit", "error", None)], "No line fails.", "error"),
    ],
)
def test_the_verdict_counts_lines_not_faults(faults, says, severity):
    found = tuple(Fault(kind, grave, line, (), "...") for kind, grave, line in faults)
    verdict = verdict_of(_brief(lines=_brief().lines * 3, faults=found))
    assert (verdict.says, verdict.severity) == (says, severity)


def test_the_line_with_most_errors_is_named_first():
    faults = [Fault("untraceable", "error", line, (), "...") for line in (0, 2, 2, 1)]
    assert verdict_of(_brief(lines=_brief().lines * 3, faults=tuple(faults))).failing == (3, 1, 2)
