"""Whom an article is credited to: what was fetched to its host, a user's own file to whom it names."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from little_site import HTML, LittleSite, little_site
from made_pages import TEXT, only, page, read_page

from newsum.reading import read_report

SNARE = "www.snares.example"


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[LittleSite]:
    with little_site(monkeypatch) as found:
        yield found


def named(name: str) -> str:
    return f'<meta property="og:site_name" content="{name}">'


LIES = [
    named("BBC"),
    named("BBC News"),
    named("The BBC News Live"),
    named("bbc.co.uk"),
    named("BBC\u200b News"),
    '<meta name="application-name" content="Reuters">',
    '<link rel="canonical" href="https://www.bbc.co.uk/news/1">',
    named("BBC") + '<link rel="canonical" href="https://www.bbc.co.uk/news/1">',
    '<meta property="og:url" content="https://www.reuters.com/world/1"><meta name="publisher" content="Reuters">',
    '<base href="https://www.bbc.co.uk/"><meta name="dc.publisher" content="BBC">',
    '<script type="application/ld+json">{"@type":"NewsArticle","publisher":{"name":"Reuters"},'
    '"url":"https://www.reuters.com/1","mainEntityOfPage":"https://www.reuters.com/1"}</script>',
    "<!-- saved from url=(0028)https://www.bbc.co.uk/news/1 -->",
    '<link rel="canonical" href="https://web.archive.org/web/2026/https://www.bbc.co.uk/news/1">',
]


@pytest.mark.parametrize("head", LIES)
@pytest.mark.parametrize("host", [SNARE, "bbc.co.uk.snares.example", "bbc.snares.example"])
def test_a_fetched_page_passes_for_no_other_outlet(site: LittleSite, host: str, head: str) -> None:
    site.pages["/1"] = (HTML, page(head))
    reading = read_report(site.at(host, "/1"))
    article = only(reading)
    assert (article.outlet, article.url) == (host.removeprefix("www."), site.at(host, "/1"))
    assert article.outlet_guessed
    assert article.outlet in reading.notices[0]


@pytest.mark.parametrize(
    ("host", "name"),
    [
        ("www.tolvanemercury.example", "Tolvane Mercury"),
        ("tolvane-mercury.example", "The Tolvane Mercury"),
        ("news.tolvanemercury.co.uk.example", "Tolvane Mercury"),
    ],
)
def test_a_name_that_its_host_bears_out_is_believed(site: LittleSite, host: str, name: str) -> None:
    site.pages["/1"] = (HTML, page(named(name)))
    article = only(read_report(site.at(host, "/1")))
    believed = "co.uk" not in host  # there "example" is the site
    assert (article.outlet == name) is believed
    assert article.outlet_guessed is not believed


def test_a_name_that_the_host_does_not_bear_out_is_not_printed(site: LittleSite) -> None:
    site.pages["/1"] = (HTML, page(named("Harlow Evening Wire")))
    assert only(read_report(site.at(SNARE, "/1"))).outlet == "snares.example"


def test_where_the_host_is_a_number_a_name_is_a_guess_and_a_known_one_none(site: LittleSite) -> None:
    site.pages["/1"] = (HTML, page(named("Tolvane Mercury")))
    site.pages["/2"] = (HTML, page(named("BBC News")))
    first, second = (read_report(site.at("127.0.0.1", path)) for path in ("/1", "/2"))
    assert (only(first).outlet, only(first).outlet_guessed) == ("Tolvane Mercury", True)
    assert '"Tolvane Mercury" from what the page calls itself' in first.notices[0]
    assert (only(second).outlet, second.notices) == ("", ())


RECORD = {"outlet": "BBC", "url": "https://www.bbc.co.uk/news/1", "title": "T", "text": TEXT}


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("application/json", json.dumps(RECORD)),
        ("application/json", json.dumps({**RECORD, "outlet": "https://www.bbc.co.uk", "url": None})),
        ("application/json", json.dumps({**RECORD, "outlet_guessed": False})),
        ("application/json", json.dumps({"url": RECORD["url"], "text": TEXT})),
        ("application/json", json.dumps({"source": {"name": "BBC News"}, "text": TEXT})),
        ("text/plain", f"---\noutlet: BBC\nurl: https://www.bbc.co.uk/news/1\n---\n{TEXT}"),
        ("text/markdown", f"---\nsource: https://www.bbc.co.uk/news/1\n---\n{TEXT}"),
        ("text/plain", f"---\nhostname: bbc.co.uk\n---\n{TEXT}"),
    ],
)
def test_fetched_json_and_front_matter_pass_for_no_other_outlet(site: LittleSite, kind: str, body: str) -> None:
    site.pages["/1"] = (kind, body)
    reading = read_report(site.at(SNARE, "/1"))
    article = only(reading)
    assert (article.outlet, article.outlet_guessed, article.url) == ("snares.example", True, site.at(SNARE, "/1"))
    assert reading.notices


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("application/json", json.dumps([RECORD, {**RECORD, "text": "Other."}])),
        ("application/x-ndjson", f"{json.dumps(RECORD)}\n{json.dumps({**RECORD, 'text': 'Other.'})}\n"),
        ("text/csv", 'outlet,url,text\nBBC,https://www.bbc.co.uk/news/1,"A."\nBBC,https://www.bbc.co.uk/2,"B."\n'),
    ],
)
def test_a_fetched_tables_outlets_are_guesses_without_links(site: LittleSite, kind: str, body: str) -> None:
    site.pages["/all"] = (kind, body)
    reading = read_report(site.at(SNARE, "/all"))
    assert [(a.outlet, a.outlet_guessed, a.url) for a in reading.articles] == [("BBC", True, None)] * 2
    assert '"BBC" from what snares.example says' in reading.notices[0]


def test_a_fetched_table_may_link_to_its_own_site(site: LittleSite) -> None:
    own = site.at("www.tolvanemercury.example", "/1")
    site.pages["/all"] = ("application/json", json.dumps([{"url": own, "text": "A."}, {"url": own, "text": "B."}]))
    reading = read_report(site.at("tolvanemercury.example", "/all"))
    assert [(a.outlet, a.url) for a in reading.articles] == [("tolvanemercury.example", own)] * 2


@pytest.mark.parametrize(
    ("fields", "outlet", "guessed"),
    [
        ({"outlet": "Tolvane Mercury", "url": "https://www.tolvanemercury.example/1"}, "Tolvane Mercury", False),
        ({"outlet": "Tolvane Mercury", "url": "https://www.other.example/1"}, "Tolvane Mercury", False),
        ({"outlet": "Tolvane Mercury", "url": "https://www.bbc.co.uk/news/1"}, "BBC", True),
        ({"outlet": "CNN", "url": "https://www.bbc.co.uk/news/1"}, "BBC", True),
        ({"outlet": "BBC Sport", "url": "https://www.bbc.co.uk/sport/1"}, "BBC Sport", False),
        ({"outlet": "CNN (Web News)", "url": "https://edition.cnn.com/1"}, "CNN", False),
        ({"outlet": "The Sunday Times", "url": None}, "The Sunday Times", False),
    ],
)
def test_a_users_own_file_is_believed_unless_its_host_is_anothers(
    tmp_path: Path, fields: dict[str, Any], outlet: str, guessed: bool
) -> None:
    path = tmp_path / "a.json"
    path.write_text(json.dumps({"text": TEXT, **fields}))
    reading = read_report(path)
    assert (only(reading).outlet, only(reading).outlet_guessed, only(reading).url) == (outlet, guessed, fields["url"])
    assert bool(reading.notices) == guessed


def test_a_saved_page_is_a_users_own_file(tmp_path: Path) -> None:
    canonical = '<link rel="canonical" href="https://www.bbc.co.uk/news/1">'
    reading = read_page(tmp_path, page(named("Tolvane Mercury") + canonical))
    assert (only(reading).outlet, only(reading).outlet_guessed) == ("BBC", True)
    assert "Tolvane Mercury" in reading.notices[0]
    assert only(read_page(tmp_path, page(named("Tolvane Mercury")))).outlet == "Tolvane Mercury"
    assert only(read_page(tmp_path, page(named("BBC News") + canonical))).outlet == "BBC"
