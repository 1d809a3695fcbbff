"""What commands ask about stories and statements: found by id, beginning of an id, words, speaker, day."""

import sqlite3
from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

from kutip.flow.attributions_to_statements.again import known_by, same_words
from kutip.model import Relation
from kutip.store import lineage
from kutip.store.errors import NotFound, speaking
from kutip.store.fulltext import order_of
from kutip.store.lineage import StatementLine, StoryFound, StoryLine, Told
from kutip.store.match import match_expression
from kutip.store.said import names_like
from kutip.text.fold import fold

COMPARED = 500  # attributions that are compared where a statement's words are looked for in other stories
FOUND = 20  # statements that are looked at where words are asked for


class StoryQuery(msgspec.Struct, frozen=True):
    """Which stories are asked for; an empty field asks nothing.

    since, until: ISO dates as precise as wanted; a story passes whose window touches them. about: words, all
    of them in one article. speaker: part of a name of somebody who speaks in it. limit: None for all.
    """

    since: str = ""
    until: str = ""
    about: str = ""
    speaker: str = ""
    limit: int | None = None


class RenditionQuery(msgspec.Struct, frozen=True):
    """Which renditions are asked for. changed: those that differ from their reference in a fact.

    lost: those told as the outlet's own words, in an article that nowhere says who said it. story: id of one. limit:
    None for all.
    """

    lost: bool = False
    changed: bool = False
    story: str = ""
    limit: int | None = None


class Again(msgspec.Struct, frozen=True):
    """A rendition of another story's statement in the same words by the same speaker, with that story."""

    told: Told
    story: StoryLine


class Lineage:
    """Reads stories and statements of an open record."""

    def __init__(self, db: sqlite3.Connection, path: str) -> None:
        self._db = db
        self._path = path

    def stories(self, query: StoryQuery) -> Iterator[StoryLine]:
        """Stories, the last reported first, the undated at the end."""
        where, values = _conditions(query)
        sql = f"SELECT {lineage.STORY} FROM stories WHERE {where} ORDER BY until DESC, since DESC, id LIMIT ?"
        for row in self._each(sql, [*values, -1 if query.limit is None else query.limit]):
            yield StoryLine(**dict(row))

    def count_stories(self, query: StoryQuery) -> int:
        """How many ``stories`` gives without its limit."""
        where, values = _conditions(query)
        return int(self._each(f"SELECT count(*) FROM stories WHERE {where}", values)[0][0])

    def outlets(self, story: str) -> tuple[str, ...]:
        """Names of the outlets of a story, in the order of its articles."""
        sql = """
            SELECT outlet FROM story_articles JOIN articles ON articles.key = article
            WHERE story = (SELECT key FROM stories WHERE id = ?) AND outlet NOT NULL ORDER BY position
        """
        return tuple(dict.fromkeys(name for (name,) in self._each(sql, [story])))

    def waiting(self) -> int:
        """How many articles have no story yet, because the run that read them was broken off."""
        return int(self._each("SELECT count(*) FROM pending")[0][0])

    def story(self, key: str) -> StoryFound:
        """The story with this id, or of the article with this id or URL; the beginning of an id is enough.

        Raises NotFound.
        """
        if "://" in key:
            sql = """SELECT stories.id FROM articles JOIN story_articles ON article = articles.key
                JOIN stories ON stories.key = story WHERE url = ?"""
            found = [id_ for (id_,) in self._each(sql, [key.encode("utf-8", "replace").decode()])]
            return lineage.story(self._db, _only(found, "story of an article at", key), None)
        found = self._ids("SELECT id FROM stories WHERE id >= ? AND id < ?", key)
        if not found:
            found = self._ids(_BY_ARTICLE, key)
        return lineage.story(self._db, _only(found, "story", key), None)

    def story_line(self, story: str) -> StoryLine:
        """The row of the story with this id. Raises NotFound."""
        rows = self._each(f"SELECT {lineage.STORY} FROM stories WHERE id = ?", [story])
        if not rows:
            raise NotFound(f"there is no story {story!r} in the record")
        return StoryLine(**dict(rows[0]))

    def statements(self, key: str) -> list[StatementLine]:
        """Statements with this id, with a rendition or attribution of this id, or with these words, the best first.

        The beginning of an id is enough. Raises NotFound where there is none.
        """
        for sql in _BY_ID:
            if found := self._ids(sql, key):
                # An attribution of several sentences may belong to a statement with each.
                ids = [_only(found, "statement", key)] if sql is _BY_ID[0] else list(dict.fromkeys(found))
                return [lineage.statement(self._db, id_) for id_ in ids]
        found = self._with_words(key)
        if not found:
            raise NotFound(f"no statement has the id or the words {key!r}")
        told = [lineage.statement(self._db, id_) for id_ in found]
        return sorted(told, key=lambda one: -_has(one, key))  # an attribution may be of several statements

    def features(self, statement: str) -> dict[str, dict[str, float]]:
        """From what each rendition of a statement was linked to the reference: id to named evidence."""
        sql = """
            SELECT renditions.id, features FROM renditions JOIN statements ON statements.key = statement
            WHERE statements.id = ?
        """
        found = self._each(sql, [statement])
        return {id_: msgspec.json.decode(raw, type=dict[str, float]) for id_, raw in found}

    def again(self, statement: StatementLine) -> list[Again]:
        """Where other stories have a statement's words from its speaker, by day of publication.

        Looked for with the words of its reference, among COMPARED attributions at most.
        """
        reference = statement.renditions[0]
        wanted = " OR ".join(
            "(" + " AND ".join(f'"{word}"' for word in words) + ")" for words in known_by(reference.content)
        )
        if not wanted or statement.speaker is None:
            return []
        sql = f"""
            {lineage.TOLD} WHERE r.attribution IN (SELECT rowid FROM attributions_text
                WHERE attributions_text MATCH ? LIMIT {COMPARED})
            AND statements.story <> (SELECT key FROM stories WHERE id = ?)
            ORDER BY articles.published IS NULL, articles.published, r.id
        """
        found = map(lineage.to_told, self._each(sql, [f"content : ({wanted})", statement.story]))
        return [
            Again(told, self.story_line(self._story_of(told.statement)))
            for told in found
            if _one_speaker(statement, told) and same_words(reference.content, told.content)
        ]

    def _story_of(self, statement: str) -> str:
        sql = "SELECT stories.id FROM statements JOIN stories ON stories.key = story WHERE statements.id = ?"
        return str(self._each(sql, [statement])[0][0])

    def rendition(self, key: str) -> Told:
        """The rendition with this id, or of the attribution with this id; the beginning is enough. Raises NotFound."""
        sql = "SELECT id FROM renditions WHERE id >= ? AND id < ?"
        found = self._ids(sql, key)
        if not found:
            sql = """SELECT renditions.id FROM renditions JOIN attributions ON attributions.key = attribution
                WHERE attributions.id >= ? AND attributions.id < ?"""
            found = self._ids(sql, key)[
                :1
            ]  # an attribution of several sentences has several: the first will do
        return lineage.rendition(self._db, _only(found, "rendition", key))

    def renditions(self, query: RenditionQuery) -> Iterator[tuple[Told, Told]]:
        """Renditions, each with its reference; those of the last reported stories first."""
        where, values = ["1"], list[Any]()
        if query.lost:
            where.append(f"r.relation = '{Relation.UNATTRIBUTED.value}' AND NOT EXISTS ({_NAMED})")
        if query.changed:
            where.append("r.changes <> '[]'")
        if query.story:
            where.append("statements.story = (SELECT key FROM stories WHERE id = ?)")
            values.append(query.story)
        order = "ORDER BY (SELECT until FROM stories WHERE key = statements.story) DESC, statements.id, r.position"
        sql = f"{lineage.TOLD} WHERE {' AND '.join(where)} {order} LIMIT ?"
        for row in self._each(sql, [*values, -1 if query.limit is None else query.limit]):
            told = lineage.to_told(row)
            sql = f"{lineage.TOLD} WHERE statements.id = ? AND r.position = 0"
            yield told, lineage.to_told(self._each(sql, [told.statement])[0])

    def _ids(self, sql: str, key: str) -> list[str]:
        if not key or not key.isalnum():
            return []
        start = key.encode("utf-8", "replace").decode()
        return [id_ for (id_,) in self._each(f"{sql} LIMIT 4", [start, start + "\U0010ffff"])]

    def _with_words(self, words: str) -> list[str]:
        """Ids of statements told in most articles among those whose attributions have all of ``words``."""
        expression = match_expression(words)
        if not expression:
            return []
        expression = f"content : ({expression})"
        with speaking(self._path):
            order = order_of(self._db, "attributions_text", expression)
        sql = f"""
            SELECT id FROM statements WHERE key IN (
                SELECT statement FROM attributions_text
                CROSS JOIN renditions ON renditions.attribution = attributions_text.rowid
                WHERE attributions_text MATCH ? ORDER BY attributions_text.{order} LIMIT {FOUND})
            ORDER BY articles DESC, renditions DESC, id
        """
        return [id_ for (id_,) in self._each(sql, [expression])]

    def _each(self, query: str, values: Sequence[Any] = ()) -> list[sqlite3.Row]:
        with speaking(self._path):
            return self._db.execute(query, values).fetchall()


_NAMED = f"""
    SELECT 1 FROM renditions named WHERE named.statement = r.statement AND named.article = r.article
    AND named.relation <> '{Relation.UNATTRIBUTED.value}'
"""
_BY_ARTICLE = """
    SELECT stories.id FROM articles JOIN story_articles ON article = articles.key
    JOIN stories ON stories.key = story WHERE articles.id >= ? AND articles.id < ?
"""
_BY_ID = (
    "SELECT id FROM statements WHERE id >= ? AND id < ?",
    """SELECT DISTINCT statements.id FROM renditions JOIN statements ON statements.key = statement
    WHERE renditions.id >= ? AND renditions.id < ?""",
    """SELECT DISTINCT statements.id FROM attributions JOIN renditions ON attribution = attributions.key
    JOIN statements ON statements.key = statement WHERE attributions.id >= ? AND attributions.id < ?""",
)


def _conditions(query: StoryQuery) -> tuple[str, list[Any]]:
    where, values = ["1"], list[Any]()
    if query.since:
        where.append("substr(until, 1, ?) >= ?")
        values += [len(query.since), query.since]
    if query.until:
        where.append("substr(since, 1, ?) <= ?")
        values += [len(query.until), query.until]
    if query.about:
        where.append(
            f"key IN ({_STORY_OF.format('SELECT rowid FROM articles_text WHERE articles_text MATCH ?')})"
        )
        values.append(match_expression(query.about) or '""')
    if query.speaker:
        names, words = names_like(query.speaker)
        where.append(f"key IN ({_STORY_OF.format(f'SELECT article FROM mentions WHERE name IN ({names})')})")
        values += words
    return " AND ".join(where), values


_STORY_OF = "SELECT story FROM story_articles WHERE article IN ({})"


def _one_speaker(statement: StatementLine, told: Told) -> bool:
    """Whether the record takes the speakers of both for one, or knows no more of them than one name."""
    if statement.actor and told.actor:
        return statement.actor == told.actor
    return fold(statement.speaker or "") == fold(told.speaker or "")


def _has(statement: StatementLine, words: str) -> int:
    """How many of ``words`` stand in the rendition that has most of them."""
    wanted = fold(words.replace('"', " ")).split()
    return max(
        sum(word in text for word in wanted) for text in (fold(one.content) for one in statement.renditions)
    )


def _only(found: Sequence[str], noun: str, key: str) -> str:
    if key in found:
        return key
    if not found:
        raise NotFound(f"there is no {noun} {key!r} in the record")
    if len(set(found)) > 1:
        ids = ", ".join(found[:3]) + (" …" if len(found) > 3 else "")
        raise NotFound(f"several have an id that begins with {key}: {ids}; give more of it")
    return found[0]
