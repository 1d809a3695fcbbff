"""Statements for pages: the latest first, a page at a time, with counts, at a cost that has a bound.

A filter that few statements pass (at most FEW) gives candidates, all of which are looked at: counts are
exact. Where every filter lets many pass, statements are walked through from the latest on, until the page is
full or WALK have been passed; counts then are of the latest that were found on the way, and say so.
"""

import sqlite3
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

import msgspec

from kutip.model import Span
from kutip.store import said
from kutip.store.contract import Hit, Said, SaidQuery, Tally
from kutip.store.errors import NotFound
from kutip.store.match import Finder, match_expression

FEW = 2_000  # candidates that are looked at one by one
MANY = 20_000  # statements that pass one filter and are held in memory, by their row numbers
WALK = 60_000  # statements that are passed in search of one page
STROLL = 3_000  # statements that are passed, even when the page is full, so that there is more to count
SAMPLE = 300  # statements that are enough to count
FACETS = ("speaker", "outlet", "kind", "force", "via")
TOP = 12  # values of a facet
LISTED = """, a.key, articles.lang,
    (SELECT started FROM runs WHERE key = articles.run) AS added"""
_CHUNK = 500


class Wanted(msgspec.Struct, frozen=True):
    """A page of statements. speaker: the exact name. after: the cursor of the page before, or "".

    sample: of how many statements counts are made where all are too many.
    """

    query: SaidQuery = SaidQuery()
    speaker: str = ""
    after: str = ""
    size: int = 50
    sample: int = SAMPLE


class Brief(msgspec.Struct, frozen=True):
    """Of a statement what is counted."""

    key: int
    day: str | None
    speaker: str | None
    speaker_role: str
    kind: str
    force: str
    outlet: str | None


class Listed(Said, frozen=True):
    """A statement of a page. added: ISO time. found: where in its content the words are that were asked for."""

    key: int
    lang: str | None
    added: str
    found: tuple[Span, ...] = ()


class Found(msgspec.Struct, frozen=True):
    """A page of statements.

    after: cursor of the next page, "" on the last. total: of all that answer, None where they were too many
    to be counted. sample: how many facets and briefs are of; the latest ones. walked_to: day at which the
    walk was broken off, "" where it was not; the next page goes on from there.
    """

    rows: tuple[Listed, ...]
    after: str
    total: int | None
    sample: int
    facets: dict[str, tuple[Tally, ...]]
    briefs: tuple[Brief, ...]
    walked_to: str = ""


class _Asked:
    """A query in the forms that the steps below need."""

    def __init__(self, db: sqlite3.Connection, wanted: Wanted) -> None:
        query = wanted.query
        self.db = db
        self.speaker = wanted.speaker
        self.force = query.force
        self.since, self.until = query.since, query.until and query.until + "~"  # "~" sorts after "-"
        self.names = {
            field: _json(name for (name,) in db.execute(*said.names_like(part)))
            for field in ("by", "to", "via", "outlet")
            if (part := getattr(query, field))
        }
        self.words = match_expression(query.about) if query.about else None
        if self.words:
            self.words = f"content : ({self.words})"
        self.finder = Finder(query.about)
        self.tests = self._tests(query)
        # Words are looked for in each statement where no list has them: FTS5 is as slow for one row as for all.
        self.reads = bool(self.words)
        self.pool = set() if self.words == "" else self._pool()

    def candidates(self) -> list[int] | None:
        """Row numbers of all statements that may pass, if there are at most FEW; else None."""
        return None if self.pool is None or len(self.pool) > FEW else list(self.pool)

    def _pool(self) -> set[int] | None:
        """Row numbers of statements that pass every filter that at most MANY pass; None where there is none."""
        pool: set[int] | None = None
        for sql, values in self._lists():
            keys = {key for (key,) in self.db.execute(f"{sql} LIMIT {MANY + 1}", values)}
            if len(keys) > MANY:
                continue
            self.reads &= values != [self.words]
            pool = keys if pool is None else pool & keys
            if len(pool) <= FEW:
                break
        return pool

    def passing(self, keys: Sequence[int]) -> list[Brief]:
        """Those of ``keys`` that pass all filters."""
        if self.pool is not None:
            keys = [key for key in keys if key in self.pool]
        sql = f"""
            SELECT a.key, a.day, a.speaker, a.speaker_role, a.kind, a.force, articles.outlet
            {", a.content" if self.reads else ""}
            FROM json_each(?) wanted CROSS JOIN attributions a ON a.key = wanted.value
            CROSS JOIN articles ON articles.key = a.article
            WHERE articles.superseded_by IS NULL AND a.repeat_of IS NULL {self.tests[0]}
        """
        rows = self.db.execute(sql, [_json(keys), *self.tests[1]])
        if self.reads:
            return [Brief(*row[:-1]) for row in rows if self.finder.all_in(row[-1])]
        return [Brief(*row) for row in rows]

    def walk(self, after: tuple[str, int] | None) -> Iterator[tuple[str | None, int]]:
        """(day, row number) of statements from the latest on, the undated at the end."""
        column, value = ("speaker", self.speaker) if self.speaker else ("force", self.force)
        driver, values = (f"{column} = ? AND ", [value]) if value else ("", [])
        start = f"SELECT day, key FROM attributions WHERE {driver}"
        if after is None or after[0]:
            day, key = after or ("~", 0)
            bounds = "day >= ? AND day <= ? AND (day, key) < (?, ?) ORDER BY day DESC, key DESC"
            yield from self.db.execute(start + bounds, [*values, self.since, self.until or "~", day, key])
        if not (self.since or self.until):
            below = after[1] if after and not after[0] else 2**62
            undated = "day IS NULL AND key < ? ORDER BY key DESC"
            yield from self.db.execute(start + undated, [*values, below])

    def _lists(self) -> Iterator[tuple[str, list[Any]]]:
        """Queries for the row numbers that pass one filter, for each filter that an index answers."""
        start = "SELECT key FROM attributions WHERE "
        if self.speaker:
            yield f"{start} speaker = ?", [self.speaker]
        for field, names in self.names.items():
            yield _LISTS[field], [names]
        if self.since or self.until:
            yield f"{start} day >= ? AND day <= ?", [self.since, self.until or "~"]
        if self.force:
            yield f"{start} force = ?", [self.force]
        if self.words:  # last: the words of a few statements are read sooner than a long list is made
            yield "SELECT rowid FROM attributions_text WHERE attributions_text MATCH ?", [self.words]

    def _tests(self, query: SaidQuery) -> tuple[str, list[Any]]:
        """Conditions on one statement, and their values."""
        found: list[tuple[str, list[Any]]] = [(_TESTS[f], [names]) for f, names in self.names.items()]
        if self.speaker:
            found.append(("a.speaker = ?", [self.speaker]))
        if self.since or self.until:
            found.append(("a.day >= ? AND a.day <= ?", [self.since, self.until or "~"]))
        found += [(f"a.{f} = ?", [v]) for f in ("kind", "force") if (v := getattr(query, f))]
        return "".join(f" AND {sql}" for sql, _ in found), [value for _, values in found for value in values]


_NAMES = "(SELECT value FROM json_each(?))"
_LISTS = {
    "by": f"SELECT key FROM attributions WHERE speaker IN {_NAMES}",
    "to": f"SELECT key FROM attributions WHERE said_to <> '' AND said_to IN {_NAMES}",
    "via": f"SELECT attribution FROM channels WHERE name IN {_NAMES}",
    "outlet": f"""SELECT a.key FROM articles CROSS JOIN attributions a ON a.article = articles.key
        WHERE articles.outlet IN {_NAMES}""",
}
_TESTS = {
    "by": f"a.speaker IN {_NAMES}",
    "to": f"a.said_to IN {_NAMES}",
    "via": f"a.key IN (SELECT attribution FROM channels WHERE attribution = a.key AND name IN {_NAMES})",
    "outlet": f"articles.outlet IN {_NAMES}",
}


def statements(db: sqlite3.Connection, wanted: Wanted) -> Found:
    """The page of statements that is wanted. Raises NotFound for a cursor that is none."""
    asked = _Asked(db, wanted)
    after = _cursor(wanted.after)
    keys = asked.candidates()
    if keys is None:
        return _walked(asked, wanted, after)
    briefs = asked.passing(keys)
    briefs.sort(key=_place, reverse=True)
    rest = [b for b in briefs if after is None or _place(b) < after]
    page = rest[: wanted.size]
    return Found(
        rows=_full(db, page, asked.finder),
        after=_written(page[-1]) if len(rest) > wanted.size else "",
        total=len(briefs),
        sample=len(briefs),
        facets=_facets(db, briefs),
        briefs=tuple(briefs),
    )


def article_hits(db: sqlite3.Connection, words: str, limit: int) -> tuple[Hit, ...]:
    """Articles with all of ``words``, the best first. Costs as much as the words are frequent."""
    expression = match_expression(words)
    if not expression:
        return ()
    sql = """
        SELECT 'article' AS what, articles.id, outlet, substr(published, 1, 10) AS day, articles.headline AS title,
            snippet(articles_text, -1, char(2), char(3), '…', 24) AS snippet
        FROM articles_text CROSS JOIN articles ON articles.key = articles_text.rowid
        WHERE articles_text MATCH ? AND articles.superseded_by IS NULL ORDER BY rank, articles.id LIMIT ?
    """
    return tuple(Hit(**dict(row)) for row in db.execute(sql, [expression, limit]))


def _walked(asked: _Asked, wanted: Wanted, after: tuple[str, int] | None) -> Found:
    steps = islice(asked.walk(after), WALK)
    briefs: list[Brief] = []
    last: tuple[str | None, int] | None = None
    passed = 0
    while (len(briefs) <= wanted.size or (passed < STROLL and len(briefs) < wanted.sample)) and (
        chunk := list(islice(steps, _CHUNK))
    ):
        last, passed = chunk[-1], passed + len(chunk)
        briefs += sorted(asked.passing([key for _, key in chunk]), key=_place, reverse=True)
    page = briefs[: wanted.size]
    broken_off = len(briefs) <= wanted.size and last is not None and next(asked.walk(_bare(last)), None)
    if len(briefs) > wanted.size:
        following = _written(page[-1])
    else:
        following = f"{last[0] or ''}~{last[1]}" if last and broken_off else ""
    return Found(
        rows=_full(asked.db, page, asked.finder),
        after=following,
        total=None,
        sample=len(briefs),
        facets=_facets(asked.db, briefs),
        briefs=tuple(briefs),
        walked_to=(last[0] or "") if last and broken_off else "",
    )


def _place(brief: Brief) -> tuple[str, int]:
    return brief.day or "", brief.key


def _bare(place: tuple[str | None, int]) -> tuple[str, int]:
    return place[0] or "", place[1]


def _written(brief: Brief) -> str:
    return f"{brief.day or ''}~{brief.key}"


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
    rows = {row["key"]: row for row in db.execute(sql, [_json(b.key for b in briefs)])}
    found = (said.to_row(rows[brief.key], Listed) for brief in briefs)
    return tuple(msgspec.structs.replace(row, found=finder.places(row.content)) for row in found)


def _facets(db: sqlite3.Connection, briefs: Sequence[Brief]) -> dict[str, tuple[Tally, ...]]:
    facets = {f: tally(getattr(b, f) for b in briefs) for f in FACETS if f != "via"}
    sql = "SELECT name FROM channels WHERE attribution IN (SELECT value FROM json_each(?))"
    facets["via"] = tally(name for (name,) in db.execute(sql, [_json(b.key for b in briefs)]))
    return facets


def tally(values: Any, top: int = TOP) -> tuple[Tally, ...]:
    """The most frequent of ``values``, None left out, each with how often it occurs."""
    counts = Counter(value for value in values if value)
    order = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return tuple(Tally(name, count) for name, count in order[:top])


def _json(values: Any) -> str:
    return msgspec.json.encode(list(values)).decode()
