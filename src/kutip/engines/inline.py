"""One page after the other, in this process."""

from collections.abc import Iterable, Iterator

from kutip.flow.page_to_article.draft import CAREFUL, Reading
from kutip.flow.pipeline import Again, Processed, attribute_again, process
from kutip.model import Article, Page


def run(pages: Iterable[Page], reading: Reading = CAREFUL) -> Iterator[Processed]:
    """An Engine."""
    return (process(page, reading) for page in pages)


def reread(articles: Iterable[Article]) -> Iterator[Again]:
    """A Rereader."""
    return map(attribute_again, articles)
