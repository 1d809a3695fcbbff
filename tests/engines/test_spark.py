"""Spark with two executors of their own, one of which is killed while it works: the same bytes as inline."""

import os
import shutil
import signal
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from kutip.engines import bulk
from kutip.engines.shards import Job
from kutip.flow.batches import Item
from kutip.model import Page
from tests.engines import test_grouping
from tests.engines.test_bulk import SENTENCE, files

pytestmark = [
    pytest.mark.soak,
    pytest.mark.skipif(shutil.which("java") is None, reason="Java is not installed"),
]
pytest.importorskip("pyspark", reason="the extra spark is not installed")

SHARDS = 24


def slow_items(number: int) -> Iterator[Item]:
    """Pages that take their time, so that an executor is at work when it is killed."""
    for n in range(40):
        time.sleep(0.02)
        yield Page(f"{number}-{n}", SENTENCE.format(n).encode(), "text/plain", f"http://a/{number}/{n}")


def children(of: int) -> dict[int, str]:
    """Processes below a process, with their command lines."""
    parents, lines = {}, {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parents[int(entry.name)] = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
                lines[int(entry.name)] = (entry / "cmdline").read_bytes().decode(errors="replace")
            except OSError:
                continue

    def below(pid: int | None) -> bool:
        return pid is not None and (pid == of or below(parents.get(pid)))

    return {pid: line for pid, line in lines.items() if pid != of and below(pid)}


def executors() -> list[int]:
    return [pid for pid, line in children(os.getpid()).items() if "CoarseGrainedExecutorBackend" in line]


def make(folder: Path, engine: bulk.Engine) -> None:
    with bulk.alone(folder):
        bulk.run(Job(str(folder), slow_items), SHARDS, engine, lambda before, now: None)


@pytest.fixture(autouse=True)
def workers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Workers find these tests, and no pandas."""
    (tmp_path / "pandas").mkdir()
    (tmp_path / "pandas" / "__init__.py").write_text("raise ImportError('there is no pandas here')")
    here = Path(__file__).parent
    path = os.pathsep.join(map(str, (tmp_path, here, here.parents[1])))
    python = tmp_path / "python"
    python.write_text(f'#!/bin/sh\nPYTHONPATH="{path}:$PYTHONPATH" exec {sys.executable} "$@"\n')
    python.chmod(0o755)
    monkeypatch.setenv("PYSPARK_PYTHON", str(python))
    monkeypatch.setenv("SPARK_LOCAL_IP", "127.0.0.1")


def test_stories_are_made_by_blocks_of_time(tmp_path: Path) -> None:
    test_grouping.grouped(tmp_path / "spark", bulk.spark_engine("local-cluster[2,1,1024]"))
    test_grouping.grouped(tmp_path / "inline", bulk.inline_engine())
    assert files(tmp_path / "spark") == files(tmp_path / "inline")
    assert list(files(tmp_path / "spark")) == ["stories.parquet"]


def test_an_executor_is_killed_midway(tmp_path: Path) -> None:
    killed = []

    def kill_one() -> None:
        """Kills an executor when three shards are done and others are being made."""
        for _ in range(2400):
            time.sleep(0.1)
            if len(list((tmp_path / "spark" / "done").glob("*.json"))) >= 3 and len(executors()) == 2:
                killed.append(executors()[0])
                os.kill(killed[0], signal.SIGKILL)
                return

    killer = threading.Thread(target=kill_one, daemon=True)
    killer.start()
    make(tmp_path / "spark", bulk.spark_engine("local-cluster[2,1,1024]"))
    killer.join()
    assert killed
    make(tmp_path / "inline", bulk.inline_engine())
    assert files(tmp_path / "spark") == files(tmp_path / "inline")
    assert len(files(tmp_path / "spark")) == 2 * SHARDS
