"""``kutip actors`` as a person uses it."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kutip.apps.cli.main import main

SAMPLES = Path(__file__).parents[3] / "samples"
Kutip = Callable[..., Result]


@pytest.fixture
def kutip(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Kutip:
    monkeypatch.setenv("KUTIP_RECORD", str(tmp_path / "record.db"))
    monkeypatch.setenv("COLUMNS", "80")

    def run(*args: str, code: int = 0) -> Result:
        result = CliRunner().invoke(main, list(args))
        assert result.exit_code == code, (result.output, result.exception)
        assert result.exception is None or isinstance(result.exception, SystemExit)
        return result

    run("ingest", str(SAMPLES), code=1)
    return run


def test_the_list(kutip: Kutip) -> None:
    shown = kutip("actors")
    assert "Rahmat Wiraseno" in shown.stdout
    assert max(map(len, shown.stdout.splitlines())) <= 80
    assert " actors" in shown.stderr
    rows = json.loads(kutip("actors", "list", "--json").stdout)
    assert set(rows[0]) == {"id", "name", "kind", "attributions", "articles", "first_day", "last_day"}
    counts = [row["attributions"] for row in rows]
    assert counts == sorted(counts, reverse=True)
    assert "1 of " in kutip("actors", "list", "--limit", "1").stderr
    assert "0 actors" in kutip("actors", "siapa pun").stderr


def test_one_actor(kutip: Kutip) -> None:
    shown = kutip("actors", "wiraseno").stdout
    assert [
        part for part in ("Rahmat Wiraseno", "Names", "Roles", "Quoted by", "On") if part not in shown
    ] == []
    (found,) = json.loads(kutip("actors", "wiraseno", "--json").stdout)
    assert {"names", "roles", "outlets", "stories", "decisions"} <= set(found)
    assert found["roles"][0]["first_seen"] <= found["last_day"]


def test_merge_and_split(kutip: Kutip) -> None:
    merged = json.loads(
        kutip("actors", "merge", "Rahmat Wiraseno", "Marniati", "--author", "Galih", "--json").stdout
    )
    assert {"Rahmat Wiraseno", "Marniati"} <= {seen["name"] for seen in merged["names"]}
    assert merged["decisions"][0]["author"] == "Galih"
    assert "one actor already" in kutip("actors", "merge", "Rahmat Wiraseno", "Marniati", code=1).stderr
    kutip("rebuild")
    assert "Decided" in kutip("actors", "marniati").stdout
    kutip("actors", "split", "Rahmat Wiraseno", "Marniati")
    assert len(json.loads(kutip("actors", "list", "--json").stdout))
    (alone,) = json.loads(kutip("actors", "marniati", "--json").stdout)
    assert [seen["name"] for seen in alone["names"]] == ["Marniati"]
    assert "no actor has a name like" in kutip("actors", "merge", "siapa pun", "Marniati", code=1).stderr
    assert "the only name" in kutip("actors", "split", "Marniati", "Marniati", code=1).stderr


def test_an_article_in_which_another_is_meant(kutip: Kutip) -> None:
    (found,) = json.loads(kutip("actors", "wiraseno", "--json").stdout)
    story = json.loads(kutip("story", found["stories"][0]["id"], "--json").stdout)
    article = next(a["id"] for a in story["articles"] if _speaks(kutip, a["id"], "Rahmat Wiraseno"))
    kutip("actors", "split", found["id"], article)
    rows = json.loads(kutip("actors", "wiraseno", "--json").stdout)
    assert sorted(row["articles"] for row in rows) == sorted([1, found["articles"] - 1])
    assert "no article" in kutip("actors", "split", rows[0]["id"], "a1ffff", code=1).stderr


def _speaks(kutip: Kutip, article: str, name: str) -> bool:
    found = json.loads(kutip("article", article, "--json").stdout)
    return any(one["speaker"] == name for one in found["attributions"])
