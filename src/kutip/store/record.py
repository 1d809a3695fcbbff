"""The record in one SQLite file."""

import os
import sqlite3
from types import TracebackType
from typing import Literal
from urllib.parse import quote

from kutip.store import schema
from kutip.store.actors import ActorsView, Decision
from kutip.store.contract import Run, Store
from kutip.store.errors import NoRecord, speaking
from kutip.store.tracing import Lineage
from kutip.store.view import SqliteView
from kutip.store.writer import SqliteWriter

Mode = Literal["read", "write"]
WAIT = 30.0  # seconds for another program to end its writing


class Record(Store):
    """An SQLite file as a Store; a context manager that closes it."""

    def __init__(self, db: sqlite3.Connection, path: str) -> None:
        self.db = db
        self.path = path

    @classmethod
    def open(cls, path: str, mode: Mode = "read", wait: float = WAIT) -> "Record":
        """Opens the record at ``path``; to "write" also makes it where there is none.

        A record with an older schema is brought up to date first. wait: seconds to wait while another program
        writes. Raises NoRecord, NotARecord, NewerRecord, LockedRecord, DamagedRecord.
        """
        present = schema.shipped()
        if mode == "read" and not os.path.exists(path):
            raise NoRecord(f"there is no record {path}; `kutip ingest PATH` makes one")
        with speaking(path):
            db = _connect(path, "rwc" if mode == "write" else "rw", wait)
            try:
                if mode == "write" or not _is_empty(path):
                    schema.prepare(db, path, present)
                if mode == "read":
                    if not schema.check(db, path, present):
                        raise NoRecord(f"{path} is empty; `kutip ingest PATH` fills it")
                    db.execute("PRAGMA query_only = ON")
            except BaseException:
                db.close()
                raise
        return cls(db, path)

    def writer(self, run: Run, crosslingual: bool | None = None) -> SqliteWriter:
        """Starts a run. The record must have been opened to write.

        crosslingual: whether an encoder joins statements across languages, from now on; None for as before. Raises
        NeedsExtra where one is wanted that is not installed.
        """
        return SqliteWriter(self.db, self.path, run, crosslingual)

    def view(self) -> SqliteView:
        """For reading."""
        return SqliteView(self.db, self.path)

    def lineage(self) -> Lineage:
        """For reading stories and statements."""
        return Lineage(self.db, self.path)

    def actors(self) -> ActorsView:
        """For reading actors."""
        return ActorsView(self.db, self.path)

    def decide(self, decision: Decision) -> None:
        """Keeps what a person decided about actors, with what follows. The record must have been opened to write."""
        from kutip.store.upkeep.deciding import decide  # brings the flow with it, which reading does without

        decide(self.db, self.path, decision)

    def remade(self) -> tuple[int, int] | None:
        """Of how many articles, and of how many in all, what derives is made anew; None where all fits together."""
        with speaking(self.path):
            query = "SELECT (SELECT total(grouped) FROM remade), (SELECT count(*) FROM remade) FROM remaking"
            row = self.db.execute(query).fetchone()
        return None if row is None else (int(row[0]), int(row[1]))

    def close(self) -> None:
        """Ends the use of the record; what was not written yet is not."""
        self.db.close()

    def __enter__(self) -> "Record":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _connect(path: str, access: str, wait: float) -> sqlite3.Connection:
    db = _open(path, f"mode={access}", wait)
    try:
        db.execute("SELECT 1 FROM sqlite_master").fetchone()
        if access == "rwc":
            db.execute("PRAGMA journal_mode = WAL")
    except sqlite3.OperationalError:
        db.close()
        if (
            access == "rwc"
            or os.access(os.path.dirname(path) or ".", os.W_OK)
            or os.path.exists(path + "-wal")
        ):
            raise
        db = _open(
            path, "mode=ro&immutable=1", wait
        )  # in a folder that nobody may write to, nobody is writing
    db.execute("PRAGMA foreign_keys = ON")
    db.execute("PRAGMA synchronous = NORMAL")  # with WAL a crash may lose the last batch, no more
    return db


def _open(path: str, access: str, wait: float) -> sqlite3.Connection:
    uri = f"file:{quote(os.path.abspath(path))}?{access}"
    # Threads of a server may use it, one at a time: SQLite itself is built for that.
    db = sqlite3.connect(uri, uri=True, timeout=wait, isolation_level=None, check_same_thread=False)
    db.row_factory = sqlite3.Row
    return db


def _is_empty(path: str) -> bool:
    return os.path.getsize(path) == 0
