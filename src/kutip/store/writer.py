"""Adds to a record what a run found."""

import sqlite3
import zlib
from typing import TYPE_CHECKING

import msgspec

from kutip.model import Article, Page, Rejection, sha256_hex
from kutip.store import attributed, readers, rows
from kutip.store.contract import Counts, Progress, Run, Writer, quietly
from kutip.store.errors import speaking

if TYPE_CHECKING:
    from kutip.flow.pipeline import Processed
    from kutip.store.upkeep.rereading import Rereader

BATCH_PAGES = 64
BATCH_BYTES = 4 * 2**20


class SqliteWriter(Writer):
    """The Writer of an SQLite record.

    What is added waits in memory until there are BATCH_PAGES pages or BATCH_BYTES bytes of them, and is then
    written in one transaction, a savepoint for each page: a kill loses at most the pages that wait, never a
    part of one, and the record is locked for the moment of writing only.
    """

    def __init__(self, db: sqlite3.Connection, path: str, run: Run, crosslingual: bool | None = None) -> None:
        from kutip.store.upkeep import Keeper  # brings the flow with it, which reading does without

        self.counts = Counts()
        self._db = db
        self._path = path
        self._waiting: list[Processed | Rejection] = []
        self._waiting_pages: set[str] = set()
        self._waiting_bytes = 0
        self.keeper = Keeper(db, path, lambda rejection: self._keep_rejection(rejection, None), crosslingual)
        with speaking(path):
            options = msgspec.json.encode(dict(run.options), order="sorted").decode()
            row = {"version": run.version, "options": options, "started": run.started}
            self._run = attributed.insert(db, "runs", row)

    def knows(self, page: Page) -> bool:
        """Whether the record has this page, and an article of it; counts it as seen if so.

        A page that was rejected is read again: what failed may have been a fault of an earlier version.
        """
        known = self._has(rows.page_id(page, sha256_hex(page.content)))
        self.counts.pages += known
        return known

    def add(self, processed: "Processed") -> None:
        """Keeps a page with all that came of it."""
        page = processed.page
        key = rows.page_id(page, sha256_hex(page.content))
        self.counts.pages += 1
        if self._has(key):
            return
        self._waiting_pages.add(key)
        self._waiting_bytes += len(page.content)
        self._waiting.append(processed)
        if len(self._waiting) >= BATCH_PAGES or self._waiting_bytes >= BATCH_BYTES:
            self.flush()

    def reject(self, rejection: Rejection) -> None:
        """Keeps why something never became a page."""
        self._waiting.append(rejection)
        if len(self._waiting) >= BATCH_PAGES:
            self.flush()

    def finish(self, finished: str, progress: Progress = quietly) -> None:
        """Writes what waits, brings up to date what derives from it, and ends the run.

        progress: told what, and how many, where everything is to be made anew.
        """
        self.flush()
        self.keeper.take_in(progress)
        self.keeper.follow()
        with speaking(self._path):
            self._db.execute("UPDATE runs SET finished = ? WHERE key = ?", (finished, self._run))

    def rebuild(self, progress: Progress) -> None:
        """Makes stories, actors and statements anew from all articles; ``progress``: what, and how many."""
        self.flush()
        self.keeper.rebuild(progress)

    def rereader(self) -> "Rereader":
        """Reads articles of before again; ``settle`` when it has."""
        from kutip.store.upkeep.rereading import Rereader

        return Rereader(self._db, self._path, self._keep_rejection)

    def settle(self, progress: Progress) -> int:
        """Brings up to date what derives from articles that were read again. Gives how many differ from before."""
        self.flush()
        return self.keeper.settle(progress)

    def flush(self) -> None:
        """Writes what waits to be written."""
        before = msgspec.structs.replace(self.counts)
        with speaking(self._path):
            self._db.execute("BEGIN IMMEDIATE")
            try:
                for item in self._waiting:
                    self._keep_whole(item)
                self._note_counts()
                self._db.execute("COMMIT")
            except BaseException:
                self.counts = before
                self._db.execute("ROLLBACK")
                raise
        self._waiting.clear()
        self._waiting_pages.clear()
        self._waiting_bytes = 0
        with speaking(self._path):
            due = self.keeper.is_due()
        if due:
            self.keeper.take_in()

    def _has(self, page: str) -> bool:
        if page in self._waiting_pages:
            return True
        query = "SELECT 1 FROM pages WHERE id = ? AND article IS NOT NULL"
        with speaking(self._path):
            return self._db.execute(query, (page,)).fetchone() is not None

    def _keep_whole(self, item: "Processed | Rejection") -> None:
        """One page, or why there is none; what cannot be written at all is undone and becomes a rejection."""
        if isinstance(item, Rejection):
            self._keep_rejection(item, None)
            return
        before = msgspec.structs.replace(self.counts)
        self._db.execute("SAVEPOINT one_page")
        try:
            self._keep_page(item)
        except (UnicodeEncodeError, OverflowError, sqlite3.IntegrityError) as error:
            self._db.execute("ROLLBACK TO one_page")
            self.counts = before
            detail = f"cannot be kept: {error}; please report it with this page"
            self._keep_rejection(Rejection(item.page.name, "not-storable", detail), None)
        self._db.execute("RELEASE one_page")

    def _keep_page(self, processed: "Processed") -> None:
        page = processed.page
        digest = sha256_hex(page.content)
        key = rows.page_id(page, digest)
        article = processed.article
        kept = self._key_of("pages", key)
        if kept is None:
            kept = self._insert_page(page, key, digest)
        elif article is not None:
            self._db.execute("DELETE FROM rejections WHERE page = ?", (kept,))
        if article is not None:
            values = (self._keep_article(article, processed), kept)
            self._db.execute("UPDATE pages SET article = ? WHERE key = ?", values)
            if article.url:
                self._order_versions(article.url)
        for rejection in processed.rejections:
            self._keep_rejection(rejection, kept)

    def _insert_page(self, page: Page, key: str, digest: str) -> int:
        row = {
            "id": key,
            "url": page.url,
            "name": page.name,
            "media_type": page.media_type,
            "fetched_at": page.fetched_at,
            "sha256": digest,
            "size": len(page.content),
            "content": zlib.compress(page.content),
            "run": self._run,
        }
        self.counts.new_pages += 1
        return attributed.insert(self._db, "pages", row)

    def _keep_article(self, article: Article, processed: "Processed") -> int:
        from kutip.languages.reader import present

        known = self._key_of("articles", article.id)
        if known is not None:
            return known
        db = self._db
        key = attributed.insert(db, "articles", rows.article_row(article, self._run))
        self.counts.articles += 1
        for position, block in enumerate(article.blocks):
            values = (key, position, block.role.value, block.start, block.end, block.repeats)
            db.execute("INSERT INTO blocks VALUES (?, ?, ?, ?, ?, ?)", values)
        kept = rows.keep(article, processed.attributions)
        self.counts.attributions += attributed.write(db, key, article, kept).counts["new"]
        for mention in rows.mention_rows(kept):
            attributed.insert(db, "mentions", {"article": key, **mention})
        reader = readers.key_of(db, processed.reader or present(article.lang))
        db.execute("INSERT INTO readings VALUES (?, ?)", (key, reader))
        attributed.fold_names(db, article.outlet)
        return key

    def _keep_rejection(self, rejection: Rejection, page: int | None) -> None:
        key = rows.rejection_id(rejection)
        if self._key_of("rejections", key) is None:
            row = {"place": rejection.where, "reason": rejection.reason, "detail": rejection.detail}
            attributed.insert(self._db, "rejections", {"id": key, **row, "page": page, "run": self._run})
            self.counts.rejections += 1

    def _order_versions(self, url: str) -> None:
        """Points each text seen under ``url`` to the next: by the time of fetching, then by arrival."""
        query = """
            SELECT articles.key FROM articles LEFT JOIN pages ON pages.article = articles.key
            WHERE articles.url = ? GROUP BY articles.key
            ORDER BY coalesce(min(pages.fetched_at), ''), articles.key
        """
        keys = [key for (key,) in self._db.execute(query, (url,))]
        for key, following in zip(keys, [*keys[1:], None], strict=True):
            self._db.execute("UPDATE articles SET superseded_by = ? WHERE key = ?", (following, key))

    def _note_counts(self) -> None:
        counts = msgspec.structs.asdict(self.counts)
        columns = ", ".join(f"{name} = :{name}" for name in counts)
        self._db.execute(f"UPDATE runs SET {columns} WHERE key = :key", {**counts, "key": self._run})

    def _key_of(self, table: str, key: str) -> int | None:
        row = self._db.execute(f"SELECT key FROM {table} WHERE id = ?", (key,)).fetchone()
        return None if row is None else int(row[0])
