"""WARC files (ISO 28500) to pages, read by FastWARC (Bevendorff et al. 2018; the extra ``kutip[warc]``).

A damaged member costs itself alone: reading goes on at the next place where a record begins, found by its
signature. The name of a page is FILE@OFFSET, the offset in bytes at which its record (or the gzip member that
holds it) begins.
"""

import io
import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING, BinaryIO

from kutip.model import Page, Rejection
from kutip.sources.codings import decoded, read_up_to
from kutip.sources.limits import MAX_BYTES, needs, too_large

if TYPE_CHECKING:
    from fastwarc.warc import HeaderMap, WarcRecord

GZIP = b"\x1f\x8b\x08"
SIGNATURE = b"WARC/"
_BLOCK = 2**20
_PROBE = 4096  # bytes of a gzip member that surely hold its first five characters
_PAGES = {"text/html": "text/html", "application/xhtml+xml": "text/html", "text/plain": "text/plain"}


def read_warc(
    file: BinaryIO, name: str, start: int = 0, stop: int | None = None
) -> Iterator[Page | Rejection]:
    """Pages of the responses and resources whose records begin in bytes ``start`` to ``stop`` of ``file``.

    ``file`` can be sought in. Every byte belongs to one such range only, so that a file cut into ranges gives
    the same pages as the whole. Records of other types are passed over; what is damaged comes as a Rejection.
    """
    try:
        import fastwarc  # noqa: F401
    except ImportError:
        yield needs(name, "WARC files", "warc")
        return
    file.seek(0)
    zipped = file.read(len(GZIP)) == GZIP
    at = _next_record(file, start, zipped)
    if at is None and start == 0:
        yield Rejection(name, "bad-warc", "no WARC record begins in it; is it whole, and of that kind?")
    while at is not None and (stop is None or at < stop):
        records, here = _Records(file, at, zipped), None
        try:
            for here, record in records:
                if stop is not None and here >= stop:
                    return
                found, whole = _page(record, f"{name}@{here}")
                if found is not None:
                    yield found
                if not whole:
                    break
            else:
                if here is None:
                    yield _damaged(name, at, "it ends before its header does")
                elif not zipped:
                    return
            following = _next_record(file, (at if here is None else here) + 1, zipped)
            if following is None and not _ends_well(file, records.place()):
                yield _damaged(name, records.place() or at, "it is cut off")
        except OSError as error:
            following = _next_record(file, (at if here is None else here) + 1, zipped)
            if here is None:
                yield _damaged(name, at, str(error))
            elif records.place() != following:  # else it is told when the turn of that record comes
                yield _damaged(name, here, "what follows this record cannot be read")
        at = following


def _damaged(name: str, offset: int, what: str) -> Rejection:
    return Rejection(f"{name}@{offset}", "bad-warc", f"damaged: {what}; read on at the next whole record")


def _next_record(file: BinaryIO, start: int, zipped: bool) -> int | None:
    """Where the first record at or after ``start`` begins; None where there is none."""
    for offset in _occurrences(file, start, GZIP if zipped else SIGNATURE):
        file.seek(offset if zipped or offset < 2 else offset - 2)
        head = file.read(_PROBE)
        if zipped:
            try:
                head = zlib.decompressobj(31).decompress(head, len(SIGNATURE))
            except zlib.error:
                continue
        elif offset >= 2:
            head = head.removeprefix(b"\r\n")  # else it stands inside of a line
        if head.startswith(SIGNATURE):
            return offset
    return None


def _ends_well(file: BinaryIO, at: int | None) -> bool:
    """Whether the last gzip member that was begun is whole; one that holds a record always counts as that."""
    if at is None:
        return True
    file.seek(at)
    member = zlib.decompressobj(31)
    try:
        begins = member.decompress(file.read(_BLOCK), _PROBE).strip()
    except zlib.error:
        return False
    return begins.startswith(SIGNATURE) or (member.eof and not begins)


def _occurrences(file: BinaryIO, start: int, wanted: bytes) -> Iterator[int]:
    """Offsets of ``wanted`` in ``file`` from ``start`` on."""
    at, tail = start, b""
    while True:
        file.seek(at)
        block = file.read(_BLOCK)
        if not block:
            return
        window, base = tail + block, at - len(tail)
        found = window.find(wanted)
        while found >= 0:
            yield base + found
            found = window.find(wanted, found + 1)
        at, tail = at + len(block), window[-len(wanted) + 1 :]


class _Records:
    """Records from offset ``at`` on, each with its offset. Raises OSError where one cannot be read."""

    def __init__(self, file: BinaryIO, at: int, zipped: bool) -> None:
        from fastwarc.stream_io import GzipReader

        file.seek(at)
        self._file = file
        self._members = GzipReader(file) if zipped else None

    def __iter__(self) -> "Iterator[tuple[int, WarcRecord]]":
        from fastwarc.warc import ArchiveIterator

        for record in ArchiveIterator(self._members or self._file, parse_http=False):
            place = self.place()
            yield record.stream_pos if place is None else place, record

    def place(self) -> int | None:
        """Where the gzip member that is being read begins; None where nothing is zipped."""
        return self._members.frame_start_position() if self._members else None


def _page(record: "WarcRecord", where: str) -> tuple[Page | Rejection | None, bool]:
    """The page in a record or why there is none (None: it holds none); whether the next one follows it."""
    from fastwarc.warc import WarcRecordType

    if record.record_type == WarcRecordType.no_type:
        return Rejection(where, "bad-warc", "damaged: its header says not what it is, or is cut off"), False
    if record.record_type not in (WarcRecordType.response, WarcRecordType.resource):
        return None, True
    if record.content_length > MAX_BYTES:
        return too_large(where, f"record claims {record.content_length:,} bytes, which"), False
    block = read_up_to(record.reader, record.content_length)
    if len(block) < record.content_length:
        what = f"{len(block):,} bytes of {record.content_length:,} that it should have"
        return Rejection(where, "bad-warc", f"cut off: {what}; fetch it again"), False
    headers, get = None, record.headers.get
    kind, content = get("Content-Type") or "", block
    if record.is_http:
        headers, content = _split(block)
        if headers.status_code != 200:
            status = headers.status_line or "no status line of HTTP"
            return Rejection(where, "http-status", f"not a page that was found: {status[:80]}"), True
        kind = headers.get("Content-Type") or ""
    media_type = _PAGES.get(kind.partition(";")[0].strip().lower() or "text/plain")
    if media_type is None:
        return Rejection(where, "not-a-page", f"its type is {kind[:80]}; HTML and plain text are read"), True
    url = (get("WARC-Target-URI") or "").strip("<> ") or None
    try:
        content = decoded(content, headers) if headers else content
    except OSError as error:
        return Rejection(where, "bad-encoding", f"its coding for transfer is damaged: {error}"), True
    if len(content) > MAX_BYTES:
        return too_large(where, "page"), True
    return Page(where, content, media_type, url, get("WARC-Date")), True


def _split(block: bytes) -> "tuple[HeaderMap, bytes]":
    """Headers and body of an HTTP response."""
    from fastwarc.warc import HeaderMap

    headers = HeaderMap("latin1")
    if not block.startswith(b"HTTP/"):
        return headers, block
    body = min(
        (at + len(end) for end in (b"\r\n\r\n", b"\n\n") if (at := block.find(end)) >= 0), default=None
    )
    if body is None:
        return headers, b""
    headers.parse(io.BytesIO(block[:body]), has_status_line=True)
    return headers, block[body:]
