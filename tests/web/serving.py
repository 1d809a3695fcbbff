"""A record with samples and hostile articles, served by the real server on a port of its own."""

import http.client
import json
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec

from kutip.flow.pipeline import process
from kutip.model import Rejection
from kutip.sources import open_pages
from kutip.store import Record, Run

SAMPLES = Path(__file__).parents[2] / "samples"


def fill(path: Path, *more: Any) -> None:
    """A record of the samples, and of what else is given."""
    with Record.open(str(path), "write") as record:
        writer = record.writer(Run("0", {}, "2026-01-02T03:04:05+00:00"))
        for page in open_pages([str(SAMPLES)]):
            if isinstance(page, Rejection):
                writer.reject(page)
            else:
                writer.add(process(page))
        for item in more:
            writer.add(item)
        writer.finish("2026-01-02T03:05:00+00:00")


class Answer(msgspec.Struct):
    """An answer; header names in small letters."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8")

    @property
    def json(self) -> Any:
        return json.loads(self.body)


class Client:
    """Asks a server on this machine."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.base = f"http://127.0.0.1:{port}"

    def get(self, path: str, method: str = "GET", **headers: str) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, headers=given)
        response = connection.getresponse()
        found = Answer(response.status, {k.lower(): v for k, v in response.getheaders()}, response.read())
        connection.close()
        return found


@contextmanager
def served(app: Any) -> Iterator[Client]:
    """The application behind uvicorn, in a thread, on a free port."""
    import uvicorn

    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, log_level="error"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    while not server.started:
        assert thread.is_alive()
        time.sleep(0.02)
    try:
        yield Client(listening.getsockname()[1])
    finally:
        server.should_exit = True
        thread.join(30)
        listening.close()
