"""Everything made anew in parts: whole after each of them, and the same in the end whatever came between."""

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import msgspec
import pytest

from kutip.flow.articles_to_stories.compare import Options
from kutip.flow.articles_to_stories.linkage import Criterion
from kutip.store import Record, Run, verify
from kutip.store.upkeep import keeper, remaking
from kutip.store.upkeep import stories as upkept
from tests.store.upkeep.reading import STARTED, dumped, rebuild, samples, take_in

COMMAND = "from kutip.apps.cli.main import main; main(prog_name='kutip')"
SMALL = {"READ": 9, "COMPARED": 8, "GROUPED": 3, "NAMES": 40, "STORIES": 4}
DYING = """
import os
from kutip.store.upkeep import remaking

part, parts = remaking.Remaking.part, []
remaking.READ, remaking.COMPARED, remaking.GROUPED, remaking.NAMES, remaking.STORIES = 9, 8, 3, 40, 4

def dying(self, stories):
    done = part(self, stories)
    parts.append(done)
    if len(parts) == MOST:
        os.kill(os.getpid(), 9)
    return done

remaking.Remaking.part = dying
"""
APART = Criterion(threshold=2.0)
TOGETHER = Criterion(threshold=0.0001)


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What the samples are as read at once."""
    with Record.open(str(tmp_path_factory.mktemp("fresh") / "record.db"), "write") as record:
        take_in(record, *samples())
        return dumped(record)


@pytest.fixture(params=["as they are", "all apart", "all together"])
def path(tmp_path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """A record of the samples whose stories an earlier method made."""
    path = str(tmp_path / "record.db")
    criterion = {"all apart": APART, "all together": TOGETHER}.get(request.param)
    with monkeypatch.context() as patched, Record.open(path, "write") as record:
        if criterion:
            least = 0.0 if criterion is TOGETHER else Options().keep
            other = msgspec.structs.replace(Options(), criterion=criterion, keep=least)
            patched.setattr(upkept, "Options", lambda: other)
        take_in(record, *samples())
    for name, size in SMALL.items():
        monkeypatch.setattr(remaking, name, size)
    return path


def writer(record: Record) -> Any:
    return record.writer(Run("0", {}, STARTED))


def test_each_part_leaves_it_whole_and_any_program_goes_on(path: str, fresh: dict[str, Any]) -> None:
    with Record.open(path, "write") as record:
        record.db.execute("UPDATE methods SET method = 'an earlier one' WHERE what = 'stories'")
        record.db.execute("INSERT INTO remaking VALUES ('an earlier one', 'group', '7')")
    steps: list[str] = []
    while True:
        with Record.open(path, "write") as record:
            done = writer(record).keeper._part()
            assert list(verify(record)) == [], steps[-1:]
        if done is None:
            break
        steps.append(done[0])
    assert len(set(steps)) == 7
    assert min(steps.count(step) for step in steps[1:]) >= 2
    with Record.open(path, "write") as record:
        assert dumped(record) == fresh
        rebuild(record)
        assert dumped(record) == fresh


def test_articles_that_come_meanwhile_are_taken_in_afterwards(path: str, fresh: dict[str, Any]) -> None:
    with Record.open(path, "write") as record:
        before = dumped(record)
    with Record.open(path, "write") as record, Record.open(path, "write") as other:
        one, two = writer(record), writer(other)
        with one.keeper._transaction():
            one.keeper._remaking.start()
        for _ in range(5):
            one.keeper._part()
        text = "Bendungan Baru Diresmikan\n\n“Bendungan ini kokoh,” kata Wulan Astika di Kota Tala."
        two.add(_page(text))
        two.flush()
        assert list(verify(record)) == []
        one.keeper._part()
        two.finish(STARTED)
        assert list(verify(record)) == []
        one.finish(STARTED)
        after = dumped(record)
        assert after["remaking"] == after["pending"] == after["unfollowed"] == 0
        assert len(after["articles"]) == len(before["articles"]) + 1
        rebuild(record)
        assert dumped(record) == after


def test_a_version_that_comes_meanwhile_takes_the_place_of_the_old_one(path: str) -> None:
    url = "https://tala.example/dam"
    text = "Bendungan Tala Dibuka\n\n“Pintu air kami buka,” kata Wulan Astika di Kota Tala."
    with Record.open(path, "write") as record:
        take_in(record, _page(text, url, "2025-03-04T08:00:00Z"))
        run = writer(record)
        with run.keeper._transaction():
            run.keeper._remaking.start()
        run.add(_page(text + " Ia pulang.", url, "2025-03-04T09:00:00Z"))
        run.flush()
        while run.keeper._part():
            assert list(verify(record)) == []
            if record.db.execute("SELECT 1 FROM remaking WHERE step = 'group'").fetchone():
                run.add(_page(text + " Mereka pulang.", url, "2025-03-04T10:00:00Z"))
                run.flush()
        run.finish(STARTED)
        assert list(verify(record)) == []
        after = dumped(record)
        rebuild(record)
        assert dumped(record) == after
        take_in(record)
        assert dumped(record) == after


def test_a_new_method_makes_the_next_run_make_all_anew(path: str, fresh: dict[str, Any]) -> None:
    with Record.open(path, "write") as record:
        record.db.execute("UPDATE methods SET method = 'an earlier one' WHERE what = 'stories'")
        take_in(record)
        assert dumped(record) == fresh
        assert (
            record.db.execute("SELECT method FROM methods WHERE what = 'stories'").fetchone()[0]
            == keeper.METHOD
        )


@pytest.mark.parametrize("most", [1, 4, 9, 13, 17, 20])
@pytest.mark.parametrize("command", [["rebuild"], ["ingest", os.devnull]], ids=["rebuild", "ingest"])
def test_killed_in_the_middle_the_next_run_goes_on(
    tmp_path: Path, fresh: dict[str, Any], most: int, command: list[str]
) -> None:
    path = str(tmp_path / "record.db")
    with Record.open(path, "write") as record:
        take_in(record, *samples())
        record.db.execute("UPDATE methods SET method = 'an earlier one' WHERE what = 'stories'")
    env = os.environ | {"KUTIP_RECORD": path}
    dying = [sys.executable, "-c", DYING.replace("MOST", str(most)) + COMMAND, *command]
    assert subprocess.run(dying, env=env, check=False, capture_output=True).returncode == -signal.SIGKILL
    with Record.open(path, "write") as record:
        assert list(verify(record)) == []
        begun = record.db.execute("SELECT count(*) FROM remaking WHERE step <> 'begin'").fetchone()[0]
        assert begun == (most > 1)
    assert "are being made anew" in run(env, "stories")
    ended = run(env, *command)
    assert command == ["rebuild"] or "are made anew, for an earlier version" in ended
    assert "anew" not in run(env, "stories")
    with Record.open(path, "write") as record:
        found = dumped(record)
        assert {**found, "pages": [], "rejections": []} == {**fresh, "pages": [], "rejections": []}


def run(env: dict[str, str], *command: str) -> str:
    """What a command says on standard error."""
    done = [sys.executable, "-c", COMMAND, *command]
    return subprocess.run(done, env=env, check=False, capture_output=True, text=True).stderr


def _page(text: str, url: str | None = None, fetched: str | None = None) -> Any:
    from kutip.flow.pipeline import process
    from kutip.model import Page

    return process(Page("page.txt", text.encode(), "text/plain", url, fetched))
