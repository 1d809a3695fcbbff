"""Stories of a record, kept current: new articles are compared with few others, and only what they touch is
grouped anew.
"""

import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache

import msgspec

from kutip.flow.articles_to_stories.compare import Comparer, Options
from kutip.flow.articles_to_stories.copies import ALIKE, alike
from kutip.flow.articles_to_stories.features import ArticleFeatures
from kutip.flow.articles_to_stories.linkage import groups
from kutip.flow.articles_to_stories.score import Indexed
from kutip.store.upkeep.tables import Place, StoryTables
from kutip.store.upkeep.taking import New
from kutip.store.upkeep.terms import Terms, article_at, place_of
from kutip.store.upkeep.vectors import packed, unpacked

NEAR = 400  # articles around new ones, at least, that are grouped anew with them
AROUND = 4  # … and so many for each new one
REMEMBERED = 4096  # vectors
LARGE = 800_000  # keys
Fold = Callable[[int, int], None]


class Stories:
    """Takes articles of a record in and out of its stories. Everything happens in the caller's transaction."""

    def __init__(self, db: sqlite3.Connection, options: Options | None = None) -> None:
        self._options = options or Options()
        self._db = db
        self._tables = StoryTables(db)
        self._vector = lru_cache(REMEMBERED)(self._read_vector)
        self._read_terms()

    def _read_terms(self) -> None:
        self._terms = Terms(self._db)
        self._comparer = Comparer(self._terms, self._options)

    def is_large(self) -> bool:
        """Whether so much is remembered that it should be forgotten."""
        return len(self._terms.counts) > LARGE

    def learn(self, articles: Iterable[New]) -> None:
        """Counts the keys of articles, so that rare keys are known from common ones."""
        for article in articles:
            if article.features is not None:
                self._comparer.learn(article.features)

    def save(self) -> None:
        """Writes what was learned."""
        self._terms.save()

    def add(self, articles: Iterable[New], fold: Fold | None = None) -> set[int]:
        """Takes articles in; ``learn`` them first. Gives those whose stories have to be found: ``regroup``.

        fold: notes which article is a copy of which.
        """
        touched: set[int] = set()
        for one in articles:
            touched.add(
                self._add(one.key, one.features, fold or self._tables.fold) if one.features else one.key
            )
        self._terms.save()
        return touched

    def remove(self, articles: Iterable[int]) -> tuple[set[int], set[int]]:
        """Takes articles out. Gives those to ``regroup``, and copies that lost their original: ``add`` them."""
        touched: set[int] = set()
        orphans: set[int] = set()
        gone = set(articles)
        for article in gone:
            beside, copies = self._tables.remove(article)
            touched |= beside
            orphans |= copies
        self._vector.cache_clear()
        return touched - gone - orphans, orphans - gone

    def reset(self) -> None:
        """Forgets what articles are compared by, but not in which stories they are: until they are grouped anew."""
        self._tables.reset()
        self._vector.cache_clear()
        self._read_terms()

    def regroup(self, touched: set[int]) -> dict[int, set[int]]:
        """Finds the stories of these articles and of those around them.

        Gives the stories that changed, as ``StoryTables.write`` does.
        """
        touched = self._tables.originals(touched)
        nodes = self._around(touched, max(NEAR, AROUND * len(touched)))
        return self._tables.write(self._grouped(nodes, self._tables.copies(nodes)))

    def linked(self, articles: Iterable[int]) -> set[int]:
        """Articles that may be of one story with these."""
        return self._tables.linked(articles, self._options.criterion.threshold)

    def make(self, nodes: set[int], copied: Mapping[int, int]) -> tuple[set[int], dict[int, set[int]]]:
        """Makes the stories of ``nodes``, which hang together with no others, and of their copies (to what they copy).

        Gives all of them, and those that changed, as ``StoryTables.write`` does.
        """
        copies: dict[int, list[Place]] = {}
        for place in self._tables.places(copied).values():
            original = copied[place.key]
            copies.setdefault(original, []).append(msgspec.structs.replace(place, copy_of=original))
        members = [*nodes, *copied]
        self._tables.leave(members)
        changed = self._tables.write(self._grouped(nodes, copies))
        return self._tables.stories_of(members), changed

    def _grouped(self, nodes: set[int], copies: Mapping[int, Sequence[Place]]) -> list[list[Place]]:
        """Stories of these articles with their copies, in order."""
        places = self._tables.places(nodes)
        order = sorted(nodes, key=lambda node: places[node].order)
        found = groups(order, self._tables.scores(nodes), self._options.criterion)
        return [
            sorted(
                (p for node in group for p in (places[node], *copies.get(node, ()))), key=lambda p: p.order
            )
            for group in found
        ]

    def _add(self, article: int, features: ArticleFeatures, fold: Fold) -> int:
        """Takes one article in and gives the article, itself or its original, by which it is grouped."""
        indexed = self._comparer.index(features)
        found = self._comparer.candidates(indexed, self._terms)
        others = [(n, *kept) for n in map(article_at, found) if n != article and (kept := self._vector(n))]
        original = self._original(features.sketch, others)
        if original is not None and not self._is_before(article, original):
            fold(article, original)
            return original
        if original is not None:
            self._tables.take_over(article, original)
            self._vector.cache_clear()
        scores = self._comparer.scores(
            indexed, ((number, other) for number, other, _ in others if number != original)
        )
        self._tables.keep_scores(article, scores)
        self._tables.keep_vector(article, packed(indexed, features.sketch))
        self._terms.put(indexed.found_by(), place_of(indexed.day, article))
        return article

    def _original(
        self, sketch: Sequence[int], others: Iterable[tuple[int, Indexed, frozenset[int]]]
    ) -> int | None:
        """The article that one with this sketch copies: the likest."""
        own, half = frozenset(sketch), len(sketch) / 2
        shares = ((alike(own, known), -number) for number, _, known in others if len(own & known) > half)
        best = max((share for share in shares if share[0] >= ALIKE), default=None)
        return None if best is None else -best[1]

    def _is_before(self, article: int, other: int) -> bool:
        places = self._tables.places((article, other))
        return places[article].order < places[other].order

    def _read_vector(self, article: int) -> tuple[Indexed, frozenset[int]] | None:
        raw = self._tables.vector(article)
        return None if raw is None else unpacked(raw)

    def _around(self, touched: set[int], limit: float) -> set[int]:
        """These articles with whole stories around them, nearest first, until there are ``limit`` articles.

        Where nothing is left out, the answer is the one that grouping everything would give: groups never
        cross what scores of at least the threshold hold together.
        """
        taken = touched | self._tables.beside(touched)
        ring = taken
        while ring and len(taken) < limit:
            linked = self.linked(ring) - taken
            ring = (linked | self._tables.beside(linked)) - taken
            taken |= ring
        return taken
