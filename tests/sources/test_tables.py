"""CSV, Parquet and JSON lines with columns of other names."""

import datetime
import gzip
import io
import json
from pathlib import Path
from typing import Any

import pytest

import kutip
from kutip.model import Page, Rejection
from kutip.sources import open_pages
from kutip.sources.limits import MAX_BYTES
from kutip.sources.tables import columns_from

WORDS = "Wali kota itu mengatakan bahwa jembatan yang rusak akan diperbaiki pada tahun ini juga."
COLUMNS = {"text": "isi", "headline": "judul"}


def pages(path: Path, columns: dict[str, str] | None = None) -> list[Page]:
    found = list(open_pages([path], columns=columns))
    assert all(isinstance(p, Page) for p in found), found
    return [p for p in found if isinstance(p, Page)]


def row(page: Page) -> dict[str, Any]:
    decoded: dict[str, Any] = json.loads(page.content)
    return decoded


@pytest.mark.parametrize("written", ["text=isi,headline=judul", "isi=text , judul = headline"])
def test_a_mapping_may_be_written_either_way(written: str) -> None:
    assert columns_from(written) == COLUMNS


@pytest.mark.parametrize("written", ["isi", "text=", "warna=merah"])
def test_a_mapping_that_says_nothing_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match="FIELD=COLUMN"):
        columns_from(written)


@pytest.mark.parametrize("name", ["a.jsonl", "a.csv", "a.tsv"])
def test_rows_are_read_by_the_mapping(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    if name == "a.jsonl":
        path.write_text(json.dumps({"judul": "Jembatan", "isi": WORDS}) + "\n")
    else:
        tab = "\t" if name == "a.tsv" else ";"
        path.write_text(f"judul{tab}isi\nJembatan{tab}{WORDS}\n")
    (found,) = pages(path, COLUMNS)
    article = kutip.read(found)
    assert article.headline == "Jembatan"
    assert WORDS in article.text


def test_csv_keeps_line_breaks_in_quotes_and_counts_rows(tmp_path: Path) -> None:
    path = tmp_path / "a.csv.gz"
    path.write_bytes(
        gzip.compress('\ufefftext,url\r\n"satu\r\ndua",http://a/\r\n\r\n"tiga ""x""",\r\n'.encode())
    )
    first, second = pages(path)
    assert row(first)["text"] == "satu\r\ndua"
    assert row(second)["text"] == 'tiga "x"'
    assert [p.name.rpartition(":")[2] for p in (first, second)] == ["2", "4"]


def test_csv_in_utf_16_and_with_bytes_of_no_encoding(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(f"text\n{WORDS}\n".encode("utf-16"))
    (tmp_path / "b.csv").write_bytes(b"text\nabc \xff\x00 def\n")
    first, second = pages(tmp_path)
    assert row(first)["text"] == WORDS
    assert row(second)["text"] == "abc \ufffd\x00 def"


def test_a_quote_that_is_never_closed_does_not_end_the_run(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    with path.open("w") as file:
        file.write('text\nsatu\n"' + "x" * MAX_BYTES + "y" * 99 + "\ndua\n")
    found = list(open_pages([path]))
    assert [type(f) for f in found] == [Page, Rejection, Page]
    assert [f.reason for f in found if isinstance(f, Rejection)] == ["bad-csv"]


def test_a_column_that_is_missing_is_told_with_those_that_are_there(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("judul,teks\na,b\n")
    (found,) = open_pages([path], columns=COLUMNS)
    assert isinstance(found, Rejection)
    assert found.reason == "no-column"
    assert "isi" in found.detail
    assert "judul, teks" in found.detail


def test_a_row_that_is_no_object_is_left_to_the_reader(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"isi": "x"}\n[1]\n{"is\n')
    assert [p.content for p in pages(path, COLUMNS)][1:] == [b"[1]", b'{"is']


def parquet(path: Path, rows: list[dict[str, Any]], group: int = 2) -> Path:
    pa = pytest.importorskip("pyarrow", reason="the extra parquet is not installed")
    from pyarrow import parquet as pq

    pq.write_table(pa.Table.from_pylist(rows), path, row_group_size=group)
    return path


def test_parquet_rows(tmp_path: Path) -> None:
    day = datetime.datetime(2025, 2, 25, 10, 30)
    rows = [
        {"isi": f"{WORDS} {n}", "judul": None, "published": day, "extra": {"a": [b"\xff"]}} for n in range(5)
    ]
    found = pages(parquet(tmp_path / "a.parquet", rows), COLUMNS)
    assert [p.name.rpartition(":")[2] for p in found] == ["1", "2", "3", "4", "5"]
    article = kutip.read(found[4])
    assert f"{WORDS} 4" in article.text
    assert article.published is not None
    assert article.published.value.startswith("2025-02-25T10:30")
    zipped = io.BytesIO(gzip.compress((tmp_path / "a.parquet").read_bytes()))
    assert [p.content for p in open_pages(["-"], zipped, COLUMNS) if isinstance(p, Page)] == [
        p.content for p in found
    ]


def test_a_column_of_html_gives_pages(tmp_path: Path) -> None:
    rows = [
        {"raw": f"<html><body><p>{WORDS}</p></body></html>".encode(), "link": "http://a/", "at": "2025-02-25"}
    ]
    columns = {"html": "raw", "url": "link", "fetched_at": "at"}
    (found,) = pages(parquet(tmp_path / "a.parquet", rows), columns)
    assert found.content == rows[0]["raw"]
    assert (found.media_type, found.url, found.fetched_at) == ("text/html", "http://a/", "2025-02-25")


def test_damaged_parquet_is_rejected(tmp_path: Path) -> None:
    path = parquet(tmp_path / "a.parquet", [{"text": WORDS}])
    whole = path.read_bytes()
    for data in (whole[:-9], whole[:20] + b"\xff" * 30 + whole[50:], b"", b"PAR1"):
        path.write_bytes(data)
        found = list(open_pages([path]))
        assert found
        assert all(isinstance(f, Page) or f.reason == "bad-parquet" for f in found)
        assert any(isinstance(f, Rejection) for f in found)
