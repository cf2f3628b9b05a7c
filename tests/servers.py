"""A server that answers as a test tells it to, on this machine: real sockets, for what only they can do wrong.

In: a function from a handler and the body that it was sent to nothing, which writes the answer. Out: its address, and
the bodies and headers that it was sent.
"""

import json
import threading
from collections.abc import Callable
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import SimpleNamespace

Answer = Callable[[BaseHTTPRequestHandler, dict], None]


@contextmanager
def serving(answer: Answer):
    """The server while the block runs: `.url`, `.asked` (bodies), `.headers`, `.over` (set when the block ends)."""
    server = SimpleNamespace(asked=[], headers=[], over=threading.Event(), url="")

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = json.loads(self.rfile.read(int(self.headers["content-length"])))
            server.asked.append(body)
            server.headers.append(dict(self.headers))
            with suppress(OSError):  # the other side has gone
                answer(self, body)

        def log_message(self, *_):
            pass

    listening = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    listening.daemon_threads = True
    listening.over = server.over
    server.url = f"http://127.0.0.1:{listening.server_address[1]}/v1"
    thread = threading.Thread(target=listening.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.over.set()
        listening.shutdown()
        listening.server_close()


def send(handler, content, *, status=200, kind="application/json", **headers):
    """A whole answer; a mapping becomes JSON."""
    data = content if isinstance(content, bytes) else json.dumps(content).encode()
    handler.send_response(status)
    for name, value in {"content-type": kind, "content-length": str(len(data)), **headers}.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.end_headers()
    handler.wfile.write(data)


def completion(*texts):
    """The JSON of chat completions that hold the texts."""
    choices = [{"index": n, "message": {"role": "assistant", "content": text}} for n, text in enumerate(texts)]
    return {"object": "chat.completion", "choices": choices}


def saying(*texts):
    """A server that always says the same."""
    return lambda handler, body: send(handler, completion(*texts))
