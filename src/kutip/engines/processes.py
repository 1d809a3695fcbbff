"""Several processes on this machine, each with the whole flow."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import Generic, TypeVar

from kutip.engines.pool import LIMITS, Limits, Lost, Pool
from kutip.flow.page_to_article.draft import CAREFUL, Reading
from kutip.flow.pipeline import Again, Processed, attribute_again, process
from kutip.model import Article, Attribution, Page, Rejection

CHUNK = 16  # pages handed over at a time
CHUNK_BYTES = 2**20
T = TypeVar("T")
R = TypeVar("R")

Outcome = tuple[Article | None, tuple[Attribution, ...], tuple[Rejection, ...]]
"""What came of a page, without the page itself: the caller has it."""


class Processes:
    """An engine of ``jobs`` processes. A page that ends its process or hangs is rejected."""

    def __init__(self, jobs: int, limits: Limits = LIMITS, reading: Reading = CAREFUL) -> None:
        self._pool = Pool(Each(partial(_outcome, reading=reading), _refused), jobs, limits)

    def run(self, pages: Iterable[Page]) -> Iterator[Processed]:
        """An Engine."""
        for chunk, outcomes in self._pool.run(chunks(pages, lambda page: len(page.content))):
            for page, outcome in zip(chunk, outcomes, strict=True):
                yield Processed(page, *outcome)


class Rereading:
    """A Rereader of ``jobs`` processes. An article that ends its process or hangs gets a Rejection."""

    def __init__(self, jobs: int, limits: Limits = LIMITS) -> None:
        self._pool = Pool(Each(_found, _not_found), jobs, limits)

    def run(self, articles: Iterable[Article]) -> Iterator[Again]:
        """A Rereader."""
        for chunk, found in self._pool.run(chunks(articles, lambda article: len(article.text))):
            for article, one in zip(chunk, found, strict=True):
                yield Again(article, one)


class Each(Generic[T, R]):
    """Lists of things to lists of what comes of each. one: what is done; refuse: what comes of one that was lost."""

    def __init__(self, one: Callable[[T], R], refuse: Callable[[T, Lost], R]) -> None:
        self._one = one
        self._refuse = refuse

    def do(self, unit: list[T], mark: Callable[[int], None], lost: Mapping[int, Lost]) -> list[R]:
        """See Work."""
        outcomes = []
        for number, thing in enumerate(unit):
            mark(number)
            outcomes.append(self._refuse(thing, lost[number]) if number in lost else self._one(thing))
        return outcomes


def _outcome(page: Page, reading: Reading) -> Outcome:
    done = process(page, reading)
    return done.article, done.attributions, done.rejections


def _refused(page: Page, lost: Lost) -> Outcome:
    return None, (), (Rejection(page.name, lost.reason, lost.detail),)


def _found(article: Article) -> tuple[Attribution, ...] | Rejection:
    return attribute_again(article).found


def _not_found(article: Article, lost: Lost) -> tuple[Attribution, ...] | Rejection:
    return Rejection(article.id, lost.reason, lost.detail)


def chunks(things: Iterable[T], size_of: Callable[[T], int]) -> Iterator[list[T]]:
    """Things in lists of at most CHUNK, begun anew where CHUNK_BYTES are reached."""
    chunk: list[T] = []
    size = 0
    for page in things:
        chunk.append(page)
        size += size_of(page)
        if len(chunk) == CHUNK or size >= CHUNK_BYTES:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk
