"""Scored pairs to groups: average linkage over a sparse graph, with a criterion against chaining.

Two groups join while the mean score between them is at least ``threshold``, best first, and at least
``loyalty`` of the mean score within either: what is much closer among itself than to the other stays apart,
however strong single links between the two are. Two nodes that are both in no group yet need ``alone`` at
least. Scores of pairs that were never compared count as 0, up to REACH comparisons an article: in a very
large story nobody is compared with all. The result depends on the scores alone, not on their order.
"""

import heapq
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import TypeVar

T = TypeVar("T", bound=Hashable)
REACH = 20


def groups(
    nodes: Sequence[T],
    scores: Mapping[tuple[T, T], float],
    threshold: float,
    loyalty: float,
    alone: float = 0.0,
) -> list[list[T]]:
    """Groups of ``nodes``, each in the order of ``nodes``, ordered by their first.

    ``scores`` has each unordered pair once. Every node is in exactly one group.
    """
    place = {node: n for n, node in enumerate(nodes)}
    linking = _Linking(len(nodes), threshold, loyalty, alone)
    linking.run((place[a], place[b], score) for (a, b), score in scores.items())
    return [[nodes[n] for n in group] for group in linking.groups()]


class _Linking:
    """Groups by the number of a member, sums of the scores between and within them, and a heap of joins to
    try.
    """

    def __init__(self, count: int, threshold: float, loyalty: float, alone: float) -> None:
        self.threshold = threshold
        self.alone = alone
        self.loyalty = loyalty
        self.members: dict[int, list[int]] = {n: [n] for n in range(count)}
        self.within: dict[int, float] = defaultdict(float)
        self.between: dict[int, dict[int, float]] = defaultdict(dict)
        self.heap: list[tuple[float, int, int]] = []

    def run(self, scores: Iterable[tuple[int, int, float]]) -> None:
        for a, b, score in scores:
            self.between[a][b] = self.between[b][a] = score
            if score >= self.threshold:
                self.heap.append((-score, min(a, b), max(a, b)))
        heapq.heapify(self.heap)
        while self.heap:
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
        if mean >= self.threshold:
            heapq.heappush(self.heap, (-mean, min(a, b), max(a, b)))

    def _mean(self, a: int, b: int) -> float:
        small, large = sorted((len(self.members[a]), len(self.members[b])))
        return self.between[a][b] / (small * min(large, REACH))

    def _may_join(self, a: int, b: int, mean: float) -> bool:
        inner = [self._inner(group) for group in (a, b) if len(self.members[group]) > 1]
        return mean >= (self.loyalty * min(inner) if inner else self.alone)

    def _inner(self, group: int) -> float:
        size = len(self.members[group])
        return self.within[group] / (size * min(size - 1, REACH) / 2)

    def _join(self, a: int, b: int) -> None:
        """Puts the group with fewer neighbours into the other, so that all joins together stay near n log
        n.
        """
        if (len(self.between[a]), -a) < (len(self.between[b]), -b):
            a, b = b, a
        self.within[a] += self.within.pop(b, 0.0) + self.between[a][b]
        self.members[a] += self.members.pop(b)
        row, moved = self.between[a], self.between.pop(b)
        del row[b], moved[a]
        for other in moved:
            back = self.between[other]
            back[a] = row[other] = row.get(other, 0.0) + back.pop(b)
            self._offer(a, other, self._mean(a, other))
