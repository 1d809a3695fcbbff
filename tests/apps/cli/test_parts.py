"""Articles over several pages, by the commands that read pages."""

import json
import sqlite3
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kutip.apps.cli.main import main

BASE = "https://kabar.example/jembatan"


def kutip(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(a) for a in arguments])


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    """A folder as it is saved from a site, the last part first."""
    folder = tmp_path / "pages"
    folder.mkdir()
    for number in (1, 2, 3):
        body = "".join(
            f"<p>Wali Kota Ratna Dewi mengatakan bahwa jembatan nomor {number}{n} akan dibongkar bulan depan.</p>"
            for n in range(3)
        )
        links = f'<link rel="next" href="{BASE}?page={number + 1}">' if number < 3 else ""
        links += f'<link rel="prev" href="{BASE}?page={number - 1}">' if number > 1 else ""
        head = f'<title>Jembatan Lama Dibongkar</title><link rel="canonical" href="{BASE}">{links}'
        markup = f"<html><head>{head}</head><body><article>{body}</article></body></html>"
        (folder / f"{4 - number}.html").write_text(markup)
    return folder


def test_read_writes_one_article(pages: Path) -> None:
    (row,) = [json.loads(line) for line in kutip("read", pages).stdout.splitlines()]
    assert row["body"].count("\n") == 8
    assert row["url"] == BASE


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_ingest_keeps_one_article_of_three_pages(pages: Path, tmp_path: Path, jobs: str) -> None:
    record = tmp_path / "news.db"
    for new in (1, 0):
        done = kutip("ingest", "-j", jobs, pages, "--record", record)
        assert f"{new} new article" in done.stderr
    with sqlite3.connect(record) as db:
        assert db.execute("SELECT count(*) FROM articles").fetchone() == (1,)
        assert db.execute("SELECT count(*) FROM pages WHERE article = 1").fetchone() == (3,)
    assert kutip("verify", "--record", record).exit_code == 0
