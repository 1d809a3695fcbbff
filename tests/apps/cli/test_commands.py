"""Commands as a person uses them, in one process."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kutip.apps.cli.main import COMMANDS, main
from kutip.store import Record

ARTICLE = (
    "Air di Bendungan Sura surut\n\n"
    "“Air sudah turun dua meter sejak kemarin,” kata Kepala Dinas Pengairan, Tari Lembayung,"
    " kepada wartawan.\n\n"
    "Lembayung mengatakan bahwa pintu air akan dibuka pada hari Senin dan warga boleh pulang ke rumah.\n\n"
    "Baca juga: Jalan ke bendungan ditutup\n"
)
READ_KEYS = ["file", "url", "lang", "headline", "outlet", "byline", "published", "text", "body", "blocks"]
Kutip = Callable[..., Result]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("KUTIP_RECORD", raising=False)
    monkeypatch.delenv("COLUMNS", raising=False)
    pages = tmp_path / "pages"
    pages.mkdir()
    (pages / "sura.txt").write_text(ARTICLE, encoding="utf-8")
    rows = [
        {
            "id": "e1",
            "url": "https://tala.example/jembatan",
            "outlet": "Tala Post",
            "published": "2025-04-02",
            "headline": "Jembatan Tala",
            "text": "Wali Kota Galih Prasaja mengatakan bahwa jembatan yang rusak akan diperbaiki tahun ini.",
        },
        {"id": "e2", "text": ""},
    ]
    (pages / "more.jsonl").write_text("\n".join(map(json.dumps, rows)) + "\n", encoding="utf-8")
    return tmp_path


@pytest.fixture
def kutip() -> Kutip:
    def run(*args: str, code: int = 0, **more: str | bytes) -> Result:
        result = CliRunner().invoke(main, list(args), **more)
        assert result.exit_code == code, (result.output, result.exception)
        assert result.exception is None or isinstance(result.exception, SystemExit)
        return result

    return run


@pytest.fixture
def record(folder: Path, kutip: Kutip) -> str:
    result = kutip("ingest", "pages", code=1)
    assert "3 pages · 2 new articles" in result.stderr
    assert "pages/more.jsonl:2" in result.stderr
    assert result.stdout == ""
    return "record.db"


def lines(result: Result) -> list[dict[str, object]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_every_command_has_help_and_none_is_imported_for_the_list(kutip: Kutip) -> None:
    listed = kutip("--help").stdout
    assert all(name in listed for name in COMMANDS)
    for name in COMMANDS:
        assert f"Example: kutip {name}" in kutip(name, "--help").stdout


def test_version_and_usage(kutip: Kutip, folder: Path) -> None:
    import kutip as package

    assert kutip("--version").stdout == f"kutip, version {package.__version__}\n"
    assert "No such command 'sid'" in kutip("sid", code=2).stderr
    assert "no record record.db" in kutip("stats", code=3).stderr
    assert "not a date" in kutip("said", "--since", "yesterday", code=2).stderr
    assert "not a date" in kutip("said", "--until", "2025-02-30", code=2).stderr


def test_ingest_again_finds_nothing_new(record: str, kutip: Kutip) -> None:
    again = kutip("ingest", "pages/sura.txt")
    assert "1 page · 0 new articles · 0 attributions" in again.stderr
    assert kutip("ingest", "pages/sura.txt", "-q").stderr == ""
    assert kutip("-q", "ingest", "pages/more.jsonl", code=1).stderr == ""


def test_ingest_from_standard_input_and_what_is_not_there(record: str, kutip: Kutip) -> None:
    result = kutip("ingest", "-", "nowhere.txt", "-v", code=1, input=ARTICLE.replace("dua", "tiga").encode())
    assert "1 new article " in result.stderr
    assert result.stderr.count("nowhere.txt: there is no such file") == 1


def test_the_record_may_be_named_before_after_and_outside(
    folder: Path, kutip: Kutip, monkeypatch: object
) -> None:
    kutip("--record", "a.db", "ingest", "pages/sura.txt")
    kutip("ingest", "pages/sura.txt", "--record", "b.db")
    kutip("--record", "a.db", "ingest", "pages/sura.txt", "--record", "c.db")
    kutip("ingest", "pages/sura.txt", env={"KUTIP_RECORD": "d.db"})
    assert {p.name for p in folder.glob("*.db")} == {"a.db", "b.db", "c.db", "d.db"}


def test_said_as_table(record: str, kutip: Kutip) -> None:
    result = kutip("said", "--by", "lembayung", env={"COLUMNS": "80"})
    assert "Tari Lembayung" in result.stdout
    assert "“Air sudah turun dua meter" in result.stdout
    assert max(map(len, result.stdout.splitlines())) <= 80
    assert "2 statements" in result.stderr
    limited = kutip("said", "--limit", "1")
    assert "1 of 3 statements; --limit 0 shows all" in limited.stderr
    assert "3 statements" in kutip("said", "--limit", "0").stderr
    assert kutip("said", "--by", "nobody").stdout == ""


def test_said_as_data(record: str, kutip: Kutip) -> None:
    rows = lines(kutip("said", "--jsonl"))
    assert json.loads(kutip("said", "--json").stdout) == rows
    table = list(csv.DictReader(io.StringIO(kutip("said", "--csv").stdout, newline="")))
    assert [row["id"] for row in table] == [row["id"] for row in rows]
    assert list(table[0]) == list(rows[0])
    assert len(rows) == 3
    assert len(lines(kutip("said", "--jsonl", "--limit", "2"))) == 2
    assert [row["outlet"] for row in lines(kutip("said", "--in", "tala", "--jsonl"))] == ["Tala Post"]
    assert kutip("said", "--by", "nobody", "--json").stdout == "[]\n"
    (quote,) = lines(kutip("said", "--kind", "direct", "--jsonl"))
    with Record.open(record) as opened:
        text = opened.view().article(str(quote["article"])).article.text
    (span,) = quote["content_spans"]
    assert text[span["start"] : span["end"]] == quote["content"] == "Air sudah turun dua meter sejak kemarin"


def test_show(record: str, kutip: Kutip) -> None:
    (quote,) = lines(kutip("said", "--kind", "direct", "--jsonl"))
    shown = kutip("show", str(quote["id"])[:10]).stdout
    assert "[content: Air sudah turun dua meter sejak kemarin]" in shown
    assert "[cue: kata]" in shown
    for part in ("Tari Lembayung", "person", "wartawan", str(quote["rule"]), "pages/sura.txt", "unknown"):
        assert part in shown
    data = json.loads(kutip("show", str(quote["id"]), "--json").stdout)
    assert data["paragraph"]["text"].startswith("“Air sudah turun")
    assert data["article"]["page"] == "pages/sura.txt"
    coloured = kutip("show", str(quote["id"]), env={"FORCE_COLOR": "1", "TERM": "xterm"}, color=True).stdout
    assert "\x1b[" in coloured
    assert "[content:" not in coloured
    assert "no attribution 'zzz'" in kutip("show", "zzz", code=1).stderr


def test_article(record: str, kutip: Kutip) -> None:
    by_url = json.loads(kutip("article", "https://tala.example/jembatan", "--json").stdout)
    assert by_url["headline"] == "Jembatan Tala"
    assert by_url["published"]["value"] == "2025-04-02"
    assert json.loads(kutip("article", by_url["id"][:9], "--json").stdout) == by_url
    shown = kutip("article", by_url["id"]).stdout
    assert "[source: Wali Kota Galih Prasaja]" in shown
    assert "headline" in shown
    (found,) = json.loads(kutip("article", "pages/sura.txt", "--json").stdout)
    assert {block["role"] for block in found["blocks"]} >= {"headline", "related"}
    assert all(found["text"][b["start"] : b["end"]].strip() for b in found["blocks"])


def test_article_of_a_file_that_the_record_does_not_know(folder: Path, kutip: Kutip) -> None:
    (found,) = json.loads(kutip("article", "pages/sura.txt", "--json").stdout)
    assert [a["speaker"] for a in found["attributions"]] == ["Tari Lembayung"] * 2
    assert not (folder / "record.db").exists()
    assert found["story"] is None
    kutip("ingest", "pages/sura.txt")
    (known,) = json.loads(kutip("article", "pages/sura.txt", "--json").stdout)
    assert known["story"]["since"] is None
    assert known | {"story": None} == found
    both = kutip("article", "pages/more.jsonl", code=1)
    assert "Jembatan Tala" in both.stdout
    assert "has no text" in both.stderr


def test_search(record: str, kutip: Kutip) -> None:
    shown = kutip("search", "air", "turun")
    assert "[Air]" in shown.stdout
    assert "1 attribution, 1 article (" in shown.stderr
    hits = json.loads(kutip("search", "turun", "--json").stdout)
    assert [hit["what"] for hit in hits] == ["attribution", "article"]
    assert "[turun]" in hits[0]["snippet"]
    assert kutip("search", "NEAR(", '"', "OR").stdout == ""


def test_stats(record: str, kutip: Kutip) -> None:
    shown = kutip("stats").stdout
    assert "2 articles from 3 pages" in shown
    assert "Tala Post" in shown
    data = json.loads(kutip("stats", "--json").stdout)
    assert (data["articles"], data["attributions"]) == (2, 3)
    assert data["rejections"] == [{"name": "empty", "count": 1}]


def test_verify(record: str, kutip: Kutip) -> None:
    assert "holds" in kutip("verify").stderr
    with Record.open(record, "write") as opened:
        opened.db.execute("UPDATE articles SET text = replace(text, 'dua', 'lima')")
    broken = kutip("verify", code=1)
    assert "its text is not the one whose hash was kept" in broken.stdout
    assert "does not hold: " in broken.stderr
    assert {row["table"] for row in lines(kutip("verify", "--jsonl", code=1))} >= {"articles", "attributions"}


def test_read(folder: Path, kutip: Kutip) -> None:
    result = kutip("read", "pages", code=1)
    rows = lines(result)
    assert [row["file"] for row in rows] == ["more.jsonl:1", "sura.txt"]
    assert list(rows[0]) == READ_KEYS
    assert rows[0]["published"] == "2025-04-02"
    assert rows[1]["body"].splitlines()[0].startswith("“Air sudah turun")
    assert "Baca juga" not in rows[1]["body"]
    assert "Baca juga" in rows[1]["text"]
    assert "more.jsonl:2" in result.stderr


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion(kutip: Kutip, shell: str) -> None:
    assert "_KUTIP_COMPLETE" in kutip("completion", shell).stdout
