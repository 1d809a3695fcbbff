"""Rows of statements and renditions."""

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec

from kutip.model import Change, Edge, Relation, Rendition
from kutip.store import rows
from kutip.store.sql import as_json
from kutip.store.upkeep.loading import Loaded

_AMONG = "IN (SELECT value FROM json_each(?))"
_COLUMNS = (
    "statement", "position", "id", "article", "attribution", "speaker", "kind", "content", "content_spans",
    "relation", "changes", "score", "features",
)  # fmt: skip


def forget_statements(db: sqlite3.Connection, stories: Iterable[int]) -> None:
    """Deletes the statements of stories."""
    keys = [as_json(stories)]
    db.execute(
        f"DELETE FROM renditions WHERE statement IN (SELECT key FROM statements WHERE story {_AMONG})", keys
    )
    db.execute(f"DELETE FROM statements WHERE story {_AMONG}", keys)


def stories_told_in(db: sqlite3.Connection, articles: str) -> set[int]:
    """Stories that have statements as told in these articles (JSON), be the articles in them or not."""
    query = """
        SELECT DISTINCT story FROM json_each(?) wanted CROSS JOIN renditions ON article = wanted.value
        CROSS JOIN statements ON statements.key = statement
    """
    return {story for (story,) in db.execute(query, [articles])}


def to_itself(rendition: str) -> Edge:
    """What stands in the place of an edge for the reference."""
    return Edge(rendition, rendition, Relation.REFERENCE)


def row_of(one: Rendition, edge: Edge, told: Loaded) -> dict[str, Any]:
    """The columns of a rendition, but for its statement and its position there."""
    return {
        "id": one.id,
        "article": told.key,
        "attribution": None if one.attribution is None else told.keys[one.attribution],
        "speaker": one.speaker,
        "kind": one.kind.value,
        "content": rows.GAP.join(span.of(told.article.text) for span in one.content),
        "content_spans": rows.spans_json(one.content),
        **_linked(edge),
    }


def relinked(row: sqlite3.Row | Mapping[str, Any], edge: Edge | None) -> dict[str, Any]:
    """The columns that ``row_of`` gives, with another edge; None: as it was."""
    return {column: row[column] for column in _COLUMNS[2:]} | ({} if edge is None else _linked(edge))


def insert(db: sqlite3.Connection, statement: int, renditions: Sequence[Mapping[str, Any]]) -> None:
    """Writes the renditions of a statement in their order."""
    query = f"INSERT INTO renditions ({', '.join(_COLUMNS)}) VALUES (:{', :'.join(_COLUMNS)})"
    places = ({"statement": statement, "position": position} for position in range(len(renditions)))
    db.executemany(query, [{**one, **place} for one, place in zip(renditions, places, strict=True)])


def features_of(row: sqlite3.Row) -> dict[str, float]:
    """What the score of a rendition was weighed from."""
    return msgspec.json.decode(row["features"], type=dict[str, float])


def _linked(edge: Edge) -> dict[str, Any]:
    return {
        "relation": edge.relation.value,
        "changes": _json(edge.changes),
        "score": edge.score,
        "features": _json(edge.features),
    }


def _json(value: tuple[Change, ...] | dict[str, float]) -> str:
    return msgspec.json.encode(value).decode()
