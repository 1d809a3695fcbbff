"""By which version of Kutip, with what a language pack says, the attributions of an article were found."""

import sqlite3
from functools import lru_cache

import msgspec

import kutip


class Reader(msgspec.Struct, frozen=True):
    """What found attributions. lang: of the articles, "" where it is not known. pack: hash of what the language pack
    says, "" where there was none or it is not known; version: of Kutip, "" where it is not known.
    """

    version: str
    lang: str
    pack: str


class ReadBy(msgspec.Struct, frozen=True):
    """How many articles a reader read. older: this version, with its packs, would read them again."""

    version: str
    lang: str
    pack: str
    articles: int
    older: bool


@lru_cache
def present(lang: str | None) -> Reader:
    """The reader that this version is for articles in a language."""
    from kutip.languages.loader import available, fingerprint  # which commands that only read do without

    return Reader(kutip.__version__, lang or "", fingerprint(lang) if lang in available() else "")


def key_of(db: sqlite3.Connection, reader: Reader) -> int:
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
    return [key for key, *values in rows if _is_older(Reader(*values))]


def read_by(db: sqlite3.Connection) -> tuple[ReadBy, ...]:
    """Who read the articles of a record, those with most articles first."""
    query = """
        SELECT version, lang, pack, count(*) FROM readings JOIN readers ON readers.key = reader
        GROUP BY reader ORDER BY 4 DESC, 1, 2, 3
    """
    found = [(Reader(*row[:3]), row[3]) for row in map(tuple, db.execute(query))]
    return tuple(ReadBy(one.version, one.lang, one.pack, count, _is_older(one)) for one, count in found)


def _is_older(reader: Reader) -> bool:
    now = present(reader.lang)
    return bool(now.pack) and reader != now
