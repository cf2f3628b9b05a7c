"""A story that tries everything, in a real browser: nothing of it runs, leads away, spills over or poses as ours."""

import pytest
from browser_pages import DESKTOP, PHONE, Browser
from hostile_story import ARTICLES, SUMMARY

from newsum.articles import Story
from newsum.rendering import to_fragment, to_html
from newsum.rendering.index import index_page
from newsum.rendering.plain import harmless

# Elements that the page has whatever its story says; what a hostile story would want is not among them.
OURS = set(
    """html head meta title style body div main section article aside header h1 h2 h3 p span a bdi mark s ul ol li dl dt
    dd strong button table thead tbody tr th td blockquote script""".split()
)


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_a_hostile_story_runs_nothing_and_adds_nothing_to_the_report(page: Browser, width: int) -> None:
    page.look(width)
    page.open(to_html(SUMMARY, ARTICLES))
    assert page.run("return window.hacked") is None
    tags = page.run("return [...document.querySelectorAll('*')].map((each) => each.localName)")
    assert set(tags) <= OURS
    assert (tags.count("script"), tags.count("style")) == (1, 1)
    targets = page.run("return [...document.links].map((each) => each.getAttribute('href'))")
    assert {target for target in targets if target[0] != "#"} == {"https://evil.example/%22onclick=hacked%28%29"}
    names = page.run("return [...document.querySelectorAll('*')].flatMap((each) => each.getAttributeNames())")
    assert [name for name in names if name.startswith("on") or name == "style"] == []
    assert page.overflowing() == []


def test_a_hostile_story_is_as_usable_as_any(page: Browser) -> None:
    page.open(to_html(SUMMARY, ARTICLES))
    for number, line in enumerate(SUMMARY.lines, start=1):
        page.run("document.querySelector(arguments[0]).click()", f"#l{number} .said")
        lit = "".join(page.lit(".hit.lit.rests").values())
        assert len(lit) == len("".join(harmless(line.evidence[0].quote).split()))
    assert page.faults() == []


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_a_hostile_story_is_inert_in_a_notebook(page: Browser, width: int) -> None:
    page.look(width)
    cells = (SUMMARY, SUMMARY.lines, ARTICLES, Story(ARTICLES, title=SUMMARY.title), SUMMARY.faults, SUMMARY.sources)
    page.open(f"<!doctype html><meta charset=utf-8><div id=cell>{''.join(map(to_fragment, cells))}</div>")
    assert page.run("return window.hacked") is None
    assert page.run("return document.querySelectorAll('#cell script, #cell img, #cell svg, #cell iframe').length") == 0
    assert page.overflowing() == []


def test_a_hostile_row_is_inert_in_the_index(page: Browser) -> None:
    row = {
        "id": SUMMARY.lines[0].text,
        "title": SUMMARY.title,
        "outlets": [article.outlet for article in ARTICLES],
        "articles": len(ARTICLES),
        "problems": [line.text for line in SUMMARY.lines],
        "reason": None,
        "status": "done",
        "files": {"html": "briefs/x.html"},
        "first": SUMMARY.lines[0].text,
        "day": SUMMARY.title,
        "lines": 5,
    }
    page.look(PHONE)
    page.open("".join(index_page([row], SUMMARY.title)))
    assert page.run("return window.hacked") is None
    assert page.run("return document.querySelectorAll('script').length") == 1
    assert page.overflowing() == []
    assert page.find(".facts").text.startswith("</script><script>hacked=1")
