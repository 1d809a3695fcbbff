"""Bytes that nobody meant, for as long as is wanted: every reader, the cleaner and `attribute` live through them.

KUTIP_SOAK_MINUTES says how long each kind is tried (2 where it is not set), KUTIP_SOAK_SEED where to begin; counts
and the slowest case are printed. What broke something is kept in tests/data/fuzz, and tests/sources/test_any_bytes.py
tries it from then on.
"""

import gzip
import io
import json
import os
import random
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest

from kutip.flow.page_to_article.draft import Reading
from kutip.flow.pipeline import attribute_text, process
from kutip.languages import available
from kutip.model import Attribution, Rejection, sha256_hex
from kutip.sources.content import Part, read_stream
from tests.sources.making import http, record, zipped

pytestmark = pytest.mark.soak
MINUTES = float(os.environ.get("KUTIP_SOAK_MINUTES", "2"))
SEED = int(os.environ.get("KUTIP_SOAK_SEED", "0"))
ROOT = Path(__file__).parents[2]
KEPT = ROOT / "tests" / "data" / "fuzz"
SLOWEST = (
    3.0,
    200e-6,
)  # CPU seconds that a case may take: so many (what is loaded once), and so many for each byte
MOST = 200_000  # bytes of a case
PIECES = [
    *(b"<p>", b"</p>", b"<div>", b"</article>", b"<!--", b"-->", b"<![CDATA[", b"<script>", b"</script>"),
    *(b"&#0;", b"&#11;", b"&#xD800;", b"&#99999999;", b"&amp;", b"\x00", b"\xff\xfe", b"\xef\xbb\xbf"),
    *(
        b"\xed\xa0\x80",
        b"\xe2\x80\xae",
        b"\xe2\x80\x8b",
        b"\r",
        b"\x0b",
        b"\x1b[31m",
        b"\x85",
        b"\xe2\x80\xa8",
    ),
    *(b'"', "“".encode(), "”".encode(), "«".encode(), "„".encode(), b"'", b"\\u0000", b"\\ud800", b"\\"),
    *(b"{", b"}", b"[", b"]", b":", b",", b";", b"\n", b"\n\n", b"\t", b" ", b"(", b")", b"..."),
    *(b" kata ", b" ujar dia ", b" menurut ", b" bahwa ", b" said ", b" according to ", b" Senin (31/2) "),
    *(
        b"99/99/9999",
        b"2025-13-45T99:99",
        b"1e999",
        b"-1",
        b"Content-Length: 99999999999\r\n",
        b"WARC/1.0\r\n",
    ),
    *(b"charset=utf-16", b"charset=utf-7", b"charset=x-unknown", b'<base href="//a">', b'<meta charset="">'),
]


def seeds() -> Iterator[tuple[str, bytes]]:
    """The samples by kind, each as the file that it is, and in the other kinds of file that hold articles."""
    for path in sorted((ROOT / "samples").rglob("*.*")):
        content = path.read_bytes()
        yield path.suffix, content
        if path.suffix == ".html":
            warc = record("http://a.example/1", http(b"Content-Type: text/html", content))
            yield ".warc", warc
            yield ".warc.gz", zipped(warc, warc)
        elif path.suffix == ".txt":
            row = {"id": path.name, "text": content.decode(), "published": "2025-01-02", "outlet": "Tala"}
            yield ".jsonl", json.dumps(row).encode()
            yield ".json.gz", gzip.compress(json.dumps(row).encode(), mtime=0)
            yield ".csv", b'text,outlet,published\n"' + content.replace(b'"', b'""') + b'",Tala,2025-01-02\n'


def spoilt(content: bytes, others: list[bytes], dice: random.Random) -> bytes:
    """``content`` after a few accidents."""
    data = bytearray(content)
    for _ in range(dice.choice((1, 1, 2, 4, 8, 32))):
        at = dice.randrange(len(data) + 1)
        upto = min(len(data), at + int(dice.expovariate(1 / 30)))
        match dice.randrange(7):
            case 0:
                data[at:upto] = b""
            case 1:
                data[at:at] = dice.choice(PIECES)
            case 2:
                data[at:at] = dice.choice(PIECES) * dice.choice((2, 10, 100, 1000))
            case 3:
                data[at:upto] = dice.randbytes(upto - at)
            case 4:
                data[at:at] = bytes(data[at:upto]) * dice.choice((1, 2, 50))
            case 5:
                other = dice.choice(others)
                begin = dice.randrange(len(other) + 1)
                data[at:upto] = other[begin : begin + int(dice.expovariate(1 / 300))]
            case _:
                del data[at:]
        if not data:
            break
    return bytes(data[:MOST])


def check(text: str, attributions: Iterable[Attribution]) -> None:
    """Every span lies in the text and holds something."""
    for one in attributions:
        for span in (*one.content, *(span for span in (one.cue, one.source) if span)):
            assert 0 <= span.start < span.end <= len(text)
            assert text[span.start : span.end].strip()


class Fuzz:
    """Cases until the time is up; what fails is kept, with what made it."""

    def __init__(self, name: str) -> None:
        self._name = name
        self.counts: Counter[str] = Counter()

    def run(self, attempt: Callable[[str, bytes, random.Random], None]) -> None:
        """attempt: given a kind of file, content, and dice for whatever else is to be chosen."""
        known = list(seeds())
        others = [content for _, content in known]
        slowest, number, end = (0.0, ""), SEED, time.monotonic() + 60 * MINUTES
        while time.monotonic() < end:
            dice = random.Random(f"{self._name} {number}")
            kind, content = dice.choice(known)
            data = spoilt(content, others, dice)
            began = time.process_time()
            try:
                attempt(kind, data, dice)
                taken = time.process_time() - began
                assert taken < SLOWEST[0] + SLOWEST[1] * len(data), f"{taken:.1f} s for {len(data):,} bytes"
            except Exception:
                KEPT.mkdir(exist_ok=True)
                kept = KEPT / f"{sha256_hex(data)[:12]}{kind}"
                kept.write_bytes(data)
                print(f"\n{self._name}, seed {number}: kept as {kept}")
                raise
            slowest = max(slowest, (taken, f"seed {number}, {len(data):,} bytes"))
            self.counts["cases"] += 1
            number += 1
        print(
            f"\n{self._name}: {dict(sorted(self.counts.items()))}, slowest {slowest[0]:.2f} s ({slowest[1]})"
        )


def test_readers_and_cleaner() -> None:
    fuzz = Fuzz("readers and cleaner")

    def attempt(kind: str, data: bytes, dice: random.Random) -> None:
        reading = Reading(fast=dice.random() < 0.5)
        for found in read_stream(io.BytesIO(data), Part(f"case{kind}"), {}):
            if isinstance(found, Rejection):
                fuzz.counts[f"rejected: {found.reason}"] += 1
                continue
            done = process(found, reading)
            fuzz.counts.update(f"rejected: {rejection.reason}" for rejection in done.rejections)
            assert not fuzz.counts["rejected: internal"], done.rejections
            assert done.article or done.rejections
            if done.article:
                fuzz.counts.update(articles=1, attributions=len(done.attributions))
                check(done.article.text, done.attributions)

    fuzz.run(attempt)


def test_attribute() -> None:
    fuzz = Fuzz("attribute")

    def attempt(_: str, data: bytes, dice: random.Random) -> None:
        text = data.decode(dice.choice(("utf-8", "latin-1", "utf-16")), "replace")
        published = dice.choice((None, "2025-02-28", "0001-01-01", "9999-12-31"))
        found = attribute_text(
            text, dice.choice((None, *available())), published, dice.choice((None, "Tala"))
        )
        fuzz.counts["attributions"] += len(found)
        check(text, found)

    fuzz.run(attempt)
