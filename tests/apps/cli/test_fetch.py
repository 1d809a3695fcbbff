"""``kutip fetch`` and ``kutip watch`` against a server on this machine."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

pytest.importorskip("fastwarc", reason="the extra warc is not installed")
from kutip.apps.cli.main import main
from tests.sources.server import Site, served

WORDS = "Wali kota itu mengatakan bahwa jembatan nomor {} yang rusak akan diperbaiki pada tahun ini juga. "
COMMAND = [sys.executable, "-c", "from kutip.apps.cli.main import main; main(prog_name='kutip')"]


@pytest.fixture
def site() -> Iterator[Site]:
    with served(Site()) as site:
        for n in range(12):
            words = "".join(f"<p>{WORDS.format(f'{n}-{line}')}</p>" for line in range(3))
            site.page(f"/{n}", f"<html><body><article><h1>Jembatan {n}</h1>{words}</article></body></html>")
        items = "".join(f"<item><link>{site.url}/{n}</link></item>" for n in range(12))
        site.page("/feed", f'<?xml version="1.0"?><rss><channel>{items}</channel></rss>')
        yield site


def options(folder: Path) -> list[str]:
    return [
        *("--archive", str(folder / "archive"), "--record", str(folder / "a.db")),
        *("--delay", "0", "--allow-private"),
    ]


def kutip(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments)


def urls(folder: Path) -> list[str]:
    with sqlite3.connect(folder / "a.db") as db:
        return [url for (url,) in db.execute("SELECT url FROM pages ORDER BY url")]


def test_what_is_new_comes_into_the_record_once(site: Site, tmp_path: Path) -> None:
    done = kutip("fetch", site.url + "/feed", *options(tmp_path))
    assert done.exit_code == 0, done.output
    assert "12 pages archived" in done.stderr
    assert urls(tmp_path) == sorted(f"{site.url}/{n}" for n in range(12))
    assert kutip("verify", "--record", str(tmp_path / "a.db")).exit_code == 0
    again = kutip("fetch", site.url + "/feed", *options(tmp_path))
    assert "0 pages archived" in again.stderr
    assert site.paths().count("/3") == 1


def test_what_was_only_archived_is_read_later(site: Site, tmp_path: Path) -> None:
    kutip("fetch", site.url + "/feed", "--only-archive", "--most", "5", *options(tmp_path))
    assert not (tmp_path / "a.db").exists()
    kutip("fetch", site.url + "/feed", *options(tmp_path))
    assert len(urls(tmp_path)) == 12


def test_what_is_refused_is_in_the_record(site: Site, tmp_path: Path) -> None:
    closed = [option for option in options(tmp_path) if option != "--allow-private"]
    done = kutip("fetch", site.url + "/feed", *closed)
    assert done.exit_code == 1
    with sqlite3.connect(tmp_path / "a.db") as db:
        assert [place for (place,) in db.execute("SELECT place FROM not_used")] == [site.url + "/feed"]
    assert site.asked == []


def test_watching(site: Site, tmp_path: Path) -> None:
    done = kutip("watch", site.url + "/feed", "--every", "0", "--rounds", "2", *options(tmp_path))
    assert done.exit_code == 0, done.output
    assert "round 2" in done.stderr
    assert site.paths().count("/feed") == 2
    assert site.paths().count("/3") == 1


def test_killed_it_goes_on(site: Site, tmp_path: Path) -> None:
    slow = site.replies["/7"]
    site.replies["/7"] = lambda _: (time.sleep(30), slow)[1]  # type: ignore[return-value]
    command = [*COMMAND, "fetch", site.url + "/feed", *options(tmp_path)]
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    while "/7" not in site.paths():
        time.sleep(0.02)
        assert process.poll() is None
    time.sleep(1)  # the first pages are on the disk
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    site.replies["/7"] = slow
    assert kutip("fetch", site.url + "/feed", *options(tmp_path)).exit_code == 0
    assert len(urls(tmp_path)) == 12
    assert [site.paths().count(f"/{n}") for n in (0, 1, 2)] == [1, 1, 1]
    assert kutip("verify", "--record", str(tmp_path / "a.db")).exit_code == 0
