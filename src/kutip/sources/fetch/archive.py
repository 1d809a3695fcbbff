"""Answers to WARC files (ISO 28500), a gzip member for each, in the naming of CC-NEWS."""

import gzip
import hashlib
import os
import uuid
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

import kutip
from kutip.sources.fetch.http import Answer

MOST_BYTES = 2**30  # of one file, after which the next is begun
_CHANGED = {"transfer-encoding", "content-length", "connection"}  # they no longer say what the body is


class Archive:
    """The files that one run writes in ``folder``."""

    def __init__(self, folder: Path, most: int = MOST_BYTES) -> None:
        self._folder = folder
        self._most = most
        self._begun = _now().strftime("%Y%m%d%H%M%S")
        self._number = 0
        self._file: BinaryIO | None = None

    def keep(self, answer: Answer) -> tuple[str, int]:
        """Writes an answer, so that it is on the disk; the name of its file and where in it the next begins."""
        if self._file is None or self._file.tell() >= self._most:
            self._next()
        assert self._file is not None
        self._file.write(gzip.compress(_record(answer), 6, mtime=0))
        self._file.flush()
        os.fsync(self._file.fileno())
        return Path(self._file.name).name, self._file.tell()

    def close(self) -> None:
        """Ends the writing."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def _next(self) -> None:
        self.close()
        self._folder.mkdir(parents=True, exist_ok=True)
        while self._file is None:
            name = f"KUTIP-{self._begun}-{self._number:05}.warc.gz"
            self._number += 1
            try:
                self._file = (self._folder / name).open("xb")
            except FileExistsError:
                continue
            info = f"software: kutip/{kutip.__version__}\r\nformat: WARC File Format 1.0\r\n".encode()
            fields = {
                "WARC-Type": "warcinfo",
                "WARC-Filename": name,
                "Content-Type": "application/warc-fields",
            }
            self._file.write(gzip.compress(_framed(fields, info), 6, mtime=0))


def _record(answer: Answer) -> bytes:
    """A response as HTTP/1.1 would send it whole."""
    kept = [f"{name}: {value}" for name, value in answer.headers if name.lower() not in _CHANGED]
    lines = [f"HTTP/1.1 {answer.status} {answer.reason}", *kept, f"Content-Length: {len(answer.body)}"]
    head = "\r\n".join(line.replace("\r", " ").replace("\n", " ") for line in lines)
    fields = {
        "WARC-Type": "response",
        "WARC-Target-URI": answer.url,
        "WARC-Payload-Digest": f"sha256:{hashlib.sha256(answer.body).hexdigest()}",
        "Content-Type": "application/http; msgtype=response",
    }
    return _framed(fields, head.encode("latin-1", "replace") + b"\r\n\r\n" + answer.body)


def _framed(fields: dict[str, str], block: bytes) -> bytes:
    always = {
        "WARC-Record-ID": f"<{uuid.uuid4().urn}>",
        "WARC-Date": _now().strftime("%Y-%m-%dT%H:%M:%SZ"),
        "Content-Length": str(len(block)),
    }
    lines = ["WARC/1.0", *(f"{name}: {value}" for name, value in {**fields, **always}.items())]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + block + b"\r\n\r\n"


def _now() -> datetime:
    return datetime.now(UTC)
