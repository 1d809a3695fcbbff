"""Sentences of a story as weighted features: words and runs of letters, the rarer in the story the heavier."""

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from itertools import count, groupby

import msgspec

from kutip.flow.attributions_to_statements.features import MANNER, Marks

GRAM = 4  # letters in a run


class Stock:
    """Features by number, and what each weighs: words, or runs of letters."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = defaultdict(count().__next__)
        self.weights: list[float] = []
        self.squares: list[float] = []
        self.manner: frozenset[int] = frozenset()  # numbers of negations and modals

    def weigh(self, among: Mapping[int, int], sentences: int) -> None:
        """``among``: in how many of the sentences each feature is; the rarer, the heavier."""
        of_count = {n: math.log((sentences + 1) / (n + 0.5)) for n in {0, *among.values()}}
        self.weights = [of_count[among.get(number, 0)] for number in range(len(self.numbers))]
        self._unseen = of_count[0]
        self._complete()

    def feature(self, numbers: Sequence[int], less: Mapping[int, float]) -> "Feature":
        """What has these features. less: those that do not count fully, with their share."""
        if len(self.numbers) > len(self.weights):
            self.weights += [self._unseen] * (len(self.numbers) - len(self.weights))
            self._complete()
        keys = frozenset(numbers)
        weights, squares = self.weights, self.squares
        total = sum(map(weights.__getitem__, keys)) - sum((1 - s) * weights[n] for n, s in less.items())
        square = sum(map(squares.__getitem__, keys)) - sum((1 - s * s) * squares[n] for n, s in less.items())
        return Feature(self, keys, dict(less), total, max(square, 0.0) ** 0.5)

    def _complete(self) -> None:
        self.squares = [weight * weight for weight in self.weights]
        self.manner = frozenset(n for key, n in self.numbers.items() if key.startswith(MANNER))


class Feature(msgspec.Struct, frozen=True):
    """What is compared of a sentence, by number. less: what does not count fully, with its share. total: of the
    weights; length: theirs as a vector.
    """

    stock: Stock
    keys: frozenset[int]
    less: Mapping[int, float]
    total: float
    length: float

    def heaviest(self) -> list[tuple[int, float]]:
        """Features with their weights, the heaviest first."""
        weights, less = self.stock.weights, self.less
        found = [(number, weights[number] * less.get(number, 1.0)) for number in self.keys]
        return sorted(found, key=lambda one: (-one[1], one[0]))

    def shared(self, other: "Feature", keys: frozenset[int]) -> tuple[float, float]:
        """Of ``keys``, which both have: the sum of the weights that they have here, and of the products of both."""
        weights, squares = self.stock.weights, self.stock.squares
        both, product = sum(map(weights.__getitem__, keys)), sum(map(squares.__getitem__, keys))
        if self.less or other.less:
            for number in (self.less.keys() | other.less.keys()) & keys:
                share = self.less.get(number, 1.0)
                both -= (1 - share) * weights[number]
                product -= (1 - share * other.less.get(number, 1.0)) * squares[number]
        return both, product


class Weighted(msgspec.Struct, frozen=True):
    """Words and runs of letters with weights: the rarer among the sentences of the story, the heavier.

    The words of one long name count as one word together: a name, however long, tells who is meant and not
    what is said of them.
    """

    words: Feature
    grams: Feature


class Weights:
    """How rare each feature is among the sentences of a story. given: these sentences, weighed."""

    def __init__(self, sentences: Sequence[Marks]) -> None:
        names = Counter(token for one in sentences for token in one.names)
        names.subtract(token for one in sentences for token in one.plain)
        self._names = frozenset(token for token, count in names.items() if count > 0)
        self._words, self._grams = Stock(), Stock()
        numbered = [self._numbered(one) for one in sentences]
        for stock, which in ((self._words, 0), (self._grams, 1)):
            among: Counter[int] = Counter()
            for features in numbered:
                among.update(set(features[which]))
            stock.weigh(among, len(sentences))
        self.given = [self._weighed(*both) for both in zip(sentences, numbered, strict=True)]

    def of(self, one: Marks) -> Weighted:
        """A sentence, or a part of one, with its features weighed."""
        return self._weighed(one, self._numbered(one))

    def _numbered(self, one: Marks) -> tuple[list[int], list[int]]:
        """The words that are none of the stop words, and the runs of letters, by their places."""
        flat = f" {' '.join(one.tokens)} "
        runs = (flat[n : n + GRAM] for n in range(len(flat) - GRAM + 1))
        words = map(self._words.numbers.__getitem__, filter(None, one.keys))
        return list(words), list(map(self._grams.numbers.__getitem__, runs))

    def _weighed(self, one: Marks, numbered: tuple[Sequence[int], Sequence[int]]) -> Weighted:
        words, grams = numbered
        low = self._low(one.tokens)
        less = _less(words, [low.get(n, 1.0) for n, key in enumerate(one.keys) if key]) if low else {}
        runs = _less(grams, _of_runs(one.tokens, low)) if low else {}
        return Weighted(self._words.feature(words, less), self._grams.feature(grams, runs))

    def _low(self, tokens: Sequence[str]) -> dict[int, float]:
        """The places of tokens within a name of several, with the share with which each counts: 1 divided by the
        length of the name.
        """
        shares: dict[int, float] = {}
        names = self._names
        if names.isdisjoint(tokens):
            return shares
        for named, group in groupby(range(len(tokens)), key=lambda n: tokens[n] in names):
            places = list(group)
            if named and len(places) > 1:
                shares |= dict.fromkeys(places, 1 / len(places))
        return shares


def _less(numbers: Sequence[int], shares: Sequence[float]) -> dict[int, float]:
    """Features that count less than 1 wherever they stand, with the largest share."""
    found: dict[int, float] = {}
    full = set()
    for number, share in zip(numbers, shares, strict=True):
        if share == 1.0:
            full.add(number)
        elif share > found.get(number, 0.0):
            found[number] = share
    return {number: share for number, share in found.items() if number not in full}


def _of_runs(tokens: Sequence[str], low: Mapping[int, float]) -> list[float]:
    """The share with which each run of letters counts: the least of its letters."""
    each = [1.0]
    for place, token in enumerate(tokens):
        each += [low.get(place, 1.0)] * len(token)
        each.append(1.0)
    return list(map(min, *(each[n:] for n in range(GRAM))))
