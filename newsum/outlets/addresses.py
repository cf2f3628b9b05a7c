"""Finds the publisher's own address behind that of an archive, a cache, an AMP copy or a translation.

In: any address. Out: the address of the page that such a service carries, else the address itself. A service is known
by its host: anybody's site may have an address that only looks so.
"""

import re
from collections.abc import Callable
from urllib.parse import parse_qs, unquote, urlsplit

from newsum.system.patterns import regex

__all__ = ["host_of", "published_at"]

_LONGEST = 4_000  # characters of an address that is looked into; an address in a record may have no more
_DEEPEST = 3  # an archive's copy of an AMP page, and one more
_ARCHIVES = frozenset(
    """archive.org web.archive.org wayback.archive.org archive.is archive.today archive.ph archive.li archive.vn
    archive.fo archive.md archive-it.org wayback.archive-it.org arquivo.pt webarchive.nationalarchives.gov.uk
    webarchive.org.uk www.webarchive.org.uk web.archive.org.au webarchive.loc.gov perma-archives.org
    vefsafn.is""".split()
)
# Servers and crawlers make one slash of two: "https:/www..." stands behind the archive's own path all the same.
_BEHIND = regex(r"/(?P<scheme>https?):/{1,2}(?P<rest>[^/].*)", re.IGNORECASE)
_AMP = regex(r"/(?:amp|[a-z]{1,2}|[a-z]{1,2}/[a-z]{1,2})/(?P<secure>s/)?(?P<rest>[\w-]+(?:\.[\w-]+)+(?:[/?].*)?)")
_CACHED = regex(r"cache:(?:[\w-]{1,20}:)?(?P<url>[^\s+]+)")


def published_at(address: str) -> str:
    """The address where the page was published.

    >>> published_at("https://web.archive.org/web/20260310/https://www.wire.example/1")
    'https://www.wire.example/1'
    >>> published_at("https://www.google.com/amp/s/www.wire.example/1"), published_at("https://www.wire.example/1")
    ('https://www.wire.example/1', 'https://www.wire.example/1')
    """
    for _ in range(_DEEPEST):
        found = _carried(address)
        if not found:
            break
        address = found
    return address


def host_of(address: str) -> str:
    """The address's host in lower case; "" where it has none."""
    try:
        return (urlsplit(address if "//" in address else f"//{address}").hostname or "").lower()
    except ValueError:  # "http://[": not an address at all
        return ""


def _carried(address: str) -> str:
    if len(address) > _LONGEST or not (host := host_of(address)):
        return ""
    service = next((carried for belongs, carried in _SERVICES if belongs(host)), None)
    found = service(address) if service else ""
    return found if host_of(found) and "." in host_of(found) else ""


def _archived(address: str) -> str:
    found = _BEHIND.search(address.partition("://")[2])
    return f"{found['scheme'].lower()}://{found['rest']}" if found else ""


def _amp(address: str) -> str:
    """ "/amp/s/www.wire.example/1", and on cdn.ampproject.org "/c/s/www.wire.example/1"."""
    parts = urlsplit(address)
    found = _AMP.fullmatch(parts.path + (f"?{parts.query}" if parts.query else ""))
    return f"{'https' if found['secure'] else 'http'}://{found['rest']}" if found else ""


def _google(address: str) -> str:
    return _asked("url", "q")(address) if urlsplit(address).path == "/url" else _amp(address)


def _cached(address: str) -> str:
    found = _CACHED.search(unquote(urlsplit(address).query))
    return _whole(found["url"]) if found else ""


def _translated(address: str) -> str:
    """ "www-wire-example.translate.goog": a hyphen stands for a point, two for a hyphen."""
    parts = urlsplit(address)
    name = (parts.hostname or "").removesuffix(".translate.goog")
    host = name.replace("--", "\0").replace("-", ".").replace("\0", "-")
    return f"https://{host}{parts.path}"


def _asked(*names: str) -> Callable[[str], str]:
    def asked(address: str) -> str:
        query = parse_qs(urlsplit(address).query)
        return _whole(next((query[name][0] for name in names if name in query), ""))

    return asked


def _whole(address: str) -> str:
    return address if not address or address.lower().startswith(("http://", "https://")) else f"http://{address}"


def _of(*hosts: str) -> Callable[[str], bool]:
    return lambda host: any(host == known or host.endswith(f".{known}") for known in hosts)


_SERVICES: tuple[tuple[Callable[[str], bool], Callable[[str], str]], ...] = (
    (lambda host: host in _ARCHIVES, _archived),
    (_of("cdn.ampproject.org"), _amp),
    (_of("webcache.googleusercontent.com"), _cached),
    (_of("translate.goog"), _translated),
    (_of("translate.google.com"), _asked("u")),
    (_of("l.facebook.com", "lm.facebook.com"), _asked("u")),
    (lambda host: re.fullmatch(r"(?:www\.)?google\.[a-z.]{2,6}", host) is not None, _google),
)
