"""Many pages to a folder of Parquet files, by any engine, with the same bytes whenever it was interrupted.

FOLDER/manifest.json                   what is to be done, written first and never changed
FOLDER/shard=00017/results.parquet     what came of the pages of a shard (kutip.flow.batches.schema)
FOLDER/done/00017.json                 that the shard is finished, and what is in it
FOLDER/report.json                     what the last run did
"""

import fcntl
import os
import shutil
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any, Protocol, TypeVar

import msgspec

from kutip.engines.pieces import BulkError, Pieces, guarded, write_whole
from kutip.engines.pool import LIMITS, Limits
from kutip.engines.shards import Job, ShardReport
from kutip.flow.page_to_article.draft import CAREFUL, Reading

FORMAT = "kutip batch 1"
R = TypeVar("R")


class Manifest(msgspec.Struct, frozen=True):
    """What a folder is for. plan: the caller's own description of the work, by which it knows it again.
    reading: how its pages are read."""

    format: str
    version: str
    shards: int
    plan: msgspec.Raw
    reading: Reading = CAREFUL


class Totals(msgspec.Struct, frozen=True):
    """Sums over finished shards."""

    shards: int = 0
    rows: int = 0
    pages: int = 0
    articles: int = 0
    attributions: int = 0
    bytes: int = 0
    rejections: dict[str, int] = {}

    def plus(self, report: ShardReport) -> "Totals":
        """With one shard more."""
        return Totals(
            shards=self.shards + 1,
            rows=self.rows + report.rows,
            pages=self.pages + report.pages,
            articles=self.articles + report.articles,
            attributions=self.attributions + report.attributions,
            bytes=self.bytes + report.bytes,
            rejections=dict(sorted((Counter(self.rejections) + Counter(report.rejections)).items())),
        )


class Engine(Protocol):
    """Makes pieces."""

    def __call__(self, pieces: Pieces[R], numbers: Sequence[int]) -> Iterator[R]:
        """The pieces with these numbers, in any order; a report as each is finished."""


def inline_engine() -> Engine:
    """All in this process."""

    def run(pieces: Pieces[R], numbers: Sequence[int]) -> Iterator[R]:
        return map(pieces.make, numbers)

    return run


def processes_engine(jobs: int, limits: Limits = LIMITS) -> Engine:
    """``jobs`` processes on this machine; a page that ends one or hangs is rejected."""

    def run(pieces: Pieces[R], numbers: Sequence[int]) -> Iterator[R]:
        return guarded(pieces, numbers, jobs, limits)

    return run


def begin(folder: Path, manifest: Manifest) -> Manifest:
    """Writes the manifest of a new folder, else gives the one that is there. Raises BulkError."""
    path = folder / "manifest.json"
    if folder.exists() and not path.exists() and any(not n.startswith(".") for n in os.listdir(folder)):
        raise BulkError(f"{folder} holds other things; name a folder that is new or empty")
    if not path.exists():
        write_whole(path, msgspec.json.format(msgspec.json.encode(manifest), indent=1))
    return read_manifest(folder)


def read_manifest(folder: Path) -> Manifest:
    """What ``folder`` was begun for. Raises BulkError where it is not such a folder."""
    path = folder / "manifest.json"
    try:
        manifest = msgspec.json.decode(path.read_bytes(), type=Manifest)
    except (OSError, msgspec.DecodeError) as error:
        raise BulkError(f"{path} cannot be read: {error}") from error
    if manifest.format != FORMAT:
        raise BulkError(f"{path} is of another format ({manifest.format!r}, not {FORMAT!r})")
    return manifest


def finished(job: Job, shards: int) -> dict[int, ShardReport]:
    """Reports of the shards that are done; their files are not read."""
    return {number: job.report(number) for number in range(shards) if job.done(number).exists()}


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Keeps a second run out of ``folder``, and clears what a killed run left. Raises BulkError."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / ".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise BulkError(f"another run is writing to {folder}; wait until it has ended") from error
        shutil.rmtree(folder / ".partial", ignore_errors=True)
        for left in (*folder.glob(".*-*"), *folder.glob("done/.*")):
            left.unlink()
        try:
            yield
        finally:
            shutil.rmtree(folder / ".partial", ignore_errors=True)


def run(
    job: Job, shards: int, engine: Engine, note: Callable[[Totals, Totals], None]
) -> tuple[Totals, Totals]:
    """Makes the shards that are missing. Gives the totals of those that were there and of those made now.

    note: told both totals after each shard, and once at the start.
    """
    before, now = Totals(), Totals()
    present = finished(job, shards)
    for report in present.values():
        before = before.plus(report)
    note(before, now)
    missing = [number for number in range(shards) if number not in present]
    if missing:
        for report in engine(job, missing):
            now = now.plus(report)
            note(before, now)
    return before, now


def write_report(folder: Path, report: dict[str, Any]) -> None:
    """Writes report.json."""
    write_whole(folder / "report.json", msgspec.json.format(msgspec.json.encode(report), indent=1))


def spark_engine(master: str, limits: Limits = LIMITS) -> Engine:
    """Spark at ``master``; all its machines see the folders under the same paths."""
    from kutip.engines import spark

    return partial(spark.run, master, limits)
