"""The command line as a process: its contract, its signals, its pipes, its start."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

TEXT = (
    "Tala\n\n“Air sudah turun dua meter,” kata Kepala Dinas Pengairan, Tari Lembayung, kepada wartawan. "
    "Jalan yang rusak di kota itu akan diperbaiki pada tahun ini juga dan tidak akan ditutup untuk warga."
)
KEYS = ["kind", "content", "cue", "source", "speaker", "speaker_kind", "via", "to", "said_on"]
KEYS += ["force", "negated", "confidence", "rule"]
COMMAND = [sys.executable, "-c", "from kutip.apps.cli.main import main; main(prog_name='kutip')"]


def kutip(*args: str, given: bytes | str = b"", **env: str) -> subprocess.CompletedProcess[str]:
    given = given.encode("utf-8", "surrogatepass") if isinstance(given, str) else given
    done = subprocess.run(
        [*COMMAND, *args], input=given, capture_output=True, env=os.environ | env, timeout=120, check=False
    )
    out, err = done.stdout.decode("utf-8"), done.stderr.decode("utf-8", "replace")
    return subprocess.CompletedProcess(done.args, done.returncode, out, err)


def rows(done: subprocess.CompletedProcess[str]) -> list[dict[str, object]]:
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_the_contract_of_attribute() -> None:
    given = {"id": 7, "text": TEXT, "lang": "id", "published": "2025-02-25", "outlet": "Tala", "more": [1]}
    done = kutip("attribute", given=json.dumps(given))
    assert (done.returncode, done.stderr) == (0, "")
    (row,) = rows(done)
    assert list(row) == ["id", "attributions"]
    assert row["id"] == 7
    (found,) = row["attributions"]
    assert list(found) == KEYS
    (content,) = found["content"]
    assert list(content) == list(found["cue"]) == list(found["source"]) == ["start", "end"]
    assert TEXT[content["start"] : content["end"]] == "Air sudah turun dua meter"
    assert TEXT[found["cue"]["start"] : found["cue"]["end"]] == "kata"
    assert (found["kind"], found["speaker"], found["speaker_kind"]) == ("direct", "Tari Lembayung", "person")
    assert isinstance(found["via"], list)
    assert isinstance(found["to"], str)
    assert (found["force"], found["negated"]) == ("says", False)
    assert 0 <= found["confidence"] <= 1
    assert found["rule"]


def test_rows_that_cannot_be_used_are_told_and_the_rest_goes_on() -> None:
    given = [
        b'\xef\xbb\xbf{"id": "first", "text": "Tidak ada."}',
        b"",
        b'{"id": "no text"}',
        b'{"id": ["odd", 1.50], "text": "x", "lang": "tlh"}',
        b'{"id": "number", "text": 5}',
        b'{"id": "day", "text": "x", "published": 20250225}',
        b"{broken",
        b"[1, 2]",
        b'{"id": "bytes", "text": "\xff"}',
        b"[" * 100_000,
        b'{"id": 123456789012345678901234567890, "text": ""}',
        b'{"text": "no id"}',
        b'{"id": "last", "text": "Selesai."}',
    ]
    done = kutip("attribute", "-", given=b"\n".join(given))
    assert done.returncode == 1
    found = rows(done)
    odd = ["first", "no text", ["odd", 1.5], "number", "day", 123456789012345678901234567890, None, "last"]
    assert [row["id"] for row in found] == odd
    assert '"id":["odd", 1.50]' in done.stdout
    errors = {str(row["id"]): str(row["error"]) for row in found if "error" in row}
    assert errors.keys() == {"no text", "['odd', 1.5]", "number", "day"}
    assert "tlh" in errors["['odd', 1.5]"]
    assert all(row["attributions"] == [] for row in found if "error" in row)
    told = done.stderr.splitlines()
    assert [line.split(": ")[0].rpartition(":")[2] for line in told] == [
        "3",
        "4",
        "5",
        "6",
        "7",
        "8",
        "9",
        "10",
    ]
    assert "Traceback" not in done.stderr


def test_offsets_count_the_text_as_given() -> None:
    odd = "\ufeff\r\n👩‍🚒\u202e\u0000 “Air sudah\u00ad turun dua meter,” kata Tari Lembayung.\r\n"
    given = json.dumps({"id": 1, "text": odd, "lang": "id"})
    (row,) = rows(kutip("attribute", given=given))
    (found,) = row["attributions"]
    words = [odd[span["start"] : span["end"]] for span in found["content"]]
    assert words[0].startswith("Air sudah")
    lone = json.dumps({"id": "\ud83d", "text": "\ud800 " + TEXT, "lang": "id"})
    (row,) = rows(kutip("attribute", given=lone))
    assert row["id"] == "\ufffd"
    assert row["attributions"][0]["content"][0]["start"] == TEXT.index("Air") + 2


def test_a_row_is_answered_before_the_next_is_given() -> None:
    process = subprocess.Popen([*COMMAND, "attribute"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert process.stdin
    assert process.stdout
    for number in range(3):
        process.stdin.write(json.dumps({"id": number, "text": TEXT}).encode() + b"\n")
        process.stdin.flush()
        assert json.loads(process.stdout.readline())["id"] == number
    process.stdin.close()
    assert process.wait(300) == 0


def test_attribute_of_a_file(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text(json.dumps({"id": 1, "text": TEXT}) + "\n{", encoding="utf-8")
    done = kutip("attribute", str(path))
    assert done.returncode == 1
    assert len(rows(done)) == 1
    assert f"{path}:2: " in done.stderr
    assert kutip("attribute", str(tmp_path / "none.jsonl")).returncode == 2


def test_start_is_cheap(tmp_path: Path) -> None:
    heavy = ("rich", "sqlite3", "trafilatura", "lxml", "multiprocessing", "asyncio")
    code = (
        "import sys, atexit; from kutip.apps.cli.main import main;"
        f"atexit.register(lambda: print([m for m in {heavy!r} if m in sys.modules], file=sys.stderr));"
        "main()"
    )
    for args in (["--help"], ["attribute"]):
        done = subprocess.run(
            [sys.executable, "-c", code, *args], input=b"", capture_output=True, check=False
        )
        assert done.stderr.decode().strip() == "[]", args


@pytest.mark.parametrize("encoding", ["ascii", "utf-8"])
def test_output_does_not_depend_on_the_locale(tmp_path: Path, encoding: str) -> None:
    given = json.dumps({"id": "é", "text": TEXT})
    assert rows(kutip("attribute", given=given, PYTHONIOENCODING=encoding))[0]["id"] == "é"
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    shown = kutip(
        "article", str(tmp_path / "a.txt"), "--record", str(tmp_path / "r.db"), PYTHONIOENCODING=encoding
    )
    assert shown.returncode == 0
    assert "Tari Lembayung" in shown.stdout


def test_control_characters_of_a_page_do_not_reach_the_terminal(tmp_path: Path) -> None:
    row = {
        "text": TEXT,
        "outlet": "Evil\x1b]0;title\x07\x1b[31m",
        "byline": "\u202egnitirw",
        "url": "u:\x1b[2J",
    }
    (tmp_path / "a.jsonl").write_text(json.dumps(row), encoding="utf-8")
    record = ("--record", str(tmp_path / "r.db"))
    assert kutip("ingest", str(tmp_path / "a.jsonl"), *record).returncode == 0
    for command in (["said"], ["article", "u:\x1b[2J"], ["search", "meter"], ["stats"]):
        shown = kutip(*command, *record)
        assert shown.returncode == 0
        assert not {"\x1b", "\x07", "\u202e"} & set(shown.stdout), command
        assert "Evil" in shown.stdout


def test_a_closed_pipe_is_silent(tmp_path: Path) -> None:
    given = "\n".join(json.dumps({"id": n, "text": "x" * 200}) for n in range(5000))
    (tmp_path / "rows.jsonl").write_text(given, encoding="utf-8")
    process = subprocess.Popen(
        [*COMMAND, "attribute", str(tmp_path / "rows.jsonl")], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdout
    assert process.stderr
    process.stdout.readline()
    process.stdout.close()
    assert process.wait(300) == 141
    assert process.stderr.read() == b""


def test_ctrl_c_ends_cleanly_and_the_next_run_goes_on(tmp_path: Path) -> None:
    record = str(tmp_path / "r.db")
    process = subprocess.Popen(
        [*COMMAND, "ingest", "-", "--record", record],
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
        # Tests that were started in the background ignore the signal, and what they start would do so too.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    assert process.stdin
    assert process.stderr
    for number in range(70):
        process.stdin.write(json.dumps({"id": str(number), "text": f"{TEXT} {number}"}).encode() + b"\n")
    process.stdin.flush()
    wait_for(lambda: articles(record) >= 64)
    process.send_signal(signal.SIGINT)
    assert process.wait(300) == 130
    assert process.stderr.read() == b"stopped\n"
    assert kutip("verify", "--record", record).returncode == 0


def test_completion_names_commands() -> None:
    asked = {"_KUTIP_COMPLETE": "bash_complete", "COMP_WORDS": "kutip sa", "COMP_CWORD": "1"}
    assert kutip(**asked).stdout == "plain,said\n"
    asked |= {"COMP_WORDS": "kutip said --si", "COMP_CWORD": "2"}
    assert kutip(**asked).stdout == "plain,--since\n"


def articles(record: str) -> int:
    """How many articles a record holds that another process is filling."""
    import sqlite3

    try:
        return int(
            sqlite3.connect(f"file:{record}?mode=ro", uri=True)
            .execute("SELECT count(*) FROM articles")
            .fetchone()[0]
        )
    except sqlite3.OperationalError:
        return 0


def wait_for(condition: object, seconds: float = 300) -> None:
    """Returns when ``condition()`` holds; fails when it does not within so many seconds."""
    assert callable(condition)
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "did not happen in time"
        time.sleep(0.005)
