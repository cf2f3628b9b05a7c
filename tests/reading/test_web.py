"""Tests what becomes of a hostile server's answers: each is one problem, soon, in little memory."""

import resource
import threading
import time
from collections.abc import Iterator

import pytest
from reading.hostile_server import ANSWERS, Hostile

from newsum.reading import read_report, web

LONGEST = 5.0  # seconds for an answer, of which the deadline below allows one
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
def short_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(web, "PAUSE", 0.0)
    monkeypatch.setattr(web, "TIMEOUT", 0.5)
    monkeypatch.setattr(web, "DEADLINE", 1.0)


@pytest.mark.parametrize("name", ANSWERS)
def test_a_hostile_answer_is_one_problem_within_its_deadline(hostile: Hostile, name: str) -> None:
    before, started = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.monotonic()
    reading = read_report(hostile.address(name))
    took, grown = time.monotonic() - started, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert reading.articles == ()
    assert len(reading.problems) == 1
    assert "\n" not in reading.problems[0].message
    assert len(reading.problems[0].message) < 300
    assert took < LONGEST
    assert grown < MOST_MEMORY


def test_at_least_sixty_answers_are_hostile() -> None:
    assert len(ANSWERS) >= 60
