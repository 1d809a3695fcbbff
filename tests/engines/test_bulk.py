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
from kutip.engines.pool import Limits
from kutip.engines.shards import BatchWork, BulkError, Job, Transform, Unit, _units, inline, run_shards
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


def test_rows_may_come_in_any_pieces(whole: Path, tmp_path: Path) -> None:
    """As they do when a page has cost a worker and the rest of its unit is done again."""

    def pieces(units: Iterable[Unit]) -> Iterator[Unit]:
        for unit in units:
            rest: Unit | None = unit
            for at in (5, 0, 3):
                if rest is not None and at < rest.batch.num_rows:
                    before, page, rest = BatchWork().cut(rest, at)
                    yield from inline()(u for u in (before, page) if u is not None)
            if rest is not None:
                yield from inline()([rest])

    make(tmp_path / "out", lambda job, numbers: run_shards(job, numbers, pieces))
    assert files(tmp_path / "out") == files(whole)


def test_a_page_that_is_given_up_is_a_rejection() -> None:
    (unit,) = _units(0, [Page("a", b"x", "text/plain"), Rejection("b", "bad-warc", "damaged")])
    _, page, after = BatchWork().cut(unit, 0)
    assert after is not None
    assert (page.last, after.last) == (False, True)
    (given_up,) = results_of(BatchWork().give_up(page, "timeout", "took too long").batch)
    assert isinstance(given_up, Processed)
    assert given_up.rejections == (Rejection("a", "timeout", "took too long"),)
    assert list(results_of(BatchWork().give_up(after, "timeout", "").batch)) == [
        Rejection("b", "bad-warc", "damaged")
    ]


class Killed(BaseException):
    """Stands for the end of the process."""


def stopping(units: Iterable[Unit], after: int) -> Iterator[Unit]:
    for number, unit in enumerate(inline()(units)):
        if number == after:
            raise Killed
        yield unit


@pytest.mark.parametrize("after", range(12))
def test_interrupted_anywhere_it_ends_with_the_same_bytes(whole: Path, tmp_path: Path, after: int) -> None:
    transform: Transform = partial(stopping, after=after)
    with pytest.raises(Killed):
        make(tmp_path / "out", lambda job, numbers: run_shards(job, numbers, transform))
    there = {int(p.stem) for p in (tmp_path / "out" / "done").glob("*.json")}
    read = set()

    def noting(number: int) -> Iterator[Item]:
        read.add(number)
        return items(number)

    make(tmp_path / "out", bulk.inline_engine(), noting)
    assert read == set(range(SHARDS)) - there
    assert files(tmp_path / "out") == files(whole)


def test_what_is_half_written_is_no_result(tmp_path: Path) -> None:
    transform: Transform = partial(stopping, after=4)
    with pytest.raises(Killed):
        make(tmp_path / "out", lambda job, numbers: run_shards(job, numbers, transform))
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


@pytest.mark.skipif(os.cpu_count() == 1, reason="needs two cores")
def test_limits_reach_the_workers(tmp_path: Path) -> None:
    def one(number: int) -> list[Item]:
        return [Page("a", SENTENCE.encode(), "text/plain")]

    make(tmp_path / "out", bulk.processes_engine(2, Limits(seconds=30)), one)
    assert sum(isinstance(r, Processed) for r in read_results(str(tmp_path / "out"))) == SHARDS
