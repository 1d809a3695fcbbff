"""Actors of a record, kept current: names that an article brings are resolved anew with those around them."""

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

import msgspec

from kutip.flow.actors.likeness import parts
from kutip.flow.actors.resolve import Actor, Decided, Mention, resolve
from kutip.flow.actors.roles import Role, holder, role_of
from kutip.languages.loader import available
from kutip.model import SpeakerKind, content_id
from kutip.store.upkeep.loading import as_json
from kutip.store.upkeep.names import Names, is_name

FREQUENT = 0.5  # share of the mentions by the most frequent name, from which another may be the one shown
_MENTIONS = """
    SELECT mentions.*, articles.id AS id, articles.lang, articles.outlet, substr(articles.published, 1, 10) AS day,
        story_articles.story
    FROM json_each(?) wanted CROSS JOIN mentions ON mentions.name = wanted.value
    CROSS JOIN articles ON articles.key = mentions.article
    LEFT JOIN story_articles ON story_articles.article = mentions.article
    WHERE articles.superseded_by IS NULL
"""
_FIRST = """
    SELECT articles.id, mentions.name FROM mentions JOIN articles ON articles.key = mentions.article
    WHERE actor = ? ORDER BY coalesce(substr(articles.published, 1, 10), '~'), articles.id, mentions.name LIMIT 1
"""
_COUNTED = """
    SELECT sum(mentions.attributions), count(DISTINCT mentions.article),
        min(substr(articles.published, 1, 10)), max(substr(articles.published, 1, 10))
    FROM mentions JOIN articles ON articles.key = mentions.article WHERE actor = ?
"""
_AMONG = "(SELECT value FROM json_each(?))"
_ASSIGN = "UPDATE mentions SET actor = ?, reason = ? WHERE article = ? AND name = ? AND kind = ?"
BY_ROLE = "the only one in the story with this role"
Place = tuple[int, str, str]  # article, name, kind: the key of a mention


class Actors:
    """Keeps the table actors and the column mentions.actor, in the caller's transaction."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._names = Names(db)

    def update(self, articles: Iterable[int]) -> None:
        """Resolves the names of these articles anew, and those around them."""
        keys = [as_json(sorted(articles))]
        before = "SELECT DISTINCT actor FROM mentions WHERE actor NOT NULL AND article IN "
        touched = {key for (key,) in self._db.execute(before + _AMONG, keys)}
        gone = "UPDATE mentions SET actor = NULL, reason = NULL WHERE actor NOT NULL AND article IN "
        superseded = f"(SELECT key FROM articles WHERE superseded_by NOT NULL AND key IN {_AMONG})"
        self._db.execute(gone + superseded, keys)
        query = "SELECT DISTINCT name FROM json_each(?) wanted CROSS JOIN mentions ON article = wanted.value"
        touched |= self._resolve({name for (name,) in self._db.execute(query, keys)})
        stories = f"SELECT DISTINCT story FROM story_articles WHERE story NOT NULL AND article IN {_AMONG}"
        self._finish(touched, {story for (story,) in self._db.execute(stories, keys)})

    def update_names(self, names: Iterable[str]) -> None:
        """Resolves these names anew, and those around them: after a decision about them."""
        self._finish(self._resolve(set(names)), set())

    def rebuild(self) -> None:
        """Resolves all names from nothing but mentions and decisions."""
        self._names.clear()
        self._db.execute("UPDATE mentions SET actor = NULL, reason = NULL")
        self._db.execute("DELETE FROM actors")
        names = self._db.execute("SELECT DISTINCT name FROM mentions ORDER BY name")
        touched = self._resolve({name for (name,) in names})
        stories = self._db.execute("SELECT key FROM stories")
        self._finish(touched, {key for (key,) in stories})

    def _resolve(self, names: set[str]) -> set[int]:
        """Gives the actors whose mentions changed."""
        self._names.register(names)
        decided = self._decisions()
        pairs = [(one.one, one.other) for one in decided]
        around = self._names.around(names)
        if others := {name for pair in pairs for name in pair if not around.isdisjoint(pair)}:
            around = self._names.around(around | others)
        touched: set[int] = set()
        for component in self._names.components(around, [pair for pair in pairs if set(pair) <= around]):
            touched |= self._write(component, [one for one in decided if one.one in component])
        return touched

    def _finish(self, touched: set[int], stories: set[int]) -> None:
        """Understands roles in place of names, in these stories and where actors changed; then counts anew."""
        query = f"""
            SELECT DISTINCT story FROM mentions JOIN story_articles USING (article)
            WHERE kind = '{SpeakerKind.UNNAMED.value}' AND actor IN {_AMONG}
        """
        stories = stories | {story for (story,) in self._db.execute(query, [as_json(sorted(touched))])}
        for story in sorted(stories):
            touched |= self._place_roles(story)
        self._refresh(touched)

    def _place_roles(self, story: int) -> set[int]:
        """Gives mentions by a role to the only actor of the story who holds it. Gives the actors that changed."""
        query = """
            SELECT mentions.*, articles.lang, articles.id FROM story_articles
            JOIN mentions USING (article) JOIN articles ON articles.key = mentions.article WHERE story = ?
        """
        held: dict[int, set[Role]] = defaultdict(set)
        waiting = []
        for row in self._db.execute(query, [story]):
            if row["kind"] == SpeakerKind.UNNAMED:
                waiting.append(row)
            elif row["actor"] is not None:
                held[row["actor"]].update(_roles(row))
        touched: set[int] = set()
        for row in waiting:
            found = next((who for role in _roles(row) if (who := holder(role, held)) is not None), None)
            if found != row["actor"]:
                touched.update(key for key in (found, row["actor"]) if key is not None)
                values = found, found and BY_ROLE, row["article"], row["name"], row["kind"]
                self._db.execute(_ASSIGN, values)
        return touched

    def _decisions(self) -> list[Decided]:
        query = "SELECT what = 'merge', one, other, one_article, other_article FROM decisions ORDER BY key"
        return [Decided(bool(row[0]), *row[1:]) for row in self._db.execute(query)]

    def _write(self, names: Sequence[str], decided: Sequence[Decided]) -> set[int]:
        """Resolves names that belong together. Gives the actors whose mentions changed."""
        before: dict[Place, int | None] = {}
        mentions: list[tuple[Mention, Place]] = []
        for row in self._db.execute(_MENTIONS, [as_json(names)]):
            if row["kind"] != SpeakerKind.UNNAMED and is_name(row["name"]):
                place = row["article"], row["name"], row["kind"]
                before[place] = row["actor"]
                mentions.append((_mention(row), place))
        places = {_same(mention): place for mention, place in mentions}
        links = self._names.links(names)
        touched: set[int] = set()
        claimed: set[int] = set()
        after: dict[Place, tuple[int, str]] = {}
        found = resolve([mention for mention, _ in mentions], links, decided)
        for actor in sorted(found, key=lambda one: (-len(one.mentions), _same(one.mentions[0]))):
            held = Counter(before[places[_same(mention)]] for mention in actor.mentions)
            free = (key for key, _ in held.most_common() if key is not None and key not in claimed)
            key = next(free, None) or self._insert(actor)
            claimed.add(key)
            for mention, reason in zip(actor.mentions, actor.reasons, strict=True):
                after[places[_same(mention)]] = key, reason
        for place, old in before.items():
            new = after.get(place)
            touched.update(
                key for key in (old, new and new[0]) if key is not None and old != (new and new[0])
            )
        self._db.executemany(_ASSIGN, ((*after.get(place, (None, None)), *place) for place in before))
        return touched

    def _insert(self, actor: Actor) -> int:
        query = "INSERT INTO actors (id, name, kind, attributions, articles) VALUES (?, '', ?, 0, 0)"
        first = actor.mentions[0]
        temporary = f"new {first.article} {first.name} {first.kind}"
        return int(self._db.execute(query, (temporary, actor.kind.value)).lastrowid or 0)

    def _refresh(self, actors: set[int]) -> None:
        """Counts, names and ids of actors from their mentions; those without any are deleted."""
        self._db.executemany(
            "UPDATE actors SET id = 'old ' || key WHERE key = ?", [(key,) for key in sorted(actors)]
        )
        for key in sorted(actors):
            first = self._db.execute(_FIRST, [key]).fetchone()
            if first is None:
                self._db.execute("DELETE FROM actors WHERE key = ?", [key])
                continue
            counted = self._db.execute(_COUNTED, [key]).fetchone()
            by_name = "SELECT name, kind, sum(attributions) FROM mentions WHERE actor = ? GROUP BY name, kind"
            counts = [tuple(row) for row in self._db.execute(by_name, [key])]
            values = (content_id("actor", *first), *_called(counts), *counted, key)
            self._db.execute(
                """UPDATE actors SET id = ?, name = ?, kind = ?, attributions = ?, articles = ?, first_day = ?,
                last_day = ? WHERE key = ?""",
                values,
            )


def _mention(row: sqlite3.Row) -> Mention:
    return Mention(
        article=row["id"],
        name=row["name"],
        kind=SpeakerKind(row["kind"]),
        roles=_roles(row),
        story=row["story"],
        outlet=row["outlet"],
        day=row["day"],
        count=max(1, row["attributions"]),
    )


def _roles(row: sqlite3.Row) -> tuple[Role, ...]:
    """The roles of a mention; of an unnamed speaker, what stands in place of the name."""
    if row["lang"] not in available():
        return ()
    unnamed = row["kind"] == SpeakerKind.UNNAMED
    words = [row["name"]] if unnamed else msgspec.json.decode(row["roles"], type=list[str])
    return tuple(dict.fromkeys(role_of(role, row["lang"]) for role in words))


def _same(mention: Mention) -> tuple[str, str, str]:
    return mention.article, mention.name, mention.kind


def _called(counts: Sequence[tuple[str, str, int]]) -> tuple[str, str]:
    """The name that is shown, the fullest of the frequent ones, and what the actor is."""
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
    return max(frequent, key=lambda name: (len(parts(name)), names[name], len(name), name)), kind or max(
        kinds
    )
