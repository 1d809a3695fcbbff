"""Paths to pages. Order is fixed: paths as given, folders walked by name."""

import glob
import gzip
import io
import os
import sys
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, TypeAlias, cast

from kutip.model import Page, Rejection

MEDIA_TYPES = {
    ".txt": "text/plain",
    ".html": "text/html",
    ".htm": "text/html",
    ".xhtml": "text/html",
    ".jsonl": "application/json",
    ".ndjson": "application/json",
}
MAX_BYTES = 16 * 2**20  # of one page or one row, after decompression


class _Raw(io.RawIOBase):
    """A binary stream as a raw one, so that any of them can be buffered and looked ahead into."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        # read1 gives what a pipe has so far, read would wait until the buffer is full
        data = getattr(self._stream, "read1", self._stream.read)(len(buffer))
        buffer[: len(data)] = data
        return len(data)


Buffered: TypeAlias = "io.BufferedReader[_Raw]"


def open_pages(paths: Iterable[str | Path], stdin: BinaryIO | None = None) -> Iterator[Page | Rejection]:
    """Pages in ``paths``: files, folders (all below them), glob patterns, "-" for standard input.

    A JSON-lines file gives a page a line; any file may be gzipped (".gz"). What cannot be read comes as a
    Rejection that names file and line, and reading goes on. stdin: what "-" reads; sys.stdin where None.
    """
    for path in paths:
        if str(path) == "-":
            yield from _from_stream(stdin or sys.stdin.buffer, "-", "")
        else:
            yield from _from_path(str(path))


def _from_path(path: str) -> Iterator[Page | Rejection]:
    if os.path.isdir(path):
        yield from _from_folder(path)
    elif os.path.exists(path):
        yield from _from_file(path, _suffix(path))
    elif glob.has_magic(path):
        matches = sorted(glob.glob(path, recursive=True))
        if not matches:
            yield Rejection(path, "not-found", "no file matches this pattern")
        for match in matches:
            yield from _from_path(match)
    else:
        yield Rejection(path, "not-found", "there is no such file or folder")


def _from_folder(folder: str) -> Iterator[Page | Rejection]:
    for here, folders, names in os.walk(folder):
        folders[:] = sorted(f for f in folders if not f.startswith("."))
        for name in sorted(n for n in names if not n.startswith(".")):
            path = os.path.join(here, name)
            suffix = _suffix(name)
            if suffix in MEDIA_TYPES and os.path.isfile(path):
                yield from _from_file(path, suffix)
            else:
                kinds = ", ".join(MEDIA_TYPES)
                yield Rejection(
                    path, "unknown-type", f"not one of {kinds} (or .gz of them); name it to read it"
                )


def _suffix(name: str) -> str:
    return os.path.splitext(name.lower().removesuffix(".gz"))[1]


def _from_file(path: str, suffix: str) -> Iterator[Page | Rejection]:
    try:
        with open(path, "rb") as raw:
            yield from _from_stream(raw, path, MEDIA_TYPES.get(suffix, ""))
    except OSError as error:
        yield Rejection(path, "unreadable", f"cannot be read: {error.strerror or error}")


def _from_stream(raw: BinaryIO, name: str, media_type: str) -> Iterator[Page | Rejection]:
    """Pages in an open stream; "" as media type means: decide by the first bytes."""
    stream = io.BufferedReader(_Raw(raw))
    if stream.peek(2)[:2] == b"\x1f\x8b":
        stream = io.BufferedReader(_Raw(cast(BinaryIO, gzip.GzipFile(fileobj=stream))))
    where = name
    try:
        if media_type == "application/json" or (not media_type and _looks_like_rows(stream)):
            for page in _rows(stream, name):
                where = page.name if isinstance(page, Page) else page.where
                yield page
        else:
            yield _whole(stream, name, media_type or "text/plain")
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        yield Rejection(name, "bad-gzip", f"damaged after {where}: {error}; what came before it is kept")


def _looks_like_rows(stream: Buffered) -> bool:
    return stream.peek(64).lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{")


def _rows(stream: Buffered, name: str) -> Iterator[Page | Rejection]:
    """A page for each line that is not blank; a line over the limit is skipped, not loaded."""
    line = 0
    while row := stream.readline(MAX_BYTES + 1):
        line += 1
        if len(row) > MAX_BYTES:
            while row and not row.endswith(b"\n"):
                row = stream.readline(MAX_BYTES)
            yield _too_large(f"{name}:{line}", "line")
        elif row.strip():
            yield Page(f"{name}:{line}", row.strip().removeprefix(b"\xef\xbb\xbf"), "application/json")


def _whole(stream: Buffered, name: str, media_type: str) -> Page | Rejection:
    content = stream.read(MAX_BYTES + 1)
    return _too_large(name, "file") if len(content) > MAX_BYTES else Page(name, content, media_type)


def _too_large(where: str, what: str) -> Rejection:
    return Rejection(where, "too-large", f"the {what} is over {MAX_BYTES // 2**20} MiB; split it")
