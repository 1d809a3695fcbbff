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
    shards = int(_manifest(Path(path))["shards"])
    files = [Path(path, f"shard={number:05}", "results.parquet") for number in range(shards)]
    present = [file for n, file in enumerate(files) if Path(path, "done", f"{n:05}.json").exists()]
    if len(present) < shards:
        what = f"{shards - len(present):,} of {shards:,} shards are missing; run kutip batch again to end it"
        yield Rejection(path, "unfinished", what)
    for file in present:
        yield from _read_file(str(file))


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
