"""What a whole record holds: costly to find on a large record, and made once for each state of it."""

import sqlite3
from typing import Any, TypeVar

import msgspec

from kutip.model import content_id
from kutip.store.contract import Stats, Tally

S = TypeVar("S", bound=msgspec.Struct)
CHANGED = 20  # articles with a later version that are listed
REASONS = 200  # rejections that are listed
RUNS = 20
_COUNTED = """FROM attributions a JOIN articles ON articles.key = a.article
    WHERE articles.superseded_by IS NULL AND a.repeat_of IS NULL"""


class Speaker(msgspec.Struct, frozen=True):
    """A speaker by name. statements: repeats not counted."""

    id: str
    name: str
    statements: int
    articles: int


class Outlet(msgspec.Struct, frozen=True):
    """An outlet. name: None for articles whose outlet is not known; first, last: days of publication."""

    name: str | None
    articles: int
    undated: int
    statements: int
    first: str | None
    last: str | None


class Day(msgspec.Struct, frozen=True):
    """Articles that were published on a day, and what is said in them."""

    day: str
    articles: int
    statements: int


class Changed(msgspec.Struct, frozen=True):
    """An article whose text changed under its URL: the earlier one and the one that followed."""

    before: str
    after: str
    headline: str | None
    outlet: str | None
    url: str | None


class Refused(msgspec.Struct, frozen=True):
    """Something that was not used, and why."""

    place: str
    reason: str
    detail: str


class RunNote(msgspec.Struct, frozen=True):
    """A run and what it met; the names are those of the table."""

    started: str
    finished: str | None
    version: str
    pages: int
    new_pages: int
    articles: int
    attributions: int
    rejections: int


class Summary(msgspec.Struct, frozen=True):
    """What a record holds. speakers: by id, those with most statements first."""

    stats: Stats
    speakers: dict[str, Speaker]
    outlets: tuple[Outlet, ...]
    forces: tuple[Tally, ...]
    channels: tuple[Tally, ...]
    days: tuple[Day, ...]
    undated: int
    changed: tuple[Changed, ...]
    refused: tuple[Refused, ...]
    runs: tuple[RunNote, ...]


def speaker_id(name: str) -> str:
    """The id of the page of a speaker: of a name as it is written."""
    return content_id("speaker", name)


def summary(db: sqlite3.Connection, stats: Stats) -> Summary:
    """What the record holds now. stats: of the same record."""
    return Summary(
        stats=stats,
        speakers=_speakers(db),
        outlets=_outlets(db),
        forces=_tally(db, f"SELECT a.force AS name, count(*) AS count {_COUNTED} GROUP BY 1"),
        channels=_tally(db, "SELECT name, count(*) AS count FROM channels GROUP BY 1", 20),
        days=_days(db),
        undated=_number(
            db, "SELECT count(*) FROM articles WHERE superseded_by IS NULL AND published IS NULL"
        ),
        changed=tuple(_structs(db, Changed, _CHANGED_SQL, [CHANGED])),
        refused=tuple(_structs(db, Refused, _REFUSED_SQL, [REASONS])),
        runs=tuple(_structs(db, RunNote, _RUNS_SQL, [RUNS])),
    )


_CHANGED_SQL = """
    SELECT earlier.id AS before, later.id AS after, later.headline, later.outlet, later.url
    FROM articles earlier JOIN articles later ON later.key = earlier.superseded_by
    WHERE earlier.superseded_by IS NOT NULL ORDER BY later.key DESC LIMIT ?
"""
_REFUSED_SQL = "SELECT place, reason, detail FROM rejections ORDER BY key DESC LIMIT ?"
_RUNS_SQL = """
    SELECT started, finished, version, pages, new_pages, articles, attributions, rejections FROM runs
    ORDER BY key DESC LIMIT ?
"""


def _speakers(db: sqlite3.Connection) -> dict[str, Speaker]:
    sql = f"""SELECT a.speaker, count(*), count(DISTINCT a.article) {_COUNTED} AND a.speaker IS NOT NULL
        GROUP BY a.speaker ORDER BY 2 DESC, 1"""
    found = (Speaker(speaker_id(name), name, count, articles) for name, count, articles in db.execute(sql))
    return {speaker.id: speaker for speaker in found}


def _outlets(db: sqlite3.Connection) -> tuple[Outlet, ...]:
    sql = """
        SELECT outlet AS name, count(*) AS articles, sum(published IS NULL) AS undated,
            sum((SELECT count(*) FROM attributions
                WHERE attributions.article = articles.key AND attributions.repeat_of IS NULL)) AS statements,
            min(substr(published, 1, 10)) AS first, max(substr(published, 1, 10)) AS last
        FROM articles WHERE superseded_by IS NULL GROUP BY outlet ORDER BY articles DESC, outlet
    """
    return tuple(_structs(db, Outlet, sql, []))


def _days(db: sqlite3.Connection) -> tuple[Day, ...]:
    """Days that have articles, the first one first. A month or a year, where no more is known, too."""
    sql = """
        SELECT substr(published, 1, 10) AS day, count(*) AS articles,
            sum((SELECT count(*) FROM attributions
                WHERE attributions.article = articles.key AND attributions.repeat_of IS NULL)) AS statements
        FROM articles WHERE superseded_by IS NULL AND published IS NOT NULL GROUP BY 1 ORDER BY 1
    """
    return tuple(_structs(db, Day, sql, []))


def _tally(db: sqlite3.Connection, sql: str, limit: int = -1) -> tuple[Tally, ...]:
    return tuple(_structs(db, Tally, f"{sql} ORDER BY 2 DESC, 1 LIMIT ?", [limit]))


def _number(db: sqlite3.Connection, sql: str) -> int:
    return int(db.execute(sql).fetchone()[0])


def _structs(db: sqlite3.Connection, kind: type[S], sql: str, values: list[Any]) -> list[S]:
    return [kind(**dict(row)) for row in db.execute(sql, values)]
