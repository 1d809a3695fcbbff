"""The tables of stories: what ``stories`` asks of them and writes into them."""

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec

from kutip.model import content_id
from kutip.store.sql import as_json
from kutip.store.upkeep.renditions import forget_statements

UNKNOWN = "9999-99-99"  # sorts after every day
ANEW = 0  # stands among the new articles of a story for all: its statements are to be made anew
DAY = "CASE WHEN length(published) >= 10 AND published_origin <> 'inferred' THEN substr(published, 1, 10) END"
_SAID = "(SELECT max(said_on) FROM attributions WHERE article = articles.key AND length(said_on) = 10)"
_BACK = "WHERE other = ? AND one IN (SELECT other FROM story_pairs WHERE one = ?)"


class Place(msgspec.Struct, frozen=True):
    """What the order and the row of a story are made from. copy_of: row number or None.

    day: of publication. said: the last day on which something was said that it tells, so that it cannot have
    been published before.
    """

    key: int
    id: str
    day: str | None
    outlet: str | None
    headline: str | None
    said: str | None
    copy_of: int | None = None

    @property
    def order(self) -> tuple[str, str]:
        """By day, unknown last, then by id."""
        return self.day or UNKNOWN, self.id


class StoryTables:
    """Reads and writes stories, story_articles, story_vectors and story_pairs."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def places(self, articles: Iterable[int]) -> dict[int, Place]:
        """The articles by row number."""
        query = f"""
            SELECT articles.key, articles.id, {DAY}, outlet, headline, {_SAID} FROM json_each(?) wanted
            CROSS JOIN articles ON articles.key = wanted.value
        """
        return {row[0]: Place(*row) for row in self._db.execute(query, [as_json(articles)])}

    def copies(self, originals: Iterable[int]) -> dict[int, list[Place]]:
        """The copies of each."""
        query = f"""
            SELECT articles.key, articles.id, {DAY}, outlet, headline, {_SAID}, copy_of FROM json_each(?) wanted
            CROSS JOIN story_articles ON story_articles.copy_of = wanted.value
            CROSS JOIN articles ON articles.key = story_articles.article
        """
        found: dict[int, list[Place]] = {}
        for row in self._db.execute(query, [as_json(originals)]):
            found.setdefault(row["copy_of"], []).append(Place(*row))
        return found

    def vector(self, article: int) -> bytes | None:
        """What the article is compared by; None for a copy."""
        row = self._db.execute("SELECT vector FROM story_vectors WHERE article = ?", (article,)).fetchone()
        return None if row is None else row[0]

    def keep_vector(self, article: int, vector: bytes) -> None:
        """Keeps what the article is compared by."""
        self._db.execute("INSERT OR REPLACE INTO story_vectors VALUES (?, ?)", (article, vector))

    def keep_scores(self, article: int, scores: Mapping[int, float]) -> None:
        """Keeps how likely the article is of the event of others."""
        rows = [pair for n, score in scores.items() for pair in ((article, n, score), (n, article, score))]
        self._db.executemany("INSERT OR REPLACE INTO story_pairs VALUES (?, ?, ?)", rows)

    def scores(self, articles: set[int]) -> dict[tuple[int, int], float]:
        """The scores among ``articles``, each pair once."""
        query = """
            SELECT one, other, score FROM json_each(?) wanted
            CROSS JOIN story_pairs ON one = wanted.value WHERE one < other
        """
        found = self._db.execute(query, [as_json(articles)])
        return {(one, other): score for one, other, score in found if other in articles}

    def linked(self, articles: Iterable[int], threshold: float) -> set[int]:
        """Articles with a score of at least ``threshold`` to one of these."""
        query = """
            SELECT DISTINCT other FROM json_each(?) wanted
            CROSS JOIN story_pairs ON one = wanted.value WHERE score >= ?
        """
        return {key for (key,) in self._db.execute(query, [as_json(articles), threshold])}

    def beside(self, articles: Iterable[int]) -> set[int]:
        """Articles of the stories of these, without copies."""
        query = """
            SELECT article FROM story_articles WHERE copy_of IS NULL AND story IN (
                SELECT story FROM json_each(?) wanted CROSS JOIN story_articles ON article = wanted.value)
        """
        return {key for (key,) in self._db.execute(query, [as_json(articles)])}

    def fold(self, article: int, original: int) -> None:
        """Notes that ``article`` is a copy; a story that it was in it stays in until ``write``."""
        query = """
            INSERT OR REPLACE INTO story_articles VALUES
                (:article, (SELECT story FROM story_articles WHERE article = :article), 0, :original)
        """
        self._db.execute(query, {"article": article, "original": original})

    def take_over(self, article: int, original: int) -> None:
        """``article`` was published before ``original``, of which it is a copy: it becomes the original."""
        self._forget(original)
        query = """
            INSERT OR REPLACE INTO story_articles
            SELECT :article, (SELECT story FROM story_articles WHERE article = :article), 0, NULL
        """
        self._db.execute(query, {"article": article})
        self._db.execute("UPDATE story_articles SET copy_of = ? WHERE copy_of = ?", (article, original))
        self.fold(original, article)

    def reset(self) -> None:
        """Forgets what articles were compared by, but not in which stories they are, and as copies of what."""
        for table in ("story_vectors", "story_pairs", "story_terms"):
            self._db.execute(f"DELETE FROM {table}")

    def originals(self, articles: Iterable[int]) -> set[int]:
        """These articles, or what they are copies of."""
        query = """
            SELECT coalesce(copy_of, wanted.value) FROM json_each(?) wanted
            LEFT JOIN story_articles ON article = wanted.value
        """
        return {key for (key,) in self._db.execute(query, [as_json(articles)])}

    def remove(self, article: int) -> tuple[set[int], set[int]]:
        """Takes an article out. Gives the others of its story, and its copies, which are taken out with it."""
        beside = self.beside([article])
        query = "SELECT article FROM story_articles WHERE copy_of = ?"
        copies = {key for (key,) in self._db.execute(query, (article,))}
        self._forget(article)
        query = "DELETE FROM story_articles WHERE article = ? RETURNING story"
        left = [row["story"] for key in (article, *copies) for row in self._db.execute(query, (key,))]
        empty = "SELECT 1 FROM story_articles WHERE story = ?"
        self._drop(key for key in set(left) if key and not self._db.execute(empty, (key,)).fetchone())
        return beside, copies

    def _forget(self, article: int) -> None:
        """What an article is compared by, and with what result."""
        self._db.execute(f"DELETE FROM story_pairs {_BACK}", (article, article))
        self._db.execute("DELETE FROM story_pairs WHERE one = ?", (article,))
        self._db.execute("DELETE FROM story_vectors WHERE article = ?", (article,))

    def stories_of(self, articles: Iterable[int]) -> set[int]:
        """The stories that these are in."""
        query = "SELECT DISTINCT story FROM json_each(?) wanted CROSS JOIN story_articles ON article = wanted.value"
        return {key for (key,) in self._db.execute(query, [as_json(articles)]) if key is not None}

    def leave(self, articles: Sequence[int]) -> None:
        """Takes all others out of the stories of these; ``write`` these then."""
        query = """
            DELETE FROM story_articles WHERE story IN (SELECT value FROM json_each(?))
            AND article NOT IN (SELECT value FROM json_each(?))
        """
        self._db.execute(query, [as_json(self.stories_of(articles)), as_json(articles)])

    def write(self, found: Iterable[Sequence[Place]]) -> dict[int, set[int]]:
        """Writes stories, each given by all its articles in order; the stories that these were in are replaced.

        Gives the row numbers of stories whose articles changed, with those that are new in it, or ANEW.
        """
        stories = {content_id("story", group[0].id): group for group in found}
        before = self._before(place.key for group in stories.values() for place in group)
        changed: dict[int, set[int]] = {}
        for id_, group in stories.items():
            row, old = before.get(id_, (None, [()]))
            if old != [(p.key, p.copy_of) for p in group]:
                members, kept = {p.key for p in group}, {one[0] for one in old if one}
                new = {ANEW} if () in old or kept - members else members - kept
                changed.setdefault(self._write(id_, group), set()).update(new)
            elif row is not None and any(row[name] != value for name, value in _row(id_, group).items()):
                self._write(id_, group)  # its articles were read again
        self._drop(row["key"] for id_, (row, _) in before.items() if id_ not in stories)
        return changed

    def _before(self, articles: Iterable[int]) -> dict[str, tuple[sqlite3.Row, list[tuple[int, int | None]]]]:
        """Stories that have one of ``articles``: id to row and (article, copy_of) in order.

        One that an article was taken out of has () at the end, so that it equals none.
        """
        query = """
            SELECT stories.*, story_articles.article, copy_of FROM stories
            JOIN story_articles ON story_articles.story = stories.key
            WHERE stories.key IN (
                SELECT story FROM json_each(?) wanted CROSS JOIN story_articles ON article = wanted.value)
            ORDER BY stories.key, position
        """
        found: dict[str, tuple[sqlite3.Row, list[Any]]] = {}
        for row in self._db.execute(query, [as_json(articles)]):
            found.setdefault(row["id"], (row, []))[1].append((row["article"], row["copy_of"]))
        for row, members in found.values():
            members += [()] * (row["articles"] - len(members))
        return found

    def _write(self, id_: str, group: Sequence[Place]) -> int:
        row = _row(id_, group)
        columns, holes = ", ".join(row), ", ".join(f":{name}" for name in row)
        changes = ", ".join(f"{name} = excluded.{name}" for name in row)
        query = f"""
            INSERT INTO stories ({columns}) VALUES ({holes})
            ON CONFLICT (id) DO UPDATE SET {changes} RETURNING key
        """
        (key,) = self._db.execute(query, row).fetchone()
        members = [(place.key, key, position, place.copy_of) for position, place in enumerate(group)]
        self._db.executemany("INSERT OR REPLACE INTO story_articles VALUES (?, ?, ?, ?)", members)
        return int(key)

    def _drop(self, stories: Iterable[int]) -> None:
        keys = list(stories)
        forget_statements(self._db, keys)
        for table, column in (("unfollowed", "story"), ("stories", "key")):
            query = f"DELETE FROM {table} WHERE {column} IN (SELECT value FROM json_each(?))"
            self._db.execute(query, [as_json(keys)])


def _row(id_: str, group: Sequence[Place]) -> dict[str, Any]:
    """The columns of a story that tell what its articles are."""
    days = [place.day for place in group if place.day]
    said = [
        place.said for place in group if not place.day and place.said and place.said <= max(days, default="")
    ]
    return {
        "id": id_,
        "headline": next((place.headline for place in group if place.headline), None),
        "since": min([*days, *said], default=None),
        "until": max(days, default=None),
        "articles": len(group),
        "copies": sum(place.copy_of is not None for place in group),
        "outlets": len({place.outlet for place in group if place.outlet}),
    }
