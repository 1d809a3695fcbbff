"""Connected components that grow: union by size, with path halving (Tarjan 1975)."""

from typing import Generic, TypeVar

T = TypeVar("T", int, str)


class Components(Generic[T]):
    """members: the nodes of each component, by the node that stands for it."""

    def __init__(self) -> None:
        self.members: dict[T, list[T]] = {}
        self._parent: dict[T, T] = {}

    def add(self, node: T) -> None:
        """A node that is a component by itself."""
        self._parent[node] = node
        self.members[node] = [node]

    def unite(self, one: T, other: T) -> tuple[T, T]:
        """Makes one component of those of two nodes. Gives what stood for them; the first one stands for both."""
        one, other = self._root(one), self._root(other)
        if one != other:
            if len(self.members[one]) < len(self.members[other]):
                one, other = other, one
            self._parent[other] = one
            self.members[one] += self.members.pop(other)
        return one, other

    def pop(self, root: T) -> list[T]:
        """Forgets a component; gives its nodes."""
        nodes = self.members.pop(root)
        for node in nodes:
            del self._parent[node]
        return nodes

    def _root(self, node: T) -> T:
        while self._parent[node] != node:
            self._parent[node] = node = self._parent[self._parent[node]]
        return node
