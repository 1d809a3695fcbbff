"""Exports, each opened by the library of its own format; hostile articles among what is exported."""

import csv
import json
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO

import pytest
from click.testing import CliRunner, Result

from kutip.apps.cli.formats import FILES, STREAMS, Job
from kutip.apps.cli.main import main
from kutip.model import Kind, SpeakerKind
from kutip.store import Record, SaidQuery
from kutip.store.contract import Said
from tests.hostile import WORDS, corpus
from tests.store.making import QUOTE, TEXT, ingest, processed, quotation

URL = "https://warta.example/bendungan"
Export = Callable[..., Result]


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("record") / "record.db"
    indirect = quotation(words="pintu air dibuka", kind=Kind.INDIRECT, negated=True, speaker=None, via=())
    unnamed = quotation(
        words="Ia", kind=Kind.MIXED, speaker="seorang warga", speaker_kind=SpeakerKind.UNNAMED
    )
    with Record.open(str(path), "write") as made:
        ingest(made, processed(TEXT, quotation(), indirect, unnamed, url=URL), *corpus())
    return path


@pytest.fixture
def export(record: Path, tmp_path: Path) -> Export:
    def run(form: str, *more: str, code: int = 0, out: str = "out") -> Any:
        path = tmp_path / out
        asked = ["export", "--format", form, str(path), *more, "--record", str(record)]
        result = CliRunner().invoke(main, asked)
        assert result.exit_code == code, (result.output, result.exception)
        return path if code == 0 else result

    return run


def statements(record: Path) -> list[Said]:
    with Record.open(str(record)) as opened:
        return list(opened.view().said(SaidQuery()))


def test_jsonl_is_what_said_gives(export: Export, record: Path) -> None:
    lines = export("jsonl").read_text(encoding="utf-8").split("\n")[:-1]
    ids = [row.id for row in statements(record)]
    assert [json.loads(line)["id"] for line in lines] == ids
    assert len(ids) == 3 + len(WORDS)
    assert not any("text" in json.loads(line) for line in lines)


def test_filters_are_those_of_said(export: Export) -> None:
    lines = (
        export("jsonl", "--kind", "indirect", "--in", "sore", "--about", "dibuka").read_text().splitlines()
    )
    assert [json.loads(line)["content"] for line in lines] == ["pintu air dibuka"]
    assert len(export("jsonl", "--limit", "2").read_text(encoding="utf-8").split("\n")[:-1]) == 2


@pytest.mark.parametrize("form", [*STREAMS, *FILES])
def test_full_texts_stay_in_the_record(export: Export, form: str) -> None:
    if form == "parquet":
        pytest.importorskip("pyarrow")
    elsewhere = b"mengatakan pintu air"  # no direct quotation comes near it
    assert elsewhere not in export(form, "--kind", "direct").read_bytes()


@pytest.mark.parametrize("form", ["jsonl", "csv", "jsonld", "ftm", "sqlite"])
def test_with_text_they_go_along_and_it_is_said(
    export: Export, record: Path, tmp_path: Path, form: str
) -> None:
    asked = ["export", "--format", form, str(tmp_path / "t"), "--with-text", "--record", str(record), "-q"]
    result = CliRunner().invoke(main, asked)
    assert "full texts" in result.stderr
    written = (tmp_path / "t").read_bytes()
    assert any(
        text in written for text in (TEXT.encode(), json.dumps(TEXT, ensure_ascii=False)[1:-1].encode())
    )


def test_a_format_without_place_for_texts_says_so(export: Export) -> None:
    assert "no place" in export("webannotation", "--with-text", code=2).output


def test_csv_runs_nothing_in_a_spreadsheet(export: Export, record: Path) -> None:
    with export("csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["id"] for row in rows] == [row.id for row in statements(record)]
    assert not [cell for row in rows for cell in row.values() if cell.startswith(("=", "+", "-", "@", "\t"))]
    assert "'" + WORDS["formula"] in {row["speaker"] for row in rows}
    one = next(row for row in rows if row["content"] == QUOTE)
    assert (one["via"], one["content_spans"]) == ("Kabar Tengah, Warta Pagi", "22-41")


def test_parquet_opens_in_arrow_duckdb_and_pandas(export: Export, record: Path) -> None:
    pq = pytest.importorskip("pyarrow.parquet")
    path = export("parquet", out="out.parquet")
    table = pq.read_table(path)
    expected = statements(record)
    assert table.column("content").to_pylist() == [row.content for row in expected]
    assert table.column("via").to_pylist() == [list(row.via) for row in expected]
    assert table.column("negated").to_pylist() == [row.negated for row in expected]
    duckdb = pytest.importorskip("duckdb")
    query = f"SELECT content_spans[1].start, via[2] FROM '{path}' WHERE content = ?"
    assert duckdb.execute(query, [QUOTE]).fetchall() == [(22, "Warta Pagi")]
    pandas = pytest.importorskip("pandas")
    frame = pandas.read_parquet(path)
    assert list(frame["speaker"].dropna()) == [row.speaker for row in expected if row.speaker is not None]


def test_sqlite_is_whole_and_without_texts(export: Export, record: Path) -> None:
    db = sqlite3.connect(export("sqlite"))
    assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert db.execute("PRAGMA foreign_key_check").fetchall() == []
    assert db.execute("SELECT count(*) FROM statements").fetchone() == (len(statements(record)),)
    assert db.execute("SELECT count(text), count(*) FROM articles").fetchone() == (0, 1 + len(WORDS))
    assert db.execute("SELECT group_concat(name) FROM channels WHERE name LIKE '%Tengah'").fetchone()[0]
    tables = {name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    assert tables == {"articles", "statements", "channels"}
    db.close()


def test_an_export_is_written_whole_or_not_at_all(
    export: Export, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def half(job: Job, out: BinaryIO) -> None:
        out.write(b"half")
        raise ValueError("half")

    monkeypatch.setitem(STREAMS, "jsonl", half)
    with pytest.raises(AssertionError, match="half"):
        export("jsonl")
    assert list(tmp_path.iterdir()) == []


def test_standard_output(record: Path) -> None:
    result = CliRunner().invoke(main, ["export", "--format", "ftm", "-", "--record", str(record)])
    assert json.loads(result.stdout.splitlines()[0])["schema"] == "Article"
    result = CliRunner().invoke(main, ["export", "--format", "parquet", "-", "--record", str(record)])
    assert result.exit_code == 2
