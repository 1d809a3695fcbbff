"""Who is quoted in a record: actors under all their names, and names that are of no actor.

The page of a speaker has the id of the name that it shows, where nobody else goes by it; else that of the actor.
So the address of a name stays, whatever becomes of the actor: it leads to the one who has the name, or to all.
"""

import sqlite3
from collections import Counter, defaultdict

import msgspec

from kutip.model import content_id
from kutip.store.contract import Tally, Whose


class Speaker(msgspec.Struct, frozen=True):
    """A speaker. actor: id, None for a name of nobody; names: as articles write it, the most frequent first.

    statements: repeats not counted.
    """

    id: str
    name: str
    kind: str
    statements: int
    articles: int
    actor: str | None
    names: tuple[Tally, ...]

    @property
    def whose(self) -> Whose:
        """To ask for what this speaker said."""
        return Whose(tuple(str(name.name) for name in self.names), self.actor or "")


class Speakers(msgspec.Struct, frozen=True):
    """All speakers. by_id: those with most statements first.

    by_name: id of a name -> ids of the speakers that go by it, where that is not the speaker of this very id
    alone. by_actor: id of an actor -> id of the speaker.
    """

    by_id: dict[str, Speaker]
    by_name: dict[str, tuple[str, ...]]
    by_actor: dict[str, str]

    def meant(self, key: str) -> tuple[Speaker, ...]:
        """The speaker with this id; else those whom the id of a name or of an actor means, if any."""
        if key in self.by_id:
            return (self.by_id[key],)
        if key in self.by_actor:
            return (self.by_id[self.by_actor[key]],)
        return tuple(self.by_id[one] for one in self.by_name.get(key, ()))

    def named(self, name: str) -> tuple[Speaker, ...]:
        """All who go by this name, as it is written."""
        key = speaker_id(name)
        ids = self.by_name.get(key) or ((key,) if key in self.by_id else ())
        return tuple(self.by_id[one] for one in ids)

    def address(self, actor: str | None, name: str) -> str:
        """The id of the speaker that an article calls so."""
        return speaker_id(name) if actor is None else self.by_actor.get(actor, actor)


def speaker_id(name: str) -> str:
    """The id of a name as it is written."""
    return content_id("speaker", name)


def speakers(db: sqlite3.Connection) -> Speakers:
    """All speakers of current articles."""
    names: dict[int, Counter[str]] = defaultdict(Counter)
    bare: dict[str, Speaker] = {}
    holders: dict[str, list[int | None]] = defaultdict(list)
    for name, actor, kind, statements, articles in db.execute(_NAMES):
        holders[name].append(actor)
        if actor is None:
            only = (Tally(name, statements),)
            bare[name] = Speaker(speaker_id(name), name, kind, statements, articles, None, only)
        else:
            names[actor][name] = statements
    found = list(bare.values())
    for key, actor, name, kind, statements, articles in db.execute(_ACTORS):
        if key in names:
            own = speaker_id(name) if holders[name] == [key] else actor
            tallies = tuple(Tally(*one) for one in sorted(names[key].items(), key=lambda n: (-n[1], n[0])))
            found.append(Speaker(own, name, kind, statements, articles, actor, tallies))
    found.sort(key=lambda one: (-one.statements, -one.articles, one.name, one.id))
    by_name: dict[str, list[str]] = defaultdict(list)
    for one in found:
        for tally in one.names:
            by_name[speaker_id(str(tally.name))].append(one.id)
    return Speakers(
        by_id={one.id: one for one in found},
        by_name={key: tuple(ids) for key, ids in by_name.items() if ids != [key]},
        by_actor={one.actor: one.id for one in found if one.actor},
    )


_NAMES = """
    SELECT name, actor, max(kind), sum(attributions), count(DISTINCT article) FROM mentions
    WHERE article NOT IN (SELECT key FROM articles WHERE superseded_by IS NOT NULL) GROUP BY name, actor
"""
_ACTORS = "SELECT key, id, name, kind, attributions, articles FROM actors"
