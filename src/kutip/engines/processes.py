"""Several processes on this machine, each with the whole flow."""

from collections.abc import Callable, Iterable, Iterator, Mapping

from kutip.engines.pool import LIMITS, Limits, Lost, Pool
from kutip.flow.page_to_article.draft import CAREFUL, Reading
from kutip.flow.pipeline import Processed, process
from kutip.model import Article, Attribution, Page, Rejection

CHUNK = 16  # pages handed over at a time
CHUNK_BYTES = 2**20

Outcome = tuple[Article | None, tuple[Attribution, ...], tuple[Rejection, ...]]
"""What came of a page, without the page itself: the caller has it."""


class Processes:
    """An engine of ``jobs`` processes. A page that ends its process or hangs is rejected."""

    def __init__(self, jobs: int, limits: Limits = LIMITS, reading: Reading = CAREFUL) -> None:
        self._pool = Pool(PageWork(reading), jobs, limits)

    def run(self, pages: Iterable[Page]) -> Iterator[Processed]:
        """An Engine."""
        for chunk, outcomes in self._pool.run(chunks(pages)):
            for page, outcome in zip(chunk, outcomes, strict=True):
                yield Processed(page, *outcome)


class PageWork:
    """Lists of pages to lists of outcomes."""

    def __init__(self, reading: Reading = CAREFUL) -> None:
        self.reading = reading

    def do(self, unit: list[Page], mark: Callable[[int], None], lost: Mapping[int, Lost]) -> list[Outcome]:
        """See Work."""
        outcomes: list[Outcome] = []
        for number, page in enumerate(unit):
            mark(number)
            if number in lost:
                how = lost[number]
                outcomes.append((None, (), (Rejection(page.name, how.reason, how.detail),)))
                continue
            done = process(page, self.reading)
            outcomes.append((done.article, done.attributions, done.rejections))
        return outcomes


def chunks(pages: Iterable[Page]) -> Iterator[list[Page]]:
    """Pages in lists of at most CHUNK, begun anew where CHUNK_BYTES are reached."""
    chunk: list[Page] = []
    size = 0
    for page in pages:
        chunk.append(page)
        size += len(page.content)
        if len(chunk) == CHUNK or size >= CHUNK_BYTES:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk
