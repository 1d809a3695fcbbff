"""What was said in an article, as rows: written when it comes, compared and replaced when it is read again."""

import sqlite3
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec

from kutip.model import Article
from kutip.store import rows
from kutip.store.contract import KeptAttribution
from kutip.store.sql import as_json
from kutip.text.fold import fold

_BEFORE = "SELECT * FROM attributions WHERE article = ?"
_CHANNELS = "SELECT name FROM channels WHERE attribution = ? ORDER BY position"
_UNUSED = """
    DELETE FROM names WHERE name IN (SELECT value FROM json_each(?))
    AND NOT EXISTS (SELECT 1 FROM attributions WHERE speaker = names.name)
    AND NOT EXISTS (SELECT 1 FROM attributions WHERE said_to = names.name AND said_to <> '')
    AND NOT EXISTS (SELECT 1 FROM channels WHERE channels.name = names.name)
    AND NOT EXISTS (SELECT 1 FROM articles WHERE outlet = names.name)
"""


class Written(msgspec.Struct, frozen=True):
    """What became of the attributions of an article.

    counts: how many are "new", "changed", "unchanged", "gone", repeats not counted. differs: whether anything is not as
    it was, were it their order. gone: row numbers of those that are not found any more, repeats first.
    """

    counts: Counter[str]
    differs: bool
    gone: tuple[int, ...]


def write(db: sqlite3.Connection, key: int, article: Article, kept: Sequence[KeptAttribution]) -> Written:
    """Writes the attributions of an article; those that it has keep their rows, what is ``gone`` awaits ``forget``."""
    before = {row["id"]: row for row in db.execute(_BEFORE, [key])}
    counts: Counter[str] = Counter()
    differs = False
    keys: dict[str, int] = {}
    for position, one in sorted(
        enumerate(kept), key=lambda at: at[1].repeat_of is not None
    ):  # originals first
        row = rows.attribution_row(article, one)
        row |= {"article": key, "position": position, "repeat_of": keys.get(one.repeat_of or "")}
        old = before.pop(one.id, None)
        keys[one.id] = insert(db, "attributions", row) if old is None else old["key"]
        changed = {name for name in row if old is None or old[name] != row[name]}
        if old is None:
            _write_channels(db, keys[one.id], one.attribution.via)
        else:
            changed |= _bring_up(db, old, {name: row[name] for name in changed}, one.attribution.via)
        if changed:
            fold_names(db, one.attribution.speaker, one.attribution.to, *one.attribution.via)
        differs = differs or bool(changed)
        became = "new" if old is None else "changed" if changed - {"position"} else "unchanged"
        counts[became] += one.repeat_of is None
    gone = sorted(before.values(), key=lambda row: (row["repeat_of"] is None, row["key"]))
    counts["gone"] = sum(row["repeat_of"] is None for row in gone)
    return Written(counts, differs or bool(gone), tuple(row["key"] for row in gone))


def forget(db: sqlite3.Connection, attributions: Sequence[int]) -> None:
    """Deletes attributions, those that repeat others before these, and names that nobody has any more."""
    names: set[str | None] = set()
    for key in attributions:
        names.update(name for (name,) in db.execute(_CHANNELS, [key]))
        db.execute("DELETE FROM channels WHERE attribution = ?", [key])
        gone = db.execute("DELETE FROM attributions WHERE key = ? RETURNING speaker, said_to", [key])
        names.update(*gone.fetchall())
    forget_names(db, names)


def fold_names(db: sqlite3.Connection, *names: str | None) -> None:
    """Keeps names by which one can ask."""
    pairs = [(name, fold(name)) for name in names if name]
    db.executemany("INSERT OR IGNORE INTO names VALUES (?, ?)", pairs)


def insert(db: sqlite3.Connection, table: str, row: Mapping[str, Any]) -> int:
    """Writes a row, and gives its number."""
    columns, holes = ", ".join(row), ", ".join(f":{name}" for name in row)
    cursor = db.execute(f"INSERT INTO {table} ({columns}) VALUES ({holes})", row)
    return int(cursor.lastrowid or 0)


def _bring_up(
    db: sqlite3.Connection, old: sqlite3.Row, changed: Mapping[str, Any], via: tuple[str, ...]
) -> set[str]:
    """Gives a row its values of now, and tells whether its way has changed too."""
    names: set[str | None] = {old[name] for name in ("speaker", "said_to") if name in changed}
    if changed:
        holes = ", ".join(f"{name} = :{name}" for name in changed)
        db.execute(f"UPDATE attributions SET {holes} WHERE key = :key", {**changed, "key": old["key"]})
    before = tuple(name for (name,) in db.execute(_CHANNELS, [old["key"]]))
    if before != via:
        db.execute("DELETE FROM channels WHERE attribution = ?", [old["key"]])
        _write_channels(db, old["key"], via)
        names.update(before)
    forget_names(db, names)
    return {"via"} if before != via else set()


def _write_channels(db: sqlite3.Connection, attribution: int, via: Iterable[str]) -> None:
    rows_ = [(attribution, position, name) for position, name in enumerate(via)]
    db.executemany("INSERT INTO channels VALUES (?, ?, ?)", rows_)


def forget_names(db: sqlite3.Connection, names: Iterable[str | None]) -> None:
    """Deletes those of ``names`` that nobody has any more."""
    wanted = sorted({name for name in names if name})
    if wanted:
        db.execute(_UNUSED, [as_json(wanted)])
