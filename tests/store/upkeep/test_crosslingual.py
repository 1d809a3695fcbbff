"""A record remembers whether an encoder joins its statements across languages."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from kutip.apps.cli.main import main
from kutip.store import NeedsExtra, Record, Run
from kutip.store.upkeep import crosslingual
from tests.flow.attributions_to_statements.encoders import FakeEncoder
from tests.store.upkeep.reading import STARTED, rebuild, samples, take_in

SAMPLES = Path(__file__).parents[3] / "samples" / "selat-tamber"
SAME = frozenset({"akan membuka kembali selat tamber", "will reopen the tamber strait"})


@pytest.fixture(autouse=True)
def encoder(monkeypatch: pytest.MonkeyPatch) -> FakeEncoder:
    fake = FakeEncoder(SAME)
    monkeypatch.setattr(crosslingual, "sentence_encoder", lambda: fake)
    return fake


def absent() -> FakeEncoder:
    raise NeedsExtra("this needs: pip install 'kutip[crosslingual]'")


def run(record: Record, wanted: bool | None) -> None:
    """A run that brings no page."""
    record.writer(Run("1", {}, STARTED), wanted).finish(STARTED)


def languages(record: Record) -> set[frozenset[str]]:
    """The languages of each statement."""
    query = """SELECT group_concat(DISTINCT lang) FROM renditions JOIN articles ON articles.key = article
        GROUP BY statement"""
    return {frozenset(row[0].split(",")) for row in record.db.execute(query)}


def by_meaning(record: Record) -> list[tuple[str, str]]:
    query = "SELECT id, features FROM renditions WHERE features LIKE '%meaning%' ORDER BY id"
    return [tuple(row) for row in record.db.execute(query)]


def test_switched_on_for_a_record_it_holds_for_later_runs(tmp_path: Path, encoder: FakeEncoder) -> None:
    with Record.open(str(tmp_path / "record.db"), "write") as record:
        take_in(record, *samples())
        assert by_meaning(record) == []
        assert not encoder.seen
        run(record, True)
        joined = by_meaning(record)
        assert joined
        assert {"en", "id"} in languages(record)
        rebuild(record)
        assert by_meaning(record) == joined
        run(record, None)
        assert by_meaning(record) == joined
        run(record, False)
        assert by_meaning(record) == []
        run(record, None)
        assert by_meaning(record) == []


def test_in_one_go_or_later_gives_the_same(tmp_path: Path) -> None:
    with (
        Record.open(str(tmp_path / "one.db"), "write") as one,
        Record.open(str(tmp_path / "other.db"), "write") as other,
    ):
        run(one, True)
        take_in(one, *samples())
        take_in(other, *samples())
        run(other, True)
        assert by_meaning(one) == by_meaning(other) != []


def test_another_version_of_the_encoder_makes_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Record.open(str(tmp_path / "record.db"), "write") as record:
        take_in(record, *samples())
        run(record, True)
        later = FakeEncoder(frozenset({"no such words"}), name="made up 2")
        monkeypatch.setattr(crosslingual, "sentence_encoder", lambda: later)
        run(record, None)
        assert later.seen
        assert by_meaning(record) == []


def test_without_the_extra_it_is_told_how_to_install_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = str(tmp_path / "record.db")
    monkeypatch.setattr(crosslingual, "sentence_encoder", absent)
    for command in (["ingest", str(SAMPLES)], ["rebuild"]):
        failed = CliRunner().invoke(main, [*command, "--crosslingual", "--record", path])
        assert failed.exit_code == 2
        assert "pip install 'kutip[crosslingual]'" in failed.stderr
    assert CliRunner().invoke(main, ["ingest", str(SAMPLES), "--record", path]).exit_code == 0


def test_a_record_that_needs_the_extra_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = str(tmp_path / "record.db")
    done = CliRunner().invoke(main, ["ingest", str(SAMPLES), "--crosslingual", "--record", path])
    assert done.exit_code == 0
    monkeypatch.setattr(crosslingual, "sentence_encoder", absent)
    assert CliRunner().invoke(main, ["rebuild", "--record", path]).exit_code == 2
    assert CliRunner().invoke(main, ["rebuild", "--no-crosslingual", "--record", path]).exit_code == 0
    assert CliRunner().invoke(main, ["rebuild", "--record", path]).exit_code == 0


def test_link_without_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    from kutip.store import encoder as real

    monkeypatch.setattr(real, "sentence_encoder", absent)
    failed = CliRunner().invoke(main, ["link", "--crosslingual", "-"], input="")
    assert failed.exit_code == 2
    assert "pip install 'kutip[crosslingual]'" in failed.stderr
