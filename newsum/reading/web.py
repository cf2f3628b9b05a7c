"""Fetches what stands at an http or https address that the user named.

In: one URL. Out: its bytes, the address they came from in the end and their declared type. Nothing is fetched but
what was asked for: no pictures, scripts or further pages. Whoever runs the server decides what it answers, so one
deadline and one count of bytes hold for the whole exchange (exchange.py), and redirects, which are not read, lead
neither out of http nor to a private address.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any
from urllib.parse import SplitResult, quote, urljoin, urlsplit, urlunsplit

from newsum.reading.cleaning import one_line
from newsum.reading.entries import Unreadable

if TYPE_CHECKING:
    from ssl import SSLContext
    from urllib.request import OpenerDirector

    from newsum.reading.exchange import Exchange

__all__ = ["Fetched", "fetch", "is_url", "parts_of"]

TIMEOUT = 15.0  # seconds without an answer
DEADLINE = 45.0  # seconds for the whole exchange: a server that drips a byte a second never times out
MOST_BYTES = 5_000_000
MOST_REDIRECTS = 5
PAUSE = 1.0  # seconds before the one retry

_LONGEST_REASON = 120  # characters; servers choose their words
_PLAIN = ("", "identity", "gzip", "x-gzip")  # encodings that are read, though none is asked for


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


def parts_of(url: str) -> SplitResult:
    """The address, taken apart.

    Raises:
        Unreadable: it is none.
    """
    try:
        return urlsplit(url)
    except ValueError as error:  # "http://[::1"
        raise Unreadable(f"it is not an address that can be fetched: {one_line(str(error))[:200]}") from error


def fetch(url: str, *, named: bool = True, allow_private: bool = False, known: Fetched | None = None) -> Fetched:
    """What stands at the address; a server's fault or a broken connection is tried once more.

    Args:
        named: whether the user named the address; one found inside fetched content may not be private.
        allow_private: whether redirects and addresses that the user did not name may be private ones.
        known: what stood there before; it is given back where the server says that it has not changed.

    Raises:
        Unreadable: it cannot be fetched, is cut short, or is too big.
    """
    from newsum.reading.exchange import Exchange  # and http.client, 10 ms to load: only where something is fetched

    if parts_of(url).scheme.lower() not in ("http", "https"):
        raise Unreadable("newsum fetches http and https addresses only")
    ends = time.monotonic() + DEADLINE
    try:
        return _fetch(url, Exchange(ends, TIMEOUT, 2 * MOST_BYTES, named, allow_private), known)
    except _Passing:
        time.sleep(PAUSE)
    try:
        return _fetch(url, Exchange(ends, TIMEOUT, 2 * MOST_BYTES, named, allow_private), known)
    except _Passing as error:
        raise Unreadable(str(error)) from error


class _Passing(Exception):
    """A failure that may be gone a moment later."""


def _fetch(url: str, exchange: "Exchange", known: Fetched | None) -> Fetched:
    from http.client import HTTPException, IncompleteRead
    from urllib.error import HTTPError
    from urllib.request import Request

    from newsum.reading.exchange import Late

    try:
        with _opener(exchange).open(Request(_ascii(url), headers=_conditions(known)), timeout=TIMEOUT) as response:
            return _answer(response)
    except HTTPError as error:
        error.close()
        if error.code == 304 and known is not None:
            return known
        message = one_line(f"the server answered {error.code} {error.reason}")[:_LONGEST_REASON]
        raise (_Passing if error.code >= 500 else Unreadable)(message) from error
    except (Late, Unreadable) as error:
        raise _given_up(error) from error
    except IncompleteRead as error:
        raise _Passing("the connection ended before the page did") from error
    except (OSError, HTTPException) as error:  # URLError and time-outs are OSErrors
        reason = getattr(error, "reason", None) or str(error) or type(error).__name__
        if isinstance(reason, Late | Unreadable):
            raise _given_up(reason) from error
        raise _Passing(f"it cannot be fetched: {one_line(str(reason))[:_LONGEST_REASON]}") from error
    except ValueError as error:
        raise Unreadable(f"it is not an address that can be fetched: {one_line(str(error))[:200]}") from error


def _given_up(error: Exception) -> Unreadable:
    """Why there is no page: what was wrong with it, or that the deadline was over."""
    late = f"the server took more than {DEADLINE:.0f} seconds"
    return error if isinstance(error, Unreadable) else Unreadable(late)


def _answer(response: Any) -> Fetched:
    headers = response.headers
    if response.status == 206:
        raise Unreadable("the server answered with a part of the page alone")
    if (encoding := headers.get("Content-Encoding", "").strip().lower()) not in _PLAIN:
        raise Unreadable(f'the server sent it compressed as "{one_line(encoding)[:20]}", which was not asked for')
    data = _body(response)
    kind = headers.get_content_type() if "Content-Type" in headers else ""
    state = (one_line(headers.get(name) or "") for name in ("ETag", "Last-Modified"))
    return Fetched(data, response.geturl(), kind, headers.get_content_charset(), *state)


def _conditions(known: Fetched | None) -> dict[str, str]:
    """The headers that ask for what stands there only where it is not what is known (RFC 9110)."""
    stated = {"If-None-Match": known.etag, "If-Modified-Since": known.modified} if known else {}
    return {name: value for name, value in stated.items() if value and value.isascii() and value.isprintable()}


def _body(response: Any) -> bytes:
    data = bytearray()
    while chunk := response.read1(65_536):
        data += chunk
        if len(data) > MOST_BYTES:
            raise Unreadable(f"the page is bigger than {MOST_BYTES // 1_000_000} MB")
    if response.length:  # what the server announced and did not send
        raise _Passing("the connection ended before the page did")
    return bytes(data)


def _opener(exchange: "Exchange") -> "OpenerDirector":
    """An opener of http and https alone: urllib's own also opens file, ftp and data addresses."""
    from urllib import request

    class Redirects(request.HTTPRedirectHandler):
        max_redirections = max_repeats = MOST_REDIRECTS + 1  # this opener's own count comes first

        def http_error_302(self, req: Any, fp: Any, code: Any, msg: Any, headers: Any) -> Any:
            fp.close()  # unread, for it may never end
            exchange.redirects += 1
            if exchange.redirects > MOST_REDIRECTS:
                raise Unreadable(f"it redirects more than {MOST_REDIRECTS} times")
            if urlsplit(urljoin(req.full_url, headers.get("Location", ""))).scheme not in ("http", "https"):
                raise Unreadable("it redirects to an address that is neither http nor https")
            return super().http_error_302(req, fp, code, msg, headers)

        http_error_301 = http_error_303 = http_error_307 = http_error_308 = http_error_302

    class Plain(request.HTTPHandler):
        def http_open(self, req: Any) -> Any:
            return self.do_open(exchange.plain(_proxied(req)), req)

    class Secure(request.HTTPSHandler):
        def https_open(self, req: Any) -> Any:
            return self.do_open(exchange.secure(_proxied(req)), req, context=_certificates())

    opener = request.OpenerDirector()
    handlers: tuple[Callable[[], Any], ...] = (request.ProxyHandler, Plain, Secure, request.HTTPDefaultErrorHandler)
    for handler in (*handlers, Redirects, request.HTTPErrorProcessor):
        opener.add_handler(handler())
    opener.addheaders = [
        ("User-Agent", f"newsum/{_version()} (fetches a page that its user names, and nothing else)"),
        ("Accept", "text/html, text/plain, */*;q=0.5"),
        ("Accept-Encoding", "identity"),
    ]
    return opener


def _proxied(request: Any) -> str:
    """The host that a proxy is asked for; "" where the request goes to the host itself."""
    parts = urlsplit(request.full_url)
    return "" if request.host == parts.netloc else parts.hostname or ""


@cache
def _certificates() -> "SSLContext":
    from ssl import create_default_context

    context = create_default_context()  # 30 ms
    context.set_alpn_protocols(["http/1.1"])
    return context


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
