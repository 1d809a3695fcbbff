"""What was asked for and what is still to be: one SQLite file beside the archive, written as the work goes on."""

import sqlite3
from collections.abc import Iterable
from pathlib import Path

_SCHEMA = """
CREATE TABLE IF NOT EXISTS lists (
    url TEXT PRIMARY KEY, etag TEXT, modified TEXT
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS pages (
    url TEXT PRIMARY KEY, state TEXT NOT NULL DEFAULT 'waiting', tries INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX IF NOT EXISTS pages_by_state ON pages (state) WHERE state = 'waiting';
CREATE TABLE IF NOT EXISTS archives (
    name TEXT PRIMARY KEY, size INTEGER NOT NULL, read INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
"""
TRIES = 3  # before a page that cannot be had is given up


class State:
    """The state of the archive in ``folder``; one process has it at a time."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._db = sqlite3.connect(folder / "fetch.db", timeout=0, isolation_level=None)
        self._db.execute("PRAGMA locking_mode = EXCLUSIVE")
        self._db.execute("PRAGMA journal_mode = WAL")
        self._db.executescript(f"BEGIN IMMEDIATE; {_SCHEMA} COMMIT;")
        self._repair()

    def close(self) -> None:
        """Lets others have it."""
        self._db.close()

    def _repair(self) -> None:
        """Cuts off what a killed run had begun to write to an archive; its page is still waiting."""
        for name, size in self._db.execute("SELECT name, size FROM archives WHERE NOT read"):
            path = self._folder / name
            if path.exists() and path.stat().st_size > size:
                with path.open("r+b") as file:
                    file.truncate(size)

    def conditions(self, url: str) -> dict[str, str]:
        """Headers by which a server need not send a list that has not changed."""
        row = self._db.execute("SELECT etag, modified FROM lists WHERE url = ?", (url,)).fetchone()
        named = zip(("If-None-Match", "If-Modified-Since"), row or (), strict=False)
        return {name: value for name, value in named if value}

    def listed(self, url: str, tags: tuple[str | None, str | None], pages: Iterable[str]) -> int:
        """Notes the pages that a list gives, and by which tags it is known; how many pages are new."""
        self._db.execute("BEGIN")
        before = self._db.total_changes
        self._db.executemany("INSERT OR IGNORE INTO pages (url) VALUES (?)", ((page,) for page in pages))
        new = self._db.total_changes - before
        self._db.execute("INSERT OR REPLACE INTO lists VALUES (?, ?, ?)", (url, *tags))
        self._db.execute("COMMIT")
        return new

    def waiting(self) -> list[str]:
        """Pages that are still to be read, in the order in which they were found."""
        return [
            url for (url,) in self._db.execute("SELECT url FROM pages WHERE state = 'waiting' ORDER BY rowid")
        ]

    def archived(self, url: str, archive: str, size: int) -> None:
        """The page is in the archive, of which ``size`` bytes are whole."""
        self._db.execute("BEGIN")
        self._db.execute("INSERT OR IGNORE INTO pages (url) VALUES (?)", (url,))
        self._db.execute("UPDATE pages SET state = 'archived' WHERE url = ?", (url,))
        update = "ON CONFLICT (name) DO UPDATE SET size = excluded.size, read = 0"
        self._db.execute(f"INSERT INTO archives (name, size) VALUES (?, ?) {update}", (archive, size))
        self._db.execute("COMMIT")

    def failed(self, url: str, final: bool) -> bool:
        """Notes that a page could not be had; whether it is given up."""
        query = """
            UPDATE pages SET tries = tries + 1,
                state = CASE WHEN ? OR tries + 1 >= ? THEN 'given up' ELSE state END
            WHERE url = ? RETURNING state
        """
        row = self._db.execute(query, (final, TRIES, url)).fetchone()
        return row is None or row[0] != "waiting"

    def unread(self) -> list[Path]:
        """Files of the archive that are not in the record yet."""
        found = self._db.execute("SELECT name FROM archives WHERE NOT read ORDER BY name")
        return [self._folder / name for (name,) in found]

    def was_read(self, paths: Iterable[Path]) -> None:
        """They are in the record."""
        self._db.executemany("UPDATE archives SET read = 1 WHERE name = ?", ((path.name,) for path in paths))
