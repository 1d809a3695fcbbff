"""Keys to numbers and weights: how rare a key is among the articles seen, and articles as weighted
vectors.
"""

import math
from array import array
from collections.abc import Callable, Iterable, Mapping
from itertools import repeat
from operator import mul

# The weight of a key is log((BACKGROUND + articles) / (1 + articles with it)): as if a thousand articles
# without the key had been seen before, so that the first hundred articles do not make every word common.
BACKGROUND = 1000
NEWS = 0.3  # words that any news text may carry count for so much


class Vocabulary:
    """The keys of all articles seen, numbered in order of appearance, with the number of articles that
    each is in.
    """

    def __init__(self) -> None:
        self.articles = 0
        self.counts: dict[int, int] = {}
        self._numbers: dict[str, int] = {}
        self._dulled: set[int] = set()

    def numbers(self, keys: Iterable[str]) -> list[int]:
        """The numbers of ``keys``; new keys get the next ones."""
        known, counts = self._numbers, self.counts
        out = [known.setdefault(key, len(known)) for key in keys]
        for number in range(len(counts), len(known)):
            counts[number] = 0
        return out

    def learn(self, numbers: Iterable[int]) -> None:
        """Counts one more article with these keys, each given once."""
        self.articles += 1
        for number in numbers:
            self.counts[number] += 1

    def dull(self, keys: Iterable[str]) -> None:
        """Makes ``keys`` count for less: words of reporting."""
        self._dulled.update(self.numbers(keys))

    def weight(self, number: int) -> float:
        """How much it says that an article has this key."""
        rare = math.log((BACKGROUND + self.articles) / (1 + self.counts[number]))
        return rare * (NEWS if number in self._dulled else 1.0)


class Vector:
    """Keys with weights, of length 1. ``dot`` takes the look-up of another vector's weights."""

    __slots__ = ("numbers", "weights")

    def __init__(self, weighted: Mapping[int, float]) -> None:
        length = math.sqrt(sum(weight * weight for weight in weighted.values())) or 1.0
        self.numbers = array("L", weighted)
        self.weights = array("d", (weight / length for weight in weighted.values()))

    def lookup(self) -> dict[int, float]:
        """Number to weight."""
        return dict(zip(self.numbers, self.weights, strict=True))

    def dot(self, other: Callable[[int, float], float]) -> float:
        """Cosine with the vector whose ``lookup().get`` is given."""
        return float(sum(map(mul, map(other, self.numbers, repeat(0.0)), self.weights)))

    def among(self, kept: frozenset[int]) -> "Vector":
        """The part over the keys in ``kept``. Its length is the root of what the part had: the less can be
        compared, the less it can weigh.
        """
        pairs = zip(self.numbers, self.weights, strict=True)
        part = {number: weight for number, weight in pairs if number in kept}
        length = math.sqrt(sum(weight * weight for weight in part.values()))
        out = Vector(part)
        out.weights = array("d", (weight * math.sqrt(length) for weight in out.weights))
        return out


def vector(counts: Mapping[int, int], vocabulary: Vocabulary) -> Vector:
    """Counts of keys as a vector: weight times 1 + log(count)."""
    weight = vocabulary.weight
    return Vector({number: weight(number) * (1 + math.log(count)) for number, count in counts.items()})
