"""Spark: the shards spread over a cluster, each made by the same function as everywhere else.

The driver sends numbers of shards; an executor reads, works, writes, and sends the number back: pages never
pass through the driver. Each task works in a process of its own, so that a page that hangs or crashes costs
the page. A task that is lost with its executor is done again elsewhere; shards that it had finished are not.
"""

import os
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from kutip.engines.pieces import BulkError, Pieces, guarded
from kutip.engines.pool import Limits

if TYPE_CHECKING:
    import pyarrow as pa
    from pyspark import Broadcast
    from pyspark.sql import SparkSession

R = TypeVar("R")
_TASKS_A_CORE = 4  # so that cores that are done early find more to do
_LOOK = 0.5  # seconds between two looks at what is finished


def session(master: str) -> "SparkSession":
    """A session at ``master``, in which workers run this Python unless PYSPARK_PYTHON says otherwise."""
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.master(master).appName("kutip batch")
    quiet = {"spark.ui.enabled": "false", "spark.ui.showConsoleProgress": "false"}
    for key, value in quiet.items():
        builder = builder.config(key, value)
    return builder.getOrCreate()


def run(master: str, limits: Limits, pieces: Pieces[R], numbers: Sequence[int]) -> Iterator[R]:
    """An Engine of kutip.engines.bulk. Raises BulkError where Spark gives up."""
    spark = session(master)
    try:
        tasks = min(len(numbers), max(1, spark.sparkContext.defaultParallelism) * _TASKS_A_CORE)
        work = partial(_work, pieces, limits, spark.sparkContext.broadcast(list(numbers)))
        frame = spark.range(0, len(numbers), 1, tasks).mapInArrow(work, "ended boolean")
        with ThreadPoolExecutor(1) as waiting:
            ended = waiting.submit(frame.collect)
            left = list(numbers)
            while left and not ended.done():
                wait([ended], _LOOK)
                done = [number for number in left if pieces.done(number).exists()]
                left = [number for number in left if number not in done]
                yield from map(pieces.report, done)
            try:
                ended.result()
            except Exception as error:
                raise BulkError(f"Spark gave up: {_reason(str(error))}") from error
            yield from map(pieces.report, left)
    finally:
        spark.stop()


def _reason(said: str) -> str:
    """The line of Spark's many that names the error, else the first."""
    lines = said.strip().splitlines() or ["no reason given"]
    named = [line for line in lines if re.match(r"[\w.]*(?:Error|Exception)\b[^:]*: ", line)]
    return (named or lines)[-1 if named else 0][:500]


def _work(
    pieces: Pieces[R], limits: Limits, numbers: "Broadcast[list[int]]", batches: "Iterable[pa.RecordBatch]"
) -> "Iterator[pa.RecordBatch]":
    """What a task does: batches of places in ``numbers`` to a row for each piece that is finished."""
    import pyarrow as pa

    mine = (numbers.value[place] for batch in batches for place in batch.column("id").to_pylist())
    missing = (number for number in mine if not pieces.done(number).exists())  # done before the task was lost
    for _ in guarded(pieces, missing, 1, limits):
        yield pa.RecordBatch.from_pydict({"ended": [True]})
