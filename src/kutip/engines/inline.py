"""One page after the other, in this process."""

from collections.abc import Iterable, Iterator

from kutip.flow.page_to_article.draft import CAREFUL, Reading
from kutip.flow.pipeline import Processed, process
from kutip.model import Page


def run(pages: Iterable[Page], reading: Reading = CAREFUL) -> Iterator[Processed]:
    """An Engine."""
    return (process(page, reading) for page in pages)
