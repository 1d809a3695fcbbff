"""Plans: shards hold together what the whole holds, in its order."""

import json
from pathlib import Path

import pytest

from kutip.model import Page, Rejection
from kutip.sources import open_pages
from kutip.sources.plan import Plan, make_plan, read_shard
from tests.sources.making import page, zipped


def read(plan: Plan) -> list[Page | Rejection]:
    return [found for number in range(len(plan.shards)) for found in read_shard(plan, number)]


def write_all(folder: Path) -> None:
    rows = [json.dumps({"isi": f"kata {n} " * (n % 7)}) for n in range(200)]
    (folder / "a.jsonl").write_text("\n".join(rows) + "\n\n\n" + rows[0])
    (folder / "b.csv").write_text("isi\n" + "\n".join(f"baris {n}" for n in range(50)))
    for n in range(9):
        (folder / f"c{n}.txt").write_text(f"teks {n}")
    (folder / "notes.md").write_text("#")


@pytest.mark.parametrize("size", [1, 50, 333, 4096, 10**6])
def test_shards_hold_what_the_whole_holds(tmp_path: Path, size: int) -> None:
    write_all(tmp_path)
    plan = make_plan([tmp_path, tmp_path / "gone.txt"], {"text": "isi"}, size)
    whole = list(open_pages([tmp_path, tmp_path / "gone.txt"], columns={"text": "isi"}))
    lost = [found for found in whole if isinstance(found, Rejection)]
    assert read(plan) == [*lost, *(found for found in whole if isinstance(found, Page))]
    assert len(plan.shards) > 1 or size == 10**6


@pytest.mark.parametrize("size", [1, 500, 5000])
def test_warc_is_cut_between_records(tmp_path: Path, size: int) -> None:
    pytest.importorskip("fastwarc", reason="the extra warc is not installed")
    path = tmp_path / "a.warc.gz"
    path.write_bytes(zipped(*(page(n) for n in range(20))))
    (tmp_path / "b.warc").write_bytes(page(99) + page(98))
    plan = make_plan([tmp_path], shard_bytes=size)
    assert read(plan) == list(open_pages([tmp_path]))
    assert len(plan.shards) > 1


@pytest.mark.parametrize("size", [1, 2000, 10**6])
def test_parquet_is_cut_between_row_groups(tmp_path: Path, size: int) -> None:
    pa = pytest.importorskip("pyarrow", reason="the extra parquet is not installed")
    from pyarrow import parquet

    table = pa.Table.from_pylist([{"text": f"kata {n}"} for n in range(100)])
    parquet.write_table(table, tmp_path / "a.parquet", row_group_size=7)
    plan = make_plan([tmp_path], shard_bytes=size)
    assert read(plan) == list(open_pages([tmp_path]))
    assert len(plan.shards) == {1: 15, 10**6: 1}.get(size, len(plan.shards))


def test_the_same_files_give_the_same_plan(tmp_path: Path) -> None:
    write_all(tmp_path)
    assert make_plan([tmp_path]) == make_plan([str(tmp_path)])
    nothing = make_plan([tmp_path / "gone"])
    assert [found.reason for found in read(nothing) if isinstance(found, Rejection)] == ["not-found"]
    assert make_plan([]).shards == ()


@pytest.mark.parametrize(("lines", "shards"), [(5, 1), (30, 3), (100, 4), (800, 8)])
def test_shards_are_of_a_size_that_keeps_many_processes_busy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lines: int, shards: int
) -> None:
    monkeypatch.setattr("kutip.sources.plan.SHARD_BYTES", (100, 1000))
    monkeypatch.setattr("kutip.sources.plan.SHARDS", 4)
    (tmp_path / "a.jsonl").write_text('{"a": 12}\n' * lines)
    assert len(make_plan([tmp_path]).shards) == shards
