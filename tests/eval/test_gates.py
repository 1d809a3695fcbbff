"""The gates as they are run: own samples always, corpora where they are at hand, a broken floor fails."""

from pathlib import Path

import pytest

import kutip
from eval import __main__ as gates
from eval import floors, seeds
from kutip.measure import Marked, compare
from kutip.model import Span

HERE = Path(gates.__file__).parent
NO_FLOORS: dict[str, floors.Floor] = {}


def test_without_corpora_the_samples_are_scored(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(gates, "SHARED", tmp_path)
    monkeypatch.setattr(floors, "read", lambda path: NO_FLOORS)
    assert gates.main(["--constructions", "0"]) == 0
    out = capsys.readouterr().out
    assert "only this project's own samples" in out
    assert "| samples | 18 |" in out


def test_a_broken_floor_fails_and_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    content = (HERE / "gold" / "samples.jsonl").read_bytes()
    path = tmp_path / "samples.jsonl"
    path.write_bytes(content)
    too_high = floors.Floor(gates.sha256_hex(content), {"full_f1": 1.01})
    monkeypatch.setattr(floors, "read", lambda path: {"samples": too_high})
    assert gates.main([str(path), "--constructions", "0"]) == 1
    assert "BROKEN samples: full_f1 is 0." in capsys.readouterr().out


def test_a_floor_of_other_data_is_not_checked(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(floors, "read", lambda path: {"samples": floors.Floor("other", {"full_f1": 1.01})})
    assert gates.main([str(HERE / "gold" / "samples.jsonl"), "--constructions", "0"]) == 0
    assert "floor not checked" in capsys.readouterr().out


def test_seeds_name_what_is_missing() -> None:
    expected = seeds.read(HERE / "seeds.toml").attributions
    gold = Marked(content=(Span(0, 4),), speaker="A", via=("Reuters",), kind="direct")
    problems = seeds.broken_attributions(expected, [compare("a", "satu dua", [gold], [])])
    assert "0 found with their speaker, must be 24" in problems
    assert "via: not found: BBC, Reuters" in problems


def test_blocks_are_compared_one_by_one() -> None:
    content = b"Judul Berita Pagi\n\nHujan turun di kota itu, kata Budi.\n\nBaca juga: Judul lain\n"
    roles = [str(block.role) for block in kutip.read(content).blocks]
    assert roles[-1] == "related"
    assert seeds.broken_blocks(roles, content) == []
    assert seeds.broken_blocks([*roles[:-1], "legal"], content) == [
        f"block {len(roles) - 1} is 'related', must be 'legal'"
    ]
    (problem,) = seeds.broken_blocks(roles[1:], content)
    assert problem.startswith(f"{len(roles)} blocks, must be {len(roles) - 1}")
