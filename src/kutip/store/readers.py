"""By which version of Kutip, with what a language pack says, the attributions of an article were found."""

import sqlite3
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:  # commands that only read do without
    from kutip.languages.reader import Reader


class ReadBy(msgspec.Struct, frozen=True):
    """How many articles a reader read. older: this version, with its packs, would read them again."""

    version: str
    lang: str
    pack: str
    articles: int
    older: bool


def key_of(db: sqlite3.Connection, reader: "Reader") -> int:
    """The row number of a reader, which is written where it is new."""
    values = msgspec.structs.astuple(reader)
    query = "SELECT key FROM readers WHERE version = ? AND lang = ? AND pack = ?"
    if found := db.execute(query, values).fetchone():
        return int(found[0])
    query = "INSERT INTO readers (version, lang, pack) VALUES (?, ?, ?)"
    return int(db.execute(query, values).lastrowid or 0)


def older(db: sqlite3.Connection) -> list[int]:
    """Row numbers of the readers whose articles this version would read again.

    Where there is no pack for a language any more, what was found in its articles stays.
    """
    rows = db.execute("SELECT key, version, lang, pack FROM readers ORDER BY key")
    return [key for key, *values in rows if _is_older(*values)]


def read_by(db: sqlite3.Connection) -> tuple[ReadBy, ...]:
    """Who read the articles of a record, those with most articles first."""
    query = """
        SELECT version, lang, pack, count(*) FROM readings JOIN readers ON readers.key = reader
        GROUP BY reader ORDER BY 4 DESC, 1, 2, 3
    """
    return tuple(ReadBy(v, lang, pack, n, _is_older(v, lang, pack)) for v, lang, pack, n in db.execute(query))


def _is_older(version: str, lang: str, pack: str) -> bool:
    from kutip.languages.reader import present

    now = present(lang)
    return bool(now.pack) and (version, pack) != (now.version, now.pack)
