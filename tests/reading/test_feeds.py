"""RSS, Atom and OPML: what a feed has of its items, the pages behind them, and how politely these are fetched."""

import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from little_site import HTML, LittleSite, little_site
from made_pages import HEADLINE, SENTENCES, TEXT, only, page

from newsum.errors import NothingToRead
from newsum.reading import read, read_report, visits

HOST = "www.tolvanemercury.example"
NAMED = '<meta property="og:site_name" content="Tolvane Mercury">'
WHOLE = "".join(f"&lt;p&gt;{sentence}&lt;/p&gt;" for sentence in SENTENCES * 2)


def rss(*items: str, title: str = "Tolvane Mercury - Town") -> str:
    return (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<channel><title>{title}</title><link>https://{HOST}/</link>{''.join(items)}</channel></rss>"
    )


def item(link: str, *, title: str = HEADLINE, more: str = "", day: str = "Tue, 10 Mar 2026 06:42:00 GMT") -> str:
    return (
        f"<item><title>{title}</title><link>{link}</link><pubDate>{day}</pubDate><dc:creator>Jo Pell</dc:creator>"
        f"<description>&lt;p&gt;{SENTENCES[0]}&lt;/p&gt;</description>{more}</item>"
    )


ATOM = f"""<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Tolvane Mercury</title>
<entry><title type="html">Tolvane bridge &lt;b&gt;shut&lt;/b&gt;</title><id>https://{HOST}/1</id>
<link href="https://{HOST}/1"/><published>2026-03-10T06:42:00Z</published><updated>2026-03-12T08:00:00Z</updated>
<author><name>Jo Pell</name></author><content type="html">{WHOLE}</content></entry>
<entry><title>Only changed</title><id>urn:2</id><updated>2026-03-12T08:00:00Z</updated>
<summary>It was.</summary></entry>
</feed>"""


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[LittleSite]:
    monkeypatch.setenv("NEWSUM_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(visits, "PACE", 0.0)
    with little_site(monkeypatch) as found:
        yield found


@pytest.mark.parametrize("name", ["feed.xml", "feed.rss", "feed.xml.gz"])
def test_a_saved_feed_gives_its_items_as_teasers(tmp_path: Path, name: str) -> None:
    import gzip

    data = rss(item(f"https://{HOST}/1"), item(f"https://{HOST}/2", title="Fair opens")).encode()
    (tmp_path / name).write_bytes(gzip.compress(data) if name.endswith(".gz") else data)
    reading = read_report(tmp_path / name)
    assert [(a.outlet, a.title, a.text, a.url, a.published, a.authors, a.teaser) for a in reading.articles] == [
        ("Tolvane Mercury", title, SENTENCES[0], f"https://{HOST}/{n}", "2026-03-10T06:42:00+00:00", ("Jo Pell",), True)
        for n, title in ((1, HEADLINE), (2, "Fair opens"))
    ]
    assert reading.problems == ()
    assert reading.notices[0].startswith("only the teaser")


def test_an_atom_feed_with_whole_texts_has_no_teasers_and_a_change_is_no_publication(tmp_path: Path) -> None:
    path = tmp_path / "feed.atom"
    path.write_text(ATOM)
    first, second = read_report(path).articles
    assert (first.title, first.published, first.teaser) == ("Tolvane bridge shut", "2026-03-10T06:42:00Z", False)
    assert first.text.split("\n\n") == [*SENTENCES, *SENTENCES]
    assert (second.text, second.published, second.url) == ("It was.", None, None)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (
            "<?xml version='1.0'?><urlset><url><loc>https://x.example/</loc></url></urlset>",
            "neither an RSS nor an Atom",
        ),
        (rss(), "the feed has no items"),
        ("<rss><channel><item><title>cut", "has no text"),
        ('<!DOCTYPE r [<!ENTITY a "x">]><rss version="2.0"><channel><title>&a;</title></channel></rss>', "entities"),
        ("no feed at all", "neither an RSS nor an Atom"),
        ("", "it is empty"),
    ],
)
def test_what_is_no_feed_is_named(tmp_path: Path, content: str, message: str) -> None:
    path = tmp_path / "feed.xml"
    path.write_text(content)
    with pytest.raises(NothingToRead, match=message):
        read(path)


def test_a_feed_is_known_by_how_it_begins_whatever_its_server_calls_it(site: LittleSite) -> None:
    for n, kind in enumerate(("application/rss+xml", "text/xml", "text/html", "text/plain")):
        site.pages[f"/feed{n}"] = (kind, rss(item(site.at(HOST, "/1"))))
        article = only(read_report(site.at(HOST, f"/feed{n}")))
        assert (article.outlet, article.outlet_guessed, article.url) == ("Tolvane Mercury", False, site.at(HOST, "/1"))


def test_a_fetched_feed_passes_for_no_other_outlet(site: LittleSite) -> None:
    site.pages["/feed"] = ("text/xml", rss(item("https://www.bbc.co.uk/news/1"), title="BBC News"))
    article = only(read_report(site.at("www.snares.example", "/feed")))
    assert (article.outlet, article.outlet_guessed, article.url) == ("BBC", True, None)
    site.pages["/feed"] = ("text/xml", rss(item("https://www.bbc.co.uk/news/1"), title=""))
    article = only(read_report(site.at("www.snares.example", "/feed")))
    assert (article.outlet_guessed, article.url) == (True, None)


def test_the_pages_behind_a_feed_are_fetched_when_asked_for(site: LittleSite) -> None:
    site.pages["/feed"] = ("text/xml", rss(item(site.at(HOST, "/1")), item(site.at(HOST, "/gone"), title="Fair opens")))
    site.pages["/1"] = (HTML, page(NAMED))
    reading = read_report(site.at(HOST, "/feed"), follow=True, allow_private=True)
    first, second = reading.articles
    assert (first.text, first.outlet, first.published) == (TEXT, "Tolvane Mercury", "2026-03-10T06:42:00+00:00")
    assert (second.text, second.title, second.teaser) == (SENTENCES[0], "Fair opens", True)
    assert [str(problem) for problem in reading.problems] == [
        f"{site.at(HOST, '/gone')}: the server answered 404 Not Found"
    ]


def test_the_pages_of_a_saved_feed_are_fetched_too(site: LittleSite, tmp_path: Path) -> None:
    (tmp_path / "feed.xml").write_text(rss(item(site.at(HOST, "/1"))))
    site.pages["/1"] = (HTML, page(NAMED))
    assert only(read_report(tmp_path / "feed.xml", follow=True, allow_private=True)).text == TEXT
    assert only(read_report(tmp_path / "feed.xml")).text == SENTENCES[0]


@pytest.mark.parametrize("where", ["http://127.0.0.1:{}/1", "http://localhost:{}/1", "http://[::1]:{}/1"])
def test_a_feeds_item_leads_to_no_private_address_unless_that_is_allowed(site: LittleSite, where: str) -> None:
    link = where.format(site.port)
    site.pages["/feed"] = ("text/xml", rss(item(link)))
    site.pages["/1"] = (HTML, page(NAMED))
    reading = read_report(site.at("127.0.0.1", "/feed"), follow=True)
    assert only_text(reading.articles) == SENTENCES[0]
    assert "private address" in reading.problems[0].message
    assert [path for path in site.asked if path != "/feed"] == []


def only_text(articles: Any) -> str:
    [article] = articles
    return str(article.text)


def test_robots_are_heeded_and_a_page_is_asked_for_once_a_day(site: LittleSite) -> None:
    site.pages["/robots.txt"] = ("text/plain", "User-agent: *\nDisallow: /inner/\n")
    site.pages["/feed"] = ("text/xml", rss(item(site.at(HOST, "/1")), item(site.at(HOST, "/inner/2"), title="Fair")))
    site.pages["/1"] = (HTML, page(NAMED))
    site.pages["/inner/2"] = (HTML, page(NAMED))
    for _ in range(2):
        reading = read_report(site.at(HOST, "/feed"), follow=True, allow_private=True)
        assert [article.text for article in reading.articles] == [TEXT, SENTENCES[0]]
        assert "robots.txt" in reading.problems[0].message
    assert sorted(site.asked) == ["/1", "/feed", "/feed", "/robots.txt", "/robots.txt"]


def test_a_feed_that_has_not_changed_is_not_sent_again(site: LittleSite) -> None:
    feed = rss(item(site.at(HOST, "/1")))
    sent: list[int] = []

    def answer(headers: Mapping[str, str]) -> Any:
        if headers.get("If-None-Match") == '"v1"' and headers.get("If-Modified-Since"):
            return 304, {}
        sent.append(1)
        return "text/xml", (feed, {"ETag": '"v1"', "Last-Modified": "Tue, 10 Mar 2026 06:42:00 GMT"})

    site.pages["/feed"] = answer
    for _ in range(3):
        assert only(read_report(site.at(HOST, "/feed"))).title == HEADLINE
    assert (len(sent), len(site.asked)) == (1, 3)


def test_a_list_of_feeds_is_read_feed_by_feed(site: LittleSite, tmp_path: Path) -> None:
    site.pages["/a"] = ("text/xml", rss(item(site.at(HOST, "/1"))))
    site.pages["/b"] = ("text/xml", rss(item("https://harlowwire.example/2", title="Fair"), title="Harlow Wire"))
    outlines = "".join(
        f'<outline type="rss" xmlUrl="{site.at(host, path)}"/>'
        for host, path in ((HOST, "/a"), ("harlowwire.example", "/b"), ("harlowwire.example", "/gone"))
    )
    opml = tmp_path / "feeds.opml"
    opml.write_text(f'<opml version="2.0"><head/><body><outline text="News">{outlines}</outline></body></opml>')
    reading = read_report(opml, allow_private=True)
    assert [(a.outlet, a.title) for a in reading.articles] == [("Tolvane Mercury", HEADLINE), ("Harlow Wire", "Fair")]
    assert len(reading.problems) == 1
    assert "private address" in read_report(opml).problems[0].message
    for content, message in (("<opml><body/></opml>", "names no feed"), ("<rss/>", "not an OPML list"), ("x", "OPML")):
        opml.write_text(content)
        assert message in read_report(opml).problems[0].message


def test_requests_to_one_host_keep_a_pace(site: LittleSite, monkeypatch: pytest.MonkeyPatch) -> None:
    waited: list[float] = []
    monkeypatch.setattr(visits, "PACE", 5.0)
    monkeypatch.setattr(visits.time, "sleep", waited.append)
    site.pages["/feed"] = ("text/xml", rss(item(site.at(HOST, "/1")), item(site.at(HOST, "/2"))))
    for path in ("/1", "/2"):
        site.pages[path] = (HTML, page(NAMED))
    read_report(site.at(HOST, "/feed"), follow=True, allow_private=True)
    assert [round(seconds) for seconds in waited] == [5, 5]


@pytest.mark.parametrize(
    "part", ["<item>", "<item><title>a", "<b>", "<![CDATA[", "&lt;p&gt;", "<item/>", "<!--", "\u0001"]
)
def test_hostile_feeds_are_read_in_good_time(tmp_path: Path, part: str) -> None:
    path = tmp_path / "feed.xml"
    path.write_text(rss(part * 20_000))
    reading = read_report(path)
    assert len(reading.articles) + len(reading.problems) >= 1


@pytest.mark.parametrize(
    "broken",
    [
        "<12%>x</12%>",
        "<a:b c:d='e'>x</a:b>",
        "<}}}>",
        "<x y='1' y='2' 3='4'>&bogus; &#0; &nbsp;",
        "<!-- <item>",
        "<![CDATA[",
        "<?x " + "\n" * 60_000,
        "<author>" + "a" * 100_000 + "</author>",
        "<!DOCTYPE " + "x " * 50_000,
        "<q>" * 2_000,
    ],
)
def test_a_broken_feed_is_read_as_far_as_it_goes_in_seconds(tmp_path: Path, broken: str) -> None:
    (tmp_path / "a.xml").write_text(
        "<rss version='2.0'><channel><title>Tolvane Mercury</title><item><title>Bridge</title><link>https://k.example/a"
        "</link><content:encoded>&lt;p&gt;The bridge&nbsp;fell on Monday.&lt;/p&gt;</content:encoded></item>"
        f"{broken}</channel></rss>"
    )
    started = time.process_time()
    reading = read_report(tmp_path / "a.xml")
    assert time.process_time() - started < 3
    assert [article.text for article in reading.articles][:1] == ["The bridge fell on Monday."]
