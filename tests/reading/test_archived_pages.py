"""Pages from archives, caches and browsers' "save page": their publisher is found again, as a guess."""

from pathlib import Path

import pytest
from made_pages import TEXT, only, page, read_page

TARGET = "https://www.tolvanemercury.example/2026/bridge"


def link(address: str) -> str:
    return f'<link rel="canonical" href="{address}">'


@pytest.mark.parametrize(
    "address",
    [
        f"https://web.archive.org/web/20260310101500/{TARGET}",
        f"https://web.archive.org/web/20260310id_/{TARGET}",
        f"http://web.archive.org/web/2026/{TARGET.replace('://', ':/')}",
        f"https://archive.ph/20260310-101500/{TARGET}",
        f"https://archive.today/2026.03.10-101500/{TARGET}",
        f"https://archive.is/o/AbC12/{TARGET}",
        "https://www.google.com/amp/s/www.tolvanemercury.example/2026/bridge",
        "https://www-tolvanemercury-example.cdn.ampproject.org/c/s/www.tolvanemercury.example/2026/bridge",
        f"https://webcache.googleusercontent.com/search?q=cache:Xy1:{TARGET}+bridge&hl=en",
        f"https://www.google.com/url?sa=t&url={TARGET.replace(':', '%3A').replace('/', '%2F')}&usg=x",
        f"https://arquivo.pt/wayback/20260310101500/{TARGET}",
        f"https://webarchive.nationalarchives.gov.uk/ukgwa/20260310/{TARGET}",
        f"https://translate.google.com/translate?sl=auto&u={TARGET}",
    ],
)
def test_an_archives_address_leads_to_the_publisher(tmp_path: Path, address: str) -> None:
    reading = read_page(tmp_path, page(link(address)))
    article = only(reading)
    assert (article.outlet, article.outlet_guessed, article.url) == ("tolvanemercury.example", True, TARGET)
    assert "tolvanemercury.example" in reading.notices[0]


@pytest.mark.parametrize(
    "mark",
    [
        f"<!-- saved from url=(0047){TARGET} -->",
        f"<!-- saved from url=({len(TARGET):04}){TARGET} -->\n",
        f"<!--\n Page saved with SingleFile \n url: {TARGET} \n saved date: Tue Mar 10 2026 10:00:00 GMT+0000\n-->",
        f"<!-- Saved from {TARGET} at 2026-03-10T10:00:00Z using monolith v2.8.1 -->",
        "<!-- Mirrored from www.tolvanemercury.example/2026/bridge by HTTrack Website Copier/3.x [XR&CO'2014] -->",
        f'<meta name="savepage-url" content="{TARGET}">',
    ],
)
def test_a_page_saved_by_a_browser_says_from_where(tmp_path: Path, mark: str) -> None:
    html = page("").replace("<!DOCTYPE html>", f"<!DOCTYPE html>\n{mark}")
    article = only(read_page(tmp_path, html))
    assert (article.outlet, article.outlet_guessed) == ("tolvanemercury.example", True)
    assert (article.url or "").removeprefix("http://").removeprefix("https://") == TARGET.removeprefix("https://")
    assert article.text == TEXT


def test_a_known_publisher_behind_an_archive_is_a_guess_and_a_stated_name_stands(tmp_path: Path) -> None:
    archived = link("https://web.archive.org/web/2026/https://www.bbc.co.uk/news/1")
    article = only(read_page(tmp_path, page(archived)))
    assert (article.outlet, article.outlet_guessed, article.url) == ("BBC", True, "https://www.bbc.co.uk/news/1")
    named = '<meta property="og:site_name" content="Tolvane Mercury">' + link(f"https://archive.ph/2026/{TARGET}")
    article = only(read_page(tmp_path, page(named)))
    assert (article.outlet, article.outlet_guessed, article.url) == ("Tolvane Mercury", False, TARGET)


def test_an_address_that_only_looks_archived_is_what_it_is(tmp_path: Path) -> None:
    article = only(read_page(tmp_path, page(link(f"https://www.snares.example/web/2026/{TARGET}"))))
    assert article.outlet == "snares.example"


def test_what_a_browser_saves_beside_a_page_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "page_files").mkdir()
    (tmp_path / "page_files" / "advert.html").write_text(page("").replace("Tolvane", "Elsewhere"))
    read_page(tmp_path, page(""))
    from newsum.reading import read_report

    assert [article.text for article in read_report(tmp_path).articles] == [TEXT]
