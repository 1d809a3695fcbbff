"""Scored pairs to groups: average linkage over a sparse graph, with criteria against chaining.

Two groups join while the mean score between them is high enough, best first. Scores of pairs that were not
compared, or not remembered, count as 0, up to so many comparisons a node: in a very large group nobody is
compared with all. The result depends on the scores alone, not on their order.
"""

import heapq
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import TypeVar

import msgspec

T = TypeVar("T", bound=Hashable)
Pair = tuple[int, int]


class Criterion(msgspec.Struct, frozen=True):
    """When two groups may join.

    threshold: the mean score between them, at least. loyalty: the share of the mean score within either that
    this must be, at least: what is much closer among itself than to the other stays apart, however strong
    single links between the two are. alone: the score that two nodes need that are both in no group yet.
    reach: comparisons of a node that are expected, at most.
    """

    threshold: float
    loyalty: float = 0.0
    alone: float = 0.0
    reach: int = 20


def groups(nodes: Sequence[T], scores: Mapping[tuple[T, T], float], criterion: Criterion) -> list[list[T]]:
    """Groups of ``nodes``, each in the order of ``nodes``, ordered by their first.

    ``scores`` has each unordered pair once. Every node is in exactly one group.
    """
    return _at(nodes, scores, criterion, (criterion.threshold,))[0]


def levels(
    nodes: Sequence[T], scores: Mapping[tuple[T, T], float], thresholds: Sequence[float]
) -> list[list[list[T]]]:
    """The groups at each of several thresholds, the highest first, for the cost of the lowest alone."""
    return _at(nodes, scores, Criterion(threshold=min(thresholds)), sorted(thresholds, reverse=True))


def _at(
    nodes: Sequence[T],
    scores: Mapping[tuple[T, T], float],
    criterion: Criterion,
    thresholds: Sequence[float],
) -> list[list[list[T]]]:
    place = {node: n for n, node in enumerate(nodes)}
    linking = _Linking([[n] for n in range(len(nodes))], criterion)
    linking.read((place[a], place[b], complex(score, 1)) for (a, b), score in scores.items())
    out = []
    for threshold in thresholds:
        linking.join_down_to(threshold)
        out.append([[nodes[n] for n in group] for group in linking.groups()])
    return out


def joined(
    parts: Sequence[Sequence[int]], scores: Mapping[Pair, float], criterion: Criterion
) -> list[list[int]]:
    """``parts`` put together to groups, of which none is taken apart; ``scores``: between any two of their members, by
    the numbers of the parts.
    """
    linking = _Linking([list(part) for part in parts], criterion)
    sizes = [len(part) for part in parts]
    linking.read((a, b, sizes[a] * sizes[b] * complex(score, 1)) for (a, b), score in scores.items())
    linking.join_down_to(criterion.threshold)
    return linking.groups()


class _Linking:
    """Groups by the number of a member, scores between and within them, and a heap of joins to try.

    Scores are kept as complex numbers: their sum, and how many there are as the imaginary part.
    """

    def __init__(self, parts: Sequence[list[int]], criterion: Criterion) -> None:
        self.criterion = criterion
        self.members: dict[int, list[int]] = dict(enumerate(parts))
        self.within: dict[int, complex] = defaultdict(complex)
        self.between: dict[int, dict[int, complex]] = defaultdict(dict)
        self.heap: list[tuple[float, int, int]] = []

    def read(self, scores: Iterable[tuple[int, int, complex]]) -> None:
        for a, b, score in scores:
            self.between[a][b] = self.between[b][a] = score
            if score.real >= self.criterion.threshold * score.imag:
                self.heap.append((-score.real / score.imag, min(a, b), max(a, b)))
        heapq.heapify(self.heap)

    def join_down_to(self, threshold: float) -> None:
        while self.heap and -self.heap[0][0] >= threshold:
            minus, a, b = heapq.heappop(self.heap)
            if a not in self.members or b not in self.members:
                continue
            mean = self._mean(a, b)
            if mean < -minus:  # a group has grown since: the pair waits for its turn
                self._offer(a, b, mean)
            elif self._may_join(a, b, mean):
                self._join(a, b)

    def groups(self) -> list[list[int]]:
        return sorted(sorted(group) for group in self.members.values())

    def _offer(self, a: int, b: int, mean: float) -> None:
        if mean >= self.criterion.threshold:
            heapq.heappush(self.heap, (-mean, min(a, b), max(a, b)))

    def _mean(self, a: int, b: int) -> float:
        small, large = sorted((len(self.members[a]), len(self.members[b])))
        found = self.between[a][b]
        return found.real / max(found.imag, small * min(large, self.criterion.reach))

    def _may_join(self, a: int, b: int, mean: float) -> bool:
        inner = [self._inner(group) for group in (a, b) if len(self.members[group]) > 1]
        return mean >= (self.criterion.loyalty * min(inner) if inner else self.criterion.alone)

    def _inner(self, group: int) -> float:
        size = len(self.members[group])
        found = self.within[group]
        return found.real / max(found.imag, size * min(size - 1, self.criterion.reach) / 2)

    def _join(self, a: int, b: int) -> None:
        """Puts the group with fewer neighbours into the other, so that all joins together stay near n log
        n.
        """
        if (len(self.between[a]), -a) < (len(self.between[b]), -b):
            a, b = b, a
        self.within[a] += self.within.pop(b, 0j) + self.between[a][b]
        self.members[a] += self.members.pop(b)
        row, moved = self.between[a], self.between.pop(b)
        del row[b], moved[a]
        for other in moved:
            back = self.between[other]
            back[a] = row[other] = row.get(other, 0j) + back.pop(b)
            self._offer(a, other, self._mean(a, other))
