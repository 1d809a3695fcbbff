"""Files, folders, patterns and standard input: what is read, in which order, and what is rejected."""

import gzip
import io
import os
from pathlib import Path

import pytest

from kutip.model import Page, Rejection
from kutip.sources import open_pages
from kutip.sources.limits import MAX_BYTES


def names(*paths: str | Path, stdin: bytes = b"") -> list[str]:
    return [
        p.name if isinstance(p, Page) else f"{p.where}: {p.reason}"
        for p in open_pages(paths, io.BytesIO(stdin))
    ]


def kinds(*paths: str | Path, stdin: bytes = b"") -> list[str]:
    return [p.media_type if isinstance(p, Page) else p.reason for p in open_pages(paths, io.BytesIO(stdin))]


def test_files_by_name(tmp_path: Path) -> None:
    for name in ("a.txt", "b.html", "c.htm", "d.html.gz"):
        (tmp_path / name).write_bytes(gzip.compress(b"satu") if name.endswith(".gz") else b"satu")
    pages = list(open_pages([tmp_path]))
    assert [p.media_type for p in pages if isinstance(p, Page)] == [
        "text/plain",
        "text/html",
        "text/html",
        "text/html",
    ]
    assert all(isinstance(p, Page) and p.content == b"satu" for p in pages)


def test_folders_are_walked_by_name(tmp_path: Path) -> None:
    for name in ("b/2.txt", "a/1.txt", "b/1.txt", "3.txt", ".hidden/1.txt", "b/.x.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("satu")
    found = [os.path.relpath(name, tmp_path) for name in names(tmp_path)]
    assert found == ["3.txt", "a/1.txt", "b/1.txt", "b/2.txt"]


def test_other_files_in_a_folder_are_told(tmp_path: Path) -> None:
    (tmp_path / "a.xyz").write_text("satu")
    assert kinds(tmp_path) == ["unknown-type"]
    assert kinds(tmp_path / "a.xyz") == ["text/plain"], "a file that is named is read"


def test_what_a_folder_says_of_itself_is_no_page(tmp_path: Path) -> None:
    for name in ("README.md", "LICENSE", "README.txt"):
        (tmp_path / name).write_text("satu")
    assert names(tmp_path) == [str(tmp_path / "README.txt")]


def test_patterns(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", "c.html"):
        (tmp_path / name).write_text("satu")
    assert names(f"{tmp_path}/*.txt") == [f"{tmp_path}/a.txt", f"{tmp_path}/b.txt"]
    assert kinds(f"{tmp_path}/*.md") == ["not-found"]


def test_what_there_is_not(tmp_path: Path) -> None:
    assert kinds(tmp_path / "nope.txt") == ["not-found"]


@pytest.mark.parametrize("zipped", [False, True])
def test_rows(tmp_path: Path, zipped: bool) -> None:
    rows = b'\xef\xbb\xbf{"text": "satu"}\n\n  \nnot json\n{"text": "dua"}'
    path = tmp_path / ("a.jsonl.gz" if zipped else "a.jsonl")
    path.write_bytes(gzip.compress(rows) if zipped else rows)
    pages = [p for p in open_pages([path]) if isinstance(p, Page)]
    assert [(p.name.rpartition(":")[2], p.content) for p in pages] == [
        ("1", b'{"text": "satu"}'),
        ("4", b"not json"),
        ("5", b'{"text": "dua"}'),
    ]


def test_a_row_over_the_limit_is_skipped(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(b'{"text": "a"}\n{"text": "' + b"x" * MAX_BYTES + b'"}\n{"text": "b"}\n')
    assert [n.rpartition("/")[2] for n in names(path)] == ["a.jsonl:1", "a.jsonl:2: too-large", "a.jsonl:3"]


def test_a_file_over_the_limit(tmp_path: Path) -> None:
    path = tmp_path / "a.txt.gz"
    path.write_bytes(gzip.compress(b"x" * (MAX_BYTES + 1)))
    assert kinds(path) == ["too-large"]


def test_damaged_gzip_keeps_what_came_before(tmp_path: Path) -> None:
    whole = gzip.compress(os.urandom(10) + b"".join(b'{"text": "%d"}\n' % n for n in range(50_000)))
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(whole[: len(whole) // 2])
    *pages, last = open_pages([path])
    assert pages
    assert isinstance(last, Rejection)
    assert last.reason == "bad-gzip"
    assert "damaged after" in last.detail


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b'{"text": "satu"}\n{"text": "dua"}\n', ["application/json", "application/json"]),
        (b"satu dua tiga", ["text/plain"]),
        (gzip.compress(b'{"text": "satu"}', mtime=0), ["application/json"]),
        (b"", ["text/plain"]),
    ],
)
def test_standard_input(data: bytes, expected: list[str]) -> None:
    assert kinds("-", stdin=data) == expected


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_unreadable(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("satu")
    path.chmod(0)
    assert kinds(path) == ["unreadable"]
