"""Keeps groups current while scores come in: only what a new score can change is grouped anew.

Two groups join only where the mean score between them reaches the threshold, so some single score must reach
it: groups never cross the components of the graph of such scores, and each component is grouped by itself.
"""

from collections.abc import Iterator, Mapping, Sequence

from kutip.flow.articles_to_stories.components import Components
from kutip.flow.articles_to_stories.linkage import Criterion, groups


class Regrouping:
    """Numbered nodes with the scores between them."""

    def __init__(self, criterion: Criterion) -> None:
        self._criterion = criterion
        self._scores: dict[int, dict[int, float]] = {}
        self._components = Components[int]()
        self._groups: dict[int, list[list[int]]] = {}

    def add(self, node: int, scores: Mapping[int, float]) -> None:
        """A new node with its scores to nodes that were added before."""
        self._scores[node] = dict(scores)
        self._components.add(node)
        for other, score in scores.items():
            if score >= self._criterion.threshold:
                for root in self._components.unite(node, other):
                    self._groups.pop(root, None)

    def current(self, order: Sequence[tuple[str, str]]) -> Iterator[list[int]]:
        """The groups. ``order`` gives, by number, what nodes are sorted by, so that ties fall the same way
        always.
        """
        for root, component in self._components.members.items():
            if root not in self._groups:
                component.sort(key=order.__getitem__)
                self._groups[root] = self._grouped(component)
            yield from self._groups[root]

    def _grouped(self, component: list[int]) -> list[list[int]]:
        inside = set(component)
        scores = {
            (node, other): score
            for node in component
            for other, score in self._scores[node].items()
            if other in inside
        }
        return groups(component, scores, self._criterion)
