"""Full text: articles and attributions that have words, the best first, at a cost that has a bound."""

import sqlite3
from itertools import islice

from kutip.store.contract import Hit
from kutip.store.match import match_expression
from kutip.store.sql import as_json, plain

RANKED = 10_000  # matches up to which they are ranked, which costs more than finding them; of more, the last come first
RANK, LAST = "rank", "rowid DESC"
_SNIPPET_WORDS = 24
_ARTICLES = """
    SELECT articles.key, 'article' AS what, articles.id, outlet, substr(published, 1, 10) AS day,
        articles.headline AS title, NULL AS speaker
    FROM json_each(?) wanted CROSS JOIN articles ON articles.key = wanted.value
    WHERE articles.superseded_by IS NULL
"""
_ATTRIBUTIONS = """
    SELECT a.key, 'attribution' AS what, a.id, outlet, day, articles.headline AS title, a.speaker
    FROM json_each(?) wanted CROSS JOIN attributions a ON a.key = wanted.value
    JOIN articles ON articles.key = a.article
    WHERE articles.superseded_by IS NULL AND a.repeat_of IS NULL
"""


def article_hits(db: sqlite3.Connection, words: str, limit: int) -> list[Hit]:
    """Current articles with all of ``words``: by bm25, then by id; of more than RANKED, the last to be taken in."""
    return _hits(db, "articles_text", -1, _ARTICLES, words, limit)


def attribution_hits(db: sqlite3.Connection, words: str, limit: int) -> list[Hit]:
    """The same of attributions, repeats left out."""
    return _hits(db, "attributions_text", 0, _ATTRIBUTIONS, words, limit)


def _hits(db: sqlite3.Connection, table: str, column: int, rows: str, words: str, limit: int) -> list[Hit]:
    expression = match_expression(words)
    if not expression:
        return []
    order = order_of(db, table, expression)
    snippet = f"snippet({table}, {column}, char(2), char(3), '…', {_SNIPPET_WORDS})"
    place = "rank" if order == RANK else "-rowid"
    sql = f"SELECT rowid, {place}, {snippet} FROM {table} WHERE {table} MATCH ? ORDER BY {order}"
    ranked = plain(db, sql, [expression])
    found: list[tuple[float, str, Hit]] = []
    # What is not fetched has no snippet made. Of equally good ones all are fetched, to be put in order by id.
    while chunk := list(islice(ranked, 2 * limit)):
        known = {row["key"]: dict(row) for row in db.execute(rows, [as_json(key for key, *_ in chunk)])}
        for key, at, words_around in chunk:
            if row := known.get(key):
                row.pop("key")
                found.append((at, row["id"], Hit(snippet=words_around, **row)))
        if len(found) >= limit and chunk[-1][1] > found[limit - 1][0]:
            break
    return [hit for _, _, hit in sorted(found, key=lambda one: one[:2])[:limit]]


def order_of(db: sqlite3.Connection, table: str, expression: str) -> str:
    """What matches are sorted by, RANK or LAST: SQL."""
    sql = f"SELECT rowid FROM {table} WHERE {table} MATCH ? LIMIT 1 OFFSET {RANKED}"
    return LAST if plain(db, sql, [expression]).fetchone() else RANK
