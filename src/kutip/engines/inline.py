"""One page after the other, in this process."""

from collections.abc import Iterable, Iterator

from kutip.flow.pipeline import Processed, process
from kutip.model import Page


def run(pages: Iterable[Page]) -> Iterator[Processed]:
    """An Engine."""
    return map(process, pages)
