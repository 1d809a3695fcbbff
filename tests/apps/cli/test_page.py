"""kutip page writes the record as one web page."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from kutip.apps.cli.main import main

ARTICLE = "Bendungan aman\n\nTari Lembayung mengatakan bahwa pintu air akan dibuka pada hari Senin."


def run(*args: str, code: int = 0) -> str:
    result = CliRunner().invoke(main, list(args))
    assert result.exit_code == code, (result.output, result.exception)
    return result.output


@pytest.fixture
def record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.delenv("KUTIP_RECORD", raising=False)
    (tmp_path / "dam.txt").write_text(ARTICLE, encoding="utf-8")
    path = str(tmp_path / "dams.db")
    run("ingest", str(tmp_path / "dam.txt"), "--record", path)
    return path


def test_the_record_becomes_one_page(record: str, tmp_path: Path) -> None:
    out = tmp_path / "out.html"
    assert f"{out}: 1 articles" in run("page", str(out), "--record", record)
    html = out.read_text(encoding="utf-8")
    assert ">Siapa mengatakan apa</title>" in html
    assert ">Tari Lembayung</mark>" in html
    assert [p.name for p in tmp_path.glob("*.html*")] == ["out.html"]


def test_title_and_language_can_be_given(record: str, tmp_path: Path) -> None:
    out = tmp_path / "out.html"
    run("page", str(out), "--record", record, "--title", "Dams & <gates>", "--language", "en")
    html = out.read_text(encoding="utf-8")
    assert "<title>Dams &amp; &lt;gates&gt;</title>" in html
    assert '<html lang="en">' in html


def test_a_language_without_words_is_refused_and_nothing_is_written(record: str, tmp_path: Path) -> None:
    out = tmp_path / "out.html"
    assert "there are words in: en, id" in run(
        "page", str(out), "--record", record, "--language", "xx", code=2
    )
    assert not out.exists()


def test_the_number_of_articles_can_be_limited_to_the_latest(record: str, tmp_path: Path) -> None:
    (tmp_path / "later.txt").write_text("Jembatan dibuka\n\n2 April 2025\n\n" + ARTICLE, encoding="utf-8")
    run("ingest", str(tmp_path / "later.txt"), "--record", record)
    out = tmp_path / "out.html"
    assert "1 articles" in run("page", str(out), "--record", record, "--limit", "1")
    assert "Jembatan dibuka" in out.read_text(encoding="utf-8")


def test_a_folder_that_is_not_there_is_named(record: str, tmp_path: Path) -> None:
    assert "No such file or directory" in run(
        "page", str(tmp_path / "nowhere" / "out.html"), "--record", record, code=3
    )


def test_the_same_record_gives_the_same_bytes(record: str, tmp_path: Path) -> None:
    first, second = tmp_path / "1.html", tmp_path / "2.html"
    run("page", str(first), "--record", record)
    run("page", str(second), "--record", record)
    assert first.read_bytes() == second.read_bytes()
