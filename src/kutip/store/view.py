"""Reads a record."""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

from kutip.model import Page, sha256_hex
from kutip.store import browse, fulltext, lineage, rows, said, summary
from kutip.store.asked import Asked, Wanted
from kutip.store.contract import (
    Hit,
    KeptArticle,
    KeptAttribution,
    Newest,
    Said,
    SaidQuery,
    Stats,
    Tally,
    View,
)
from kutip.store.errors import NotFound, speaking
from kutip.store.readers import read_by
from kutip.store.sql import as_json

if TYPE_CHECKING:
    from kutip.flow.page_to_article.learned import OutletArticle

Answer = TypeVar("Answer")
_TOP = 20
_CURRENT = "articles.superseded_by IS NULL"
_COUNTED = (
    f"FROM attributions a JOIN articles ON articles.key = a.article WHERE {_CURRENT} AND a.repeat_of IS"
)


class SqliteView(View):
    """The View of an SQLite record."""

    def __init__(self, db: sqlite3.Connection, path: str) -> None:
        self._db = db
        self._path = path

    def said(self, query: SaidQuery) -> Iterator[Said]:
        """Statements of current articles without repeats, latest day first, in an article as in its text."""
        if query.limit is None:
            return map(said.to_said, self._each(*said.select_said(query)))
        return map(said.to_said, self._each(*said.select_of(self._first(query, query.limit)[0])))

    def said_and_count(self, query: SaidQuery, up_to: int) -> tuple[list[Said], int]:
        """What ``said`` gives, and how many it gives without its limit: one more than ``up_to`` where they are more."""
        if query.limit is None:
            found = list(self.said(query))
            return found, min(len(found), up_to + 1)
        keys, count = self._first(query, query.limit, up_to)
        return list(map(said.to_said, self._each(*said.select_of(keys)))), min(count, up_to + 1)

    def count_said(self, query: SaidQuery) -> int:
        """How many ``said`` gives without its limit."""
        return int(self._all(*said.count_said(query))[0][0])

    def _first(self, query: SaidQuery, limit: int, counted: int = 0) -> tuple[str, int]:
        """Row numbers of the first ``limit`` that ``query`` asks for, as JSON, and the count of ``whole_days``.

        The cost does not grow with all.
        """
        keys, count = self._asked(lambda db: Asked(db, Wanted(query)).whole_days(limit, counted))
        return as_json(row["key"] for row in self._all(*said.first_of(as_json(keys), limit))), count

    def search(self, words: str, limit: int) -> tuple[Hit, ...]:
        """Articles and attributions with all of ``words``, best first, at most ``limit`` of each.

        Of more than ``fulltext.RANKED``, the last to be taken in come first.
        """
        return self._asked(
            lambda db: (
                *fulltext.attribution_hits(db, words, limit),
                *fulltext.article_hits(db, words, limit),
            )
        )

    def article(self, key: str) -> KeptArticle:
        """The article with this id, beginning of an id, or URL (its current version). Raises NotFound."""
        current = "SELECT key, id FROM articles WHERE url = ? AND superseded_by IS NULL"
        found = self._all(current, [_text(key)])
        return self._article(found[0]["key"] if found else self._one("articles", "article", key))

    def article_of(self, page: Page) -> KeptArticle | None:
        """The article that these bytes under this URL were understood as; None where they are not known."""
        key = rows.page_id(page, sha256_hex(page.content))
        found = self._all("SELECT article FROM pages WHERE id = ? AND article IS NOT NULL", [key])
        return self._article(found[0]["article"]) if found else None

    def attribution(self, key: str) -> tuple[KeptArticle, KeptAttribution]:
        """The attribution with this id or beginning of an id, and its article. Raises NotFound."""
        found = self._one("attributions", "attribution", key)
        row = self._all("SELECT id, article FROM attributions WHERE key = ?", [found])[0]
        article = self._article(row["article"])
        return article, next(kept for kept in article.attributions if kept.id == row["id"])

    def articles(self) -> Iterator[KeptArticle]:
        """All current articles, latest first."""
        order = "ORDER BY substr(published, 1, 10) DESC, outlet, id"
        for row in self._each(f"SELECT key FROM articles WHERE {_CURRENT} {order}", []):
            yield self._article(row["key"])

    def selected(self, query: SaidQuery) -> Iterator[KeptArticle]:
        """The articles of the statements that ``said`` gives, each with those alone; in order of arrival."""
        if query.limit is None:
            chosen = self._each(*said.select_keys(query))
        else:
            chosen = self._each(*said.keys_of(self._first(query, query.limit)[0]))
        for article, group in groupby(chosen, key=lambda row: row["article"]):
            ids = {row["id"] for row in group}
            kept = self._article(article)
            attributions = tuple(one for one in kept.attributions if one.id in ids)
            yield msgspec.structs.replace(kept, attributions=attributions)

    def stats(self) -> Stats:
        """What the record holds."""
        days = self._all(f"SELECT min(day), max(day) {_COUNTED} NULL", [])[0]
        speakers = f"SELECT a.speaker AS name {_COUNTED} NULL AND a.speaker NOT NULL"
        return Stats(
            pages=self._number("SELECT count(*) FROM pages"),
            articles=self._number(f"SELECT count(*) FROM articles WHERE {_CURRENT}"),
            superseded=self._number("SELECT count(*) FROM articles WHERE superseded_by IS NOT NULL"),
            attributions=self._number(f"SELECT count(*) {_COUNTED} NULL"),
            repeats=self._number(f"SELECT count(*) {_COUNTED} NOT NULL"),
            speakers=self._number(f"SELECT count(DISTINCT a.speaker) {_COUNTED} NULL"),
            first_day=days[0],
            last_day=days[1],
            outlets=self._tally(f"SELECT outlet AS name FROM articles WHERE {_CURRENT}"),
            languages=self._tally(f"SELECT lang AS name FROM articles WHERE {_CURRENT}"),
            kinds=self._tally(f"SELECT a.kind AS name {_COUNTED} NULL"),
            top_speakers=self._tally(speakers, _TOP),
            rejections=self._tally("SELECT reason AS name FROM rejections"),
            readers=self._asked(read_by),
        )

    def stories(self) -> tuple[lineage.StoryLine, ...]:
        """The stories that were reported last."""
        return self._asked(lineage.newest)

    def story(self, key: str) -> lineage.StoryFound:
        """The story with this id, with its articles and statements. Raises NotFound."""
        return self._asked(lambda db: lineage.story(db, key))

    def statement(self, key: str) -> lineage.StatementLine:
        """The statement with this id, with its renditions. Raises NotFound."""
        return self._asked(lambda db: lineage.statement(db, key))

    def statements_in(self, article: str) -> list[str]:
        """Ids of the statements of which the article with this id has a rendition."""
        return self._asked(lambda db: lineage.statements_in(db, article))

    def story_of(self, article: str) -> lineage.StoryLine | None:
        """The story of the article with this id, if it is worked out."""
        return self._asked(lambda db: lineage.story_of(db, article))

    def last_with(self, relation: str, limit: int) -> tuple[lineage.Told, ...]:
        """The last renditions with this relation to their reference."""
        return self._asked(lambda db: lineage.last_with(db, relation, limit))

    def told_elsewhere(self, article: str) -> dict[str, tuple[str, int]]:
        """Of attributions that other articles tell too: the statement, and in how many articles."""
        return self._asked(lambda db: lineage.told_elsewhere(db, article))

    def rendered(self, attributions: Sequence[int]) -> list[lineage.Rendered]:
        """How outlets rendered what these attributions (row numbers) say."""
        return self._asked(lambda db: lineage.rendered(db, attributions))

    def stories_of(self, articles: Sequence[int], limit: int) -> tuple[lineage.StoryLine, ...]:
        """The stories that these articles (row numbers) are in, the last first."""
        return self._asked(lambda db: lineage.stories_of(db, articles, limit))

    def actors_in(self, article: str) -> dict[tuple[str, str], str]:
        """Ids of the actors that the article with this id names, by the name and the kind that it gives."""
        sql = """SELECT mentions.name, mentions.kind, actors.id FROM mentions JOIN actors ON actors.key = actor
            WHERE article = (SELECT key FROM articles WHERE id = ?)"""
        return {(name, kind): actor for name, kind, actor in self._each(sql, [article])}

    def has_stories(self) -> bool:
        """Whether any story is worked out."""
        return bool(self._all("SELECT 1 FROM stories LIMIT 1", []))

    def lineage_ids(self) -> tuple[list[str], list[str]]:
        """Ids of all stories and of all statements."""
        found = [self._all(f"SELECT id FROM {table} ORDER BY key", []) for table in ("stories", "statements")]
        return [row["id"] for row in found[0]], [row["id"] for row in found[1]]

    def _asked(self, ask: Callable[[sqlite3.Connection], Answer]) -> Answer:
        with speaking(self._path):
            return ask(self._db)

    def said_in(self, article: str) -> Iterator[Said]:
        """Statements of the article with this id, in the order of its text, without repeats."""
        return map(said.to_said, self._each(*said.select_in(article)))

    def listed(self) -> Iterator[browse.Listed]:
        """All statements, latest first, as pages list them."""
        rows = self._each(*said.select_said(SaidQuery(), browse.LISTED))
        return (said.to_row(row, browse.Listed) for row in rows)

    def vocabulary(self) -> list[tuple[str, int]]:
        """All words of all statements, folded as the index folds them, in the order of the alphabet, each with
        the number of statements that have it."""
        with speaking(self._path):
            self._db.execute(
                "PRAGMA query_only = OFF"
            )  # what is made is of this connection, not of the record
            try:
                made = "CREATE VIRTUAL TABLE IF NOT EXISTS temp.words USING fts5vocab(main, attributions_text, col)"
                self._db.execute(made)
            finally:
                self._db.execute("PRAGMA query_only = ON")
        rows = self._each("SELECT term, doc FROM temp.words WHERE col = 'content'", [])
        return [(term, count) for term, count in rows]

    def article_ids(self) -> list[str]:
        """Ids of all articles, earlier versions too, in order of arrival."""
        return [row["id"] for row in self._all("SELECT id FROM articles ORDER BY key", [])]

    def statements(self, wanted: Wanted) -> browse.Found:
        """A page of statements, the latest first, with counts, at a cost that has a bound."""
        with speaking(self._path):
            return browse.statements(self._db, wanted)

    def summary(self) -> summary.Summary:
        """What the whole record holds; takes seconds on a record of a million statements."""
        with speaking(self._path):
            return summary.summary(self._db)

    def article_hits(self, words: str, limit: int) -> tuple[Hit, ...]:
        """Articles with all of ``words``, the best first."""
        with speaking(self._path):
            return tuple(fulltext.article_hits(self._db, words, limit))

    def newest(self, limit: int) -> list[Newest]:
        """The articles that were published last."""
        sql = """SELECT id, headline, outlet, published, lang, (SELECT count(*) FROM attributions
                WHERE article = articles.key AND repeat_of IS NULL) AS statements
            FROM articles WHERE superseded_by IS NULL ORDER BY published DESC, key DESC LIMIT ?"""
        return [Newest(**dict(row)) for row in self._all(sql, [limit])]

    def outlet_articles(self, latest: int) -> "Iterator[OutletArticle]":
        """The latest articles of each outlet, outlet after outlet, for learning its furniture."""
        from kutip.store.repeated import outlet_articles

        return outlet_articles(self._db, latest)

    def state(self) -> int:
        """A number that changes, as long as this connection is open, whenever another program writes."""
        return self._number("PRAGMA data_version")

    def _article(self, key: int) -> KeptArticle:
        row = self._all("SELECT * FROM articles WHERE key = ?", [key])[0]
        blocks = self._all("SELECT * FROM blocks WHERE article = ? ORDER BY position", [key])
        page = self._all("SELECT name, fetched_at FROM pages WHERE article = ? ORDER BY key", [key])[0]
        versions = self._versions(key, row["url"])
        return KeptArticle(
            article=rows.to_article(row, tuple(map(rows.to_block, blocks))),
            attributions=self._attributions(key),
            page=page["name"],
            fetched_at=page["fetched_at"],
            version=1 + [version["key"] for version in versions].index(key),
            versions=len(versions),
            superseded_by=next((v["id"] for v in versions if v["key"] == row["superseded_by"]), None),
        )

    def _versions(self, key: int, url: str | None) -> list[sqlite3.Row]:
        """Texts seen under the URL of the article ``key``, the first one first."""
        if url is None:
            return self._all("SELECT key, id FROM articles WHERE key = ?", [key])
        query = """
            WITH RECURSIVE later (key, depth) AS (
                SELECT key, 0 FROM articles WHERE url = :url AND superseded_by IS NULL
                UNION ALL
                SELECT articles.key, depth + 1 FROM later JOIN articles
                    ON articles.superseded_by = later.key AND articles.url = :url
            )
            SELECT articles.key, articles.id FROM later JOIN articles USING (key) ORDER BY depth DESC
        """
        return self._all(query, {"url": url})

    def _attributions(self, article: int) -> tuple[KeptAttribution, ...]:
        query = """
            SELECT a.*, original.id AS original FROM attributions a
            LEFT JOIN attributions original ON original.key = a.repeat_of
            WHERE a.article = ? ORDER BY a.position
        """
        channels: dict[int, tuple[str, ...]] = {}
        names = """
            SELECT attribution, name FROM channels
            WHERE attribution IN (SELECT key FROM attributions WHERE article = ?)
            ORDER BY attribution, position
        """
        for row in self._all(names, [article]):
            channels[row["attribution"]] = (*channels.get(row["attribution"], ()), row["name"])
        return tuple(
            KeptAttribution(row["id"], rows.to_attribution(row, via), row["original"])
            for row in self._all(query, [article])
            for via in [channels.get(row["key"], ())]
        )

    def _one(self, table: str, noun: str, key: str) -> int:
        """The row number of the one whose id begins with ``key``. Raises NotFound."""
        query = f"SELECT key, id FROM {table} WHERE id >= ? AND id < ? ORDER BY id LIMIT 4"
        found = self._all(query, [_text(key), _text(key) + "\U0010ffff"]) if key else []
        if len(found) == 1 or (found and found[0]["id"] == key):
            return int(found[0]["key"])
        if found:
            ids = ", ".join(row["id"] for row in found[:3]) + (" …" if len(found) > 3 else "")
            raise NotFound(f"several {noun}s have an id that begins with {key}: {ids}; give more of it")
        raise NotFound(f"there is no {noun} {key!r} in {self._path}")

    def _tally(self, names: str, limit: int = -1) -> tuple[Tally, ...]:
        counted = f"SELECT name, count(*) AS count FROM ({names}) GROUP BY name"
        found = self._all(f"{counted} ORDER BY count DESC, name LIMIT ?", [limit])
        return tuple(Tally(row["name"], row["count"]) for row in found)

    def _number(self, query: str) -> int:
        return int(self._all(query, [])[0][0])

    def _all(self, query: str, values: Any) -> list[sqlite3.Row]:
        return list(self._each(query, values))

    def _each(self, query: str, values: Any) -> Iterator[sqlite3.Row]:
        with speaking(self._path):
            yield from self._db.execute(query, values)


def _text(words: str) -> str:
    """``words`` as SQLite can be handed them: bytes of the command line that are not text are replaced."""
    return words.encode("utf-8", "replace").decode("utf-8")
