"""What a whole record holds: costly to find on a large record, and made once for each state of it."""

import sqlite3
from collections import Counter
from collections.abc import Iterable
from typing import Any, TypeVar

import msgspec

from kutip.store.contract import Tally
from kutip.store.readers import read_by
from kutip.store.speakers import Speakers, speakers
from kutip.text.fold import fold, spelling

S = TypeVar("S", bound=msgspec.Struct)
CHANGED = 20  # articles with a later version that are listed
REASONS = 200  # rejections that are listed
RUNS = 20
CHANNELS = 20  # outlets and agencies that others name as their source


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
    """What a record holds. Statements: of current articles, repeats not counted, unless they are ``repeats``.

    superseded: earlier texts of articles. older: articles that an older version or language pack has read. anew:
    stories, statements and actors are being made anew, so that some are still those of before. hours: those of the last
    week (UTC, "2025-02-25T10") in which articles that tell the time were published.
    """

    pages: int
    articles: int
    superseded: int
    statements: int
    repeats: int
    first_day: str | None
    last_day: str | None
    speakers: Speakers
    outlets: tuple[Outlet, ...]
    languages: tuple[Tally, ...]
    kinds: tuple[Tally, ...]
    forces: tuple[Tally, ...]
    channels: tuple[Tally, ...]
    days: tuple[Day, ...]
    hours: tuple[str, ...]
    undated: int
    stories: int
    changed: tuple[Changed, ...]
    reasons: tuple[Tally, ...]
    refused: tuple[Refused, ...]
    runs: tuple[RunNote, ...]
    older: int
    anew: bool


def summary(db: sqlite3.Connection) -> Summary:
    """What the record holds now. Each large table is read once."""
    articles = _articles(db)
    statements = list(db.execute(_STATEMENTS_SQL))
    counted = [row for row in statements if not row["again"]]
    days = [(row["first"], row["last"]) for row in counted if row["first"]]
    return Summary(
        pages=_number(db, "SELECT count(*) FROM pages"),
        articles=sum(row["articles"] for row in articles),
        superseded=_number(db, "SELECT count(*) FROM articles WHERE superseded_by IS NOT NULL"),
        statements=sum(row["count"] for row in counted),
        repeats=sum(row["count"] for row in statements) - sum(row["count"] for row in counted),
        first_day=min((first for first, _ in days), default=None),
        last_day=max((last for _, last in days), default=None),
        speakers=speakers(db),
        outlets=_outlets(articles),
        languages=_added((row["lang"], row["articles"]) for row in articles),
        kinds=_added((row["kind"], row["count"]) for row in counted),
        forces=_added((row["force"], row["count"]) for row in counted),
        channels=_added(db.execute("SELECT name, count(*) FROM channels GROUP BY name"))[:CHANNELS],
        days=_days(articles),
        hours=tuple(hour for (hour,) in db.execute(_HOURS_SQL) if hour),
        undated=sum(row["articles"] for row in articles if row["day"] is None),
        stories=_number(db, "SELECT count(*) FROM stories"),
        changed=tuple(_structs(db, Changed, _CHANGED_SQL, [CHANGED])),
        reasons=_added(db.execute("SELECT reason, count(*) FROM rejections GROUP BY reason")),
        refused=tuple(_structs(db, Refused, _REFUSED_SQL, [REASONS])),
        runs=tuple(_structs(db, RunNote, _RUNS_SQL, [RUNS])),
        older=sum(one.articles for one in read_by(db) if one.older),
        anew=bool(_number(db, "SELECT count(*) FROM remaking")),
    )


_CURRENT = "article NOT IN (SELECT key FROM articles WHERE superseded_by IS NOT NULL)"
_STATEMENTS_SQL = f"""
    SELECT kind, force, repeat_of IS NOT NULL AS again, count(*) AS count, min(day) AS first, max(day) AS last
    FROM attributions WHERE {_CURRENT} GROUP BY 1, 2, 3
"""
_ARTICLES_SQL = """
    SELECT outlet, substr(published, 1, 10) AS day, lang, count(*) AS articles,
        sum((SELECT count(*) FROM attributions
            WHERE attributions.article = articles.key AND repeat_of IS NULL)) AS statements
    FROM articles WHERE superseded_by IS NULL GROUP BY 1, 2, 3
"""
_HOURS_SQL = """
    SELECT DISTINCT strftime('%Y-%m-%dT%H', published) FROM articles
    WHERE superseded_by IS NULL AND published_precision = 'minute'
        AND published >= (SELECT date(substr(max(published), 1, 10), '-6 days') FROM articles) ORDER BY 1
"""
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


def _articles(db: sqlite3.Connection) -> list[sqlite3.Row]:
    """Counts of articles and statements by outlet, day and language."""
    return list(db.execute(_ARTICLES_SQL))


def _outlets(rows: list[sqlite3.Row]) -> tuple[Outlet, ...]:
    """Outlets, those with most articles first; spellings that differ in case and accents alone are one."""
    spellings: dict[str | None, Counter[str | None]] = {}
    groups: dict[str | None, list[sqlite3.Row]] = {}
    for row in rows:
        key = row["outlet"] and fold(row["outlet"])
        groups.setdefault(key, []).append(row)
        spellings.setdefault(key, Counter())[row["outlet"]] += row["articles"]
    names = {
        key: min(found, key=lambda name: spelling(name, found[name])) for key, found in spellings.items()
    }
    found = [_outlet(names[key], group) for key, group in groups.items()]
    return tuple(sorted(found, key=lambda outlet: (-outlet.articles, outlet.name or "")))


def _outlet(name: str | None, rows: list[sqlite3.Row]) -> Outlet:
    days = [row["day"] for row in rows if row["day"] is not None]
    return Outlet(
        name=name,
        articles=sum(row["articles"] for row in rows),
        undated=sum(row["articles"] for row in rows if row["day"] is None),
        statements=sum(row["statements"] for row in rows),
        first=min(days, default=None),
        last=max(days, default=None),
    )


def _days(rows: list[sqlite3.Row]) -> tuple[Day, ...]:
    """Days that have articles, the first one first. A month or a year, where no more is known, too."""
    counts: dict[str, list[int]] = {}
    for row in rows:
        if row["day"] is not None:
            count = counts.setdefault(row["day"], [0, 0])
            count[0] += row["articles"]
            count[1] += row["statements"]
    return tuple(Day(day, *counts[day]) for day in sorted(counts))


def _added(pairs: Iterable[Any]) -> tuple[Tally, ...]:
    """Counts added up by their names, the largest first."""
    counts: Counter[str | None] = Counter()
    for name, count in pairs:
        counts[name] += count
    order = sorted(counts.items(), key=lambda item: (-item[1], item[0] or ""))
    return tuple(Tally(name, count) for name, count in order)


def _number(db: sqlite3.Connection, sql: str) -> int:
    return int(db.execute(sql).fetchone()[0])


def _structs(db: sqlite3.Connection, kind: type[S], sql: str, values: list[Any]) -> list[S]:
    return [kind(**dict(row)) for row in db.execute(sql, values)]
