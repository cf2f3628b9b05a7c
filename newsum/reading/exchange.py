"""Holds an exchange with a server to its bounds: one deadline, one count of bytes, no way to private addresses.

In: the bounds, and what urllib asks for a connection. Out: connections whose every wait and every byte count towards
them, the name's look-up and the TLS handshake among them, and that refuse a private IP where a server, not the user,
chose it. What is checked is the IP that is connected to, so a name that resolves to another one later gains nothing.
"""

import io
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPResponse, HTTPSConnection
from ipaddress import IPv6Address, ip_address
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any

from newsum.reading.entries import Unreadable

__all__ = ["Exchange", "Late"]

_NAT64 = 0x64FF9B << 96  # RFC 6052: the last 32 bits are an IPv4 address

Connect = Callable[..., HTTPConnection]


class Late(TimeoutError):
    """The exchange's deadline is over."""


@dataclass(slots=True)
class Exchange:
    """One exchange, redirects included.

    Attributes:
        ends: when it must be over, by `time.monotonic()`.
        silence: seconds that a server may say nothing.
        most: bytes that it may send in all, headers and 100 Continue too.
        named: whether the user named the address, so that it may be a private one.
        allow_private: whether redirects may lead to private addresses.
        redirects: how many there were so far.
    """

    ends: float
    silence: float
    most: int
    named: bool = True
    allow_private: bool = False
    redirects: int = 0
    _came: int = 0
    _named: set[Any] = field(default_factory=set)  # where the user's own address led: a redirect may stay there

    def left(self) -> float:
        """Seconds that the next wait may last."""
        if (left := self.ends - time.monotonic()) <= 0:
            raise Late
        return min(left, self.silence)

    def came(self, count: int) -> None:
        """Counts bytes that were received."""
        self._came += count
        if self._came > self.most:
            raise Unreadable(f"the server sent more than {self.most // 1_000_000} MB")

    def plain(self, proxied: str) -> Connect:
        """What makes a connection without TLS; `proxied` is the host where a proxy stands between."""
        return self._connect(HTTPConnection, proxied)

    def secure(self, proxied: str) -> Connect:
        return self._connect(HTTPSConnection, proxied)

    def _connect(self, kind: type[HTTPConnection], proxied: str) -> Connect:
        def connect(host: str, **settings: Any) -> HTTPConnection:
            made = kind(host, **settings)
            made._create_connection = lambda address, *_: self._connected(address[0], address[1], proxied)  # type: ignore[attr-defined]
            made.response_class = lambda sock, *args, **named: HTTPResponse(_Timed(sock, self), *args, **named)  # type: ignore[assignment, arg-type]
            return made

        return connect

    def _connected(self, host: str, port: int, proxied: str) -> socket.socket:
        failed: OSError = OSError("its name leads to no address")
        if proxied:
            self._require_public(proxied, None)
        for family, kind, protocol, _, address in _resolved(host, port, self.left()):
            if not proxied:
                self._require_public(str(address[0]), address)
            sock = socket.socket(family, kind, protocol)
            try:
                sock.settimeout(self.left())
                sock.connect(address)
            except OSError as error:
                sock.close()
                failed = error
            else:
                return sock
        raise failed

    def _require_public(self, host: str, address: Any) -> None:
        if self.named and not self.redirects:
            self._named.add(address)
        elif _is_private(host) and not self.allow_private and (address is None or address not in self._named):
            how = "redirects" if self.redirects else "leads"
            raise Unreadable(f"it {how} to a private address ({host[:60]}), which only its user may name")


def _is_private(host: str) -> bool:
    """Whether the host is an IP of a private network or this machine's, or this machine by name."""
    try:
        ip = ip_address(host.partition("%")[0])
    except ValueError:
        return host.rstrip(".").rpartition(".")[2].lower() in ("localhost", "local", "internal")
    if isinstance(ip, IPv6Address):
        within = ip.ipv4_mapped or ip.sixtofour
        if within is None and int(ip) >> 32 == _NAT64 >> 32:
            within = ip_address(int(ip) & 0xFFFF_FFFF)  # type: ignore[assignment]
        ip = within or ip
    return not ip.is_global


def _resolved(host: str, port: int, within: float) -> list[Any]:
    """What `socket.getaddrinfo` says, which knows no time limit of its own."""
    answers: SimpleQueue[Any] = SimpleQueue()

    def ask() -> None:
        try:
            answers.put(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))
        except Exception as error:
            answers.put(error)

    Thread(target=ask, daemon=True).start()
    try:
        answer = answers.get(timeout=within)
    except Empty:
        raise TimeoutError("its name was not found in time") from None
    if isinstance(answer, Exception):
        raise answer
    return list(answer)


class _Timed:
    """A socket as `HTTPResponse` sees it: a file whose every read is timed and counted."""

    def __init__(self, sock: socket.socket, exchange: Exchange) -> None:
        self._sock, self._exchange = sock, exchange

    def makefile(self, mode: str) -> io.BufferedReader:
        return io.BufferedReader(_Counted(self._sock, self._exchange))


class _Counted(io.RawIOBase):
    def __init__(self, sock: socket.socket, exchange: Exchange) -> None:
        self._sock, self._exchange = sock, exchange
        self._raw = sock.makefile("rb", buffering=0)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        self._sock.settimeout(self._exchange.left())
        count = self._raw.readinto(buffer) or 0
        self._exchange.came(count)
        return count

    def close(self) -> None:
        self._raw.close()
        super().close()
