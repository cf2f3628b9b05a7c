"""A site on this machine that answers under any host's name, for the tests of what is fetched."""

import socket
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from newsum.reading import web

HTML = "text/html; charset=utf-8"


@dataclass
class LittleSite:
    """What it serves, and what it was asked for.

    Attributes:
        pages: path -> (media type, body), or (status, headers).
        asked: the paths of requests, in order; `headers` those of each.
    """

    port: int
    pages: dict[str, Any] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    headers: list[Mapping[str, str]] = field(default_factory=list)

    def at(self, host: str, path: str) -> str:
        return f"http://{host}:{self.port}{path}"


@contextmanager
def little_site(monkeypatch: pytest.MonkeyPatch) -> Iterator[LittleSite]:
    """The site; every ".example" host is this machine, and no proxy stands between."""
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(web, "PAUSE", 0.0)
    resolved = socket.getaddrinfo

    def local(host: Any, *args: Any, **options: Any) -> Any:
        return resolved("127.0.0.1" if str(host).endswith(".example") else host, *args, **options)

    monkeypatch.setattr(socket, "getaddrinfo", local)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            site.asked.append(self.path)
            site.headers.append(dict(self.headers.items()))
            answer = site.pages.get(self.path, (404, {}))
            first, second = answer(self.headers) if callable(answer) else answer
            status, head, body = (
                (200, {"Content-Type": first}, second) if isinstance(first, str) else (first, second, "")
            )
            if isinstance(body, tuple):
                body, more = body
                head = {**head, **more}
            data = body.encode() if isinstance(body, str) else body
            self.send_response(status)
            for name, value in {**head, "Content-Length": str(len(data))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    site = LittleSite(server.server_address[1])
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
