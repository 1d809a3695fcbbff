"""``kutip furniture``: learned from a record, kept as a file, given to the next run."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kutip.apps.cli.main import main

NOTE = "Pemimpin redaksi Budi Anwar mengatakan bahwa setiap berita di sini sudah diperiksa."


def kutip(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(a) for a in arguments])


def rows(path: Path, first: int, number: int) -> Path:
    """Articles of one outlet, all with the same note."""
    lines = []
    for n in range(first, first + number):
        words = (
            f"Wali Kota Ratna Dewi mengatakan bahwa jembatan {'x' * (n + 1)} akan dibongkar pada bulan depan."
        )
        row = {
            "headline": f"Jembatan {'x' * (n + 1)} Dibongkar",
            "outlet": "Kabar",
            "url": f"https://k.example/{n}",
        }
        lines.append(
            json.dumps({**row, "text": f"{words}\n\nMenurut dia, jembatan itu rusak.\n\n{NOTE}"}) + "\n"
        )
    path.write_text("".join(lines))
    return path


@pytest.fixture
def learned(tmp_path: Path) -> Path:
    kutip("ingest", rows(tmp_path / "old.jsonl", 0, 6), "--record", tmp_path / "old.db")
    done = kutip("furniture", "--record", tmp_path / "old.db")
    assert done.exit_code == 0, done.output
    assert "2 blocks of 1 outlet" in done.stderr
    found = json.loads(done.stdout)
    assert [block["words"] for block in found["Kabar"]["blocks"]] == [
        "Menurut dia, jembatan itu rusak.",
        NOTE,
    ]
    del found["Kabar"]["blocks"][0]  # as a person would: this one is no furniture
    path = tmp_path / "furniture.json"
    path.write_text(json.dumps(found))
    return path


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_it_is_kept_apart_in_what_is_read_next(learned: Path, tmp_path: Path, jobs: str) -> None:
    new = rows(tmp_path / "new.jsonl", 10, 3)
    kutip("ingest", "-j", jobs, new, "--record", tmp_path / "plain.db")
    kutip("ingest", "-j", jobs, new, "--record", tmp_path / "new.db", "--furniture", learned)
    plain, known = (
        kutip("said", "--json", "--record", tmp_path / f"{name}.db").stdout for name in ("plain", "new")
    )
    assert plain.count("setiap berita") == 3
    assert known.count("setiap berita") == 0
    assert known.count("Ratna Dewi") >= 6
    bodies = kutip("read", new, "--furniture", learned).stdout
    assert NOTE not in json.loads(bodies.splitlines()[0])["body"]


def test_how_much_is_enough(tmp_path: Path) -> None:
    kutip("ingest", rows(tmp_path / "old.jsonl", 0, 3), "--record", tmp_path / "old.db")
    assert json.loads(kutip("furniture", "--record", tmp_path / "old.db").stdout) == {}
    found = kutip("furniture", "--least", "3", "--share", "0.9", "--record", tmp_path / "old.db").stdout
    assert json.loads(found)["Kabar"]["articles"] == 3


@pytest.mark.parametrize("content", ["{", '{"Kabar": 5}'])
def test_a_file_of_another_kind(tmp_path: Path, content: str) -> None:
    path = tmp_path / "furniture.json"
    path.write_text(content)
    done = kutip("read", rows(tmp_path / "new.jsonl", 0, 1), "--furniture", path)
    assert done.exit_code == 2
    assert "write it with kutip furniture" in done.output
