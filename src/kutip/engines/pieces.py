"""Work in numbered pieces, each made by one process, whole or not at all: what engines for bulk work run."""

import os
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import Generic, Protocol, TypeVar

from kutip.engines.pool import Limits, Lost, Pool

R = TypeVar("R")
R_co = TypeVar("R_co", covariant=True)
Mark = Callable[[int], None]
NOTHING_LOST: Mapping[int, Lost] = MappingProxyType({})


class BulkError(Exception):
    """The run cannot begin or go on; the message is written for people."""


class Pieces(Protocol[R_co]):
    """What is to be made. It is pickled, once for each process."""

    def done(self, number: int) -> Path:
        """The file that says that a piece is finished; it is written last."""

    def report(self, number: int) -> R_co:
        """What is in a finished piece, without reading it."""

    def make(
        self, number: int, mark: Mark = lambda place: None, lost: Mapping[int, Lost] = NOTHING_LOST
    ) -> R_co:
        """Makes the piece with this number, and its report.

        mark: told the place of each thing in the piece before it is worked on. lost: things, by their places, that
        end their process and are not worked on.
        """


class _Making(Generic[R]):
    """Numbers of pieces to their reports, for the pool."""

    def __init__(self, pieces: Pieces[R]) -> None:
        self._pieces = pieces

    def do(self, unit: int, mark: Mark, lost: Mapping[int, Lost]) -> R:
        """See pool.Work."""
        return self._pieces.make(unit, mark, lost)


def guarded(pieces: Pieces[R], numbers: Iterable[int], jobs: int, limits: Limits) -> Iterator[R]:
    """Makes pieces in ``jobs`` processes of their own; what ends one or hangs is lost, and nothing else."""
    return (report for _, report in Pool(_Making(pieces), jobs, limits).run(numbers))


@contextmanager
def whole(path: Path) -> Iterator[Path]:
    """Where to write a file that is to be there as a whole or not at all; it is put in its place at the end."""
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f".{path.name}-{uuid.uuid4().hex}")
    try:
        yield partial
        with partial.open("rb+") as file:
            os.fsync(file.fileno())
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)


def write_whole(path: Path, content: bytes) -> None:
    """Writes a file as a whole or not at all."""
    with whole(path) as partial:
        partial.write_bytes(content)
