"""Several processes on this machine, each with the whole flow."""

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import islice

from kutip.flow.pipeline import Processed, process
from kutip.model import Article, Attribution, Page, Rejection

CHUNK = 16  # pages handed over at a time
AHEAD = 2  # chunks in flight for each process: what bounds the memory

Outcome = tuple[Article | None, tuple[Attribution, ...], tuple[Rejection, ...]]


class Processes:
    """An engine of ``jobs`` processes. They are started anew, not forked, so that nothing open is shared."""

    def __init__(self, jobs: int) -> None:
        self._jobs = jobs

    def run(self, pages: Iterable[Page]) -> Iterator[Processed]:
        """An Engine."""
        rest = iter(pages)
        flying: deque[tuple[list[Page], Future[list[Outcome]]]] = deque()
        spawn = multiprocessing.get_context("spawn")
        pool = ProcessPoolExecutor(self._jobs, mp_context=spawn, initializer=_settle)
        try:
            while True:
                while len(flying) < self._jobs * AHEAD and (chunk := list(islice(rest, CHUNK))):
                    flying.append((chunk, pool.submit(_outcomes, chunk)))
                if not flying:
                    return
                chunk, future = flying.popleft()
                for page, outcome in zip(chunk, future.result(), strict=True):
                    yield Processed(page, *outcome)
        finally:
            pool.shutdown(cancel_futures=True)


def _outcomes(pages: list[Page]) -> list[Outcome]:
    """What came of each page, without the page itself: the caller has it."""
    return [(done.article, done.attributions, done.rejections) for done in map(process, pages)]


def _settle() -> None:
    """A worker leaves Ctrl-C to the process that started it, and ends when that one is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
