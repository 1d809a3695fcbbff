"""The disk is full, the place is read-only, two work at once: a clear end, a whole record, and the work goes on."""

import json
import os
import resource
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kutip.store import Record, verify

COMMAND = [sys.executable, "-c", "from kutip.apps.cli.main import main; main(prog_name='kutip')"]
WORDS = "Wali kota itu mengatakan bahwa jembatan nomor {} yang rusak akan diperbaiki pada tahun ini juga. "
ARTICLES = 300


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("rows") / "rows.jsonl"
    path.write_text(
        "".join(json.dumps({"id": n, "text": WORDS.format(n) * 9}) + "\n" for n in range(ARTICLES))
    )
    return path


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Path]:
    """A file system of one MiB; as root only."""
    place = tmp_path / "small"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(place)]
    try:
        subprocess.run(mount, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError) as error:
        pytest.skip(f"no small file system can be made here: {error}")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def kutip(
    *arguments: str | Path, before: Callable[[], None] | None = None
) -> subprocess.CompletedProcess[str]:
    command = [*COMMAND, *map(str, arguments)]
    return subprocess.run(
        command, capture_output=True, text=True, timeout=120, check=False, preexec_fn=before
    )


def articles(record: Path) -> int:
    """How many a whole record holds."""
    with Record.open(str(record)) as opened:
        assert list(verify(opened)) == []
        return opened.view().stats().articles


def assert_clear(done: subprocess.CompletedProcess[str], *words: str) -> None:
    assert done.returncode == 3, done.stderr
    assert "Traceback" not in done.stderr
    assert any(word in done.stderr for word in words), done.stderr


def test_the_record_may_not_grow(rows: Path, tmp_path: Path) -> None:
    record = tmp_path / "a.db"
    limit = 500_000
    done = kutip(
        *("ingest", rows, "--record", record),
        before=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)),
    )
    assert_clear(done, "a.db")
    assert articles(record) < ARTICLES
    assert kutip("ingest", rows, "--record", record).returncode == 0
    assert articles(record) == ARTICLES


def test_the_disk_is_full(rows: Path, small: Path, tmp_path: Path) -> None:
    done = kutip("ingest", rows, "--record", small / "a.db")
    assert_clear(done, "disk is full", "full")
    before = articles(small / "a.db")
    assert before < ARTICLES
    subprocess.run(["mount", "-o", "remount,size=64m", str(small)], check=True)
    assert kutip("ingest", rows, "--record", small / "a.db").returncode == 0
    assert articles(small / "a.db") == ARTICLES


def test_the_disk_is_full_while_shards_are_made(rows: Path, small: Path, tmp_path: Path) -> None:
    pytest.importorskip("pyarrow", reason="the extra parquet is not installed")
    (small / "filler").write_bytes(b"x" * 990_000)
    done = kutip("batch", rows, small / "out", "--engine", "inline", "--shard-size", "0.05")
    assert_clear(done, "No space left")
    (small / "filler").unlink()
    assert kutip("batch", rows, small / "out", "--engine", "inline", "--shard-size", "0.05").returncode == 0
    kutip("ingest", small / "out", "--record", tmp_path / "a.db")
    assert articles(tmp_path / "a.db") == ARTICLES


def test_the_place_is_read_only(rows: Path, small: Path) -> None:
    (small / "one.jsonl").write_text(rows.read_text().partition("\n")[0])
    assert kutip("ingest", small / "one.jsonl", "--record", small / "a.db").returncode == 0
    subprocess.run(["mount", "-o", "remount,ro", str(small)], check=True)
    assert_clear(kutip("ingest", rows, "--record", small / "a.db"), "written", "cannot be opened")
    assert_clear(kutip("ingest", rows, "--record", small / "b.db"), "cannot be opened")
    assert_clear(kutip("batch", rows, small / "out"), "Read-only")
    assert articles(small / "a.db") == 1


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs processes")
def test_two_at_once_make_one_record(rows: Path, tmp_path: Path) -> None:
    command = [*COMMAND, "ingest", str(rows), "--record", str(tmp_path / "a.db")]
    both = [subprocess.Popen(command, stderr=subprocess.PIPE, text=True) for _ in range(2)]
    told = [process.communicate(timeout=120)[1] for process in both]
    assert [process.returncode for process in both] == [0, 0], told
    assert articles(tmp_path / "a.db") == ARTICLES


def test_a_gzip_that_is_cut_off_gives_what_came_before(rows: Path, tmp_path: Path) -> None:
    import gzip

    whole = gzip.compress(rows.read_bytes())
    for name, data in (
        ("cut", whole[: len(whole) // 2]),
        ("bad", whole[:3000] + b"\xff" * 99 + whole[3100:]),
    ):
        path = tmp_path / f"{name}.jsonl.gz"
        path.write_bytes(data)
        done = kutip("ingest", path, "--record", tmp_path / f"{name}.db")
        assert done.returncode == 1
        assert "bad-gzip" in done.stderr
        assert 0 < articles(tmp_path / f"{name}.db") < ARTICLES
