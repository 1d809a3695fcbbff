"""The vocabulary of a record: the keys that articles are compared by, how common each is, where it stands.

What is asked for is read once and remembered; what changed is written by ``save``.
"""

import sqlite3
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Sequence

from kutip.flow.articles_to_stories.compare import WINDOW
from kutip.flow.articles_to_stories.weights import Vocabulary
from kutip.store.sql import as_json

HELD = 400  # articles at most under one key, those of the latest days: what more articles share tells little
_DAY = 40  # bits: a place is day << _DAY | article


def place_of(day: int | None, article: int) -> int:
    """A number that sorts by day (ordinal; unknown first), then by article."""
    return (day or 0) << _DAY | article


def article_at(place: int) -> int:
    """The article of a place."""
    return place & ((1 << _DAY) - 1)


class Terms(Vocabulary):
    """A Vocabulary in a record, and the Shelf on which its articles stand by their places."""

    def __init__(self, db: sqlite3.Connection) -> None:
        super().__init__()
        self._db = db
        self._texts: dict[int, str] = {}
        self._held: dict[int, array[int]] = {}
        self._changed: set[int] = set()
        self._last = int(db.execute("SELECT coalesce(max(key), 0) FROM story_terms").fetchone()[0])
        (self._all,) = self.numbers([""])
        self.articles = self.counts[self._all]

    def numbers(self, keys: Iterable[str]) -> list[int]:
        """The numbers of ``keys``; new keys get the next ones."""
        wanted, known = list(keys), self._numbers
        unknown = [key for key in wanted if key not in known]
        if unknown:
            self._fetch(dict.fromkeys(unknown))
        return [known[key] for key in wanted]

    def learn(self, numbers: Iterable[int]) -> None:
        """Counts one more article with these keys, each given once."""
        learned = [self._all, *numbers]
        super().learn(learned)
        self._changed.update(learned)

    def put(self, keys: Iterable[int], place: int) -> None:
        """Notes that an article has ``keys``."""
        for key in keys:
            held = self._held[key]
            if (at := bisect_left(held, place)) < len(held) and held[at] == place:
                continue  # an article that comes back
            held.insert(at, place)
            if len(held) > HELD:
                del held[0]
            self._changed.add(key)

    def postings(self, key: int, day: int | None) -> Sequence[int]:
        """Places of articles with this key, no more than WINDOW days from ``day``, or without a day."""
        held = self._held[key]
        if day is None or not held:
            return held
        first, after = (day - WINDOW) << _DAY, (day + WINDOW + 1) << _DAY
        if held[0] >= first and held[-1] < after:
            return held
        undated = bisect_left(held, 1 << _DAY)
        return held[:undated] + held[bisect_left(held, first, undated) : bisect_left(held, after, undated)]

    def place(self, number: int) -> int:
        """Places sort as they are."""
        return number

    def save(self) -> None:
        """Writes what changed since the last time."""
        values = [
            (number, self._texts[number], self.counts[number], self._held[number].tobytes())
            for number in sorted(self._changed)
        ]
        self._db.executemany(
            """
            INSERT INTO story_terms VALUES (?, ?, ?, ?) ON CONFLICT (key)
            DO UPDATE SET articles = excluded.articles, postings = excluded.postings
            """,
            values,
        )
        self._changed.clear()

    def _fetch(self, unknown: dict[str, None]) -> None:
        query = """
            SELECT story_terms.* FROM json_each(?) wanted
            CROSS JOIN story_terms ON story_terms.term = wanted.value
        """
        for number, key, articles, postings in self._db.execute(query, [as_json(unknown)]):
            self._know(number, key, articles, array("q", postings))
        for key in unknown:
            if key not in self._numbers:
                self._last += 1
                self._know(self._last, key, 0, array("q"))

    def _know(self, number: int, key: str, articles: int, held: "array[int]") -> None:
        self._numbers[key] = number
        self._texts[number] = key
        self.counts[number] = articles
        self._held[number] = held
