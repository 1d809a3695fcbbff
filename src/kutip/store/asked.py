"""A question to the record in the forms that finding a page of statements needs: lists, walks, tests."""

import sqlite3
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

import msgspec

from kutip.store import said
from kutip.store.contract import SaidQuery
from kutip.store.match import Finder, match_expression
from kutip.store.sql import as_json, plain

MANY = (
    40_000  # statements that pass one filter and are held in memory, by their row numbers: reading costs more
)
FEW = 2_000  # statements that are all looked at, so that no shorter list is sought
CHUNK = 250  # statements that are looked at together
MERGED = 20  # names whose statements are walked through side by side


class Wanted(msgspec.Struct, frozen=True):
    """A page of statements. after: the cursor of the page before, or "".

    looked_up: those of the words of the query that an index is asked for, None for all; where an index would give
    more than MANY statements, it is faster to read. sample: of how many counts are made where all are too many.
    """

    query: SaidQuery = SaidQuery()
    after: str = ""
    size: int = 50
    looked_up: str | None = None
    sample: int = 200


class Brief(msgspec.Struct, frozen=True):
    """Of a statement what is counted. actor: id of the speaker, None where it is of none."""

    key: int
    article: int
    day: str | None
    speaker: str | None
    actor: str | None
    speaker_role: str
    kind: str
    force: str
    outlet: str | None


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
_LAST = "ORDER BY 1 DESC, 2 DESC"


class Asked:
    """The question."""

    def __init__(self, db: sqlite3.Connection, wanted: Wanted) -> None:
        query = wanted.query
        self.db = db
        self.since, self.until = query.since, query.until and query.until + "~"  # "~" sorts after "-"
        self.names = {
            field: [name for (name,) in db.execute(*said.names_like(part))]
            for field in ("by", "to", "via", "outlet")
            if (part := getattr(query, field))
        }
        looked_up = query.about if wanted.looked_up is None else wanted.looked_up
        self.words = match_expression(looked_up)
        self.finder = Finder(query.about)
        self.tests = self._tests(query)
        # Words are looked for in each statement where no list has them: FTS5 is as slow for one row as for all.
        self.reads = bool(query.about)
        self.pool = self._pool(query)
        self._sources = self._walks(query)

    def _pool(self, query: SaidQuery) -> set[int] | None:
        """Row numbers of statements that pass every filter that at most MANY pass; None where there is none."""
        if query.about and not match_expression(query.about):
            return set()
        pool: set[int] | None = None
        lists = list(self._lists(query))
        for sql, values, is_walked in lists:
            limit = FEW if is_walked and len(lists) == 1 else MANY
            keys = {key for (key,) in plain(self.db, f"{sql} LIMIT {limit + 1}", values)}
            if len(keys) > limit:
                continue
            if values == [_content(self.words)] and self.words == match_expression(query.about):
                self.reads = False
            pool = keys if pool is None else pool & keys
            if len(pool) <= FEW:
                break
        return pool

    @property
    def few(self) -> set[int] | None:
        """The pool, where all of it can be looked at."""
        return self.pool if self.pool is not None and len(self.pool) <= FEW else None

    def passing(self, keys: Sequence[int]) -> list[Brief]:
        """Those of ``keys`` that pass all filters, the latest first."""
        columns = f"""a.key, a.article, a.day, a.speaker, {said.ACTOR}, a.speaker_role, a.kind, a.force,
            articles.outlet"""
        found = [Brief(*row) for row in self._passing(keys, columns)]
        found.sort(key=place, reverse=True)
        return found

    def found(self) -> Iterator[tuple[str | None, int]]:
        """(day, row number) of all that pass, the latest day first, the undated at the end."""
        steps = self.walk(None) if self.pool is None else self.in_order(None)
        while chunk := list(islice(steps, CHUNK)):
            passing = {key for (key,) in self._passing([key for _, key in chunk], "a.key")}
            yield from (one for one in chunk if one[1] in passing)

    def whole_days(self, limit: int, counted: int = 0) -> tuple[list[int], int]:
        """Row numbers of the latest that pass, ``limit`` or more: of each day all; and how many pass.

        counted: up to how many are counted, where they are more than were needed.
        """
        keys: list[int] = []
        last: str | None = None
        count = 0
        for count, (day, key) in enumerate(self.found(), 1):
            if count == len(keys) + 1 and (len(keys) < limit or day == last):
                keys.append(key)
                last = day
            elif count > counted:
                break
        return keys, count

    def _passing(self, keys: Sequence[int], columns: str) -> Iterator[Any]:
        """``columns`` of those of ``keys`` that pass all filters."""
        sql = f"""
            SELECT {columns} {", a.content" if self.reads else ""}
            FROM json_each(?) wanted CROSS JOIN attributions a ON a.key = wanted.value
            CROSS JOIN articles ON articles.key = a.article
            WHERE articles.superseded_by IS NULL AND a.repeat_of IS NULL {self.tests[0]}
        """
        rows = plain(self.db, sql, [as_json(keys), *self.tests[1]])
        return (row[:-1] for row in rows if self.finder.all_in(row[-1])) if self.reads else rows

    @property
    def by_names(self) -> bool:
        """Whether the walk goes along names, and so meets few others."""
        return self._sources[0][0].startswith("speaker")

    def in_order(self, after: tuple[str, int] | None) -> Iterator[tuple[str | None, int]]:
        """(day, row number) of the statements of the pool, the latest first."""
        sql = f"""SELECT a.day, a.key FROM json_each(?) wanted CROSS JOIN attributions a ON a.key = wanted.value
            {_LAST}"""
        for day, key in self.db.execute(sql, [as_json(self.pool or ())]):
            if after is None or (day or "", key) < after:
                yield day, key

    def walk(self, after: tuple[str, int] | None) -> Iterator[tuple[str | None, int]]:
        """(day, row number) of statements from the latest on, the undated at the end."""
        if after is None or after[0]:
            day, key = after or ("~", 0)
            bounds = "day >= ? AND day <= ? AND (day, key) < (?, ?)"
            yield from self._walk(bounds, [self.since, self.until or "~", day, key])
        if not (self.since or self.until):
            below = after[1] if after and not after[0] else 2**62
            yield from self._walk("day IS NULL AND key < ?", [below])

    def _walk(self, bounds: str, values: list[Any]) -> Iterator[tuple[str | None, int]]:
        parts = [
            f"SELECT day, key FROM attributions WHERE {source} AND {bounds}" for source, _ in self._sources
        ]
        given = [value for _, own in self._sources for value in (*own, *values)]
        # One part is read along its index, several are merged as they come.
        yield from plain(self.db, f"{' UNION ALL '.join(parts)} {_LAST}", given)

    def _walks(self, query: SaidQuery) -> list[tuple[str, list[Any]]]:
        """Conditions, each of which an index answers in the order of days; together all that can pass."""
        names = list(query.whose.names) if query.whose else self.names.get("by", [])
        if 0 < len(names) <= MERGED:
            return [("speaker = ?", [name]) for name in names]
        if names:
            return [(f"speaker IN {_NAMES}", [as_json(names)])]
        return [("force = ?", [query.force])] if query.force else [("1", [])]

    def _lists(self, query: SaidQuery) -> Iterator[tuple[str, list[Any], bool]]:
        """Queries for the row numbers that pass one filter, for each filter that an index answers.

        The last part: whether the walk goes along the same index, so that it alone needs no long list.
        """
        start = "SELECT key FROM attributions WHERE "
        if query.whose:
            names, values = said.one_of(query.whose.names)
            yield f"{start} speaker {names}", values, True
        for field, found in self.names.items():
            yield _LISTS[field], [as_json(found)], field == "by"
        if self.since or self.until:
            yield f"{start} day >= ? AND day <= ?", [self.since, self.until or "~"], True
        if query.force:
            yield f"{start} force = ?", [query.force], True
        if self.words:  # last: the words of a few statements are read sooner than a long list is made
            words = [_content(self.words)]
            yield "SELECT rowid FROM attributions_text WHERE attributions_text MATCH ?", words, False

    def _tests(self, query: SaidQuery) -> tuple[str, list[Any]]:
        """Conditions on one statement, and their values."""
        found: list[tuple[str, list[Any]]] = [
            (_TESTS[f], [as_json(names)]) for f, names in self.names.items()
        ]
        if self.since or self.until:
            found.append(("a.day >= ? AND a.day <= ?", [self.since, self.until or "~"]))
        found += [(f"a.{f} = ?", [v]) for f in ("kind", "force") if (v := getattr(query, f))]
        if query.whose:  # last, as it costs most
            found.append(said.of_speaker(query.whose))
        return "".join(f" AND {sql}" for sql, _ in found), [value for _, values in found for value in values]


def place(brief: Brief) -> tuple[str, int]:
    """Where a statement stands among others: by day, the undated first, then in the order of arrival."""
    return brief.day or "", brief.key


def _content(words: str) -> str:
    return f"content : ({words})"
