"""``kutip group`` as it is used, on what ``kutip batch`` wrote."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

pytest.importorskip("pyarrow", reason="the extra parquet is not installed")
from pyarrow import parquet

from kutip.apps.cli.main import main

DAM = (
    "Bendungan Way Lirung jebol pada dini hari dan merendam 340 rumah warga Sumberjati. Bupati Halimah Tanjungsari "
    "mengatakan seluruh warga sudah dipindahkan ke balai desa pada {} pagi."
)
HARBOUR = (
    "Pelabuhan Teluk Banda Kencana menambah dua dermaga untuk kapal peti kemas tahun ini. Direktur Yosef Tambunan "
    "mengatakan pekerjaan dimulai bulan depan."
)


def kutip(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(a) for a in arguments])


@pytest.fixture
def rows(tmp_path: Path) -> Path:
    path = tmp_path / "in.jsonl"
    texts = [DAM.format("Selasa"), DAM.format("Rabu"), HARBOUR, HARBOUR]
    lines = [
        json.dumps({"id": str(n), "text": text, "published": f"2025-03-0{n + 1}"})
        for n, text in enumerate(texts)
    ]
    path.write_text("\n".join(lines))
    return path


@pytest.mark.parametrize("engine", ["inline", "processes"])
def test_it_writes_a_row_for_each_article(rows: Path, tmp_path: Path, engine: str) -> None:
    out = tmp_path / "out"
    assert kutip("batch", "--engine", "inline", "--shard-size", "0.0001", rows, out).exit_code == 0
    done = kutip("group", "--engine", engine, "--jobs", "2", out)
    assert done.exit_code == 0, done.output
    assert "4 articles · 2 stories, 2 of several articles · 2 copies" in done.stderr
    found = parquet.read_table(out / "stories.parquet").to_pylist()
    assert [(row["position"], row["since"], row["until"]) for row in found] == [
        (0, "2025-03-01", "2025-03-02"), (1, "2025-03-01", "2025-03-02"),
        (0, "2025-03-03", "2025-03-04"), (1, "2025-03-03", "2025-03-04"),
    ]  # fmt: skip
    assert [row["copy_of"] for row in found] == [None, found[0]["article"], None, found[2]["article"]]
    again = (out / "stories.parquet").read_bytes()
    assert kutip("group", "--quiet", "--engine", "inline", out).stderr == ""
    assert (out / "stories.parquet").read_bytes() == again
    record = tmp_path / "record.db"
    assert "4 new articles" in kutip("ingest", out, "--record", record).stderr


def test_folders_that_cannot_be_grouped_are_named(rows: Path, tmp_path: Path) -> None:
    nothing = kutip("group", tmp_path)
    assert nothing.exit_code == 3
    assert "manifest.json" in nothing.stderr
    out = tmp_path / "out"
    kutip("batch", "--engine", "inline", "--shard-size", "0.0001", rows, out)
    next(out.glob("done/*")).unlink()
    unfinished = kutip("group", out)
    assert unfinished.exit_code == 3
    assert "shards are missing; run kutip batch again" in unfinished.stderr
    assert not (out / "stories.parquet").exists()
