"""DuckDB reads what ``kutip batch`` writes, by the query that the documentation shows."""

import re
from pathlib import Path

import pytest

from kutip.engines import bulk
from kutip.flow.pipeline import Processed
from tests.engines.test_bulk import expected, make

duckdb = pytest.importorskip("duckdb", reason="DuckDB is not installed")

GUIDE = Path(__file__).parents[2] / "docs" / "bulk.md"


def test_the_query_of_the_guide(tmp_path: Path) -> None:
    make(tmp_path / "out", bulk.inline_engine())
    (query,) = re.findall(r"```sql\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)
    rows = duckdb.sql(query.replace("OUT", str(tmp_path / "out"))).fetchall()
    wanted = [
        (done.article.outlet, a.speaker, a.force.value, a.content[0].of(done.article.text))
        for done in expected()
        if isinstance(done, Processed) and done.article
        for a in done.attributions
    ]
    assert sorted(map(str, rows)) == sorted(map(str, wanted))
    assert len(rows) > 100
