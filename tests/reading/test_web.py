"""Tests what becomes of a hostile server's answers: each is one problem, soon, in little memory."""

import resource
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from reading.hostile_server import ANSWERS, SLOW, Hostile

from newsum.reading import read_report, web
from newsum.reading.bounds import MOST_PROBLEMS
from newsum.reading.entries import Unreadable
from newsum.reading.pages import parse_page

LONGEST = 10.0  # seconds for an answer on a busy machine; the slow ones have a deadline of one
MOST_MEMORY = 200_000  # KB


@pytest.fixture(scope="module")
def hostile() -> Iterator[Hostile]:
    server = Hostile()
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture(autouse=True)
def directly(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(web, "PAUSE", 0.0)
    list(parse_page("<p>It fell.</p>", "warm"))  # what reads pages takes seconds to load


@pytest.mark.parametrize("name", ANSWERS)
def test_a_hostile_answer_is_one_problem_within_its_deadline(
    hostile: Hostile, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if name in SLOW:
        monkeypatch.setattr(web, "TIMEOUT", 0.5)
        monkeypatch.setattr(web, "DEADLINE", 1.0)
    before, started = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.monotonic()
    reading = read_report(hostile.address(name))
    took, grown = time.monotonic() - started, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert reading.articles == ()
    assert len(reading.problems) == (MOST_PROBLEMS + 1 if name == "rows of nothing" else 1)
    assert "\n" not in reading.problems[0].message
    assert len(reading.problems[0].message) < 300
    assert took < LONGEST
    assert grown < MOST_MEMORY


def test_at_least_sixty_answers_are_hostile() -> None:
    assert len(ANSWERS) >= 60


class Neighbour(BaseHTTPRequestHandler):
    """A server of this machine that nobody but its user may reach; it counts who comes."""

    asked = 0

    def do_GET(self) -> None:
        type(self).asked += 1
        where = self.path.partition("?to=")[2]
        page = b"The bridge at Karrow fell on Monday."
        self.send_response(302 if where else 200)
        self.send_header("Location", where)
        self.send_header("Content-Type", "text/plain")
        self.send_header("Content-Length", str(len(page)))
        self.end_headers()
        self.wfile.write(page)

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture
def neighbours() -> Iterator[tuple[str, str]]:
    servers = [ThreadingHTTPServer(("127.0.0.1", 0), Neighbour) for _ in range(2)]
    threads = [threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True) for server in servers]
    for thread in threads:
        thread.start()
    Neighbour.asked = 0
    yield tuple(f"http://127.0.0.1:{server.server_address[1]}/a.txt" for server in servers)
    for server in servers:
        server.shutdown()
        server.server_close()


def test_a_redirect_never_reaches_a_private_address_that_its_user_did_not_name(neighbours: tuple[str, str]) -> None:
    here, there = neighbours
    with pytest.raises(Unreadable, match=r"redirects to a private address \(127\.0\.0\.1\)"):
        web.fetch(f"{here}?to={there}")
    assert Neighbour.asked == 1


def test_a_redirect_may_stay_with_the_server_that_its_user_named(neighbours: tuple[str, str]) -> None:
    here, _ = neighbours
    assert web.fetch(f"{here}?to=/b.txt").url == here.replace("a.txt", "b.txt")


def test_an_address_found_in_content_may_be_private_only_where_that_is_allowed(neighbours: tuple[str, str]) -> None:
    here, there = neighbours
    with pytest.raises(Unreadable, match=r"leads to a private address"):
        web.fetch(here, named=False)
    assert Neighbour.asked == 0
    assert web.fetch(here, named=False, allow_private=True).data.startswith(b"The bridge")
    assert web.fetch(f"{here}?to={there}", allow_private=True).url == there


@pytest.mark.parametrize(
    "address",
    """127.0.0.1 10.1.2.3 172.16.0.1 192.168.1.1 169.254.169.254 100.64.0.1 0.0.0.0 [::1] [::] [fe80::1] [fd00::1]
    [::ffff:10.0.0.1] [64:ff9b::a00:1] [2002:a00:1::] 192.0.2.7 255.255.255.255 localhost""".split(),
)
def test_no_form_of_a_private_address_is_connected_to(address: str) -> None:
    with pytest.raises(Unreadable, match="leads to a private address"):
        web.fetch(f"http://{address}:9/", named=False)


def test_a_proxy_is_asked_for_no_private_address_either(
    neighbours: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    here, _ = neighbours
    monkeypatch.setenv("http_proxy", here.rpartition("/")[0])
    monkeypatch.setenv("no_proxy", "")
    assert web.fetch("http://news.example/a.txt").data.startswith(b"The bridge")
    with pytest.raises(Unreadable, match="leads to a private address"):
        web.fetch("http://10.0.0.1/a.txt", named=False)
    assert Neighbour.asked == 1


def test_a_name_that_takes_for_ever_to_resolve_ends_with_the_deadline(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web, "DEADLINE", 0.5)
    monkeypatch.setattr("socket.getaddrinfo", lambda *_, **__: time.sleep(5))
    with pytest.raises(Unreadable, match=r"took more than|in time"):
        web.fetch("http://news.example/")
