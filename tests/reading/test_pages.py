"""Saved pages, and pages from a server on this machine."""

import gzip
import re
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from newsum.articles import Article
from newsum.errors import ReadingWarning
from newsum.reading import Reading, read, read_report, web

SENTENCES = (
    "The two countries signed a treaty on Tuesday after nine months of talks in the port of Skerrow.",
    "It sets the price of gas until 2031 and lets either side leave with a year's notice, ministers said.",
    "Fishermen in the harbour said that nobody had asked them, and that they would hold a vote on Friday.",
)


def page(head: str = "", title: str = "A treaty is signed", body: str = "") -> str:
    paragraphs = "".join(f"<p>{sentence}</p>\n" for sentence in SENTENCES)
    return (
        f"<!DOCTYPE html><html><head><title>{title}</title>{head}</head><body><nav><a href='/'>Home</a></nav>"
        f"<header><h1>{title}</h1></header><article>{body}{paragraphs}</article>"
        "<div class='comments'><p>First comment: I never believed in it.</p></div></body></html>"
    )


def saved(folder: Path, html: str | bytes, name: str = "page.html") -> Article:
    path = folder / name
    path.write_bytes(html if isinstance(html, bytes) else html.encode())
    reading = read_report(path)
    assert reading.problems == ()
    return reading.articles[0]


def test_a_saved_page_gives_outlet_title_date_authors_address_and_paragraphs(tmp_path: Path) -> None:
    head = (
        '<meta property="og:site_name" content="Northgate Wire"><meta name="author" content="Jo Pell">'
        '<meta property="og:title" content="A treaty is signed | Northgate Wire">'
        '<meta property="article:published_time" content="2026-03-10T06:42:00Z">'
        '<link rel="canonical" href="https://www.northgatewire.example/treaty">'
    )
    article = saved(tmp_path, page(head, title="A treaty is signed | Northgate Wire"))
    assert (article.outlet, article.outlet_guessed) == ("Northgate Wire", False)
    assert article.title == "A treaty is signed"
    assert article.published == "2026-03-10T06:42:00Z"
    assert article.authors == ("Jo Pell",)
    assert article.url == "https://www.northgatewire.example/treaty"
    assert article.text == "\n\n".join(SENTENCES)


def test_a_known_host_names_the_outlet_whatever_the_page_calls_itself(tmp_path: Path) -> None:
    head = (
        '<meta property="og:site_name" content="Reuters_Co_Uk">'
        '<link rel="canonical" href="http://uk.reuters.com/article/1">'
    )
    article = saved(tmp_path, page(head, title="Warship sent - Reuters"))
    assert (article.outlet, article.outlet_guessed, article.title) == ("Reuters", False, "Warship sent")


def test_a_page_that_states_no_outlet_is_given_none_out_of_its_title(tmp_path: Path) -> None:
    article = saved(tmp_path, page(title="U.S. sends warship - what next"))
    assert (article.outlet, article.title) == ("", "U.S. sends warship - what next")
    head = '<link rel="canonical" href="https://www.northgatewire.example/treaty">'
    article = saved(tmp_path, page(head))
    assert (article.outlet, article.outlet_guessed) == ("northgatewire.example", True)


def test_a_date_behind_the_title_is_the_pages_date(tmp_path: Path) -> None:
    head = '<meta property="og:site_name" content="DW.COM"><meta property="article:modified_time" content="2019-08-01">'
    article = saved(tmp_path, page(head, title="Uncork the mystery | DW | 10.06.2013"))
    assert (article.outlet, article.title, article.published) == ("DW", "Uncork the mystery", "2013-06-10")


def test_line_ends_of_the_source_do_not_cut_sentences_and_breaks_do(tmp_path: Path) -> None:
    article = saved(tmp_path, page(body="<p>The pilot had\n   asked to climb, said the\ttower.<br>It agreed.</p>"))
    assert article.text.split("\n\n")[:2] == ["The pilot had asked to climb, said the tower.", "It agreed."]


def test_a_pages_own_charset_is_heeded(tmp_path: Path) -> None:
    html = page('<meta http-equiv="Content-Type" content="text/html; charset=windows-1251">', title="Договор подписан")
    assert saved(tmp_path, html.encode("cp1251")).title == "Договор подписан"


def test_pictures_saved_in_a_page_do_not_count_and_endless_markup_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("newsum.reading.markup.LONGEST_PAGE", 100_000)
    picture = f'<img src="data:image/png;base64,{"A" * 200_000}">'
    assert saved(tmp_path, page(body=picture)).text == "\n\n".join(SENTENCES)
    path = tmp_path / "long.html"
    path.write_text(page(body="<b></b>" * 20_000))
    assert "its mark-up is over newsum's limits" in read_report(path).problems[0].message
    path.write_text("<p>" * 30_000)
    monkeypatch.setattr("newsum.reading.markup.MOST_TAGS", 20_000)
    assert "its mark-up is over newsum's limits" in read_report(path).problems[0].message


def test_a_page_that_trips_the_extractor_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import trafilatura

    def trip(*args: object, **options: object) -> None:
        raise AssertionError("unforeseen")

    monkeypatch.setattr(trafilatura, "bare_extraction", trip)
    path = tmp_path / "page.html"
    path.write_text(page(title=""))
    assert read_report(path).problems[0].message == "no article was found on this page"
    assert saved(tmp_path, page(), "other.html").text == "\n\n".join(SENTENCES)  # what stands below its headline


def test_a_page_nested_thousands_deep_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("<div>" * 5_000 + "<p>Hello there, said the tower.</p>")
    (tmp_path / "b.txt").write_text("It was signed.")
    assert read_report(tmp_path).articles[-1].text == "It was signed."


class Site(BaseHTTPRequestHandler):
    """A small site: each path is one way in which a server can answer."""

    asked: list[tuple[str, str]] = []  # noqa: RUF012 - shared on purpose, cleared by the fixture

    def do_GET(self) -> None:
        self.asked.append((self.path, self.headers["User-Agent"]))
        times = sum(path == self.path for path, _ in self.asked)
        head = '<meta property="og:site_name" content="Northgate Wire">'
        if self.path == "/treaty":
            self.answer(page(head))
        elif self.path == "/latin":
            self.answer("“Café” closed, he said.".encode("cp1252"), "text/plain; charset=iso-8859-1")
        elif self.path == "/packed.txt.gz":
            self.answer(gzip.compress(b"It was signed."), "application/gzip")
        elif self.path == "/table":
            self.answer('[{"text": "A.", "outlet": "X"}, {"text": "B.", "outlet": "Y"}]', "application/json")
        elif self.path == "/liar":
            self.answer(page('<link rel="canonical" href="https://www.bbc.co.uk/news/1">'))
        elif self.path == "/paper":
            self.answer(b"%PDF-1.7", "application/pdf")
        elif self.path == "/big":
            self.answer(b"x" * 70_000, "text/plain")
        elif self.path == "/flaky" and times == 1:
            self.answer("busy", status=503)
        elif self.path == "/flaky":
            self.answer(page(head))
        elif self.path == "/down":
            self.answer("down", status=500)
        elif self.path.startswith("/hop"):
            self.redirect(f"/hop{int(self.path[4:]) + 1}" if self.path != "/hop3" else "/treaty")
        elif self.path.startswith("/loop"):
            self.redirect(f"/loop{int(self.path[5:]) + 1}")
        elif self.path == "/inward":
            self.redirect("ftp://127.0.0.1/treaty.txt")
        elif self.path == "/slow":
            threading.Event().wait(1.5)
        elif self.path == "/dripping":
            self.drip()
        else:
            self.answer("none", status=404)

    def answer(self, body: str | bytes, kind: str = "text/html; charset=utf-8", status: int = 200) -> None:
        data = body.encode() if isinstance(body, str) else body
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def drip(self) -> None:
        """A byte now and then, for ever as far as a reader can tell."""
        self.send_response(200)
        self.end_headers()
        with suppress(OSError):
            for _ in range(200):
                self.wfile.write(b"x")
                threading.Event().wait(0.05)

    def redirect(self, where: str) -> None:
        self.send_response(302)
        self.send_header("Location", where)
        self.end_headers()

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(web, "PAUSE", 0.0)
    Site.asked.clear()
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()
    thread.join()


def failed(reading: Reading) -> str:
    assert reading.articles == ()
    return reading.problems[0].message


def test_a_page_is_fetched_because_it_was_asked_for_and_nothing_else_is(site: str) -> None:
    [article] = read_report(f"{site}/treaty").articles
    assert (article.outlet, article.title, article.url) == ("Northgate Wire", "A treaty is signed", f"{site}/treaty")
    assert article.text == "\n\n".join(SENTENCES)
    assert [path for path, _ in Site.asked] == ["/treaty"]
    assert re.fullmatch(r"newsum/\S+ \(fetches a page that its user names, and nothing else\)", Site.asked[0][1])


def test_texts_and_tables_are_fetched_as_what_the_server_says_they_are(site: str) -> None:
    assert read_report(f"{site}/latin").articles[0].text == "“Café” closed, he said."
    assert read_report(f"{site}/packed.txt.gz").articles[0].text == "It was signed."
    assert [article.outlet for article in read_report(f"{site}/table").articles] == ["X", "Y"]
    assert 'calls it "application/pdf", which newsum does not read' in failed(read_report(f"{site}/paper"))


def test_a_fetched_page_cannot_take_another_sites_address(site: str) -> None:
    [article] = read_report(f"{site}/liar").articles
    assert (article.outlet, article.url) == ("", f"{site}/liar")


def test_redirects_are_followed_up_to_a_limit_and_never_out_of_http(site: str) -> None:
    [article] = read_report(f"{site}/hop0").articles
    assert article.url == f"{site}/treaty"
    assert "redirect" in failed(read_report(f"{site}/loop0"))
    assert len([path for path, _ in Site.asked if path.startswith("/loop")]) <= web.MOST_REDIRECTS + 1
    assert "neither http nor https" in failed(read_report(f"{site}/inward"))


def test_a_servers_fault_is_tried_once_more_and_a_missing_page_is_not(site: str) -> None:
    assert len(read_report(f"{site}/flaky").articles) == 1
    assert failed(read_report(f"{site}/down")) == "the server answered 500 Internal Server Error"
    assert failed(read_report(f"{site}/gone")) == "the server answered 404 Not Found"
    assert [path for path, _ in Site.asked] == ["/flaky", "/flaky", "/down", "/down", "/gone"]


def test_a_page_too_big_or_too_slow_is_given_up(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web, "MOST_BYTES", 50_000)
    monkeypatch.setattr(web, "TIMEOUT", 0.2)
    assert "the page is bigger than" in failed(read_report(f"{site}/big"))
    assert "timed out" in failed(read_report(f"{site}/slow"))
    monkeypatch.setattr(web, "DEADLINE", 0.3)
    assert failed(read_report(f"{site}/dripping")) == "the server took more than 0 seconds"


def test_an_address_that_nobody_answers_at_is_named_beside_what_was_read(site: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("It was signed.")
    reading = read_report("http://127.0.0.1:9/treaty", tmp_path, f"{site}/a b/é")
    assert [article.text for article in reading.articles] == ["It was signed."]
    assert [problem.path for problem in reading.problems] == ["http://127.0.0.1:9/treaty", f"{site}/a b/é"]
    assert reading.problems[1].message == "the server answered 404 Not Found"
    assert Site.asked[-1][0] == "/a%20b/%C3%A9"


def test_a_package_that_is_missing_is_one_sentence_a_page_and_the_rest_is_read(tmp_path, monkeypatch):
    (tmp_path / "page.html").write_text("<html><body><article><p>A bridge fell.</p></article></body></html>")
    (tmp_path / "note.txt").write_text("A bridge fell in Karrow on Monday.")
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    with pytest.warns(
        ReadingWarning, match=r"page\.html: pages need a package that cannot be loaded .*: reinstall newsum"
    ):
        (article,) = read(tmp_path)
    assert article.text == "A bridge fell in Karrow on Monday."
