"""kill -9 at any moment: the record is whole, and the same command ends the work."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from kutip.store import Record, verify

COMMAND = [sys.executable, "-c", "from kutip.apps.cli.main import main; main()"]
ARTICLES = 400
PERSONS = ["Tari Lembayung", "Galih Prasaja", "Wulan Astika", "Bayu Samudra"]
# What the record has reached when the process is killed: a table and how many rows; 0: its first moment.
MOMENTS = [("sqlite_master", 0), ("runs", 1), ("articles", 1), ("articles", 130), ("articles", 300)]


def rows() -> Iterator[str]:
    """Articles that differ, some of them versions of one address, each with something said."""
    for n in range(ARTICLES):
        person = PERSONS[n % 4]
        text = (
            f"“Air di pintu {n} sudah turun dua meter,” kata {person} kepada wartawan.\n\n"
            f"{person} mengatakan bahwa pintu nomor {n} akan dibuka dan warga boleh pulang ke rumah.\n\n"
            + f"Jalan nomor {n} yang rusak di kota itu akan diperbaiki pada tahun ini juga.\n\n"
            * 8
        )
        yield json.dumps({"url": f"https://tala.example/{n % 350}", "outlet": "Tala", "text": text})


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("pages") / "rows.jsonl"
    path.write_text("\n".join(rows()), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def undisturbed(pages: Path, tmp_path_factory: pytest.TempPathFactory) -> list[tuple[object, ...]]:
    record = tmp_path_factory.mktemp("undisturbed") / "record.db"
    ingest(pages, record)
    return content(record)


def ingest(pages: Path, record: Path, *more: str) -> None:
    subprocess.run([*COMMAND, "ingest", str(pages), "--record", str(record), *more], check=True, timeout=120)


def content(record: Path) -> list[tuple[object, ...]]:
    """All that a run adds, row numbers included: the same pages in the same order give the same numbers."""
    tables = ("articles", "pages", "blocks", "attributions", "channels", "mentions", "rejections", "names")
    with Record.open(str(record)) as opened:
        found = []
        for table in tables:
            kept = [name for (name, *_) in columns(opened.db, table) if name != "run"]
            found += opened.db.execute(
                f"SELECT '{table}', {', '.join(kept)} FROM {table} ORDER BY 2, 3"
            ).fetchall()
        return [tuple(row) for row in found]


def columns(db: sqlite3.Connection, table: str) -> list[tuple[str]]:
    return db.execute(f"SELECT name FROM pragma_table_info('{table}')").fetchall()


def reached(record: Path, table: str, count: int) -> bool:
    """Whether the record that another process is filling has so much."""
    if not record.exists():
        return False
    db = sqlite3.connect(f"file:{record}?mode=ro", uri=True)
    try:
        return int(db.execute(f"SELECT count(*) FROM {table}").fetchone()[0]) >= count
    except sqlite3.OperationalError:  # no such table yet
        return False
    finally:
        db.close()


def kill_at(moment: tuple[str, int], pages: Path, record: Path, *more: str) -> None:
    named = os.environ | {"KUTIP_RECORD": str(record)}
    process = subprocess.Popen([*COMMAND, "ingest", str(pages), *more], env=named)
    end = time.monotonic() + 60
    while not reached(record, *moment):
        assert time.monotonic() < end, "the moment did not come"
        assert process.poll() is None, "the run ended before the moment came: give it more articles"
    process.send_signal(signal.SIGKILL)
    assert process.wait(60) == -signal.SIGKILL


def assert_whole(record: Path) -> None:
    with Record.open(str(record), "write") as opened:
        assert list(verify(opened)) == []


@pytest.mark.parametrize("moment", MOMENTS, ids=lambda moment: f"{moment[0]}-{moment[1]}")
def test_killed_once(moment: tuple[str, int], pages: Path, undisturbed: list[object], tmp_path: Path) -> None:
    record = tmp_path / "record.db"
    kill_at(moment, pages, record)
    assert_whole(record)
    with Record.open(str(record)) as opened:
        assert opened.view().stats().pages < ARTICLES
    ingest(pages, record)
    assert content(record) == undisturbed
    assert_whole(record)


def test_killed_again_and_again(pages: Path, undisturbed: list[object], tmp_path: Path) -> None:
    record = tmp_path / "record.db"
    for moment in (("articles", 64), ("articles", 128), ("articles", 256)):
        kill_at(moment, pages, record)
    ingest(pages, record)
    assert content(record) == undisturbed
    with Record.open(str(record)) as opened:
        finished = [row[0] is not None for row in opened.db.execute("SELECT finished FROM runs ORDER BY key")]
    assert finished == [False, False, False, True]


@pytest.mark.skipif(not os.path.isdir("/proc"), reason="looks for processes in /proc")
def test_killed_with_workers(pages: Path, undisturbed: list[object], tmp_path: Path) -> None:
    record = tmp_path / "record.db"
    kill_at(("articles", 64), pages, record, "--jobs", "2")
    end = time.monotonic() + 60
    while orphans(record):
        assert time.monotonic() < end, "the workers did not end with the process that started them"
        time.sleep(0.02)
    ingest(pages, record, "--jobs", "2")
    assert content(record) == undisturbed
    assert_whole(record)


def orphans(record: Path) -> list[str]:
    """Processes that were started for ``record``; the variable that names it is handed down to workers."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if f"KUTIP_RECORD={record}\0".encode() in (process / "environ").read_bytes():
                found.append(process.name)
        except OSError:  # ended meanwhile, or not ours
            continue
    return found
