"""Statements for pages: the latest first, a page at a time, with counts, at a cost that has a bound.

A filter that few statements pass (``Asked.few``) gives candidates, all of which are looked at: counts are
exact. Otherwise statements are walked through from the latest on, until the page is full, WALK have been
passed or READ have been looked at; counts then are of those that were found on the way, and say so.
"""

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

import msgspec

from kutip.model import Span
from kutip.store import said
from kutip.store.asked import CHUNK, Asked, Brief, Wanted, place
from kutip.store.contract import Said, Tally
from kutip.store.errors import NotFound
from kutip.store.match import Finder
from kutip.store.sql import as_json
from kutip.text.fold import fold, spelling

SORTED = 10_000  # candidates whose words are to be read and that are put in order; others are met on the way
WALK = 40_000  # statements that are passed in search of one page
READ = 2_500  # of these that are looked at
STROLL = 1_000  # statements that are passed, even when the page is full, so that there is more to count
FACETS = ("kind", "force")
TOP = 12  # values of a facet
LISTED = f""", a.key, articles.lang, {said.ACTOR} AS actor,
    (SELECT started FROM runs WHERE key = articles.run) AS added"""


class Listed(Said, frozen=True):
    """A statement of a page. actor: id of its speaker. added: ISO time.

    found: where in its content the words are that were asked for.
    """

    key: int
    lang: str | None
    actor: str | None
    added: str
    found: tuple[Span, ...] = ()


class Quoted(msgspec.Struct, frozen=True):
    """A speaker of some statements. name: the one that most of them have; actor: id, None for a name of nobody."""

    actor: str | None
    name: str
    count: int


class Found(msgspec.Struct, frozen=True):
    """A page of statements.

    called: names that hold the words that were asked for by ``by``. after: cursor of the next page, "" on the
    last. total: of all that answer, None where they were too many to be counted. sample: how many facets and
    briefs are of; the latest ones. walked_to: day at which the walk was broken off, "" where it was not; the
    next page goes on from there.
    """

    called: tuple[str, ...]
    rows: tuple[Listed, ...]
    after: str
    total: int | None
    sample: int
    facets: dict[str, tuple[Tally, ...]]
    speakers: tuple[Quoted, ...]
    briefs: tuple[Brief, ...]
    walked_to: str = ""


def statements(db: sqlite3.Connection, wanted: Wanted) -> Found:
    """The page of statements that is wanted. Raises NotFound for a cursor that is none."""
    asked = Asked(db, wanted)
    after = _cursor(wanted.after)
    few = asked.few
    if few is None:
        return _walked(asked, wanted, after)
    briefs = asked.passing(list(few))
    rest = [b for b in briefs if after is None or place(b) < after]
    following = _written(place(rest[wanted.size - 1])) if len(rest) > wanted.size else ""
    return _found(asked, rest[: wanted.size], briefs, following, len(briefs))


def _walked(asked: Asked, wanted: Wanted, after: tuple[str, int] | None) -> Found:
    sort = asked.reads and not asked.by_names and asked.pool is not None and len(asked.pool) <= SORTED
    steps = asked.in_order(after) if sort else asked.walk(after)
    briefs: list[Brief] = []
    last: tuple[str | None, int] | None = None
    passed = read = 0
    while len(briefs) <= wanted.size or (passed < STROLL and len(briefs) < wanted.sample):
        chunk = list(islice(steps, CHUNK)) if passed < WALK and read < READ else []
        if not chunk:
            break
        keys = [key for _, key in chunk if asked.pool is None or key in asked.pool]
        last, passed, read = chunk[-1], passed + len(chunk), read + len(keys)
        briefs += asked.passing(keys)
    left = next(steps, None) is not None
    if len(briefs) > wanted.size:
        return _found(asked, briefs[: wanted.size], briefs, _written(place(briefs[wanted.size - 1])), None)
    if last is None or not left:
        return _found(asked, briefs, briefs, "", len(briefs) if after is None else None)
    found = _found(asked, briefs, briefs, _written((last[0] or "", last[1])), None)
    return msgspec.structs.replace(found, walked_to=last[0] or "")


def _found(
    asked: Asked, page: Sequence[Brief], briefs: Sequence[Brief], after: str, total: int | None
) -> Found:
    return Found(
        called=tuple(asked.names.get("by", ())),
        rows=_full(asked.db, page, asked.finder),
        after=after,
        total=total,
        sample=len(briefs),
        facets=_facets(asked.db, briefs),
        speakers=_speakers(briefs),
        briefs=tuple(briefs),
    )


def _written(at: tuple[str, int]) -> str:
    return f"{at[0]}~{at[1]}"


def _cursor(written: str) -> tuple[str, int] | None:
    day, tilde, key = written.partition("~")
    if not written:
        return None
    if not (tilde and key.isascii() and key.isdigit() and len(key) < 19 and len(day) <= 10):
        raise NotFound(f"{written!r} is no cursor; take it from the page before, as it is")
    return day, int(key)


def _full(db: sqlite3.Connection, briefs: Sequence[Brief], finder: Finder) -> tuple[Listed, ...]:
    """The statements of a page, in its order."""
    sql = f"""SELECT {said.COLUMNS} {LISTED}
        FROM json_each(?) wanted CROSS JOIN attributions a ON a.key = wanted.value
        CROSS JOIN articles ON articles.key = a.article"""
    rows = {row["key"]: row for row in db.execute(sql, [as_json(b.key for b in briefs)])}
    found = (said.to_row(rows[brief.key], Listed) for brief in briefs)
    return tuple(msgspec.structs.replace(row, found=finder.places(row.content)) for row in found)


def _facets(db: sqlite3.Connection, briefs: Sequence[Brief]) -> dict[str, tuple[Tally, ...]]:
    facets = {f: tally(getattr(b, f) for b in briefs) for f in FACETS}
    facets["outlet"] = tally(as_written(b.outlet for b in briefs))
    sql = "SELECT name FROM channels WHERE attribution IN (SELECT value FROM json_each(?))"
    facets["via"] = tally(name for (name,) in db.execute(sql, [as_json(b.key for b in briefs)]))
    return facets


def _speakers(briefs: Sequence[Brief]) -> tuple[Quoted, ...]:
    found: dict[tuple[str | None, str], Quoted] = {}
    # By the most frequent name of each, which therefore comes first.
    for (actor, name), count in Counter((b.actor, b.speaker) for b in briefs).most_common():
        if name is not None:
            key = (actor, "") if actor else (None, name)
            known = found.get(key)
            found[key] = Quoted(actor, known.name if known else name, count + (known.count if known else 0))
    return tuple(sorted(found.values(), key=lambda one: (-one.count, one.name, one.actor or "")))[:TOP]


def as_written(names: Iterable[str | None]) -> Iterator[str | None]:
    """Names, each in the most frequent of the spellings that differ in case and accents alone."""
    given = list(names)
    known: dict[str, str] = {}
    frequent = sorted(Counter(filter(None, given)).items(), key=lambda item: spelling(*item))
    spelt = {name: known.setdefault(fold(name), name) for name, _ in frequent}
    return (name and spelt[name] for name in given)


def tally(values: Any, top: int = TOP) -> tuple[Tally, ...]:
    """The most frequent of ``values``, None left out, each with how often it occurs."""
    counts = Counter(value for value in values if value)
    order = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return tuple(Tally(name, count) for name, count in order[:top])
