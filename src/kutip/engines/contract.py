"""What an engine is, and which there are."""

from collections.abc import Callable, Iterable, Iterator

from kutip.flow.pipeline import Processed
from kutip.model import Page

Engine = Callable[[Iterable[Page]], Iterator[Processed]]
"""Pages in, what came of each out, in the order of the pages; lazy, so that few pages are held at a time."""


def engine(jobs: int) -> Engine:
    """The engine for so many processes; one process is this one."""
    if jobs == 1:
        from kutip.engines import inline

        return inline.run
    from kutip.engines import processes

    return processes.Processes(jobs).run
