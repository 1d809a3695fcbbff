"""Commands of stories and statements, as a person uses them."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kutip.apps.cli.main import main

SAMPLES = Path(__file__).parents[3] / "samples"
Kutip = Callable[..., Result]


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = str(tmp_path_factory.mktemp("cli") / "record.db")
    result = CliRunner().invoke(main, ["ingest", str(SAMPLES), "--record", path])
    assert result.exit_code == 1  # some samples are made to be rejected
    return path


@pytest.fixture
def kutip(record: str, monkeypatch: pytest.MonkeyPatch) -> Kutip:
    monkeypatch.setenv("KUTIP_RECORD", record)
    monkeypatch.delenv("COLUMNS", raising=False)

    def run(*args: str, code: int = 0, columns: str = "100") -> Result:
        result = CliRunner().invoke(main, list(args), env={"COLUMNS": columns})
        assert result.exit_code == code, (result.output, result.exception)
        assert result.exception is None or isinstance(result.exception, SystemExit)
        return result

    return run


def asked(result: Result) -> object:
    return json.loads(result.stdout)


@pytest.fixture
def flood(kutip: Kutip) -> dict[str, object]:
    """The story of the flood, as JSON."""
    rows = json.loads(kutip("stories", "--about", "Sungai Lamandaru meluap", "--json").stdout)
    largest = max(rows, key=lambda row: row["articles"])
    found: dict[str, object] = json.loads(kutip("story", largest["id"], "--json").stdout)
    return found


@pytest.mark.parametrize("columns", ["60", "80", "120"])
def test_nothing_is_wider_than_the_terminal(kutip: Kutip, flood: dict[str, object], columns: str) -> None:
    statement = max(flood["statements"], key=lambda one: len(one["renditions"]))  # type: ignore[call-overload]
    pair = [one["id"] for one in statement["renditions"][:2]]
    for args in (
        ["stories"],
        ["story", flood["id"]],
        ["trace", statement["id"]],
        ["diff", *pair],
        ["lost"],
        ["changed"],
    ):
        shown = kutip(*args, columns=columns).stdout
        assert shown
        assert max(map(len, shown.splitlines())) <= int(columns), args


def test_stories(kutip: Kutip) -> None:
    shown = kutip("stories", "--limit", "2")
    assert "Articles" in shown.stdout
    assert "2 of " in shown.stderr
    assert "--limit 0 shows all" in shown.stderr
    rows = json.loads(kutip("stories", "--json").stdout)
    assert set(rows[0]) == {"id", "headline", "since", "until", "articles", "copies", "outlets", "statements"}
    assert [row["until"] or "" for row in rows] == sorted((row["until"] or "" for row in rows), reverse=True)
    assert json.loads(kutip("stories", "--speaker", "nobody at all", "--json").stdout) == []
    assert "0 stories" in kutip("stories", "--since", "2099").stderr
    assert "not a date" in kutip("stories", "--since", "soon", code=2).stderr


def test_a_story_tells_articles_timeline_and_statements(kutip: Kutip, flood: dict[str, object]) -> None:
    shown = kutip("story", str(flood["id"]), columns="120").stdout
    assert [
        part for part in ("Articles", "Timeline", "Told by more than one article") if part not in shown
    ] == []
    assert "18 November 2024" in shown
    assert "verbatim" in shown
    assert flood["articles"]
    assert flood["timeline"]
    references = [one["renditions"][0]["relation"] for one in flood["statements"]]  # type: ignore[attr-defined]
    assert set(references) == {"reference"}
    first = flood["articles"][0]["id"]  # type: ignore[index]
    assert json.loads(kutip("story", first, "--json").stdout)["id"] == flood["id"]
    assert "there is no story" in kutip("story", "s1ffff", code=1).stderr


def test_an_undated_article_has_the_window_of_its_story(kutip: Kutip) -> None:
    rows = json.loads(kutip("stories", "--json").stdout)
    stories = [json.loads(kutip("story", row["id"], "--json").stdout) for row in rows]
    undated = [(s, a) for s in stories for a in s["articles"] if not a["published"] and s["since"]]
    assert undated
    story, article = undated[0]
    assert article["window"] == {"since": story["since"], "until": story["until"]}
    words = " ".join(kutip("story", story["id"], columns="200").stdout.split())
    assert "unknown; story" in words
    assert "unknown; story" in kutip("article", article["id"]).stdout
    with_url = next(a for s in stories for a in s["articles"] if a["url"])
    assert kutip("story", with_url["url"]).stdout == kutip("story", with_url["id"]).stdout
    assert "there is no story of an article at" in kutip("story", "https://nowhere.example/", code=1).stderr


def test_a_statement_is_traced(kutip: Kutip) -> None:
    shown = kutip("trace", "4.200 warga di tujuh desa sudah kami pindahkan").stdout
    assert "The way it came" in shown
    assert "first seen: 2024-11-18 07:31+07" in shown
    found = json.loads(kutip("trace", "4.200 warga di tujuh desa sudah kami pindahkan", "--json").stdout)
    assert "Rahmat Wiraseno" in {one["speaker"] for one in found["renditions"]}
    wire = next(hop for hop in found["ways"] if hop["name"].casefold() == "nusalini")
    assert [after["name"] for after in wire["after"]]
    assert not wire["missing"]
    assert all(set(one["features"]) for one in found["renditions"][1:])
    assert "no statement has the id or the words" in kutip("trace", "kata-yang-tidak-ada", code=1).stderr


def test_two_renditions_side_by_side(kutip: Kutip, flood: dict[str, object]) -> None:
    statement = max(flood["statements"], key=lambda one: len(one["renditions"]))  # type: ignore[call-overload]
    one, other = (told["id"] for told in statement["renditions"][:2])
    found = json.loads(kutip("diff", one, other, "--json").stdout)
    added = "".join(piece["text"] for piece in found["difference"] if piece["kind"] != "left")
    assert added == found["other"]["content"]
    assert found["relation"]
    assert "relation" in kutip("diff", one, other).stdout
    assert "there is no rendition" in kutip("diff", one, "r1ffff", code=1).stderr


def test_lost_and_changed(kutip: Kutip) -> None:
    lost = json.loads(kutip("lost", "--json").stdout)
    assert {one["relation"] for one in lost} == {"unattributed"}
    assert all(one["reference"]["speaker"] for one in lost)
    assert "had it: " in kutip("lost").stdout
    changed = json.loads(kutip("changed", "--json").stdout)
    assert all(one["changes"] for one in changed)
    assert "changed: " in kutip("changed").stdout
    story = json.loads(kutip("trace", changed[0]["statement"], "--json").stdout)["story"]
    inside = json.loads(kutip("changed", "--story", story, "--json").stdout)
    assert 0 < len(inside) <= len(changed)
    assert "1 rendition" in kutip("lost", "--limit", "1").stderr
    assert "there is no story" in kutip("lost", "--story", "s1ffff", code=1).stderr


def test_rebuild_changes_nothing(kutip: Kutip) -> None:
    before = kutip("stories", "--json").stdout, kutip("changed", "--json").stdout
    counts = json.loads(kutip("rebuild", "--json").stdout)
    assert counts["stories"] == len(json.loads(before[0]))
    assert (kutip("stories", "--json").stdout, kutip("changed", "--json").stdout) == before
    assert "stories" in kutip("rebuild").stderr
