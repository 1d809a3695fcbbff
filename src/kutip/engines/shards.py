"""Work cut into shards: pages of a shard in, one Parquet file out, whole or not at all.

A shard is read, worked on and written by one process, whichever the engine: no page travels between processes.
"""

import hashlib
import os
import uuid
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from kutip.engines.pieces import NOTHING_LOST, Mark, write_whole
from kutip.engines.pool import Lost
from kutip.flow.batches import Item, pages_batch, process_batch, schema
from kutip.flow.page_to_article.draft import CAREFUL, Reading
from kutip.flow.pipeline import Processed
from kutip.model import Page, Rejection

if TYPE_CHECKING:
    import pyarrow as pa

_UNIT_ROWS, _UNIT_BYTES = 16, 2**20  # what is worked on at a time
_GROUP_ROWS, _GROUP_BYTES = 512, 8 * 2**20  # what is held of a file that is being written


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

    def make(
        self, number: int, mark: Mark = lambda place: None, lost: Mapping[int, Lost] = NOTHING_LOST
    ) -> "ShardReport":
        """See Pieces: its things are the items of the shard, which are marked before they are read too."""
        writer = _Writer(self, number)
        try:
            for first, items in _units(self.read(number), mark, lost):
                writer.add(process_batch(pages_batch(items), _shifted(mark, first), self.reading))
            return writer.finish()
        except BaseException:
            writer.drop()
            raise

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


def _shifted(mark: Mark, first: int) -> Mark:
    return lambda row: mark(first + row)


def _units(
    items: Iterable[Item], mark: Mark, lost: Mapping[int, Lost]
) -> Iterator[tuple[int, list[Item | Processed]]]:
    """Some items at a time, with the place of the first of them."""
    held: list[Item | Processed] = []
    first = size = 0
    rest = iter(items)
    for place in count():
        mark(place)
        item = next(rest, None)
        if item is None:
            break
        size += len(item.content) if isinstance(item, Page) else 0
        if (how := lost.get(place)) and isinstance(item, Page):
            held.append(Processed(item, None, (), (Rejection(item.name, how.reason, how.detail),)))
        else:
            held.append(item)
        if len(held) == _UNIT_ROWS or size >= _UNIT_BYTES:
            yield first, held
            held, first, size = [], place + 1, 0
    if held:
        yield first, held


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
        # Pages hardly repeat: to look for it in them costs as much as to pack them.
        self._file = parquet.ParquetWriter(self._path, schema(), compression="zstd", use_dictionary=False)

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
    contents = batch.column("page").field("content")
    return [value.as_buffer().size if value.is_valid else 0 for value in contents]
