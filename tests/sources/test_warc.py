"""WARC files: whole, in parts, damaged, hostile."""

import gzip
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kutip.model import Page, Rejection
from kutip.sources import open_pages
from tests.sources.making import HTML, http, page, record, zipped

pytest.importorskip("fastwarc", reason="the extra warc is not installed")
from kutip.sources.limits import MAX_BYTES
from kutip.sources.warc import read_warc

A, B, C = page(1), page(2), page(3)


def read(data: bytes, start: int = 0, stop: int | None = None) -> list[Page | Rejection]:
    return list(read_warc(io.BytesIO(data), "w", start, stop))


def shown(data: bytes) -> list[str]:
    """Last part of the URL of each page, reason of each rejection."""
    return [
        found.url.rpartition("/")[2]
        if isinstance(found, Page) and found.url
        else getattr(found, "reason", "")
        for found in read(data)
    ]


@pytest.mark.parametrize("data", [A + B + C, zipped(A, B, C), gzip.compress(A + B + C, mtime=0)])
def test_every_layout_gives_the_pages(data: bytes) -> None:
    found = read(data)
    assert [p.url for p in found if isinstance(p, Page)] == [f"http://kabar.example/{n}" for n in (1, 2, 3)]
    first = found[0]
    assert isinstance(first, Page)
    assert first.content == b"<html>" + b"1" * 300
    assert (first.media_type, first.fetched_at) == ("text/html", "2025-02-25T10:00:00Z")


def test_pages_are_named_by_the_offset_of_their_record() -> None:
    one, two = zipped(A), zipped(B)
    assert [p.name for p in read(one + two) if isinstance(p, Page)] == ["w@0", f"w@{len(one)}"]
    assert [p.name for p in read(A + B) if isinstance(p, Page)] == ["w@0", f"w@{len(A)}"]


def test_records_that_hold_no_page_are_passed_over() -> None:
    info = record("urn:x", b"software: kutip\r\n", "warcinfo")
    request = record("http://kabar.example/1", b"GET / HTTP/1.1\r\n\r\n", "request")
    assert shown(zipped(info, request, A)) == ["1"]


@pytest.mark.parametrize(
    ("block", "reason"),
    [
        (http(b"", status=b"HTTP/1.1 404 Not Found\r\n"), "http-status"),
        (b"\xff\x00 no HTTP", "http-status"),
        (http(b"GIF89a", b"Content-Type: image/gif\r\n"), "not-a-page"),
        (http(b"words", HTML + b"Content-Encoding: rot13\r\n"), "bad-encoding"),
        (http(b"words", HTML + b"Content-Encoding: gzip\r\n"), "bad-encoding"),
        (http(gzip.compress(b"\0" * (MAX_BYTES + 1)), HTML + b"Content-Encoding: gzip\r\n"), "too-large"),
        (b"\0" * (MAX_BYTES + 1), "too-large"),
    ],
)
def test_what_is_no_page_is_rejected_and_its_neighbours_are_read(block: bytes, reason: str) -> None:
    assert shown(zipped(A, record("http://kabar.example/x", block), C)) == ["1", reason, "3"]


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        (b"Content-Encoding: gzip\r\n", gzip.compress(b"<p>kata</p>", mtime=0)),
        (b"Transfer-Encoding: chunked\r\n", b"5\r\n<p>ka\r\n6\r\nta</p>\r\n0\r\n\r\n"),
        (b"Content-Encoding: br\r\n", b"<p>kata</p>"),  # already decoded, under a header that lies
    ],
)
def test_bodies_are_decoded(headers: bytes, body: bytes) -> None:
    (found,) = read(zipped(record("http://kabar.example/x", http(body, HTML + headers))))
    assert isinstance(found, Page)
    assert found.content == b"<p>kata</p>"


def test_damage_costs_the_damaged_members_only() -> None:
    broken = bytearray(zipped(B))
    broken[40] ^= 0xFF
    assert shown(zipped(A) + bytes(broken) + zipped(C)) == ["1", "bad-warc", "3"]
    assert shown(zipped(A) + b"no gzip at all" * 9 + zipped(C)) == ["1", "bad-warc", "3"]
    assert shown(zipped(A, b"no record" * 30, C)) == ["1", "bad-warc", "3"]
    assert shown(A + b"no record\r\n\r\n" + C) == ["1", "bad-warc", "3"]


def test_a_cut_off_file_gives_what_is_whole() -> None:
    assert shown(zipped(A, B) + zipped(C)[:-30]) == ["1", "2", "bad-warc"]
    assert shown((A + B)[:-100]) == ["1", "bad-warc"]
    assert shown(zipped(A) + zipped(C)[:60]) == ["1", "bad-warc"]
    assert shown(b"WARC/1.") == ["bad-warc"]


def test_a_record_that_claims_too_much_does_not_swallow_the_next() -> None:
    claims = record("http://kabar.example/x", http(b"short"), length=10 * 2**30)
    assert shown(zipped(A, claims, C)) == ["1", "too-large", "3"]
    assert shown(A + claims + C) == ["1", "too-large", "3"]
    longer = record("http://kabar.example/x", http(b"short"), length=4000)
    assert shown(zipped(A, longer))[-1] == "bad-warc"


@pytest.mark.parametrize("cut", [1, 100, 200, 333])
def test_parts_give_what_the_whole_gives(cut: int) -> None:
    broken = bytearray(zipped(B))
    broken[40] ^= 0xFF
    data = zipped(A, B) + bytes(broken) + zipped(*(page(n) for n in range(10, 30)))
    starts = range(0, len(data), cut)
    parts = [found for start in starts for found in read(data, start, start + cut)]
    assert parts == read(data)
    assert sum(isinstance(found, Page) for found in parts) == 22


@given(st.binary(max_size=200), st.integers(0, 900), st.integers(1, 60))
def test_no_damage_raises(noise: bytes, at: int, lost: int) -> None:
    data = zipped(A, B, C)
    for damaged in (data[:at] + noise + data[at + lost :], noise, b"WARC/1.0\r\n" + noise):
        assert all(isinstance(found, Page | Rejection) for found in read(damaged))


def test_the_content_decides_not_the_name(tmp_path: Path) -> None:
    path = tmp_path / "CC-NEWS-20250225101530-00001.warc.gz"
    path.write_bytes(zipped(A, B))
    (tmp_path / "other.txt").write_bytes(A)
    names = [p.url for p in open_pages([tmp_path]) if isinstance(p, Page)]
    assert names == ["http://kabar.example/1", "http://kabar.example/2", "http://kabar.example/1"]
    assert len(list(open_pages(["-"], io.BytesIO(zipped(A, B))))) == 2
    (tmp_path / "none.warc").write_bytes(b"something else")
    assert [r.reason for r in open_pages([tmp_path / "none.warc"]) if isinstance(r, Rejection)] == [
        "bad-warc"
    ]
