"""A made-up encoder."""

from collections.abc import Iterator, Sequence


class FakeEncoder:
    """Takes for alike what has one of the given words. seen: what it was asked about."""

    LIKE = 0.8

    def __init__(self, words: frozenset[str], like: float = LIKE, name: str = "made up 1") -> None:
        self.name = name
        self.seen: list[str] = []
        self._words = words
        self._like = like

    def near(
        self, ones: Sequence[str], others: Sequence[str], least: float, most: int
    ) -> Iterator[tuple[int, int, float]]:
        """See ``Encoder``."""
        if ones and others:
            self.seen += [*ones, *others]
        for a, one in enumerate(ones):
            for b, other in enumerate(others):
                if self._fits(one) and self._fits(other) and self._like >= least:
                    yield a, b, self._like

    def _fits(self, text: str) -> bool:
        return any(word in text.casefold() for word in self._words)
