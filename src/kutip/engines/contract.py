"""What an engine is, and which there are."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial

from kutip.flow.page_to_article.draft import CAREFUL, Reading
from kutip.flow.pipeline import Again, Processed
from kutip.model import Article, Page

Engine = Callable[[Iterable[Page]], Iterator[Processed]]
"""Pages in, what came of each out, in the order of the pages; lazy, so that few pages are held at a time."""

Rereader = Callable[[Iterable[Article]], Iterator[Again]]
"""Articles of before in, what is said in them as it is found now out, in their order; lazy too."""


def engine(jobs: int, reading: Reading = CAREFUL) -> Engine:
    """The engine for so many processes; one process is this one. reading: how pages are read."""
    if jobs == 1:
        from kutip.engines import inline

        return partial(inline.run, reading=reading)
    from kutip.engines import processes

    return processes.Processes(jobs, reading=reading).run


def rereader(jobs: int) -> Rereader:
    """The engine that finds attributions again, for so many processes."""
    if jobs == 1:
        from kutip.engines import inline

        return inline.reread
    from kutip.engines import processes

    return processes.Rereading(jobs).run
