"""``kutip evaluate``: figures, errors in their surroundings, and what cannot be scored."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kutip.apps.cli.main import main

TEXT = "Warga berkumpul. Rini Satu mengatakan, jalan itu ditutup. “Besok dibuka,” ujarnya."
SAID, QUOTED = "jalan itu ditutup", "Besok dibuka"


def span(words: str) -> dict[str, int]:
    return {"start": TEXT.index(words), "end": TEXT.index(words) + len(words)}


def attribution(words: str, cue: str, **fields: object) -> dict[str, object]:
    return {"kind": "indirect", "content": [span(words)], "cue": span(cue), "speaker": "Rini Satu", **fields}


def row(*attributions: dict[str, object]) -> str:
    return json.dumps({"id": "a", "lang": "id", "text": TEXT, "attributions": attributions}) + "\n"


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    path = tmp_path / "gold.jsonl"
    path.write_text(row(attribution(SAID, "mengatakan"), attribution(QUOTED, "ujarnya", kind="direct")))
    return path


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["evaluate", *map(str, arguments)])


def test_kutip_is_scored_on_the_texts(gold: Path) -> None:
    result = run(gold, "--json")
    assert result.exit_code == 0
    figures = json.loads(result.output)
    assert figures["full"] == {"p": 1.0, "r": 1.0, "f1": 1.0}
    assert figures["recall_by_kind"] == {"direct": 1.0, "indirect": 1.0}
    assert figures["by_cue"] == {"mengatakan": [1, 1], "ujarnya": [1, 1]}


def test_another_output_is_scored_and_its_errors_listed(gold: Path, tmp_path: Path) -> None:
    predicted = tmp_path / "predicted.jsonl"
    predicted.write_text(
        row(attribution("itu", "mengatakan", rule="r"), attribution("berkumpul", "Warga", rule="s"))
    )
    result = run(gold, "--predicted", predicted, "--errors", 5)
    assert result.exit_code == 0
    for shown in (
        "close           0.000  0.000  0.000   (0 of 2)",
        "== missed: 1",
        "“⟦Besok dibuka⟧,” ujarnya.",
        "== boundary: 1",
        "jalan ⟦itu⟧ ditutup",
        "== spurious: 1",
        "Warga ⟦berkumpul⟧. Rini",
    ):
        assert shown in result.output
    assert "boundary" not in run(gold, "--predicted", predicted, "--errors-of", "missed").output


def test_fields_that_differ_are_listed_with_both_values(gold: Path, tmp_path: Path) -> None:
    predicted = tmp_path / "predicted.jsonl"
    predicted.write_text(row(attribution(SAID, "mengatakan", speaker="Tono", to="warga", via=["Antara"])))
    result = run(
        gold, "--predicted", predicted, "--errors-of", "speaker", "--errors-of", "via", "--errors-of", "to"
    )
    assert "a speaker: gold 'Rini Satu', ours 'Tono'" in result.output
    assert "a via: gold (), ours ('Antara',)" in result.output
    assert "a to: gold None, ours 'warga'" in result.output


def test_kinds_and_pieces_choose_what_counts(gold: Path) -> None:
    assert json.loads(run(gold, "--kinds", "direct", "--json").output)["gold"] == 1
    assert json.loads(run(gold, "--only", "none", "--json").output)["gold"] == 0


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ('{"id": "a"}\n', "line 1: "),
        ('{"id": "a", "lang": "qqq", "text": "x", "attributions": []}\n', "qqq"),
        ("\nnot json\n", "line 2: "),
    ],
)
def test_what_cannot_be_scored_is_said(tmp_path: Path, content: str, told: str) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text(content)
    result = run(path)
    assert result.exit_code != 0
    assert told in result.output
    assert "Traceback" not in result.output
