"""The record opens in the real Datasette as it is."""

import asyncio
import sqlite3
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from tests.hostile import WORDS, corpus
from tests.web.serving import fill

VIEWS = {"said", "speakers", "outlets", "current_articles", "not_used"}


def in_a_thread(asked: Coroutine[Any, Any, Any]) -> Any:
    """Of its own, whatever loop may run in this one."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, asked).result()


@pytest.fixture(scope="module")
def get(tmp_path_factory: pytest.TempPathFactory) -> Any:
    app = pytest.importorskip("datasette.app")
    path = tmp_path_factory.mktemp("datasette") / "record.db"
    fill(path, *corpus())

    async def ask(address: str) -> Any:
        datasette = app.Datasette([str(path)], settings={"sql_time_limit_ms": 20_000})
        return await datasette.client.get(address)

    return lambda address: in_a_thread(ask(address))


def test_tables_and_views_have_names_for_people(get: Any) -> None:
    found = get("/record.json").json()
    assert {view["name"] for view in found["views"]} >= VIEWS
    tables = {table["name"]: table for table in found["tables"]}
    assert {"articles", "attributions", "blocks", "channels", "pages", "rejections", "runs"} <= set(tables)
    assert all(name.replace("_", "").isalpha() for name in tables)


@pytest.mark.parametrize("view", sorted(VIEWS))
def test_every_view_can_be_read_as_a_page_and_as_json(get: Any, view: str) -> None:
    assert get(f"/record/{view}").status_code == 200
    found = get(f"/record/{view}.json?_shape=objects&_size=max").json()
    assert found["rows"]
    assert all(name.isidentifier() for name in found["rows"][0])


def test_statements_have_facets(get: Any) -> None:
    found = get(
        "/record/said.json?_facet=speaker&_facet=outlet&_facet=kind&_facet=force&_facet_size=max"
    ).json()
    facets = found["facet_results"]
    facets = facets.get("results", facets)
    for name in ("speaker", "outlet", "kind", "force"):
        assert facets[name]["results"], name
    assert sum(one["count"] for one in facets["kind"]["results"]) == found["filtered_table_rows_count"]


def test_the_full_text_is_found_by_datasette(get: Any) -> None:
    """Datasette knows by itself that attributions have an index of their words."""
    found = get("/record/attributions.json?_search=kapal&_shape=objects").json()
    assert found["rows"]
    assert all("kapal" in (row["content"] + str(row["speaker"])).casefold() for row in found["rows"])


def test_references_can_be_followed(get: Any) -> None:
    page = get("/record/attributions?_size=1").text
    assert 'href="/record/articles/' in page


@pytest.mark.parametrize("name", ["script", "handler", "svg", "attribute"])
def test_hostile_words_stay_words(get: Any, name: str) -> None:
    page = get(f"/record/said?speaker={quote(WORDS[name])}").text
    assert WORDS[name] not in page
    assert "disusupi" in page


def test_it_was_not_written_to(tmp_path: Path) -> None:
    app = pytest.importorskip("datasette.app")
    path = tmp_path / "record.db"
    fill(path)
    before = sqlite3.connect(path).execute("SELECT count(*) FROM sqlite_master").fetchone()
    in_a_thread(app.Datasette([str(path)]).client.get("/record/said"))
    assert sqlite3.connect(path).execute("SELECT count(*) FROM sqlite_master").fetchone() == before
