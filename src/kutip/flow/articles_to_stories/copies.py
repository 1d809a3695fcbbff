"""Near-duplicates: articles whose words run the same, found by their sketches.

A sketch holds the smallest hashes of all runs of words (Broder 1997), so the share of equal hashes among the
smallest of both estimates the share of equal runs. Cost per article does not grow with their number: only
articles with many equal hashes are ever looked at.
"""

from collections import Counter
from collections.abc import Collection

from kutip.flow.articles_to_stories.features import SKETCH

ALIKE = 0.7  # share of equal word runs from which one article is a copy of the other
SHORTEST = 12  # hashes: an article with fewer word runs is too short to be called a copy
CROWD = 64  # articles at most under one hash: what more articles share is boilerplate


class Copies:
    """Remembers sketches of originals; tells which original a new article is a copy of."""

    def __init__(self) -> None:
        self._by_hash: dict[int, list[int]] = {}
        self._sketches: dict[int, frozenset[int]] = {}

    def find(self, sketch: tuple[int, ...]) -> int | None:
        """The number of the original that an article with this sketch copies, the likest, or None."""
        if len(sketch) < SHORTEST:
            return None
        shared = Counter(number for value in sketch for number in self._by_hash.get(value, ()))
        best = max(
            ((alike(sketch, self._sketches[number]), -number) for number, n in shared.items() if n > 1),
            default=None,
        )
        return -best[1] if best is not None and best[0] >= ALIKE else None

    def add(self, number: int, sketch: tuple[int, ...]) -> None:
        """Remembers an original."""
        if len(sketch) < SHORTEST:
            return
        self._sketches[number] = frozenset(sketch)
        for value in sketch:
            known = self._by_hash.setdefault(value, [])
            if len(known) < CROWD:
                known.append(number)


def alike(sketch: Collection[int], other: frozenset[int]) -> float:
    """The share of equal word runs that two sketches tell; 0 where one is too short to tell."""
    if min(len(sketch), len(other)) < SHORTEST:
        return 0.0
    smallest = sorted(other.union(sketch))[:SKETCH]
    own = frozenset(sketch)
    return sum(value in own and value in other for value in smallest) / len(smallest)
