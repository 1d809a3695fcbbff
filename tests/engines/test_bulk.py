"""Shards: the same bytes by every engine, after every interruption; never read twice."""

import json
import os
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path

import msgspec
import pytest

pytest.importorskip("pyarrow", reason="the extra parquet is not installed")
from kutip.engines import bulk
from kutip.engines.pieces import BulkError
from kutip.engines.pool import Limits, Lost
from kutip.engines.shards import Job, ShardReport
from kutip.flow.batches import Item, items_of, pages_batch, process_batch, results_of
from kutip.flow.pipeline import Processed, process
from kutip.model import Page, Rejection
from kutip.sources.results import is_results, read_results

SHARDS = 5
SENTENCE = "Wali kota itu mengatakan bahwa jembatan nomor {} yang rusak akan diperbaiki pada tahun ini juga."


def items(number: int) -> Iterator[Item]:
    """A shard of several units, with what is no page among the pages; shard 3 is empty."""
    for n in range(0 if number == 3 else 37):
        yield Page(f"{number}-{n}", SENTENCE.format(n).encode(), "text/plain", f"http://a/{number}/{n}")
        if n % 10 == 7:
            yield Rejection(f"{number}-{n}", "bad-warc", "damaged")


def expected(shards: Iterable[int] = range(SHARDS)) -> list[Processed | Rejection]:
    return [process(i) if isinstance(i, Page) else i for n in shards for i in items(n)]


def manifest(shards: int = SHARDS) -> bulk.Manifest:
    return bulk.Manifest(bulk.FORMAT, "0", shards, msgspec.Raw(b"{}"))


def make(folder: Path, engine: bulk.Engine, read: Callable[[int], Iterable[Item]] = items) -> bulk.Totals:
    with bulk.alone(folder):
        bulk.begin(folder, manifest())
        before, now = bulk.run(Job(str(folder), read), SHARDS, engine, lambda before, now: None)
    assert before.shards + now.shards == SHARDS
    return now


def files(folder: Path) -> dict[str, bytes]:
    found = (p for p in sorted(folder.rglob("*")) if p.is_file() and p.name != ".lock")
    return {str(p.relative_to(folder)): p.read_bytes() for p in found}


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("whole") / "out"
    make(folder, bulk.inline_engine())
    return folder


def test_the_function_of_batches_is_the_flow() -> None:
    batch = pages_batch(list(items(0)))
    assert list(items_of(batch)) == list(items(0))
    assert list(results_of(process_batch(batch))) == expected([0])


def test_results_are_read_again_as_they_were(whole: Path) -> None:
    assert is_results(str(whole))
    assert list(read_results(str(whole))) == expected()
    one = whole / "shard=00001" / "results.parquet"
    assert is_results(str(one))
    assert list(read_results(str(one))) == expected([1])


def test_totals_are_those_of_the_results(whole: Path, tmp_path: Path) -> None:
    totals = make(tmp_path / "out", bulk.inline_engine())
    done = [r for r in expected() if isinstance(r, Processed)]
    assert (totals.pages, totals.articles) == (len(done), sum(r.article is not None for r in done))
    assert totals.attributions == sum(len(r.attributions) for r in done) > 0
    assert totals.rejections["bad-warc"] == 12
    assert totals.bytes == sum(p.stat().st_size for p in whole.rglob("*.parquet"))


def test_processes_write_the_same_bytes(whole: Path, tmp_path: Path) -> None:
    make(tmp_path / "out", bulk.processes_engine(2))
    assert files(tmp_path / "out") == files(whole)


def test_a_page_that_ends_its_process_is_a_rejection(whole: Path, tmp_path: Path) -> None:
    """As is every place at which it may stand; what is no page is told as it is."""
    lost = {place: Lost("timeout", "took too long") for place in (0, 7, 8, 39)}
    report = Job(str(tmp_path), items).make(0, lost=lost)
    wanted: list[Processed | Rejection] = []
    for place, (item, result) in enumerate(zip(items(0), expected([0]), strict=True)):
        given_up = place in lost and isinstance(item, Page)
        why = (Rejection(item.name, "timeout", "took too long"),) if isinstance(item, Page) else ()
        wanted.append(Processed(item, None, (), why) if given_up and isinstance(item, Page) else result)
    assert list(read_results(str(tmp_path / "shard=00000" / "results.parquet"))) == wanted
    assert report.rejections["timeout"] == 3
    assert report.rejections["bad-warc"] == 3


def test_places_are_told_before_items_are_read_and_worked_on(tmp_path: Path) -> None:
    told: list[int] = []

    def reading(number: int) -> Iterator[Item]:
        for place, item in enumerate(items(number)):
            assert told[-1] == place
            yield item

    Job(str(tmp_path), reading).make(0, told.append)
    assert told == [*range(16), *range(16), *range(16, 32), *range(16, 32), *range(32, 41), *range(32, 40)]


def deadly(number: int) -> Iterator[Item]:
    """A page of shard 1 cannot be read without ending the process."""
    for n, item in enumerate(items(number)):
        if (number, n) == (1, 5):
            os._exit(7)
        yield item


def full(number: int) -> Iterator[Item]:
    """The disk is full when shard 2 is to be read."""
    if number == 2:
        raise OSError(28, "No space left on device")
    yield from items(number)


@pytest.mark.parametrize(("read", "error"), [(deadly, RuntimeError), (full, OSError)])
def test_what_is_no_fault_of_a_page_ends_the_run(
    whole: Path, tmp_path: Path, read: Callable[[int], Iterator[Item]], error: type[Exception]
) -> None:
    with pytest.raises(error):
        make(tmp_path / "out", bulk.processes_engine(2), read)
    make(tmp_path / "out", bulk.processes_engine(2))
    assert files(tmp_path / "out") == files(whole)


class Killed(BaseException):
    """Stands for the end of the process."""


def stopping(job: Job, numbers: Iterable[int], after: int) -> Iterator[ShardReport]:
    """The inline engine, whose process ends where the place of an item is told for so many times."""
    times = 0

    def mark(place: int) -> None:
        nonlocal times
        times += 1
        if times > after:
            raise Killed

    return (job.make(number, mark) for number in numbers)


@pytest.mark.parametrize("after", range(0, 325, 30))
def test_interrupted_anywhere_it_ends_with_the_same_bytes(whole: Path, tmp_path: Path, after: int) -> None:
    with pytest.raises(Killed):
        make(tmp_path / "out", partial(stopping, after=after))
    there = {int(p.stem) for p in (tmp_path / "out" / "done").glob("*.json")}
    read = set()

    def noting(number: int) -> Iterator[Item]:
        read.add(number)
        return items(number)

    make(tmp_path / "out", bulk.inline_engine(), noting)
    assert read == set(range(SHARDS)) - there
    assert files(tmp_path / "out") == files(whole)


def test_what_is_half_written_is_no_result(tmp_path: Path) -> None:
    with pytest.raises(Killed):
        make(tmp_path / "out", partial(stopping, after=100))
    (tmp_path / "out" / ".partial").mkdir(exist_ok=True)
    (tmp_path / "out" / ".partial" / "00001-x.parquet").write_bytes(b"PAR1")
    found = list(read_results(str(tmp_path / "out")))
    assert isinstance(found[0], Rejection)
    assert found[0].reason == "unfinished"
    assert found[1:] == expected([0])


def test_one_run_at_a_time(tmp_path: Path) -> None:
    with bulk.alone(tmp_path), pytest.raises(BulkError, match="another run"), bulk.alone(tmp_path):
        pass


def test_a_folder_with_other_things_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letters.txt").write_text("Dear")
    with pytest.raises(BulkError, match="holds other things"):
        bulk.begin(tmp_path, manifest())
    (tmp_path / "manifest.json").write_text("{")
    with pytest.raises(BulkError, match="cannot be read"):
        bulk.begin(tmp_path, manifest())
    (tmp_path / "manifest.json").write_text(
        json.dumps({**json.loads(msgspec.json.encode(manifest())), "format": "x"})
    )
    with pytest.raises(BulkError, match="another format"):
        bulk.begin(tmp_path, manifest())


def test_the_disk_is_full(tmp_path: Path) -> None:
    """What was finished stays, nothing half stays, and the next run ends the work."""
    import resource

    def full(number: int) -> Iterator[Item]:
        if number == 2:
            resource.setrlimit(resource.RLIMIT_FSIZE, (64, hard))
        return items(number)

    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    try:
        with pytest.raises(OSError, match="large"):
            make(tmp_path / "out", bulk.inline_engine(), full)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert len(list((tmp_path / "out" / "done").glob("*.json"))) in (1, 2)
    make(tmp_path / "out", bulk.inline_engine())
    assert list(read_results(str(tmp_path / "out"))) == expected()


def one(number: int) -> list[Item]:
    return [Page("a", SENTENCE.encode(), "text/plain")]


@pytest.mark.skipif(os.cpu_count() == 1, reason="needs two cores")
def test_limits_reach_the_workers(tmp_path: Path) -> None:
    make(tmp_path / "out", bulk.processes_engine(2, Limits(seconds=30)), one)
    assert sum(isinstance(r, Processed) for r in read_results(str(tmp_path / "out"))) == SHARDS
