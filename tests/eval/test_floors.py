"""Floors only rise, unless asked otherwise; a broken one is named."""

from pathlib import Path

import pytest

from eval import floors
from eval.__main__ import main
from kutip.measure import Marked, Share, compare, score
from kutip.model import Span

TEXT = "Rini Satu mengatakan, jalan itu ditutup."


def figures(speaker: str) -> dict[str, float]:
    said = Marked(content=(Span(22, 39),), kind="indirect", speaker="Rini Satu", cue=Span(10, 20))
    ours = Marked(content=(Span(22, 39),), kind="indirect", speaker=speaker, cue=Span(10, 20))
    return floors.figures_of(score([compare("a", TEXT, [said], [ours])]))


def test_figures_follow_the_score() -> None:
    right, wrong = figures("Rini"), figures("Tono")
    assert right["full_f1"] == 1.0
    assert wrong["full_f1"] == 0.0
    assert right["indirect_recall"] == wrong["indirect_recall"] == 1.0
    assert "via_f1" not in right


def test_raised_keeps_the_higher_figure_and_lowered_does_not() -> None:
    high = floors.Floor("f", {"full_f1": 0.9, "cue": 0.5})
    assert floors.raised(high, "f", {"full_f1": 0.8, "cue": 0.6}).figures == {"full_f1": 0.9, "cue": 0.6}
    assert floors.raised(high, "other data", {"full_f1": 0.8}).figures == {"full_f1": 0.8}
    assert floors.lowered("f", {"full_f1": 0.8}).figures == {"full_f1": 0.8}


def test_broken_names_the_figure() -> None:
    floor = floors.Floor("f", {"full_f1": 0.9, "cue": 0.5})
    assert floors.broken(floor, {"full_f1": 0.9, "cue": 0.5}) == []
    assert floors.broken(floor, {"full_f1": 0.8999}) == [
        "cue is gone, its floor is 0.5",
        "full_f1 is 0.8999, its floor is 0.9",
    ]


def test_floors_are_rounded_down() -> None:
    share = Share(2, 3)
    assert share.value
    assert floors._down(share.value) == 0.6666


def test_written_floors_read_back(tmp_path: Path) -> None:
    path = tmp_path / "floors.toml"
    pinned = {"b-dev": floors.Floor("2", {"cue": 0.25}), "a": floors.Floor("1", {"full_f1": 1.0})}
    floors.write(path, pinned)
    assert floors.read(path) == pinned
    assert floors.read(tmp_path / "none.toml") == {}


def test_a_bad_gold_line_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text('\n{"id": "a", "text": "x", "attributions": [{"content": [{"start": 1}]}]}\n')
    assert main([str(path)]) == 1
    error = capsys.readouterr().err
    assert "gold.jsonl, line 2" in error
    assert "end" in error
