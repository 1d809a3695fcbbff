"""What queries share."""

import sqlite3
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec


def as_json(values: Iterable[Any]) -> str:
    """``values`` for json_each."""
    return msgspec.json.encode(list(values)).decode()


def plain(db: sqlite3.Connection, sql: str, values: Sequence[Any]) -> sqlite3.Cursor:
    """Rows as tuples, which are made faster than rows that know the names of their columns."""
    cursor = db.cursor()
    cursor.row_factory = None
    return cursor.execute(sql, values)
