"""A place in a text."""

import msgspec


class Span(msgspec.Struct, frozen=True, order=True, gc=False):
    """Half-open range of Unicode code points: ``text[start:end]``."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The words that the span covers in ``text``."""
        return text[self.start : self.end]
