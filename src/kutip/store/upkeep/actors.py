"""Actors of a record, kept current: names that an article brings are resolved anew with those around them."""

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence

import msgspec

from kutip.flow.actors.resolve import Actor, Decided, Links, Mention, resolve
from kutip.flow.actors.roles import Role, holder, role_of
from kutip.languages.loader import available
from kutip.model import SpeakerKind
from kutip.store.sql import as_json
from kutip.store.upkeep.moves import Moves, Place
from kutip.store.upkeep.names import Names, is_name

LATEST = 20  # mentions of a name that are looked at anew when more come; the older ones stay whose they are
_FOUND = """
    mentions.*, articles.id AS id, articles.lang, articles.outlet, substr(articles.published, 1, 10) AS day,
        story_articles.story
    FROM json_each(:wanted) wanted CROSS JOIN mentions ON mentions.{column} = wanted.value
    CROSS JOIN articles ON articles.key = mentions.article
    LEFT JOIN story_articles ON story_articles.article = mentions.article
    WHERE articles.superseded_by IS NULL
"""
_OF_NAMES = f"SELECT {_FOUND.format(column='name')}"
_LATEST = f"""{_OF_NAMES} AND actor NOT NULL AND mentions.article >= coalesce((
    SELECT article FROM mentions WHERE name = wanted.value AND actor NOT NULL
    ORDER BY article DESC LIMIT 1 OFFSET {LATEST}), 0)
"""
_OF_ARTICLES = f"SELECT {_FOUND.format(column='article')}"
_AMONG = "(SELECT value FROM json_each(?))"
BY_ROLE = "the only one in the story with this role"


class Actors:
    """Keeps the table actors and the column mentions.actor, in the caller's transaction."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._names = Names(db)

    def update(self, articles: Iterable[int], beside: Iterable[int] = ()) -> None:
        """Resolves the names of these articles anew, and those around them.

        Of a name with many mentions, those of these articles, of those ``beside`` and the latest are looked at.
        """
        articles = sorted(articles)
        keys = as_json(articles)
        moves = Moves(self._db)
        superseded = f"SELECT key FROM articles WHERE superseded_by NOT NULL AND key IN {_AMONG}"
        moves.leave(as_json(key for (key,) in self._db.execute(superseded, [keys])))
        query = "SELECT DISTINCT name FROM json_each(?) wanted CROSS JOIN mentions ON article = wanted.value"
        names = {name for (name,) in self._db.execute(query, [keys])}
        looked_at: dict[str, list[sqlite3.Row]] = defaultdict(list)
        wanted = as_json({*articles, *beside, *self._decided_on()})
        for row in self._db.execute(_OF_ARTICLES, {"wanted": wanted}):
            looked_at[row["name"]].append(row)

        def mentions(wanted: Sequence[str]) -> Iterator[sqlite3.Row]:
            yield from self._db.execute(_LATEST, {"wanted": as_json(filter(is_name, wanted))})
            for name in wanted:
                yield from looked_at[name]

        self._resolve(names, mentions, moves)
        stories = f"SELECT DISTINCT story FROM story_articles WHERE story NOT NULL AND article IN {_AMONG}"
        self._finish(moves, {story for (story,) in self._db.execute(stories, [keys])})

    def update_names(self, names: Iterable[str]) -> None:
        """Resolves these names anew, and those around them: after a decision about them."""
        moves = Moves(self._db)
        self._resolve(set(names), self._all, moves)
        self._finish(moves, set())

    def components(self) -> list[list[str]]:
        """All names, in lists that hang together by links or decisions, sorted; ``Names.register`` them first."""
        decided = [(one.one, one.other) for one in self._decisions()]
        names = {name for (name,) in self._db.execute("SELECT DISTINCT name FROM mentions")}
        return self._names.components(names.union(*decided), decided)

    def resolve_anew(self, components: Iterable[Sequence[str]]) -> None:
        """Resolves names that hang together from nothing but mentions and decisions; ``place_roles`` at the end."""
        decided = self._decisions()
        moves = Moves(self._db)
        for component in components:
            known = [one for one in decided if one.one in component]
            self._write(list(self._all(component)), self._names.links(component), known, moves, anew=True)
        moves.count()

    def place_roles(self, stories: Iterable[int]) -> None:
        """Understands roles in place of names in these stories."""
        moves = Moves(self._db)
        for story in stories:
            self._place_roles(story, moves)
        moves.count()

    def _all(self, names: Sequence[str]) -> Iterable[sqlite3.Row]:
        """All mentions of these names."""
        return self._db.execute(_OF_NAMES, {"wanted": as_json(names)})

    def _resolve(
        self, names: set[str], mentions: Callable[[Sequence[str]], Iterable[sqlite3.Row]], moves: Moves
    ) -> None:
        """``mentions``: those of names that are to be looked at."""
        self._names.register(names)
        decided = self._decisions()
        pairs = [(one.one, one.other) for one in decided]
        around = self._names.around(names)
        if others := {name for pair in pairs for name in pair if not around.isdisjoint(pair)}:
            around = self._names.around(around | others)
        for component in self._names.components(around, [pair for pair in pairs if set(pair) <= around]):
            known = [one for one in decided if one.one in component]
            self._write(list(mentions(component)), self._names.links(component), known, moves)

    def _finish(self, moves: Moves, stories: set[int]) -> None:
        """Understands roles in place of names, in these stories and where actors changed; then counts anew."""
        query = f"SELECT DISTINCT story FROM story_articles WHERE story NOT NULL AND article IN {_AMONG}"
        changed = self._db.execute(query, [as_json(sorted(moves.articles))])
        for story in sorted(stories | {story for (story,) in changed}):
            self._place_roles(story, moves)
        moves.count()

    def _place_roles(self, story: int, moves: Moves) -> None:
        """Gives mentions by a role to the only actor of the story who holds it."""
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
        for row in waiting:
            found = next((who for role in _roles(row) if (who := holder(role, held)) is not None), None)
            if found != row["actor"]:
                place = row["article"], row["name"], row["kind"]
                moves.move(place, row["actor"], found, BY_ROLE if found else None)

    def _decisions(self) -> list[Decided]:
        query = "SELECT what = 'merge', one, other, one_article, other_article FROM decisions ORDER BY key"
        return [Decided(bool(row[0]), *row[1:]) for row in self._db.execute(query)]

    def _decided_on(self) -> list[int]:
        """Articles that decisions name."""
        query = """
            SELECT articles.key FROM decisions JOIN articles ON articles.id IN (one_article, other_article)
        """
        return [key for (key,) in self._db.execute(query)]

    def _write(
        self,
        rows: Sequence[sqlite3.Row],
        links: Links,
        decided: Sequence[Decided],
        moves: Moves,
        anew: bool = False,
    ) -> None:
        """Resolves mentions that belong together. anew: whose they were does not matter, nobody stays who he was."""
        before: dict[Place, sqlite3.Row] = {}
        places: dict[tuple[str, str, str], Place] = {}
        mentions: list[Mention] = []
        for row in rows:
            place = row["article"], row["name"], row["kind"]
            if row["kind"] != SpeakerKind.UNNAMED and is_name(row["name"]) and place not in before:
                before[place] = row
                mentions.append(_mention(row))
                places[_same(mentions[-1])] = place
        claimed: set[int] = set()
        after: dict[Place, tuple[int, str]] = {}
        found = resolve(mentions, links, decided)
        for actor in sorted(found, key=lambda one: (-len(one.mentions), _same(one.mentions[0]))):
            held = Counter(before[places[_same(mention)]]["actor"] for mention in actor.mentions)
            free = (key for key, _ in held.most_common() if key is not None and key not in claimed)
            key = (None if anew else next(free, None)) or self._insert(actor)
            claimed.add(key)
            for mention, reason in zip(actor.mentions, actor.reasons, strict=True):
                after[places[_same(mention)]] = key, reason
        for place, row in before.items():
            new = after.get(place, (None, None))
            if new != (row["actor"], row["reason"]):
                moves.move(place, row["actor"], *new)
        for row in rows if anew else ():
            place = row["article"], row["name"], row["kind"]
            if place not in before:
                moves.move(place, row["actor"], None, None)

    def _insert(self, actor: Actor) -> int:
        query = "INSERT INTO actors (id, name, kind, attributions, articles) VALUES (?, '', ?, 0, 0)"
        first = actor.mentions[0]
        temporary = f"new {first.article} {first.name} {first.kind}"
        return int(self._db.execute(query, (temporary, actor.kind.value)).lastrowid or 0)


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
