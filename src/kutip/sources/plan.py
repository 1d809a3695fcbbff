"""Cut many pages into shards that can be read each by itself, without reading them.

WARC files are cut by bytes, JSON lines where a line ends, Parquet between its row groups; what cannot be
read from its middle (CSV, anything gzipped as one stream) stays whole. Small files are put together.
"""

import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import msgspec

from kutip.model import Page, Rejection
from kutip.sources.content import PARQUET, ROWS, WARC, Part, kind_of, read_part
from kutip.sources.files import find_files
from kutip.sources.warc import GZIP

SHARD_BYTES = (2**20, 16 * 2**20)  # of a shard: at least, at most
SHARDS = 64  # so that many processes are busy to the end; more where they would be larger than the most
FILES = 1000  # in a shard at most


class Input(msgspec.Struct, frozen=True):
    """A file as it was when the plan was made: its size in bytes, its time of change in nanoseconds."""

    path: str
    size: int
    changed: int


class Plan(msgspec.Struct, frozen=True):
    """shards: the parts that each reads, in order. lost: what was named and is not there."""

    inputs: tuple[Input, ...]
    columns: dict[str, str]
    shards: tuple[tuple[Part, ...], ...]
    lost: tuple[Rejection, ...]


def find_inputs(paths: Iterable[str | Path]) -> tuple[tuple[Input, ...], tuple[Rejection, ...]]:
    """The files that ``paths`` name, and what is not one."""
    inputs, lost = list[Input](), list[Rejection]()
    for found in (found for path in paths for found in find_files(str(path))):
        if isinstance(found, Rejection):
            lost.append(found)
            continue
        try:
            status = os.stat(found)
        except OSError as error:
            lost.append(Rejection(found, "unreadable", f"cannot be read: {error.strerror or error}"))
        else:
            inputs.append(Input(found, status.st_size, status.st_mtime_ns))
    return tuple(inputs), tuple(lost)


def make_plan(
    paths: Iterable[str | Path], columns: Mapping[str, str] | None = None, shard_bytes: int | None = None
) -> Plan:
    """A plan for ``paths`` (as for ``open_pages``, without standard input); the same for the same files.

    shard_bytes: how much of the files, as they lie on the disk, a shard shall hold, about; None: by how much there is.
    """
    inputs, lost = find_inputs(paths)
    if shard_bytes is None:
        least, most = SHARD_BYTES
        shard_bytes = min(max(sum(one.size for one in inputs) // SHARDS, least), most)
    shards, parts, size = list[tuple[Part, ...]](), list[Part](), 0
    for part, length in (cut for one in inputs for cut in _cut(one, shard_bytes)):
        if parts and (size + length > shard_bytes or len(parts) == FILES):
            shards.append(tuple(parts))
            parts, size = [], 0
        parts.append(part)
        size += length
    if parts or (lost and not shards):
        shards.append(tuple(parts))
    return Plan(inputs, dict(columns or {}), tuple(shards), lost)


def read_shard(plan: Plan, number: int) -> Iterator[Page | Rejection]:
    """What is in the shard with this number."""
    if number == 0:
        yield from plan.lost
    for part in plan.shards[number]:
        yield from read_part(part, plan.columns)


def _cut(one: Input, step: int) -> Iterator[tuple[Part, int]]:
    """Parts of a file with their sizes."""
    cuts: Iterator[tuple[Part, int]] | None = None
    if one.size > step:
        try:
            with open(one.path, "rb") as file:
                zipped = file.read(len(GZIP)) == GZIP
                file.seek(0)
                kind = kind_of(file, one.path)
            if kind == WARC and zipped:
                cuts = _byte_parts(one, step)
            elif kind == ROWS and not zipped:
                cuts = _line_parts(one, step)
            elif kind == PARQUET and not zipped:
                cuts = _group_parts(one, step)
        except OSError:
            cuts = None  # told when its shard is read
    yield from cuts or [(Part(one.path), one.size)]


def _byte_parts(one: Input, step: int) -> Iterator[tuple[Part, int]]:
    for start in range(0, one.size, step):
        stop = None if start + step >= one.size else start + step
        yield Part(one.path, start, stop), step


def _line_parts(one: Input, step: int) -> Iterator[tuple[Part, int]]:
    start, first = 0, 1
    with open(one.path, "rb") as file:
        while block := file.read(step):
            lines = block.count(b"\n")
            while (rest := file.readline(step)) and not rest.endswith(b"\n"):
                pass
            yield Part(one.path, start, file.tell(), first), file.tell() - start
            start, first = file.tell(), first + lines + rest.endswith(b"\n")


def _group_parts(one: Input, step: int) -> Iterator[tuple[Part, int]] | None:
    """None where the file cannot be cut: it is read as a whole, and what is wrong with it told then."""
    try:
        from pyarrow import parquet

        metadata = parquet.ParquetFile(one.path).metadata
    except (ImportError, OSError, ValueError):
        return None
    groups = max(1, metadata.num_row_groups * step // max(one.size, 1))
    starts = range(0, metadata.num_row_groups, groups)
    parts = [Part(one.path, n, min(n + groups, metadata.num_row_groups)) for n in starts]
    return iter([(part, step) for part in parts])
