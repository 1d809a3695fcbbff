"""Brings what derives from the facts of a record up to date."""

import sqlite3
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

from kutip.model import Rejection
from kutip.store.contract import Progress, quietly
from kutip.store.errors import speaking
from kutip.store.sql import as_json
from kutip.store.upkeep.actors import Actors
from kutip.store.upkeep.crosslingual import linking
from kutip.store.upkeep.remaking import Remaking
from kutip.store.upkeep.statements import write_statements
from kutip.store.upkeep.stories import Stories
from kutip.store.upkeep.tables import ANEW
from kutip.store.upkeep.taking import taken
from kutip.store.upkeep.vectors import METHOD

CHUNK = 400  # articles in a transaction
SMALL = 100  # articles up to which everything is made anew each time: no order of arrival can be seen then
WHOLE = 3_000  # … and so many, if at least half of them are new
MANY = 10  # one in so many articles was read again with another result: everything is made anew
_CACHE = -65_536  # KiB that SQLite may hold in memory: the tables of stories are read here and there
_CURRENT = "SELECT key FROM articles WHERE superseded_by IS NULL"
LONG, PAUSE = 0.5, 0.15  # seconds: after a part that took so long, others that wait to write get their turn


class Keeper:
    """Keeps the derived tables of an open record.

    Articles that are new, or that another version supersedes, wait in the table ``pending`` until ``take_in``
    has found their stories; stories that changed wait in ``unfollowed`` until ``follow`` has made their
    statements. CHUNK of them make a transaction, so that a kill loses nothing. Where everything is made anew, each
    part of that is one.
    """

    def __init__(
        self,
        db: sqlite3.Connection,
        path: str,
        reject: Callable[[Rejection], None],
        crosslingual: bool | None = None,
    ) -> None:
        """``reject``: keeps why an article could not be compared. crosslingual: see ``linking``; raises NeedsExtra."""
        self._db = db
        self._path = path
        self._reject = reject
        self._linking = linking(db, path, crosslingual)
        self._remaking = Remaking(db, self._linking, reject)
        self._stories: Stories | None = None
        self._seen = -1

    def is_due(self) -> bool:
        """Whether so many articles wait that they should not wait for the end of the run.

        Where everything is to be made anew, it is at the end: what comes until then is in it.
        """
        many = self._count(f"SELECT 1 FROM pending LIMIT {WHOLE}") == WHOLE
        return many and not self._is_remaking() and self._is_of_this_method()

    def take_in(self, progress: Progress = quietly) -> None:
        """Finds the stories of all waiting articles; goes on with what is being made anew, if anything is.

        progress: told what is done and for how many articles.
        """
        while True:
            if self._is_remaking() or not self._is_of_this_method():
                self.rebuild(progress)
            if not self._chunk():
                return

    def settle(self, progress: Progress) -> int:
        """Takes in articles that wait because they were read again; where these are many, makes everything anew.

        Gives how many there were. progress: as for ``rebuild``.
        """
        with speaking(self._path):
            waiting, current = self._count("SELECT 1 FROM pending"), self._count(_CURRENT)
        if waiting and (current <= WHOLE or waiting * MANY >= current):
            self.rebuild(progress)
        self.take_in(progress)
        self.follow()
        return waiting

    def follow(self) -> None:
        """Makes the statements of all stories that changed, and finds out who speaks in them."""
        while self._follow_some():
            pass

    def rebuild(self, progress: Progress) -> None:
        """Makes everything anew from the facts: the canonical answer. Each part is a transaction.

        What an earlier run began is gone on with. progress: told what is done and for how many articles.
        """
        if not self._is_remaking():
            with self._transaction():
                self._remaking.start()
        while done := self._part():
            progress(*done)

    def _part(self) -> tuple[str, int] | None:
        """The next part of what is made anew; None where there is none."""
        began = time.monotonic()
        with self._transaction() as stories:
            done = self._remaking.part(stories)
        if time.monotonic() - began > LONG:
            time.sleep(PAUSE)
        return done

    def _is_remaking(self) -> bool:
        """Whether what there is is being made anew."""
        with speaking(self._path):
            return self._db.execute("SELECT 1 FROM remaking").fetchone() is not None

    def _is_of_this_method(self) -> bool:
        """Whether what there is was made as this version makes it; an empty record is."""
        with speaking(self._path):
            row = self._db.execute("SELECT method FROM methods WHERE what = 'stories'").fetchone()
            if row is None:
                self._db.execute("INSERT INTO methods VALUES ('stories', ?)", (METHOD,))
        return row is None or row["method"] == METHOD

    def _chunk(self) -> bool:
        """The next waiting articles. Gives whether there were any."""
        with self._transaction() as stories:
            if self._is_remaking():  # another program has begun with it
                return True
            waiting = self._waiting(CHUNK)
            if not waiting:
                return False
            gone = self._gone()
            whole = min(WHOLE, max(SMALL, 2 * self._count("SELECT 1 FROM pending")))
            if self._count(f"{_CURRENT} LIMIT {whole + 1}") <= whole:
                stories.remove(gone)
                done = self._waiting()
                changed = Remaking(self._db, None, self._reject).stories_at_once(stories)
            else:
                changed, done = self._take(stories, waiting), waiting
            if gone:
                Actors(self._db).update(gone)
            rows = [(story, article) for story, new in sorted(changed.items()) for article in sorted(new)]
            self._db.executemany("INSERT OR IGNORE INTO unfollowed VALUES (?, ?)", rows)
            self._db.execute(
                "DELETE FROM pending WHERE article IN (SELECT value FROM json_each(?))", [as_json(done)]
            )
        return True

    def _follow_some(self) -> bool:
        """The next stories that changed. Gives whether there were any."""
        with self._transaction():
            query = """
                SELECT story, article FROM unfollowed
                WHERE story IN (SELECT DISTINCT story FROM unfollowed ORDER BY story LIMIT ?)
            """
            changed: dict[int, set[int]] = defaultdict(set)
            for story, article in self._db.execute(query, [CHUNK]):
                changed[story].add(article)
            write_statements(self._db, changed, self._linking, self._reject)
            articles = self._articles(changed)
            whole = self._articles(story for story, new in changed.items() if ANEW in new)
            Actors(self._db).update(whole.union(*changed.values()) & articles, articles)
            done = "DELETE FROM unfollowed WHERE story IN (SELECT value FROM json_each(?))"
            self._db.execute(done, [as_json(changed)])
        return bool(changed)

    def _take(self, stories: Stories, waiting: list[int]) -> dict[int, set[int]]:
        """Takes in and out what waits, and groups anew what it touches. Gives the stories that changed."""
        gone = set(self._gone())
        learned = self._known(waiting)
        touched, orphans = stories.remove(waiting)
        new = taken(self._db, (key for key in waiting if key not in gone), self._reject)
        stories.learn(one for one in new if one.key not in learned)
        new += taken(self._db, sorted(orphans), self._reject)
        touched |= stories.add(sorted(new, key=lambda one: one.order))
        return stories.regroup(touched)

    def _waiting(self, limit: int = -1) -> list[int]:
        query = "SELECT article FROM pending ORDER BY article LIMIT ?"
        return [key for (key,) in self._db.execute(query, [limit])]

    def _gone(self) -> list[int]:
        """Waiting articles that another version supersedes."""
        query = """
            SELECT pending.article FROM pending CROSS JOIN articles ON articles.key = pending.article
            WHERE superseded_by IS NOT NULL
        """
        return [key for (key,) in self._db.execute(query)]

    def _articles(self, stories: Iterable[int]) -> set[int]:
        query = "SELECT article FROM story_articles WHERE story IN (SELECT value FROM json_each(?))"
        return {key for (key,) in self._db.execute(query, [as_json(stories)])}

    def _known(self, articles: Iterable[int]) -> set[int]:
        """Those that were taken in before, so that their words are counted."""
        query = "SELECT article FROM story_articles WHERE article IN (SELECT value FROM json_each(?))"
        return {key for (key,) in self._db.execute(query, [as_json(articles)])}

    def _count(self, query: str) -> int:
        return int(self._db.execute(f"SELECT count(*) FROM ({query})").fetchone()[0])

    @contextmanager
    def _transaction(self) -> Iterator[Stories]:
        """What is remembered of the record is forgotten where another program or an error changed it."""
        with speaking(self._path):
            self._db.execute(f"PRAGMA cache_size = {_CACHE}")
            self._db.execute("BEGIN IMMEDIATE")
            try:
                version = self._db.execute("PRAGMA data_version").fetchone()[0]
                if self._stories is None or version != self._seen:
                    self._remaking = Remaking(self._db, self._linking, self._reject)
                if self._stories is None or version != self._seen or self._stories.is_large():
                    self._stories, self._seen = Stories(self._db), version
                yield self._stories
                self._db.execute("COMMIT")
            except BaseException:
                self._stories = None
                self._db.execute("ROLLBACK")
                raise
