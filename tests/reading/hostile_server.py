"""Answers that a web server should never give, each by the path that it is asked for, over a plain socket.

In: a request for "/NAME". Out: the bytes that `ANSWERS[NAME]` makes, until they end or the client has gone.
"""

import gzip
import socket
import socketserver
import struct
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from itertools import count, repeat

__all__ = ["ANSWERS", "SLOW", "Hostile"]

Bytes = Iterator[bytes]

_PAUSE = 0.05  # seconds between two drops of what drips
_BLOCK = b"x" * 65_536
_HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\n"
_LONG = b"Content-Length: 100000\r\n\r\n"
_CHUNKED = b"Transfer-Encoding: chunked\r\n\r\n"
_BOMB = gzip.compress(bytes(60_000_000), 1)
_ATTRIBUTES = b" ".join(b"a%d=b" % n for n in range(300_000))
_PAGE = b"<html><body><article><h1>A bridge</h1><p>" + b"The bridge at Karrow fell on Monday. " * 20


def _dripped(drops: Iterator[bytes] | bytes) -> Bytes:
    """The drops, or the bytes one by one, each after a pause."""
    for drop in drops:
        time.sleep(_PAUSE)
        yield drop if isinstance(drop, bytes) else bytes([drop])


def _stalled(*pieces: bytes) -> Bytes:
    yield from pieces
    time.sleep(60)


def _answer(status: bytes, *headers: bytes, body: Iterable[bytes] = ()) -> Bytes:
    yield b"\r\n".join((b"HTTP/1.1 " + status, *headers, b"Connection: close", b"", b""))
    yield from body


def _page(body: bytes, kind: bytes = b"text/html", *headers: bytes) -> Bytes:
    return _answer(b"200 OK", b"Content-Type: " + kind, b"Content-Length: %d" % len(body), *headers, body=iter([body]))


def _to(location: bytes, body: Iterable[bytes] = ()) -> Bytes:
    return _answer(b"302 Found", b"Location: " + location, body=body)


SLOW: Mapping[str, Callable[[], Bytes]] = {
    # --- silence, drips and stalls
    "says nothing": lambda: _stalled(),
    "closes at once": lambda: iter(()),
    "resets": lambda: iter([b"RESET"]),
    "drips its status": lambda: _dripped(b"HTTP/1.1 200 OK" + b" " * 10_000),
    "drips headers": lambda: _dripped(b"HTTP/1.1 200 OK\r\n" if n == 0 else b"X-%d: y\r\n" % n for n in range(99)),
    "drips one header": lambda: _dripped(_HEAD + b"X-Header: " + b"y" * 10_000),
    "drips its body": lambda: _dripped(iter([_HEAD + _LONG, *repeat(b"y", 90_000)])),
    "drips chunks": lambda: _dripped(iter([_HEAD + _CHUNKED, *repeat(b"1\r\ny\r\n", 90_000)])),
    "drips a chunk's size": lambda: _dripped(iter([_HEAD + _CHUNKED, *repeat(b"0", 90_000)])),
    "drips a body without length": lambda: _dripped(iter([_HEAD + b"\r\n", *repeat(b"y", 90_000)])),
    "stalls after its status": lambda: _stalled(b"HTTP/1.1 200 OK\r\n"),
    "stalls after its headers": lambda: _stalled(_HEAD + _LONG),
    "stalls in its body": lambda: _stalled(_HEAD + _LONG, _PAGE),
    "stalls in a chunk": lambda: _stalled(_HEAD + _CHUNKED, b"ffff\r\n" + _PAGE),
    "stalls in an error": lambda: _stalled(b"HTTP/1.1 404 Not Found\r\nContent-Length: 900\r\n"),
    # --- without end
    "100 Continue without end": lambda: repeat(b"HTTP/1.1 100 Continue\r\n\r\n"),
    "100 Continue, dripped": lambda: _dripped(repeat(b"HTTP/1.1 100 Continue\r\n\r\n", 90_000)),
    "100 Continue with headers without end": lambda: repeat(b"HTTP/1.1 100 Continue\r\n" + b"X: y\r\n" * 90 + b"\r\n"),
    "a status line without end": lambda: repeat(_BLOCK),
    "a header line without end": lambda: _then(_HEAD + b"X-Header: ", repeat(_BLOCK)),
    "headers without end": lambda: _then(_HEAD, (b"X-%d: y\r\n" % n for n in count())),
    "a folded header without end": lambda: _then(_HEAD + b"X: y\r\n", repeat(b" folded\r\n")),
    "a body without end": lambda: _then(_HEAD + b"\r\n", repeat(_BLOCK)),
    "chunks without end": lambda: _then(_HEAD + _CHUNKED, repeat(b"10000\r\n" + _BLOCK + b"\r\n")),
    "a chunk's extension without end": lambda: _then(_HEAD + _CHUNKED + b"5;", repeat(_BLOCK)),
    "trailers without end": lambda: _then(_HEAD + _CHUNKED + b"0\r\n", repeat(b"X: y\r\n")),
    "an error's body without end": lambda: _answer(b"404 Not Found", body=repeat(_BLOCK)),
    "a fault's body without end": lambda: _answer(b"500 Oops", body=repeat(_BLOCK)),
}
WRONG: Mapping[str, Callable[[], Bytes]] = {
    # --- cut short or malformed
    "a short body": lambda: iter([_HEAD + _LONG, _PAGE]),
    "a body one byte short": lambda: iter([_HEAD + b"Content-Length: %d\r\n\r\n" % (len(_PAGE) + 1), _PAGE]),
    "a length beyond all bounds": lambda: iter([_HEAD + b"Content-Length: 99999999999999999999\r\n\r\n", _PAGE]),
    "a length below none": lambda: iter([_HEAD + b"Content-Length: -5\r\n\r\n"]),
    "chunks without an end": lambda: iter([_HEAD + _CHUNKED, b"%x\r\n" % len(_PAGE) + _PAGE + b"\r\n"]),
    "a short chunk": lambda: iter([_HEAD + _CHUNKED, b"ffff\r\n" + _PAGE]),
    "a chunk's size in words": lambda: iter([_HEAD + _CHUNKED, b"many\r\n" + _PAGE]),
    "a chunk's size below none": lambda: iter([_HEAD + _CHUNKED, b"-5\r\n" + _PAGE]),
    "a chunk's size beyond all bounds": lambda: iter([_HEAD + _CHUNKED, b"f" * 60 + b"\r\n" + _PAGE]),
    "a status that is none": lambda: iter([b"HTTP/1.1 fine\r\n\r\n" + _PAGE]),
    "a status of five figures": lambda: iter([b"HTTP/1.1 20000 OK\r\n\r\n" + _PAGE]),
    "no HTTP": lambda: iter([b"\x16\x03\x01\x02\x00 hello, who are you?\r\n\r\n"]),
    "HTTP of 1991": lambda: iter([_PAGE]),
    "another protocol": lambda: _answer(b"101 Switching Protocols", b"Upgrade: h2c", body=iter([_PAGE])),
    "hints alone": lambda: _answer(b"103 Early Hints", b"Link: </style.css>"),
    "no content": lambda: _answer(b"204 No Content"),
    "nothing new": lambda: _answer(b"304 Not Modified"),
    "a part of it": lambda: _answer(b"206 Partial Content", b"Content-Range: bytes 5-9/800", body=iter([_PAGE])),
    "an empty page": lambda: _page(b""),
    # --- redirects
    "to itself": lambda: _to(b"/to itself"),
    "to and fro": lambda: _to(b"/fro and to"),
    "fro and to": lambda: _to(b"/to and fro"),
    "to ever new addresses": lambda: _to(b"/to ever new addresses?%d" % time.monotonic_ns()),
    "on, with a body without end": lambda: _to(b"/a page of tags", repeat(_BLOCK)),
    "on, dripping": lambda: _to(b"/on, dripping", _dripped(repeat(b"y", 90_000))),
    "to a file": lambda: _to(b"file:///etc/hostname"),
    "to ftp": lambda: _to(b"ftp://127.0.0.1/a.txt"),
    "to data": lambda: _to(b"data:text/html," + _PAGE.replace(b" ", b"%20")),
    "to a script": lambda: _to(b"javascript:alert(1)"),
    "to the cloud's own address": lambda: _to(b"http://169.254.169.254/latest/meta-data/"),
    "to another port here": lambda: _to(b"http://127.0.0.1:9/"),
    "to here by name": lambda: _to(b"http://localhost:9/"),
    "to here in the sixth version": lambda: _to(b"http://[::1]:9/"),
    "to here as the sixth version writes the fourth": lambda: _to(b"http://[::ffff:127.0.0.1]:9/"),
    "to here as one number": lambda: _to(b"http://2130706433:9/"),
    "to here in base sixteen": lambda: _to(b"http://0x7f.1:9/"),
    "to nowhere's address": lambda: _to(b"http://0.0.0.0:9/"),
    "to a private network": lambda: _to(b"http://10.0.0.1/"),
    "to no address": lambda: _to(b"http://[::1"),
    "to a port that is none": lambda: _to(b"http://example.org:99999999/"),
    "to an address of a megabyte": lambda: _to(b"/" + b"y" * 1_000_000),
    "to a second header": lambda: _to(b"/ HTTP/1.1%0d%0aX: y\x00\x01"),
    "on without an address": lambda: _answer(b"302 Found"),
    # --- what is no page, or too much of one
    "a bomb": lambda: _page(_BOMB, b"application/gzip"),
    "a bomb by its encoding": lambda: _page(_BOMB, b"text/html", b"Content-Encoding: gzip"),
    "gzip cut short": lambda: _page(gzip.compress(_PAGE)[:-20], b"text/html", b"Content-Encoding: gzip"),
    "an encoding that was not asked for": lambda: _page(
        b"\x8b\x07\x80" + _PAGE[:90], b"text/html", b"Content-Encoding: br"
    ),
    "a picture": lambda: _page(b"\x89PNG\r\n", b"image/png"),
    "a paper as a page": lambda: _page(b"%PDF-1.7\n" + b"1 0 obj\n" * 100),
    "noise as a page": lambda: _page(bytes(range(256)) * 200),
    "a page in hidden mark-up": lambda: _page(b"+ADw-p+AD4-The bridge fell.", b"text/html; charset=utf-7"),
    "a page of tags": lambda: _page(b"<p>" * 1_000_000),
    "a page of open brackets": lambda: _page(b"<" * 4_000_000),
    "a tag of attributes": lambda: _page(b"<p " + _ATTRIBUTES + b">" + _PAGE),
    "tags in tags": lambda: _page(b"<div>" * 90_000 + b"The bridge fell."),
    "lists in lists": lambda: _page(b"[" * 4_000_000, b"application/json"),
    "a number of a million figures": lambda: _page(b"[" + b"9" * 1_000_000 + b"]", b"application/json"),
    "a table without columns": lambda: _page(b",".join([b"a"] * 900_000), b"text/csv"),
    "rows of nothing": lambda: _page(b"x\n" * 1_000_000, b"application/x-ndjson"),
    "a type of a megabyte": lambda: _answer(b"200 OK", b"Content-Type: text/" + b"y" * 60_000, body=iter([_PAGE])),
}


ANSWERS = {**SLOW, **WRONG}


def _then(first: bytes, more: Bytes) -> Bytes:
    yield first
    yield from more


class _Handler(socketserver.BaseRequestHandler):
    def handle(self) -> None:
        head = b""
        self.request.settimeout(30)
        with suppress(OSError):
            while b"\r\n\r\n" not in head and (more := self.request.recv(65_536)):
                head += more
            name = head.split(b" ")[1].partition(b"?")[0][1:].decode().replace("%20", " ") if b" " in head else ""
            for piece in ANSWERS[name.replace("%27", "'")]():
                if piece == b"RESET":
                    self.request.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                else:
                    self.request.sendall(piece)


class Hostile(socketserver.ThreadingTCPServer):
    """The server, on a free port of this machine; a client that goes away ends its answer."""

    daemon_threads = True
    block_on_close = False
    allow_reuse_address = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)

    def address(self, name: str) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/{name.replace(' ', '%20')}"

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that gave up is what is wanted."""
