"""What is known of actors across the record, and what people decided about them."""

import sqlite3
from collections.abc import Sequence
from typing import Any

import msgspec

from kutip.store.contract import Tally
from kutip.store.errors import NotFound, speaking
from kutip.store.lineage import STORY, StoryLine
from kutip.store.said import names_like

STORIES = 20  # of an actor that are named, the last first


class ActorLine(msgspec.Struct, frozen=True):
    """An actor in a list. first_day, last_day: of publication of what it is said to have said."""

    id: str
    name: str
    kind: str
    attributions: int
    articles: int
    first_day: str | None
    last_day: str | None


class SeenName(msgspec.Struct, frozen=True):
    """A name of an actor. reasons: why it is taken for one of its names."""

    name: str
    attributions: int
    articles: int
    first_seen: str | None
    last_seen: str | None
    reasons: tuple[str, ...]


class SeenRole(msgspec.Struct, frozen=True):
    """A role as it stands beside the name."""

    role: str
    articles: int
    first_seen: str | None
    last_seen: str | None


class Decision(msgspec.Struct, frozen=True):
    """What a person decided. what: "merge" or "split"; one, other: names, each in one article or (None) in all."""

    what: str
    one: str
    other: str
    author: str
    decided: str
    one_article: str | None = None
    other_article: str | None = None


class ActorFound(msgspec.Struct, frozen=True):
    """An actor with all that is known of it. stories: at most STORIES, the last first."""

    actor: ActorLine
    names: tuple[SeenName, ...]
    roles: tuple[SeenRole, ...]
    outlets: tuple[Tally, ...]
    stories: tuple[StoryLine, ...]
    decisions: tuple[Decision, ...]


_LINE = "id, name, kind, attributions, articles, first_day, last_day"
_ORDER = "ORDER BY attributions DESC, articles DESC, name, id"
_SEEN = "min(substr(published, 1, 10)) AS first_seen, max(substr(published, 1, 10)) AS last_seen"
_NAMES = f"""
    SELECT mentions.name, sum(mentions.attributions) AS attributions, count(DISTINCT mentions.article) AS articles,
        {_SEEN}, json_group_array(DISTINCT reason) AS reasons
    FROM mentions JOIN articles ON articles.key = article WHERE actor = ?
    GROUP BY mentions.name ORDER BY attributions DESC, mentions.name
"""
_ROLES = f"""
    SELECT role.value AS role, count(DISTINCT article) AS articles, {_SEEN}
    FROM mentions JOIN articles ON articles.key = article JOIN json_each(roles) role WHERE actor = ?
    GROUP BY role.value ORDER BY first_seen, articles DESC, role
"""
_OUTLETS = """
    SELECT outlet AS name, sum(attributions) AS count FROM mentions JOIN articles ON articles.key = article
    WHERE actor = ? GROUP BY outlet ORDER BY count DESC, outlet
"""
_STORIES = f"""
    SELECT {STORY} FROM stories WHERE key IN (
        SELECT story FROM mentions JOIN story_articles USING (article) WHERE actor = ?)
    ORDER BY until DESC, id LIMIT {STORIES}
"""
_DECISIONS = """
    SELECT what, one, other, author, decided, one_article, other_article FROM decisions
    WHERE one IN (SELECT name FROM mentions WHERE actor = ?1) OR other IN (SELECT name FROM mentions WHERE actor = ?1)
    ORDER BY key
"""


class ActorsView:
    """Reads the actors of an open record."""

    def __init__(self, db: sqlite3.Connection, path: str) -> None:
        self._db = db
        self._path = path

    def named(self, part: str = "", limit: int | None = None) -> list[ActorLine]:
        """Actors one of whose names has all words of ``part``, those quoted most first; all where it is empty."""
        where, values = "", list[Any]()
        if part:
            names, words = names_like(part)
            where, values = f"WHERE key IN (SELECT actor FROM mentions WHERE name IN ({names}))", words
        sql = f"SELECT {_LINE} FROM actors {where} {_ORDER} LIMIT ?"
        return [ActorLine(**dict(row)) for row in self._all(sql, [*values, -1 if limit is None else limit])]

    def count(self, part: str = "") -> int:
        """How many ``named`` gives without its limit."""
        return len(self.named(part)) if part else int(self._all("SELECT count(*) FROM actors", [])[0][0])

    def actor(self, key: str) -> ActorFound:
        """The actor with this id, or the beginning of one. Raises NotFound."""
        found = self._all(
            f"SELECT key, {_LINE} FROM actors WHERE id >= ? AND id < ? LIMIT 2", [key, key + "\U0010ffff"]
        )
        if not key or not found:
            raise NotFound(f"there is no actor {key!r} in the record")
        if len(found) > 1:
            raise NotFound(f"several actors have an id that begins with {key}; give more of it")
        row = found[0]
        names = [self._name(one) for one in self._all(_NAMES, [row["key"]])]
        return ActorFound(
            actor=ActorLine(**{name: row[name] for name in ActorLine.__struct_fields__}),
            names=tuple(sorted(names, key=lambda seen: seen.name != row["name"])),
            roles=tuple(SeenRole(**dict(one)) for one in self._all(_ROLES, [row["key"]])),
            outlets=tuple(Tally(**dict(one)) for one in self._all(_OUTLETS, [row["key"]])),
            stories=tuple(StoryLine(**dict(one)) for one in self._all(_STORIES, [row["key"]])),
            decisions=tuple(Decision(**dict(one)) for one in self._all(_DECISIONS, [row["key"]])),
        )

    def meant(self, words: str) -> ActorFound:
        """The actor with this id, this very name, or the only one with a name that has these words. Raises NotFound."""
        if words.isalnum() and any(map(str.isdigit, words)):
            return self.actor(words)
        exact = "SELECT DISTINCT actors.id FROM mentions JOIN actors ON actors.key = actor WHERE mentions.name = ?"
        ids = [row["id"] for row in self._all(exact, [words.encode("utf-8", "replace").decode()])]
        ids = ids if len(ids) == 1 else [one.id for one in self.named(words)] if words else []
        if len(ids) == 1:
            return self.actor(ids[0])
        if not ids:
            raise NotFound(f"no actor has a name like {words!r}")
        some = ", ".join(f"{one.name} ({one.id[:10]})" for one in self.named(words, 4))
        raise NotFound(f"several actors have a name like {words!r}: {some}; give the id of one")

    def anchor(self, key: str, name: str) -> str | None:
        """The article by which ``name`` means the actor with this id, where others go by that name too; else None."""
        others = "SELECT count(DISTINCT actor) FROM mentions WHERE name = ? AND actor NOT NULL"
        if int(self._all(others, [name])[0][0]) <= 1:
            return None
        first = """
            SELECT articles.id FROM mentions JOIN articles ON articles.key = article
            WHERE name = ? AND actor = (SELECT key FROM actors WHERE id = ?)
            ORDER BY coalesce(published, '~'), articles.id
        """
        return str(self._all(first, [name, key])[0][0])

    def in_article(self, actor: str, article: str) -> tuple[str, str]:
        """Id of the article that begins with ``article``, and the name by which the actor is in it. Raises NotFound."""
        sql = """
            SELECT articles.id, mentions.name FROM mentions JOIN articles ON articles.key = article
            WHERE actor = (SELECT key FROM actors WHERE id = ?) AND articles.id >= ? AND articles.id < ?
        """
        found = self._all(sql, [actor, article, article + "\U0010ffff"])
        if len(found) != 1:
            raise NotFound(f"no article, or several, with an id that begins with {article!r} name this actor")
        return str(found[0][0]), str(found[0][1])

    def _name(self, row: sqlite3.Row) -> SeenName:
        values = dict(row)
        reasons = msgspec.json.decode(values.pop("reasons"), type=list[str | None])
        return SeenName(**values, reasons=tuple(sorted(reason for reason in reasons if reason)))

    def _all(self, sql: str, values: Sequence[Any]) -> list[sqlite3.Row]:
        with speaking(self._path):
            return self._db.execute(sql, values).fetchall()
