"""The blocks of an outlet's articles, for learning what all of them share."""

import sqlite3
from collections.abc import Iterator

from kutip.flow.page_to_article.learned import OPEN, OutletArticle

LATEST = 2_000  # articles of an outlet that are looked at: what sites print around articles changes
_ARTICLES = """
    SELECT key, outlet, headline, text FROM (
        SELECT key, id, outlet, headline, text,
            row_number() OVER (PARTITION BY outlet ORDER BY coalesce(published, '') DESC, id) AS place
        FROM articles WHERE superseded_by IS NULL AND outlet IS NOT NULL
    ) WHERE place <= ? ORDER BY outlet, id
"""
_BLOCKS = "SELECT role, start, stop FROM blocks WHERE article = ? ORDER BY position"


def outlet_articles(db: sqlite3.Connection, latest: int = LATEST) -> Iterator[OutletArticle]:
    """The latest articles of each outlet, current versions only, outlet after outlet."""
    for key, outlet, headline, text in db.execute(_ARTICLES, [latest]):
        blocks = [
            " ".join(text[start:stop].split())
            for role, start, stop in db.execute(_BLOCKS, [key])
            if role in OPEN
        ]
        yield OutletArticle(outlet, headline or "", tuple(blocks))
