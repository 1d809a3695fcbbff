"""kutip reread: the articles of a record as a later pack or version reads them, without their pages."""

import json
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import kutip
from kutip.languages.loader import folders
from kutip.store import Record, verify
from tests.store.upkeep.reading import SAMPLES, dumped

COMMAND = "from kutip.apps.cli.main import main; main(prog_name='kutip')"
SMALL_PARTS = "from kutip.store.upkeep import rereading; rereading.PART = 3; "
DYING = """
import os
from kutip.store.upkeep import rereading

keep, kept = rereading.Rereader._keep, []
rereading.PART = 3

def dying(self, part):
    keep(self, part)
    kept.append(part)
    if len(kept) == PART:
        os.kill(os.getpid(), 9)

rereading.Rereader._keep = dying
"""
Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="module")
def packs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Packs of before: they know less, and one thing that nobody knows now."""
    folder = tmp_path_factory.mktemp("packs")
    for code in ("id", "en"):
        shutil.copytree(str(folders()[code]), folder / code)
        cues = folder / code / "cues.toml"
        text = cues.read_text(encoding="utf-8")
        shorter = re.sub(r"\b(?:kata|ujar|said|says) ", "", text)
        assert len(shorter) < len(text)
        cues.write_text(shorter, encoding="utf-8")
    return folder


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Runs a command on a record; packs: those in this folder come first."""

    def run(*args: str, packs: Path | None = None, prefix: str = "", record: str = "a.db") -> Any:
        env = os.environ | {"KUTIP_RECORD": str(tmp_path / record), "KUTIP_PACKS": str(packs or "")}
        command = [sys.executable, "-c", prefix + COMMAND, *args]
        return subprocess.run(command, env=env, capture_output=True, text=True, check=False, timeout=120)

    return run


def dump(path: Path) -> dict[str, Any]:
    """All that a record says, which holds."""
    with Record.open(str(path), "write") as record:
        assert list(verify(record)) == []
        return dumped(record)


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The record of those who never had the packs of before."""
    path = tmp_path_factory.mktemp("fresh") / "a.db"
    subprocess.run(
        [sys.executable, "-c", COMMAND, "ingest", "-q", str(SAMPLES), "--record", str(path)], check=False
    )
    return dump(path)


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_record_read_again_is_that_of_a_fresh_ingest(
    run: Run, packs: Path, fresh: dict[str, Any], tmp_path: Path, jobs: str
) -> None:
    run("ingest", str(SAMPLES), packs=packs)
    before = dump(tmp_path / "a.db")
    assert before["attributions"] != fresh["attributions"]
    assert before["read"] != fresh["read"]
    told = run("stats")
    assert "22 articles read by an older version or language pack: `kutip reread`" in told.stderr
    done = json.loads(run("reread", "--jobs", jobs, "--json").stdout)
    assert done["articles"] == 22
    assert done["new"]
    assert done["gone"]
    assert (
        done["new"] + done["changed"] + done["unchanged"]
        == json.loads(run("stats", "--json").stdout)["attributions"]
    )
    assert dump(tmp_path / "a.db") == fresh
    assert "reread" not in run("stats").stderr
    again = run("reread")
    assert again.stderr.startswith("0 articles read again")
    assert dump(tmp_path / "a.db") == fresh
    back = json.loads(run("reread", "--json", packs=packs).stdout)
    assert (back["new"], back["gone"]) == (done["gone"], done["new"])
    assert dump(tmp_path / "a.db") == before


def test_what_is_found_again_keeps_its_rows(run: Run, packs: Path, tmp_path: Path) -> None:
    run("ingest", str(SAMPLES), packs=packs)
    query = "SELECT id, key FROM attributions"
    before = dict(sqlite3.connect(tmp_path / "a.db").execute(query))
    run("reread")
    after = dict(sqlite3.connect(tmp_path / "a.db").execute(query))
    kept = before.keys() & after.keys()
    assert kept
    assert {id_: before[id_] for id_ in kept} == {id_: after[id_] for id_ in kept}


@pytest.mark.parametrize("part", [1, 3, 5])
def test_killed_in_the_middle_it_goes_on(
    run: Run, packs: Path, fresh: dict[str, Any], tmp_path: Path, part: int
) -> None:
    run("ingest", str(SAMPLES), packs=packs)
    die = DYING.replace("== PART", f"== {part}")
    assert run("reread", prefix=die).returncode == -signal.SIGKILL
    with Record.open(str(tmp_path / "a.db"), "write") as record:
        assert list(verify(record)) == []
        newest = record.db.execute("SELECT max(reader) FROM readings").fetchone()
        done = record.db.execute("SELECT count(*) FROM readings WHERE reader > 3").fetchone()[0]
        assert done == 3 * part, newest
    rest = run("reread")
    assert rest.stderr.startswith(f"{22 - 3 * part} articles read again")
    assert dump(tmp_path / "a.db") == fresh


def test_killed_at_any_moment_it_goes_on(
    packs: Path, run: Run, fresh: dict[str, Any], tmp_path: Path
) -> None:
    run("ingest", str(SAMPLES), packs=packs)
    env = os.environ | {"KUTIP_RECORD": str(tmp_path / "a.db")}
    for wait in (0.3, 0.6, 0.9, 1.2):
        process = subprocess.Popen([sys.executable, "-c", SMALL_PARTS + COMMAND, "reread", "-q"], env=env)
        time.sleep(wait)
        process.kill()
        process.wait()
        with Record.open(str(tmp_path / "a.db"), "write") as record:
            assert list(verify(record)) == []
    run("reread")
    assert dump(tmp_path / "a.db") == fresh


def test_where_few_differ_only_these_are_taken_in_anew(
    run: Run, packs: Path, fresh: dict[str, Any], tmp_path: Path
) -> None:
    run("ingest", str(SAMPLES), packs=packs)
    few = "from kutip.store.upkeep import keeper; keeper.WHOLE = keeper.SMALL = keeper.MANY = 0; "
    assert run("reread", prefix=few).returncode == 0
    kept = dump(tmp_path / "a.db")
    facts = ("articles", "pages", "blocks", "attributions", "channels", "names", "rejections", "read")
    assert {name: kept[name] for name in facts} == {name: fresh[name] for name in facts}
    assert kept["pending"] == kept["unfollowed"] == 0
    with sqlite3.connect(tmp_path / "a.db") as db:
        query = "SELECT articles FROM story_terms WHERE term = ''"
        assert db.execute(query).fetchone() == (22,), "an article was counted twice"
    run("rebuild")
    assert dump(tmp_path / "a.db") == fresh


def test_decisions_stay(run: Run, packs: Path, tmp_path: Path) -> None:
    for record, first in (("a.db", packs), ("b.db", None)):
        run("ingest", str(SAMPLES), packs=first, record=record)
        done = run("actors", "merge", "Tomas Areld", "Ilena Marsk", packs=first, record=record)
        assert done.returncode == 0, done.stderr
    run("reread")
    with Record.open(str(tmp_path / "a.db")) as record:
        query = "SELECT count(DISTINCT actor) FROM mentions WHERE name IN ('Tomas Areld', 'Ilena Marsk')"
        assert record.db.execute(query).fetchone()[0] == 1
        assert record.db.execute("SELECT count(*) FROM decisions").fetchone()[0] == 1
    assert dump(tmp_path / "a.db") == dump(tmp_path / "b.db")


def test_without_a_pack_what_was_found_stays(run: Run, packs: Path, tmp_path: Path) -> None:
    strange = packs.parent / "strange"
    if not strange.exists():
        shutil.copytree(packs / "id", strange / "xx")
        own = strange / "xx" / "language.toml"
        own.write_text(own.read_text().replace('code = "id"', 'code = "xx"').replace("aliases", "# aliases"))
    row = {"text": "“Pintu air itu aman,” tutur Tari Lembayung kepada wartawan.", "lang": "xx"}
    rows = tmp_path / "rows.jsonl"
    rows.write_text(json.dumps(row))
    assert "1 attribution" in run("ingest", str(rows), packs=strange).stderr
    before = dump(tmp_path / "a.db")
    assert "0 articles read again" in run("reread", "--all").stderr
    assert dump(tmp_path / "a.db")["attributions"] == before["attributions"]


def test_all_reads_what_this_version_has_read(run: Run, tmp_path: Path, fresh: dict[str, Any]) -> None:
    run("ingest", str(SAMPLES))
    assert "0 articles read again" in run("reread").stderr
    assert "22 articles read again" in run("reread", "--all").stderr
    assert dump(tmp_path / "a.db") == fresh


def test_another_version_of_kutip_reads_again(run: Run, tmp_path: Path) -> None:
    run("ingest", str(SAMPLES), prefix="from kutip import version; version.VERSION = '0.0.1'; ")
    readers = json.loads(run("stats", "--json").stdout)["readers"]
    assert {(one["version"], one["lang"], one["older"]) for one in readers} == {
        ("0.0.1", "id", True),
        ("0.0.1", "en", True),
        ("0.0.1", "ms", False),
    }
    assert "22 articles read again" in run("reread").stderr
    readers = json.loads(run("stats", "--json").stdout)["readers"]
    assert not any(one["older"] for one in readers)
    assert {one["version"] for one in readers if one["pack"]} == {kutip.__version__}


def test_what_batch_wrote_was_read_by_its_version(run: Run, tmp_path: Path, fresh: dict[str, Any]) -> None:
    pytest.importorskip("pyarrow", reason="the extra parquet is not installed")
    out = str(tmp_path / "out")
    run(
        "batch",
        "--engine",
        "inline",
        str(SAMPLES),
        out,
        prefix="from kutip import version; version.VERSION = '0.0.1'; ",
    )
    run("ingest", out)
    readers = json.loads(run("stats", "--json").stdout)["readers"]
    assert {one["version"] for one in readers} == {"0.0.1"}
    run("reread")
    assert dump(tmp_path / "a.db")["attributions"] == fresh["attributions"]
    run("batch", str(SAMPLES), out + "2")
    run("ingest", out + "2", record="b.db")
    assert dump(tmp_path / "b.db")["read"] == fresh["read"]


def test_where_nothing_can_be_found_what_was_found_before_stays(
    run: Run, tmp_path: Path, fresh: dict[str, Any]
) -> None:
    run("ingest", str(SAMPLES))
    fail = (
        "from kutip.flow import pipeline\nfind = pipeline.find_attributions\n"
        "def failing(text, *rest):\n    return 1 / 0 if 'Selat Tamber' in text else find(text, *rest)\n"
        "pipeline.find_attributions = failing\n"
    )
    done = run("reread", "--all", prefix=fail)
    assert done.returncode == 1
    assert "as before" in done.stderr
    after = dump(tmp_path / "a.db")
    assert after["attributions"] == fresh["attributions"]
    failed = [row for row in after["rejections"] if "internal" in row]
    assert failed
    assert f"{len(failed)} articles read again" in run("reread").stderr
