"""Makes what derives from the facts anew, in parts of which each can be a transaction of its own.

First comes what articles are compared by, where nobody looks for it; then the stories, each with its statements in
one part, so that it is wholly as it was before or wholly new; then the actors. The tables ``remaking`` and
``remade`` hold how far it has come: whatever program goes on, the result is the same.
"""

import sqlite3
from bisect import bisect_right
from collections.abc import Callable, Iterable

import msgspec

from kutip.flow.articles_to_stories.features import ArticleFeatures
from kutip.flow.attributions_to_statements.step import Linking
from kutip.model import Rejection
from kutip.store.sql import as_json
from kutip.store.upkeep.actors import Actors
from kutip.store.upkeep.names import Names
from kutip.store.upkeep.statements import write_statements
from kutip.store.upkeep.stories import Stories
from kutip.store.upkeep.tables import ANEW, DAY, UNKNOWN
from kutip.store.upkeep.taking import New, taken
from kutip.store.upkeep.vectors import METHOD

READ, COMPARED, GROUPED = 2_000, 500, 400  # articles in a part
NAMES, STORIES = 2_000, 1_000
BEGIN, OF_STORIES = "begin", ("begin", "read", "compare", "group")
_AMONG = "IN (SELECT value FROM json_each(?))"
_decode = msgspec.msgpack.Decoder(ArticleFeatures | None).decode
_FEATURES = "CREATE TEMP TABLE IF NOT EXISTS features (article INTEGER PRIMARY KEY, features BLOB)"
_ORDERED = f"""
    INSERT INTO remade (position, article)
    SELECT row_number() OVER (ORDER BY coalesce({DAY}, '{UNKNOWN}'), id), key FROM articles WHERE superseded_by IS NULL
"""
_BESIDE = """
    SELECT DISTINCT coalesce(other.copy_of, other.article) FROM (
        SELECT value AS article FROM json_each(:ring)
        UNION SELECT article FROM remade WHERE copy_of IN (SELECT value FROM json_each(:ring))
    ) mine
    CROSS JOIN story_articles own ON own.article = mine.article
    CROSS JOIN story_articles beside ON beside.story = own.story
    CROSS JOIN remade other ON other.article = beside.article
"""


class Remaking:
    """Works in the caller's transaction. What it remembers between parts is no more than what it can find again."""

    def __init__(
        self, db: sqlite3.Connection, linking: Linking | None, reject: Callable[[Rejection], None]
    ) -> None:
        """linking: how the statements of a story are made, in the part in which it is; None: they are not."""
        self._db = db
        self._linking = linking
        self._reject = reject
        self._components: list[list[str]] | None = None
        self._changed: dict[int, set[int]] = {}
        self._done: tuple[str, int] = "", 0
        db.execute(
            "DROP TABLE IF EXISTS temp.features"
        )  # of an earlier one, since when articles may be read again
        self._steps: dict[str, tuple[str, Callable[[Stories, str], tuple[str | None, int]]]] = {
            BEGIN: ("articles put in order", self._begin),
            "read": ("articles read", self._read),
            "compare": ("articles compared", self._compare),
            "group": ("articles in new stories", self._group),
            "names": ("names compared", self._link_names),
            "actors": ("names resolved", self._resolve_names),
            "roles": ("stories looked through for roles", self._place_roles),
        }

    def start(self) -> None:
        """Has everything made anew; what was begun before is begun again."""
        self._db.execute("DELETE FROM remaking")
        self._db.execute("INSERT INTO remaking VALUES (?, ?, '')", (METHOD, BEGIN))

    def part(self, stories: Stories) -> tuple[str, int] | None:
        """Does the next part, and gives what is done and for how many; None where nothing is left to do."""
        row = self._db.execute("SELECT method, step, done FROM remaking").fetchone()
        if row is None:
            return None
        step, done = row[1:] if row["method"] == METHOD else (BEGIN, "")
        what, work = self._steps[step]
        after, count = work(stories, done)
        names = list(self._steps)
        following = step if after is not None else next(iter(names[names.index(step) + 1 :]), None)
        if following is None:
            self._finish()
        else:
            self._db.execute(
                "UPDATE remaking SET method = ?, step = ?, done = ?", (METHOD, following, after or "")
            )
        self._done = what, count + (self._done[1] if self._done[0] == what else 0)
        return self._done

    def stories_at_once(self, stories: Stories) -> dict[int, set[int]]:
        """Makes all stories anew, nothing else. Gives those that changed, as ``StoryTables.write`` does."""
        self.start()
        while self._db.execute("SELECT step FROM remaking").fetchone()[0] in OF_STORIES:
            self.part(stories)
        self._finish()
        return self._changed

    def _finish(self) -> None:
        self._db.execute("DELETE FROM remade")
        self._db.execute("DELETE FROM remaking")
        self._db.execute("INSERT OR REPLACE INTO methods VALUES ('stories', ?)", (METHOD,))

    def _begin(self, stories: Stories, done: str) -> tuple[str | None, int]:
        stories.reset()
        self._db.execute("DROP TABLE IF EXISTS temp.features")
        self._db.execute("DELETE FROM remade")
        return None, self._db.execute(_ORDERED).rowcount

    def _read(self, stories: Stories, done: str) -> tuple[str | None, int]:
        """All words are counted before any article is compared."""
        after, keys = self._next(done, READ)
        for start in range(0, len(keys), GROUPED):
            new = taken(self._db, keys[start : start + GROUPED], self._reject)
            stories.learn(new)
            self._keep_features(new)
        stories.save()
        return after, len(keys)

    def _compare(self, stories: Stories, done: str) -> tuple[str | None, int]:
        after, keys = self._next(done, COMPARED)
        known = self._features(keys)
        missing = taken(self._db, (key for key in keys if key not in known), self._reject)
        known |= {one.key: one for one in missing}

        def fold(article: int, original: int) -> None:
            self._db.execute("UPDATE remade SET copy_of = ? WHERE article = ?", (original, article))

        stories.add((known[key] for key in keys), fold)
        return after, len(keys)

    def _group(self, stories: Stories, done: str) -> tuple[str | None, int]:
        """The stories of the next articles, and of all that hang together with these by new links or old stories."""
        query = """
            SELECT position, article FROM remade WHERE position > ? AND NOT grouped AND copy_of IS NULL
            ORDER BY position LIMIT ?
        """
        found = self._db.execute(query, (int(done or 0), GROUPED)).fetchall()
        if not found:
            return None, 0
        nodes = taken_ = {article for _, article in found}
        while nodes:
            ring = as_json(nodes)
            beside = {article for (article,) in self._db.execute(_BESIDE, {"ring": ring})}
            nodes = (beside | stories.linked(nodes)) - taken_
            taken_ |= nodes
        copies = f"SELECT article, copy_of FROM remade WHERE copy_of {_AMONG}"
        copied = {row["article"]: row["copy_of"] for row in self._db.execute(copies, [as_json(taken_)])}
        members = as_json([*taken_, *copied])
        made, changed = stories.make(taken_, copied)
        for story, new in changed.items():
            self._changed.setdefault(story, set()).update(new)
        if self._linking is not None:
            self._follow(made)
        self._db.execute(f"UPDATE remade SET grouped = 1 WHERE article {_AMONG}", [members])
        self._db.execute(f"DELETE FROM pending WHERE article {_AMONG}", [members])
        return str(found[-1][0]), len(taken_) + len(copied)

    def _follow(self, made: Iterable[int]) -> None:
        """The statements of new stories."""
        assert self._linking is not None
        stories = sorted(made)
        write_statements(self._db, {story: {ANEW} for story in stories}, self._linking, self._reject)
        self._db.execute(f"DELETE FROM unfollowed WHERE story {_AMONG}", [as_json(stories)])

    def _link_names(self, stories: Stories, done: str) -> tuple[str | None, int]:
        names = Names(self._db)
        if not done:
            names.clear()
        query = "SELECT DISTINCT name FROM mentions WHERE name > ? ORDER BY name LIMIT ?"
        found = [name for (name,) in self._db.execute(query, (done, NAMES))]
        names.register(found)
        return (found[-1] if found else None), len(found)

    def _resolve_names(self, stories: Stories, done: str) -> tuple[str | None, int]:
        actors = Actors(self._db)
        if self._components is None:
            self._components = actors.components()
        at = bisect_right(self._components, done, key=lambda names: names[0])
        part: list[list[str]] = []
        while at < len(self._components) and sum(map(len, part)) < NAMES:
            part.append(self._components[at])
            at += 1
        actors.resolve_anew(part)
        return (part[-1][0] if part else None), sum(map(len, part))

    def _place_roles(self, stories: Stories, done: str) -> tuple[str | None, int]:
        query = "SELECT key FROM stories WHERE key > ? ORDER BY key LIMIT ?"
        keys = [key for (key,) in self._db.execute(query, (int(done or 0), STORIES))]
        Actors(self._db).place_roles(keys)
        return (str(keys[-1]) if keys else None), len(keys)

    def _next(self, done: str, count: int) -> tuple[str | None, list[int]]:
        """The next articles in order, and the place of the last."""
        query = "SELECT position, article FROM remade WHERE position > ? ORDER BY position LIMIT ?"
        found = self._db.execute(query, (int(done or 0), count)).fetchall()
        return (str(found[-1][0]) if found else None), [article for _, article in found]

    def _keep_features(self, new: Iterable[New]) -> None:
        self._db.execute(_FEATURES)
        rows = ((one.key, msgspec.msgpack.encode(one.features)) for one in new)
        self._db.executemany("INSERT OR REPLACE INTO temp.features VALUES (?, ?)", rows)

    def _features(self, articles: Iterable[int]) -> dict[int, New]:
        """Those that this program has read itself; they are forgotten."""
        self._db.execute(_FEATURES)
        wanted = [as_json(articles)]
        found = self._db.execute(
            f"SELECT article, features FROM temp.features WHERE article {_AMONG}", wanted
        )
        known = {key: New(key, ("", ""), _decode(raw)) for key, raw in found}
        self._db.execute(f"DELETE FROM temp.features WHERE article {_AMONG}", wanted)
        return known
