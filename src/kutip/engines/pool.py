"""Worker processes that may die or hang: it costs the page that did it, with a Rejection, and nothing else.

Each worker has a thread here that hands it one unit of work at a time, waits, and takes back what came
of it, so that nothing is ever sent to a worker that does not listen. A worker tells the number of the page
that it is at through shared memory: when it ends or does not get on, that page is to blame, the worker is
replaced, and the next one does the unit again without that page.
"""

import ctypes
import multiprocessing
import os
import queue
import resource
import signal
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Generic, Protocol, TypeVar, cast

import msgspec

U = TypeVar("U")
R = TypeVar("R")
U_in = TypeVar("U_in", contravariant=True)
R_co = TypeVar("R_co", covariant=True)
AHEAD = 2  # units in flight for each worker: what bounds the memory
_POLL = 0.2  # seconds between two looks at a worker that is busy
_SPAWN = multiprocessing.get_context("spawn")  # started anew, not forked: nothing open is shared


class Limits(msgspec.Struct, frozen=True):
    """What a page may take, and what a worker may hold.

    seconds: of CPU, so that a busy machine gives up nothing that an idle one reads; PATIENCE times as many by
    the clock, for a page that waits for something. memory: bytes in all.
    """

    seconds: float = 60.0
    memory: int = 3 * 2**30


PATIENCE = 10
LIMITS = Limits()


class Work(Protocol[U_in, R_co]):
    """What is done with a unit, which is some pages. It is pickled, once for each worker."""

    def do(self, unit: U_in, mark: Callable[[int], None], lost: Mapping[int, "Lost"]) -> R_co:
        """The result of a unit. ``mark`` is told the number of each page before it is begun; pages that are ``lost``,
        by their numbers, are not worked on. An OSError is raised again by the pool.
        """


class Lost(msgspec.Struct, frozen=True):
    """How a page ended its worker."""

    reason: str
    detail: str


class _Failure(msgspec.Struct, frozen=True):
    """The page that ended a worker, and how."""

    at: int
    how: Lost


class _Raised(msgspec.Struct, frozen=True):
    """What a worker could not do, through no page's fault."""

    error: OSError


class _Task(Generic[U, R]):
    """A unit on its way through a worker."""

    def __init__(self, unit: U) -> None:
        self.unit = unit
        self.result: R | None = None
        self.error: BaseException | None = None
        self.done = threading.Event()


class Pool(Generic[U, R]):
    """``jobs`` workers that do ``work`` within ``limits``."""

    def __init__(self, work: Work[U, R], jobs: int, limits: Limits = LIMITS) -> None:
        self._work = work
        self._jobs = jobs
        self._limits = limits

    def run(self, units: Iterable[U]) -> Iterator[tuple[U, R]]:
        """Units and their results in the order of ``units``, which are asked for as workers need them."""
        rest, flying = iter(units), deque[_Task[U, R]]()
        tasks: queue.SimpleQueue[_Task[U, R] | None] = queue.SimpleQueue()
        workers = [_Worker(self._work, self._limits) for _ in range(self._jobs)]
        threads = [threading.Thread(target=_serve, args=(w, tasks), daemon=True) for w in workers]
        for thread in threads:
            thread.start()
        try:
            while True:
                while len(flying) < self._jobs * AHEAD and (unit := next(rest, None)) is not None:
                    flying.append(_Task(unit))
                    tasks.put(flying[-1])
                if not flying:
                    return
                task = flying.popleft()
                task.done.wait()
                if task.error is not None:
                    raise task.error
                yield task.unit, cast(R, task.result)
        finally:
            for worker in workers:
                worker.stopped = True
                tasks.put(None)
            for worker, thread in zip(workers, threads, strict=True):
                worker.end()
                thread.join()


def _serve(worker: "_Worker[U, R]", tasks: "queue.SimpleQueue[_Task[U, R] | None]") -> None:
    """The thread of a worker."""
    while (task := tasks.get()) is not None:
        try:
            task.result = worker.finish(task.unit)
        except BaseException as error:  # raised again where the results are asked for
            task.error = error
        task.done.set()
    worker.end()


class _Worker(Generic[U, R]):
    """A process that is replaced when it fails."""

    def __init__(self, work: Work[U, R], limits: Limits) -> None:
        self.stopped = False
        self._work = work
        self._limits = limits
        self._at = _SPAWN.RawValue(ctypes.c_long, -1)
        self._process: multiprocessing.process.BaseProcess | None = None
        self._connection: Connection[Any, Any] | None = None

    def finish(self, unit: U) -> R:
        """What came of a unit, without the pages that cannot be worked on."""
        lost: dict[int, Lost] = {}
        while isinstance(outcome := self._try(unit, lost), _Failure):
            if outcome.at in lost:
                raise RuntimeError(f"a worker ended beside a page: {outcome.how.detail}")
            lost[outcome.at] = outcome.how
        return outcome

    def end(self) -> None:
        """Ends the process, whatever it does."""
        process, connection = self._process, self._connection
        self._process = self._connection = None
        if process is not None:
            process.kill()
            process.join()
        if connection is not None:
            connection.close()

    def _try(self, unit: U, lost: dict[int, Lost]) -> R | _Failure:
        if self.stopped:
            raise RuntimeError("nobody waits for this any more")
        connection = self._connection or self._start()
        self._at.value = -1
        try:
            connection.send((unit, lost))
            result = connection.recv() if self._wait(connection) else None
        except (EOFError, OSError) as error:
            how = Lost("crashed", self._how(error))
        else:
            if isinstance(result, _Raised):
                raise result.error
            if result is not None:
                done: R = result
                return done
            seconds = f"{self._limits.seconds:g}"
            how = Lost(
                "timeout",
                f"took more than {seconds} seconds of CPU, or {PATIENCE} times that by the clock; given up",
            )
        failure = _Failure(self._at.value, how)
        self.end()
        if failure.at < 0 or self.stopped:
            raise RuntimeError(f"a worker ended between two pages: {how.detail}")
        return failure

    def _start(self) -> "Connection[Any, Any]":
        ours, theirs = _SPAWN.Pipe()
        args = (theirs, self._work, self._at, self._limits.memory)
        process = _SPAWN.Process(target=_work, args=args, daemon=True)
        process.start()
        self._process = process
        theirs.close()
        self._connection = ours
        try:
            ours.recv()
        except (EOFError, OSError) as error:
            raise RuntimeError(f"a worker could not be started: {self._how(error)}") from error
        return ours

    def _wait(self, connection: "Connection[Any, Any]") -> bool:
        """Waits for a result; False where a page takes too long."""
        seen, since, used = self._at.value, time.monotonic(), self._cpu()
        while not connection.poll(_POLL):
            if self._at.value != seen:
                seen, since, used = self._at.value, time.monotonic(), self._cpu()
                continue
            waited = time.monotonic() - since
            if waited > self._limits.seconds * PATIENCE or self._cpu() - used > self._limits.seconds:
                return False
        return True

    def _cpu(self) -> float:
        """CPU seconds that the process has used; the clock, where the system does not tell."""
        try:
            assert self._process is not None
            fields = Path(f"/proc/{self._process.pid}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            return time.monotonic()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def _how(self, error: BaseException) -> str:
        """How the process ended, for people."""
        if self._process is None:
            return str(error)
        self._process.join(5)
        code = self._process.exitcode
        if code is not None and code < 0:
            return f"ended the process that read it ({signal.Signals(-code).name}); it was given up"
        return f"ended the process that read it (exit code {code}); it was given up"


def _work(connection: "Connection[Any, Any]", work: Work[Any, Any], at: Any, memory: int) -> None:
    """The life of a worker."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that started it
    threading.Thread(target=_end_with_parent, daemon=True).start()
    hard = resource.getrlimit(resource.RLIMIT_DATA)[1]
    if hard == resource.RLIM_INFINITY or memory < hard:
        resource.setrlimit(resource.RLIMIT_DATA, (memory, hard))
    connection.send(None)

    def mark(number: int) -> None:
        at.value = number

    while True:
        try:
            unit, lost = connection.recv()
        except EOFError:
            return
        try:
            answer = work.do(unit, mark, lost)
        except OSError as error:
            answer = _Raised(error)
        connection.send(answer)


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
