"""One request, within limits: size, time, and where it may go. Redirects are the caller's to follow."""

import contextlib
import http.client
import socket
import ssl
import threading
import time
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

import msgspec

import kutip
from kutip.sources.fetch.addresses import connect

AGENT = f"kutip/{kutip.__version__}"
_SAFE = "/:?#[]@!$&'()*+,;=%~-._"
_BLOCK = 2**16


class TooLarge(OSError):
    """The answer is over the limit."""


class Limits(msgspec.Struct, frozen=True):
    """bytes: of a body as it is sent. seconds: for a whole request. wait: for an answer to begin, in seconds.

    private: addresses that are not of the public network may be asked, for tests.
    """

    bytes: int = 8 * 2**20
    seconds: float = 30.0
    wait: float = 10.0
    redirects: int = 5
    private: bool = False


class Answer(msgspec.Struct, frozen=True):
    """What a server sent: the body with its codings of content, but without that of transfer."""

    url: str
    status: int
    reason: str
    headers: tuple[tuple[str, str], ...]
    body: bytes

    def get(self, key: str) -> str | None:
        """A header, whatever the case of its name."""
        return next((value for name, value in self.headers if name.lower() == key.lower()), None)

    @property
    def location(self) -> str | None:
        """Where a redirect leads, None where this is none."""
        if self.status not in (301, 302, 303, 307, 308) or not self.get("Location"):
            return None
        return clean(urljoin(self.url, self.get("Location") or ""))


def clean(url: str) -> str:
    """``url`` as it is sent: host in ASCII, no fragment. Raises ValueError where it cannot be asked."""
    parts = urlsplit(url.strip())
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError(f"{url[:200]!r} is no address of a page (http:// or https://)")
    if parts.username or parts.password:
        raise ValueError(f"{parts.hostname}: names and passwords in addresses are not sent")
    host = parts.hostname if parts.hostname.isascii() else parts.hostname.encode("idna").decode()
    host = f"[{host}]" if ":" in host else host
    where = host if parts.port in (None, {"http": 80, "https": 443}[parts.scheme]) else f"{host}:{parts.port}"
    path, query = quote(parts.path or "/", safe=_SAFE), quote(parts.query, safe=_SAFE)
    return urlunsplit((parts.scheme, where, path, query, ""))


def host_of(url: str) -> str:
    """Scheme, host and port of a clean address: what robots.txt and delays go by."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def get(url: str, limits: Limits, headers: dict[str, str]) -> Answer:
    """Asks for a clean address. Raises OSError (Refused, TooLarge …) or HTTPException."""
    parts = urlsplit(url)
    secure = parts.scheme == "https"
    host, kind = parts.hostname or "", http.client.HTTPSConnection if secure else http.client.HTTPConnection
    connection = kind(host, parts.port)
    deadline = time.monotonic() + limits.seconds
    guard = threading.Timer(limits.seconds, _hang_up, [connection])
    guard.daemon = True
    guard.start()
    try:
        connection.sock = connect(host, connection.port, limits.wait, limits.private)
        if secure:
            context = ssl.create_default_context()
            connection.sock = context.wrap_socket(
                connection.sock, server_hostname=host, do_handshake_on_connect=False
            )
            connection.sock.do_handshake()
        target = urlunsplit(("", "", parts.path, parts.query, ""))
        always = {"User-Agent": AGENT, "Accept-Encoding": "gzip", "Connection": "close"}
        connection.request("GET", target, headers=always | headers)
        answer = connection.getresponse()
        body = _body(answer, limits, deadline)
        return Answer(url, answer.status, answer.reason, tuple(answer.getheaders()), body)
    except (OSError, http.client.HTTPException) as error:
        if time.monotonic() >= deadline:
            raise TimeoutError(f"took more than {limits.seconds:g} seconds") from error
        raise
    finally:
        guard.cancel()
        connection.close()


def _body(answer: http.client.HTTPResponse, limits: Limits, deadline: float) -> bytes:
    parts, size = [], 0
    if (answer.length or 0) > limits.bytes:
        raise TooLarge(f"{answer.length:,} bytes; the limit is {limits.bytes:,}")
    while part := answer.read1(_BLOCK):
        parts.append(part)
        size += len(part)
        if size > limits.bytes:
            raise TooLarge(f"more than {limits.bytes:,} bytes")
        if time.monotonic() >= deadline:
            raise TimeoutError
    if answer.length:
        raise http.client.IncompleteRead(b"", answer.length)
    return b"".join(parts)


def _hang_up(connection: http.client.HTTPConnection) -> None:
    """Ends whatever a connection waits for."""
    if isinstance(connection.sock, socket.socket):
        with contextlib.suppress(OSError):
            connection.sock.shutdown(socket.SHUT_RDWR)
