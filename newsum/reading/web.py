"""An http or https address that the user named -> the bytes that stand there.

In: one URL. Out: its bytes, the address they came from in the end and their declared type. Nothing is fetched but
what was asked for: no pictures, scripts or further pages. Time, size, redirects and schemes are bounded, since
whoever runs the server decides what it answers.
"""

import time
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlsplit, urlunsplit

from newsum.reading.entries import Unreadable

if TYPE_CHECKING:
    from urllib.request import OpenerDirector

__all__ = ["Fetched", "fetch", "is_url"]

TIMEOUT = 15.0  # seconds without an answer
DEADLINE = 45.0  # seconds for the whole page: a server that drips a byte a second never times out
MOST_BYTES = 5_000_000
MOST_REDIRECTS = 5
PAUSE = 1.0  # seconds before the one retry


@dataclass(frozen=True, slots=True)
class Fetched:
    """What stood at an address.

    Attributes:
        url: where the bytes came from, after redirects.
        kind: the media type that the server declared, "" where it declared none.
        charset: the encoding that it declared.
        etag, modified: what the server calls this state of it, "" where it does not say.
    """

    data: bytes
    url: str
    kind: str
    charset: str | None
    etag: str = ""
    modified: str = ""


def is_url(text: str) -> bool:
    """Whether the text is an address with a scheme, be it one that newsum fetches or not."""
    return "://" in text[:12]


def fetch(url: str, *, named: bool = True, allow_private: bool = False, known: Fetched | None = None) -> Fetched:
    """What stands at the address; a server's fault or a broken connection is tried once more.

    Args:
        named: whether the user named the address; one found inside fetched content may not be private.
        allow_private: whether redirects and addresses that the user did not name may be private ones.
        known: what stood there before; it is given back where the server says that it has not changed.

    Raises:
        Unreadable: it cannot be fetched, or is too big.
    """
    if urlsplit(url).scheme.lower() not in ("http", "https"):
        raise Unreadable("newsum fetches http and https addresses only")
    if not (named or allow_private):
        _refuse_private(url)
    try:
        return _fetch(url, known)
    except _Passing:
        time.sleep(PAUSE)
    try:
        return _fetch(url, known)
    except _Passing as error:
        raise Unreadable(str(error)) from error


class _Passing(Exception):
    """A failure that may be gone a moment later."""


def _fetch(url: str, known: Fetched | None) -> Fetched:
    from http.client import HTTPException
    from urllib.error import HTTPError
    from urllib.request import Request

    started = time.monotonic()
    try:
        with http_opener().open(Request(_ascii(url), headers=_conditions(known)), timeout=TIMEOUT) as response:
            data = _body(response, started)
            headers = response.headers
            kind = headers.get_content_type() if "Content-Type" in headers else ""
            state = (headers.get("ETag") or "", headers.get("Last-Modified") or "")
            return Fetched(data, response.geturl(), kind, headers.get_content_charset(), *state)
    except HTTPError as error:
        error.close()
        if error.code == 304 and known is not None:
            return known
        message = f"the server answered {error.code} {error.reason}".rstrip()
        raise (_Passing if error.code >= 500 else Unreadable)(message) from error
    except (OSError, HTTPException) as error:  # URLError and time-outs are OSErrors
        reason = getattr(error, "reason", None) or str(error) or type(error).__name__
        raise _Passing(f"it cannot be fetched: {reason}") from error
    except ValueError as error:
        raise Unreadable(f"it is not an address that can be fetched: {error}") from error


def _conditions(known: Fetched | None) -> dict[str, str]:
    """The headers that ask for what stands there only where it is not what is known (RFC 9110)."""
    stated = {"If-None-Match": known.etag, "If-Modified-Since": known.modified} if known else {}
    return {name: value for name, value in stated.items() if value and value.isascii() and value.isprintable()}


def _refuse_private(url: str) -> None:
    """A stand-in for the check of the connected address.

    Raises:
        Unreadable: the host leads to an address of this machine or its own network.
    """
    import ipaddress
    import socket

    try:
        found = socket.getaddrinfo(urlsplit(url).hostname, None, type=socket.SOCK_STREAM)
    except (OSError, ValueError):  # the request itself will say why
        return
    for *_, address in found:
        if not ipaddress.ip_address(str(address[0]).partition("%")[0]).is_global:
            raise Unreadable(f"it leads to a private address ({address[0]}), which only --allow-private may reach")


def _body(response: Any, started: float) -> bytes:
    data = bytearray()
    while chunk := response.read1(65_536):
        data += chunk
        if len(data) > MOST_BYTES:
            raise Unreadable(f"the page is bigger than {MOST_BYTES // 1_000_000} MB")
        if time.monotonic() - started > DEADLINE:
            raise Unreadable(f"the server took more than {DEADLINE:.0f} seconds")
    return bytes(data)


@cache
def http_opener() -> "OpenerDirector":
    """An opener of http and https alone: urllib's own also opens file, ftp and data addresses."""
    from urllib import request

    class Redirects(request.HTTPRedirectHandler):
        max_redirections = MOST_REDIRECTS

        def redirect_request(self, req: Any, fp: Any, code: Any, msg: Any, headers: Any, newurl: Any) -> Any:
            if urlsplit(newurl).scheme not in ("http", "https"):
                raise Unreadable("it redirects to an address that is neither http nor https")
            return super().redirect_request(req, fp, code, msg, headers, newurl)

    opener = request.OpenerDirector()
    handlers = (request.ProxyHandler, request.HTTPHandler, request.HTTPSHandler, request.HTTPDefaultErrorHandler)
    for handler in (*handlers, Redirects, request.HTTPErrorProcessor):
        opener.add_handler(handler())
    opener.addheaders = [
        ("User-Agent", f"newsum/{_version()} (fetches a page that its user names, and nothing else)"),
        ("Accept", "text/html, text/plain, */*;q=0.5"),
        ("Accept-Encoding", "identity"),
    ]
    return opener


def _version() -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("newsum")
    except PackageNotFoundError:  # run from a checkout
        return "0"


def _ascii(url: str) -> str:
    """The address as HTTP wants it: letters beyond ASCII escaped, an international host in its ASCII form."""
    parts = urlsplit(url.strip())
    netloc = parts.netloc if parts.netloc.isascii() else parts.netloc.encode("idna").decode("ascii")
    path, query = (quote(part, safe="%/:=&?~#+!$,;'@()*[]") for part in (parts.path, parts.query))
    return urlunsplit((parts.scheme, netloc, path, query, ""))
