"""A web server on this machine, for tests: what it says is a table."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Reply = tuple[int, dict[str, str], bytes]


class Site:
    """Paths -> replies, or functions of the request's headers; every path that was asked for, with its time."""

    def __init__(self) -> None:
        self.replies: dict[str, Reply | Callable[[Any], Reply]] = {}
        self.asked: list[tuple[float, str]] = []
        self.url = ""

    def page(self, path: str, body: str | bytes, **headers: str) -> str:
        """Adds a page; its address."""
        content = body.encode() if isinstance(body, str) else body
        kind = "application/xml" if content.lstrip().startswith(b"<?xml") else "text/html; charset=utf-8"
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.replies[path] = (200, {"Content-Type": kind, **named}, content)
        return self.url + path

    def paths(self) -> list[str]:
        return [path for _, path in self.asked]


@contextmanager
def served(site: Site) -> Iterator[Site]:
    """The site at an address of this machine, while the block runs."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            site.asked.append((time.monotonic(), self.path))
            reply = site.replies.get(self.path, (404, {}, b"not here"))
            status, headers, body = reply(self) if callable(reply) else reply
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            if "Content-Length" not in headers:
                self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *words: Any) -> None:
            """Says nothing."""

    class Server(ThreadingHTTPServer):
        def handle_error(self, *words: Any) -> None:
            """A client that hangs up is what is tested."""

    server = Server(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    site.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
