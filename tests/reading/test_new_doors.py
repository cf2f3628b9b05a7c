"""Other ways in: standard input, lists of addresses, frames, web archives."""

import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest
from extras import need
from little_site import HTML, little_site
from made_pages import HEADLINE, NAMED, TEXT, page

from newsum.errors import NothingToRead
from newsum.reading import read, read_report, read_stories, visits


@pytest.mark.parametrize(
    ("content", "outlet"),
    [
        (TEXT, ""),
        (f"---\noutlet: Tolvane Mercury\n---\n{TEXT}", "Tolvane Mercury"),
        (page(NAMED), "Tolvane Mercury"),
        ("\ufeff\n" + page(NAMED).removeprefix("<!DOCTYPE html>"), "Tolvane Mercury"),
        (json.dumps({"outlet": "Tolvane Mercury", "text": TEXT}), "Tolvane Mercury"),
        (json.dumps({"outlet": "Tolvane Mercury", "text": TEXT}) + '\n{"text": "B."}\n', "Tolvane Mercury"),
    ],
)
def test_what_is_piped_in_is_read_as_what_it_is(monkeypatch: pytest.MonkeyPatch, content: str, outlet: str) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content.encode())))
    article = read_report("-").articles[0]
    assert (article.outlet, article.text) == (outlet, TEXT)


def test_nothing_piped_in_and_bytes_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    for data, message in ((b"", "it is empty"), (b"%PDF-1.7", "a PDF document"), (bytes(9_000), "binary data")):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
        with pytest.raises(NothingToRead, match=f"standard input: .*{message}"):
            read("-")


def test_a_closed_standard_input_is_a_problem_and_text_in_its_place_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    closed = io.StringIO()
    closed.close()
    for stream in (None, closed):
        monkeypatch.setattr(sys, "stdin", stream)
        with pytest.raises(NothingToRead, match="standard input: it is closed"):
            read("-")
    monkeypatch.setattr(sys, "stdin", io.StringIO(TEXT))
    assert [article.text for article in read("-")] == [TEXT]


LISTED = ["https://wire.example/1", "http://wire.example/2?a=b#c", "https://wire.example/3"]


@pytest.mark.parametrize(
    "content",
    [
        "\n".join(LISTED),
        "# tonight\n\n" + "\r\n".join(LISTED) + "\n",
        "".join(f"- {url}\n" for url in LISTED),
        "".join(f"{n}. <{url}>\n" for n, url in enumerate(LISTED, start=1)),
        f"---\ntitle: Links\n---\n{LISTED[0]}\n\n{LISTED[1]}",
        LISTED[0],
    ],
)
@pytest.mark.parametrize("name", ["links.txt", "links.md"])
def test_a_text_of_addresses_alone_is_refused_with_the_way_to_read_them(
    tmp_path: Path, name: str, content: str
) -> None:
    path = tmp_path / name
    path.write_text(content)
    [problem] = read_report(path).problems
    assert problem.message.startswith("it holds ")
    assert f"--urls {path}" in problem.message
    path.write_text(f"{content}\nThe bridge is shut, said {LISTED[0]}.")
    assert len(read_report(path).articles) == 1


def test_a_list_of_addresses_is_read_page_by_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(visits, "PACE", 0.0)
    with little_site(monkeypatch) as site:
        site.pages["/1"] = (HTML, page(NAMED))
        site.pages["/2"] = ("text/plain", "It was shut.")
        listed = tmp_path / "urls.txt"
        address = site.at("www.tolvanemercury.example", "/1")
        listed.write_text(f"# tonight\n{address}\n- {site.at('127.0.0.1', '/2')}\n\n{address}\nno address\n")
        (tmp_path / "a.txt").write_text("First.")
        reading = read_report(tmp_path / "a.txt", urls=listed)
    assert [article.text for article in reading.articles] == ["First.", TEXT, "It was shut."]
    assert [str(problem) for problem in reading.problems] == [f'{listed}: "no address" is not an address']
    assert "none.txt: it " in str(read_report(urls=tmp_path / "none.txt").problems[0])


ROWS: list[dict[str, Any]] = [
    {"Text": "A.", "Outlet": "BBC News", "published": None, "url": None},
    {"Text": None, "Outlet": "X", "published": None, "url": None},
    {"Text": "C.", "Outlet": None, "published": None, "url": "https://www.harlowwire.example/1"},
]


@pytest.mark.parametrize("library", ["pandas", "polars"])
def test_a_frame_is_read_like_a_table(library: str) -> None:
    if library == "pandas":
        need("datasets")
    frames = pytest.importorskip(library)
    frame = frames.DataFrame(ROWS)
    reading = read_report(frame)
    assert [(a.text, a.outlet, a.published) for a in reading.articles] == [
        ("A.", "BBC", None),
        ("C.", "harlowwire.example", None),
    ]
    assert [problem.line for problem in reading.problems] == [2]
    stories = read_stories(
        frames.DataFrame({"story_id": ["a", "a", "b"], "text": ["A.", "B.", "C."], "outlet": ["X"] * 3})
    )
    assert [(story.id, len(story.articles)) for story in stories] == [("a", 2), ("b", 1)]


def test_the_dates_of_frames_are_read() -> None:
    need("datasets")
    import pandas

    frame = pandas.DataFrame(
        {"text": ["A.", "B.", "C."], "date": pandas.to_datetime(["2026-03-10 06:42", None, "2026-03-11 00:00"])}
    )
    assert [a.published for a in read(frame)] == ["2026-03-10T06:42:00", None, "2026-03-11T00:00:00"]
    frame = pandas.DataFrame({"text": ["A.", "B."], "title": ["T", float("nan")], "date": [1773131400, float("nan")]})
    assert [(a.title, a.published) for a in read(frame)] == [("T", "2026-03-10T08:30:00+00:00"), ("", None)]


def warc(*pages: tuple[str, str], status: str = "200 OK", kind: str = "text/html; charset=utf-8") -> bytes:
    found = b""
    for url, html in pages:
        payload = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n\r\n".encode() + html.encode()
        head = (
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2026-03-10T10:00:00Z\r\n"
            "WARC-Record-ID: <urn:uuid:12345678-1234-1234-1234-123456789abc>\r\n"
            f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(payload)}\r\n\r\n"
        )
        found += head.encode() + payload + b"\r\n\r\n"
    return found


@pytest.mark.parametrize("packed", [False, True])
def test_a_web_archive_gives_its_pages_at_their_addresses(tmp_path: Path, packed: bool) -> None:
    need("warc")
    import gzip

    url = "https://www.tolvanemercury.example/bridge"
    data = warc(
        (url, page(NAMED)), ("https://www.snares.example/1", page('<meta property="og:site_name" content="BBC">'))
    )
    path = tmp_path / ("a.warc.gz" if packed else "a.warc")
    path.write_bytes(gzip.compress(data) if packed else data)
    first, second = read_report(tmp_path).articles
    assert (first.outlet, first.title, first.url, first.text) == ("Tolvane Mercury", HEADLINE, url, TEXT)
    assert (second.outlet, second.outlet_guessed) == ("snares.example", True)


def test_a_web_archive_that_is_none_or_cut_is_named(tmp_path: Path) -> None:
    need("warc")
    data = warc(("https://www.tolvanemercury.example/1", page(NAMED)))
    for content, count in ((b"not a WARC", 0), (b"", 0), (data[: len(data) // 2], 0), (data + data[:300], 1)):
        path = tmp_path / "a.warc"
        path.write_bytes(content)
        reading = read_report(path)
        assert len(reading.articles) >= count
        assert reading.problems or reading.articles
    path.write_bytes(warc(("https://www.x.example/1", page(NAMED)), status="404 Not Found"))
    assert read_report(path).articles == ()
