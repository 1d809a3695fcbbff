"""`kutip languages`: packs, and packs of one's own."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import kutip
from kutip.apps.cli import languages as command
from kutip.apps.cli.main import main
from kutip.languages import available, loader

PACKS = Path(kutip.__file__).parent / "languages"
CASES = Path(__file__).parents[2] / "cases"
TEXT = "„Wir sind bereit“, sagte Anna Weber."


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["languages", *map(str, arguments)])


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A pack that the package does not have, which is another under a code of its own."""
    folder = tmp_path / "packs" / "nds"
    shutil.copytree(PACKS / "de", folder)
    write(folder / "language.toml", 'code = "de"', 'code = "nds"')
    return folder


def write(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_lists_packs() -> None:
    result = run()
    assert result.exit_code == 0
    rows = [line.split() for line in result.stdout.splitlines()[1:]]
    assert [row[0] for row in rows] == list(available())
    assert all(int(row[-2]) > 20 for row in rows), "each has cases"


def test_a_pack_that_holds() -> None:
    result = run("check", PACKS / "de", "--cases", CASES / "de")
    assert result.exit_code == 0, result.stderr
    assert "0 errors" in result.stdout


def test_a_pack_outside_is_used_like_any_other(own: Path) -> None:
    assert run("check", own).exit_code == 0
    environment = {**os.environ, "KUTIP_PACKS": str(own.parent)}
    program = (
        f"import kutip; from kutip.languages import available; print(available());"
        f"print([a.speaker for a in kutip.attribute({TEXT!r}, 'nds')])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
        encoding="utf-8",
    )
    assert done.stdout.splitlines() == [str((*available(), "nds")), "['Anna Weber']"]


def test_a_variable_that_names_no_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KUTIP_PACKS", str(tmp_path / "none"))
    monkeypatch.setattr(loader, "folders", loader.folders.__wrapped__)
    monkeypatch.setattr(command, "folders", loader.folders)
    result = run()
    assert result.exit_code == 1
    assert "none, which is no folder" in result.stderr


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        (
            "frames.toml",
            'name = "quote-so-subject"',
            'nam = "x"',
            "frames.toml: Object contains unknown field `nam`",
        ),
        ("frames.toml", "<so:cue>", "<soo:cue>", "frame quote-so-subject: no class <soo>"),
        ("frames.toml", "{who}){aside}*{again}?", "{whom}){aside}*{again}?", "no macro {whom} above it"),
        ("frames.toml", "<so:cue>", "<so:cue>(", "frame quote-so-subject: missing"),
        ("frames.toml", '"quote-so-subject"', '"floating-quote"', "2 frames are called 'floating-quote'"),
        (
            "frames.toml",
            "„Wir sind bereit“, so Weber.",
            "Nichts.",
            "'quote-so-subject' does not find its example",
        ),
        ("frames.toml", 'role = "venue"', 'role = "place"', "Invalid enum value 'place'"),
        ("words.toml", "common_capitals = true", "common_capitals = ", "words.toml is no TOML"),
        ("calendar.toml", "januar = 1", "januar = 13", "months must name 1 to 12"),
        ("language.toml", 'status = "draft"', 'status = "fine"', "Invalid enum value 'fine'"),
        ("language.toml", 'code = "nds"', 'code = "xx"', "it must be the name of the folder"),
        ("cues.toml", 'paradigm = "verb"', 'paradigm = "verbs"', "no paradigm 'verbs'"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(own: Path, file: str, old: str, new: str, told: str) -> None:
    write(own / file, old, new)
    result = run("check", own)
    assert result.exit_code == 1
    assert told in result.stderr


def test_a_missing_file_and_one_that_is_no_text(own: Path) -> None:
    (own / "gloss.toml").unlink()
    assert "gloss.toml is missing" in run("check", own).stderr
    (own / "gloss.toml").write_bytes(b"\xff\xfe")
    assert "not in UTF-8" in run("check", own).stderr


def test_cases_of_a_pack(own: Path) -> None:
    (own / "cases").mkdir()
    cases = own / "cases" / "a.md"
    cases.write_text(f"## A\n{TEXT}\n\n- direct | Anna Weber | sagte | Wir sind bereit\n", encoding="utf-8")
    assert run("check", own).exit_code == 0
    cases.write_text(f"## A\n{TEXT}\n\n- direct | Karl Weber | sagte | Wir sind bereit\n", encoding="utf-8")
    told = run("check", own).stderr
    assert "case 'A': not found: direct | Karl Weber | sagte | Wir sind bereit" in told
    assert "found beyond what is listed: direct | Anna Weber | sagte | Wir sind bereit | rule: " in told
    cases.write_text(
        f"## A (not yet: hard)\n{TEXT}\n\n- direct | Anna Weber | sagte | Wir sind bereit\n", encoding="utf-8"
    )
    assert "holds now" in run("check", own).stderr
    cases.write_text(f"## A\n{TEXT}\n\n- direct\n", encoding="utf-8")
    assert "must be kind | speaker | cue | content" in run("check", own).stderr


def test_a_cue_in_two_lists_is_noted(own: Path) -> None:
    write(own / "words.toml", 'or = "oder', 'or = "laut oder')
    assert "'laut' stands in words.toml as <or>" in run("check", own).stderr
