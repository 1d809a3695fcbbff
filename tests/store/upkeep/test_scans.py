"""What a run does to a record looks rows up: none of its queries goes through a table that grows with all."""

import re
from pathlib import Path

from bench.small import Small
from kutip.flow.pipeline import process
from kutip.model import Page
from kutip.store import Record, Run

GROWING = (
    "articles", "attributions", "mentions", "statements", "renditions", "stories", "story_articles", "story_vectors",
    "story_pairs", "story_terms", "pages", "blocks", "actors", "names", "name_keys", "name_links",
)  # fmt: skip
STARTED = "2025-02-25T10:00:00+00:00"


def test_no_table_is_gone_through(tmp_path: Path) -> None:
    rows = [Page(f"rows:{n}", row.encode(), "application/json") for n, row in enumerate(Small().rows(260))]
    asked: set[str] = set()
    with Record.open(str(tmp_path / "record.db"), "write") as record:
        for pages in (rows[:200], rows[200:]):
            record.db.set_trace_callback(asked.add if pages[0] is rows[200] else None)
            writer = record.writer(Run("test", {}, STARTED))
            for page in pages:
                writer.add(process(page))
            writer.finish(STARTED)
        record.db.set_trace_callback(None)
        scans = {}
        for query in asked:
            if re.match(r"\s*(SELECT|WITH|UPDATE|DELETE)", query):
                plan = [row["detail"] for row in record.db.execute(f"EXPLAIN QUERY PLAN {query}")]
                found = [step for step in plan if re.fullmatch(rf"SCAN ({'|'.join(GROWING)})( .*)?", step)]
                if found and not re.search(r"LIMIT \d+\)?$", query.strip()):
                    scans[" ".join(query.split())[:300]] = found
    assert len(asked) > 500
    assert not scans
