"""Replaces what was said in articles of a record by what is found in them now, a part of them at a time."""

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import islice

import msgspec

from kutip.flow.pipeline import Again
from kutip.languages.reader import Reader, present
from kutip.model import Article, Rejection
from kutip.store import attributed, readers, rows
from kutip.store.errors import speaking
from kutip.store.sql import as_json
from kutip.store.upkeep.loading import load_articles
from kutip.store.upkeep.moves import Moves
from kutip.store.upkeep.remaking import BEGIN
from kutip.store.upkeep.tables import ANEW

PART = 2_000  # articles in a transaction
PART_LENGTH = 2**25  # … or so many characters
_HELD = 100  # articles that are read at a time
_TOLD_WITH = "SELECT DISTINCT statement FROM renditions WHERE attribution IN (SELECT value FROM json_each(?))"
_UNFOLLOWED = """
    INSERT OR IGNORE INTO unfollowed SELECT story, ? FROM story_articles WHERE article = ? AND story NOT NULL
"""
Refuse = Callable[[Rejection, int | None], None]


class Rereader:
    """Gives the articles that an older version or pack has read, and takes what is found in them now.

    counts: of attributions that are "new", "changed", "unchanged", "gone", of "articles", and of those that "failed":
    what was found in these before stays, and they wait for a later version.
    """

    def __init__(self, db: sqlite3.Connection, path: str, refuse: Refuse) -> None:
        """``refuse``: keeps why nothing could be found, with the row number of the page."""
        self.counts: Counter[str] = Counter()
        self._db = db
        self._path = path
        self._refuse = refuse

    def left(self) -> int:
        """How many articles are to be read."""
        query = "SELECT count(*) FROM readings WHERE reader IN (SELECT value FROM json_each(?))"
        with speaking(self._path):
            return int(self._db.execute(query, [as_json(readers.older(self._db))]).fetchone()[0])

    def forget(self) -> None:
        """Forgets by whom articles were read, so that all are read that this version can read."""
        with speaking(self._path):
            self._db.execute("BEGIN IMMEDIATE")
            try:
                known = self._db.execute("SELECT key, lang FROM readers").fetchall()
                for key, lang in (one for one in known if present(one["lang"]).pack):
                    nobody = readers.key_of(self._db, Reader("", lang, ""))
                    self._db.execute("UPDATE readings SET reader = ? WHERE reader = ?", (nobody, key))
                self._db.execute("COMMIT")
            except BaseException:
                self._db.execute("ROLLBACK")
                raise

    def articles(self) -> Iterator[Article]:
        """The articles that are to be read."""
        query = "SELECT article FROM readings WHERE reader = ? AND article > ? ORDER BY article LIMIT ?"
        with speaking(self._path):
            for reader in readers.older(self._db):
                last = 0
                while keys := [key for (key,) in self._db.execute(query, (reader, last, _HELD))]:
                    yield from load_articles(self._db, keys).values()
                    last = keys[-1]

    def keep(self, found: Iterable[Again]) -> Iterator[int]:
        """Writes what was found, part after part, each in a transaction, and gives the size of each."""
        rest = iter(found)
        while part := _part(rest):
            self._keep(part)
            yield len(part)

    def _keep(self, part: list[Again]) -> None:
        before = self.counts.copy()
        with speaking(self._path):
            self._db.execute("BEGIN IMMEDIATE")
            try:
                moves = Moves(self._db)
                gone = [key for one in part for key in self._keep_one(one, moves)]
                self._forget(gone)
                moves.count()
                self._db.execute("COMMIT")
            except BaseException:
                self.counts = before
                self._db.execute("ROLLBACK")
                raise

    def _keep_one(self, again: Again, moves: Moves) -> tuple[int, ...]:
        """Writes what was found in one article, and gives the attributions that are to be forgotten."""
        db, article, found = self._db, again.article, again.found
        query = "SELECT key, superseded_by FROM articles WHERE id = ?"
        key, superseded = db.execute(query, [article.id]).fetchone()
        if isinstance(found, Rejection):
            query = "SELECT key, name FROM pages WHERE article = ? ORDER BY key"
            page, name = db.execute(query, [key]).fetchone()
            self._refuse(msgspec.structs.replace(found, where=name), page)
            self.counts["failed"] += 1
            return ()
        query = "DELETE FROM rejections WHERE reason = 'internal' AND page IN (SELECT key FROM pages WHERE article = ?)"
        db.execute(query, [key])
        kept = rows.keep(article, found)
        written = attributed.write(db, key, article, kept)
        self.counts += written.counts
        self.counts["articles"] += 1
        if written.differs:
            self._mention(key, rows.mention_rows(kept), moves)
            db.execute(
                "UPDATE remaking SET step = ?, done = ''", [BEGIN]
            )  # what that has read is not so any more
            if superseded is None:
                db.execute("INSERT OR IGNORE INTO pending VALUES (?)", [key])
                db.execute(_UNFOLLOWED, (ANEW, key))
        reader = readers.key_of(db, present(article.lang))
        db.execute("UPDATE readings SET reader = ? WHERE article = ?", (reader, key))
        return written.gone

    def _mention(self, article: int, mentions: list[dict[str, object]], moves: Moves) -> None:
        """Writes who speaks in an article; those of whom that changed wait for their actor."""
        wanted = {(row["name"], row["kind"]): row for row in mentions}
        for old in self._db.execute("SELECT * FROM mentions WHERE article = ?", [article]).fetchall():
            place = article, old["name"], old["kind"]
            row = wanted.get(place[1:])
            if row is not None and all(old[name] == value for name, value in row.items()):
                del wanted[place[1:]]
                continue
            moves.move(place, old["actor"], None, None)
            self._db.execute("DELETE FROM mentions WHERE article = ? AND name = ? AND kind = ?", place)
        for row in wanted.values():
            attributed.insert(self._db, "mentions", {"article": article, **row})

    def _forget(self, gone: list[int]) -> None:
        """Deletes attributions, with the statements that were told by them: these await being made anew."""
        db = self._db
        statements = as_json(key for (key,) in db.execute(_TOLD_WITH, [as_json(gone)]))
        among = "IN (SELECT value FROM json_each(?))"
        query = f"SELECT DISTINCT story FROM statements WHERE key {among}"
        stories = [key for (key,) in db.execute(query, [statements])]
        db.execute(f"DELETE FROM renditions WHERE statement {among}", [statements])
        db.execute(f"DELETE FROM statements WHERE key {among}", [statements])
        counted = "SELECT count(*) FROM statements WHERE story = stories.key"
        db.execute(f"UPDATE stories SET statements = ({counted}) WHERE key {among}", [as_json(stories)])
        attributed.forget(db, gone)


def _part(found: Iterator[Again]) -> list[Again]:
    part: list[Again] = []
    length = 0
    for one in islice(found, PART):
        part.append(one)
        length += len(one.article.text)
        if length >= PART_LENGTH:
            break
    return part
