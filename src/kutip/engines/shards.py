"""Work cut into shards: pages of a shard in, one Parquet file out, whole or not at all.

Rows are gathered into row groups by their number and size alone, never by how they came, so that the bytes of
a shard are the same whichever engine made it.
"""

import hashlib
import os
import uuid
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from kutip.engines.pool import Limits, Pool
from kutip.flow.batches import Item, Mark, pages_batch, process_batch, results_batch, schema
from kutip.flow.page_to_article.draft import CAREFUL, Reading
from kutip.model import Page, Rejection

if TYPE_CHECKING:
    import pyarrow as pa

_UNIT_ROWS, _UNIT_BYTES = 16, 2**20  # what a worker is given at a time
_GROUP_ROWS, _GROUP_BYTES = 512, 32 * 2**20  # what is held of a file that is being written


class BulkError(Exception):
    """The run cannot begin or go on; the message is written for people."""


class Job(msgspec.Struct, frozen=True):
    """folder: where the shards go. read: the items of the shard with a number, the same each time. reading: how
    its pages are read."""

    folder: str
    read: Callable[[int], Iterable[Item]]
    reading: Reading = CAREFUL

    def done(self, number: int) -> Path:
        """The file that says that a shard is finished; it is written last."""
        return Path(self.folder, "done", f"{number:05}.json")

    def report(self, number: int) -> "ShardReport":
        """What is in a finished shard, without reading it."""
        return msgspec.json.decode(self.done(number).read_bytes(), type=ShardReport)

    def data(self, number: int) -> Path:
        """The file with the results of a shard."""
        return Path(self.folder, f"shard={number:05}", "results.parquet")

    def partial(self) -> Path:
        """The folder of files that are being written."""
        return Path(self.folder, ".partial")


class ShardReport(msgspec.Struct, frozen=True):
    """What is in a finished shard. rows: pages and what never became one; bytes and sha256: of its file."""

    shard: int
    rows: int
    pages: int
    articles: int
    attributions: int
    rejections: dict[str, int]
    bytes: int
    sha256: str


class Unit(msgspec.Struct, frozen=True):
    """Some rows of a shard; ``last``: it has no more."""

    shard: int
    last: bool
    batch: "pa.RecordBatch"


Transform = Callable[[Iterable[Unit]], Iterable[Unit]]
"""Units of pages to units of results, in their order: what an engine is here."""


def inline(reading: Reading = CAREFUL) -> Transform:
    """A Transform: one after the other, in this process."""

    def transform(units: Iterable[Unit]) -> Iterator[Unit]:
        return (Unit(u.shard, u.last, process_batch(u.batch, reading=reading)) for u in units)

    return transform


class BatchWork:
    """Units of pages to units of results, for the pool."""

    def __init__(self, reading: Reading = CAREFUL) -> None:
        self.reading = reading

    def do(self, unit: Unit, mark: Mark) -> Unit:
        """See Work."""
        return Unit(unit.shard, unit.last, process_batch(unit.batch, mark, self.reading))

    def cut(self, unit: Unit, at: int) -> tuple[Unit | None, Unit, Unit | None]:
        """See Work."""
        before, page, after = unit.batch.slice(0, at), unit.batch.slice(at, 1), unit.batch.slice(at + 1)
        ends = after.num_rows == 0
        return (
            Unit(unit.shard, False, before) if at else None,
            Unit(unit.shard, unit.last and ends, page),
            None if ends else Unit(unit.shard, unit.last, after),
        )

    def give_up(self, page: Unit, reason: str, detail: str) -> Unit:
        """See Work."""
        from kutip.flow.batches import items_of
        from kutip.flow.pipeline import Processed

        (item,) = items_of(page.batch)
        if isinstance(item, Page):
            given_up = Processed(item, None, (), (Rejection(item.name, reason, detail),))
            return Unit(page.shard, page.last, results_batch([given_up]))
        return Unit(page.shard, page.last, results_batch([item]))


def guarded(jobs: int, limits: Limits, reading: Reading = CAREFUL) -> Transform:
    """A Transform in ``jobs`` processes of their own; a page that ends one or hangs is rejected."""

    def transform(units: Iterable[Unit]) -> Iterator[Unit]:
        return (result for _, result in Pool(BatchWork(reading), jobs, limits).run(units))

    return transform


def run_shards(job: Job, numbers: Iterable[int], transform: Transform) -> Iterator[ShardReport]:
    """Makes the shards with these numbers, one after the other; a report as each is finished."""
    writer: _Writer | None = None
    try:
        for unit in transform(unit for number in numbers for unit in _units(number, job.read(number))):
            writer = writer or _Writer(job, unit.shard)
            writer.add(unit.batch)
            if unit.last:
                yield writer.finish()
                writer = None
    finally:
        if writer is not None:
            writer.drop()


def _units(number: int, items: Iterable[Item]) -> Iterator[Unit]:
    held: list[Item] = []
    size = 0
    for item in items:
        held.append(item)
        size += len(item.content) if isinstance(item, Page) else 0
        if len(held) == _UNIT_ROWS or size >= _UNIT_BYTES:
            yield Unit(number, False, pages_batch(held))
            held, size = [], 0
    yield Unit(number, True, pages_batch(held))


class _Writer:
    """The file of one shard while it is being written."""

    def __init__(self, job: Job, number: int) -> None:
        from pyarrow import parquet

        self._job = job
        self._number = number
        self._waiting: deque[pa.RecordBatch] = deque()
        self._rows = self._bytes = 0  # that wait
        self._counts = Counter[str]()
        self._rejections = Counter[str]()
        job.partial().mkdir(parents=True, exist_ok=True)
        self._path = job.partial() / f"{number:05}-{uuid.uuid4().hex}.parquet"
        self._file = parquet.ParquetWriter(self._path, schema(), compression="zstd")

    def add(self, batch: "pa.RecordBatch") -> None:
        """Keeps the rows of a batch."""
        start = 0
        for row, size in enumerate(_sizes(batch)):
            self._rows += 1
            self._bytes += size
            if self._rows == _GROUP_ROWS or self._bytes >= _GROUP_BYTES:
                self._waiting.append(batch.slice(start, row + 1 - start))
                self._write()
                start = row + 1
        if start < batch.num_rows:
            self._waiting.append(batch.slice(start))
        self._count(batch)

    def finish(self) -> ShardReport:
        """Puts the file in its place, then the report that says so."""
        if self._waiting:
            self._write()
        self._file.close()
        with self._path.open("rb+") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
            os.fsync(file.fileno())
        size = self._path.stat().st_size
        data = self._job.data(self._number)
        data.parent.mkdir(parents=True, exist_ok=True)
        self._path.replace(data)
        report = ShardReport(
            shard=self._number,
            rows=self._counts["rows"],
            pages=self._counts["pages"],
            articles=self._counts["articles"],
            attributions=self._counts["attributions"],
            rejections=dict(sorted(self._rejections.items())),
            bytes=size,
            sha256=digest,
        )
        write_whole(self._job.done(self._number), msgspec.json.encode(report))
        return report

    def drop(self) -> None:
        """Leaves nothing behind."""
        self._file.close()
        self._path.unlink(missing_ok=True)

    def _write(self) -> None:
        import pyarrow as pa

        table = pa.Table.from_batches(self._waiting, schema()).combine_chunks()
        self._file.write_table(table, row_group_size=_GROUP_ROWS)
        self._waiting.clear()
        self._rows = self._bytes = 0

    def _count(self, batch: "pa.RecordBatch") -> None:
        self._counts["rows"] += batch.num_rows
        self._counts["pages"] += batch.num_rows - batch.column("page").null_count
        self._counts["articles"] += batch.num_rows - batch.column("article").null_count
        self._counts["attributions"] += len(batch.column("attributions").flatten())
        self._rejections.update(batch.column("rejections").flatten().field("reason").to_pylist())


def _sizes(batch: "pa.RecordBatch") -> list[int]:
    """Bytes of the page of each row."""
    from pyarrow import compute

    sizes = compute.binary_length(compute.struct_field(batch.column("page"), "content"))
    return [size or 0 for size in sizes.to_pylist()]


def write_whole(path: Path, content: bytes) -> None:
    """A file that is there as a whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f".{path.name}-{uuid.uuid4().hex}")
    try:
        with partial.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)
