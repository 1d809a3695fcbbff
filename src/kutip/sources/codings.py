"""Bodies of HTTP responses without their codings."""

import io
from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from kutip.sources.limits import MAX_BYTES

if TYPE_CHECKING:
    from fastwarc.stream_io import WarcReader


class Headers(Protocol):
    """Headers by name, whatever its case."""

    def get(self, key: str, /) -> str | None:
        """The value of a header."""


def decoded(body: bytes, headers: Headers) -> bytes:
    """``body`` without its codings, at most one byte over MAX_BYTES. Raises OSError where it is damaged.

    Many archives keep bodies decoded under headers that still name the coding: markup stays as it is.
    """
    from fastwarc import stream_io

    readers: dict[str, Callable[[io.BytesIO], WarcReader]] = {
        "chunked": stream_io.ChunkedReader,
        "gzip": stream_io.GzipReader,
        "x-gzip": stream_io.GzipReader,
        "br": stream_io.BrotliReader,
        "zstd": stream_io.ZstdReader,
        "deflate": lambda file: stream_io.GzipReader(file, zlib=True),
    }
    for header in ("Transfer-Encoding", "Content-Encoding"):
        for coding in filter(None, map(str.strip, (headers.get(header) or "").lower().split(","))):
            if coding == "identity" or body.lstrip()[:1] == b"<":
                continue
            if coding not in readers:
                raise OSError(f"unknown coding {coding!r}")
            body = read_up_to(readers[coding](io.BytesIO(body)), MAX_BYTES + 1)
    return body


def read_up_to(reader: "WarcReader", size: int) -> bytes:
    """At most ``size`` bytes, fewer only at the end."""
    parts: list[bytes] = []
    while size and (part := reader.read(size)):
        parts.append(part)
        size -= len(part)
    return b"".join(parts)
