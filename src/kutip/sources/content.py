"""What is in a file: its kind is told by its first bytes and its name, its pages are read from it."""

import gzip
import io
import os
import shutil
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import ExitStack
from typing import BinaryIO, TypeAlias, cast

import msgspec

from kutip.model import Page, Rejection
from kutip.sources import tables, warc
from kutip.sources.limits import MAX_BYTES, too_large

HTML, TEXT, ROWS, CSV, WARC, PARQUET = "text/html", "text/plain", "application/json", "csv", "warc", "parquet"
KINDS = {
    ".txt": TEXT,
    ".html": HTML,
    ".htm": HTML,
    ".xhtml": HTML,
    ".jsonl": ROWS,
    ".ndjson": ROWS,
    ".csv": CSV,
    ".tsv": CSV,
    ".warc": WARC,
    ".parquet": PARQUET,
}


class _Raw(io.RawIOBase):
    """A binary stream as a raw one, so that any of them can be buffered and looked ahead into."""

    def __init__(self, stream: BinaryIO) -> None:
        self.stream = stream

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        # read1 gives what a pipe has so far, read would wait until the buffer is full
        data = getattr(self.stream, "read1", self.stream.read)(len(buffer))
        buffer[: len(data)] = data
        return len(data)


Buffered: TypeAlias = "io.BufferedReader[_Raw]"


class Part(msgspec.Struct, frozen=True):
    """A file, or a part of one that can be read by itself.

    start, stop: what the part begins and ends before (stop None: the end), counted in bytes for WARC and JSON
    lines, in row groups for Parquet. first: number of its first line, for JSON lines.
    """

    path: str
    start: int = 0
    stop: int | None = None
    first: int = 1


def suffix(name: str) -> str:
    """The ending that tells the kind of a file, without ".gz"."""
    return os.path.splitext(name.lower().removesuffix(".gz"))[1]


def read_part(part: Part, columns: tables.Columns) -> Iterator[Page | Rejection]:
    """Pages in a part of a file; what cannot be read comes as a Rejection."""
    try:
        with open(part.path, "rb") as file:
            yield from read_stream(file, part, columns)
    except OSError as error:
        yield Rejection(part.path, "unreadable", f"cannot be read: {error.strerror or error}")


def read_stream(raw: BinaryIO, part: Part, columns: tables.Columns) -> Iterator[Page | Rejection]:
    """Pages in an open stream that is named by ``part``; its kind is decided by its first bytes."""
    where = name = part.path
    try:
        stream, kind = _opened(raw, part.path)
        if kind in (WARC, PARQUET):
            with _seekable(raw, stream, kind) as file:
                yield from _from_archive(file, kind, part, columns)
        elif kind == CSV:
            yield from tables.read_csv(cast(BinaryIO, stream), name, columns)
        elif kind == ROWS:
            for page in _rows(raw, stream, part):
                where = page.name if isinstance(page, Page) else page.where
                yield tables.renamed(page, columns) if columns and isinstance(page, Page) else page
        else:
            yield _whole(stream, name, kind)
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        yield Rejection(name, "bad-gzip", f"damaged after {where}: {error}; what came before it is kept")


def kind_of(file: BinaryIO, name: str) -> str:
    """The kind of what an open file holds: one of the values of KINDS. Raises OSError where it is damaged."""
    try:
        return _opened(file, name)[1]
    except (EOFError, zlib.error) as error:
        raise OSError(str(error)) from error


def _opened(raw: BinaryIO, name: str) -> tuple[Buffered, str]:
    """The stream, unzipped if need be, and the kind of what is in it."""
    stream = io.BufferedReader(_Raw(raw))
    if stream.peek(2)[:2] == b"\x1f\x8b":
        stream = io.BufferedReader(_Raw(cast(BinaryIO, gzip.GzipFile(fileobj=stream))))
    head = stream.peek(64)
    for magic, kind in ((warc.SIGNATURE, WARC), (tables.PARQUET, PARQUET)):
        if head.startswith(magic):
            return stream, kind
    if known := KINDS.get(suffix(name)):
        return stream, known
    return stream, ROWS if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{") else TEXT


def _seekable(raw: BinaryIO, stream: Buffered, kind: str) -> BinaryIO:
    """What was opened, as a file that can be sought in: a temporary one where it came through a pipe."""
    zipped = kind == PARQUET and isinstance(stream.raw.stream, gzip.GzipFile)
    if isinstance(raw, io.BufferedReader) and raw.seekable() and not zipped:
        return cast(BinaryIO, io.BufferedReader(io.FileIO(os.dup(raw.fileno()), "rb")))
    with ExitStack() as stack:
        copy = stack.enter_context(tempfile.TemporaryFile())
        shutil.copyfileobj(stream, copy)
        stack.pop_all()
        return cast(BinaryIO, copy)


def _from_archive(
    file: BinaryIO, kind: str, part: Part, columns: tables.Columns
) -> Iterator[Page | Rejection]:
    if kind == WARC:
        yield from warc.read_warc(file, part.path, part.start, part.stop)
    else:
        groups = None if part.stop is None else range(part.start, part.stop)
        yield from tables.read_parquet(file, part.path, columns, groups)


def _rows(raw: BinaryIO, stream: Buffered, part: Part) -> Iterator[Page | Rejection]:
    """A page for each line that is not blank; a line over the limit is skipped, not loaded."""
    if part.start:
        raw.seek(part.start)
        stream = io.BufferedReader(_Raw(raw))
    line, at = part.first - 1, part.start
    while (part.stop is None or at < part.stop) and (row := stream.readline(MAX_BYTES + 1)):
        line += 1
        at += len(row)
        if len(row) > MAX_BYTES:
            while row and not row.endswith(b"\n"):
                row = stream.readline(MAX_BYTES)
                at += len(row)
            yield too_large(f"{part.path}:{line}", "line")
        elif row.strip():
            yield Page(f"{part.path}:{line}", row.strip().removeprefix(b"\xef\xbb\xbf"), ROWS)


def _whole(stream: Buffered, name: str, media_type: str) -> Page | Rejection:
    content = stream.read(MAX_BYTES + 1)
    return too_large(name, "file") if len(content) > MAX_BYTES else Page(name, content, media_type)
