"""``kutip batch`` as it is used, killed while it works, and its results taken into a record."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

pytest.importorskip("pyarrow", reason="the extra parquet is not installed")
from kutip.apps.cli.main import main

WORDS = "Wali kota itu mengatakan bahwa jembatan nomor {} yang rusak akan diperbaiki pada tahun ini juga."
TABLES = {
    "articles": "id, text, sha256, url, headline, lang",
    "blocks": "*",
    "attributions": "*",
    "pages": "id, name, content, sha256",
    "rejections": "id, place, reason, detail",
}


def kutip(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(a) for a in arguments])


@pytest.fixture
def rows(tmp_path: Path) -> Path:
    path = tmp_path / "in.jsonl"
    row = [json.dumps({"isi": WORDS.format(n) * 6, "id": n}) + "\n" for n in range(300)]
    path.write_text("".join([*row[:170], "no row\n", *row[170:]]))
    return path


def command(rows: Path, out: Path, engine: str = "processes") -> list[str]:
    options = ["--engine", engine, "--jobs", "2", "--shard-size", "0.03", "--columns", "text=isi"]
    return ["batch", str(rows), str(out), *options]


def results(out: Path) -> dict[str, bytes]:
    made = [p for pattern in ("*/*.parquet", "done/*", "manifest.json") for p in out.glob(pattern)]
    return {str(p.relative_to(out)): p.read_bytes() for p in made}


def content(record: Path) -> list[object]:
    with sqlite3.connect(record) as db:
        return [db.execute(f"SELECT {columns} FROM {table}").fetchall() for table, columns in TABLES.items()]


def test_every_engine_and_the_record_agree(tmp_path: Path, rows: Path) -> None:
    for engine in ("inline", "processes"):
        done = kutip(*command(rows, tmp_path / engine, engine))
        assert done.exit_code == 1, done.output  # one row is none
        assert "301 pages · 300 articles" in done.stderr
    assert results(tmp_path / "inline") == results(tmp_path / "processes")
    assert len(list((tmp_path / "inline" / "done").iterdir())) > 3
    kutip("ingest", tmp_path / "inline", "--record", tmp_path / "a.db")
    kutip("ingest", rows, "--columns", "text=isi", "--jobs", "2", "--record", tmp_path / "b.db")
    assert content(tmp_path / "a.db") == content(tmp_path / "b.db")
    assert kutip("verify", "--record", tmp_path / "a.db").exit_code == 0
    again = kutip("ingest", tmp_path / "inline", "--record", tmp_path / "a.db")
    assert "0 new articles" in again.stderr


def test_the_report_is_for_machines(tmp_path: Path, rows: Path) -> None:
    kutip(*command(rows, tmp_path / "out", "inline"))
    report = json.loads((tmp_path / "out" / "report.json").read_bytes())
    assert report["this_run"]["pages"] == 301
    assert report["this_run"]["rejections"] == {"bad-json": 1}
    assert report["engine"] == "inline"
    assert report["pages_per_second"] > 0
    again = kutip(*command(rows, tmp_path / "out", "inline"))
    report = json.loads((tmp_path / "out" / "report.json").read_bytes())
    assert (report["this_run"]["pages"], report["earlier_runs"]["pages"]) == (0, 301)
    assert f"{report['shards']} of {report['shards']} shards were there already" in again.stderr


def test_killed_again_and_again_it_ends_with_the_same_bytes(tmp_path: Path, rows: Path) -> None:
    kutip(*command(rows, tmp_path / "whole", "inline"))
    out, kills = tmp_path / "out", 0
    for tenths in (5, 12, 19, 26, 33):
        process = subprocess.Popen(
            [Path(sys.executable).with_name("kutip"), *command(rows, out)],
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            process.wait(tenths / 10)
            break
        except subprocess.TimeoutExpired:
            os.kill(process.pid, signal.SIGKILL)
            process.wait()
            kills += 1
        time.sleep(0.1)
    assert kills
    kutip(*command(rows, out))
    assert results(out) == results(tmp_path / "whole")
    assert not (out / ".partial").exists()


def test_what_cannot_be_begun_says_why(tmp_path: Path, rows: Path) -> None:
    kutip(*command(rows, tmp_path / "out", "inline"))
    other = kutip("batch", rows, tmp_path / "out")
    assert other.exit_code == 3
    assert "other files or columns" in other.stderr
    rows.write_text("")
    assert "other files or columns" in kutip(*command(rows, tmp_path / "out")).stderr
    assert "standard input" in kutip("batch", "-", tmp_path / "new").stderr
    assert "FIELD=COLUMN" in kutip("batch", rows, tmp_path / "new", "--columns", "x").stderr
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "x").write_text("")
    assert "holds other things" in kutip("batch", rows, tmp_path / "full").stderr


def test_an_unfinished_folder_is_told(tmp_path: Path, rows: Path) -> None:
    kutip(*command(rows, tmp_path / "out", "inline"))
    (tmp_path / "out" / "done" / "00001.json").unlink()
    done = kutip("ingest", tmp_path / "out", "--record", tmp_path / "a.db")
    assert "unfinished" in done.stderr
    assert done.exit_code == 1
