"""Opening a record: what it may be, which schema it has, who else uses it."""

import gzip
import sqlite3
from pathlib import Path

import pytest

from kutip.store import (
    LockedRecord,
    NewerRecord,
    NoRecord,
    NotARecord,
    Record,
    RecordError,
    Run,
    SaidQuery,
    verify,
)
from kutip.store.schema import APPLICATION_ID, Schema, check, prepare, shipped, version_of
from tests.store.making import STARTED, TEXT, everything, ingest, processed, quotation

FIRST = Path(__file__).parents[1] / "data" / "record_v1.db.gz"
OLD = """
-- The first version.
CREATE TABLE things (key INTEGER PRIMARY KEY, name TEXT);  -- a comment; with a semicolon
CREATE TABLE log (name TEXT);
CREATE TRIGGER things_insert AFTER INSERT ON things BEGIN
    INSERT INTO log VALUES (new.name);
END;
"""
ADDED = "ALTER TABLE things ADD COLUMN colour TEXT;\nUPDATE things SET colour = 'grey';\n"
NEW = OLD.replace("name TEXT);  --", "name TEXT, colour TEXT);  --")


@pytest.fixture
def path(tmp_path: Path) -> str:
    return str(tmp_path / "a record.db")


def filled(path: str) -> None:
    with Record.open(path, "write") as record:
        ingest(record, processed(TEXT, quotation()))


def connect(path: str) -> sqlite3.Connection:
    return sqlite3.connect(path, isolation_level=None)


@pytest.mark.parametrize("mode", ["read", "write"])
def test_another_file_is_refused_and_left_alone(path: str, mode: str) -> None:
    Path(path).write_bytes(b"not a database at all " * 100)
    with pytest.raises(NotARecord, match="not a record of Kutip"):
        Record.open(path, mode)
    assert Path(path).read_bytes() == b"not a database at all " * 100


@pytest.mark.parametrize("mode", ["read", "write"])
def test_the_database_of_another_program_is_refused(path: str, mode: str) -> None:
    with connect(path) as db:
        db.execute("CREATE TABLE theirs (a)")
        db.execute("PRAGMA user_version = 1")
    db.close()
    with pytest.raises(NotARecord, match="not a record of Kutip"):
        Record.open(path, mode)
    assert [row[0] for row in connect(path).execute("SELECT name FROM sqlite_master")] == ["theirs"]


def test_reading_makes_no_record(path: str) -> None:
    with pytest.raises(NoRecord, match="kutip ingest"):
        Record.open(path)
    assert not Path(path).exists()
    Path(path).touch()
    with pytest.raises(NoRecord, match="empty"):
        Record.open(path)
    with pytest.raises(NoRecord):
        Record.open(f"{path}/below/a/file", "write")


def test_a_newer_record_is_refused(path: str) -> None:
    filled(path)
    newer = shipped().version + 1
    connect(path).execute(f"PRAGMA user_version = {newer}")
    with pytest.raises(NewerRecord, match=f"version {newer}.*update Kutip"):
        Record.open(path)


def test_a_locked_record_is_waited_for_and_then_named(path: str) -> None:
    filled(path)
    other = connect(path)
    other.execute("BEGIN IMMEDIATE")
    with Record.open(path, "write", wait=0.05) as record:
        with pytest.raises(LockedRecord, match=r"a record\.db is locked by another program"):
            record.writer(Run("0", {}, STARTED))
        assert record.view().stats().articles == 1  # reading goes on meanwhile
        other.execute("COMMIT")
        ingest(record, processed(TEXT + " Lagi."))
        assert record.view().stats().articles == 2


def test_a_lock_in_the_middle_loses_nothing(path: str) -> None:
    filled(path)
    with Record.open(path, "write", wait=0.05) as record:
        writer = record.writer(Run("0", {}, STARTED))
        writer.add(processed(TEXT + " Lagi."))
        other = connect(path)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(LockedRecord):
            writer.flush()
        assert writer.counts.articles == 0
        other.execute("COMMIT")
        writer.finish(STARTED)
        assert (writer.counts.articles, record.view().stats().articles) == (1, 2)


def test_two_writers_at_once_keep_one_of_each(path: str) -> None:
    pages = [processed(f"{TEXT} {n}", quotation(), name=f"{n}.txt") for n in range(5)]
    with Record.open(path, "write") as one, Record.open(path, "write") as two:
        writers = [record.writer(Run("0", {}, STARTED)) for record in (one, two)]
        for writer in writers:
            for page in pages:
                writer.add(page)
        for writer in writers:
            writer.finish(STARTED)
        assert sum(writer.counts.articles for writer in writers) == 5
        together = everything(one)
    with Record.open(path + "2", "write") as alone:
        ingest(alone, *pages)
        assert everything(alone) == together


def test_the_file_is_one_when_it_is_closed(path: str, tmp_path: Path) -> None:
    filled(path)
    assert [p.name for p in tmp_path.iterdir()] == ["a record.db"]


def shape(db: sqlite3.Connection) -> list[tuple[str, ...]]:
    columns = "SELECT m.name, p.name, p.type FROM sqlite_master m LEFT JOIN pragma_table_info(m.name) p"
    return sorted(map(repr, db.execute(columns)))


def test_an_older_record_is_brought_up_to_date(path: str) -> None:
    db = connect(path)
    prepare(db, path, Schema(OLD))
    assert version_of(db, path) == 1
    db.execute("INSERT INTO things (name) VALUES ('dam')")
    present = Schema(NEW, (ADDED,))
    assert not check(db, path, present)
    prepare(db, path, present)
    prepare(db, path, present)
    assert db.execute("SELECT * FROM things").fetchall() == [(1, "dam", "grey")]
    assert check(db, path, present)
    fresh = connect(path + "2")
    prepare(fresh, path, present)
    assert shape(fresh) == shape(db)


def test_a_record_of_the_first_version_is_brought_up_to_date(path: str) -> None:
    Path(path).write_bytes(gzip.decompress(FIRST.read_bytes()))
    with Record.open(path) as record:
        assert record.view().stats().attributions == 32
        assert record.db.execute("SELECT count(*) FROM mentions").fetchone()[0] == 19
        assert record.db.execute("SELECT count(*) FROM pending").fetchone()[0] == 3
        assert list(verify(record)) == []
    filled(path + "2")
    assert shape(connect(path)) == shape(connect(path + "2"))


def test_an_upgrade_is_whole_or_nothing(path: str) -> None:
    db = connect(path)
    prepare(db, path, Schema(OLD))
    with pytest.raises(sqlite3.OperationalError):
        prepare(db, path, Schema(NEW, (ADDED + "ALTER TABLE nowhere ADD COLUMN x;",)))
    assert version_of(db, path) == 1
    assert db.execute("SELECT count(*) FROM pragma_table_info('things')").fetchone()[0] == 2
    with pytest.raises(ValueError, match="no semicolon"):
        prepare(db, path, Schema(NEW, ("SELECT 1",)))


def test_the_shipped_schema_is_that_of_its_version(path: str) -> None:
    filled(path)
    db = connect(path)
    assert f"version {shipped().version}." in shipped().whole.splitlines()[0]
    assert db.execute("PRAGMA user_version").fetchone()[0] == shipped().version
    assert db.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID
    assert db.execute("PRAGMA journal_mode").fetchone()[0] == "wal"


def test_every_view_can_be_read(path: str) -> None:
    filled(path)
    db = connect(path)
    views = [row[0] for row in db.execute("SELECT name FROM sqlite_master WHERE type = 'view'")]
    counts = {view: len(db.execute(f"SELECT * FROM {view}").fetchall()) for view in views}
    facts = {"said": 1, "speakers": 1, "outlets": 1, "current_articles": 1, "not_used": 0}
    derived = {
        "latest_stories",
        "articles_in_stories",
        "actor_names",
        "actor_roles",
        "told",
        "lost",
        "changed",
    }
    assert {view: counts.pop(view) for view in facts} == facts
    assert set(counts) == derived
    assert db.execute("SELECT speaker, via FROM said").fetchone() == (
        "Tari Lembayung",
        "Kabar Tengah, Warta Pagi",
    )


def test_a_damaged_record_is_an_error_not_a_traceback(path: str) -> None:
    filled(path)
    content = bytearray(Path(path).read_bytes())
    content[4096:] = b"\xff" * (len(content) - 4096)
    Path(path).write_bytes(content)
    with pytest.raises(RecordError), Record.open(path) as record:
        list(record.view().said(SaidQuery()))
