"""Mentions that changed their actor, and what is counted of actors from them."""

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Sequence

from kutip.flow.actors.likeness import begins_with_a_role, parts
from kutip.model import SpeakerKind, content_id
from kutip.store.sql import as_json

FREQUENT = 0.5  # share of the mentions by the most frequent name, from which another may be the one shown
_FIRST = """
    SELECT articles.id, mentions.name FROM mentions JOIN articles ON articles.key = mentions.article
    WHERE actor = ? ORDER BY coalesce(substr(articles.published, 1, 10), '~'), articles.id, mentions.name LIMIT 1
"""
_COUNTED = """
    SELECT sum(mentions.attributions), count(DISTINCT mentions.article),
        min(substr(articles.published, 1, 10)), max(substr(articles.published, 1, 10))
    FROM mentions JOIN articles ON articles.key = mentions.article WHERE actor = ?
"""
_WHOLE = """
    UPDATE actors SET id = ?, name = ?, kind = ?, attributions = ?, articles = ?, first_day = ?, last_day = ?
    WHERE key = ?
"""
_MORE = """
    UPDATE actors SET name = ?, kind = ?, attributions = attributions + ?, articles = articles + ?,
        last_day = max(last_day, ?)
    WHERE key = ?
"""
_ASSIGN = "UPDATE mentions SET actor = ?, reason = ? WHERE article = ? AND name = ? AND kind = ?"
Place = tuple[int, str, str]  # article, name, kind: the key of a mention


class Moves:
    """Gives mentions to actors, in the caller's transaction, and remembers which actors that changed."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._gained: dict[int, set[Place]] = defaultdict(set)
        self._lost: set[int] = set()
        self.articles: set[int] = set()

    def move(self, place: Place, old: int | None, new: int | None, reason: str | None) -> None:
        """Gives the mention to actor ``new``; ``old``: whose it was."""
        self._db.execute(_ASSIGN, (new, reason, *place))
        if old == new:
            return
        self.articles.add(place[0])
        if new is not None:
            self._gained[new].add(place)
        if old is not None:
            self._lost.add(old)

    def leave(self, articles: str) -> None:
        """Takes the mentions of these articles (JSON) from their actors."""
        query = """
            SELECT article, name, kind, actor FROM json_each(?) wanted
            CROSS JOIN mentions ON article = wanted.value WHERE actor NOT NULL
        """
        for article, name, kind, actor in self._db.execute(query, [articles]).fetchall():
            self.move((article, name, kind), actor, None, None)

    def count(self) -> None:
        """Counts, names and ids of the actors that changed; those without any mention are deleted.

        Where mentions were only added, all of later days, they are added to what was counted before.
        """
        whole = self._lost | {key for key, places in self._gained.items() if not self._add(key, places)}
        keys = as_json(sorted(whole))
        # Ids may change places: until all are known, each is one that no other has.
        self._db.execute(
            "UPDATE actors SET id = 'old ' || key WHERE key IN (SELECT value FROM json_each(?))", [keys]
        )
        for key in sorted(whole):
            first = self._db.execute(_FIRST, [key]).fetchone()
            if first is None:
                self._db.execute("DELETE FROM actors WHERE key = ?", [key])
                continue
            counted = self._db.execute(_COUNTED, [key]).fetchone()
            values = (content_id("actor", *first), *self._called(key), *counted, key)
            self._db.execute(_WHOLE, values)

    def _add(self, actor: int, places: set[Place]) -> bool:
        """Adds to what was counted of an actor. Gives False where all must be counted anew."""
        if actor in self._lost:
            return False
        query = "SELECT first_day FROM actors WHERE key = ?"
        (first_day,) = self._db.execute(query, [actor]).fetchone()
        attributions = articles = 0
        last_day = ""
        of_article = Counter(article for article, _, _ in places)
        query = """
            SELECT attributions, substr(published, 1, 10) FROM mentions JOIN articles ON articles.key = article
            WHERE article = ? AND name = ? AND kind = ?
        """
        for place in places:
            count, day = self._db.execute(query, place).fetchone()
            if first_day is None or (day is not None and day <= first_day):
                return False
            attributions += count
            last_day = max(last_day, day or "")
        for article, new in of_article.items():
            names = "SELECT count(*) FROM mentions WHERE article = ? AND actor = ?"
            articles += self._db.execute(names, (article, actor)).fetchone()[0] == new
        self._db.execute(_MORE, (*self._called(actor), attributions, articles, last_day, actor))
        return True

    def _called(self, actor: int) -> tuple[str, str]:
        """The name that is shown, the fullest of the frequent ones that do not begin with a role, and what it is."""
        query = "SELECT name, kind, sum(attributions) FROM mentions WHERE actor = ? GROUP BY name, kind"
        frequent, kind = _called([tuple(row) for row in self._db.execute(query, [actor])])
        if len(frequent) > 1:
            query = "SELECT DISTINCT role.value FROM mentions JOIN json_each(roles) role WHERE actor = ?"
            roles = [words for (words,) in self._db.execute(query, [actor])]
            frequent = [name for name in frequent if not begins_with_a_role(name, roles)] or frequent
        return frequent[0], kind


def _called(counts: Sequence[tuple[str, str, int]]) -> tuple[list[str], str]:
    """The frequent names, the fullest first, and what the actor is."""
    names: Counter[str] = Counter()
    kinds: Counter[str] = Counter()
    for name, kind, count in counts:
        kinds[kind] += count
        if kind != SpeakerKind.UNNAMED or all(other == SpeakerKind.UNNAMED for _, other, _ in counts):
            names[name] += count
    most = max(names.values())
    frequent = [name for name, count in names.items() if count >= FREQUENT * most]
    kind = max(
        (kind for kind in kinds if kind != SpeakerKind.UNNAMED), key=lambda k: (kinds[k], k), default=""
    )
    frequent.sort(key=lambda name: (len(parts(name)), names[name], len(name), name), reverse=True)
    return frequent, kind or max(kinds)
