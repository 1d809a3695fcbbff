"""What ``kutip batch`` wrote: pages that were worked on already, with all that came of them."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from kutip.flow.batches import FORMAT, results_of
from kutip.flow.pipeline import Processed
from kutip.model import Rejection
from kutip.sources.limits import needs

_ROWS = 32  # held at a time


def is_results(path: str) -> bool:
    """Whether ``path`` is a folder that ``kutip batch`` began, or one of its Parquet files."""
    if Path(path).is_dir():
        return "shards" in _manifest(Path(path))
    if not path.endswith(".parquet"):
        return False
    try:
        from pyarrow import parquet

        metadata = parquet.read_schema(path).metadata or {}
    except (ImportError, OSError, ValueError):
        return False  # whoever reads it will say why
    return FORMAT.items() <= metadata.items()


def read_results(path: str) -> Iterator[Processed | Rejection]:
    """What came of each page, in the order of the pages; what is missing or damaged as a Rejection."""
    if not Path(path).is_dir():
        yield from _read_file(path)
        return
    if missing := unfinished(path):
        yield Rejection(path, "unfinished", missing)
    for number in range(_shards(path)):
        if _is_done(path, number):
            yield from read_result(path, number)


def read_result(path: str, number: int) -> Iterator[Processed | Rejection]:
    """What came of the pages of one finished shard."""
    return _read_file(str(Path(path, f"shard={number:05}", "results.parquet")))


def unfinished(path: str) -> str:
    """A sentence that says how much of a folder is missing; "" where all is there."""
    shards = _shards(path)
    present = sum(_is_done(path, number) for number in range(shards))
    if present == shards:
        return ""
    return f"{shards - present:,} of {shards:,} shards are missing; run kutip batch again to end it"


def _shards(path: str) -> int:
    return int(_manifest(Path(path))["shards"])


def _is_done(path: str, number: int) -> bool:
    return Path(path, "done", f"{number:05}.json").exists()


def _read_file(path: str) -> Iterator[Processed | Rejection]:
    try:
        import pyarrow as pa
        from pyarrow import parquet
    except ImportError:
        yield needs(path, "Parquet files", "parquet")
        return
    row = 0
    try:
        for batch in parquet.ParquetFile(path).iter_batches(_ROWS, use_threads=False):
            for found in results_of(batch):
                row += 1
                yield found
    except (pa.ArrowException, OSError, ValueError) as error:
        yield Rejection(f"{path}:{row + 1}", "bad-parquet", f"damaged: {error}; what came before it is kept")


def _manifest(folder: Path) -> dict[str, Any]:
    try:
        found: dict[str, Any] = msgspec.json.decode((folder / "manifest.json").read_bytes(), type=dict)
    except (OSError, msgspec.DecodeError):
        return {}
    return found if str(found.get("format", "")).startswith("kutip batch") else {}
