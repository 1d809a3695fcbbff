"""--fast, in every command that reads pages."""

import json
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kutip.apps.cli.main import main

pytest.importorskip("resiliparse", reason="needs kutip[bulk]")

SENTENCES = [
    f"Wali kota itu mengatakan bahwa jembatan nomor {n} yang rusak akan diperbaiki pada tahun ini juga."
    for n in range(4)
]


def kutip(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(a) for a in arguments])


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    folder = tmp_path / "pages"
    folder.mkdir()
    for n in range(3):
        body = "".join(f"<p>{s[:-1]} di kota {n}.</p>" for s in SENTENCES)
        (folder / f"{n}.html").write_text(
            f"<html><body><div><p>Menu</p></div><article>{body}</article></body></html>"
        )
    return folder


def test_read(pages: Path) -> None:
    fast, careful = kutip("read", "--fast", pages), kutip("read", pages)
    bodies = [[json.loads(line)["body"] for line in done.stdout.splitlines()] for done in (fast, careful)]
    assert bodies[0] == bodies[1]
    assert len(bodies[0]) == 3


def test_every_way_into_the_record_gives_the_same(pages: Path, tmp_path: Path) -> None:
    pytest.importorskip("pyarrow", reason="the extra parquet is not installed")
    for jobs in ("1", "2"):
        assert (
            kutip("ingest", "--fast", "-j", jobs, pages, "--record", tmp_path / f"{jobs}.db").exit_code == 0
        )
    for engine in ("inline", "processes"):
        assert kutip("batch", "--fast", "--engine", engine, pages, tmp_path / engine).exit_code == 0
        kutip("ingest", tmp_path / engine, "--record", tmp_path / f"{engine}.db")
    said = [
        kutip("said", "--json", "--record", tmp_path / f"{name}.db").stdout
        for name in ("1", "2", "inline", "processes")
    ]
    assert said[0].count("\n") > 3
    assert said[1:] == said[:1] * 3


def test_a_folder_of_results_is_read_in_one_way(pages: Path, tmp_path: Path) -> None:
    pytest.importorskip("pyarrow", reason="the extra parquet is not installed")
    kutip("batch", "--fast", "--engine", "inline", pages, tmp_path / "out")
    done = kutip("batch", "--engine", "inline", pages, tmp_path / "out")
    assert done.exit_code == 3
    assert "begun with another --fast or --furniture" in done.output


def test_what_to_install(pages: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "resiliparse", None)
    done = kutip("read", "--fast", pages)
    assert done.exit_code == 2
    assert "pip install 'kutip[bulk]'" in done.output
