"""Names of a record and which of them may be those of one actor: found by keys, never all with all."""

import sqlite3
from collections import defaultdict
from collections.abc import Iterable

from kutip.flow.actors.blocking import CROWD, name_keys
from kutip.flow.actors.likeness import Likeness, likeness, parts
from kutip.store.sql import as_json

WORTH = 0.8  # likeness from which a link is kept


class Names:
    """The tables name_keys and name_links."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def register(self, names: Iterable[str]) -> None:
        """Links names that are new with those that may be alike."""
        known = "SELECT DISTINCT name FROM json_each(?) wanted CROSS JOIN name_keys ON name = wanted.value"
        wanted = {name for name in names if is_name(name)}
        old = {name for (name,) in self._db.execute(known, [as_json(sorted(wanted))])}
        for name in sorted(wanted - old):
            keys = sorted(name_keys(name))
            self._link(name, keys)
            self._db.executemany("INSERT INTO name_keys VALUES (?, ?)", [(key, name) for key in keys])

    def around(self, names: Iterable[str]) -> set[str]:
        """These names with all that have a say in whose they are.

        Full names are followed from one to the next; of short names, only those that fit one of them come
        along, with the other full names that they fit.
        """
        taken = self._full(set(names))
        short = {name for name in self._linked(taken) if len(parts(name)) <= 1} | taken
        return self._full(short | self._linked({name for name in short if len(parts(name)) <= 1}))

    def components(self, names: set[str], joined: Iterable[tuple[str, str]]) -> list[list[str]]:
        """Names that are linked, however far, together; ``joined``: pairs that are so without a link."""
        beside: dict[str, set[str]] = defaultdict(set)
        for one, other in [*self.links(names), *joined]:
            beside[one].add(other)
            beside[other].add(one)
        left, out = set(names), []
        for name in sorted(names):
            if name not in left:
                continue
            found, ring = {name}, {name}
            while ring:
                ring = {other for one in ring for other in beside[one]} & left - found
                found |= ring
            left -= found
            out.append(sorted(found))
        return out

    def links(self, names: Iterable[str]) -> dict[tuple[str, str], Likeness]:
        """The links among ``names``, both ways."""
        wanted = set(names)
        query = "SELECT one, other, score, reason FROM json_each(?) wanted CROSS JOIN name_links ON one = wanted.value"
        found = self._db.execute(query, [as_json(sorted(wanted))])
        return {(one, other): Likeness(score, why) for one, other, score, why in found if other in wanted}

    def clear(self) -> None:
        """Forgets all names."""
        self._db.execute("DELETE FROM name_keys")
        self._db.execute("DELETE FROM name_links")

    def _link(self, name: str, keys: list[str]) -> None:
        beside: set[str] = set()
        for key in keys:
            query = "SELECT name FROM name_keys WHERE key = ? LIMIT ?"
            found = [other for (other,) in self._db.execute(query, [key, CROWD + 1])]
            if len(found) <= CROWD:
                beside.update(found)
        rows = []
        for other in sorted(beside):
            found_alike = likeness(name, other)
            if found_alike.score >= WORTH:
                rows += [
                    (a, b, found_alike.score, found_alike.reason) for a, b in ((name, other), (other, name))
                ]
        self._db.executemany("INSERT OR REPLACE INTO name_links VALUES (?, ?, ?, ?)", rows)

    def _full(self, names: set[str]) -> set[str]:
        """With the full names that are linked with the full ones among them, however far."""
        taken = ring = names
        while ring:
            linked = self._linked({name for name in ring if len(parts(name)) > 1})
            ring = {name for name in linked if len(parts(name)) > 1} - taken
            taken = taken | ring
        return taken

    def _linked(self, names: Iterable[str]) -> set[str]:
        query = "SELECT DISTINCT other FROM json_each(?) wanted CROSS JOIN name_links ON one = wanted.value"
        return {other for (other,) in self._db.execute(query, [as_json(sorted(names))])}


def is_name(name: str) -> bool:
    """Whether these words name somebody: some part has a capital, or letters without case."""
    return name != name.lower() or name == name.upper()
