"""WARC records made here, whole and broken."""

import gzip

OK = b"HTTP/1.1 200 OK\r\n"
HTML = b"Content-Type: text/html; charset=utf-8\r\n"


def http(body: bytes, headers: bytes = HTML, status: bytes = OK) -> bytes:
    return status + headers + b"\r\n" + body


def record(url: str, block: bytes, kind: str = "response", length: int | None = None) -> bytes:
    """A WARC record; ``length`` is what it claims, where that is not the truth."""
    claimed = len(block) if length is None else length
    lines = (
        "WARC/1.0",
        f"WARC-Type: {kind}",
        f"WARC-Target-URI: {url}",
        "WARC-Date: 2025-02-25T10:00:00Z",
        f"WARC-Record-ID: <urn:uuid:{url}>",
        "Content-Type: application/http; msgtype=response",
        f"Content-Length: {claimed}",
    )
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + block + b"\r\n\r\n"


def page(number: int, size: int = 300) -> bytes:
    """A record with a page of HTML; each number has its own."""
    return record(f"http://kabar.example/{number}", http(b"<html>" + str(number).encode() * size))


def zipped(*records: bytes) -> bytes:
    """Each record as a gzip member of its own, as WARC files have them."""
    return b"".join(gzip.compress(one, mtime=0) for one in records)
