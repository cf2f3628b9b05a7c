"""The outlet's name: known ones as readers write them, unknown ones left alone, none invented."""

from pathlib import PurePath

import pytest

from newsum.outlets.names import canonical, from_path, from_url, is_host


@pytest.mark.parametrize(
    ("stated", "outlet"),
    [
        ("Reuters_Co_Uk", "Reuters"),
        ("ReutersIndia", "Reuters"),
        ("www.bbc.co.uk", "BBC"),
        ("BBC News", "BBC"),
        ("CNN (Web News)", "CNN"),
        ("Fox News (Online News)", "Fox News"),
        ("New York Times - Opinion", "The New York Times"),
        ("money.cnn.com", "CNN"),
        ("https://www.aljazeera.com/", "Al Jazeera"),
        ("Telegraph.co.uk", "The Telegraph"),
        ("AP", "Associated Press"),
        ("SCMP", "SCMP"),
        ("  The   Ledger ", "The Ledger"),
        ("Northgate_Wire", "Northgate Wire"),
        ("Northgate Wire (Online)", "Northgate Wire"),
        ("www.northgatewire.example", "northgatewire.example"),
        ("Sun", "Sun"),
        ("Times", "Times"),
        ("", ""),
    ],
)
def test_a_stated_outlet_is_written_as_readers_write_it(stated: str, outlet: str) -> None:
    assert canonical(stated) == outlet
    assert canonical(canonical(stated)) == outlet


@pytest.mark.parametrize(
    ("url", "outlet", "known"),
    [
        ("https://www.bbc.co.uk/news/1", "BBC", True),
        ("http://edition.cnn.com/2017/12/29/", "CNN", True),
        ("https://uk.reuters.com/article/1", "Reuters", True),
        ("https://m.dailymail.co.uk/1", "Daily Mail", True),
        ("https://thecaucus.blogs.nytimes.com/1", "The New York Times", True),
        ("http://abcnews.go.com/1", "ABC News", True),
        ("http://espn.go.com/1", "ESPN", True),
        ("https://sports.yahoo.com/1", "Yahoo Sports", True),
        ("https://europe.chinadaily.com.cn/1", "China Daily", True),
        ("WWW.NPR.ORG/sections", "NPR", True),
        ("https://web.archive.org/web/20200101000000id_/https://www.theguardian.com/1", "The Guardian", True),
        ("https://www.northgatewire.example/1", "northgatewire.example", False),
        ("https://m.northgatewire.example:8080/1", "northgatewire.example", False),
        ("https://notbbc.co.uk/", "notbbc.co.uk", False),
        ("https://bbc.co.uk.northgate.example/", "bbc.co.uk.northgate.example", False),
        ("https://joy.blogspot.com/1", "joy.blogspot.com", False),
        ("https://news.google.com/articles/1", "", False),
        ("https://www-bbc-co-uk.cdn.ampproject.org/c/1", "", False),
        ("http://127.0.0.1:8000/a.html", "", False),
        ("http://localhost/a.html", "", False),
        ("http://[", "", False),
        ("", "", False),
    ],
)
def test_a_url_tells_the_outlet_by_its_host(url: str, outlet: str, known: bool) -> None:
    assert from_url(url) == (outlet, known)


@pytest.mark.parametrize(
    ("path", "outlet"),
    [
        ("bbc-treaty.txt", "BBC"),
        ("03_al-jazeera.txt", "Al Jazeera"),
        ("2026-03-10-reuters.txt", "Reuters"),
        ("treaty_AP.txt.gz", "Associated Press"),
        ("reuters2.txt", "Reuters"),
        ("france24.txt", "France 24"),
        ("scmp.md", "SCMP"),
        ("dw.com.treaty.html", "DW"),
        ("guardian-treaty.txt", "The Guardian"),
        ("the-independent.txt", "The Independent"),
        ("northgate-wire.txt", "Northgate Wire"),
        ("01_meridian-press-agency.md", "Meridian Press Agency"),
        ("bbc/article1.txt", "BBC"),
        ("cnn/bbc.txt", "BBC"),
    ],
)
def test_a_files_name_or_folder_may_tell_the_outlet(path: str, outlet: str) -> None:
    assert from_path(PurePath(path)) == outlet


@pytest.mark.parametrize(
    "name",
    "article1 article story 1 03 index treaty flood-news breaking-news end-times live-wire independent-inquiry time "
    "time-to-act vice-president the-sun-rises people nature abc forbes-resigns sun copy-of-treaty a-wire".split(),
)
def test_a_name_that_is_no_outlets_gives_none(name: str) -> None:
    assert from_path(PurePath(f"{name}.txt")) == ""
    assert from_path(PurePath("reuters-takeover") / f"{name}.txt") == ""


def test_a_host_has_a_point_and_no_spaces() -> None:
    assert is_host("northgatewire.example")
    assert not is_host("U.S. sends warship")
    assert not is_host("127.0.0.1")
    assert not is_host("a." * 200_000 + "com")
