"""Stories and statements for pages: which articles report one event, and how each tells what was said."""

import sqlite3
from collections.abc import Sequence
from typing import Any

import msgspec

from kutip.model import Span
from kutip.model.story import Change
from kutip.store import rows, said
from kutip.store.errors import NotFound

STATEMENTS = 200  # of a story that are shown, those in most articles first
ARTICLES = 500
LISTED = 200  # stories in a list


class StoryLine(msgspec.Struct, frozen=True):
    """A story in a list. headline: of its first article; since, until: days of publication."""

    id: str
    headline: str | None
    since: str | None
    until: str | None
    articles: int
    copies: int
    outlets: int
    statements: int


class StoryArticle(msgspec.Struct, frozen=True):
    """An article of a story. copy_of: id of the article whose words it repeats nearly all."""

    id: str
    headline: str | None
    outlet: str | None
    published: str | None
    lang: str | None
    url: str | None
    copy_of: str | None
    statements: int


class Told(msgspec.Struct, frozen=True):
    """A statement as one article tells it.

    attribution: its id, None where the words are told as the outlet's own. role: title, role and affiliation of the
    speaker, as written beside the name. actor: id of the speaker. relation: to the reference, the rendition at
    position 0. sha256: of the article's text, into which content_spans count code points.
    """

    id: str
    statement: str
    position: int
    article: str
    attribution: str | None
    speaker: str | None
    role: str | None
    actor: str | None
    kind: str
    content: str
    content_spans: tuple[Span, ...]
    relation: str
    changes: tuple[Change, ...]
    score: float
    said_on: str | None
    via: tuple[str, ...]
    outlet: str | None
    headline: str | None
    published: str | None
    url: str | None
    lang: str | None
    sha256: str


class StatementLine(msgspec.Struct, frozen=True):
    """A statement with its renditions, the reference first. headline: of its story."""

    id: str
    speaker: str | None
    story: str
    headline: str | None
    renditions: tuple[Told, ...]

    @property
    def actor(self) -> str | None:
        """Id of the speaker, whom the first rendition that names one means."""
        return next((one.actor for one in self.renditions if one.actor), None)


class Rendered(msgspec.Struct, frozen=True):
    """How often an outlet told statements with this relation to their reference."""

    outlet: str | None
    relation: str
    count: int


class StoryFound(msgspec.Struct, frozen=True):
    """A story with its articles in the order of publication and its statements, at most STATEMENTS of them."""

    story: StoryLine
    articles: tuple[StoryArticle, ...]
    statements: tuple[StatementLine, ...]


STORY = "id, headline, since, until, articles, copies, outlets, statements"
_ARTICLES_SQL = f"""
    SELECT articles.id, articles.headline, articles.outlet, articles.published, articles.lang, articles.url,
        original.id AS copy_of,
        (SELECT count(*) FROM attributions WHERE article = articles.key AND repeat_of IS NULL) AS statements
    FROM story_articles place JOIN articles ON articles.key = place.article
    LEFT JOIN articles original ON original.key = place.copy_of
    WHERE place.story = ? ORDER BY place.position LIMIT {ARTICLES}
"""
_STATEMENTS_SQL = """
    SELECT key, id, speaker FROM statements WHERE story = ?
    ORDER BY articles DESC, renditions DESC, key LIMIT ?
"""
TOLD = f"""
    SELECT r.id, statements.id AS statement, r.position, articles.id AS article, a.id AS attribution, r.speaker,
        a.speaker_role AS role, {said.ACTOR} AS actor, r.kind, r.content, r.content_spans, r.relation, r.changes,
        r.score, a.said_on,
        (SELECT json_group_array(name) FROM
            (SELECT name FROM channels WHERE attribution = a.key ORDER BY position)) AS via,
        articles.outlet, articles.headline, articles.published, articles.url, articles.lang, articles.sha256
    FROM renditions r JOIN statements ON statements.key = r.statement
    JOIN articles ON articles.key = r.article LEFT JOIN attributions a ON a.key = r.attribution
"""


def newest(db: sqlite3.Connection, limit: int = LISTED, least: int = 1) -> tuple[StoryLine, ...]:
    """The stories that were reported last, of at least ``least`` articles."""
    sql = f"SELECT {STORY} FROM stories WHERE articles >= ? ORDER BY until DESC, key DESC LIMIT ?"
    return tuple(StoryLine(**dict(row)) for row in db.execute(sql, [least, limit]))


def count(db: sqlite3.Connection) -> int:
    """How many stories there are."""
    return int(db.execute("SELECT count(*) FROM stories").fetchone()[0])


def story(db: sqlite3.Connection, key: str, limit: int | None = STATEMENTS) -> StoryFound:
    """The story with this id, with at most ``limit`` statements. Raises NotFound."""
    row = db.execute(f"SELECT key, {STORY} FROM stories WHERE id = ?", [key]).fetchone()
    if row is None:
        raise NotFound(f"there is no story {key!r} in the record")
    line = StoryLine(**{name: row[name] for name in StoryLine.__struct_fields__})
    articles = tuple(StoryArticle(**dict(found)) for found in db.execute(_ARTICLES_SQL, [row["key"]]))
    statements = list(db.execute(_STATEMENTS_SQL, [row["key"], -1 if limit is None else limit]))
    return StoryFound(line, articles, _lines(db, statements, line.id, line.headline))


def statement(db: sqlite3.Connection, key: str) -> StatementLine:
    """The statement with this id. Raises NotFound."""
    sql = """SELECT statements.key, statements.id, speaker, stories.id AS story, stories.headline FROM statements
        JOIN stories ON stories.key = statements.story WHERE statements.id = ?"""
    row = db.execute(sql, [key]).fetchone()
    if row is None:
        raise NotFound(f"there is no statement {key!r} in the record")
    (found,) = _lines(db, [row], row["story"], row["headline"])
    return found


def rendition(db: sqlite3.Connection, key: str) -> Told:
    """The rendition with this id. Raises NotFound."""
    row = db.execute(f"{TOLD} WHERE r.id = ?", [key]).fetchone()
    if row is None:
        raise NotFound(f"there is no rendition {key!r} in the record")
    return to_told(row)


def story_of(db: sqlite3.Connection, article: str) -> StoryLine | None:
    """The story of the article with this id, if it is worked out."""
    sql = f"""SELECT {STORY} FROM stories WHERE key =
        (SELECT story FROM story_articles WHERE article = (SELECT key FROM articles WHERE id = ?))"""
    row = db.execute(sql, [article]).fetchone()
    return None if row is None else StoryLine(**dict(row))


def statements_in(db: sqlite3.Connection, article: str) -> list[str]:
    """Ids of the statements of which the article with this id has a rendition."""
    sql = """SELECT DISTINCT statements.id FROM renditions JOIN statements ON statements.key = renditions.statement
        WHERE renditions.article = (SELECT key FROM articles WHERE id = ?) ORDER BY 1"""
    return [key for (key,) in db.execute(sql, [article])]


def told_elsewhere(db: sqlite3.Connection, article: str) -> dict[str, tuple[str, int]]:
    """Of attributions of the article with this id that others tell too: the statement, and in how many articles."""
    sql = """SELECT a.id, statements.id, statements.articles FROM renditions
        JOIN attributions a ON a.key = renditions.attribution
        JOIN statements ON statements.key = renditions.statement
        WHERE renditions.article = (SELECT key FROM articles WHERE id = ?) AND statements.articles > 1"""
    return {key: (statement, count) for key, statement, count in db.execute(sql, [article])}


def rendered(db: sqlite3.Connection, attributions: Sequence[int]) -> list[Rendered]:
    """How outlets rendered what these attributions (row numbers) say, where several articles have it."""
    sql = """
        SELECT articles.outlet, r.relation, count(*) AS count
        FROM json_each(?) wanted CROSS JOIN renditions r ON r.attribution = wanted.value
        CROSS JOIN articles ON articles.key = r.article GROUP BY 1, 2
    """
    return [Rendered(**dict(row)) for row in db.execute(sql, [msgspec.json.encode(attributions).decode()])]


def stories_of(db: sqlite3.Connection, articles: Sequence[int], limit: int) -> tuple[StoryLine, ...]:
    """The stories of several articles that these articles (row numbers) are in, the last first."""
    sql = f"""SELECT {STORY} FROM stories WHERE articles > 1 AND key IN (
        SELECT story FROM json_each(?) wanted CROSS JOIN story_articles ON article = wanted.value)
        ORDER BY until DESC, key DESC LIMIT ?"""
    given = [msgspec.json.encode(articles).decode(), limit]
    return tuple(StoryLine(**dict(row)) for row in db.execute(sql, given))


def last_with(db: sqlite3.Connection, relation: str, limit: int) -> tuple[Told, ...]:
    """The last renditions with this relation to their reference."""
    sql = f"{TOLD} WHERE r.relation = ? ORDER BY r.key DESC LIMIT ?"
    return tuple(map(to_told, db.execute(sql, [relation, limit])))


def _lines(
    db: sqlite3.Connection, statements: Sequence[sqlite3.Row], story: str, headline: str | None
) -> tuple[StatementLine, ...]:
    keys = msgspec.json.encode([row["key"] for row in statements]).decode()
    sql = f"{TOLD} WHERE r.statement IN (SELECT value FROM json_each(?)) ORDER BY r.statement, r.position"
    found: dict[str, list[Told]] = {}
    for row in db.execute(sql, [keys]):
        found.setdefault(row["statement"], []).append(to_told(row))
    return tuple(
        StatementLine(row["id"], row["speaker"], story, headline, tuple(found.get(row["id"], ())))
        for row in statements
    )


def to_told(row: sqlite3.Row) -> Told:
    """A row of TOLD."""
    values: dict[str, Any] = dict(row)
    values["content_spans"] = rows.to_spans(row["content_spans"])
    values["changes"] = msgspec.json.decode(row["changes"], type=tuple[Change, ...])
    values["via"] = msgspec.json.decode(row["via"], type=tuple[str, ...])
    return Told(**values)
