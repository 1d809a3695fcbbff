"""DuckDB reads what ``kutip batch`` writes, by the query that the documentation shows."""

import re
from functools import partial
from pathlib import Path

import pytest

from kutip.engines import bulk, grouping
from kutip.flow.pipeline import Processed
from kutip.sources.results import read_result
from tests.engines.test_bulk import SHARDS, expected, make

duckdb = pytest.importorskip("duckdb", reason="DuckDB is not installed")

GUIDE = Path(__file__).parents[2] / "docs" / "bulk.md"


def queries() -> list[str]:
    return re.findall(r"```sql\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)


def test_the_query_of_the_guide(tmp_path: Path) -> None:
    make(tmp_path / "out", bulk.inline_engine())
    rows = duckdb.sql(queries()[0].replace("OUT", str(tmp_path / "out"))).fetchall()
    wanted = [
        (done.article.outlet, a.speaker, a.force.value, a.content[0].of(done.article.text))
        for done in expected()
        if isinstance(done, Processed) and done.article
        for a in done.attributions
    ]
    assert sorted(map(str, rows)) == sorted(map(str, wanted))
    assert len(rows) > 100


def test_stories_are_joined_with_their_articles(tmp_path: Path) -> None:
    out = tmp_path / "out"
    make(out, bulk.inline_engine())
    found = grouping.group(
        out, partial(read_result, str(out)), SHARDS, bulk.inline_engine(), lambda what, done, of: None
    )
    rows = duckdb.sql(queries()[1].replace("OUT", str(out))).fetchall()
    assert len(rows) == found.stories
    assert sum(row[1] for row in rows) == found.articles
