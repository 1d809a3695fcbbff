"""An SQLite file of chosen statements, to be given away: no pages, and texts only if they were asked for."""

import sqlite3
from collections.abc import Iterable, Mapping
from typing import Any

_SCHEMA = """
CREATE TABLE articles (
    id TEXT PRIMARY KEY, url TEXT, outlet TEXT, headline TEXT, byline TEXT, published TEXT,
    published_precision TEXT, published_origin TEXT, lang TEXT, sha256 TEXT, text TEXT
);
CREATE TABLE statements (
    id TEXT PRIMARY KEY, day TEXT, speaker TEXT, speaker_kind TEXT, speaker_role TEXT, kind TEXT, force TEXT,
    negated INTEGER, conditional INTEGER, content TEXT, cue TEXT, source TEXT, said_to TEXT, venue TEXT,
    said_on TEXT, said_on_evidence TEXT, confidence REAL, rule TEXT, content_spans TEXT, cue_span TEXT,
    source_span TEXT, article TEXT NOT NULL REFERENCES articles (id)
);
CREATE TABLE channels (
    statement TEXT NOT NULL REFERENCES statements (id), position INTEGER, name TEXT,
    PRIMARY KEY (statement, position)
) WITHOUT ROWID;
CREATE INDEX statements_by_article ON statements (article);
CREATE INDEX statements_by_speaker ON statements (speaker);
CREATE INDEX statements_by_day ON statements (day);
"""

Rows = Iterable[Mapping[str, Any]]


class Extract:
    """Fills a new SQLite file at ``path``; nothing is there before ``close``. A context manager."""

    def __init__(self, path: str) -> None:
        self._db = sqlite3.connect(path, isolation_level=None)
        self._db.execute("PRAGMA synchronous = OFF")  # the file is new, and of no use if this is cut short
        self._db.executescript("PRAGMA foreign_keys = ON;" + _SCHEMA + "BEGIN;")

    def add(self, article: Mapping[str, Any], statements: Rows, channels: Rows) -> None:
        """An article with its statements; the keys are names of columns."""
        self._insert("articles", [article])
        self._insert("statements", statements)
        self._insert("channels", channels)

    def close(self) -> None:
        """Ends the file."""
        self._db.execute("COMMIT")
        self._db.close()

    def __enter__(self) -> "Extract":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _insert(self, table: str, rows: Rows) -> None:
        for row in rows:
            columns, holes = ", ".join(row), ", ".join(f":{name}" for name in row)
            self._db.execute(f"INSERT INTO {table} ({columns}) VALUES ({holes})", dict(row))
