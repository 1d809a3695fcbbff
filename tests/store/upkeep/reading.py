"""Samples as pages that were read, and what a record makes of them."""

from functools import cache
from pathlib import Path
from typing import Any

from kutip.flow.pipeline import Processed, process
from kutip.model import Rejection
from kutip.sources import open_pages
from kutip.store import Record, Run
from tests.store.making import everything

STARTED = "2025-03-01T00:00:00+00:00"
SAMPLES = Path(__file__).parents[3] / "samples"
TOLD = """
    SELECT statements.id, stories.id, statements.speaker, statements.renditions, statements.articles,
        renditions.position, renditions.id, articles.id, attributions.id, renditions.speaker, renditions.kind,
        renditions.content, relation, changes, score, features
    FROM renditions JOIN statements ON statements.key = statement JOIN stories ON stories.key = story
    JOIN articles ON articles.key = renditions.article
    LEFT JOIN attributions ON attributions.key = renditions.attribution ORDER BY 1, 6
"""
READ = """
    SELECT articles.id, version, readers.lang, pack FROM readings JOIN articles ON articles.key = article
    JOIN readers ON readers.key = reader ORDER BY 1
"""


@cache
def samples() -> tuple[Processed, ...]:
    """What comes of the samples that are articles."""
    pages = open_pages([str(SAMPLES)])
    found = (process(page) for page in pages if not isinstance(page, Rejection))
    return tuple(one for one in found if one.article)


def take_in(record: Record, *items: Processed) -> None:
    """One run."""
    writer = record.writer(Run("0", {}, STARTED))
    for item in items:
        writer.add(item)
    writer.finish(STARTED)


def rebuild(record: Record) -> None:
    """As the command does it."""
    writer = record.writer(Run("0", {}, STARTED))
    writer.rebuild(lambda what, count: None)
    writer.finish(STARTED)


def stories(record: Record) -> dict[str, tuple[object, ...]]:
    """Every story by id: its row, and its articles in order, each with what it is a copy of."""
    rows = record.db.execute("SELECT * FROM stories").fetchall()
    members = """
        SELECT articles.id, original.id FROM story_articles
        JOIN articles ON articles.key = story_articles.article
        LEFT JOIN articles original ON original.key = copy_of
        WHERE story = ? ORDER BY position
    """
    found = {}
    for row in rows:
        values = tuple(value for name, value in dict(row).items() if name != "key")
        found[row["id"]] = (values, [tuple(m) for m in record.db.execute(members, [row["key"]])])
    return found


def dumped(record: Record) -> dict[str, Any]:
    """All that a record says, without its row numbers and runs, and how much waits."""
    found: dict[str, Any] = everything(record)
    found["stories"] = stories(record)
    found["told"] = [tuple(row) for row in record.db.execute(TOLD)]
    found["read"] = [tuple(row) for row in record.db.execute(READ)]
    for table in ("pending", "unfollowed", "remaking", "remade"):
        found[table] = record.db.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
    return found
