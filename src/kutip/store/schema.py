"""The schema of the record and the steps to it from older ones.

schema.sql is the whole of the present schema. upgrade_1_to_2.sql, upgrade_2_to_3.sql … beside it bring an
older record up to it; its version is one more than their number, and a test holds both ways to the same
result. PRAGMA user_version carries the version, PRAGMA application_id says that the file is a record.
"""

import sqlite3
from collections.abc import Iterator
from importlib.resources import files

import msgspec

from kutip.store.errors import NewerRecord, NotARecord

APPLICATION_ID = 0x4B757470  # "Kutp"


class Schema(msgspec.Struct, frozen=True):
    """whole: the SQL of the present version. upgrades: the SQL from version 1 to 2, 2 to 3, …"""

    whole: str
    upgrades: tuple[str, ...] = ()

    @property
    def version(self) -> int:
        """The present version, counted from 1."""
        return len(self.upgrades) + 1


def shipped() -> Schema:
    """The schema that comes with this version of Kutip."""
    folder = files(__package__)
    upgrades: list[str] = []
    while (step := folder.joinpath(f"upgrade_{len(upgrades) + 1}_to_{len(upgrades) + 2}.sql")).is_file():
        upgrades.append(step.read_text(encoding="utf-8"))
    return Schema(folder.joinpath("schema.sql").read_text(encoding="utf-8"), tuple(upgrades))


def version_of(db: sqlite3.Connection, path: str) -> int:
    """Version of the schema in ``db``; 0 for an empty file. Raises NotARecord for another program's file."""
    version, application, tables = (
        db.execute(query).fetchone()[0]
        for query in ("PRAGMA user_version", "PRAGMA application_id", "SELECT count(*) FROM sqlite_master")
    )
    if tables and application != APPLICATION_ID:
        raise NotARecord(f"{path} is an SQLite database, but not a record of Kutip; name another file")
    return int(version) if tables else 0


def prepare(db: sqlite3.Connection, path: str, schema: Schema) -> None:
    """Makes an empty file a record and brings an older record up to date: all of it, or nothing.

    Raises NotARecord and NewerRecord.
    """
    if check(db, path, schema):
        return
    db.execute("BEGIN IMMEDIATE")
    try:
        version = version_of(db, path)  # again: another process may have been faster
        steps = schema.upgrades[version - 1 :] if version else (schema.whole,)
        for step in steps:
            for statement in _statements(step):
                db.execute(statement)
        db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        db.execute(f"PRAGMA user_version = {schema.version}")
        db.execute("COMMIT")
    except BaseException:
        db.execute("ROLLBACK")
        raise


def check(db: sqlite3.Connection, path: str, schema: Schema) -> bool:
    """Whether ``db`` has the present schema. Raises NotARecord and NewerRecord."""
    version = version_of(db, path)
    if version > schema.version:
        raise NewerRecord(
            f"{path} was made by a later Kutip (its schema is version {version}, this one knows up to"
            f" {schema.version}); update Kutip to use it"
        )
    return version == schema.version


def _statements(script: str) -> Iterator[str]:
    """The statements of a script. sqlite3.executescript would commit the transaction around them."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
    if any(line.strip() and not line.startswith("--") for line in statement.split("\n")):
        raise ValueError(f"schema: no semicolon closes the last statement: {statement.strip()[:80]!r}")
