"""kill -9 at random moments, hundreds of times: what is left is whole, and the work is ended by the same command.

KUTIP_SOAK_KILLS says how many kills each kind of work gets (100 where it is not set); the counts are printed.
"""

import json
import os
import random
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kutip.languages.loader import folders
from kutip.store import Record, verify
from tests.sources.server import Site, served
from tests.store.upkeep.reading import dumped

pytestmark = pytest.mark.soak
KILLS = int(os.environ.get("KUTIP_SOAK_KILLS", "100"))
COMMAND = [sys.executable, "-c", "from kutip.apps.cli.main import main; main(prog_name='kutip')"]
WORDS = "“Air di pintu {0} sudah turun dua meter,” kata Tari Lembayung kepada wartawan.\n\n" + (
    "Galih Prasaja mengatakan bahwa pintu nomor {0} akan dibuka pada tahun ini juga.\n\n" * 6
)
ARTICLES = 600


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("rows") / "rows.jsonl"
    lines = (
        json.dumps({"url": f"http://tala.example/{n % 550}", "text": WORDS.format(n)})
        for n in range(ARTICLES)
    )
    path.write_text("\n".join(lines))
    return path


class Killer:
    """Runs a command until it has been killed KILLS times, a random while after it began; each time it looks."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._dice = random.Random(name)
        self._longest = 4.0
        self.kills = self.ends = 0

    def run(self, command: list[str], look: Callable[[bool], None]) -> None:
        """look: told after each run whether it came to its end."""
        while self.kills < KILLS:
            began = time.monotonic()
            process = subprocess.Popen(
                [*COMMAND, *command], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
            )
            try:
                process.wait(self._dice.uniform(0.05, self._longest))
                assert process.returncode in (0, 1), f"exit code {process.returncode}"
                self._longest = min(self._longest, time.monotonic() - began)
                self.ends += 1
                look(True)
            except subprocess.TimeoutExpired:
                process.send_signal(signal.SIGKILL)
                process.wait()
                self.kills += 1
                self._longest += 0.1
                look(False)
        print(f"{self._name}: {self.kills} kills, {self.ends} runs that ended, all whole")


def articles(record: Path) -> int:
    """How many articles a record holds, after SQLite and ``kutip verify`` have found it whole; -1: not one yet."""
    if not record.exists() or record.stat().st_size == 0:
        return -1
    with sqlite3.connect(record) as db:
        assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        if not db.execute("SELECT 1 FROM sqlite_master WHERE name = 'articles'").fetchone():
            return -1
    db.close()
    with Record.open(str(record), "write") as opened:
        assert list(verify(opened)) == []
        return int(opened.db.execute("SELECT count(*) FROM articles").fetchone()[0])


def forget(record: Path) -> None:
    for path in record.parent.glob(record.name + "*"):
        path.unlink()


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_ingest(rows: Path, tmp_path: Path, jobs: str) -> None:
    record, most = tmp_path / "a.db", -1

    def look(ended: bool) -> None:
        nonlocal most
        now = articles(record)
        assert now >= most, "what was there is there no more"
        most = now
        if ended:
            assert now == ARTICLES
            forget(record)
            most = -1

    Killer(f"ingest with {jobs} processes").run(
        ["ingest", str(rows), "--record", str(record), "--jobs", jobs], look
    )


@pytest.mark.parametrize("command", ["rebuild", "reread"])
def test_made_anew(rows: Path, tmp_path: Path, command: str) -> None:
    record = tmp_path / "a.db"
    named = ["--record", str(record)]
    subprocess.run([*COMMAND, "ingest", str(rows), *named], check=True, capture_output=True)
    subprocess.run([*COMMAND, "rebuild", *named], check=True, capture_output=True)

    earlier = tmp_path / "packs"
    shutil.copytree(str(folders()["id"]), earlier / "id")
    cues = earlier / "id" / "cues.toml"
    cues.write_text(re.sub(r"\bkata ", "", cues.read_text(encoding="utf-8")), encoding="utf-8")

    def content() -> dict[str, object]:
        with Record.open(str(record)) as opened:
            return dumped(opened)

    def age() -> None:
        """As an earlier pack has read it."""
        env = os.environ | {"KUTIP_PACKS": str(earlier)}
        subprocess.run([*COMMAND, "reread", *named], check=True, capture_output=True, env=env)

    whole = content()
    age()
    assert content() != whole

    def look(ended: bool) -> None:
        articles(record)
        if ended:
            assert command == "rebuild" or content() == whole
            age()

    Killer(command).run([command, *named], look)


@pytest.mark.parametrize("engine", ["inline", "processes"])
def test_batch(rows: Path, tmp_path: Path, engine: str) -> None:
    pytest.importorskip("pyarrow", reason="the extra parquet is not installed")
    options = ["--engine", engine, "--jobs", "2", "--shard-size", "0.04"]
    whole = tmp_path / "whole"
    subprocess.run([*COMMAND, "batch", str(rows), str(whole), *options], check=True)
    expected = made(whole)
    out, before = tmp_path / "out", dict[str, tuple[bytes, int]]()

    def look(ended: bool) -> None:
        nonlocal before
        now = made(out)
        assert now.items() <= expected.items(), "a shard that is not as it should be"
        assert before.keys() <= now.keys()
        times = {name: (now[name], (out / name).stat().st_mtime_ns) for name in now}
        assert before.items() <= times.items(), "a finished shard was made again"
        before = times
        if ended:
            assert now == expected
            subprocess.run(["rm", "-rf", str(out)], check=True)
            before = {}

    Killer(f"batch, {engine}").run(["batch", str(rows), str(out), *options], look)


@pytest.mark.parametrize("engine", ["inline", "processes"])
def test_group(rows: Path, tmp_path: Path, engine: str) -> None:
    pytest.importorskip("pyarrow", reason="the extra parquet is not installed")
    out = tmp_path / "out"
    subprocess.run([*COMMAND, "batch", str(rows), str(out), "--shard-size", "0.04"], check=True)
    command = ["group", str(out), "--engine", engine, "--jobs", "2"]
    subprocess.run([*COMMAND, *command], check=True)
    stories = out / "stories.parquet"
    expected = stories.read_bytes()
    stories.unlink()

    def look(ended: bool) -> None:
        if ended or stories.exists():
            assert stories.read_bytes() == expected
            stories.unlink()

    Killer(f"group, {engine}").run(command, look)


def made(folder: Path) -> dict[str, bytes]:
    """Finished shards: their files and what says that they are finished."""
    finished = [
        (path, folder / f"shard={path.stem}" / "results.parquet") for path in folder.glob("done/*.json")
    ]
    return {str(path.relative_to(folder)): path.read_bytes() for pair in finished for path in pair}


@pytest.fixture
def site() -> Iterator[Site]:
    with served(Site()) as site:
        for n in range(60):
            body = "".join(f"<p>{line}</p>" for line in WORDS.format(n).split("\n\n"))
            site.page(f"/{n}", f"<html><body><article><h1>Pintu {n}</h1>{body}</article></body></html>")
        items = "".join(f"<item><link>{site.url}/{n}</link></item>" for n in range(60))
        site.page("/feed", f'<?xml version="1.0"?><rss><channel>{items}</channel></rss>')
        yield site


def test_fetch(site: Site, tmp_path: Path) -> None:
    pytest.importorskip("fastwarc", reason="the extra warc is not installed")
    archive, record, most = tmp_path / "archive", tmp_path / "a.db", -1

    def look(ended: bool) -> None:
        nonlocal most
        now = articles(record)
        assert now >= most
        most = now
        if ended:
            assert now == 60
            forget(record)
            subprocess.run(["rm", "-rf", str(archive)], check=True)
            most = -1

    named = ["--archive", str(archive), "--record", str(record), "--delay", "0", "--allow-private"]
    Killer("fetch").run(["fetch", site.url + "/feed", *named], look)
