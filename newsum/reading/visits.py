"""Fetches feeds and the pages that they lead to, as a polite visitor: by robots.txt, not often, and nothing twice.

In: addresses. Out: what stands there. A feed that has not changed since the last visit is not sent again (ETag,
Last-Modified; RFC 9110); a page that was fetched in the last day is not asked for again. What was fetched is kept in
newsum's cache folder; where nothing can be written, it is fetched anew. An address that stands in somebody's feed was
not named by the user: it may lead to no private one.
"""

import hashlib
import json
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from newsum.reading.entries import Unreadable
from newsum.reading.web import Fetched, fetch, parts_of
from newsum.system.atomic_files import replace_file
from newsum.system.cache import cache_folder

if TYPE_CHECKING:
    from urllib.robotparser import RobotFileParser

__all__ = ["Visits"]

PACE = 1.0  # seconds between two requests to one host
SLOWEST = 10.0  # seconds that a robots.txt may ask for
FRESH = 86_400.0  # seconds for which a page is not asked for again
_MOST_RULES = 10_000  # lines of a robots.txt; RFC 9309 asks for half a megabyte, which these are
_AGENT = "newsum"


@dataclass
class Visits:
    """The visits of one reading.

    Attributes:
        follow: whether the pages that a feed's items lead to are fetched.
        allow_private: whether addresses that the user did not name may be private ones.
    """

    follow: bool = False
    allow_private: bool = False
    _robots: dict[str, "RobotFileParser"] = field(default_factory=dict)
    _last: dict[str, float] = field(default_factory=dict)

    def named(self, url: str) -> Fetched:
        """What stands at an address that the user named; what is kept of it is sent again only where it has changed.

        Raises:
            Unreadable: it cannot be fetched.
        """
        self._wait(url, 0.0)
        earlier = _kept(url)
        return fetch(url, allow_private=self.allow_private, known=earlier[0] if earlier else None)

    def keep(self, url: str, fetched: Fetched) -> None:
        """Keeps what was fetched for the next visit, where it can be written."""
        names = ("url", "kind", "charset", "etag", "modified")
        told = {"asked": url, "sha256": hashlib.sha256(fetched.data).hexdigest()}
        told |= {name: getattr(fetched, name) for name in names}
        with suppress(OSError):
            place = _place(url)
            place.parent.mkdir(parents=True, exist_ok=True)
            replace_file(place, [json.dumps(told).encode() + b"\n", fetched.data])

    def found(self, url: str, *, fresh: float = FRESH) -> Fetched:
        """What stands at an address that a feed, or a list of feeds, gave.

        Args:
            fresh: seconds for which what was fetched is not asked for again.

        Raises:
            Unreadable: it cannot be fetched, or the site asks robots to stay away from it.
        """
        earlier = _kept(url)
        if earlier is not None and time.time() - earlier[1] < fresh:
            return earlier[0]
        robots = self._rules(url)
        if not _allows(robots, url):
            raise Unreadable("the site asks robots not to fetch it (robots.txt)")
        self._wait(url, min(float(robots.crawl_delay(_AGENT) or 0.0), SLOWEST))
        fetched = fetch(url, named=False, allow_private=self.allow_private, known=earlier[0] if earlier else None)
        self.keep(url, fetched)
        return fetched

    def _wait(self, url: str, asked: float) -> None:
        host = parts_of(url).netloc
        left = self._last.get(host, -PACE - asked) + max(PACE, asked) - time.monotonic()
        if left > 0:
            time.sleep(left)
        self._last[host] = time.monotonic()

    def _rules(self, url: str) -> "RobotFileParser":
        """The site's robots.txt; where it has none, all is allowed (RFC 9309)."""
        from urllib.robotparser import RobotFileParser

        parts = parts_of(url)
        site = f"{parts.scheme}://{parts.netloc}"
        if site not in self._robots:
            self._robots[site] = rules = RobotFileParser()
            lines: list[str] = []
            with suppress(Unreadable):
                rules_text = fetch(f"{site}/robots.txt", named=False, allow_private=self.allow_private).data
                lines = rules_text.decode("utf-8", "replace").splitlines()
            rules.parse(filter(_is_rule, lines[:_MOST_RULES]))
        return self._robots[site]


def _allows(robots: "RobotFileParser", url: str) -> bool:
    try:
        return robots.can_fetch(_AGENT, url)
    except ValueError:  # "http://%5B/", which is no address once its escapes are taken off
        return True


def _is_rule(line: str) -> bool:
    """Whether the parser takes a line of robots.txt: it trips over "Crawl-delay: ²" and "Disallow: //["."""
    from urllib.robotparser import RobotFileParser

    try:
        RobotFileParser().parse(["User-agent: *", line])
    except ValueError:
        return False
    return True


def _place(url: str) -> Path:
    return cache_folder() / "fetched" / hashlib.sha256(url.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _kept(url: str) -> tuple[Fetched, float] | None:
    """What was fetched there last, and when, in seconds since 1970."""
    with suppress(OSError, ValueError, KeyError, TypeError):
        place = _place(url)
        head, _, data = place.read_bytes().partition(b"\n")
        told = json.loads(head)
        if told["asked"] == url and told["sha256"] == hashlib.sha256(data).hexdigest():
            names = ("url", "kind", "charset", "etag", "modified")
            return Fetched(data, *(told[name] for name in names)), place.stat().st_mtime
    return None
